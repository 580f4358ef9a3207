/** Erasure does what the map says: marked records are erased, and the whole database searched. */
import { deepEqual, ok } from "node:assert/strict";
import { personalData } from "../../db/personal_data.ts";
import * as ledger from "../../db/ledger.ts";
import * as inbox from "../../db/inbox.ts";
import * as trash from "../../db/trash.ts";
import { system, withScope } from "../../db/scope.ts";
import { cast } from "../support/cast.ts";
import { secretKey } from "../support/db.ts";
import { newMark, stock } from "../support/stock.ts";

const { test, alice } = await cast();
const { owner } = test.db;

/** The columns that still contain a text, as `schema.table.column`. */
async function found(mark: string): Promise<string[]> {
  const hits: string[] = [];
  for (const [table, columns] of Object.entries(personalData)) {
    const names = Object.keys(columns);
    const [row] = await owner.unsafe(
      `select ${
        names.map((name) => `count(*) filter (where t."${name}"::text ilike $1)::int as "${name}"`)
      }
       from ${table} t`,
      [`%${mark}%`],
    );
    const counts = Object.values(row!) as number[];
    names.forEach((name, index) => counts[index]! > 0 && hits.push(`${table}.${name}`));
  }
  return hits;
}

const at = (name: string) => {
  const [schema, table, column] = name.split(".");
  return personalData[`${schema}.${table}`]![column!]!;
};

Deno.test("an erased person, company and deal are nowhere but where the map keeps or clears them", async () => {
  const mark = newMark();
  const ids = await stock(alice, mark);
  const full = await found(mark);
  for (
    const name of [
      "public.contacts.last_name",
      "public.emails.address",
      "public.companies.name",
      "public.deals.title",
    ]
  ) {
    ok(full.includes(name), `${name}: the search finds what is there`);
  }
  // A dispute over the deal would suspend its erasure.
  await owner`update holds set released_at = now() where id = ${ids.hold}`;
  await alice.scope(async (scope) => {
    await trash.put(scope, "contact", ids.contact);
    await trash.put(scope, "company", ids.company);
    await trash.put(scope, "deal", ids.deal);
    await trash.put(scope, "deal", ids["moved deal"]);
  });
  const later = new Date("2999-01-01");
  const who = { tenantId: alice.tenantId, actor: system, now: later };
  for (const kind of trash.kinds) {
    await withScope(test.db.app, who, (scope) => trash.erase(scope, kind, secretKey));
  }
  // A mail linked to none of them was discarded by hand; the same night removes it.
  await withScope(test.db.app, who, async (scope) => {
    while (await inbox.expire(scope) > 0);
  });
  const left = await found(mark);
  const records = left.filter((name) => {
    const { subject, erasure, retention } = at(name);
    // A request is evidence of its own: it outlives the record and ends by its own days.
    if (retention === "case") return false;
    const ofRecord = subject === "contact" || subject === "company_contact";
    return ofRecord && !erasure.startsWith("kept:") && !erasure.startsWith("job:");
  });
  deepEqual(records, []);
});

Deno.test("deleting its row in tenants deletes everything of a tenant except people's log-ins", async () => {
  const mark = newMark();
  await stock(alice, mark);
  await owner`delete from tenants where id = ${alice.tenantId}`;
  const left = await found(mark);
  deepEqual(left.sort(), [
    "public.identities.email",
    "public.identities.email_key",
    "public.identities.name",
    "public.passkeys.name",
  ]);
  // What was erased is noted, and leaves for the ledger within a minute.
  await ledger.keep(test.db.app, await Deno.makeTempDir());
  const ids = await found(alice.tenantId);
  // Jobs carry the identifier until their own days are over.
  deepEqual(ids.filter((name) => !name.startsWith("jobs.")), []);
});
