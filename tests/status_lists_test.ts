/** Lists of one status, in a tenant that just got many of another status. */
import { assert, assertEquals } from "deno-std/assert/mod.js";
import { usualBounds } from "../db/rare_filters.ts";
import type { Filter } from "../db/record_filters.ts";
import { tables } from "../db/record_kinds.ts";
import * as lists from "../db/record_lists.ts";
import type { Scope } from "../db/scope.ts";
import { type Cast, cast } from "./support/cast.ts";
import { entries } from "./support/entries.ts";

type Kind = "contact" | "company";

const order: lists.Order = { sort: "touch", descending: true };
/** As if the tenant had a million contacts. */
const near = { ...usualBounds, few: 20, fewOfPairs: 20 };

/** 3,000 customers of one user, and 3,000 leads that were touched after them. */
async function stock({ alice, test }: Cast, kind: Kind) {
  await alice.scope(async ({ sql, tenantId, now, actor }) => {
    const own = kind === "contact"
      ? {
        names: sql`last_name, source_channel, legal_basis, purpose`,
        values: sql`, 'sample', 'contract', 'sales'`,
      }
      : { names: sql`name`, values: sql`` };
    await sql`
      insert into ${sql(tables[kind])} (
        tenant_id, id, status, owner_id, source, last_touch_at, created_at, updated_at, ${own.names}
      )
      select ${tenantId}, gen_random_uuid(), case when i > 3000 then 'lead' else 'customer' end,
        ${actor.userId}, 'Test', day.at, day.at, ${now}, 'Nummer ' || lpad(i::text, 4, '0')
        ${own.values}
      from generate_series(1, 6000) as i,
        lateral (select timestamptz '2025-05-05 12:00Z' + make_interval(mins => i)) as day (at)
    `;
  });
  await test.db.owner`analyze contacts, companies`;
}

/** The names of the first page, and how many index entries were read for it. */
async function read(given: Scope, kind: Kind, filter: Partial<Filter>, bounds = usualBounds) {
  // As the pages know of who sees all.
  const scope = { ...given, actor: { ...given.actor, narrowed: false } };
  const { sql } = scope;
  const columns = kind === "contact" ? sql`p.id, p.last_name as name` : sql`p.id, p.name`;
  const before = await entries(scope, tables[kind]);
  const { rows } = await lists.list<{ id: string; name: string }>(scope, kind, columns, {
    filter: { q: "", tag: null, owner: null, status: "customer", company: null, ...filter },
    given: order,
    cursor: null,
    bounds,
  });
  return {
    names: rows.map(({ name }) => name),
    read: await entries(scope, tables[kind]) - before,
  };
}

for (const kind of ["contact", "company"] as const) {
  Deno.test(`the ${kind} list of customers does not walk past fresh leads`, async () => {
    const everybody = await cast();
    const { alice } = everybody;
    await stock(everybody, kind);
    const expected = Array.from({ length: 50 }, (_, i) => `Nummer ${3000 - i}`);
    const owner = await alice.scope(({ actor }) => Promise.resolve(actor.userId));
    for (const filter of [{}, { owner }, { owner, touchTo: "2025-12-31" }]) {
      const found = await alice.scope((scope) => read(scope, kind, filter, near));
      const label = JSON.stringify(filter);
      assertEquals(found.names, expected, label);
      assert(found.read < 500, `${found.read} entries were read for ${label}`);
    }
  });
}
