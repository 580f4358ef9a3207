/** A full disk: a clear message, nothing lost, nothing left behind, and work continues once there is room. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as backups from "../db/backups.ts";
import { pause } from "../db/clock.ts";
import * as keys from "../db/key_store.ts";
import { openPool } from "../db/pool.ts";
import { statusOf } from "../routes/errors.tsx";
import { cast, type Person } from "./support/cast.ts";
import { database, secretKey } from "./support/db.ts";
import { text } from "./support/html.ts";

/**
 * A command's first words that give it a disk of twelve megabytes at `folder`, where the system lets
 * us mount one; else files end at a hundred kilobytes while they are said to be short of room.
 */
async function shortOfRoom(folder: string, before: string, during: string, after: string) {
  const sh = (script: string, ...words: string[]) =>
    new Deno.Command(words[0] ?? "sh", {
      args: [...words.slice(1), ...(words.length > 0 ? ["sh"] : []), "-euc", script],
      stdin: "null",
    }).output();
  const mount = `mount -t tmpfs -o size=12m tmpfs ${folder}`;
  const mounts = await sh(mount, "unshare", "-rm").then(({ success }) => success, () => false);
  const ballast = join(folder, "ballast");
  const { success, stdout, stderr } = mounts
    ? await sh(
      `${mount}; ${before}
      dd if=/dev/zero of=${ballast} bs=1k 2>/dev/null || true
      truncate -s -60k ${ballast}
      ${during}
      rm ${ballast}
      ${after}`,
      ...["unshare", "-rm"],
    )
    : await sh(`${before}; (trap '' XFSZ; ulimit -f 200; ${during}); ${after}`);
  const said = new TextDecoder().decode(stdout);
  ok(success, said + new TextDecoder().decode(stderr));
  return said.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

/** An archive that is asked for; its id. */
async function ask(alice: Person): Promise<string> {
  equal((await alice.post("/settings/contract/exports")).status, 303);
  const [row] = await alice.test.db.owner`
    select id
    from tenant_exports
    where tenant_id = ${alice.tenantId}
      and status = 'waiting'
  `;
  return row!.id;
}

Deno.test("a file that finds no room is answered with 503 and the reason, not as a server error", () => {
  for (const code of ["ENOSPC", "EDQUOT", "53100"]) {
    equal(statusOf(Object.assign(new Error("no room"), { code })), 503, code);
  }
});

Deno.test("backup, rotation and export report a full disk, lose nothing and go on once there is room", async () => {
  const { alice, test: { db } } = await cast();
  const { owner } = db;
  const random = () => randomBytes(300_000).toString("base64");
  await owner`
    insert into contacts (
      tenant_id, id, last_name, notes, source, source_channel, legal_basis, purpose, last_touch_at,
      created_at, updated_at
    )
    values (
      ${alice.tenantId}, gen_random_uuid(), 'Lang', ${random()}, 'x', 'manual', 'contract', 'sales',
      now(), now(), now()
    )
  `;
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-full-" });
  const kept = await Deno.makeTempDir({ prefix: "kompaktcrm-kept-" });
  const lines = `{"n":1,"x":"${random()}"}\n`;
  const log = "app-2026-11-10.jsonl";
  await Deno.writeTextFile(join(kept, log), lines);
  const first = await ask(alice);
  const work = (exportId: string) =>
    [
      ...[Deno.execPath(), "run", "-A", "--no-remote", "--no-check", "--quiet"],
      ...["tests/support/filling.ts", dataDir, `'${db.ownerUrl}'`, `'${db.appUrl}'`, secretKey],
      ...[alice.tenantId, exportId],
    ].join(" ");
  // Asked for again in between, as an owner does who read that it failed.
  const second = "01900000-0000-7000-8000-0000000000ff";
  await owner`
    insert into tenant_exports (tenant_id, id, created_at, erase_after)
    values (${alice.tenantId}, ${second}, now(), now() + interval '14 days')
  `;
  const said = await shortOfRoom(
    dataDir,
    `mkdir -p ${dataDir}/logs ${dataDir}/backups; cp ${kept}/${log} ${dataDir}/logs`,
    `${work(first)}; cp -r ${dataDir}/logs ${kept}/during
    ls -A ${dataDir}/backups >${kept}/backups; ls ${dataDir}/keys/data >${kept}/keys
    find ${dataDir}/files -type f >${kept}/files 2>/dev/null || true`,
    `${work(second)}; cp -r ${dataDir} ${kept}/after`,
  );
  deepEqual(said.map(({ backup }) => backup), [false, true]);
  match(said[0].logs, /^(ENOSPC|EFBIG)$/);
  equal(said[1].logs, "1");

  const read = (name: string) => Deno.readTextFile(join(kept, name));
  equal(await read(`during/${log}`), lines, "the log is as it was");
  deepEqual(
    [...Deno.readDirSync(join(kept, "during"))].map(({ name }) => name).sort(),
    [".lock", log],
    "and no half of a packed one stands beside it",
  );
  equal(await read("backups"), "", "no half of a backup");
  equal(await read("files"), "", "no half of an archive");
  const [run, ...more] = await owner<{ passed: boolean; errorCode: string | null }[]>`
    select passed, error_code
    from backup_runs
    where kind = 'backup'
    order by at
  `;
  deepEqual([run!.passed, run!.errorCode, more.length], [false, "disk_full", 1]);
  const page = await text(await alice.get("/settings/contract"));
  match(page, /gescheitert Auf dem Server war kein Platz mehr/);
  match(page, /bereit/);
  await owner`update identities set operator = true where id = ${alice.identityId}`;
  match(await text(await alice.get("/operator/measures")), /fehlgeschlagen Kein Speicherplatz/);

  equal(gunzipSync(await Deno.readFile(join(kept, "after/logs", `${log}.gz`))).toString(), lines);
  const store = { dataDir: join(kept, "after"), secretKey };
  equal((await backups.list(store)).length, 1);
  // The customer's key and the one backup's: that of the broken-off one is gone with it.
  equal((await keys.list(store)).length, 2);
  for (const folder of [dataDir, kept]) await Deno.remove(folder, { recursive: true });
});

Deno.test("a backup that cannot write a large table says why, and leaves no connection stuck", async () => {
  const { owner, ownerUrl } = await database();
  await owner`create table zz_large as select repeat(md5(n::text), 3000) as t from generate_series(1, 60) n`;
  const pool = openPool(ownerUrl, { max: 1 });
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-large-" });
  await Promise.all(
    ["backups", "keys/data"].map((name) => Deno.mkdir(join(dataDir, name), { recursive: true })),
  );
  const failed = rejects(backups.make(pool, { dataDir, secretKey }), Deno.errors.AlreadyExists);
  const inTheWay = async (): Promise<unknown> => {
    const [draft] = [...Deno.readDirSync(join(dataDir, "backups"))];
    const path = draft && join(dataDir, "backups", draft.name, "tables");
    const made = path && await Deno.mkdir(join(path, "zz_large")).then(() => true, () => false);
    return made || pause(5).then(inTheWay);
  };
  await inTheWay();
  await failed;
  equal((await pool`select 1 as one`)[0]!.one, 1);
  deepEqual([...Deno.readDirSync(join(dataDir, "backups"))], []);
  await pool.end();
  await owner`drop table zz_large`;
});
