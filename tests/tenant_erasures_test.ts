/** The end of a contract, day by day: at its end nothing of the tenant is left, in no copy. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { openPool, type Sql } from "../db/pool.ts";
import * as backups from "../db/backups.ts";
import { check } from "../db/certificate_checks.ts";
import * as certificates from "../db/certificates.ts";
import { now, setOffset, today } from "../db/clock.ts";
import { parseConfig } from "../db/config.ts";
import * as contracts from "../db/contracts.ts";
import { providerId } from "../db/controllers.ts";
import * as dataKeys from "../db/data_keys.ts";
import { noEgress } from "../db/egress.ts";
import { startEmbedded } from "../db/embedded.ts";
import { newId } from "../db/ids.ts";
import { boss, closeQueue, enqueue, openQueue } from "../db/jobs.ts";
import { timeOf } from "../db/local_times.ts";
import * as keys from "../db/key_store.ts";
import { type Action, record } from "../db/processor_changes.ts";
import * as entries from "../db/processor_entries.ts";
import * as proofs from "../db/proofs.ts";
import { prepareDatabase } from "../db/prepare.ts";
import * as restores from "../db/restores.ts";
import { withScope } from "../db/scope.ts";
import * as erasures from "../db/tenant_erasures.ts";
import { bytesOf } from "../db/tenant_erasures/canaries.ts";
import { childrenFirst } from "../db/tenant_erasures/rows.ts";
import { advance } from "../db/tenant_erasures/run.ts";
import { searchFolder, searchStream } from "../db/tenant_erasures/searches.ts";
import * as vault from "../db/vault.ts";
import { notifyOfContracts } from "../jobs/contracts.ts";
import type { TestApp } from "./support/app.ts";
import { type Person, person, provider, tenant } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { openProcessor } from "./support/processors.ts";
import { newMark, stock } from "./support/stock.ts";

/** An installation on a server of its own: only there the whole server can be searched. */
interface Installation {
  dir: string;
  store: keys.KeyStore;
  owner: Sql;
  adminUrl: string;
  test: TestApp;
  close(): Promise<void>;
}

async function installation(): Promise<Installation> {
  const dir = await Deno.makeTempDir({ prefix: "kompaktcrm-erasure-" });
  await Deno.chmod(dir, 0o755);
  const embedded = await startEmbedded(dir);
  const { adminUrl } = embedded;
  const owner = openPool(adminUrl, { max: 4, statementTimeout: 0 });
  // Processes are killed here, never the server: it need not wait for the disk.
  for (const name of ["fsync", "synchronous_commit", "full_page_writes"]) {
    await owner.unsafe(`alter system set ${name} = off`);
  }
  await owner`select pg_reload_conf()`;
  const { appUrl } = await prepareDatabase(adminUrl, { secretKey });
  const app = openPool(appUrl, { max: 4 });
  openQueue(appUrl);
  const config = parseConfig({ DATA_DIR: dir, SECRET_KEY: secretKey }, Deno.readTextFileSync);
  const test = {
    services: { config, pool: app },
    db: { owner, ownerUrl: adminUrl, app, appUrl },
    queue: await boss(),
  } as unknown as TestApp;
  await provider(test);
  return {
    dir,
    store: { dataDir: dir, secretKey },
    owner,
    adminUrl,
    test,
    async close() {
      setOffset(undefined);
      await closeQueue(0);
      await Promise.all([owner.end({ timeout: 1 }), app.end({ timeout: 1 })]);
      await embedded.stop();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

const quiet = { info: () => {}, error: (...all: unknown[]) => console.error(...all) };
const tools = ({ owner, store, dir }: Installation) => ({
  owner,
  store,
  log: quiet,
  clusterFolder: join(dir, "postgres"),
});

/**
 * Leads on in a process that ends itself by kill -9, at its n-th word or before a statement with a
 * text and parameters; whether it came to the end.
 */
async function killed(
  { dir, adminUrl, owner }: Installation,
  offset: string,
  where: number | string[],
  work = "",
): Promise<boolean> {
  const { signal, code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-remote", "--no-check", "--quiet", "tests/support/erasing.ts"],
      ...[dir, adminUrl, secretKey, offset, JSON.stringify(where), work],
    ],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  ok(signal === "SIGKILL" || code === 0, new TextDecoder().decode(stderr));
  // The server takes a moment to see that somebody is gone, and lets go of the lock then.
  for (let held = true; held;) {
    const [row] = await owner<[{ held: boolean }]>`
      select exists (select from pg_locks where locktype = 'advisory') as held
    `;
    held = row.held;
  }
  return code === 0;
}

/** Kills a process when a step is done but not yet recorded: it must be able to run twice. */
const killedIn = async (here: Installation, offset: string, step: string, state = "done") =>
  equal(await killed(here, offset, ["tenant_erasure_steps (", step, state]), false, step);

async function stateOf({ owner }: Installation): Promise<Record<string, string>> {
  const [erasure] = await erasures.list(owner);
  if (!erasure) return {};
  const states = await erasures.listSteps(owner, erasure);
  return Object.fromEntries(states.map(({ step, state }) => [step, state]));
}

/** Minutes since midnight in the installation's time zone, when the test began. */
let begun = 0;

/** The offset that leads to some hour of a day: in the night, however late it is when this runs. */
const at = (day: number, hour = 3, minute = 0) => `PT${(day * 24 + hour) * 60 + minute - begun}M`;

/** Leads on day by day, from one to another: on none does anything happen out of turn. */
async function throughDays(here: Installation, from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day++) {
    setOffset(at(day));
    await advance(tools(here));
    const [erasure] = await erasures.list(here.owner);
    const steps = erasure ? await erasures.listSteps(here.owner, erasure) : [];
    for (const { step, state } of steps.filter(({ state }) => state !== "waiting")) {
      const first = 30 + erasures.budget[step].from;
      ok(day >= first && state === "done", `day ${day}: ${step} is ${state}`);
    }
  }
}

/** Every table with how many rows name the tenant. */
async function traces(owner: Sql, word: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { name } of await backups.tables(owner)) {
    const [row] = await owner<[{ count: number }]>`
      select count(*)::int as count
      from ${owner(name)} t
      where strpos(t::text, ${word}) > 0
    `;
    if (row.count > 0) found[name] = row.count;
  }
  return found;
}

Deno.test("tables are erased in an order that respects their references", () => {
  const links = [
    { child: "emails", parent: "contacts" },
    { child: "contacts", parent: "users" },
    { child: "deals", parent: "contacts" },
    { child: "a", parent: "b" },
    { child: "b", parent: "a" },
  ];
  const order = childrenFirst(["users", "contacts", "emails", "deals", "a", "b"], links);
  equal(order.length, 6);
  ok(order.indexOf("emails") < order.indexOf("contacts"));
  ok(order.indexOf("deals") < order.indexOf("contacts"));
  ok(order.indexOf("contacts") < order.indexOf("users"));
});

Deno.test("bytes are found wherever a stream is cut, and counted once", async () => {
  const needle = Buffer.from("kanarie");
  const text = Buffer.from("xx kanarie yy kanariekanarie zz kanari");
  for (let size = 1; size <= text.length; size++) {
    const pieces = async function* () {
      for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
    };
    const { hits, bytes } = await searchStream(pieces(), [needle, Buffer.from("q")]);
    deepEqual([hits, bytes], [[3, 0], text.length], `pieces of ${size}`);
  }
});

Deno.test("from notice to the end, killed at every step: nothing of the tenant is left anywhere", async () => {
  const here = await installation();
  try {
    await fromNoticeToEnd(here);
  } finally {
    await here.close();
  }
});

async function fromNoticeToEnd(here: Installation): Promise<void> {
  const [hour, minute] = timeOf(now()).split(":").map(Number);
  begun = hour! * 60 + minute!;
  const { owner, store, test, dir } = here;
  const mark = newMark();
  const going = await tenant(test, "Gehhaus Handel");
  const staying = await tenant(test, "Bleibhaus Handel");
  const olga = await person(test, going, "Olga Ohm", "owner");
  const paul = await person(test, going, "Paul Pein", "member");
  const beate = await person(test, staying, "Beate Bleib", "owner");
  const kept = await stock(beate, newMark());
  await stock(olga, mark);
  // Paul works for both tenants: his log-in stays.
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${staying}, ${newId()}, ${paul.identityId}, 'member', ${now()})
  `;
  await owner`
    insert into contacts (
      tenant_id, id, last_name, status, search, source, source_channel, legal_basis, purpose,
      last_touch_at, created_at, updated_at
    )
    select ${going}, gen_random_uuid(), ${mark} || n, 'partner', ${mark}, ${mark}, 'manual',
      'contract', 'sales', now(), now(), now()
    from generate_series(1, 3000) n
  `;
  await owner`analyze`;
  const asked = await formerProcessors(here, going);
  const object = await sealFile(here, olga, mark);
  const answers = join(dir, "files", "deliveries", going);
  await Deno.mkdir(answers, { recursive: true });
  await Deno.writeTextFile(join(answers, newId()), mark);
  await owner.begin((sql) => enqueue(sql, "sweep_files", going, {}));
  await Deno.mkdir(join(dir, "logs"), { recursive: true });
  // Files are named by UTC, a contract ends by the days of the installation.
  const [day, lastDay] = [today("UTC"), today()];
  await Deno.writeTextFile(
    join(dir, "logs", `app-${day}.jsonl`),
    `{"tenantId":"${going}"}\n{"tenantId":"${staying}"}\n`,
  );
  // Positive control: the search that finds nothing at the end finds it all now.
  const needles = [bytesOf(going), Buffer.from(mark)];
  const found = () => searchFolder(join(dir, "postgres"), needles, Buffer.from("nowhere"));
  await owner`checkpoint`;
  const before = await found();
  ok(before.hits > 10_000, `${before.hits} hits before`);

  await withScope(test.db.app, asUser(olga), (scope) => contracts.giveNotice(scope, lastDay));
  await advance(tools(here));
  deepEqual(await stateOf(here), {});
  equal((await olga.scope(contracts.find)).phase, "open", "the last day of full use is today");

  // The days in which everything can be read and taken out: users write nothing, jobs do.
  setOffset("P1D");
  equal(await killed(here, "P1D", ["set phase"]), false);
  await advance(tools(here));
  const tag = (who: "user" | "system") =>
    withScope(test.db.app, {
      tenantId: going,
      actor: who === "system" ? { kind: "system", userId: null } : asUser(olga).actor,
    }, (scope) =>
      scope.sql`
        insert into tags (tenant_id, id, name, created_at)
        values (${going}, ${newId()}, ${who}, ${scope.now})
      `);
  equal(await tag("user").catch((error) => error.code), "42501");
  await tag("system");
  equal((await olga.scope(contracts.find)).phase, "read_only");

  await throughDays(here, 2, 29);
  const old = await backups.make(owner, store);
  await throughDays(here, 30, 30);
  setOffset("P31D");
  equal(await killed(here, "P31D", ["insert into tenant_erasures"]), false);
  await killedIn(here, "P31D", "freeze");
  await advance(tools(here));
  deepEqual(await stateOf(here), {
    ...{ freeze: "done", live: "waiting", traces: "waiting", processors: "waiting" },
    ...{ logs: "waiting", backups: "waiting", search: "waiting" },
  });
  equal((await olga.scope(contracts.find)).phase, "closed");
  // Withdrawn, the planted record is removed and all is as before; then notice is given again.
  await olga.scope(contracts.withdrawNotice);
  await advance(tools(here));
  const [withdrawn] = await erasures.list(owner);
  deepEqual([withdrawn!.status, withdrawn!.name, withdrawn!.recipients], ["withdrawn", "", []]);
  equal((await owner`select from contacts where id = ${withdrawn!.id}`).length, 0);
  await owner`
    update tenants
    set notice_given_at = ${now()}, uses_until = ${lastDay}, contract_ends_on = ${lastDay}::date + 30
    where id = ${going}
  `;
  await advance(tools(here));
  setOffset("P32D");
  const late = await backups.make(owner, store);
  await advance(tools(here));
  equal((await stateOf(here)).live, "waiting", "not before the third day");

  // The third day: each process comes a little further than the one before, and is killed there.
  for (const words of [1, 12, 23]) await killed(here, at(33), words);
  await killedIn(here, at(33), "live");
  equal((await stateOf(here)).live, "waiting");
  for (const words of [2, 40]) await killed(here, at(33), words);
  await killedIn(here, at(33), "traces");
  await killedIn(here, at(33), "processors", "waiting");
  equal(await killed(here, at(33), 0), true);
  setOffset(at(33));
  const states = await stateOf(here);
  deepEqual([states.live, states.traces, states.logs], ["done", "done", "waiting"]);
  const [erasure] = await erasures.list(owner);
  deepEqual(await traces(owner, going), { tenant_erasures: 2 });
  equal((await owner`select from jobs.job where data->>'tenantId' = ${going}`).length, 0);
  deepEqual(
    (await owner`select id from identities where id in (${olga.identityId}, ${paul.identityId})`)
      .map(({ id }) => id),
    [paul.identityId],
  );
  equal((await owner`select from contacts where id = ${kept.contact}`).length, 1);
  equal(await vault.exists(store, object), false);
  equal(await Deno.stat(answers).catch(() => null), null);
  const there = new Set(await keys.list(store));
  deepEqual(erasure!.keyIds.filter((id) => there.has(id)), []);
  ok(erasure!.keyIds.length > 0);
  await owner`checkpoint`;
  const after = await found();
  equal(after.hits, 0, "neither heap nor index nor sample nor write-ahead log");
  ok(after.bytes > 10_000_000);

  // An earlier copy cannot open the tenant's files, and brings nothing back.
  const restored = await restoreBeside(here, late.name);
  // What was erased again waits to be written to the ledger.
  deepEqual(await traces(restored.sql, going), { ledger_entries: 1, tenant_erasures: 2 });
  deepEqual((await restored.sql`select from contacts where search like ${`%${mark}%`}`).length, 0);
  await restored.close();

  // Two processes at once: one works, the other goes.
  setOffset(at(34));
  await killedIn(here, at(34), "logs");
  const both = await Promise.all([advance(tools(here)), advance(tools(here))]);
  deepEqual(both.sort(), [false, true]);
  const lines = await Deno.readTextFile(join(dir, "logs", `app-${day}.jsonl`));
  equal(lines, `{"tenantId":"${staying}"}\n`);
  equal((await stateOf(here)).backups, "waiting");
  // A step that fails is not tried again every minute, but after an hour.
  const attempts = async () =>
    (await erasures.listSteps(owner, erasure!)).find(({ step }) => step === "backups")!.attempts;
  // Half a backup is one that is left: its folder itself has to be out of reach.
  const about = join(dir, "backups", old.name, "about.json");
  await Deno.rename(about, `${about}.away`);
  await advance({ ...tools(here), log: { info: () => {}, error: () => {} } });
  equal((await stateOf(here)).backups, "waiting");
  await Deno.rename(`${about}.away`, about);
  const torn = join(dir, "backups");
  await Deno.rename(torn, `${torn}.away`);
  await Deno.writeTextFile(torn, "");
  const tried = [];
  for (const [offset, way] of [[at(34), 1], [at(34, 3, 30), 0], [at(34, 4, 1), 1]] as const) {
    setOffset(offset);
    const before = await attempts();
    await advance({ ...tools(here), log: { info: () => {}, error: () => {} } });
    tried.push([await attempts() - before, way]);
  }
  deepEqual(tried.map(([count]) => count), tried.map(([, way]) => way));
  equal((await stateOf(here)).backups, "failed");
  await Deno.remove(torn);
  await Deno.rename(`${torn}.away`, torn);
  setOffset(at(34, 6));
  await advance(tools(here));
  deepEqual((await backups.list(store)).map(({ name }) => name), [late.name, old.name]);

  await throughDays(here, 35, 45);
  // A bucket that last held an earlier copy may hold it still.
  await owner`
    insert into backup_places (place, copies, oldest_at, missing, surplus, at)
    values ('bucket', 1, ${late.at}, 0, 0, ${now()})
  `;
  setOffset(at(47));
  await advance(tools(here));
  equal((await stateOf(here)).backups, "waiting");
  await owner`update backup_places set copies = 0, oldest_at = null`;
  await killedIn(here, at(47), "backups");
  await killedIn(here, at(47), "search");
  await advance(tools(here));
  const open = await erasures.listSteps(owner, erasure!);
  deepEqual(
    open.filter(({ state }) => state !== "done").map(({ step }) => step),
    ["processors"],
    JSON.stringify(open),
  );
  const { figures } = open.find(({ step }) => step === "search")!;
  for (const place of figures.places as { hits: number; control: boolean | null }[]) {
    deepEqual([place.hits, place.control !== false], [0, true], JSON.stringify(place));
  }
  equal((await backups.list(store)).length, 0);

  // The processors' word is still out: the proof is red past its day, and green once all is done.
  const proven = async () => (await proofs.run(test.db.app, "contracts_erased"))!;
  equal((await proven()).figures.overdue, 1);
  const said = await erasures.listConfirmations(owner, erasure!.id);
  deepEqual(asked.map((id) => said.some(({ processorId }) => processorId === id)), [
    ...[true, true, true],
    ...[false, false, false],
  ]);
  for (const { processorId } of said) {
    await erasures.confirm(test.db.app, erasure!.id, processorId, "told");
  }
  await advance(tools(here));
  const job = {
    pool: test.db.app,
    config: test.services.config,
    log: { ...quiet, debug: () => {}, warn: () => {} },
    egress: noEgress,
    signal: new AbortController().signal,
  };
  equal(await killed(here, at(47), ["close_erasure"], "close"), false);
  equal((await erasures.find(owner, erasure!.id)).status, "running");
  for (let twice = 0; twice < 2; twice++) await notifyOfContracts.run(job, { tenantId: null });
  const closed = await erasures.find(owner, erasure!.id);
  deepEqual([closed.status, closed.name, closed.recipients], ["done", "", []]);
  const letters = await owner<{ recipient: string; attachment: Uint8Array | null }[]>`
    select recipient, attachment
    from mails
    where kind = 'contract_erasure'
      and attachment is not null
    order by recipient
  `;
  deepEqual(letters.map(({ recipient }) => recipient), [
    ...["dsb@example.org", "haus@example.org"],
    olga.email,
  ]);
  const provider = { tenantId: providerId, actor: { kind: "system", userId: null } } as const;
  const issued = await withScope(
    test.db.app,
    provider,
    (scope) => certificates.find(scope, secretKey, closed.certificateId!),
  );
  const checked = await check(JSON.stringify(issued), [issued.key]);
  ok(checked.genuine && checked.known);
  deepEqual(checked.content.destroyedKeys, erasure!.keyIds);
  ok(checked.content.search.before > 3_000 && checked.content.search.after === 0);
  deepEqual((await proven()).figures, {
    ...{ erased: 1, left: 0, overdue: 0, control: (await proven()).figures.control },
  });
  equal((await proven()).passed, true);
}

/**
 * Entries of the register: on, on once, on and taken out since; then those that never had anything of
 * the tenant: off before it came, off before its day, never on.
 */
async function formerProcessors({ owner }: Installation, tenantId: string): Promise<string[]> {
  const [still, once, out, earlier, announced, never] = await Promise.all(
    Array.from({ length: 6 }, () => openProcessor(owner, [])),
  ) as [string, string, string, string, string, string];
  const noted = (id: string, action: Action, material = false) =>
    record(owner, { processorId: id, processorName: id, action, material, actorId: null });
  for (const id of [once, out, earlier]) await noted(id, "enabled");
  await noted(announced, "enabled", true);
  for (const id of [once, earlier, announced]) await entries.disable(owner, newId(), id);
  await entries.remove(owner, newId(), out);
  await owner`update processors set enabled = false, enabled_from = null where id = ${never}`;
  await owner`
    update processor_changes
    set at = (select created_at - interval '1 day' from tenants where id = ${tenantId})
    where processor_id = ${earlier}
  `;
  return [still, once, out, earlier, announced, never];
}

const asUser = ({ tenantId, userId }: Person) =>
  ({ tenantId, actor: { kind: "user", userId } }) as const;

/** A file of the tenant, sealed with its key; its name in the storage. */
async function sealFile({ store, test }: Installation, who: Person, mark: string): Promise<string> {
  const keyId = await withScope(
    test.db.app,
    asUser(who),
    (scope) => dataKeys.current(scope, store),
  );
  const name = `records/${who.tenantId}/${newId()}`;
  await vault.store(
    store,
    name,
    keyId,
    (async function* () {
      yield new TextEncoder().encode(mark);
    })(),
    1_000,
  );
  return name;
}

/** A backup taken into a database of its own on the same server. */
async function restoreBeside({ owner, adminUrl, store }: Installation, name: string) {
  await owner`create database beside`;
  const url = new URL(adminUrl);
  url.pathname = "/beside";
  const sql = openPool(url.href, { max: 2, statementTimeout: 0 });
  await restores.restore(sql, store, name, { files: false });
  return {
    sql,
    async close() {
      await sql.end();
      await owner`drop database beside`;
    },
  };
}
