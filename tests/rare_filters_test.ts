/** Lists filtered by rare or frequent values: the same results, each with its own query. */
import { assert, assertEquals } from "deno-std/assert/mod.js";
import * as contactLists from "../db/contact_lists.ts";
import { newId } from "../db/ids.ts";
import type { Filter } from "../db/record_filters.ts";
import type { Order } from "../db/record_lists.ts";
import type { Scope } from "../db/scope.ts";
import * as selections from "../db/selections.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";

const all: Filter = { q: "", tag: null, owner: null, status: null, company: null };
const byName: Order = { sort: "name", descending: false };

/** 2,100 contacts of one day, town and origin; one more of each only, and two tags beside. */
async function stock({ scope }: Person) {
  const [often, rarely, field] = [newId(), newId(), newId()];
  await scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Person ' || lpad(i::text, 4, '0'),
        case when i = 2101 then 'Messe Überlingen' else 'Test' end, 'sample',
        case when i = 2101 then 'consent' else 'contract' end, 'sales', day.at, day.at, ${now}
      from generate_series(1, 2101) as i,
        lateral (
          select case when i = 2101 then timestamptz '2025-05-05 12:00Z' else '2026-06-06 12:00Z' end
        ) as day (at)
    `;
    await sql`
      insert into tags (tenant_id, id, name, created_at)
      values (${tenantId}, ${often}, 'Oft', ${now}), (${tenantId}, ${rarely}, 'Selten', ${now})
    `;
    await sql`
      insert into contact_tags (tenant_id, tag_id, contact_id)
      select ${tenantId}, case when last_name = 'Person 2101' then ${rarely} else ${often} end::uuid, id
      from contacts
      where tenant_id = ${tenantId}
    `;
    await sql`
      insert into addresses (tenant_id, id, contact_id, city)
      select ${tenantId}, gen_random_uuid(), id,
        case when last_name = 'Person 2101' then 'Xanten' else 'Aachen' end
      from contacts
      where tenant_id = ${tenantId}
    `;
    await sql`
      insert into custom_fields (
        tenant_id, id, record_kind, kind, name, label_de, position, category, purpose, legal_basis,
        created_at, updated_at
      )
      values (
        ${tenantId}, ${field}, 'contact', 'number', 'punkte', 'Punkte', 1, 'work', 'customer_care',
        'contract', ${now}, ${now}
      )
    `;
    await sql`
      insert into custom_values (tenant_id, id, field_id, kind, contact_id, value)
      select ${tenantId}, gen_random_uuid(), ${field}, 'number', id,
        case when last_name = 'Person 2101' then '9' else '1' end
      from contacts
      where tenant_id = ${tenantId}
    `;
  });
  return { often, rarely, field };
}

/** The names on the first page, the count, and whether an index's few records were asked for. */
async function asked(given: Scope, filter: Partial<Filter>, order: Order = byName) {
  // As the pages know of who sees all.
  const scope = { ...given, actor: { ...given.actor, narrowed: false } };
  const before = await few(scope);
  const { rows } = await contactLists.list(scope, { ...all, ...filter }, order, null);
  const after = await few(scope);
  const count = await contactLists.count(scope, { ...all, ...filter });
  return { first: rows[0]?.lastName, rows: rows.length, count, few: after > before };
}

/** How often this connection asked for a list by a few ids. */
async function few({ sql }: Scope): Promise<number> {
  const [row] = await sql<[{ asked: number }]>`
    select coalesce(sum(generic_plans + custom_plans), 0)::int as asked
    from pg_prepared_statements
    where statement like '%from "contacts" p%and p.id = any (array(%order by%'
      and statement not like '%pg_prepared_statements%'
  `;
  return row.asked;
}

Deno.test("a filter that few pass is asked for by its index, whatever the order", async () => {
  const { alice } = await cast();
  const { rarely, field } = await stock(alice);
  const found = { first: "Person 2101", rows: 1, count: 1, few: true };
  for (
    const filter of [
      { tag: rarely },
      { createdTo: "2025-12-31" },
      { touchFrom: "2025-05-05", touchTo: "2025-05-05" },
      { place: "xan" },
      { place: "Xanten", createdFrom: "2025-01-01" },
      { source: "überl" },
      { basis: "consent" },
      { source: "MESSE", basis: "consent" },
      { custom: [{ field, from: "5" }] },
    ] as Partial<Filter>[]
  ) {
    for (const sort of ["name", "created", "touch"] as const) {
      const seen = await alice.scope((scope) => asked(scope, filter, { sort, descending: true }));
      assertEquals(seen, found, `${JSON.stringify(filter)} by ${sort}`);
    }
  }
  for (
    const filter of [
      { tag: newId() },
      { place: "zzz" },
      { createdFrom: "2026-06-07" },
      { source: "zzz" },
      { basis: "legal_obligation" },
      { source: "test", basis: "consent" },
    ] as Partial<Filter>[]
  ) {
    assertEquals(await alice.scope((scope) => asked(scope, filter)), {
      first: undefined,
      rows: 0,
      count: 0,
      few: true,
    });
  }
});

Deno.test("by a custom field, too, the few records of somebody are asked for by their index", async () => {
  const { alice } = await cast();
  const { field } = await stock(alice);
  await alice.scope(({ sql, tenantId }) =>
    sql`
      update contacts
      set owner_id = ${alice.userId}
      where tenant_id = ${tenantId}
        and last_name = 'Person 2101'
    `.then(() => {})
  );
  const order = { sort: `custom:${field}`, descending: true } as Order;
  const seen = await alice.scope((scope) => asked(scope, { owner: alice.userId }, order));
  assertEquals(seen, { first: "Person 2101", rows: 1, count: 1, few: true });
});

Deno.test("a filter that many pass is tried row by row in the order of the list", async () => {
  const { alice } = await cast();
  const { often, field } = await stock(alice);
  for (
    const filter of [
      { tag: often },
      { place: "aachen" },
      { createdFrom: "2026-01-01" },
      { touchFrom: "2026-01-01" },
      { source: "tes" },
      { basis: "contract" },
      { custom: [{ field, to: "5" }] },
    ] as Partial<Filter>[]
  ) {
    const seen = await alice.scope((scope) => asked(scope, filter));
    const found = { first: "Person 0001", rows: 50, count: 2100, few: false };
    assertEquals(seen, found, JSON.stringify(filter));
  }
});

Deno.test("a deleted custom field filters nothing, however few values it had", async () => {
  const { alice } = await cast();
  const { field } = await stock(alice);
  await alice.scope(async ({ sql, tenantId, now }) => {
    await sql`update custom_fields set removed_at = ${now} where tenant_id = ${tenantId}`;
  });
  const seen = await alice.scope((scope) => asked(scope, { custom: [{ field, from: "5" }] }));
  assertEquals(seen, { first: "Person 0001", rows: 50, count: 2101, few: false });
});

Deno.test("all that a list shows is chosen by the index of its rare filter as well", async () => {
  const { alice } = await cast();
  const { often, rarely, field } = await stock(alice);
  const chosen = (filter: Partial<Filter>) =>
    alice.scope(async (given) => {
      const scope = { ...given, actor: { ...given.actor, narrowed: false } };
      const before = await few(scope);
      const count = await selections.count(
        scope,
        "contact",
        { filter: { ...all, ...filter } },
        3_000,
      );
      return { count, few: await few(scope) > before };
    });
  for (
    const filter of [
      { tag: rarely },
      { place: "xan" },
      { source: "messe" },
      { basis: "consent" },
      { custom: [{ field, from: "5" }] },
    ] as Partial<Filter>[]
  ) {
    assertEquals(await chosen(filter), { count: 1, few: true }, JSON.stringify(filter));
  }
  assertEquals(await chosen({ tag: newId() }), { count: 0, few: true });
  // A list would be walked through for these, but ends with its page.
  assertEquals(await chosen({ tag: often }), { count: 2100, few: true });
  assertEquals(await chosen({ source: "test" }), { count: 2100, few: true });
});

/** Rows of a table that this transaction has looked at. */
async function looked({ sql }: Scope, table: string): Promise<number> {
  const [row] = await sql<[{ rows: number }]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables
    where relname = ${table}
  `;
  return row.rows;
}

Deno.test("where nobody has an origin, no record is looked through for it", async () => {
  const { alice, test } = await cast();
  await stock(alice);
  // As the database does by itself: else the planner may have statistics of other tenants alone.
  await test.db.owner`analyze contacts`;
  for (const filter of [{ source: "zzz" }, { basis: "legal_obligation" }] as const) {
    const rows = await alice.scope(async (given) => {
      const scope = { ...given, actor: { ...given.actor, narrowed: false } };
      const before = await looked(scope, "contacts");
      await contactLists.list(scope, { ...all, ...filter }, byName, null);
      return await looked(scope, "contacts") - before;
    });
    assert(rows < 20, `${rows} rows were looked at for ${JSON.stringify(filter)}`);
  }
});

Deno.test("filters that many pass each, and nobody both, do not read all of the tenant's contacts", async () => {
  const { alice } = await cast();
  const { often } = await stock(alice);
  for (
    const filter of [
      { tag: often, status: "partner" },
      { place: "aachen", owner: alice.userId },
      { source: "test", empty: ["email"], touchTo: "2026-06-06" },
    ] as Partial<Filter>[]
  ) {
    const seen = await alice.scope((scope) => asked(scope, filter));
    assertEquals(seen.few, true, JSON.stringify(filter));
  }
  // Whatever is nowhere in use is no filter.
  const seen = await alice.scope((scope) => asked(scope, { tag: often, empty: [], custom: [] }));
  assertEquals([seen.few, seen.count], [false, 2100]);
});

Deno.test("filters that are known to match many records together are tried in the order of the list", async () => {
  const { alice } = await cast();
  const { often } = await stock(alice);
  const filter = { tag: often, owner: alice.userId };
  await alice.scope(({ sql, tenantId }) =>
    sql`update contacts set owner_id = ${alice.userId} where tenant_id = ${tenantId}`
  );
  const seen = [];
  for (let n = 0; n < 3; n++) {
    const { few, rows, first } = await alice.scope((scope) => asked(scope, filter));
    seen.push([few, rows, first]);
  }
  const page = [50, "Person 0001"];
  assertEquals(seen, [[true, ...page], [false, ...page], [false, ...page]]);
});

Deno.test("of a custom field that many have, only the values of the page are read", async () => {
  const { alice, test } = await cast();
  const { field } = await stock(alice);
  // As each import leaves it, and the database does by itself.
  await test.db.owner`analyze custom_values`;
  const rows = await alice.scope(async (given) => {
    const scope = { ...given, actor: { ...given.actor, narrowed: false } };
    const before = await looked(scope, "custom_values");
    const filter = { ...all, custom: [{ field, to: "5" }] };
    const { rows } = await contactLists.list(scope, filter, byName, null);
    assertEquals(rows.length, 50);
    return await looked(scope, "custom_values") - before;
  });
  // Up to 2,001 to know that they are many.
  assert(rows < 2_200, `${rows} values were looked at`);
});

Deno.test("where few records pass one filter, only their custom fields are read for another", async () => {
  const { alice, test } = await cast();
  const { rarely, field } = await stock(alice);
  await test.db.owner`analyze custom_values`;
  const filter = { ...all, tag: rarely, custom: [{ field, to: "9" }] };
  const looks = await alice.scope(async (given) => {
    const scope = { ...given, actor: { ...given.actor, narrowed: false } };
    const seen: number[] = [];
    for (
      const ask of [
        () => contactLists.list(scope, filter, byName, null).then(({ rows }) => rows.length),
        () => contactLists.count(scope, filter),
        () => selections.count(scope, "contact", { filter }, 10),
      ]
    ) {
      const before = await looked(scope, "custom_values");
      assertEquals(await ask(), 1);
      seen.push(await looked(scope, "custom_values") - before);
    }
    return seen;
  });
  // Each asks first how many have a value, up to its bound; all have one.
  assert(looks[0]! < 2_300, `${looks} values were looked at`);
  assert(looks[1]! < 2_300, `${looks} values were looked at`);
  assert(looks[2]! < 2_300, `${looks} values were looked at`);
});

Deno.test("a tenant with very many sources is searched in the order of its lists", async () => {
  const { alice } = await cast();
  await stock(alice);
  await alice.scope(({ sql, tenantId }) =>
    sql`
      update contacts
      set source = 'Quelle ' || last_name
      where tenant_id = ${tenantId}
    `
  );
  const seen = await alice.scope((scope) => asked(scope, { source: "2101" }));
  assertEquals(seen, { first: "Person 2101", rows: 1, count: 1, few: false });
});

Deno.test("sources of companies and of deals are asked for as those of persons", async () => {
  const { alice } = await cast();
  await newDeal(alice, { title: "Von der Messe", companyName: "Haus", source: "Messe" });
  await newDeal(alice, { title: "Sonstwoher", source: "Telefon" });
  await alice.scope(({ sql, tenantId }) =>
    sql`
      update companies
      set source = 'Messe'
      where tenant_id = ${tenantId}
        and name = 'Haus'
    `
  );
  await alice.scope(async (given) => {
    const scope = { ...given, actor: { ...given.actor, narrowed: false } };
    for (const kind of ["company", "deal"] as const) {
      const count = async (source: string) => {
        const filter = { ...all, source };
        const { ids } = await selections.selected(scope, kind, { filter });
        return (await ids).length;
      };
      assertEquals([await count("mess"), await count("zzz")], [1, 0], kind);
    }
  });
});
