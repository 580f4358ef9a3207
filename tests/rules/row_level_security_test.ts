/** The live database keeps every tenant to itself, whatever the program forgets. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { ownerFunctions } from "../../db/grants.ts";
import { database } from "../support/db.ts";

/** Tables with a tenant that are read before one is known, or by the installation itself. */
const sharedTables = ["ledger_entries", "mails", "sessions", "tokens"];

const servingRole = (url: string) => new URL(url).username;

Deno.test("row-level security is on for every table with a tenant", async () => {
  const { owner } = await database();
  const rows = await owner<{ name: string }[]>`
    select c.relname as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
    order by c.relname
  `;
  deepEqual(rows.map(({ name }) => name), sharedTables);
});

Deno.test("every policy binds reading and writing to the tenant of the transaction", async () => {
  const { owner } = await database();
  const rows = await owner<{ name: string; reads: string; writes: string; command: string }[]>`
    select c.relname as name, pg_get_expr(p.polqual, p.polrelid) as reads,
      pg_get_expr(p.polwithcheck, p.polrelid) as writes, p.polcmd as command
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    where p.polpermissive
  `;
  ok(rows.length >= 15);
  for (const { name, reads, writes, command } of rows) {
    ok(reads.includes("tenant_id = current_tenant()"), name);
    ok(writes.includes("tenant_id = current_tenant()"), name);
    equal(command, "*", name);
  }
});

Deno.test("the serving role owns nothing and can neither pass by nor become another", async () => {
  const { owner, appUrl } = await database();
  const role = servingRole(appUrl);
  const [rights] = await owner`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit
    from pg_roles
    where rolname = ${role}
  `;
  deepEqual(new Set(Object.values(rights!)), new Set([false]));
  const [owned] = await owner`
    select count(*)::int as n
    from pg_shdepend d
    join pg_roles r on r.oid = d.refobjid
    where r.rolname = ${role}
      and d.deptype = 'o'
  `;
  equal(owned?.n, 0);
  const [member] = await owner`
    select count(*)::int as n
    from pg_auth_members m
    join pg_roles r on r.oid = m.member
    where r.rolname = ${role}
  `;
  equal(member?.n, 0);
});

Deno.test("the serving role can neither make nor change tables, nor switch the policies off", async () => {
  const { app, owner } = await database();
  const [own] = await owner<{ name: string }[]>`select current_user::text as name`;
  const forbidden = [
    "create table public.leak (id int)",
    "create schema leak",
    "create function public.leak() returns int language sql as 'select 1'",
    "alter table contacts disable row level security",
    "drop policy tenant on contacts",
    "create policy open on contacts using (true)",
    "truncate contacts",
    "alter role current_user superuser",
    "alter role current_user bypassrls",
    `set role ${own!.name}`,
    "set session_replication_role = replica",
    "select pg_read_file('PG_VERSION')",
    "copy (select 1) to program 'true'",
    "select current_setting('data_directory')",
    "update provider set name = 'x'",
    "delete from tenants",
    "insert into schema_migrations values (9999, 'x', 'x', '2026-01-01')",
  ];
  for (const statement of forbidden) {
    await rejects(app.unsafe(statement), { code: "42501" }, statement);
  }
  const [found] = await owner`select to_regclass('public.leak') as leak`;
  equal(found?.leak, null);
});

Deno.test("with row security off the serving role reads nothing instead of everything", async () => {
  const { app } = await database();
  await rejects(
    app.begin(async (sql) => {
      await sql`set local row_security = off`;
      await sql`select id from contacts`;
    }),
    { code: "42501" },
  );
});

Deno.test("the history can be added to, never changed", async () => {
  const { app } = await database();
  for (
    const statement of [
      "update changes set reason = 'x'",
      "delete from changes",
      "truncate changes",
      "insert into changes select * from changes on conflict (tenant_id, id) do update set reason = 'x'",
    ]
  ) await rejects(app.unsafe(statement), { code: "42501" }, statement);
});

Deno.test("functions of the owner have a fixed path, are listed, and closed to everyone else", async () => {
  const { owner, appUrl } = await database();
  const rows = await owner<
    { signature: string; path: string; everyone: boolean; serving: boolean }[]
  >`
    select p.oid::regprocedure::text as signature,
      array_to_string(
        array(select said from unnest(p.proconfig) said where said not like 'plan_cache_mode=%'),
        ','
      ) as path,
      has_function_privilege('public', p.oid, 'execute') as everyone,
      has_function_privilege(${servingRole(appUrl)}, p.oid, 'execute') as serving
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'jobs')
      and p.prosecdef
  `;
  equal(rows.length, ownerFunctions.length);
  for (const { signature, path, everyone, serving } of rows) {
    equal(path, "search_path=public, pg_temp", signature);
    equal(everyone, false, signature);
    equal(serving, true, signature);
  }
});

Deno.test("no function and no schema is open to everyone", async () => {
  const { owner, appUrl } = await database();
  const open = await owner`
    select p.oid::regprocedure::text as signature
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and has_function_privilege('public', p.oid, 'execute')
  `;
  deepEqual([...open], []);
  const closed = await owner`
    select p.oid::regprocedure::text as signature
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not p.prosecdef
      and not has_function_privilege(${servingRole(appUrl)}, p.oid, 'execute')
  `;
  deepEqual([...closed], []);
  const [row] = await owner`select has_schema_privilege('public', 'public', 'create') as create`;
  equal(row!.create, false);
});

Deno.test("the serving role has a password, kept as SCRAM", async () => {
  const { owner, appUrl } = await database();
  const [row] = await owner<{ scram: boolean }[]>`
    select rolpassword like 'SCRAM-SHA-256$%' as scram
    from pg_authid
    where rolname = ${servingRole(appUrl)}
  `;
  equal(row?.scram, true);
});
