/** Each query of a tenant's table names the tenant itself; row-level security is the safety net. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { personalData } from "../../db/personal_data.ts";
import { inspect, type Source, sources } from "../support/sources.ts";

/** Tables with a tenant that is known only after reading them. */
const sharedTables = ["ledger_entries", "mails", "sessions", "tokens"];

const tables = Object.entries(personalData)
  .filter(([, columns]) => "tenant_id" in columns)
  .map(([name]) => name.replace("public.", ""))
  .filter((name) => !sharedTables.includes(name));

// An insert without a tenant fails by itself, because the tenant is part of every key.
const mention = new RegExp(
  `\\b(?:from|join|update|using)\\s+(?:only\\s+)?(?:public\\.)?(?:${tables.join("|")})\\b`,
  "g",
);

/** Queries without a tenant, by file, each with the reason. */
const excepted: Record<string, string> = {
  "db/restores.ts": "run by the owner alone, over the whole database that was just taken in",
  "db/restored_files.ts": "the same, for the files that its rows name",
};

/** Queries that name tenants' tables more often than the tenant. */
function open(source: Source): string[] {
  const texts: { node: Deno.lint.Node; text: string }[] = [];
  inspect(source, (_, textOf) => ({
    TemplateLiteral: (node) => void texts.push({ node, text: textOf(node) }),
    Literal(node) {
      if (typeof node.value === "string") texts.push({ node, text: node.value });
    },
  }));
  // A fragment is read together with the query that contains it.
  const outer = texts.filter(({ node }) =>
    !texts.some(({ node: other }) =>
      other !== node && other.range[0] <= node.range[0] && node.range[1] <= other.range[1]
    )
  );
  return outer.flatMap(({ node, text }) => {
    const named = text.match(mention)?.length ?? 0;
    const guarded = text.match(/\btenant_id\b/g)?.length ?? 0;
    if (named <= guarded) return [];
    const line = source.text.slice(0, node.range[0]).split("\n").length;
    return [`${source.path}:${line} names ${named} tables of tenants, but ${guarded} tenants`];
  });
}

Deno.test("every query of a tenant's table names tenant_id", async () => {
  const found = (await sources("db")).flatMap(open);
  deepEqual(found.filter((each) => !(each.split(":")[0]! in excepted)), []);
  for (const [path, reason] of Object.entries(excepted)) {
    ok(reason.length > 20, path);
    ok(found.some((each) => each.startsWith(`${path}:`)), `${path} needs no exception any more`);
  }
});

Deno.test("the rule finds a query without its tenant, in fragments and joins too", () => {
  const found = (text: string) => open({ path: "db/a.ts", text }).length;
  equal(tables.length >= 15, true);
  equal(found("await sql`select id from contacts where id = ${id}`;"), 1);
  equal(
    found("await sql`delete from emails where id = ${id} ${more ? sql`and 1 = 1` : sql``}`;"),
    1,
  );
  equal(found("const some = sql`join tags t on t.id = x.tag_id`;"), 1);
  equal(found("await pool.unsafe('update contacts set notes = null');"), 1);
  equal(
    found(
      "await sql`select 1 from contacts c join emails e on e.id = c.id where c.tenant_id = 1`;",
    ),
    1,
  );
  equal(found("await sql`select id from contacts where tenant_id = ${tenantId}`;"), 0);
  equal(found("await sql`select id from contacts where ${a ? sql`tenant_id = 1` : sql``}`;"), 0);
  equal(found("await sql`select id from sessions where id = ${id}`;"), 0);
});
