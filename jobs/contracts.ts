/** Informs the owners before a contract ends, and the officer and the provider of the erasure. */
import { today } from "../db/clock.ts";
import * as contracts from "../db/contracts.ts";
import * as customerInvoices from "../db/customer_invoices.ts";
import * as erasures from "../db/tenant_erasures.ts";
import { plainJob } from "./job.ts";
import { Faults } from "./rounds.ts";

/**
 * The letters load ten megabytes of texts, and most installations have no contract that is ending.
 */
const letters = () => import("./contract_letters.ts");

/** Sends what is due today; each letter is marked, so that a second run writes to nobody twice. */
export const notifyOfContracts = plainJob("tell_of_contracts", async (tools) => {
  const { pool } = tools;
  const faults = new Faults(tools);
  for (let after: string | null = null;;) {
    const ending: contracts.Ending[] = await contracts.listEnding(pool, after);
    for (const each of ending) {
      await faults.keep(each.id, async () => await (await letters()).remind(tools, each));
    }
    after = ending.at(-1)?.id ?? null;
    if (after === null) break;
  }
  for await (const erasure of erasures.eachRunning(pool)) {
    await faults.keep(erasure.house, async () => await (await letters()).follow(tools, erasure));
  }
  await customerInvoices.removeOld(pool, today());
  faults.end();
});
