/** The timeline: everything around a record in one list, complete, in order, and nothing of others. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as messages from "../db/messages.ts";
import * as timeline from "../db/timeline.ts";
import { linksOf } from "../db/record_links.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { moveDeal, newDeal, stagesOf } from "./support/deals.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { decode, idOf, text } from "./support/html.ts";

/** A person at a company, and a deal with both. */
interface Records {
  contact: string;
  company: string;
  deal: string;
}

const old = "Altwerk GmbH";

async function records(who: Person): Promise<Records> {
  const contact = idOf(
    await who.post("/contacts/new", {
      firstName: "Erika",
      lastName: "Wechsel",
      origin: "card",
      "companies.0.name": old,
      "companies.0.since": "2020-01-01",
    }),
  );
  const company = await companyOf(who, old);
  const deal = await newDeal(who, { title: "Rahmenvertrag", companyName: old });
  await who.test.db.owner`
    insert into deal_contacts (tenant_id, deal_id, contact_id, added_at)
    values (${who.tenantId}, ${deal}, ${contact}, now())
  `;
  return { contact, company, deal };
}

async function companyOf({ test, tenantId }: Person, name: string): Promise<string> {
  const [row] = await test.db.owner<{ id: string }[]>`
    select id from companies where tenant_id = ${tenantId} and name = ${name}
  `;
  return row!.id;
}

/** A note on a contact, or on what else. */
async function note(
  who: Person,
  id: string,
  subject: string,
  about = [`contact:${id}`],
): Promise<void> {
  const answer = await who.post("/activities/new", { id: newId(), kind: "note", subject, about });
  equal(answer.status, 303, await answer.text());
}

/** A received mail on a contact and on the contact's employer. */
async function mail(who: Person, contact: string, subject: string, at?: Date): Promise<string> {
  return await who.scope(async (scope) => {
    const id = await messages.create(scope, {
      ...{ direction: "in", kind: "mail", state: "received", userId: null, messageId: newId() },
      ...{ references: [], from: { name: "Erika Wechsel", address: "e@wechsel.example" } },
      ...{ to: [], cc: [], subject, text: "Guten Tag,\n\nanbei das Gewünschte.", html: "" },
      at: at ?? scope.now,
    } as messages.MessageInput);
    await messages.link(
      scope,
      id,
      at ?? scope.now,
      await linksOf(scope, { contactIds: [contact] }),
    );
    return id;
  });
}

/** The entries that a page shows, each as one line. */
async function lines(who: Person, path: string): Promise<string[]> {
  const html = await (await who.get(path)).text();
  const list = /<ol class="timeline">([\s\S]*?)<\/ol>/.exec(html)?.[1] ?? "";
  return [...list.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, entry]) =>
    decode(entry!.replace(/<time[\s\S]*?<\/time>/, "").replace(/<[^>]+>/g, " "))
      .replace(/\s+/g, " ").trim()
  );
}

const sides = ({ contact, company, deal }: Records) => [
  `/contacts/${contact}`,
  `/companies/${company}`,
  `/deals/${deal}`,
];

Deno.test("mails, notes, files, deal steps and changes are in one list on every record they concern", async () => {
  const { alice, bob } = await cast();
  const here = await records(alice);
  await note(bob, here.contact, "Kommt zur Messe");
  await mail(alice, here.contact, "Ihre Bestellung");
  await put(bob, `/contacts/${here.contact}`, fileOf(pdf(), "Vertrag.pdf"));
  equal((await moveDeal(alice, here.deal, (await stagesOf(alice)).Angebot!)).status, 303);
  await alice.post(`/contacts/${here.contact}/objections`, { channels: "email" });
  const [contact, company, deal] = await Promise.all(sides(here).map((path) => lines(alice, path)));
  deepEqual(contact, [
    "Änderung: Widerspruch vermerkt Widerspruch gegen Werbung: leer → E-Mail Alice Ahrens",
    "Stufe: Rahmenvertrag : Anfrage → Angebot Alice Ahrens",
    "Datei: Vertrag.pdf PDF, 45 B Bob Brandt",
    "Empfangen: Ihre Bestellung Guten Tag, anbei das Gewünschte. Erika Wechsel",
    "Notiz: Kommt zur Messe Bob Brandt",
    "Stufe: Rahmenvertrag : Anfrage Alice Ahrens",
    "Änderung: angelegt Alice Ahrens",
  ]);
  deepEqual(company, [
    "Stufe: Rahmenvertrag : Anfrage → Angebot Alice Ahrens",
    "Datei: Vertrag.pdf PDF, 45 B, Erika Wechsel Bob Brandt",
    "Empfangen: Ihre Bestellung Guten Tag, anbei das Gewünschte. Erika Wechsel",
    "Notiz: Kommt zur Messe Bob Brandt",
    "Stufe: Rahmenvertrag : Anfrage Alice Ahrens",
    "Änderung: angelegt Alice Ahrens",
  ]);
  ok(!deal!.includes("Stufe: Anfrage Alice Ahrens"), "its own page says that it was made");
  ok(deal!.includes("Stufe: Anfrage → Angebot Alice Ahrens"));
});

Deno.test("the list is filtered by kind, with addresses that work without scripts", async () => {
  const { alice, vera } = await cast();
  const here = await records(alice);
  await note(alice, here.contact, "Kommt zur Messe");
  await mail(alice, here.contact, "Ihre Bestellung");
  const path = `/contacts/${here.contact}`;
  const page = await (await vera.get(path)).text();
  const hrefs = [...page.matchAll(/href="([^"]*timeline=(\w+)#timeline)"/g)];
  deepEqual(hrefs.map(([, , kind]) => kind), [
    ...["all", "activities", "notes", "mails", "files", "stages", "changes", "imports", "privacy"],
  ]);
  const shown = async (kind: string) => (await lines(vera, `${path}?timeline=${kind}`)).length;
  deepEqual(
    await Promise.all(["all", "activities", "notes", "mails", "files", "stages"].map(shown)),
    [4, 0, 1, 1, 0, 1],
  );
  match(await text(await vera.get(`${path}?timeline=files`)), /Davon gibt es noch nichts/);
  // Invalid parameters of the address are ignored.
  for (
    const odd of ["timeline=x", "timeline=all&before=1", "before=99999999999999999-x", "timeline="]
      .concat(`timeline=all&before=1-${newId()}x`, "timeline=%00&before=%00")
  ) {
    const answer = await vera.get(`${path}?${odd}`);
    equal(answer.status, 200, odd);
    equal((await lines(vera, `${path}?${odd}`)).length, 4, odd);
  }
});

Deno.test("notes, imports and data protection have filters of their own, apart from the rest", async () => {
  const { alice, bob } = await cast();
  const here = await records(alice);
  await note(bob, here.contact, "Kommt zur Messe");
  const call = { id: newId(), kind: "call", subject: "Preise", about: `contact:${here.contact}` };
  const planned = idOf(await bob.post("/activities/new", { ...call, dueDay: "2030-01-07" }));
  await bob.post(`/activities/${planned}/completion`);
  await alice.post(`/contacts/${here.contact}/objections`, { channels: "email" });
  await alice.test.db.owner`
    insert into changes (tenant_id, id, record_kind, record_id, action, actor_kind, at)
    values (${alice.tenantId}, ${newId()}, 'contact', ${here.contact}, 'imported', 'system', now())
  `;
  const shown = (filter: string) => lines(bob, `/contacts/${here.contact}?timeline=${filter}`);
  deepEqual(await shown("activities"), ["Anruf: Preise Bob Brandt"]);
  deepEqual(await shown("notes"), ["Notiz: Kommt zur Messe Bob Brandt"]);
  deepEqual(await shown("imports"), ["Änderung: importiert System"]);
  deepEqual(await shown("privacy"), [
    "Änderung: Widerspruch vermerkt Widerspruch gegen Werbung: leer → E-Mail Alice Ahrens",
  ]);
  deepEqual(await shown("changes"), ["Änderung: angelegt Alice Ahrens"]);
  equal((await shown("all")).length, 6, "with the deal's stage");
});

Deno.test("htmx is given the panel alone, and only of records that may be seen", async () => {
  const { alice, charlie, test } = await cast();
  const here = await records(alice);
  const part = { "HX-Request": "true", "HX-Request-Type": "partial" };
  for (const path of sides(here)) {
    const answer = await alice.get(`${path}?timeline=all`, part);
    equal(answer.status, 200);
    const html = await answer.text();
    ok(html.startsWith('<section class="panel" id="timeline">'), html.slice(0, 80));
    for (const kind of ["all", "mails"]) {
      const refused = await charlie.get(`${path}?timeline=${kind}`, part);
      equal(refused.status, 404);
      equal(refused.headers.get("HX-Refresh"), "true");
    }
  }
  await test.db.owner`update contacts set restricted_at = now() where id = ${here.contact}`;
  equal((await alice.get(`/contacts/${here.contact}?timeline=all`, part)).status, 404);
});

Deno.test("page after page shows each entry once, in order, also those of one instant", async () => {
  const { alice } = await cast();
  const here = await records(alice);
  const at = new Date("2026-05-06T07:08:09.123Z");
  for (let n = 0; n < 70; n++) {
    await mail(alice, here.contact, `Nr. ${n}`, n < 50 ? at : new Date(at.getTime() + n));
  }
  const seen: string[] = [];
  const times: string[] = [];
  let path: string | undefined = `/contacts/${here.contact}`;
  for (let pages = 0; path && pages < 5; pages++) {
    const html: string = await (await alice.get(path)).text();
    const list = /<ol class="timeline">([\s\S]*?)<\/ol>/.exec(html)![1]!;
    seen.push(...[...list.matchAll(/>(Nr\. \d+)</g)].map(([, words]) => words!));
    times.push(...[...list.matchAll(/datetime="([^"]+)"/g)].map(([, each]) => each!));
    equal(/Neueste Einträge/.test(html), pages > 0);
    path = decode(/href="([^"]+)#timeline"[^>]*>Ältere/.exec(html)?.[1] ?? "") || undefined;
  }
  equal(path, undefined);
  equal(seen.length, 70);
  equal(new Set(seen).size, 70);
  deepEqual(times, times.toSorted().reverse());
});

Deno.test("a person who moves to another company keeps the history on both", async () => {
  const { alice } = await cast();
  const here = await records(alice);
  await note(alice, here.contact, "Noch bei Altwerk");
  await put(alice, `/contacts/${here.contact}`, fileOf(pdf(), "Altvertrag.pdf"));
  await mail(alice, here.contact, "Abschied");
  equal(
    (await alice.post(`/contacts/${here.contact}/move`, {
      from: here.company,
      companyName: "Neuwerk AG",
      on: "2026-11-01",
    })).status,
    303,
  );
  await note(alice, here.contact, "Schon bei Neuwerk");
  await put(alice, `/contacts/${here.contact}`, fileOf(pdf("neu"), "Neuvertrag.pdf"));
  const [person, before, after] = await Promise.all([
    lines(alice, `/contacts/${here.contact}`),
    lines(alice, `/companies/${here.company}`),
    lines(alice, `/companies/${await companyOf(alice, "Neuwerk AG")}`),
  ]);
  const shows = (all: string[], words: string) => all.some((line) => line.includes(words));
  for (const words of ["Noch bei Altwerk", "Altvertrag.pdf", "Abschied"]) {
    deepEqual([person, before, after].map((all) => shows(all!, words)), [true, true, false], words);
  }
  for (const words of ["Schon bei Neuwerk", "Neuvertrag.pdf"]) {
    deepEqual([person, before, after].map((all) => shows(all!, words)), [true, false, true], words);
  }
  ok(shows(person!, "Firma gewechselt"));
});

Deno.test("what is about a restricted or trashed person is shown on no other page", async () => {
  const all = await cast();
  const { alice, test } = all;
  const here = await records(alice);
  await note(alice, here.contact, "Vertrauliche Notiz");
  await mail(alice, here.contact, "Vertrauliche Mail");
  await put(alice, `/contacts/${here.contact}`, fileOf(pdf(), "Vertraulich.pdf"));
  const others = async () =>
    [
      ...await lines(alice, `/companies/${here.company}`),
      ...await lines(alice, `/deals/${here.deal}`),
    ].filter((line) => /ertraulich|Wechsel/.test(line));
  equal((await others()).length, 3);
  await test.db.owner`update contacts set restricted_at = now() where id = ${here.contact}`;
  deepEqual(await others(), []);
  await test.db.owner`update contacts set restricted_at = null where id = ${here.contact}`;
  equal((await others()).length, 3);
  await alice.post(`/contacts/${here.contact}/deletion`);
  deepEqual(await others(), []);
});

Deno.test("a note leaves other pages with the deal it is about, and with one of its persons", async () => {
  const { alice } = await cast();
  const here = await records(alice);
  const other = idOf(await alice.post("/contacts/new", { lastName: "Zweit", origin: "card" }));
  const both = [`contact:${here.contact}`, `contact:${other}`];
  await note(alice, here.deal, "Nur zum Geschäft", [`deal:${here.deal}`]);
  await note(alice, other, "Zu beiden", both);
  const pages = () =>
    Promise.all(
      [here.contact, other].map(async (id) =>
        (await lines(alice, `/contacts/${id}`)).filter((line) => line.startsWith("Notiz:"))
          .map((line) => line.replace(" Alice Ahrens", ""))
      ),
    );
  deepEqual(await pages(), [["Notiz: Zu beiden", "Notiz: Nur zum Geschäft"], ["Notiz: Zu beiden"]]);
  await alice.post(`/deals/${here.deal}/deletion`);
  deepEqual(await pages(), [["Notiz: Zu beiden"], ["Notiz: Zu beiden"]]);
  await alice.test.db.owner`update contacts set deleted_at = now() where id = ${here.contact}`;
  deepEqual(await pages(), [[], ["Notiz: Zu beiden"]]);
  await alice.test.db.owner`
    update contacts set restricted_at = now(), deleted_at = null where id = ${here.contact}
  `;
  deepEqual(await pages(), [[], []]);
});

Deno.test("a file in the trash is shown as a change, and no longer as a file", async () => {
  const { alice } = await cast();
  const here = await records(alice);
  const id = await put(alice, `/contacts/${here.contact}`, fileOf(pdf(), "Angebot.pdf"));
  await alice.post(`/files/${id}/deletion`);
  const shown = await lines(alice, `/contacts/${here.contact}`);
  equal(shown[0], "Änderung: Datei in den Papierkorb gelegt Alice Ahrens");
  equal(shown.some((line) => line.includes("Angebot.pdf")), false);
});

Deno.test("whatever single thing a record has, its page shows it", async () => {
  const { alice } = await cast();
  const alone = async (lastName: string) =>
    `/contacts/${idOf(await alice.post("/contacts/new", { lastName, origin: "card" }))}`;
  const noted = await alone("Notz");
  const written = await alone("Briefner");
  const filed = await alone("Aktenfeld");
  const planned = await alone("Vorhaben");
  const dealt = await alone("Kaufmann");
  const id = (path: string) => path.split("/")[2]!;
  await note(alice, id(noted), "Nur eine Notiz");
  await mail(alice, id(written), "Nur eine Mail");
  await put(alice, filed, fileOf(pdf(), "Allein.pdf"));
  const about = `contact:${id(planned)}`;
  const task = { id: newId(), kind: "task", subject: "Nur geplant", about, dueOn: "2030-01-07" };
  equal((await alice.post("/activities/new", task)).status, 303);
  await newDeal(alice, { title: "Nur ein Geschäft", contactIds: id(dealt) });
  const created = "Änderung: angelegt Alice Ahrens";
  deepEqual(await lines(alice, noted), ["Notiz: Nur eine Notiz Alice Ahrens", created]);
  match((await lines(alice, written))[0]!, /^Empfangen: Nur eine Mail/);
  deepEqual(await lines(alice, filed), ["Datei: Allein.pdf PDF, 45 B Alice Ahrens", created]);
  match(await text(await alice.get(filed)), /Allein\.pdf[\s\S]*Allein\.pdf/);
  deepEqual(await lines(alice, planned), [created]);
  match(await text(await alice.get(planned)), /Nur geplant/);
  match(await text(await alice.get(dealt)), /Nur ein Geschäft/);
  // A file that is gone for good is shown among the changes, and only there.
  await alice.test.db.owner`delete from files where contact_id = ${id(filed)}`;
  deepEqual(await lines(alice, filed), [created]);
  equal((await lines(alice, `${filed}?timeline=changes`)).length, 2);
});

Deno.test("another tenant's entries are neither shown nor counted, whatever is asked for", async () => {
  const { alice, charlie }: Cast = await cast();
  const [hers, his] = [await records(alice), await records(charlie)];
  await note(alice, hers.contact, "Nur bei Alice");
  const of = (who: Person, id: string) =>
    who.scope((scope) => timeline.list(scope, { kind: "contact", id }));
  equal((await of(alice, hers.contact)).entries.length, 3);
  equal((await of(charlie, hers.contact)).entries.length, 0);
  equal((await of(charlie, his.contact)).entries.length, 2);
});
