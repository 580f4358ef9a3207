/**
 * Advances erasures in a process of its own, which ends itself by kill -9: at its n-th message, or
 * just before a statement (its text and parameters, as JSON).
 */
import { setOffset } from "../../db/clock.ts";
import { parseConfig } from "../../db/config.ts";
import { noEgress } from "../../db/egress.ts";
import { openQueue } from "../../db/jobs.ts";
import { openPool } from "../../db/pool.ts";
import { advance } from "../../db/tenant_erasures/run.ts";
import { notifyOfContracts } from "../../jobs/contracts.ts";
import { at, killing } from "./killing.ts";

const [dataDir = "", url = "", secretKey = "", offset = "", where = "0", work = ""] = Deno.args;
setOffset(offset);
const place: unknown = JSON.parse(where);
let left = typeof place === "number" ? place : 0;
const [text = "", ...params] = Array.isArray(place) ? place as string[] : [];
const pool = openPool(url, { max: 3, statementTimeout: 0 });
const owner = text ? killing(pool, at(text, ...params)) : pool;
const say = (event: string, fields?: unknown) => {
  console.log(event, JSON.stringify(fields));
  if (--left === 0) Deno.kill(Deno.pid, "SIGKILL");
};
const log = { info: say, error: (event: string, error?: unknown) => say(event, String(error)) };
if (work === "close") {
  openQueue(url);
  await notifyOfContracts.run({
    pool: owner,
    config: parseConfig({ DATA_DIR: dataDir, SECRET_KEY: secretKey }, Deno.readTextFileSync),
    log: { ...log, debug: say, warn: say },
    egress: noEgress,
    signal: new AbortController().signal,
  }, { tenantId: null });
  Deno.exit(0);
}
await advance({
  owner,
  store: { dataDir, secretKey },
  log,
  clusterFolder: `${dataDir}/postgres`,
});
await pool.end();
