/** Which records each visibility level shows, path by path, and what is revealed of the others. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import type { Scope } from "../db/scope.ts";
import { lift, narrowly, widely } from "../db/sights.ts";
import { newContact, program } from "./support/api.ts";
import type { Person } from "./support/cast.ts";
import { put } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { stockMail } from "./support/mail_stock.ts";
import { merge } from "./support/merging.ts";
import { draft, send } from "./support/messages.ts";
import {
  all,
  expected,
  sight,
  teamOf,
  type TenantOfTeams,
  tenantOfTeams,
  type Word,
} from "./support/sights.ts";
import { newMark } from "./support/stock.ts";

const partial = { "HX-Request": "true", "HX-Request-Type": "partial" };

/** The words of records that a text shows. */
const within = (found: string): Word[] => all.filter((word) => found.toLowerCase().includes(word));

type Way = (who: Person, tenantOfTeams: TenantOfTeams) => Promise<string>;
const page = (path: string): Way => async (who) => await (await who.get(path)).text();
const api = (path: string): Way => async (who) => (await (await program(who)).get(path)).text;
/** The words of those whose page is there, or what is made of them. */
const pages = (
  noun: "contacts" | "companies" | "deals",
  more = "",
  before = `/${noun}/`,
): Way =>
async (who, tenantOfTeams) => {
  const found = await Promise.all(all.map(async (word) => {
    const answer = await who.get(before + tenantOfTeams[noun][word] + more);
    await answer.body?.cancel();
    ok([200, 404].includes(answer.status), `${noun} ${answer.status}`);
    return answer.status === 200 ? word : "";
  }));
  return found.join(" ");
};
const download = (kind: string, format: string): Way => async (who) => {
  const answer = await who.post("/exports", { kind, format, purpose: "backup" });
  equal(answer.status, 200);
  return new TextDecoder().decode(await answer.arrayBuffer());
};
/** The deals whose amounts, each a power of ten, make up the sum that a report shows. */
const summed: Way = async (who) => {
  const csv = await (await who.get("/reports/csv?of=pipeline")).text();
  const digits = /^Anfrage;\d;([01]+),00$/m.exec(csv)![1]!.split("").reverse();
  return all.filter((_, at) => digits[at] === "1").join(" ");
};

const ways: Record<string, Way> = {
  "list of contacts": page("/contacts"),
  "search in the list": page("/contacts?q=zeder&sort=created"),
  "list of companies": page("/companies"),
  "list of deals": page("/deals"),
  "board": page("/deals/board"),
  "search": page("/search?q=zeder"),
  "names of companies": page("/companies/names?q=zeder&companies.0.name=zeder"),
  "records for an activity": page("/activities/candidates?find=zeder"),
  "pages of contacts": pages("contacts"),
  "forms of companies": pages("companies", "/edit"),
  "pages of deals": pages("deals"),
  "files of contacts": pages("contacts", "/files"),
  "letters to contacts": pages("contacts", "", "/letters/new?contact="),
  "letters of deals": pages("deals", "", "/letters/new?deal="),
  "cards": async (who, { contacts }) =>
    (await Promise.all(
      all.map(async (word) => await (await who.get(`/contacts/${contacts[word]}.vcf`)).text()),
    )).join(),
  "export of contacts": download("contacts", "csv"),
  "export of companies": download("companies", "json"),
  "export of deals": download("deals", "csv"),
  "contacts by the API": api("/contacts"),
  "companies found by the API": api("/companies?q=zeder"),
  "deals by the API": api("/deals"),
  "sum of a report": summed,
  "count of a tag": async (who) => {
    const html = await (await who.get("/tags")).text();
    const count = Number(/href="\/contacts\?tag=[^"]+">(\d)</.exec(html)?.[1]);
    // The count does not say which: one, three or all four.
    return { 1: "bobrecord", 3: "bobrecord evarecord nobodys", 4: all.join(" ") }[count] ?? html;
  },
};

const shared = await tenantOfTeams();

for (const level of ["own", "team", "all"] as const) {
  Deno.test(`"${level}" is the same by every way`, async () => {
    await sight(shared.alice, level);
    const faults: string[] = [];
    for (const [name, way] of Object.entries(ways)) {
      const seen = within(await way(shared.bob, shared)).join(" ");
      if (seen !== expected[level].join(" ")) faults.push(`${name}: ${seen}`);
    }
    equal(faults.join("; "), "");
    deepEqual(within(await page("/contacts")(shared.alice, shared)), all);
  });
}

Deno.test("each kind of record has its own level; a hidden company of a person is not named", async () => {
  const { alice, bob, contacts, companies } = shared;
  await sight(alice, "all", { companies: "own" });
  const form = await alice.scope(({ sql, tenantId }) =>
    sql`
      insert into affiliations (tenant_id, id, contact_id, company_id)
      values (${tenantId}, ${newId()}, ${contacts.evarecord}, ${companies.maxrecord})
    `
  );
  equal(form.count, 1);
  await alice.scope(({ sql }) =>
    sql`select refresh_contact_search(array[${contacts.evarecord}]::uuid[])`
  );
  match(await text(await alice.get("/contacts")), /maxrecord GmbH/);
  equal(/maxrecord GmbH/.test(await text(await bob.get("/contacts"))), false);
  equal(/maxrecord GmbH/.test(await text(await bob.get(`/contacts/${contacts.evarecord}`))), false);
  equal((await (await program(bob)).get("/contacts?q=evarecord")).json.data[0].company, null);
  equal((await bob.get(`/contacts/${contacts.maxrecord}`)).status, 200);
});

Deno.test("a user who leaves a team, or whose team is dissolved, sees less at the next request", async () => {
  const { alice, bob, eva, contacts } = shared;
  await sight(alice, "team");
  const seen = async () => (await bob.get(`/contacts/${contacts.evarecord}`)).status;
  equal(await seen(), 200);
  await alice.post(`/settings/teams/${shared.team}`, { name: "Nord", members: [bob.userId] });
  equal(await seen(), 404);
  await alice.post(`/settings/teams/${shared.team}`, {
    name: "Nordost",
    members: [bob.userId, eva.userId],
  });
  equal(await seen(), 200);
  equal((await alice.post(`/settings/teams/${shared.team}/deletion`)).status, 303);
  equal(await seen(), 404);
  shared.team = await teamOf(alice, "Nord", [bob, eva]);
  equal(await seen(), 200);
  const history = await text(await alice.get("/settings/teams"));
  for (
    const words of [
      /Team aufgelöst: Nordost/,
      /Nord → Nordost; Eva Ehlers gehört jetzt dazu/,
      /Eva Ehlers gehört nicht mehr dazu/,
      /Mitarbeit, Kontakte: alle → Team/,
    ]
  ) match(history, words);
});

Deno.test("a team needs a unique name and users of the tenant, and is created once", async () => {
  const { alice, charlie, team } = shared;
  const taken = await alice.post("/settings/teams", { id: newId(), name: "nord" });
  deepEqual([taken.status, /vergeben|schon/.test(await text(taken))], [422, true]);
  const stranger = await alice.post(`/settings/teams/${team}`, {
    name: "Nord",
    members: [charlie.userId],
  });
  equal(stranger.status, 422);
  const id = newId();
  for (let n = 0; n < 2; n++) {
    equal((await alice.post("/settings/teams", { id, name: "West" })).status, 303);
  }
  equal((await alice.post("/settings/sight", { "member.contacts": "some" })).status, 422);
});

Deno.test("hidden duplicates are not described; the message names only whom to ask", async () => {
  const { alice, bob } = shared;
  await sight(alice, "own");
  const like = { lastName: "Anders", "emails.0.address": "maxrecord@zeder.example" };
  const typed = await text(await bob.post("/duplicates/contacts", like, partial));
  match(typed, /Das gibt es schon, außerhalb Ihrer Sicht. Fragen Sie Max Moll./);
  equal(/maxrecord|gleiche/.test(typed), false);
  const sent = await (await program(bob)).post(
    "/contacts",
    newContact("Anders", { emails: [{ address: "maxrecord@zeder.example" }] }),
  );
  deepEqual([sent.status, sent.json.candidates], [409, []]);
  const file = fileOf(
    "Vorname;Nachname;E-Mail\nMia;Moll;maxrecord@zeder.example\nNeu;Neumann;neu@zeder.example",
  );
  const report = await text(await bob.get(`/imports/${await importAll(bob, file)}`));
  match(report, /neuer Kontakt 1 .*Dublette 1/);
  equal(report.includes("Zeder maxrecord"), false);
  // What who sees own records alone brings is their own.
  match(await text(await bob.get("/contacts")), /Neumann/);
});

Deno.test("a user who gives a record away sees it no more, and one who creates it without an owner keeps it", async () => {
  const { alice, bob, max } = shared;
  await sight(alice, "own");
  const fields = { lastName: "Gabe", origin: "inquiry", _anyway: "1" };
  const mine = idOf(await bob.post("/contacts/new", { ...fields, ownerId: "" }));
  equal((await bob.get(`/contacts/${mine}`)).status, 200);
  const given = await bob.post("/contacts/new", { ...fields, ownerId: max.userId });
  equal(given.headers.get("Location"), "/contacts");
  match(await text(await bob.get("/contacts")), /gehört jetzt jemand anderem/);
  match(await text(await max.get("/contacts?q=gabe")), /Gabe/);
  const api = await program(bob);
  const made = await api.get(`/contacts/${mine}`);
  const away = await api.patch(
    `/contacts/${mine}`,
    { ownerId: max.userId },
    made.headers.get("ETag")!,
  );
  deepEqual([away.status, (await api.get(`/contacts/${mine}`)).status], [200, 404]);
  equal((await max.get(`/contacts/${mine}`)).status, 200);
});

Deno.test("what a program gave away as it made it is answered alike when it is sent again", async () => {
  const { alice, bob, max, test } = shared;
  await sight(alice, "own");
  const api = await program(bob);
  const key = { "Idempotency-Key": `order-${newId()}` };
  const body = newContact("Gleichfalls", { ownerId: max.userId });
  const first = await api.post("/contacts", body, key);
  await max.post(`/contacts/${first.json.id}/deletion`);
  const again = await api.post("/contacts", body, key);
  deepEqual([first.status, again.status, again.headers.get("Idempotent-Replayed")], [
    ...[201, 201, "true"],
  ]);
  equal(again.headers.get("Location"), first.headers.get("Location"));
  deepEqual(again.json, { id: first.json.id });
  equal((await api.get(`/contacts/${first.json.id}`)).status, 404);
  const [made] = await test.db.owner`
    select count(*)::int from contacts where last_name = 'Gleichfalls'
  `;
  equal(made!.count, 1);
});

/** Makes a bulk change of contacts as the list's bar would; returns its undo address. */
async function changeMany(
  { bob, contacts, test }: TenantOfTeams,
  action: string,
  value: string,
  words: readonly Word[],
): Promise<string> {
  const ids = words.map((word) => contacts[word]);
  const form = { kind: "contact", action, value, ids, counted: String(ids.length) };
  equal((await bob.post("/bulk-changes/new", form)).status, 303);
  const [{ id }] = await test.db.owner<[{ id: string }]>`
    select id from bulk_changes where tenant_id = ${bob.tenantId} order by created_at desc limit 1
  `;
  return `/bulk-changes/${id}/undo`;
}

Deno.test("a bulk change is undone on visible records, and on those it gave away itself", async () => {
  const { alice, bob, max, contacts, test } = shared;
  await sight(alice, "all");
  const words = ["bobrecord", "evarecord", "maxrecord"] as const;
  const undo = await changeMany(shared, "status", "former", words);
  await sight(alice, "own");
  equal((await bob.post(undo)).status, 303);
  const left = /2 Einträge, die Sie nicht mehr sehen, bleiben/;
  match(await text(await bob.get("/contacts")), left);
  // Of more than a thousand only this page reports, when the job is done.
  match(await text(await bob.get(undo.replace("/undo", ""))), left);
  const rows = async () =>
    await test.db.owner<{ status: string; own: boolean }[]>`
      select status, owner_id = ${bob.userId} as own
      from contacts
      where id = any (${words.map((word) => contacts[word])}::uuid[])
      order by last_name
    `;
  deepEqual((await rows()).map(({ status }) => status), ["lead", "former", "former"]);
  const back = await changeMany(shared, "owner", max.userId, ["bobrecord"]);
  equal((await rows())[0]!.own, false);
  await bob.post(back);
  equal((await rows())[0]!.own, true);
  await test.db.owner`update contacts set status = 'lead' where tenant_id = ${alice.tenantId}`;
});

Deno.test("a merge is undone only by a user who sees all that went into it", async () => {
  const { alice, bob, contacts } = shared;
  await sight(alice, "own");
  const undo = `/merges/${await merge(alice, "contact", [
    contacts.bobrecord,
    contacts.maxrecord,
  ])}/undo`;
  equal((await bob.post(undo)).headers.get("Location"), "/merges");
  match(await text(await bob.get("/merges")), /Einen der Einträge sehen Sie nicht mehr/);
  equal((await alice.get(`/contacts/${contacts.maxrecord}`)).status, 303, "still one");
  await alice.post(undo);
  equal((await alice.get(`/contacts/${contacts.maxrecord}`)).status, 200);
});

Deno.test("an answer joins its conversation, of which each user is shown what they may see", async () => {
  const { alice, bob, contacts, test } = shared;
  await sight(alice, "own");
  const [far, near] = [newMark(), newMark()];
  const { message: hidden } = await stockMail(alice, far, contacts.maxrecord);
  const { message: seen } = await stockMail(bob, near, contacts.bobrecord);
  const { owner } = test.db;
  // A mail without a Message-ID of its own: only its references show where it belongs.
  await owner`
    update messages
    set message_id_header = '', root_id = '', reference_ids = array[${`${far}@muster.example`}]
    where id = ${seen}
  `;
  const answer = await draft(bob, { answersId: seen, subject: "Antwort" });
  const threads = await owner<{ threadId: string }[]>`
    select thread_id from messages where id in (${hidden}, ${answer})
  `;
  equal(new Set(threads.map(({ threadId }) => threadId)).size, 1);
  const page = await (await bob.get(`/messages/${answer}`)).text();
  equal(page.includes(`${far} message`) || page.includes(hidden), false);
  equal((await bob.get(`/messages/${hidden}`)).status, 404);
});

Deno.test("an activity is visible through each record it is about, and names no hidden one", async () => {
  const { alice, bob, contacts } = shared;
  await sight(alice, "own");
  const about = (word: Word) => `contact:${contacts[word]}`;
  const made = async (subject: string, ...words: Word[]) =>
    idOf(
      await alice.post("/activities/new", {
        kind: "note",
        subject,
        ownerId: alice.userId,
        about: words.map(about),
      }),
    );
  const both = await made("Gemeinsam", "bobrecord", "maxrecord");
  const other = await made("Fremd", "maxrecord");
  const shown = await bob.get(`/activities/${both}`);
  deepEqual([shown.status, within(await shown.text())], [200, ["bobrecord"]]);
  equal((await bob.get(`/activities/${other}`)).status, 404);
  const notes = async (who: Person) =>
    /^Alice Ahrens;(\d);0;0;0;\1$/m.exec(
      await (await who.get("/reports/csv?of=activities")).text(),
    )?.[1];
  // What was counted for who sees all is kept for a minute.
  await shared.test.db.owner`delete from stat_snapshots where tenant_id = ${alice.tenantId}`;
  deepEqual([await notes(bob), await notes(alice)], ["1", "2"]);
  const file = await put(alice, `/activities/${other}`, fileOf("%PDF-1.7\n%%EOF\n", "fremd.pdf"));
  equal((await bob.get(`/files/${file}`)).status, 404);
  equal((await alice.get(`/files/${file}`)).status, 200);
});

Deno.test("no statement of a narrowed transaction reads a hidden row, whatever it forgets", async () => {
  const { alice, bob, contacts, companies, deals, test } = shared;
  await sight(alice, "own");
  const tables = await test.db.owner<{ name: string }[]>`
    select p.tablename as name from pg_policies p where p.policyname = 'sight' order by 1
  `;
  ok(tables.length >= 30);
  const hidden = [contacts, companies, deals].flatMap((of) => [of.maxrecord, of.nobodys]);
  const read = (who: Person) =>
    who.scope(async ({ sql }) => {
      const leaks: string[] = [];
      for (const { name } of tables) {
        const [row] = await sql.unsafe(
          `select count(*)::int as n from ${name} t where t::text ~ $1`,
          [`Zeder maxrecord|${hidden.join("|")}`],
        );
        if (row!.n > 0) leaks.push(name);
      }
      return leaks;
    });
  deepEqual(await read(bob), []);
  ok((await read(alice)).length >= 8);
});

Deno.test("completing a colleague's activity of a series creates the next one, and can be undone", async () => {
  const { alice, bob, max, contacts, test } = shared;
  await sight(alice, "own");
  const id = idOf(
    await alice.post("/activities/new", {
      ...{ kind: "task", subject: "Serie", dueDay: "2031-03-03", repeatCycle: "week" },
      ownerId: max.userId,
      about: `contact:${contacts.bobrecord}`,
    }),
  );
  const following = () => test.db.owner`select owner_id from activities where previous_id = ${id}`;
  equal((await bob.post(`/activities/${id}/completion`)).status, 303);
  deepEqual((await following()).map(({ ownerId }) => ownerId), [max.userId]);
  equal((await bob.post(`/activities/${id}/completion/withdrawal`)).status, 303);
  equal((await following()).length, 0);
});

Deno.test("giving an activity away leaves its reminders and links to its new owner", async () => {
  const { alice, bob, max, contacts, test } = shared;
  await sight(alice, "own");
  const fields = {
    ...{ kind: "task", subject: "Übergabe", dueDay: "2031-03-03", remindBefore: "0" },
    ownerId: bob.userId,
  };
  const about = `contact:${contacts.bobrecord}`;
  const id = idOf(await bob.post("/activities/new", { ...fields, about }));
  const given = await bob.post(`/activities/${id}/edit`, {
    ...fields,
    version: "1",
    dueDay: "2031-04-04",
    ownerId: max.userId,
    about: "",
  });
  equal(given.headers.get("Location"), "/activities");
  equal((await bob.get(`/activities/${id}`)).status, 404);
  equal((await max.get(`/activities/${id}`)).status, 200);
  const touched = await test.db.owner`
    select user_id, remind_at::date::text as day from reminders where activity_id = ${id}
  `;
  deepEqual(touched.map(({ userId, day }) => [userId, day]), [[max.userId, "2031-04-04"]]);
  const other = idOf(await bob.post("/activities/new", fields));
  const api = await program(bob);
  const etag = (await api.get(`/activities/${other}`)).headers.get("ETag")!;
  const away = await api.patch(`/activities/${other}`, { ownerId: max.userId }, etag);
  deepEqual([away.status, away.json.ownerId], [200, max.userId]);
  equal((await api.get(`/activities/${other}`)).status, 404);
});

Deno.test("an activity with a person updates their company's last contact, though hidden from the author", async () => {
  const { alice, bob, contacts, companies, test } = shared;
  await sight(alice, "own");
  const { tenantId } = alice;
  await test.db.owner`
    insert into affiliations (tenant_id, id, contact_id, company_id, is_primary)
    values (${tenantId}, ${newId()}, ${contacts.bobrecord}, ${companies.maxrecord}, true)
  `;
  await test.db.owner`
    update companies set last_touch_at = '2020-01-01' where id = ${companies.maxrecord}
  `;
  const note = { kind: "note", subject: "Notiz", ownerId: bob.userId };
  idOf(await bob.post("/activities/new", { ...note, about: `contact:${contacts.bobrecord}` }));
  const [{ lastTouchAt }] = await test.db.owner<[{ lastTouchAt: Date }]>`
    select last_touch_at from companies where id = ${companies.maxrecord}
  `;
  ok(lastTouchAt > new Date("2020-01-02"));
  // A new main place is the only one, and a program that gives the person away sees no other.
  const api = await program(bob);
  const at = `/contacts/${contacts.bobrecord}`;
  const etag = (await api.get(at)).headers.get("ETag")!;
  const place = { companyId: companies.bobrecord };
  const moved = await api.patch(at, { companies: [place] }, etag);
  equal(moved.status, 200, moved.text);
  const main = await test.db.owner`
    select company_id from affiliations where contact_id = ${contacts.bobrecord} and is_primary
  `;
  deepEqual(main.map(({ companyId }) => companyId), [companies.bobrecord]);
  const away = await api.patch(at, { ownerId: shared.max.userId }, moved.headers.get("ETag")!);
  deepEqual([away.status, away.json.ownerId], [200, shared.max.userId]);
  deepEqual(within(away.text), ["bobrecord"]);
  await test.db
    .owner`update contacts set owner_id = ${bob.userId} where id = ${contacts.bobrecord}`;
});

Deno.test("a mail sent despite an objection is in the history of a person hidden from its author", async () => {
  const { alice, bob, contacts } = shared;
  await sight(alice, "own");
  await alice.post(`/contacts/${contacts.maxrecord}/objections`, { channels: "email" });
  await send(bob, { to: "maxrecord@zeder.example", kind: "own_request" });
  match(
    await text(await alice.get(`/contacts/${contacts.maxrecord}`)),
    /trotz Sperre angeschrieben/,
  );
});

Deno.test("what fails under another visibility throws its own error, and the visibility is restored", async () => {
  const { alice, bob } = shared;
  await sight(alice, "own");
  const count = async ({ sql }: Scope) => (await sql`select from contacts`).length;
  await bob.scope(async (scope) => {
    const before = await count(scope);
    await rejects(widely(scope, () => Promise.reject(new Error("mine"))), /mine/);
    equal(await count(scope), before);
    await lift(scope);
    await rejects(narrowly(scope, () => Promise.reject(new Error("mine"))), /mine/);
    ok(await count(scope) > before);
  });
  await rejects(
    bob.scope((scope) => widely(scope, async () => await scope.sql`select 1 / 0`)),
    /division by zero/,
  );
});

Deno.test("a tag on hidden records is neither renamed nor deleted", async () => {
  const { alice, bob, test } = shared;
  await sight(alice, "own");
  const [tag] = await test.db.owner<[{ id: string }]>`
    select id from tags where tenant_id = ${alice.tenantId} and name = 'Zeder'
  `;
  const field = `names.${tag.id.replaceAll("-", "")}`;
  for (const [way, fields] of [["", { [field]: "Anders" }], ["/deletion", {}]] as const) {
    const refused = await bob.post(`/tags/${tag.id}${way}`, fields);
    equal(refused.status, 422);
    match(await text(refused), /Auch Einträge, die Sie nicht sehen, tragen dieses Schlagwort/);
  }
  equal((await alice.post(`/tags/${tag.id}`, { [field]: "ZEDER" })).status, 303);
});
