/** No row is forgotten when records are merged: every column that refers to one has its rule. */
import { deepEqual, ok } from "node:assert/strict";
import { moves, stays } from "../../db/merge_rules.ts";
import type { Sql } from "../../db/pool.ts";
import { type Kind, tables } from "../../db/record_kinds.ts";
import { database } from "../support/db.ts";

/** Columns that refer to a record without a foreign key, each with why nothing has to be moved. */
const unkeyed: Record<string, string> = {
  "api_requests.record_id": "what a request made: its old address leads to the survivor",
  "changes.record_id": "history is only added to: a record shows that of its former identifiers",
  "duplicate_keys.record_id": "hashes of a running scan: the next one recreates them",
  "bulk_change_rows.record_id": "made out of the columns beside it",
  "import_updates.record_id": "made out of the columns beside it",
  "erasures.contact_ids": "persons of a finished erasure",
  "case_findings.candidates": "persons a search found: led to the survivor by db/candidates.ts",
  "case_findings.confirmed_ids":
    "persons somebody confirmed: led to the survivor by db/candidates.ts",
  "erasures.retained_ids": "persons the law keeps: restricted, so that nobody can merge it",
  "webhook_deliveries.record_ids":
    "what a program was notified of: the old address leads to the survivor",
  "ledger_entries.record_ids": "what a restored backup must not bring back: a merge adds nothing",
};

const column = { contacts: "contact_id", companies: "company_id", deals: "deal_id" } as const;

/** Columns that reference the table by a key, or whose names suggest that they do. */
async function references(owner: Sql, table: keyof typeof column): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
    where k.contype = 'f'
      and k.confrelid = ${`public.${table}`}::regclass
      and a.attname <> 'tenant_id'
    union
    select c.relname || '.' || a.attname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and a.attnum > 0
      and a.attname ~ ${`${column[table]}$`}
    order by 1
  `;
  return rows.map(({ name }) => name);
}

for (const [kind, table] of Object.entries(tables) as [Kind, keyof typeof column][]) {
  Deno.test(`every table that names ${table} says what a merge does with it`, async () => {
    const { owner } = await database();
    const ruled = [...moves[kind], ...stays[kind]].map(({ table, column }) => `${table}.${column}`);
    deepEqual(
      (await references(owner, table)).filter((name) => !ruled.includes(name)),
      [],
      "say in db/merge_rules.ts what becomes of these rows",
    );
    const known = await references(owner, table);
    deepEqual(ruled.filter((name) => !known.includes(name)), [], "ruled, but not there");
    deepEqual(ruled.length, new Set(ruled).size);
    for (const { table, why } of stays[kind]) ok(why.length > 20, table);
  });
}

Deno.test("identifiers of records without a key are moved with those beside them, or listed", async () => {
  const { owner } = await database();
  const rows = await owner<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and a.attnum > 0
      and (
        a.attname in ('record_id', 'person_id', 'candidates')
        or a.atttypid = 'uuid[]'::regtype and a.attname ~ '_ids$'
      )
    order by 1
  `;
  const copied = [...moves.contact, ...moves.company, ...moves.deal].flatMap((
    { table, column, copied },
  ) => [...copied ? [`${table}.${copied}`] : [], `${table}.${column}`]);
  const open = rows.map(({ name }) => name).filter((name) => !copied.includes(name));
  deepEqual(open.filter((name) => !(name in unkeyed)), []);
  for (const name of Object.keys(unkeyed)) {
    ok(open.includes(name), `${name} needs no reason any more`);
  }
});

Deno.test("the rule finds a new table that names a contact", async () => {
  const { owner } = await database();
  await owner`
    create table favourites (
      tenant_id uuid, contact_id uuid, foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
    )
  `;
  ok((await references(owner, "contacts")).includes("favourites.contact_id"));
  await owner`drop table favourites`;
});
