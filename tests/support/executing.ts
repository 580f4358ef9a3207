/** Executes an approved right in a process of its own, which ends itself by kill -9 before a statement. */
import { parseConfig } from "../../db/config.ts";
import { noEgress } from "../../db/egress.ts";
import { openQueue } from "../../db/jobs.ts";
import { openPool } from "../../db/pool.ts";
import { executeRight } from "../../jobs/cases.ts";
import { keepLedger } from "../../jobs/ledger.ts";
import { at, killing } from "./killing.ts";

const [dataDir = "", url = "", secretKey = "", payload = "{}", text = ""] = Deno.args;
const pool = killing(openPool(url, { max: 3 }), at(text));
openQueue(url);
const quiet = () => {};
const tools = {
  pool,
  config: parseConfig({ DATA_DIR: dataDir, SECRET_KEY: secretKey }, Deno.readTextFileSync),
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  egress: noEgress,
  signal: new AbortController().signal,
};
for (let round = 0; round < 3; round++) {
  await executeRight.run(tools, JSON.parse(payload));
  await keepLedger.run(tools, { tenantId: null });
}
Deno.exit(0);
