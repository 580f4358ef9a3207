/** Leads erasures on in a process of its own, which ends itself by kill -9 at its n-th word. */
import { setOffset } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import { advance } from "../../db/tenant_erasures/run.ts";

const [dataDir = "", url = "", secretKey = "", offset = "", words = "0"] = Deno.args;
setOffset(offset);
let left = Number(words);
const owner = openPool(url, { max: 3, statementTimeout: 0 });
const say = (event: string, fields?: unknown) => {
  console.log(event, JSON.stringify(fields));
  if (--left === 0) Deno.kill(Deno.pid, "SIGKILL");
};
await advance({
  owner,
  store: { dataDir, secretKey },
  log: { info: say, error: (event, error) => say(event, String(error)) },
  clusterFolder: `${dataDir}/postgres`,
});
await owner.end();
