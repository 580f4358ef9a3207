/** Lists whose filters many records pass each, and hardly any together: read to an end that is near. */
import { assert, assertEquals } from "deno-std/assert/mod.js";
import { newId } from "../db/ids.ts";
import { type Bounds, usualBounds } from "../db/rare_filters.ts";
import type { Filter } from "../db/record_filters.ts";
import * as counts from "../db/record_counts.ts";
import * as lists from "../db/record_lists.ts";
import type { Scope } from "../db/scope.ts";
import { program } from "./support/api.ts";
import { type Cast, cast } from "./support/cast.ts";

const all: Filter = { q: "", tag: null, owner: null, status: null, company: null };
/** As if the tenant had a million contacts. */
const near: Bounds = { few: 20, fewOfPairs: 200, walked: 300, gathered: 1_000 };
/** In which all matches are found by reading all of the tenant's contacts. */
const through: Bounds = { ...near, gathered: 200 };
const people = 3_000;
/** The last 400 contacts have a tag; all but the last five of them are no customers. */
const tagged = 400;

/**
 * 3,000 contacts whose last 400 carry a tag; of these the last five are customers, as all the others
 * are. The last seven have no address; all but the last nine have a value of a custom field.
 */
async function stock({ alice, test }: Cast) {
  const [tag, field] = [newId(), newId()];
  await alice.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into contacts (
        tenant_id, id, last_name, status, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Person ' || lpad(i::text, 4, '0'),
        case when i > ${people - tagged} and i <= ${people - 5} then 'lead' else 'customer' end,
        'Test', 'sample', 'contract', 'sales', day.at, day.at, ${now}
      from generate_series(1, ${people}) as i,
        lateral (select timestamptz '2025-05-05 12:00Z' + make_interval(mins => i)) as day (at)
    `;
    await sql`
      insert into tags (tenant_id, id, name, created_at)
      values (${tenantId}, ${tag}, 'Spät', ${now})
    `;
    await sql`
      insert into contact_tags (tenant_id, tag_id, contact_id)
      select ${tenantId}, ${tag}, id
      from contacts
      where tenant_id = ${tenantId}
        and last_name > ${`Person ${people - tagged}`}
    `;
    await sql`
      insert into addresses (tenant_id, id, contact_id, city)
      select ${tenantId}, gen_random_uuid(), id, 'Aachen'
      from contacts
      where tenant_id = ${tenantId}
        and last_name <= ${`Person ${people - 7}`}
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
      select ${tenantId}, gen_random_uuid(), ${field}, 'number', id, '1'
      from contacts
      where tenant_id = ${tenantId}
        and last_name <= ${`Person ${people - 9}`}
    `;
  });
  // As the database does by itself, and each import at its end.
  await test.db.owner`analyze contacts, contact_tags, addresses, custom_values`;
  return { tag, field };
}

/** What the pages know of who sees all. */
const seeing = (scope: Scope): Scope => ({ ...scope, actor: { ...scope.actor, narrowed: false } });

interface Named {
  id: string;
  lastName: string;
}

const read = (
  scope: Scope,
  filter: Partial<Filter>,
  given: lists.Order,
  bounds: Bounds,
  cursor: { after: string } | { before: string } | null = null,
  size = 50,
) =>
  lists.list<Named>(scope, "contact", scope.sql`p.id, p.last_name`, {
    filter: { ...all, ...filter },
    given,
    cursor,
    size,
    bounds,
  });

/** The last of all people, by name. */
const last = (count: number) =>
  Array.from({ length: count }, (_, i) => `Person ${people - count + 1 + i}`);

const ways = [
  { sort: "name", descending: false, bounds: near },
  { sort: "name", descending: true, bounds: through },
  { sort: "created", descending: true, bounds: near },
  { sort: "created", descending: false, bounds: usualBounds },
  { sort: "touch", descending: true, bounds: through },
] as const;

Deno.test("a list of few is the same however far its walk may go, page by page, both ways", async () => {
  const everybody = await cast();
  const { tag, field } = await stock(everybody);
  for (
    const [filter, names] of [
      [{ tag, status: "customer" }, last(5)],
      [{ tag, empty: ["address"] }, last(7)],
      [{ empty: ["address"] }, last(7)],
      [{ empty: ["address"], status: "customer" }, last(5)],
      [{ custom: [{ field, empty: true }] }, last(9)],
      [{ source: "test", custom: [{ field, empty: true }] }, last(9)],
      [
        { tag, source: "test", status: "lead", custom: [{ field, empty: true }] },
        last(9).slice(0, 4),
      ],
      [{ tag, source: "tes", status: "partner" }, []],
    ] as [Partial<Filter>, string[]][]
  ) {
    for (const { sort, descending, bounds } of ways) {
      const expected = descending ? names.toReversed() : names;
      const label = `${JSON.stringify(filter)} by ${sort}, ${descending}`;
      await everybody.alice.scope(async (given) => {
        const scope = seeing(given);
        const order = { sort, descending };
        const seen: string[] = [];
        const firsts: (string | null)[] = [];
        for (let after: string | null = null;;) {
          const place: { after: string } | null = after === null ? null : { after };
          const page = await read(scope, filter, order, bounds, place, 4);
          seen.push(...page.rows.map(({ lastName }) => lastName));
          firsts.push(page.previous);
          after = page.next;
          if (after === null) break;
        }
        assertEquals(seen, expected, label);
        const before = firsts[1];
        if (!before) return;
        const back = await read(scope, filter, order, bounds, { before }, 4);
        assertEquals(back.rows.map(({ lastName }) => lastName), expected.slice(0, 4), label);
      });
    }
  }
});

Deno.test("a list that is soon full is full of those at its head", async () => {
  const everybody = await cast();
  const { tag } = await stock(everybody);
  const rows = await everybody.alice.scope(async (given) => {
    const scope = seeing(given);
    const before = await looked(scope);
    const byName = await read(
      scope,
      { tag, status: "lead" },
      { sort: "name", descending: true },
      near,
    );
    assertEquals(byName.rows[0]?.lastName, `Person ${people - 5}`);
    assertEquals(byName.rows.length, 50);
    return await looked(scope) - before;
  });
  assert(rows < 350, `${rows} contacts were looked at`);
});

/** Contacts that this transaction has looked at. */
async function looked({ sql }: Scope): Promise<number> {
  const [row] = await sql<[{ rows: number }]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables
    where relname = 'contacts'
  `;
  return row.rows;
}

Deno.test("what hardly anybody passes both is looked for among those who pass the rarer one", async () => {
  const everybody = await cast();
  const { tag } = await stock(everybody);
  for (const sort of ["name", "created", "touch"] as const) {
    const rows = await everybody.alice.scope(async (given) => {
      const scope = seeing(given);
      const before = await looked(scope);
      const filter = { tag, status: "customer" } as const;
      const { rows } = await read(scope, filter, { sort, descending: false }, near);
      assertEquals(rows.length, 5);
      return await looked(scope) - before;
    });
    // The walk's 300, the 400 who carry the tag, up to 1,001 customers counted, and the page.
    assert(rows < 300 + 400 + 1_001 + 100, `${rows} contacts were looked at by ${sort}`);
  }
});

Deno.test("a count that is remembered says nothing of the list's other end, nor of a later page", async () => {
  const everybody = await cast();
  await stock(everybody);
  const { alice } = everybody;
  const tag = newId();
  await alice.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into tags (tenant_id, id, name, created_at)
      values (${tenantId}, ${tag}, 'Ende', ${now})
    `;
    await sql`
      insert into contact_tags (tenant_id, tag_id, contact_id)
      select ${tenantId}, ${tag}, id
      from contacts
      where tenant_id = ${tenantId}
        and last_name > ${`Person ${people - 1_050}`}
    `;
  });
  await everybody.test.db.owner`analyze contacts, contact_tags`;
  const bounds = { ...near, gathered: 2_000 };
  await alice.scope(async (given) => {
    const scope = seeing(given);
    const page = async (
      order: lists.Order,
      first: string | undefined,
      cursor: { before: string } | null = null,
    ) => {
      const before = await looked(scope);
      const { rows, next } = await read(scope, { tag }, order, bounds, cursor);
      assertEquals([rows[0]?.lastName, rows.length], [first, 50]);
      return { next, rows: await looked(scope) - before };
    };
    const downward = { sort: "name", descending: true } as const;
    await page(downward, `Person ${people}`);
    assertEquals(await counts.count(scope, "contact", { ...all, tag }, bounds), 1_050);
    const again = await page(downward, `Person ${people}`);
    assert(again.rows < 200, `${again.rows} contacts were looked at for a page known to be near`);
    const begin = `Person ${people - 1_049}`;
    for (const sort of ["name", "created", "touch"] as const) {
      for (const time of ["first", "second"]) {
        const { rows } = await page({ sort, descending: false }, begin);
        // The walk's 300, those who carry the tag, and the page; 2,001 where nothing ended the walk.
        assert(rows < 300 + 1_050 + 100, `${rows} were looked at by ${sort}, the ${time} time`);
      }
    }
  });
});

Deno.test("counts of such lists are right, whether their page was found near or far", async () => {
  const everybody = await cast();
  const { tag, field } = await stock(everybody);
  const count = (filter: Partial<Filter>, bounds: Bounds) =>
    everybody.alice.scope(async (given) => {
      const scope = seeing(given);
      const first = await counts.count(scope, "contact", { ...all, ...filter }, bounds);
      await read(scope, filter, { sort: "name", descending: false }, bounds);
      const again = await counts.count(scope, "contact", { ...all, ...filter }, bounds);
      assertEquals(again, first, JSON.stringify(filter));
      return again;
    });
  for (const bounds of [near, through, usualBounds]) {
    assertEquals(await count({ tag, status: "customer" }, bounds), 5);
    assertEquals(await count({ tag, status: "partner" }, bounds), 0);
    assertEquals(await count({ empty: ["address"] }, bounds), 7);
    assertEquals(await count({ empty: ["address"], tag }, bounds), 7);
    assertEquals(await count({ empty: ["email"], tag }, bounds), tagged);
    assertEquals(await count({ custom: [{ field, empty: true }], source: "t" }, bounds), 9);
  }
});

Deno.test("pages of such lists are answered, however often they are asked for", async () => {
  const everybody = await cast();
  const { tag } = await stock(everybody);
  const { alice } = everybody;
  const api = await program(alice);
  for (
    const [query, name] of [
      ["empty=address", `Person ${people}`],
      [`tag=${tag}&status=customer`, `Person ${people}`],
      ["empty=email", "Person 0001"],
      ["source=test&empty=email", "Person 0001"],
    ] as const
  ) {
    for (const _ of [1, 2, 3]) {
      const page = await alice.get(`/contacts?${query}`);
      assertEquals(page.status, 200, query);
      assert((await page.text()).includes(name), query);
      const answer = await api.get(`/contacts?${query}`);
      assertEquals(answer.status, 200, query);
      assert(JSON.stringify(answer.json).includes(name), query);
    }
  }
});
