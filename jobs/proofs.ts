/**
 * Runs the proofs at night or on request, and reports failed ones to the officer daily until fixed.
 */
import * as mails from "../db/mails.ts";
import * as probes from "../db/officer_probes.ts";
import * as proofs from "../db/proofs.ts";
import * as providers from "../db/provider.ts";
import { keepProcessing } from "../db/register_versions.ts";
import { plainJob, type Tools } from "./job.ts";

/** Runs one proof or all of them, then reports those that failed. */
export const proveClauses = plainJob("prove_clauses", async (tools, { proof }) => {
  const { pool, signal, log } = tools;
  await probes.settle(pool);
  // What an update of the program, or a day on which evidence ends, has changed.
  await keepProcessing(pool, { actor: "program" });
  const names = Object.keys(proofs.proofs).filter(proofs.isProof)
    .filter((name) => proof === undefined || name === proof);
  let red = 0;
  for (const name of names) {
    signal.throwIfAborted();
    const result = await proofs.run(pool, name);
    if (result && !result.passed) red++;
  }
  log.info("clauses proven", { count: names.length, rows: red });
  if (proof === undefined) await proofs.removeOld(pool);
  await writeOfficer(tools);
});

/** Sends one letter for all failures, and now and then one that only tests the delivery. */
async function writeOfficer({ pool, config: { baseUrl } }: Tools): Promise<void> {
  await pool.begin(async (sql) => {
    const provider = await providers.lookup(sql);
    if (!provider) return;
    const red = await proofs.takeAlarms(sql);
    const isDue = await probes.isDue(sql);
    if (red.length === 0 && !isDue) return;
    // Loaded when there is something to write, because they bring the texts of all pages with them.
    const { officerProbe, proofAlarm } = await import("../views/mail/proofs.tsx");
    const send = (kind: "proof_alarm" | "officer_probe", letter: ReturnType<typeof officerProbe>) =>
      mails.send(sql, { tenantId: null, kind, to: provider.dpoEmail, ...letter });
    if (red.length > 0) await send("proof_alarm", proofAlarm({ red, baseUrl }));
    if (isDue) await probes.create(sql, await send("officer_probe", officerProbe({ baseUrl })));
  });
}
