/**
 * Migrations work for PostgreSQL and Citus alike, and leave no table without row-level security.
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { type Migration, readMigrations } from "../../db/migrate.ts";

/** A relevant statement of a migration; these are collected in order. */
interface Step {
  does: "create" | "distribute" | "replicate" | "isolate" | "secure";
  table: string;
  text: string;
}

const step =
  /create table (\w+) \(([\s\S]*?)\n\);|select (distribute|replicate|isolate)\('(\w+)'\);|alter table (\w+) enable row level security;/g;

function stepsOf(text: string): Step[] {
  return [...text.matchAll(step)].map(([whole, created, body, call, called, secured]) => {
    if (created) return { does: "create", table: created, text: body! };
    if (secured) return { does: "secure", table: secured, text: whole };
    return { does: call as Step["does"], table: called!, text: whole };
  });
}

const isTenants = (body: string) => /primary key \(tenant_id\b/.test(body);
const plain = (text: string) => text.replace(/--.*$/gm, "");

/** What is wrong with the tables that these migrations create. */
function faults(texts: string[]): string[] {
  const steps = texts.flatMap(stepsOf);
  const created = steps.filter(({ does }) => does === "create");
  return created.flatMap(({ table, text }) => {
    const from = steps.findIndex((each) => each.does === "create" && each.table === table);
    const user = steps.findIndex((each) =>
      each.does === "create" && each.table !== table &&
      new RegExp(`references ${table} \\(`).test(each.text)
    );
    const before = steps.slice(from, user < 0 ? undefined : user);
    const done = (...verbs: string[]) =>
      before.some((each) => each.table === table && verbs.includes(each.does));
    if (!isTenants(text)) {
      return done("replicate") ? [] : [`${table} is neither a tenant's nor replicated`];
    }
    return [
      ...done("distribute") ? [] : [`${table} is not distributed before it is referenced`],
      ...done("isolate", "secure") ? [] : [`${table} has no row-level security`],
    ];
  });
}

Deno.test("migrations are numbered without a gap and named by words", async () => {
  const migrations = await readMigrations();
  deepEqual(migrations.map(({ number }) => number), migrations.map((_, index) => index + 1));
  for (const { name } of migrations) ok(/^\d{4}_[a-z]+(_[a-z]+)+\.sql$/.test(name), name);
  const files = [...Deno.readDirSync(new URL("../../db/migrations/", import.meta.url))];
  equal(files.length, migrations.length);
});

Deno.test("each tenant's table is distributed and isolated before another references it", async () => {
  deepEqual(faults((await readMigrations()).map(({ text }) => text)), []);
});

Deno.test("the rule finds a table left open or placed too late", () => {
  const table = (name: string, more = "") =>
    `create table ${name} (\n  tenant_id uuid,\n  primary key (tenant_id, id)${more}\n);\n`;
  const whole = (name: string) => `select distribute('${name}');\nselect isolate('${name}');\n`;
  const child = table(
    "calls",
    ",\n  foreign key (tenant_id, deal_id) references deals (tenant_id, id)",
  );
  deepEqual(faults([table("deals") + whole("deals") + child + whole("calls")]), []);
  equal(faults([table("deals") + "select distribute('deals');"]).length, 1);
  equal(faults([table("deals") + "select isolate('deals');"]).length, 1);
  equal(faults([table("deals") + child + whole("deals") + whole("calls")]).length, 2);
  equal(faults(["create table lists (\n  id uuid primary key\n);"]).length, 1);
});

/** What a migration must not contain: roles and rights belong to the operator and db/grants.ts. */
function slips({ name, text }: Pick<Migration, "name" | "text">): string[] {
  const words = plain(text);
  const found: string[] = [];
  if (/\b(grant|revoke)\b/i.test(words)) found.push("gives rights");
  if (/\b(create|alter|drop|set) role\b|\bowner to\b|\bcurrent_user\b/i.test(words)) {
    found.push("names a role");
  }
  if (/\bset_config\b/i.test(words)) found.push("uses set_config, which reaches no Citus worker");
  if (/\bforce row level security\b/i.test(words)) found.push("binds the owner");
  for (const [body] of words.matchAll(/create (?:or replace )?function[\s\S]*?\$\$/gi)) {
    if (/security definer/i.test(body) && !/set search_path = public, pg_temp/i.test(body)) {
      found.push("lets a function of the owner search its path");
    }
  }
  return found.map((fault) => `${name} ${fault}`);
}

Deno.test("no migration names a role, gives rights or opens a function of the owner", async () => {
  deepEqual((await readMigrations()).flatMap(slips), []);
});

Deno.test("the rule finds such statements", () => {
  const found = (text: string) => slips({ name: "0001", text }).length;
  equal(found("grant select on contacts to crm;"), 1);
  equal(found("alter table contacts owner to crm;"), 1);
  equal(
    found("create function f() returns int language sql security definer as $$ select 1 $$;"),
    1,
  );
  equal(found("alter table contacts force row level security;"), 1);
  equal(found("-- nothing is granted here, grant is only said"), 0);
});

/** From here on several servers may run, one of them still on the previous version. */
const rolling = 73;
/** Stated at the head of a migration that removes what the previous version no longer used. */
const unused = /^-- Unused by the version before\b/m;

/** What would break a server of the previous version: tables may only change by additions. */
function breaks({ number, name, text }: Pick<Migration, "number" | "name" | "text">): string[] {
  if (number < rolling || unused.test(text)) return [];
  const found = plain(text).match(
    /\bdrop (column|table)\b|\brename (column|to|constraint)\b|\balter column \w+ (set not null|type)\b/gi,
  );
  const added = plain(text).match(/\badd column \w+ [^,;]*\bnot null\b(?![^,;]*\bdefault\b)/gi);
  return [...found ?? [], ...added ?? []].map((each) => `${name}: ${each}`);
}

Deno.test("a version works with the tables of the next one, so that servers are renewed in turn", async () => {
  deepEqual((await readMigrations()).flatMap(breaks), []);
});

Deno.test("the rule finds a change that would stop the version before", () => {
  const found = (text: string) => breaks({ number: 99, name: "0099", text }).length;
  equal(found("alter table a drop column b;"), 1);
  equal(found("alter table a rename to b;"), 1);
  equal(found("alter table a add column b int not null;"), 1);
  equal(found("alter table a add column b int not null default 0;"), 0);
  equal(
    found("-- Unused by the version before: nobody reads it.\nalter table a drop column b;"),
    0,
  );
});
