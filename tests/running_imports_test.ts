/** Lists of a tenant during an import: as fast and correct as without, and correct afterwards. */
import { assert, assertEquals } from "deno-std/assert/mod.js";
import { setTimeout as delay } from "node:timers/promises";
import * as contactLists from "../db/contact_lists.ts";
import { newId } from "../db/ids.ts";
import * as imports from "../db/imports.ts";
import * as runs from "../db/imports/runs.ts";
import { endPool, openPool } from "../db/pool.ts";
import type { Filter } from "../db/record_filters.ts";
import type { Order } from "../db/record_lists.ts";
import type { Scope } from "../db/scope.ts";
import * as sessions from "../db/sessions.ts";
import * as startLists from "../db/start_lists.ts";
import * as tokens from "../db/api_tokens.ts";
import { program } from "./support/api.ts";
import { type Cast, cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { entries } from "./support/entries.ts";
import { check, fileOf, upload } from "./support/imports.ts";

const nameOf = (n: number) => `Alt ${`${n}`.padStart(5, "0")}`;
const all: Filter = { q: "", tag: null, owner: null, status: null, company: null };
/**
 * The imported persons, with names between those of the tenant; a batch is 2,000, and the reader
 * keeps 1,000 until it knows whether later rows belong to them.
 */
const coming = 6_000;
const written = 4_000;
const text = `Vorname;Nachname;E-Mail\n${
  Array.from({ length: coming }, (_, n) => `Eva;${nameOf(n % 2_500)} neu;neu${n}@example.org\n`)
    .join("")
}`;

/** People of the tenant: leads of the last days, each at an instant of their own. */
async function stock({ alice }: Cast, count: number) {
  await alice.scope(({ sql, tenantId, now }) =>
    sql`
      insert into contacts (
        tenant_id, id, last_name, status, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Alt ' || lpad(i::text, 5, '0'), 'lead', 'Test',
        'sample', 'contract', 'sales', day.at, day.at, ${now}
      from generate_series(1, ${count}) as i,
        lateral (select ${now}::timestamptz - make_interval(secs => i)) as day (at)
    `.then(() => {})
  );
}

/** Rows of the tenant, seen or not: the index entries that a count through an index reads. */
async function writtenRows({ alice, test }: Cast): Promise<number> {
  return await test.db.owner.begin(async (sql) => {
    await sql`set local enable_seqscan = off`;
    await sql`set local enable_bitmapscan = off`;
    const before = await entries({ sql });
    await sql`select count(*) from contacts where tenant_id = ${alice.tenantId}`;
    return await entries({ sql }) - before;
  });
}

/** An import that has read its file and is held before its end; `end` lets it finish. */
async function begun(everybody: Cast) {
  const { alice, test } = everybody;
  const id = await upload(alice, fileOf(text));
  await check(alice, id, { status: "lead" });
  assertEquals((await alice.post(`/imports/${id}/run`)).status, 303);
  const released = Promise.withResolvers<void>();
  const source = () =>
    ReadableStream.from((async function* () {
      yield new TextEncoder().encode(text);
      await released.promise;
    })());
  const pool = openPool(test.db.appUrl, { max: 3 });
  const who = { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } } as const;
  const done = runs.run({ pool, secretKey, source }, who, id);
  done.catch(() => {});
  const end = async () => {
    released.resolve();
    await done.finally(() => endPool(pool));
  };
  while (await writtenRows(everybody) < written) {
    await Promise.race([delay(50), done]);
  }
  const { startedAt } = await alice.scope((scope) => imports.find(scope, id));
  return { id, startedAt: startedAt!, end };
}

/** As a page asks that was begun while the import ran. */
const during = (scope: Scope, importing: Date): Scope => ({
  ...scope,
  actor: { ...scope.actor, narrowed: false, importing },
});

const orders: Order[] = ["name", "created", "touch"].flatMap((sort) =>
  [true, false].map((descending) => ({ sort: sort as "name", descending }))
);

/** The names of a list, page by page to its end, and back from there. */
async function walk(scope: Scope, order: Order, filter: Filter, size: number) {
  const pages: string[][] = [];
  let last: string | null = null;
  for (let after: string | null = null;;) {
    const cursor = after === null ? null : { after };
    const page = await contactLists.list(scope, filter, order, cursor, size);
    pages.push(page.rows.map(({ lastName }) => lastName));
    last = page.rows[0]?.id ?? last;
    after = page.next;
    if (after === null) break;
  }
  for (let at = pages.length - 2; at >= 0 && last !== null; at--) {
    const page = await contactLists.list(scope, filter, order, { before: last }, size);
    assertEquals(page.rows.map(({ lastName }) => lastName), pages[at]);
    last = page.rows[0]!.id;
  }
  return pages.flat();
}

for (
  const [tenantSize, count, entriesOfList, entriesOfCount] of [
    // All of them are found beside what comes in, then sorted: each is looked at a few times.
    ["small", 60, 400, 400],
    // More than are sorted: 2,001 are counted, from some thousands of index entries.
    ["large", 2_500, 5_000, 12_000],
  ] as const
) {
  Deno.test(`a ${tenantSize} tenant's lists do not walk past the rows of a running import`, async () => {
    const everybody = await cast();
    const { alice, test } = everybody;
    await stock(everybody, count);
    await test.db.owner`analyze contacts`;
    const running = await begun(everybody);
    try {
      // Somebody else writes meanwhile, and it shows at once.
      const id = newId();
      await alice.scope(({ sql, tenantId, now }) =>
        sql`
          insert into contacts (
            tenant_id, id, last_name, status, source, source_channel, legal_basis, purpose,
            last_touch_at, created_at, updated_at
          )
          values (
            ${tenantId}, ${id}, 'Zwischendurch', 'lead', 'Test', 'manual', 'contract', 'sales',
            ${now}, ${now}, ${now}
          )
        `.then(() => {})
      );
      const names = Array.from({ length: count }, (_, i) => nameOf(i + 1));
      for (const order of orders) {
        const upward = order.sort === "name"
          ? [...names, "Zwischendurch"]
          : [...names.toReversed(), "Zwischendurch"];
        const expected = order.descending ? upward.toReversed() : upward;
        const label = JSON.stringify(order);
        await alice.scope(async (given) => {
          const scope = during(given, running.startedAt);
          const before = await entries(scope);
          const page = await contactLists.list(scope, all, order, null);
          const read = await entries(scope) - before;
          assert(read < entriesOfList, `${read} entries were read for ${label}`);
          assertEquals(page.rows.map(({ lastName }) => lastName), expected.slice(0, 50), label);
          const size = count > 1_000 ? 700 : 7;
          assertEquals(await walk(scope, order, all, size), expected, label);
          assertEquals(
            await walk(scope, order, { ...all, status: "lead", empty: ["phone"] }, size),
            expected,
            label,
          );
        });
      }
      await alice.scope(async (given) => {
        const scope = during(given, running.startedAt);
        const before = await entries(scope);
        assertEquals(await contactLists.count(scope, all), count + 1);
        const counted = await entries(scope) - before;
        assert(counted < entriesOfCount, `${counted} entries were read for the count`);
        const [row] = await scope.sql<[{ leads: startLists.LeadsJson }]>`
          select ${startLists.leads(scope)} as leads
        `;
        assertEquals(row.leads.rows[0]!.name, "Zwischendurch");
        assertEquals(row.leads.count, Math.min(count + 1, 100));
        const more = await entries(scope) - before - counted;
        assert(more < 200, `${more} entries were read for the newest leads`);
      });
      const page = await (await alice.get("/contacts?sort=created&dir=desc")).text();
      assert(page.includes("Zwischendurch") && !page.includes(" neu"));
    } finally {
      await running.end();
    }
  });
}

Deno.test("imported records are in their place of each list, to the last page", async () => {
  const everybody = await cast();
  const { alice, test } = everybody;
  await stock(everybody, 30);
  const api = await program(alice);
  const heard = async () => {
    const session = await sessions.lookup(test.db.app, alice.cookies.get("session")!);
    const caller = await tokens.lookup(test.db.app, api.token);
    assertEquals(session!.importing, caller!.importing);
    return session!.importing;
  };
  assertEquals(await heard(), null);
  const running = await begun(everybody);
  try {
    assertEquals(await heard(), running.startedAt);
    for (const query of ["sort=created", "sort=created&dir=asc", "sort=touch&empty=phone"]) {
      assertEquals((await alice.get(`/contacts?${query}`)).status, 200);
    }
    assertEquals((await api.get("/contacts?sort=created")).status, 200);
  } finally {
    await running.end();
  }
  assertEquals(await heard(), null);
  for (const sort of ["created", "touch"] as const) {
    await alice.scope(async (scope) => {
      const found = await walk(scope, { sort, descending: true }, all, 1_000);
      assertEquals(found.length, coming + 30);
      assert(found.slice(0, coming).every((name) => name.endsWith(" neu")));
      assertEquals(found.slice(coming, coming + 2), ["Alt 00001", "Alt 00002"]);
    });
  }
  const { counts } = await alice.scope((scope) => imports.find(scope, running.id));
  assertEquals(counts.contacts, coming);
});
