/** Notifications through HTTP: who causes them, about what, who reads them, and what nobody may see. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now, setOffset } from "../db/clock.ts";
import * as imports from "../db/imports.ts";
import { newId } from "../db/ids.ts";
import * as preferences from "../db/notification_preferences.ts";
import { type News, notify } from "../db/notifications.ts";
import * as vault from "../db/vault.ts";
import type { Fields } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { idOf, text, values } from "./support/html.ts";
import { check, fileOf, importAll, run, upload } from "./support/imports.ts";
import { mailbox } from "./support/mailbox.ts";
import { newMark, stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const anna: Fields = {
  salutation: "ms",
  firstName: "Anna",
  lastName: "Röder",
  addressForm: "formal",
  language: "de",
  origin: "inquiry",
  status: "lead",
};
const firm: Fields = { name: "Nordwind Logistik GmbH", status: "customer" };

async function create(by: Person, fields: Fields, kind = "contacts"): Promise<string> {
  const answer = await by.post(`/${kind}/new`, fields);
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

/** The list as a person reads it. */
const list = async (who: Person, query = "") => await text(await who.get(`/notifications${query}`));

/** The count that the bell shows. */
async function unread(who: Person): Promise<number> {
  const html = await (await who.get("/account")).text();
  return Number(/data-unread="(\d+)"/.exec(html)?.[1]);
}

const give = (by: Person, news: News) => by.scope((scope) => notify(scope, news));

/** The addresses that the list's rows lead to. */
async function links(who: Person): Promise<string[]> {
  const html = await (await who.get("/notifications")).text();
  return [...html.matchAll(/class="row-link" href="([^"]+)"/g)].map(([, href]) => href!);
}

Deno.test("a user given a contact is notified who gave it, with a link; the bell counts it", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice, { ...anna, ownerId: bob.userId });
  equal(await unread(bob), 1);
  equal(await unread(alice), 0);
  match(await list(bob), /Neu: Alice Ahrens hat Ihnen den Kontakt Anna Röder zugewiesen\./);
  const [link] = await links(bob);
  const answer = await bob.get(link!);
  equal(answer.headers.get("Location"), `/contacts/${id}`);
  equal(await unread(bob), 0);
  match(await list(bob), /hat Ihnen den Kontakt Anna Röder/);
  ok(!/Neu:/.test(await list(bob)));
});

Deno.test("companies, and a new owner by an edit, notify as well; keeping the owner does not", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice, firm, "companies");
  equal(await unread(bob), 0);
  const edit = async (fields: Fields) => {
    const html = await (await alice.get(`/companies/${id}/edit`)).text();
    const [version] = values(html, "version");
    const answer = await alice.post(`/companies/${id}/edit`, {
      ...firm,
      version: version!,
      ...fields,
    });
    equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  };
  await edit({ ownerId: bob.userId });
  equal(await unread(bob), 1);
  await edit({ ownerId: bob.userId, notes: "Neu" });
  equal(await unread(bob), 1);
  match(await list(bob), /hat Ihnen die Firma Nordwind Logistik GmbH zugewiesen/);
});

Deno.test("a user given a deal is notified with its title", async () => {
  const { alice, bob } = await cast();
  const html = await (await alice.get("/deals/new")).text();
  const stageId = /name="stageId"[\s\S]*?<option value="([0-9a-f-]{36})"/.exec(html)![1]!;
  const deal = { title: "Kupferrohre für Halle 3", stageId, ownerId: bob.userId, id: newId() };
  const id = await create(alice, deal, "deals");
  match(await list(bob), /Alice Ahrens hat Ihnen den Deal „Kupferrohre für Halle 3“ zugewiesen/);
  equal((await bob.get((await links(bob))[0]!)).headers.get("Location"), `/deals/${id}`);
});

Deno.test("a reminder and a mail are notified by subject, unless they are about a hidden person", async () => {
  const { bob, test } = await cast();
  const mark = newMark();
  const own = await stock(bob, mark);
  await test.db.owner`delete from notifications where tenant_id = ${bob.tenantId}`;
  const about = [
    { kind: "reminder", activityId: own.activity },
    { kind: "mail_received", messageId: own.message },
  ] as const;
  for (const each of about) await give(bob, { userId: bob.userId, ...each });
  const shown = await list(bob);
  match(shown, new RegExp(`Erinnerung: ${mark} call, fällig \\d`));
  match(shown, new RegExp(`E-Mail von ${mark} sender: ${mark} message`));
  await test.db.owner`
    update contacts
    set restricted_at = now(), restricted_reason = 'x'
    where id = ${own.contact}
  `;
  const after = await list(bob);
  ok(!after.includes(mark), after);
  match(after, /Erinnerung an etwas, das nicht mehr zu sehen ist/);
  match(after, /Eine E-Mail, die nicht mehr zu sehen ist/);
});

Deno.test("nobody is notified of what they gave to themselves", async () => {
  const { alice } = await cast();
  await create(alice, { ...anna, ownerId: alice.userId });
  equal(await unread(alice), 0);
  match(await list(alice), /Noch keine Mitteilungen/);
});

Deno.test("a user who was shut out is not notified", async () => {
  const { alice, bob, test } = await cast();
  await test.db.owner`update users set deactivated_at = now() where id = ${bob.userId}`;
  const id = await create(alice, anna);
  await give(alice, { userId: bob.userId, kind: "assigned", contactId: id });
  const rows = await test.db.owner`select id from notifications where user_id = ${bob.userId}`;
  equal(rows.length, 0);
});

Deno.test("many records given at once are one notification with their number", async () => {
  const { alice, bob } = await cast();
  const ids = [await create(alice, anna), await create(alice, { ...anna, lastName: "Groß" })];
  const answer = await alice.post("/bulk-changes/new", {
    kind: "contact",
    action: "owner",
    value: bob.userId,
    ids,
    list: "",
    counted: "2",
  });
  equal(answer.status, 303, await text(answer));
  equal(await unread(bob), 1);
  match(await list(bob), /Alice Ahrens hat Ihnen 2 Kontakte zugewiesen/);
  const [link] = await links(bob);
  match((await bob.get(link!)).headers.get("Location")!, /^\/contacts\?sort=touch/);
});

Deno.test("the author of a large change done by the job is notified, and again when it is undone", async () => {
  const { alice, bob } = await cast();
  await alice.scope(async ({ sql, tenantId }) => {
    await sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Viele', 'Test', 'sample', 'contract', 'sales',
        '2026-01-01', '2026-01-01', '2026-01-01'
      from generate_series(1, 1001)
    `;
  });
  const answer = await alice.post("/bulk-changes/new", {
    kind: "contact",
    action: "owner",
    value: bob.userId,
    all: "1",
    list: "",
    counted: "1001",
  });
  equal(answer.status, 303, await text(answer));
  equal(await unread(alice), 0);
  await drain(alice.test);
  match(await list(alice), /Die Änderung von 1\.001 Einträgen ist fertig\./);
  match(await list(bob), /hat Ihnen 1\.001 Kontakte zugewiesen/);
  const to = (await alice.get((await links(alice))[0]!)).headers.get("Location")!;
  await alice.post(`${to}/undo`);
  await drain(alice.test);
  match(await list(alice), /Die Änderung von 1\.001 Einträgen ist rückgängig gemacht\./);
});

Deno.test("an import notifies at its end, done or failed, and not after its trial run", async () => {
  const { alice } = await cast();
  const lines = "Vorname;Nachname\nErika;Röder\n";
  await importAll(alice, fileOf(lines, "kunden.csv"));
  equal(await unread(alice), 1);
  match(await list(alice), /Der Import „kunden\.csv“ ist fertig\./);
  match((await alice.get((await links(alice))[0]!)).headers.get("Location")!, /^\/imports\//);

  const id = await upload(alice, fileOf(lines, "kaputt.csv"));
  await check(alice, id);
  await vault.remove(alice.test.services.config, imports.objectOf(id));
  await run(alice, id);
  equal(await unread(alice), 1);
  match(await list(alice), /Der Import „kaputt\.csv“ ist gescheitert\./);
});

Deno.test("a contact that may not be seen any more is not named, one that is erased is gone", async () => {
  const { alice, bob, test } = await cast();
  const restricted = await create(alice, { ...anna, ownerId: bob.userId });
  const trashed = await create(alice, {
    ...anna,
    lastName: "Größe",
    ownerId: bob.userId,
  });
  await test.db.owner`
    update contacts
    set restricted_at = now(), restricted_reason = 'x'
    where id = ${restricted}
  `;
  await alice.post(`/contacts/${trashed}/deletion`);
  const shown = await list(bob);
  ok(!/Röder|Größe/.test(shown), shown);
  equal(shown.match(/zugewiesen, das nicht mehr zu sehen ist/g)?.length, 2);
  equal(await unread(bob), 2);
  equal((await bob.get((await links(bob))[0]!)).headers.get("Location"), "/notifications");
  await test.db.owner`delete from contacts where id = ${trashed}`;
  equal((await links(bob)).length, 1);
});

Deno.test("reading one or all leaves what came later; the list of unread ones is empty then", async () => {
  const { alice, bob } = await cast();
  const id = await create(alice, anna);
  for (let n = 0; n < 3; n++) {
    await give(alice, { userId: bob.userId, kind: "assigned", contactId: id });
  }
  const html = await (await bob.get("/notifications")).text();
  const [upTo] = values(html, "upTo");
  const [first] = await links(bob);
  equal((await bob.post(`${first}/reading`)).status, 303);
  equal(await unread(bob), 2);
  await give(alice, { userId: bob.userId, kind: "assigned", contactId: id });
  const answer = await bob.post("/notifications/reading?show=unread", { upTo: upTo! });
  equal(answer.headers.get("Location"), "/notifications?show=unread");
  match(await list(bob), /2 Mitteilungen sind als gelesen markiert\./);
  equal(await unread(bob), 1);
  await bob.post("/notifications/reading", { upTo: newId() });
  match(await list(bob, "?show=unread"), /Alles gelesen/);
  for (const wrong of ["", "x", "\0", "' or 1=1"]) {
    equal((await bob.post("/notifications/reading", { upTo: wrong })).status, 303);
  }
  equal((await bob.post("/notifications/reading", { upTo: ["a", "b"] })).status, 303);
});

Deno.test("a long list comes a page at a time, forth and back, whatever is asked for", async () => {
  const { alice, bob, test } = await cast();
  await test.db.owner`
    insert into notifications (
      tenant_id, id, user_id, kind, record_kind, count, in_app, mail_due, created_at
    )
    select ${bob.tenantId}, ('019a0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
      ${bob.userId}, 'assigned', 'contact', n, true, false, now()
    from generate_series(2, 121) n
  `;
  const numbers = (page: string) => [...page.matchAll(/Ihnen (\d+) Kontakte/g)].map(([, n]) => +n!);
  const pages: number[][] = [];
  for (let path: string | undefined = "/notifications"; path;) {
    const html: string = await (await bob.get(path)).text();
    pages.push(numbers(html));
    path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  deepEqual(pages.map((page) => page.length), [50, 50, 20]);
  deepEqual(pages.flat(), Array.from({ length: 120 }, (_, n) => 121 - n));
  const last = "019a0000-0000-7000-8000-000000000021";
  deepEqual(numbers(await list(bob, `?before=${last}`)), pages[1]);
  for (const odd of ["?after=x", "?before=%00", "?show=all", `?after=${newId()}&before=1`]) {
    equal((await bob.get(`/notifications${odd}`)).status, 200, odd);
  }
  equal(await unread(bob), 100);
  match(await (await bob.get("/account")).text(), /99\+/);
  match(await text(await bob.get("/account")), /Mehr als 99 ungelesene Mitteilungen/);
  equal(await unread(alice), 0);
});

Deno.test("nobody reads, opens or counts another's, in the tenant or outside", async () => {
  const { alice, bob, vera, charlie } = await cast();
  await create(alice, { ...anna, ownerId: bob.userId });
  const [link] = await links(bob);
  for (const other of [alice, vera, charlie]) {
    equal((await other.get(link!)).status, 404);
    equal((await other.post(`${link}/reading`)).status, 404);
    await other.post("/notifications/reading", { upTo: newId() });
    equal((await links(other)).length, 0);
    deepEqual(await (await other.get("/notifications/unread")).json(), {
      unread: 0,
      label: "Mitteilungen",
    });
  }
  equal(await unread(bob), 1);
});

Deno.test("each kind can be switched off, in the app and by mail", async () => {
  const { alice, bob } = await cast();
  const page = await (await bob.get("/account")).text();
  for (const kind of preferences.kinds) match(page, new RegExp(`name="byMail" value="${kind}"`));
  match(await (await bob.get("/notifications")).text(), /href="\/account#notifications"/);
  match(await (await bob.get("/account")).text(), /id="notifications"/);
  const set = (fields: Fields) => bob.post("/account/notifications", fields);
  equal((await set({ inApp: "reminder", byMail: ["reminder", "assigned"] })).status, 303);
  await create(alice, { ...anna, ownerId: bob.userId });
  equal(await unread(bob), 0);
  equal((await links(bob)).length, 0);
  const rows = async () =>
    await bob.scope(({ sql, tenantId }) =>
      sql<{ inApp: boolean; mailDue: boolean }[]>`
        select in_app, mail_due
        from notifications
        where tenant_id = ${tenantId}
      `
    );
  deepEqual((await rows()).map((row) => ({ ...row })), [{ inApp: false, mailDue: true }]);
  await set({});
  await create(alice, { ...anna, lastName: "Groß", ownerId: bob.userId });
  equal((await rows()).length, 1);
  const odd: Fields[] = [{ inApp: "x" }, { inApp: ["a", "\0"] }, { "inApp.0": "reminder" }];
  for (const fields of odd) equal((await set(fields)).status, 303);
  await set({});
  ok(
    !/checked/.test(
      /id="notifications"[\s\S]*?<\/section>/.exec(
        await (await bob.get("/account")).text(),
      )![0],
    ),
  );
});

/** Runs the mail job at a moment so many minutes from now, and sends what it wrote. */
async function mailed({ test }: Cast, minutes: number, to: Person, smtpUrl: string, box: Mails) {
  setOffset(`PT${minutes}M`);
  try {
    await test.queue.send("mail_notifications", { tenantId: null });
    await drain(test, { smtpUrl });
  } finally {
    setOffset(undefined);
  }
  return await box.collect(test, to.email);
}
type Mails = Awaited<ReturnType<typeof mailbox>>;

Deno.test("what stays unread for half an hour comes in one letter, once, without a contact's name", async () => {
  const all = await cast();
  const { alice, bob } = all;
  const box = await mailbox();
  await create(alice, { ...anna, ownerId: bob.userId });
  await create(alice, { ...anna, lastName: "Groß", ownerId: bob.userId });
  await create(alice, { ...firm, ownerId: bob.userId }, "companies");
  equal((await mailed(all, 29, bob, box.smtpUrl, box)).length, 0);
  const [mail, ...more] = await mailed(all, 31, bob, box.smtpUrl, box);
  equal(more.length, 0);
  equal(mail!.subject, "3 neue Mitteilungen");
  match(mail!.text!, /Guten Tag Bob Brandt,/);
  match(mail!.text!, /Alice Ahrens hat Ihnen zugewiesen: 2 Kontakte\./);
  match(mail!.text!, /Alice Ahrens hat Ihnen zugewiesen: 1 Firma\./);
  match(mail!.text!, /http:\/\/localhost:8000\/notifications\n/);
  match(mail!.text!, /\/account#notifications/);
  ok(!/Anna|Röder|Groß|Nordwind/.test(mail!.subject + mail!.text + mail!.html));
  equal((await mailed(all, 90, bob, box.smtpUrl, box)).length, 1, "a second letter went out");
  equal(await unread(bob), 3, "a letter is no reading");
  await box.close();
});

Deno.test("a reminder does not wait, and what was read in the app is not mailed", async () => {
  const all = await cast();
  const { alice, bob, vera } = all;
  const box = await mailbox();
  const id = await create(alice, anna);
  await give(alice, { userId: vera.userId, kind: "reminder", contactId: id });
  const [mail] = await mailed(all, 1, vera, box.smtpUrl, box);
  equal(mail!.subject, "Eine neue Mitteilung");
  match(mail!.text!, /Eine Erinnerung ist fällig\./);
  await give(alice, { userId: bob.userId, kind: "assigned", contactId: id });
  await bob.post("/notifications/reading", { upTo: newId() });
  equal((await mailed(all, 60, bob, box.smtpUrl, box)).length, 0);
  await box.close();
});

Deno.test("letters are in the user's language, and a user who was shut out gets none", async () => {
  const all = await cast();
  const { alice, bob, vera, test } = all;
  const box = await mailbox();
  const id = await create(alice, anna);
  await test.db.owner`update identities set locale = 'en' where id = ${bob.identityId}`;
  for (const { userId } of [bob, vera]) {
    await give(alice, { userId, kind: "assigned", contactId: id });
  }
  await test.db.owner`update users set deactivated_at = now() where id = ${vera.userId}`;
  const [mail] = await mailed(all, 40, bob, box.smtpUrl, box);
  match(mail!.text!, /Alice Ahrens assigned to you: 1 contact\./);
  equal((await box.collect(test, vera.email)).length, 0);
  await box.close();
});

Deno.test("90 days after its reading a notification is gone, an unread one after a year", async () => {
  const { alice, bob, test } = await cast();
  const add = async (createdAt: number, readAt: number | null) => {
    const id = newId();
    const day = (days: number) => new Date(now().getTime() - days * 86_400_000);
    await test.db.owner`
      insert into notifications (
        tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at, read_at
      ) values (
        ${bob.tenantId}, ${id}, ${bob.userId}, 'assigned', 'contact', true, false,
        ${day(createdAt)}, ${readAt === null ? null : day(readAt)}
      )
    `;
    return id;
  };
  const kept = [await add(200, 89), await add(364, null), await add(1, 0)];
  await add(100, 91);
  await add(366, null);
  await test.queue.send("remove_notifications", { tenantId: null });
  await drain(test);
  const rows = await test.db.owner<{ id: string }[]>`
    select id
    from notifications
    where tenant_id = ${alice.tenantId}
    order by id
  `;
  deepEqual(rows.map(({ id }) => id), kept.sort());
});
