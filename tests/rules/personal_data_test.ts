/** The personal-data map is complete: no column without an entry, no entry without meaning. */
import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { queues } from "../../db/jobs.ts";
import { assertMapped, inHistory, mapped, UnmappedColumns } from "../../db/personal_data.ts";
import { table, tenantContent } from "../../db/personal_data/columns.ts";
import { files } from "../../db/personal_data/files.ts";
import { retentionClasses } from "../../db/retention_classes.ts";
import { lifetimes } from "../../db/tokens.ts";
import { prepareDatabase } from "../../db/prepare.ts";
import { database, secretKey } from "../support/db.ts";

Deno.test("every column of the database is in the personal-data map, and nothing else", async () => {
  const { owner } = await database();
  await assertMapped(owner);
});

Deno.test("an unmapped column and a mapped one that is gone are both named", async () => {
  const { owner } = await database();
  await owner`alter table contacts add column hobby text`;
  await owner`alter table tags rename column name_key to folded_name`;
  await rejects(assertMapped(owner), (error: unknown) => {
    ok(error instanceof UnmappedColumns);
    deepEqual(error.missing, ["public.contacts.hobby", "public.tags.folded_name"]);
    deepEqual(error.superfluous, ["public.tags.name_key"]);
    ok(error.message.includes("public.contacts.hobby"));
    return true;
  });
  await owner`alter table tags rename column folded_name to name_key`;
  await owner`alter table contacts drop column hobby`;
  await assertMapped(owner);
});

Deno.test("no process starts on a database with an unmapped column", async () => {
  const { owner, ownerUrl } = await database();
  await owner`alter table contacts add column hobby text`;
  await rejects(prepareDatabase(ownerUrl, { secretKey }), UnmappedColumns);
  await owner`alter table contacts drop column hobby`;
  await prepareDatabase(ownerUrl, { secretKey });
});

Deno.test("an unmapped table and view are named, a partition of the queue is not", async () => {
  const { owner } = await database();
  await owner`create table leads (email text)`;
  await owner`create view newest as select id from contacts`;
  await owner`create table jobs.later partition of jobs.queue_stats default`;
  await rejects(assertMapped(owner), (error: unknown) => {
    deepEqual((error as UnmappedColumns).missing, ["public.leads.email", "public.newest.id"]);
    return true;
  });
  await owner`drop table leads, jobs.later`;
  await owner`drop view newest`;
});

Deno.test("the database has no schema beside public and jobs", async () => {
  const { owner } = await database();
  const rows = await owner<{ name: string }[]>`
    select nspname as name
    from pg_namespace
    where nspname <> 'information_schema'
      and nspname !~ '^pg_'
    order by nspname
  `;
  deepEqual(rows.map(({ name }) => name), ["jobs", "public"]);
});

Deno.test("a column can be neither mapped twice nor excepted without a category", () => {
  const defaults = tenantContent("contact", "record", "row");
  throws(() => table(defaults, { name: "last_name", copy: "last_name" }), TypeError);
  throws(() => table(defaults, { name: "last_name" }, { first_name: {} }), TypeError);
});

const everywhere = [...mapped(), ...Object.entries(files)];

Deno.test("every retention class is used and has a period that can be counted", () => {
  const used = new Set<string>(everywhere.map(([, { retention }]) => retention));
  for (const [name, { period }] of Object.entries(retentionClasses)) {
    ok(used.has(name), `${name} is used by no column and no file`);
    equal(Temporal.Duration.from(period).sign >= 0, true, name);
  }
});

Deno.test("links and jobs end within their retention class", async () => {
  const seconds = (name: "link" | "job") =>
    Temporal.Duration.from(retentionClasses[name].period).total("seconds");
  for (const [kind, lifetime] of Object.entries(lifetimes)) {
    ok(lifetime / 1000 <= seconds("link"), kind);
  }
  const { owner } = await database();
  const rows = await owner<{ name: string; kept: number }[]>`
    select name, case when name = 'dead_letters' then retention_seconds else deletion_seconds end as kept
    from jobs.queue
  `;
  for (const { name, kept } of rows) ok(kept <= seconds("job"), name);
  ok(rows.length > Object.keys(queues).length);
});

Deno.test("every job that erases exists", () => {
  for (const [name, { erasure }] of everywhere) {
    if (!erasure.startsWith("job:")) continue;
    ok(erasure.slice(4) in queues, `${name} is erased by ${erasure}, which is no job`);
  }
});

/**
 * Working rows that live for minutes, steps deleted with their case, letters with their erasure.
 */
const lookedAtElsewhere = ["ledger_entries", "duplicate_keys", "case_events", "contract_letters"];

Deno.test("the proof of clause 5.1 looks at every table that a job clears", async () => {
  const { owner } = await database();
  const rows = await owner<{ store: string }[]>`select store from retention_overdue(now())`;
  const stores = new Set([...rows.map(({ store }) => store), ...lookedAtElsewhere]);
  const links = await owner<{ child: string; parent: string }[]>`
    select conrelid::regclass::text as child, confrelid::regclass::text as parent
    from pg_constraint
    where contype = 'f'
      and confdeltype = 'c'
  `;
  const hangs = (table: string) =>
    links.some(({ child, parent }) => child === table && stores.has(parent));
  const cleared = new Set(
    [...mapped()].filter(([, { erasure }]) => erasure.startsWith("job:"))
      .map(([name]) => name.split(".")).filter(([schema]) => schema === "public")
      .map(([, table]) => table!),
  );
  deepEqual([...cleared].filter((table) => !stores.has(table) && !hangs(table)), []);
});

Deno.test("every kept column names its provision", () => {
  for (const [name, { erasure }] of mapped()) {
    if (erasure.startsWith("kept:")) ok(/Art\. \d+/.test(erasure), name);
  }
});

Deno.test("only what reveals nothing about a person has no subject, portable only what is copied", () => {
  for (const [name, column] of mapped()) {
    if (column.subject === "none") equal(column.protection, "normal", name);
    if (column.inPortabilityExport) ok(column.inAccessExport, name);
    if (column.category === "credentials") equal(column.inAccessExport, "presence", name);
  }
});

Deno.test("history holds values of no column of class high and of no free text", () => {
  for (const [name, column] of mapped()) {
    if (column.inHistory) equal(column.protection, "normal", name);
  }
  equal(inHistory("contacts", "status"), true);
  equal(inHistory("contacts", "last_name"), false);
  equal(inHistory("contacts", "restricted_reason"), false);
  equal(inHistory("contacts", "no_such_column"), false);
});
