/** No filter, word or cursor of a search reveals hidden records, and no import links to them. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { visible } from "../db/activity_conditions.ts";
import * as activityLists from "../db/activity_lists.ts";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import type { Scope } from "../db/scope.ts";
import { program } from "./support/api.ts";
import type { Person } from "./support/cast.ts";
import { define, fieldName } from "./support/custom_fields.ts";
import { newDeal } from "./support/deals.ts";
import { text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { stockMail } from "./support/mail_stock.ts";
import { newMark } from "./support/stock.ts";
import { sight, tenantOfTeams } from "./support/sights.ts";
import { drain } from "./support/worker.ts";

const { test, alice, bob, eva, max, contacts, companies, deals } = await tenantOfTeams();
const hidden = companies.maxrecord;

/** Whether a list shows Eva's record. */
async function hit(who: Person, path: string): Promise<boolean> {
  const id = path.startsWith("/deals") ? deals.evarecord : contacts.evarecord;
  const answer = await who.get(path);
  equal(answer.status, 200, path);
  return (await answer.text()).includes(id);
}

/** Which of the ways find it for Alice and, after her, for Bob. */
async function tried(paths: readonly string[]): Promise<Record<string, [boolean, boolean]>> {
  const found: Record<string, [boolean, boolean]> = {};
  for (const path of paths) found[path] = [await hit(alice, path), await hit(bob, path)];
  return found;
}

/** What every way is to say. */
const all = (paths: readonly string[], said: [boolean, boolean]) =>
  Object.fromEntries(paths.map((path) => [path, said]));

Deno.test("a hidden company is found by no word and no filter of linked records", async () => {
  await sight(alice, "all", { companies: "own" });
  await alice.scope(async ({ sql, tenantId }) => {
    await sql`
      insert into affiliations (tenant_id, id, contact_id, company_id)
      values (${tenantId}, ${newId()}, ${contacts.evarecord}, ${hidden})
    `;
    await sql`update deals set company_id = ${hidden} where id = ${deals.evarecord}`;
    await sql`select refresh_contact_search(array[${contacts.evarecord}]::uuid[])`;
    await sql`select refresh_deal_search(array[${deals.evarecord}]::uuid[])`;
  });
  const conditions = [
    "/contacts?q=evarecord+maxrecord",
    "/contacts?q=gmbh",
    "/contacts?q=evarecord&firm=zeder+max",
    "/contacts?firm=zeder+max",
    `/contacts?q=evarecord&company=${hidden}`,
    `/contacts?company=${hidden}`,
    "/deals?q=evarecord+maxrecord",
    "/deals?q=evarecord&firm=zeder+max",
    "/deals?firm=zeder+max",
    `/deals?q=evarecord&company=${hidden}`,
    `/deals?company=${hidden}`,
  ];
  deepEqual(await tried(conditions), all(conditions, [true, false]));
  const alike = ["/contacts?q=zeder+evarecord", "/deals?q=zeder+evarecord+regal"];
  deepEqual(await tried(alike), all(alike, [true, true]));
  const none = ["/contacts?q=evarecord&empty=company", "/contacts?empty=company"];
  deepEqual(await tried(none), all(none, [false, true]));
});

Deno.test("a hidden person is found by no filter, and no page begins after them", async () => {
  await sight(alice, "all", { contacts: "own" });
  const field = await define(alice, {
    kind: "person",
    recordKind: "deal",
    labelDe: "Empfohlen von",
  });
  deals.evarecord = await newDeal(alice, {
    title: "Zeder evarecord Tisch",
    [fieldName(field)]: "maxrecord@zeder.example",
  });
  await alice.scope(({ sql, tenantId, now }) =>
    sql`
      insert into deal_contacts (tenant_id, deal_id, contact_id, added_at)
      values (${tenantId}, ${deals.evarecord}, ${contacts.maxrecord}, ${now})
    `
  );
  const conditions = [
    `/deals?person=${contacts.maxrecord}`,
    `/deals?q=evarecord&person=${contacts.maxrecord}`,
    `/deals?custom.${field}.is=${contacts.maxrecord}`,
    `/deals?q=evarecord&custom.${field}.is=${contacts.maxrecord}`,
    `/deals?custom.${field}.like=maxrecord`,
    `/deals?q=evarecord&custom.${field}.like=maxrecord`,
  ];
  deepEqual(await tried(conditions), all(conditions, [true, false]));
  const before = (who: Person, id: string) =>
    who.scope(async ({ sql }) => {
      const rows = await sql`
        select id from search_records(
          'contact', 'zeder', 'name', false, ${id}, true, 9, null, null, null, null
        )
      `;
      return rows.map((row) => row.id).includes(contacts.bobrecord);
    });
  const { maxrecord } = contacts;
  deepEqual([await before(alice, maxrecord), await before(bob, maxrecord)], [true, false]);
  // The cursor would reveal how the hidden name begins.
  const [{ name }] = await test.db.owner<[{ name: string }]>`
    select sort_name as name from contacts where id = ${maxrecord}
  `;
  const after = (who: Person, q: string) =>
    who.scope(async ({ sql }) =>
      (await sql`
        select id from search_records(
          'contact', ${q}, 'match', false, ${maxrecord}, false, 9, null, null, null, null
        )
      `).length
    );
  for (const q of [name, name.slice(0, 1), "zeder"]) deepEqual(await after(bob, q), 0, q);
});

Deno.test("a mail linked to a record does not become visible to all when the record is deleted", async () => {
  await sight(alice, "own");
  const mails = await stockMail(alice, newMark(), contacts.maxrecord);
  const { owner } = test.db;
  await owner`delete from message_links where message_id = ${mails.message}`;
  await owner`update messages set user_id = null where id = ${mails.message}`;
  const seen: number[] = [];
  for (const state of ["open", "discarded", "assigned"]) {
    await owner`
      update inbox_messages
      set state = ${state}, erase_after = ${state === "discarded" ? now() : null}
      where message_id = ${mails.message}
    `;
    const rows = await bob.scope(({ sql }) =>
      sql`select id from messages where id = ${mails.message}`
    );
    seen.push(rows.length);
  }
  deepEqual(seen, [1, 1, 0]);
});

Deno.test("an import links nothing to a hidden company", async () => {
  await sight(alice, "own");
  const name = "Zeder maxrecord GmbH";
  await importAll(bob, fileOf(`Nachname;Firma\nImportiert;${name}\n`));
  const list = `Name;Übergeordnete Firma\nWerk Eins;${name}\nWerk Zwei;Zinn AG\n`;
  await importAll(bob, fileOf(list), { kind: "companies" });
  const { owner } = test.db;
  const [{ links }] = await owner<[{ links: number }]>`
    select count(*)::int as links
    from affiliations a
    join contacts c on c.id = a.contact_id
    where c.last_name = 'Importiert' and a.company_id <> ${hidden}
  `;
  const parents = await owner<{ name: string; hidden: boolean; own: boolean }[]>`
    select o.name, o.id = ${hidden} as hidden, o.owner_id = ${bob.userId} as own
    from companies c
    join companies o on o.id = c.parent_id
    where c.name like 'Werk %'
    order by c.name
  `;
  equal(links, 1);
  deepEqual(parents.map((parent) => ({ ...parent })), [
    { name, hidden: false, own: true },
    { name: "Zinn AG", hidden: false, own: true },
  ]);
});

Deno.test("an import does not distinguish a hidden company from an unknown one", async () => {
  await sight(alice, "own");
  const report = async (firma: string, person: string) => {
    const id = await importAll(bob, fileOf(`Nachname;Firma\n${person};${firma}\n`));
    return /neuer Kontakt.*/.exec(await text(await bob.get(`/imports/${id}`)))![0];
  };
  const [there, nowhere] = [
    await report("Zeder evarecord GmbH", "Erste"),
    await report("Zeder niemand GmbH", "Zweite"),
  ];
  equal(there, nowhere);
  match(there, /neue Firma 1/);
  // A user who sees both is offered them as duplicates.
  equal((await alice.post("/duplicates/scans")).status, 303);
  await drain(test);
  match(await text(await alice.get("/duplicates?kind=company")), /Zeder evarecord GmbH/);
  equal(/evarecord/.test(await text(await bob.get("/duplicates?kind=company"))), false);
});

/**
 * Activities that were done a minute apart, those with Max's record latest, each with a record, a
 * participant or neither.
 */
async function done(
  count: number,
  ownerId: string | null,
  { contactId, userId, gone = false }: { contactId?: string; userId?: string; gone?: boolean },
) {
  const before = contactId === contacts.maxrecord && !userId ? 0 : 3_000;
  await alice.scope(async ({ sql, tenantId, now }) => {
    const made = await sql<{ id: string }[]>`
      insert into activities (
        tenant_id, id, kind, subject, done_at, at, owner_id, created_at, updated_at, deleted_at
      )
      select ${tenantId}, gen_random_uuid(), 'call', 'Getan', day.at, day.at, ${ownerId}, ${now}, ${now},
        ${gone ? now : null}
      from generate_series(1, ${count}) as i,
        lateral (select ${now}::timestamptz - make_interval(mins => ${before} + i)) as day (at)
      returning id
    `;
    const ids = made.map(({ id }) => id);
    if (contactId) {
      await sql`
        insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
        select ${tenantId}, id, ${contactId}, ${contactId}, true, ${now}
        from unnest(${ids}::uuid[]) as made (id)
      `;
    }
    if (userId) {
      await sql`
        insert into activity_participants (tenant_id, activity_id, person_id, user_id)
        select ${tenantId}, made.id, ${userId}, ${userId}
        from unnest(${ids}::uuid[]) as made (id)
      `;
    }
  });
}

Deno.test("done activities are listed as far as they are visible, without a check of each hidden one", async () => {
  await done(2_500, max.userId, { contactId: contacts.maxrecord });
  await done(7, max.userId, { contactId: contacts.evarecord });
  await done(5, max.userId, { contactId: contacts.nobodys });
  await done(6, max.userId, { contactId: contacts.bobrecord });
  await done(4, max.userId, { contactId: contacts.bobrecord, gone: true });
  await done(3, max.userId, { contactId: contacts.maxrecord, userId: bob.userId });
  await done(2, bob.userId, { contactId: contacts.maxrecord });
  await done(8, eva.userId, {});
  await done(9, null, {});
  await test.db.owner`analyze activities, activity_links, activity_participants`;
  for (const [level, least] of [["own", 11], ["team", 40], ["all", 2_540]] as const) {
    await sight(alice, level);
    await bob.scope(async (scope) => {
      const { sql, tenantId } = scope;
      const ids = (await sql<{ id: string }[]>`
        select a.id
        from activities a
        where a.tenant_id = ${tenantId}
          and a.done_at is not null
          and ${visible(scope)}
        order by a.done_at desc, a.id desc
      `).map(({ id }) => id);
      ok(ids.length >= least, `${ids.length} are seen`);
      const filter = { q: "", share: "done", kind: null, priority: null, owner: null } as const;
      const list = async (cursor: { after: string } | { before: string } | null) => {
        const { rows, next } = await activityLists.list(
          scope,
          { ...filter, record: null },
          cursor,
          9,
        );
        return { ids: rows.map(({ id }) => id), next };
      };
      const before = await looked(scope);
      let page = await list(null);
      const rows = await looked(scope) - before;
      // Each that is done once, and what is shown; by the call each would be looked at twice.
      ok(rows < ids.length + 2_544 + 500, `${rows} activities were looked at (${level})`);
      deepEqual(page.ids, ids.slice(0, 9));
      for (let at = 9; at < Math.min(ids.length, 60); at += 9) {
        page = await list({ after: page.ids.at(-1)! });
        deepEqual(page.ids, ids.slice(at, at + 9));
        deepEqual((await list({ before: page.ids[0]! })).ids, ids.slice(at - 9, at));
      }
    });
    equal((await bob.get("/activities?share=done&owner=all")).status, 200);
    equal((await (await program(bob)).get("/activities?share=done")).status, 200);
  }
});

/** Activities that this transaction has looked at. */
async function looked({ sql }: Scope): Promise<number> {
  const [row] = await sql<[{ rows: number }]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables
    where relname = 'activities'
  `;
  return row.rows;
}
