/** Migrations: all or nothing, once, in order, and never after a change of an applied file. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import * as backups from "../db/backups.ts";
import { parseConfig } from "../db/config.ts";
import { migrate, type Migration, MigrationRefused, readMigrations } from "../db/migrate.ts";
import { newId } from "../db/ids.ts";
import * as keys from "../db/key_store.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { prepareDatabase, servingRole } from "../db/prepare.ts";
import { system, withScope } from "../db/scope.ts";
import { claim } from "../db/secret_claims.ts";
import { checkServer, reasonOf } from "../db/server.ts";
import { backUpFirst } from "../jobs/upgrades.ts";
import { cast } from "./support/cast.ts";
import { database, secretKey } from "./support/db.ts";
import { clusterUrl } from "./support/postgres.ts";

/** Runs work on an empty database of its own. */
async function withDatabase(work: (pool: Sql, url: string) => Promise<void>): Promise<void> {
  const url = new URL(await clusterUrl());
  const admin = openPool(url.href, { max: 1 });
  const name = `migrate_${crypto.randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name}`);
  url.pathname = `/${name}`;
  const pool = openPool(url.href, { max: 3 });
  try {
    await work(pool, url.href);
  } finally {
    await pool.end();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}

const step = (number: number, text: string, checksum = `sum of ${text}`): Migration => ({
  number,
  name: `${String(number).padStart(4, "0")}_step.sql`,
  text,
  checksum,
});
const first = step(1, "create table one (id int)");
const second = step(2, "create table two (id int); insert into one values (1)");

const tables = async (pool: Sql) =>
  (await pool<{ name: string }[]>`
    select tablename as name
    from pg_tables
    where schemaname = 'public'
      and tablename <> 'schema_migrations'
    order by tablename
  `).map(({ name }) => name);

Deno.test("an empty database is brought up to date, and the second time nothing is left to do", async () => {
  await withDatabase(async (pool) => {
    deepEqual(await migrate(pool, [first, second]), [first.name, second.name]);
    deepEqual(await migrate(pool, [first, second]), []);
    deepEqual(await tables(pool), ["one", "two"]);
  });
});

Deno.test("of many runners at once each migration is applied by one", async () => {
  await withDatabase(async (pool) => {
    const runs = await Promise.all([1, 2, 3].map(() => migrate(pool, [first, second])));
    deepEqual(runs.flat().sort(), [first.name, second.name]);
    const [row] = await pool`select count(*)::int as n from one`;
    equal(row?.n, 1);
  });
});

Deno.test("two processes that prepare the same empty database both succeed", async () => {
  await withDatabase(async (_, url) => {
    const both = await Promise.all([1, 2].map(() => prepareDatabase(url, { secretKey })));
    equal(both[0]!.appUrl, both[1]!.appUrl);
    equal(both.flatMap(({ migrated }) => migrated).length, (await readMigrations()).length);
  });
});

Deno.test("an owner who is no superuser is shown which rights are missing, and then can prepare repeatedly", async () => {
  await withDatabase(async (pool, url) => {
    const own = new URL(url);
    own.username = `owner_${crypto.randomUUID().slice(0, 8)}`;
    own.password = "plain";
    await pool.unsafe(`create role ${own.username} login password 'plain'`);
    const message = await checkServer(own.href).then(() => "", (error: Error) => error.message);
    const [sentence, ...statements] = message.split("\n");
    match(sentence!, /lacks rights to prepare the database/);
    match(message, /createrole;[^]*on database[^]*on schema public[^]*on parameter "app.lifted"/);
    for (const statement of statements) await pool.unsafe(statement);
    await checkServer(own.href);
    ok((await prepareDatabase(own.href, { secretKey })).migrated.length > 90);
    const again = await prepareDatabase(own.href, { secretKey });
    deepEqual(again.migrated, []);
    const app = openPool(again.appUrl, { max: 1 });
    await rejects(app`delete from tenants`, { code: "42501" });
    // Functions of that owner read what PostgreSQL knows of the tables.
    const found = await withScope(
      app,
      { tenantId: newId(), actor: system },
      ({ sql }) => sql`select id from search_contacts('eva', 50, 1000)`,
    );
    equal(found.length, 0);
    await app.end();
  });
});

Deno.test("a database without TLS, or with an unknown certificate, is reported as such", async () => {
  const deaf = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answering = (async () => {
    for await (const connection of deaf) {
      await connection.read(new Uint8Array(8));
      await connection.write(new TextEncoder().encode("N"));
      connection.close();
    }
  })();
  const url = `postgres://crm:geheim@127.0.0.1:${deaf.addr.port}/crm?sslmode=verify-full`;
  await rejects(checkServer(url, 1), {
    name: "DatabaseAway",
    message: /does not support TLS: set ssl = on there/,
  });
  deaf.close();
  await answering;
  const own = Object.assign(new Error("self-signed"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  match(
    reasonOf(url, own),
    /certificate of the database at 127\.0\.0\.1:\d+ is not trusted \(DEPTH/,
  );
  const other = Object.assign(new Error("names"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  match(reasonOf(url, other), /is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  const gone = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  equal(
    reasonOf("postgres://a:b@db:5432/c", gone),
    "The database at db:5432 cannot be reached: start it, or correct its URL.",
  );
});

Deno.test("a migration that fails leaves nothing of itself and all before it", async () => {
  await withDatabase(async (pool) => {
    const broken = step(2, "create table two (id int); insert into nowhere values (1)");
    await rejects(migrate(pool, [first, broken]), (error: unknown) => {
      ok(error instanceof MigrationRefused);
      ok(error.message.includes("0002_step.sql failed and was rolled back"));
      return true;
    });
    deepEqual(await tables(pool), ["one"]);
    deepEqual(await migrate(pool, [first, second]), [second.name]);
  });
});

Deno.test("a temporary fault breaks a migration off, and does not stop the service for good", async () => {
  await withDatabase(async (pool) => {
    const raised = (code: string) =>
      step(2, `create table two (id int); do $$ begin raise using errcode = '${code}'; end $$`);
    for (const code of ["53100", "40P01", "55P03"]) {
      await rejects(migrate(pool, [first, raised(code)]), { name: "MigrationBrokenOff" }, code);
    }
    deepEqual(await tables(pool), ["one"]);
    deepEqual(await migrate(pool, [first, second]), [second.name]);
  });
});

Deno.test("a file changed after it was applied is refused, and nothing else is done", async () => {
  await withDatabase(async (pool) => {
    await migrate(pool, [first]);
    await rejects(migrate(pool, [{ ...first, checksum: "other" }, second]), /was changed after/);
    deepEqual(await tables(pool), ["one"]);
  });
});

Deno.test("a database of a newer version is refused", async () => {
  await withDatabase(async (pool) => {
    await migrate(pool, [first, second]);
    await rejects(migrate(pool, [first]), /does not know/);
  });
});

Deno.test("a file that comes before an applied one is refused", async () => {
  await withDatabase(async (pool) => {
    await migrate(pool, [step(2, "select 1")]);
    await rejects(migrate(pool, [first, step(2, "select 1")]), /comes before/);
  });
});

Deno.test("a refused run does not keep the next one waiting", async () => {
  await withDatabase(async (pool, url) => {
    await migrate(pool, [first]);
    await rejects(migrate(pool, [{ ...first, checksum: "other" }]));
    const next = openPool(url, { max: 1 });
    deepEqual(await migrate(next, [first, second]), [second.name]);
    await next.end();
  });
});

Deno.test("any change of a file changes its checksum, and only that", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/0001_try_out.sql`;
  const at = new URL(`file://${folder}/`);
  const checksum = async (text: string) => {
    await Deno.writeTextFile(file, text);
    return (await readMigrations(at))[0]!.checksum;
  };
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        async (one, other) => {
          const same = one.toWellFormed() === other.toWellFormed();
          equal(await checksum(one) === await checksum(other), same);
          equal(await checksum(one), await checksum(one));
        },
      ),
      { numRuns: 60 },
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("each database has a serving role of its own, with a name that PostgreSQL takes", () => {
  const names = [
    "kompaktcrm",
    "a-b",
    "a_b",
    "A_b",
    "1a",
    "_a",
    "ä",
    "x".repeat(63),
    "x".repeat(62),
  ];
  names.push(`${"x".repeat(62)}1`, `${"x".repeat(50)}`);
  const roles = names.map(servingRole);
  equal(new Set(roles).size, names.length);
  for (const role of roles) match(role, /^[a-z_][a-z0-9_]{0,62}$/);
  equal(servingRole("kompaktcrm"), "kompaktcrm_app");
});

Deno.test("a start with another SECRET_KEY changes no table", async () => {
  await withDatabase(async (pool, url) => {
    const before = (await readMigrations()).slice(0, -1);
    await migrate(pool, before);
    await claim(pool, secretKey);
    const other = { secretKey: randomBytes(32).toString("base64") };
    await rejects(prepareDatabase(url, other), { name: "WrongSecret" });
    const [{ count }] = await pool<[{ count: number }]>`
      select count(*)::int as count from schema_migrations
    `;
    equal(count, before.length);
  });
});

Deno.test("an upgrade of an installation in use is backed up first, or does not happen", async () => {
  await cast();
  const { owner, ownerUrl } = await database();
  const config = parseConfig(
    { DATABASE_URL: ownerUrl, SECRET_KEY: secretKey, DATA_DIR: await Deno.makeTempDir() },
    Deno.readTextFileSync,
  );
  const known = await readMigrations();
  equal(await backUpFirst(owner, config, known), null, "nothing changes");
  const next = { number: known.length + 1, name: "9999_next.sql", text: "select 1", checksum: "x" };
  const name = await backUpFirst(owner, config, [...known, next]);
  ok((await backups.list(config)).some((each) => each.name === name));
  const sealed = await keys.list(config);
  const foreign = { ...config, secretKey: randomBytes(32).toString("base64") };
  await rejects(() => backUpFirst(owner, foreign, [...known, next]), { name: "WrongSecret" });
  deepEqual(await keys.list(config), sealed, "no key is wrapped with the wrong secret");
  const blocked = `${await Deno.makeTempDir()}/file`;
  await Deno.writeTextFile(blocked, "");
  await rejects(
    () => backUpFirst(owner, { ...config, dataDir: blocked }, [...known, next]),
    /was not changed: no backup/,
  );
  await rejects(() => backUpFirst(owner, config, known.slice(0, -1)), /Start the newer version/);
});
