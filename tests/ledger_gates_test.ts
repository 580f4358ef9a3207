/** The check before a database serves: with another ledger, or none, it stays closed until the operator accepts. */
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { parseConfig } from "../db/config.ts";
import * as ledger from "../db/ledger.ts";
import { LedgerForeign } from "../db/ledger_gates.ts";
import { isSetBack } from "../db/ledger_positions.ts";
import { endPool, openPool } from "../db/pool.ts";
import { run } from "../jobs/errands.ts";
import { upgrade } from "../jobs/upgrades.ts";
import { keepLooking } from "../jobs/watches.ts";
import { commandFolder, crm } from "./support/commands.ts";
import { database, secretKey } from "./support/db.ts";

/** The file's database with a ledger of two lines, and nobody else at work in it. */
async function installation() {
  const { ownerUrl, owner, app } = await database();
  await Promise.all([owner, app].map(endPool));
  const dataDir = commandFolder();
  const config = parseConfig(
    { DATABASE_URL: ownerUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir },
    Deno.readTextFileSync,
  );
  const start = () => upgrade(ownerUrl, config);
  await start();
  const note = async () => {
    const sql = openPool(ownerUrl, { max: 1 });
    await sql`
      insert into ledger_entries (kind, table_name, record_ids)
      values ('deleted', 'tenants', array[gen_random_uuid()])
    `;
    await ledger.keep(sql, dataDir);
    await sql.end();
  };
  await note();
  await note();
  const folder = join(dataDir, "ledger");
  return { start, folder, chain: join(folder, "chain.jsonl"), ownerUrl, config };
}

Deno.test("a database with another ledger, or with none, is not served until the operator allows it", async () => {
  const { start, folder, chain } = await installation();
  await start();
  const untouched = await crm("ledger", "accept");
  match(untouched.out, /nothing to accept/, untouched.err);
  const aside = `${folder}-aside`;
  const lines = await Deno.readTextFile(chain);
  await Deno.rename(folder, aside);
  await rejects(start(), LedgerForeign, "none");
  await rejects(crm("migrate"), LedgerForeign, "nor by a command");
  await Deno.mkdir(folder);
  const first = lines.slice(0, lines.indexOf("\n") + 1);
  await Deno.writeTextFile(chain, first);
  await rejects(start(), LedgerForeign, "one that lost its end");
  await Deno.writeTextFile(chain, first.replace('"count":1', '"count":2'));
  await rejects(start(), LedgerForeign, "a changed one");
  const broken = await crm("ledger", "accept");
  equal(broken.code, 65);
  match(broken.err, /Move DATA_DIR\/ledger elsewhere/);
  await Deno.remove(folder, { recursive: true });
  await Deno.rename(aside, folder);
  await start();
  await Deno.remove(folder, { recursive: true });
  const accepted = await crm("ledger", "accept");
  deepEqual([accepted.code, /continues with this ledger/.test(accepted.out)], [0, true]);
  await start();
  equal((await crm("ledger")).code, 2);
});

Deno.test("a database that lost its end while it was served is brought to the ledger's end", async () => {
  const { chain, ownerUrl, config } = await installation();
  const [first, second] = (await Deno.readTextFile(chain)).trim().split("\n")
    .map((line) => JSON.parse(line) as ledger.Line);
  const sql = openPool(ownerUrl, { max: 1 });
  await ledger.setHead(sql, first!);
  const given = { adminUrl: ownerUrl, config: { ...config, baseUrl: "http://127.0.0.1:9" } };
  equal(await isSetBack(sql, config.dataDir), true);
  await run("inspection", given);
  equal((await ledger.headOf(sql))?.seq, second!.seq);
  equal(await isSetBack(sql, config.dataDir), false);
  await sql.end();
});

Deno.test("a database that is set back is looked at soon, but not over and over", async () => {
  const stop = new AbortController();
  const steps: string[] = [];
  const answers = [false, true, true, true];
  await keepLooking(
    () => Promise.resolve(steps.push("look")),
    () => {
      steps.push("ask");
      if (answers.length === 1) stop.abort();
      return Promise.resolve(answers.shift()!);
    },
    stop.signal,
    { firstMs: 1, askMs: 1, restMs: 0 },
  );
  deepEqual(steps, ["look", "ask", "ask", "look", "ask", "look", "ask"]);
  const rested: string[] = [];
  const resting = new AbortController();
  setTimeout(() => resting.abort(), 100);
  await keepLooking(
    () => Promise.resolve(rested.push("look")),
    () => Promise.resolve(true),
    resting.signal,
    { firstMs: 1, askMs: 5, restMs: 60_000 },
  );
  deepEqual(rested, ["look"]);
});
