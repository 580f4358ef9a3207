/** The start page through HTTP: what concerns the person, what does not, and since when. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { addDays, dayOf } from "../db/local_times.ts";
import { Client, type Fields } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { idOf, text, values } from "./support/html.ts";
import { arrive, letter } from "./support/letters.ts";
import { newMark, stock } from "./support/stock.ts";

const person = (fields: Fields): Fields => ({
  salutation: "ms",
  firstName: "Anna",
  lastName: "Röder",
  addressForm: "formal",
  language: "de",
  origin: "inquiry",
  status: "lead",
  ...fields,
});

async function create(by: Person, fields: Fields, kind = "contacts"): Promise<string> {
  const answer = await by.post(`/${kind}/new`, fields);
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

/** A section of the start page as HTML; empty where it is not shown. */
async function section(who: Client, id: string): Promise<string> {
  const html = await (await who.get("/start")).text();
  return new RegExp(`<section class="panel" id="${id}">[\\s\\S]*?</section>`).exec(html)?.[0] ?? "";
}

/** The count beside a section's heading. */
const countIn = (html: string): string | undefined => />([\d+]+)<\/span>/.exec(html)?.[1];

/** The names that the lines of a section lead to. */
const lines = (html: string): string[] =>
  [...html.matchAll(/<li><a href="[^"]+">([^<]+)</g)].map(([, name]) => name!);

/** Lets a person have been away since so many hours ago. */
const away = ({ test }: Cast, who: Person, hours: number) =>
  test.db.owner`
    update identities
    set away_since = now() - make_interval(hours => ${hours})
    where id = ${who.identityId}
  `;

/** What a browser sends to save a contact with something changed. */
async function edit(by: Person, id: string, fields: Fields): Promise<void> {
  const html = await (await by.get(`/contacts/${id}/edit`)).text();
  const [version] = values(html, "version");
  const answer = await by.post(`/contacts/${id}/edit`, {
    ...person({}),
    source: "Anfrage der Person",
    legalBasis: "pre_contract",
    purpose: "sales",
    version: version!,
    ...fields,
  });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
}

Deno.test("the bare address and the log-in lead to the start page", async () => {
  const { alice } = await cast();
  equal((await alice.get("/")).headers.get("Location"), "/start");
  equal((await alice.get("/login")).headers.get("Location"), "/start");
  equal((await alice.get("/start")).status, 200);
});

Deno.test("an empty tenant shows ways to begin, each to those who may use it", async () => {
  const { alice, bob, vera } = await cast();
  const hers = await section(alice, "first-steps");
  for (const href of ["/imports/new", "/contacts/new", "/account#notifications"]) {
    ok(hers.includes(`href="${href}"`), href);
  }
  ok((await section(bob, "first-steps")).includes("/contacts/new"));
  ok(!(await section(vera, "first-steps")).includes("/contacts/new"));
  await create(bob, person({}));
  equal(await section(bob, "first-steps"), "");
  // Whoever removes the sample data sees an empty tenant again, whichever process answers.
  const { owner } = alice.test.db;
  await owner`delete from contacts where tenant_id = ${alice.tenantId}`;
  ok((await section(bob, "first-steps")).includes("/contacts/new"), "emptied");
});

Deno.test("whoever sets up the tenant sees the steps, ticked by what exists, until all are done", async () => {
  const { alice, bob, test: { db: { owner } } } = await cast();
  const { tenantId, userId } = alice;
  const open = async () =>
    [...(await section(alice, "first-steps")).matchAll(/open-tick[^>]*><\/span><a href="([^"]+)"/g)]
      .map(([, href]) => href);
  const at = now();
  equal(await section(bob, "first-steps").then((html) => html.includes("checklist")), false);
  // The cast is a team already, and has no sample data.
  deepEqual(await open(), [
    "/imports/new",
    "/settings/mailboxes",
    "/settings/requests/letterhead",
    "/settings/agreement",
    "/settings/letterhead",
  ]);
  await owner`update users set deactivated_at = now() where id <> ${userId}`;
  ok((await open()).includes("/settings/team/invitations"));
  await owner`update users set deactivated_at = null where tenant_id = ${tenantId}`;
  await create(alice, person({}));
  await alice.post("/settings/letterhead", { footer: "HRB 12345" });
  await owner`insert into controllers ${
    owner({ tenantId, street: "Kai 1", email: "haus@example.org", updatedAt: at })
  }`;
  const accepted = { sha256: "0", content: {}, acceptedByName: "Alice", acceptedAt: at };
  await owner`insert into processing_agreements ${owner({ tenantId, id: newId(), ...accepted })}`;
  deepEqual(await open(), ["/settings/mailboxes"]);
  const before = await section(alice, "first-steps");
  match(before, /5 von 6/);
  equal(before.includes("Beispieldaten"), false, "what was never there is no step");
  const account = { tenantId, id: newId(), userId, senderName: "A", address: "a@example.org" };
  await owner`insert into mail_accounts ${
    owner({ ...account, host: "h", port: 587, security: "tls", createdAt: at, updatedAt: at })
  }`;
  equal(await section(alice, "first-steps"), "");
  const sample = { tenantId, id: newId(), kind: "sample", status: "done", fileName: "" };
  await owner`insert into imports ${owner({ ...sample, createdAt: at })}`;
  deepEqual(await open(), ["/imports/new", "/settings#samples"]);
  await owner`update imports set status = 'undone' where tenant_id = ${tenantId}`;
  await owner`delete from mail_accounts where tenant_id = ${tenantId}`;
  deepEqual(await open(), ["/settings/mailboxes"]);
  match(await section(alice, "first-steps"), /6 von 7/);
});

Deno.test("the first steps are hidden for all admins by one of them, and shown again", async () => {
  const { alice, bob, charlie } = await cast();
  equal((await bob.post("/start/steps/removal")).status, 403);
  for (let n = 0; n < 2; n++) {
    equal((await alice.post("/start/steps/removal")).headers.get("Location"), "/start");
  }
  ok(!(await section(alice, "first-steps")).includes("checklist"));
  ok((await section(charlie, "first-steps")).includes("checklist"));
  equal((await alice.post("/start/steps")).status, 303);
  ok((await section(alice, "first-steps")).includes("checklist"));
});

Deno.test("own open activities are grouped by due date, completed by one press, a few of each", async () => {
  const { alice, bob, test } = await cast();
  const add = async (subject: string, days: number, fields: Record<string, unknown> = {}) => {
    const id = newId();
    await test.db.owner`insert into activities ${
      test.db.owner({
        tenantId: bob.tenantId,
        id,
        kind: "task",
        subject,
        dueAt: new Date(now().getTime() + days * 86_400_000),
        ownerId: bob.userId,
        at: now(),
        createdAt: now(),
        updatedAt: now(),
        ...fields,
      })
    }`;
    return id;
  };
  const late = await add("Vorgestern", -2);
  await add("Jetzt", 0);
  await add("Übermorgen", 2);
  await add("In zwei Wochen", 14);
  await add("Ohne Termin", 0, { dueAt: null });
  await add("Fremd", -2, { ownerId: alice.userId });
  await add("Erledigt", -2, { doneAt: now() });
  await add("Weg", -2, { deletedAt: now() });
  const subjects = async (id: string) =>
    [...(await section(bob, id)).matchAll(/<a href="\/activities\/[0-9a-f-]+">([^<]+)/g)]
      .map(([, subject]) => subject);
  deepEqual(await subjects("overdue"), ["Vorgestern"]);
  deepEqual(await subjects("today"), ["Jetzt"]);
  deepEqual(await subjects("later"), ["Übermorgen"]);
  const done = await bob.post(`/activities/${late}/completion`, { back: "/start" });
  equal(done.headers.get("Location"), "/start");
  equal(await section(bob, "overdue"), "");
  for (let n = 0; n < 12; n++) await add(`Viel ${n}`, -3);
  equal((await subjects("overdue")).length, 6);
  const count = async () => countIn(await section(bob, "overdue"));
  equal(await count(), "12");
  for (let n = 12; n < 31; n++) await add(`Viel ${n}`, -3);
  equal(await count(), "30+");
  match(await section(alice, "today"), /Heute ist nichts fällig/);
});

Deno.test("an activity's records are shown beside it, of each kind, while they exist", async () => {
  const { alice, bob, test } = await cast();
  const html = await (await alice.get("/deals/new")).text();
  const stageId = /name="stageId"[\s\S]*?<option value="([0-9a-f-]{36})"/.exec(html)![1]!;
  const ids = {
    contact: await create(alice, person({ lastName: "Röder" })),
    company: await create(alice, { name: "Röder Holzbau" }, "companies"),
    deal: await create(alice, { id: newId(), title: "Neuer Dachstuhl", stageId }, "deals"),
  };
  const add = async (subject: string, about: (keyof typeof ids)[]) => {
    const answer = await bob.post("/activities/new", {
      ...{ id: newId(), kind: "task", subject, ownerId: bob.userId },
      dueDay: addDays(dayOf(now()), 2),
      about: about.map((kind) => `${kind}:${ids[kind]}`),
    });
    equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  };
  await add("Alle drei", ["contact", "company", "deal"]);
  await add("Nur die Firma", ["company"]);
  await add("Niemand", []);
  const shown = async () => {
    const entries = (await section(bob, "later")).split("<li>").slice(1);
    return Object.fromEntries(entries.map((entry) => {
      const [subject, ...about] = [...entry.matchAll(/<a href="[^"]+">([^<]+)</g)]
        .map(([, name]) => name!);
      return [subject!, about.sort()];
    }));
  };
  const [deal, firm, woman] = ["Neuer Dachstuhl", "Röder Holzbau", "Anna Röder"];
  const nobody = { Niemand: [] };
  deepEqual(await shown(), {
    ...nobody,
    "Alle drei": [woman, deal, firm],
    "Nur die Firma": [firm],
  });
  await alice.post(`/companies/${ids.company}/deletion`);
  deepEqual(await shown(), { ...nobody, "Alle drei": [woman, deal] });
  await test.db.owner`update contacts set restricted_at = now() where id = ${ids.contact}`;
  deepEqual(await shown(), nobody);
});

Deno.test("a task is entered in one line, once, and a refused one keeps its words", async () => {
  const { bob, vera } = await cast();
  await create(bob, person({}));
  const html = await (await bob.get("/start")).text();
  const form = /<form class="quick-entry"[\s\S]*?<\/form>/.exec(html)![0];
  const fields = Object.fromEntries(
    ["id", "back", "_quick"].map((name) => [name, values(form, name)[0]!]),
  );
  const day = new Date(now().getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
  const task = { ...fields, kind: "task", subject: "Muster schicken", dueDay: day, dueTime: "" };
  for (let n = 0; n < 2; n++) {
    equal((await bob.post("/activities/new", task)).headers.get("Location"), "/start");
  }
  equal((await section(bob, "later")).match(/Muster schicken<\/a>/g)?.length, 1);
  const refused = await bob.post("/activities/new", { ...task, id: newId(), dueTime: "25:00" });
  equal(refused.status, 422);
  match(await refused.text(), /value="Muster schicken"/);
  match(form, /id="quick-subject" required/, "the browser asks for it, the line stays");
  equal(form.includes("novalidate"), false);
  const today = { ...task, id: newId(), subject: "Gleich anrufen", dueDay: "", dueTime: "23:59" };
  equal((await bob.post("/activities/new", today)).headers.get("Location"), "/start");
  match(await section(bob, "today"), /Gleich anrufen<[\s\S]*heute 23:59/);
  ok(!(await (await vera.get("/start")).text()).includes("quick-entry"));
});

Deno.test("the quick entry is linked to a record once one of the hits is ticked", async () => {
  const { bob } = await cast();
  const id = await create(bob, person({ firstName: "Petra", lastName: "Ziertrup" }));
  const html = await (await bob.get("/start")).text();
  const form = /<form class="quick-entry"[\s\S]*?<\/form>/.exec(html)![0];
  match(form, /name="find"/);
  const task = {
    ...Object.fromEntries(["id", "back", "_quick"].map((name) => [name, values(form, name)[0]!])),
    kind: "task",
    subject: "Muster schicken",
    dueDay: new Date(now().getTime() + 2 * 86_400_000).toISOString().slice(0, 10),
    find: "Ziertrup",
  };
  const other = await create(bob, person({ firstName: "Paula", lastName: "Ziertrup" }));
  const open = await bob.post("/activities/new", task);
  equal(open.status, 422);
  const asked = await open.text();
  match(asked, new RegExp(`name="about" value="contact:${id}"`));
  match(asked, /Bezug: Kreuzen Sie einen Treffer an, oder leeren Sie das Feld\./);
  match(asked, /value="Muster schicken"/);
  equal(await section(bob, "later"), "");
  const saved = await bob.post("/activities/new", { ...task, about: `contact:${id}` });
  equal(saved.headers.get("Location"), "/start");
  const next = await (await bob.get("/start")).text();
  match(next, new RegExp(`Muster schicken</a> · .*href="/contacts/${id}"`));
  match(next, /id="quick-subject"[^>]*autofocus/);
  ok(!/autofocus/.test(await (await bob.get("/start")).text()));
  await bob.post("/activities/new", { ...task, id: newId(), subject: "Nur sie", find: "Paula Z" });
  match(
    await (await bob.get("/start")).text(),
    new RegExp(`Nur sie</a> · .*href="/contacts/${other}"`),
    "one hit alone needs no tick",
  );
});

Deno.test("hits of one name are distinguished by their company, else by their town", async () => {
  const { bob } = await cast();
  const names = { firstName: "Cem", lastName: "Zwilling" };
  await create(bob, person({ ...names, "addresses.0.city": "Lübeck" }));
  await create(bob, person({ ...names, "companies.0.name": "Kern KG", _anyway: "1" }));
  const hits = await (await bob.get("/activities/candidates?find=zwilling")).text();
  for (const detail of ["Lübeck", "Kern KG"]) {
    ok(hits.includes(`Cem Zwilling<small>${detail}</small>`), hits);
  }
});

Deno.test("what others assigned is new until it is read", async () => {
  const { alice, bob } = await cast();
  await create(alice, person({ ownerId: bob.userId }));
  const news = await section(bob, "news-list");
  const line = "Alice Ahrens hat Ihnen den Kontakt Anna Röder zugewiesen.";
  deepEqual(lines(news), [line]);
  // The page expects news of persons alone now: those of others are shown all the same.
  await create(alice, { name: "Röder Holzbau", ownerId: bob.userId }, "companies");
  const firm = "Alice Ahrens hat Ihnen die Firma Röder Holzbau zugewiesen.";
  for (let look = 0; look < 2; look++) {
    deepEqual(lines(await section(bob, "news-list")), [firm, line]);
  }
  for (let n = 0; n < 5; n++) {
    await create(alice, { name: `Firma ${n}`, ownerId: bob.userId, _anyway: "1" }, "companies");
  }
  const more = await section(bob, "news-list");
  deepEqual([lines(more).length, countIn(more)], [5, "7"], "five of seven");
  await bob.post("/notifications/reading", { upTo: newId() });
  equal(await section(bob, "news-list"), "");
});

Deno.test("new leads are counted up to ninety-nine", async () => {
  const { bob, test, tenantId } = await cast().then((all) => ({ ...all, ...all.alice }));
  await create(bob, person({ status: "lead" }));
  const fill = (most: number) =>
    test.db.owner`
      insert into contacts (
        tenant_id, id, last_name, status, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      select tenant_id, gen_random_uuid(), 'Lead ' || n, 'lead', source, source_channel,
        legal_basis, purpose, now(), now(), now()
      from contacts
      cross join generate_series(1, ${most}) n
      where tenant_id = ${tenantId}
        and last_name = 'Röder'
    `;
  await fill(98);
  equal(countIn(await section(bob, "leads")), "99");
  await fill(1);
  equal(countIn(await section(bob, "leads")), "99+");
});

Deno.test("waiting mails are shown, whether or not some waited before", async () => {
  const { alice } = await cast();
  // There is news, so the page expects the same kinds as last time.
  await create(alice, person({ status: "lead" }));
  const mails = async () => lines(await section(alice, "mails"));
  const send = (subject: string) =>
    arrive(alice, letter({ from: "Mia <mia@muster.example>", to: "wir@haus.example", subject }));
  for (let look = 0; look < 2; look++) deepEqual(await mails(), []);
  await send("Anfrage zur Halle");
  for (let look = 0; look < 2; look++) deepEqual(await mails(), ["Anfrage zur Halle"]);
  await send("Noch eine");
  deepEqual(await mails(), ["Noch eine", "Anfrage zur Halle"]);
  await alice.test.db.owner`
    update inbox_messages set state = 'assigned' where tenant_id = ${alice.tenantId}
  `;
  for (let look = 0; look < 2; look++) deepEqual(await mails(), []);
});

Deno.test("whoever may not assign mails is not shown them to be assigned", async () => {
  const { alice, vera } = await cast();
  await arrive(
    alice,
    letter({ from: "Mia <mia@muster.example>", to: "wir@haus.example", subject: "Anfrage" }),
  );
  deepEqual(lines(await section(alice, "mails")), ["Anfrage"]);
  for (let look = 0; look < 2; look++) deepEqual(lines(await section(vera, "mails")), []);
});

Deno.test("new leads are the user's own and unowned ones of the last days, the newest five", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  await create(alice, person({ lastName: "Eigner", ownerId: bob.userId }));
  await create(alice, person({ lastName: "Niemand" }));
  await create(alice, person({ lastName: "Fremd", ownerId: alice.userId }));
  await create(alice, person({ lastName: "Kunde", status: "customer" }));
  const old = await create(alice, person({ lastName: "Alt" }));
  const restricted = await create(alice, person({ lastName: "Gesperrt" }));
  const trashed = await create(alice, person({ lastName: "Weg" }));
  await test.db.owner`update contacts set created_at = now() - interval '8 days' where id = ${old}`;
  await test.db.owner`update contacts set restricted_at = now() where id = ${restricted}`;
  await alice.post(`/contacts/${trashed}/deletion`);
  deepEqual(lines(await section(bob, "leads")), ["Anna Niemand", "Anna Eigner"]);
  for (let n = 0; n < 5; n++) await create(alice, person({ lastName: `Weitere${n}` }));
  const more = await section(bob, "leads");
  equal(lines(more).length, 5);
  equal(countIn(more), "7", "all of them are counted, five are shown");
  match(more, /href="\/contacts\?status=lead&amp;sort=created"/);
});

Deno.test("deals too long in their stage are shown to their owner, longest first", async () => {
  const { alice, bob, test } = await cast();
  await create(alice, person({}));
  const html = await (await alice.get("/deals/new")).text();
  const stageId = /name="stageId"[\s\S]*?<option value="([0-9a-f-]{36})"/.exec(html)![1]!;
  const deal = (title: string, days: number, ownerId = bob.userId) =>
    create(alice, { id: newId(), title, stageId, ownerId }, "deals").then((id) =>
      test.db.owner`
        update deals
        set stage_since = now() - make_interval(days => ${days})
        where id = ${id}
      `
    );
  await test.db.owner`update stages set rotting_days = 10 where id = ${stageId}`;
  await deal("Frisch", 9);
  await deal("Länger", 11);
  await deal("Am längsten", 30);
  await deal("Fremd", 30, alice.userId);
  const shown = await section(bob, "rotting");
  deepEqual(lines(shown), ["Am längsten", "Länger"]);
  match(shown, /30 Tage/);
  await test.db.owner`update stages set rotting_days = null where id = ${stageId}`;
  equal(await section(bob, "rotting"), "");
});

Deno.test("changes by others to own and visited records since the last visit are shown, record by record", async () => {
  const all = await cast();
  const { alice, bob } = all;
  const own = await create(bob, person({ lastName: "Eigene", ownerId: bob.userId }));
  const seen = await create(alice, person({ lastName: "Gesehen" }));
  const other = await create(alice, person({ lastName: "Unbeteiligt" }));
  await (await bob.get(`/contacts/${seen}`)).body?.cancel();
  await away(all, bob, 1);
  equal(
    lines(await section(bob, "changed")).includes("Anna Eigene"),
    false,
    "own actions are known",
  );
  await edit(alice, own, { lastName: "Eigene", ownerId: bob.userId, position: "Einkauf" });
  await edit(alice, seen, { lastName: "Gesehen", status: "customer" });
  await edit(alice, other, { lastName: "Unbeteiligt", status: "customer" });
  const shown = await section(bob, "changed");
  deepEqual(lines(shown), ["Anna Gesehen", "Anna Eigene"]);
  match(shown, /Position · Alice Ahrens/);
  match(shown, /Status · Alice Ahrens/);
  await away(all, bob, -1);
  equal(await section(bob, "changed"), "");
});

Deno.test("a moved deal shows its new stage; a hidden record shows nothing", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  const restricted = await create(alice, person({ lastName: "Gesperrt", ownerId: bob.userId }));
  const html = await (await alice.get("/deals/new")).text();
  const stages = [...html.matchAll(/<option value="([0-9a-f-]{36})"[^>]*>([^<]+)/g)];
  const [from, to] = stages.slice(0, 2);
  const fields = { title: "Kupferrohre", stageId: from![1]!, ownerId: bob.userId };
  const id = await create(alice, { ...fields, id: newId() }, "deals");
  await away(all, bob, 1);
  const [version] = values(await (await alice.get(`/deals/${id}/edit`)).text(), "version");
  const answer = await alice.post(`/deals/${id}/edit`, {
    ...fields,
    version: version!,
    stageId: to![1]!,
  });
  equal(answer.status, 303, await text(answer));
  await test.db.owner`update contacts set restricted_at = now() where id = ${restricted}`;
  const shown = await section(bob, "changed");
  deepEqual(lines(shown), ["Kupferrohre"]);
  ok(shown.includes(`Stufe: ${to![2]!.trim()}`), shown);
});

Deno.test("many changes of many records stay a few lines", async () => {
  const all = await cast();
  const { bob, test } = all;
  await test.db.owner`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, owner_id,
      last_touch_at, created_at, updated_at
    )
    select ${bob.tenantId}, gen_random_uuid(), 'Viele' || n, 'Test', 'sample', 'contract', 'sales',
      ${bob.userId}, now(), now(), now() + make_interval(secs => n)
    from generate_series(1, 60) n
  `;
  await test.db.owner`
    insert into changes (tenant_id, id, record_kind, record_id, action, fields, actor_kind, at)
    select tenant_id, gen_random_uuid(), 'contact', id, 'updated', '[{"name": "status"}]', 'system',
      updated_at + make_interval(secs => n)
    from contacts
    cross join generate_series(1, 30) n
    where tenant_id = ${bob.tenantId}
  `;
  await away(all, bob, 1);
  const shown = await section(bob, "changed");
  deepEqual(lines(shown), Array.from({ length: 8 }, (_, n) => `Viele${60 - n}`));
  match(shown, /8\+/);
  match(shown, /Status · System/);
});

/** When a person was away last, in hours before now; null for never. */
async function awayHours({ test }: Cast, who: Person): Promise<number | null> {
  const [row] = await test.db.owner<{ hours: number | null }[]>`
    select round(extract(epoch from now() - away_since) / 3600)::int as hours
    from identities
    where id = ${who.identityId}
  `;
  return row!.hours;
}

Deno.test("a user who returns after hours was away since their last page, on whatever device", async () => {
  const all = await cast();
  const { bob, test } = all;
  const visit = async () => await (await bob.get("/start")).body?.cancel();
  const rest = (hours: number) =>
    test.db.owner`
      update sessions
      set last_seen_at = now() - make_interval(hours => ${hours})
      where identity_id = ${bob.identityId}
    `;
  await visit();
  equal(await awayHours(all, bob), null);
  await rest(2);
  await visit();
  equal(await awayHours(all, bob), null, "a lunch is no absence");
  await rest(14);
  await visit();
  equal(await awayHours(all, bob), 14);
  await visit();
  equal(await awayHours(all, bob), 14, "the next page changes nothing");

  // Signing out keeps the time, and a new session shows it.
  await rest(5);
  await bob.post("/logout");
  await test.db
    .owner`update identities set seen_at = now() - interval '5 hours' where id = ${bob.identityId}`;
  const { create: start } = await import("../db/sessions.ts");
  await start(test.db.app, {
    identityId: bob.identityId,
    tenantId: bob.tenantId,
    ip: "127.0.0.1",
    userAgent: "other",
  });
  equal(await awayHours(all, bob), 5);
});

Deno.test("the start page shows nothing of another tenant, whatever is asked for", async () => {
  const { alice, charlie } = await cast();
  const mark = newMark();
  await stock(alice, mark);
  await create(charlie, person({ lastName: "Eigene" }));
  ok(!(await (await charlie.get("/start")).text()).includes(mark));
  for (const odd of ["?after=x", "?q=%00", `?owner=${alice.userId}`]) {
    equal((await alice.get(`/start${odd}`)).status, 200, odd);
  }
});

Deno.test("the start page speaks English, too", async () => {
  const { alice, test } = await cast();
  await test.db.owner`update identities set locale = 'en' where id = ${alice.identityId}`;
  match(await text(await alice.get("/start")), /First steps .* Import a list/);
});
