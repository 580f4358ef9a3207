/** Answers to requests for access: all data of the person, nothing of anybody else. */
import * as accessJson from "../db/access_json.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "deno-std/assert/mod.js";
import { TextWriter, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { cover } from "../db/access_covers.ts";
import { shownFiles } from "../db/access_previews.ts";
import * as packages from "../db/access_packages.ts";
import * as controllers from "../db/controllers.ts";
import { newId } from "../db/ids.ts";
import { personalData } from "../db/personal_data.ts";
import { columnsOf, personTables, withoutWay } from "../db/person_tables.ts";
import { usualPeriods } from "../db/record_classes.ts";
import { bar } from "../db/redaction_patterns.ts";
import * as redactions from "../db/redactions.ts";
import * as retentions from "../db/retentions.ts";
import { now } from "../db/clock.ts";
import { accessLetter } from "../views/access_letters.ts";
import { formatter } from "../views/format.ts";
import type { View } from "../views/view.ts";
import { valueKey } from "../views/access_values.ts";
import { isMessageKey, translator } from "../views/i18n/translate.ts";
import { answered, prepared } from "./support/answers.ts";
import { plant } from "./support/canaries.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName, newContact } from "./support/custom_fields.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { formOf, text } from "./support/html.ts";
import { contactOf } from "./support/messages.ts";
import { newMark, stock } from "./support/stock.ts";

/** The names and texts of what a ZIP file holds. */
async function unpacked(answer: Response): Promise<Map<string, string>> {
  const zip = new ZipReader(new Uint8ArrayReader(new Uint8Array(await answer.arrayBuffer())));
  const found = new Map<string, string>();
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) found.set(entry.filename, await entry.getData!(new TextWriter()));
  }
  await zip.close();
  return found;
}

const dataOf = (found: Map<string, string>) => found.get("Daten.json")!;

Deno.test("every table about contacts is reachable from the person, or has a reason why not", () => {
  const ways = new Set<string>(personTables);
  const without = Object.entries(personalData)
    .filter(([, columns]) =>
      Object.values(columns).some(({ subject, inAccessExport, role }) =>
        inAccessExport !== false && (subject === "contact" || subject === "company_contact") &&
        role !== "controller"
      )
    )
    .map(([name]) => name.replace("public.", ""))
    .filter((name) => !ways.has(name) && !(name in withoutWay));
  assertEquals(without, []);
});

Deno.test("an answer states the periods that the tenant has set itself (Art. 15(1)(d) GDPR)", async () => {
  const { alice } = await cast();
  const { contact } = await stock(alice, newMark());
  const { owner } = alice.test.db;
  await owner`update tenants set trash_days = 21 where id = ${alice.tenantId}`;
  await alice.scope((scope) => retentions.update(scope, { ...usualPeriods, history: 3 }));
  const { periods } = await alice.scope(async (scope) =>
    await packages.read(
      scope,
      alice.test.services.config,
      await packages.findPerson(scope, contact),
    )
  );
  const of = (name: string) => periods.find((each) => each.class === name)?.period;
  assertEquals([of("record"), of("history"), of("look")], ["P21D", "P3M", "P12M"]);
});

Deno.test("every table and column of an answer has a translation in the letter", () => {
  const missing = personTables.flatMap((table) => [
    `access.table_${table}`,
    ...columnsOf(table).filter(([, { inAccessExport }]) => inAccessExport !== false)
      .map(([name]) => `access.field_${name}`),
  ]).filter((key) => !isMessageKey(key));
  assertEquals([...new Set(missing)], []);
});

Deno.test("every value that a column may hold has a translation in the letter", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const checks = await owner<{ table: string; definition: string }[]>`
    select c.relname as table, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    where k.contype = 'c'
      and k.connamespace = 'public'::regnamespace
      and c.relname = any(${[...personTables]})
  `;
  const stated = (table: string) =>
    columnsOf(table as typeof personTables[number])
      .filter(([, { inAccessExport }]) => inAccessExport === "value").map(([name]) => name);
  const values = checks.flatMap(({ table, definition }) =>
    [...definition.matchAll(/\b(\w+) = ANY \(ARRAY\[([^\]]*)\]/g)]
      .filter(([, column]) => stated(table).includes(column!))
      .flatMap(([, column, list]) =>
        [...list!.matchAll(/'(\w+)'/g)].map(([, value]) => [table, column!, value!] as const)
      )
  );
  assert(values.length > 90, `only ${values.length} values were found`);
  assertEquals(values.filter((each) => valueKey(...each) === null), []);
});

Deno.test("an answer contains all data of the person and none of a stranger", async () => {
  const { alice, bob, charlie } = await cast();
  const [mark, other, foreign] = [newMark(), newMark(), newMark()];
  const ids = await stock(alice, mark);
  const theirs = await stock(bob, other);
  await stock(charlie, foreign);
  const { owner } = alice.test.db;
  const person = await alice.scope((scope) => packages.findPerson(scope, ids.contact));
  const words = await plant(owner, alice.tenantId, person, mark);
  assert(words.length >= 45, `only ${words.length} words were planted`);
  const desk = `desk.${mark}@house.example`;
  await owner`update officers set deputy_email = ${desk} where tenant_id = ${alice.tenantId}`;
  await owner`
    update controllers
    set email = ${`office.${mark}@house.example`}, street = 'Kai 1', city = 'Kiel'
    where tenant_id = ${alice.tenantId}
  `;
  // A mail that both are in, with the other one's name and address in its text.
  await owner`
    update messages
    set body_text = body_text || ${` cc ${other} contact <${other}.contact@example.org> ${desk} office.${mark}@house.example`}
    where tenant_id = ${alice.tenantId}
      and id = ${ids.message}
  `;
  await owner`insert into message_links ${
    owner({
      tenantId: alice.tenantId,
      id: newId(),
      messageId: ids.message,
      contactId: theirs.contact,
      at: new Date("2026-11-01T00:00:00Z"),
    })
  }`;
  const page = await text(await alice.get(`/contacts/${ids.contact}/access`));
  assertStringIncludes(page, `${other}.contact@example.org`);
  const covered = await proposed(alice, ids.contact);
  assert(!covered.includes("@house.example"), "the tenant's own addresses are not blacked out");
  const answer = await answered(alice, ids.contact, {
    language: "de",
    words: covered,
    files: [ids.file],
  });
  assertEquals(answer.status, 200);
  assertEquals(answer.headers.get("Cache-Control"), "no-store");
  const found = await unpacked(answer);
  const data = dataOf(found);
  const missing = words.filter((word) => !data.includes(word));
  assertEquals(missing, []);
  assertStringIncludes(data, `${mark}.contact@example.org`);
  assert(!data.includes(other), "another person of the tenant is in the answer");
  assert(!data.includes(foreign), "a person of another tenant is in the answer");
  const [file] = [...found].filter(([name]) => name.startsWith("Dateien/"));
  assertStringIncludes(file![1], `${mark} bytes`);
  assert(found.get("Auskunft.pdf")!.startsWith("%PDF-1.7"));
  // The same, without the covering: the test sees a stranger where there is one.
  const open = await answered(alice, ids.contact, { language: "de", words: "" });
  assertStringIncludes(dataOf(await unpacked(open)), other);
});

Deno.test("the letter names employer, operator and period, in words that a layperson reads", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const found = await alice.scope(async (scope) =>
    await packages.read(
      scope,
      alice.test.services.config,
      await packages.findPerson(scope, ids.contact),
    )
  );
  const view = { t: translator("de"), locale: "de", now: now(), format: formatter("de", now()) };
  const operator = { name: "Betreiber Nord GmbH", country: "DE" };
  const letter = accessLetter(view as View, { ...found, operator });
  const words = JSON.stringify(letter);
  assertStringIncludes(words, `Firma: ${mark} company`);
  assertStringIncludes(words, "Betreiber Nord GmbH (DE): Auftragsverarbeiter");
  assertStringIncludes(
    words,
    "Angaben zur Person und was daran hängt: zur Löschung vorgesehen ab ",
  );
  assertStringIncludes(words, `Guten Tag ${found.person.names[0]},`);
  assertStringIncludes(words, "Betrag: 1.250,00");
  assertStringIncludes(words, "Feld: Titel");
  const raw = letter.parts.flatMap(({ records }) => records)
    .flatMap((record) => record.match(/: (task|call|normal|user|staff|contact|de)$/gm) ?? []);
  assertEquals(raw, []);
  // Where the provider itself is the tenant, there is no operator in between.
  const alone = accessLetter(view as View, { ...found, operator: null, recipients: [] });
  assertStringIncludes(JSON.stringify(alone), "Weitere Empfänger außerhalb unseres Hauses gibt es");
});

Deno.test("an answer names each point of Art. 15(1) and (2), automated decisions and transfers too", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, {});
  const { config } = alice.test.services;
  const found = await alice.scope(async (scope) =>
    await packages.read(scope, config, await packages.findPerson(scope, contact))
  );
  const said = (locale: "de" | "en") => {
    const view = { t: translator(locale), locale, now: now(), format: formatter(locale, now()) };
    const { parts } = accessLetter(view as View, found);
    return parts.flatMap(({ title, paragraphs }) => [title, ...paragraphs]).join("\n");
  };
  for (
    const point of [
      /Zweck: .+ Rechtsgrundlage: .+ Herkunft der Daten: /,
      /^Empfänger$/m,
      /^Speicherdauer\n.+\d/m,
      /Art\. 16\).*Art\. 17\).*Art\. 18\).*Art\. 20 .*Art\. 21 .*Art\. 77 /,
      /^Zuständige Aufsichtsbehörde$/m,
      /automatisierte Entscheidung .*Art\. 22 DSGVO/,
      /außerhalb der EU und des EWR/,
    ]
  ) assertMatch(said("de"), point);
  for (
    const point of [/Purpose: .+ [Ll]egal basis: /, /Art\. 22 GDPR/, /outside the EU and the EEA/]
  ) assertMatch(said("en"), point);
});

Deno.test("where no Land is set the answer explains how to find the authority (Art. 15(1)(f))", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, {});
  const address = { street: "", postalCode: "24937", city: "Flensburg", email: "", phone: "" };
  await alice.scope((scope) => controllers.update(scope, { ...address, land: "" }));
  const { config } = alice.test.services;
  const read = () =>
    alice.scope(async (scope) =>
      await packages.read(scope, config, await packages.findPerson(scope, contact))
    );
  const said = (found: packages.AccessPackage, locale: "de" | "en") => {
    const t = translator(locale);
    const letter = accessLetter(
      { t, locale, now: now(), format: formatter(locale, now()) } as View,
      found,
    );
    return letter.parts.at(-1)!.paragraphs.join("\n");
  };
  const found = await read();
  const json = accessJson.toJson(found, now());
  assertEquals(json.authority, { competentAt: "24937 Flensburg", country: "DE" });
  assertEquals((json.controller as { city: string }).city, "Flensburg");
  assertStringIncludes(said(found, "de"), "in dem wir unseren Sitz haben: 24937 Flensburg");
  assertStringIncludes(said(found, "en"), "established: 24937 Flensburg (Section 40 BDSG)");
  await alice.scope((scope) => controllers.update(scope, { ...address, land: "SH" }));
  const known = await read();
  assertStringIncludes(JSON.stringify(accessJson.toJson(known, now()).authority), "Schleswig");
  assertStringIncludes(said(known, "de"), "Schleswig");
});

async function proposed(alice: Person, contactId: string): Promise<string> {
  return await alice.scope(async (scope) => {
    const person = await packages.findPerson(scope, contactId);
    const { tables } = await packages.read(scope, alice.test.services.config, person);
    return (await redactions.propose(scope, person, tables)).join("\n");
  });
}

Deno.test("a restricted person is answered as well, and the history says so", async () => {
  const { alice, bob, charlie } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const { owner } = alice.test.db;
  await owner`
    update contacts
    set restricted_at = now(), restricted_reason = 'test'
    where id = ${ids.contact}
  `;
  const way = `/contacts/${ids.contact}/access`;
  assertEquals((await alice.get(`/contacts/${ids.contact}`)).status, 404);
  assertEquals((await bob.get(way)).status, 403);
  assertEquals((await charlie.get(way)).status, 404);
  const refused = await alice.post(way, { language: "fr" });
  assertEquals(refused.status, 422);
  const answer = await answered(alice, ids.contact, { language: "en", words: "" });
  assertStringIncludes((await unpacked(answer)).get("Data.json")!, mark);
  const [entry] = await owner`
    select action
    from changes
    where record_id = ${ids.contact}
      and action = 'disclosed'
  `;
  assertEquals(entry?.action, "disclosed");
});

Deno.test("an answer of more than 20,500 records is complete, with the request's details", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  await alice.test.db.owner`
    update cases
    set person_email = ${`${mark}.contact@example.org`}
    where id = ${ids.case}
  `;
  await alice.test.db.owner`
    with made as (
      insert into activities (
        tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at
      )
      select ${alice.tenantId}, gen_random_uuid(), 'note', 'Gespräch ' || n, 'Text ' || n,
        now(), now(), now(), now()
      from generate_series(1, 20500) n
      returning id
    )
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    select ${alice.tenantId}, id, ${ids.contact}, ${ids.contact}, true, now()
    from made
  `;
  const answer = await prepared(alice, ids.contact, {
    language: "de",
    words: "",
    files: [ids.file],
  });
  const found = await unpacked(answer);
  const { data, files } = JSON.parse(dataOf(found));
  assertEquals(data.activities.length, 20_501);
  assert(files.some(({ name }: { name: string }) => name === `${mark}.txt`));
  assertEquals([...found].find(([name]) => name.endsWith(`-${mark}.txt`))?.[1], "bytes");
});

Deno.test("what is in the trash is still held, and part of the answer: files as well as records", async () => {
  const { alice } = await cast();
  const { contact, company } = await stock(alice, newMark());
  const home = `/contacts/${contact}`;
  const id = await put(alice, home, fileOf(pdf("im Papierkorb"), "Vertrag.pdf"));
  const foreign = await put(alice, `/companies/${company}`, fileOf(pdf("Firma"), "Firma.pdf"));
  for (const each of [id, foreign]) await alice.post(`/files/${each}/deletion`);
  const [file] = await alice.scope(async (scope) => {
    const person = await packages.findPerson(scope, contact);
    const found = await packages.read(scope, alice.test.services.config, person);
    return found.files.filter(({ name }) => /^(?:Vertrag|Firma)/.test(name));
  });
  assertEquals(file!.id, id);
  await alice.post(`${home}/deletion`);
  const wanted = { language: "de", words: "", files: [id] };
  const answer = await unpacked(await answered(alice, contact, wanted));
  const [, enclosed] = [...answer].find(([name]) => name.endsWith("-Vertrag.pdf"))!;
  assertStringIncludes(enclosed, "im Papierkorb");
  assert(![...answer.keys()].some((name) => name.endsWith("Firma.pdf")));
});

Deno.test("a file that stays here for the sake of others is counted, and named nowhere", async () => {
  const { alice } = await cast();
  const { contact } = await stock(alice, newMark());
  const home = `/contacts/${contact}`;
  const out = await put(alice, home, fileOf(pdf("Ihres"), "Vertrag mit Rautenberg.pdf"));
  await put(alice, home, fileOf(pdf("Anderer"), "Abmahnung Siebenlist.pdf"));
  const wanted = { language: "de", words: "Rautenberg", files: [out] };
  const answer = await unpacked(await answered(alice, contact, wanted));
  const data = dataOf(answer);
  const stated = JSON.parse(data);
  assert(stated.data.files.length > 0 && stated.filesLeftOut > 0);
  for (const word of ["Siebenlist", "Rautenberg", out]) {
    assert(!data.includes(word), word);
    assert(![...answer.keys()].some((name) => name.includes(word)), word);
  }
  assert(
    [...answer.values()].some((body) => body.includes("Ihres")),
    "what was ticked is enclosed",
  );
  const letter = await alice.scope(async (scope) => {
    const person = await packages.findPerson(scope, contact);
    const found = await packages.read(scope, alice.test.services.config, person);
    const view = { t: translator("de"), locale: "de", now: now(), format: formatter("de", now()) };
    return accessLetter(view as View, cover(found, [], (id) => id !== out)).paragraphs.join("\n");
  });
  assertStringIncludes(letter, "weil sie die Rechte anderer Personen berühr");
});

Deno.test("files that the page has no room for are enclosed, as nobody chose to leave them out", async () => {
  const { alice, test } = await cast();
  const { contact } = await stock(alice, newMark());
  const home = `/contacts/${contact}`;
  const id = await put(alice, home, fileOf(pdf("oft"), "Oft.pdf"));
  await test.db.owner`
    insert into files (tenant_id, id, contact_id, object_id, data_key_id, name, media_type, size,
      at)
    select f.tenant_id, gen_random_uuid(), f.contact_id, f.object_id, f.data_key_id, 'Oft.pdf',
      f.media_type, f.size, f.at
    from files f
    cross join generate_series(1, ${shownFiles + 5})
    where f.tenant_id = ${alice.tenantId}
      and f.id = ${id}
  `;
  const page = await (await alice.get(`${home}/access`)).text();
  assertMatch(page, /\d+ weitere Dateien liegen bei/);
  const ticked = [...page.matchAll(/name="files" value="([^"]+)"/g)].map(([, each]) => each!);
  assertEquals(ticked.length, shownFiles);
  const wanted = { language: "de", words: "", files: [] };
  const stated = JSON.parse(dataOf(await unpacked(await answered(alice, contact, wanted))));
  assertEquals(stated.filesLeftOut, shownFiles);
  assert(stated.files.length > 5);
});

Deno.test("a letter says by name what was changed, and that a request moved on (Art. 12(1))", async () => {
  const { alice } = await cast();
  const field = await define(alice, { labelDe: "Schuhgröße", labelEn: "Shoe size" });
  const tick = await define(alice, { labelDe: "Stammgast", labelEn: "Regular", kind: "yes_no" });
  const before = { [fieldName(field)]: "41", [fieldName(tick)]: "no", status: "lead" };
  const contact = await newContact(alice, before);
  const edit = `/contacts/${contact}/edit`;
  const changed = await alice.post(edit, {
    ...formOf(await (await alice.get(edit)).text()),
    ...{ status: "customer", newTags: "Treu", [fieldName(field)]: "42", [fieldName(tick)]: "yes" },
  });
  assertEquals(changed.status, 303, await text(changed.clone()));
  const consent = { id: newId(), channels: "email", textVersion: "1", purpose: "marketing" };
  const given = { ...consent, givenOn: "2026-02-03", givenHow: "form", proof: "" };
  assertEquals((await alice.post(`/contacts/${contact}/consents`, given)).status, 303);
  const event = { ...{ caseId: newId(), id: newId() }, action: "moved" };
  const letterIn = async (locale: "de" | "en") => {
    const t = translator(locale);
    const view = { t, locale, now: now(), format: formatter(locale, now()) } as View;
    const found = await alice.scope(async (scope) => {
      const { config } = alice.test.services;
      const person = await packages.findPerson(scope, contact);
      return await packages.read(scope, config, person, locale);
    });
    found.tables.push({ table: "case_events", rows: [event] });
    return JSON.stringify(accessLetter(view, found));
  };
  const german = await letterIn("de");
  // Art. 15(1)(a): what consents and custom fields are for as well.
  assertStringIncludes(
    german,
    "Zweck: Werbung. Rechtsgrundlage: Einwilligung (Art. 6 Abs. 1 lit. a DSGVO).",
  );
  for (
    const word of [
      "Schuhgröße",
      "Stammgast: nein → ja",
      "Schlagwörter",
      "Status: ",
      "Vorgang: anderer Stand",
    ]
  ) {
    assertStringIncludes(german, word);
  }
  assert(!/object Object|custom:|: moved|undefined/.test(german), german);
  assertStringIncludes(await letterIn("en"), "Shoe size");
});

Deno.test("the tenant's own addresses are not blacked out (Art. 15(3))", async () => {
  const { alice } = await cast();
  const contact = await contactOf(alice, {});
  const own = ["versand", "vertrieb", "henrike"].map((each) => `${each}.${newId()}@haus.example`);
  const [sender, shared, account] = own;
  const stranger = `fremd.${newId()}@example.org`;
  const { owner } = alice.test.db;
  const [messageId, threadId] = [newId(), newId()];
  const { tenantId, userId } = alice;
  await owner.begin(async (sql) => {
    await sql`insert into threads (tenant_id, id, created_at) values (${tenantId}, ${threadId}, now())`;
    await sql`
      insert into messages (
        tenant_id, id, thread_id, direction, state, from_address, body_text, at, created_at
      ) values (
        ${tenantId}, ${messageId}, ${threadId}, 'out', 'sent', ${sender!},
        ${`An ${shared}, ${account} und ${stranger}`}, now(), now()
      )
    `;
    await sql`
      insert into outgoing_messages (tenant_id, message_id, kind, language)
      values (${tenantId}, ${messageId}, 'contract', 'de')
    `;
    await sql`
      insert into message_links (tenant_id, id, message_id, contact_id, at)
      values (${tenantId}, ${newId()}, ${messageId}, ${contact}, now())
    `;
    await sql`
      insert into mailboxes (
        tenant_id, id, name, address, host, port, security, username, password_sealed, since_on,
        due_at, created_at, updated_at
      ) values (
        ${tenantId}, ${newId()}, 'Vertrieb', ${shared!}, 'mail.haus.example', 993, 'tls', 'x', 'x',
        '2026-01-01', now(), now(), now()
      )
    `;
    await sql`
      insert into mail_accounts (
        tenant_id, id, user_id, sender_name, address, host, port, security, created_at, updated_at
      ) values (
        ${tenantId}, ${newId()}, ${userId}, 'Henrike', ${account!}, 'mail.haus.example', 465, 'tls',
        now(), now()
      )
    `;
  });
  const covered = await proposed(alice, contact);
  assertStringIncludes(covered, stranger);
  assertEquals(own.filter((each) => covered.includes(each)), []);
});

Deno.test("somebody else's number is blacked out however it is written, the person's own is not (Art. 15(4))", async () => {
  const { alice } = await cast();
  const phone = (number: string) => ({ "phones.0.number": number, "phones.0.kind": "work" });
  const contact = await contactOf(alice, phone("+49 40 5551234"));
  const other = await contactOf(alice, { firstName: "Otto", ...phone("+49 40 7193264") });
  const own = "Tel. 040 / 555 12 34";
  const theirs = ["040 / 719 32 64", "+49 (0)40 7193264", "0049-40-7193264"];
  const { owner } = alice.test.db;
  const { tenantId } = alice;
  const [messageId, threadId] = [newId(), newId()];
  await owner.begin(async (sql) => {
    await sql`insert into threads (tenant_id, id, created_at) values (${tenantId}, ${threadId}, now())`;
    await sql`
      insert into messages (
        tenant_id, id, thread_id, direction, state, from_address, body_text, at, created_at
      ) values (
        ${tenantId}, ${messageId}, ${threadId}, 'in', 'received', 'x@example.org',
        ${[own, ...theirs].join("\n")}, now(), now()
      )
    `;
    for (const contactId of [contact, other]) {
      await sql`
        insert into message_links (tenant_id, id, message_id, contact_id, at)
        values (${tenantId}, ${newId()}, ${messageId}, ${contactId}, now())
      `;
    }
  });
  const body = await alice.scope(async (scope) => {
    const person = await packages.findPerson(scope, contact);
    const { tables } = await packages.read(scope, alice.test.services.config, person);
    const words = await redactions.propose(scope, person, tables);
    return redactions.apply(tables, words).find(({ table }) => table === "messages")!.rows[0]!;
  });
  assertEquals(body.body_text, [own, ...theirs.map(() => bar)].join("\n"));
});
