/** Replaces the secret in a process of its own, which ends itself by kill -9 at its n-th step. */
import { openPool } from "../../db/pool.ts";
import { replace } from "../../db/secret_replacements.ts";

const [dataDir = "", url = "", before = "", after = "", steps = "0"] = Deno.args;
let left = Number(steps);
const owner = openPool(url, { max: 1, statementTimeout: 0 });
await replace(owner, dataDir, { before, after }, {
  each: () => {
    if (--left === 0) Deno.kill(Deno.pid, "SIGKILL");
  },
});
await owner.end();
