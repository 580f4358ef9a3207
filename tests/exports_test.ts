/** Exports: every record once, safe in spreadsheets, recorded, and read back by our own import. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { now } from "../db/clock.ts";
import * as exports from "../db/exports.ts";
import { cell } from "../db/exports/csv.ts";
import { fold } from "../db/exports/vcards.ts";
import { cast, type Person, person, tenant } from "./support/cast.ts";
import { newId } from "../db/ids.ts";
import { idOf, text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";

const csv = [
  "Anrede,Titel,Vorname,Nachname,E-Mail,Telefon,Firma,Straße,PLZ,Ort,Geburtstag,Notizen,Schlagwörter",
  'Frau,Dr.,Erika,von der Röder,erika@example.org,030 1234567,Röder GmbH,Hauptstr. 1,10115,Berlin,01.02.1980,"Zeile 1\nZeile 2; mit, Komma","Messe, Kunde"',
  'Herr,,Jürgen,Groß,juergen@example.org,+49 171 1234567,Groß & Söhne,,,,,"=WEBSERVICE(""http://x"")",',
].join("\r\n");

const wanted = { kind: "contacts", format: "csv", purpose: "backup" };

/** The bytes of an export as the browser gets them. */
async function file(who: Person, fields: Partial<typeof wanted> = {}): Promise<Uint8Array> {
  const answer = await who.post("/exports", { ...wanted, ...fields });
  equal(answer.status, 200);
  return new Uint8Array(await answer.arrayBuffer());
}

async function download(who: Person, fields: Partial<typeof wanted> = {}): Promise<string> {
  return new TextDecoder().decode(await file(who, fields));
}

Deno.test("the file of an export is called as its reader's language calls it", async () => {
  const { bob } = await cast();
  await bob.test.db.owner`update identities set locale = 'en' where id = ${bob.identityId}`;
  const answer = await bob.post("/exports", wanted);
  match(answer.headers.get("Content-Disposition")!, /filename=contacts-\d{4}-\d\d-\d\d\.csv$/);
  await answer.text();
});

Deno.test("an export is a download with a safe name, and recorded with who, what and what for", async () => {
  const { bob } = await cast();
  await importAll(bob, fileOf(csv));
  const answer = await bob.post("/exports", wanted);
  match(
    answer.headers.get("Content-Disposition")!,
    /^attachment; filename=kontakte-\d{4}-\d\d-\d\d\.csv$/,
  );
  equal(answer.headers.get("Cache-Control"), "no-store");
  equal((await answer.text()).trim().split(/\r\n(?=[0-9a-f]{8}-)/).length, 3);
  match(
    await text(await bob.get("/exports")),
    /Kontakte, CSV 2 Eigene Sicherung Bob Brandt .* vollständig|Kontakte, CSV/,
  );
  const { exports: [last] } = await bob.scope((scope) => exports.list(scope));
  deepEqual([last!.status, last!.rows, last!.purpose, last!.createdByName], [
    "done",
    2,
    "backup",
    "Bob Brandt",
  ]);
});

Deno.test("an export for a mailing leaves out who objects or took a consent back", async () => {
  const { alice, test } = await cast();
  const names = ["Mail", "Post", "Alles", "Anruf", "Zurück", "Erneut", "Still"];
  await importAll(
    alice,
    fileOf(`Nachname;E-Mail\n${names.map((each, at) => `${each};${at}@example.org\n`).join("")}`),
  );
  const rows = await test.db.owner<{ id: string; lastName: string }[]>`
    select id, last_name from contacts where tenant_id = ${alice.tenantId}
  `;
  const of = (name: string) => rows.find(({ lastName }) => lastName === name)!.id;
  for (
    const [name, channel] of Object.entries({
      Mail: "email",
      Post: "post",
      Alles: "all",
      Anruf: "phone",
    })
  ) {
    await alice.post(`/contacts/${of(name)}/objections`, { channels: channel });
  }
  const consent = (name: string, withdrawn: boolean) =>
    test.db.owner`
      insert into consents (
        tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how, withdrawn_at
      ) values (
        ${alice.tenantId}, ${newId()}, ${of(name)}, 'email', 'marketing', 'v1', now(), 'in_person',
        ${withdrawn ? now() : null}
      )
    `;
  await consent("Zurück", true);
  await consent("Erneut", true);
  await consent("Erneut", false);
  const included = (file: string) => names.filter((name) => file.includes(`,${name},`)).sort();
  const recipient = { recipient: "Druckerei", recipientEmail: "druck@example.org" };
  const fields = { purpose: "mailing", ...recipient } as Partial<typeof wanted>;
  deepEqual(included(await download(alice, fields)), ["Anruf", "Erneut", "Still"]);
  const chosen = { ...fields, ids: [of("Mail"), of("Still")] } as Partial<typeof wanted>;
  deepEqual(included(await download(alice, chosen)), ["Still"]);
  const noted = await test.db.owner`
    select distinct contact_id from transmissions where tenant_id = ${alice.tenantId}
  `;
  equal(noted.length, 3, "only who is in the file is recorded as passed on");
  equal(included(await download(alice)).length, names.length, "for other purposes they are there");
  match(await text(await alice.get("/exports")), /Beim Mailing fehlt, wer/);
});

Deno.test("formulas are guarded, telephone numbers come back unchanged", async () => {
  const { bob } = await cast();
  await importAll(bob, fileOf(csv));
  const file = await download(bob);
  match(file, /,"'=WEBSERVICE\(""http:\/\/x""\)",/);
  match(file, /,'\+491711234567,/);
  ok(!/(?:^|,)"?[=+\-@]/m.test(file), "no cell begins like a formula");
});

Deno.test("a negative number stays one, what only looks like it is guarded", () => {
  deepEqual(["-12.5", "-3,00", "-3"].map((value) => cell(value)), ["-12.5", '"-3,00"', "-3"]);
  equal(cell("-0012"), "'-0012", "a number of an article");
  deepEqual(
    ["-1+2", "-A1", "--1", "-1-1", "-.5", "+49", "'-1"].map((value) => cell(value)),
    ["'-1+2", "'-A1", "'--1", "'-1-1", "'-.5", "'+49", "''-1"],
  );
});

Deno.test("the guard is taken off again whatever the text", () => {
  const strip = (value: string) => /^'+[=+\-@\t\r\n＝＋－＠]/.test(value) ? value.slice(1) : value;
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n＝＋－＠'a") }),
  );
  fc.assert(fc.property(text, (value) => {
    const written = cell(value);
    const quoted = written.startsWith('"') && written.endsWith('"') && written.length > 1;
    const read = quoted ? written.slice(1, -1).replaceAll('""', '"') : written;
    ok(!/^[=+\-@\t\r\n＝＋－＠]/.test(read) || /^-[\d.,]+$/.test(read));
    equal(strip(read), value);
  }));
});

Deno.test("deleted and restricted persons are in no export", async () => {
  const { alice, test } = await cast();
  await importAll(alice, fileOf(csv));
  await test.db.owner`
    update contacts
    set deleted_at = ${now()}
    where tenant_id = ${alice.tenantId}
      and first_name = 'Erika'
  `;
  await test.db.owner`
    update contacts
    set restricted_at = ${now()}
    where tenant_id = ${alice.tenantId}
      and first_name = 'Jürgen'
  `;
  for (const format of exports.formats.filter((format) => format !== "xlsx")) {
    const file = await download(alice, { format });
    ok(!/Erika|Jürgen/.test(file), format);
  }
  equal(await download(alice, { format: "json" }), "[]\n");
});

Deno.test("JSON carries the privacy columns", async () => {
  const { alice } = await cast();
  await importAll(alice, fileOf(csv));
  const [first] = JSON.parse(await download(alice, { format: "json" }));
  equal(first.legal_basis, "contract");
  equal(first.source, "Kundenbeziehung oder Vertrag: Altsystem");
  equal(first.purpose, "customer_care");
  ok(first.notice_due_on);
  deepEqual(first.objections, []);
});

Deno.test("a card is folded at 75 octets and never within a character", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (value) => {
    const line = `NOTE:${value.replaceAll(/[\r\n]/g, "")}`;
    const folded = fold(line);
    for (const part of folded.split("\r\n")) {
      ok(new TextEncoder().encode(part).length <= 75);
    }
    equal(folded.replaceAll("\r\n ", "").slice(0, -2), line.toWellFormed());
  }));
});

Deno.test("a contact's vCard can be downloaded alone, but not one of another tenant", async () => {
  const { alice, vera, charlie } = await cast();
  await importAll(alice, fileOf(csv));
  const list = await (await alice.get("/contacts")).text();
  const id = /href="\/contacts\/([0-9a-f-]{36})[?"]/.exec(list)![1]!;
  const answer = await vera.get(`/contacts/${id}.vcf`);
  equal(answer.status, 200);
  match(await answer.text(), /^BEGIN:VCARD\r\nVERSION:4\.0\r\n[\s\S]*END:VCARD\r\n$/);
  equal((await charlie.get(`/contacts/${id}.vcf`)).status, 404);
});

Deno.test("an invalid number cannot inject a line into a card", async () => {
  const { alice } = await cast();
  const id = idOf(await alice.post("/contacts/new", { lastName: "Amsel", origin: "card" }));
  await alice.test.db.owner`insert into phones ${
    alice.test.db.owner({
      tenantId: alice.tenantId,
      id: newId(),
      contactId: id,
      kind: "work",
      number: "+49 30\r\nNOTE:fremd",
      position: 0,
    })
  }`;
  const card = await (await alice.get(`/contacts/${id}.vcf`)).text();
  match(card, /^TEL;[^\r\n]*:\+49 30\\nNOTE:fremd\r$/m);
  equal(/^NOTE/m.test(card), false);
});

Deno.test("readers may not export, strangers get their own data only", async () => {
  const { alice, vera, charlie } = await cast();
  await importAll(alice, fileOf(csv));
  equal((await vera.post("/exports", wanted)).status, 403);
  equal((await vera.get("/exports")).status, 403);
  ok(!(await download(charlie)).includes("Erika"));
});

Deno.test("without a purpose nothing is exported", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/exports", { ...wanted, purpose: "" });
  equal(answer.status, 422);
  match(await text(answer), /Wofür: Diese Angabe fehlt/);
  equal((await alice.scope((scope) => exports.list(scope))).exports.length, 0);
});

Deno.test("an export that breaks off is recorded as failed", async () => {
  const { alice, test } = await cast();
  const rows = Array.from({ length: 3000 }, (_, i) => `N${i},n${i}@example.org`);
  await importAll(alice, fileOf(["Nachname,E-Mail", ...rows].join("\n")));
  const who = { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } } as const;
  const stream = exports.stream(test.db.app, who, {
    kind: "contacts",
    format: "json",
    purpose: "other",
  });
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  let status = "running";
  for (let tries = 0; status === "running" && tries < 100; tries++) {
    await new Promise((done) => setTimeout(done, 50));
    status = (await alice.scope((scope) => exports.list(scope))).exports[0]!.status;
  }
  equal(status, "failed");
  equal((await download(alice)).trim().split("\r\n").length, 3001);
});

Deno.test("a slow reader gets the whole file", async () => {
  const { alice, test } = await cast();
  const rows = Array.from({ length: 250 }, (_, i) => `N${i},n${i}@example.org`);
  await importAll(alice, fileOf(["Nachname,E-Mail", ...rows].join("\n")));
  const who = { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } } as const;
  const wanted = { kind: "contacts", format: "csv", purpose: "other" } as const;
  // Longer than the database takes for the next rows: it has ended before the reader asks for more.
  for await (const _ of exports.stream(test.db.app, who, wanted)) {
    await new Promise((done) => setTimeout(done, 400));
  }
  const { exports: [last] } = await alice.scope((scope) => exports.list(scope));
  deepEqual([last!.status, last!.rows], ["done", 250]);
});

Deno.test("exports that nobody reads hold up their own tenant alone, and end", async () => {
  const { alice, charlie, test } = await cast();
  for (const each of [alice, charlie]) await importAll(each, fileOf("Nachname\nMuster"));
  const actor = { kind: "user", userId: alice.userId } as const;
  const begin = (patience?: number) =>
    exports.stream(test.db.app, { tenantId: alice.tenantId, actor }, {
      kind: "contacts",
      format: "csv",
      purpose: "other",
    }, { patience });
  const unread = Array.from({ length: 5 }, () => begin());
  match(await download(charlie), /Muster/);
  const ended = async (count: number) => {
    for (let tries = 0; tries < 200; tries++) {
      const { exports: all } = await alice.scope((scope) => exports.list(scope));
      if (all.filter(({ status }) => status === "failed").length === count) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`not ${count} have ended`);
  };
  for (const each of unread) await each.cancel();
  await ended(5);
  unread.push(begin(100));
  await ended(6);
  match(await download(alice), /Muster/);
});

/** What a record is, apart from ids, times and the grounds of its own import. */
async function essence(who: Person) {
  const { owner } = who.test.db;
  const contacts = await owner`
    select salutation, title, first_name, name_prefix, last_name, name_suffix, position, birthday,
      language, customer_number, website, notes, address_form, status, letter_salutation,
      array(select channel from objections b where b.contact_id = c.id order by channel) as objections,
      array(select address || ' ' || kind from emails e where e.contact_id = c.id order by e.position) as emails,
      array(select number || ' ' || kind from phones p where p.contact_id = c.id order by p.position) as phones,
      array(
        select concat_ws('|', kind, street, extra, po_box, postal_code, city, region, country)
        from addresses a where a.contact_id = c.id order by a.position
      ) as addresses,
      array(select t.name from contact_tags x join tags t on t.id = x.tag_id where x.contact_id = c.id order by t.name) as tags,
      array(
        select concat_ws('|', o.name, f.role, f.department)
        from affiliations f join companies o on o.id = f.company_id
        where f.contact_id = c.id and f.is_primary
      ) as companies
    from contacts c
    where c.tenant_id = ${who.tenantId}
    order by c.customer_number
  `;
  return contacts.map((row) => ({ ...row }));
}

const name = fc.constantFrom(
  "Röder",
  "Groß",
  "Özkan",
  "O'Neill",
  "Müller-Lüdenscheidt",
  "Żak",
  "Šimić",
  "Nowak",
);
const first = fc.constantFrom("Erika", "Jürgen", "Ana María", "Łukasz", "Çelik", "Jean-Luc");
const free = fc.array(
  fc.constantFrom(
    "Notiz",
    "=1+1",
    "-5",
    "@x",
    "'=y",
    'sagt "ja"',
    "a;b,c",
    "Zeile\nzwei",
    "Ende\\",
  ),
  { maxLength: 3 },
).map((words) => words.join(" "));
const contact = fc.record({
  salutation: fc.constantFrom("", "ms", "mr", "divers"),
  title: fc.constantFrom("", "Dr.", "Prof. Dr."),
  firstName: first,
  namePrefix: fc.constantFrom("", "von", "van der"),
  lastName: name,
  position: fc.constantFrom("", "Leiterin Einkauf", "Geschäftsführer"),
  birthday: fc.constantFrom(null, "1980-02-29", "--02-03"),
  language: fc.constantFrom("de", "en", "fr"),
  addressForm: fc.constantFrom("formal", "informal"),
  letterSalutation: fc.constantFrom("", "Liebe Erika; lieber Max,"),
  status: fc.constantFrom("lead", "prospect", "customer", "partner", "supplier", "former"),
  objections: fc.uniqueArray(fc.constantFrom("all", "email", "phone", "post", "sms")),
  website: fc.constantFrom("", "https://www.example.org/a?b=c"),
  notes: free,
  tags: fc.uniqueArray(fc.constantFrom("Messe", "Altkunde", "VIP"), { maxLength: 2 }),
  phones: fc.uniqueArray(
    fc.constantFrom(
      "+4930123456 work",
      "+491711234567 mobile",
      "+49301234567 home",
      "+43151234 fax",
    ),
    { maxLength: 3 },
  ),
  places: fc.uniqueArray(
    fc.constantFrom("work|Hauptstraße 1|10115|Berlin|DE", "home|Rue de la Paix 2|75002|Paris|FR"),
    { maxLength: 2 },
  ),
  company: fc.constantFrom("", "Röder GmbH", "Groß & Söhne KG"),
});
type Made = typeof contact extends fc.Arbitrary<infer T> ? T : never;

/** Enters made-up contacts by SQL: what the export is to carry. */
async function enter({ test, tenantId }: Person, all: readonly Made[]): Promise<void> {
  const { owner } = test.db;
  for (const [index, made] of all.entries()) {
    await owner`
      with c as (
        insert into contacts (
          tenant_id, id, salutation, title, first_name, name_prefix, last_name, position, birthday,
          language, website, notes, customer_number, source, source_channel, legal_basis, purpose,
          address_form, letter_salutation, status, last_touch_at, created_at, updated_at
        )
        values (
          ${tenantId}, gen_random_uuid(), ${made.salutation}, ${made.title}, ${made.firstName},
          ${made.namePrefix}, ${made.lastName}, ${made.position}, ${made.birthday},
          ${made.language}, ${made.website}, ${made.notes}, ${`K${1000 + index}`}, 'x', 'manual',
          'contract', 'sales', ${made.addressForm}, ${made.letterSalutation}, ${made.status}, ${now()}, ${now()}, ${now()}
        )
        returning id
      ), e as (
        insert into emails (tenant_id, id, contact_id, kind, address)
        select ${tenantId}, gen_random_uuid(), id, 'work', ${`k${index}@example.org`} from c
      ), b as (
        insert into objections (tenant_id, id, contact_id, channel, objected_at)
        select ${tenantId}, gen_random_uuid(), c.id, n, ${now()}::timestamptz
        from c, unnest(${made.objections}::text[]) as t (n)
      ), p as (
        insert into phones (tenant_id, id, contact_id, number, kind, position)
        select ${tenantId}, gen_random_uuid(), c.id, split_part(n, ' ', 1), split_part(n, ' ', 2), i
        from c, unnest(${made.phones}::text[]) with ordinality as t (n, i)
      ), a as (
        insert into addresses (tenant_id, id, contact_id, kind, street, postal_code, city, country, position)
        select ${tenantId}, gen_random_uuid(), c.id, split_part(n, '|', 1), split_part(n, '|', 2),
          split_part(n, '|', 3), split_part(n, '|', 4), split_part(n, '|', 5), i
        from c, unnest(${made.places}::text[]) with ordinality as t (n, i)
      ), t as (
        insert into tags (tenant_id, id, name, created_at)
        select ${tenantId}, gen_random_uuid(), n, ${now()}::timestamptz from unnest(${made.tags}::text[]) as t (n)
        on conflict (tenant_id, name_key) do update set name = excluded.name
        returning id
      ), x as (
        insert into contact_tags (tenant_id, tag_id, contact_id)
        select ${tenantId}, t.id, c.id from t, c
      ), o as (
        insert into companies (tenant_id, id, name, last_touch_at, created_at, updated_at)
        select ${tenantId}, gen_random_uuid(), ${made.company}, ${now()}, ${now()}, ${now()}
        where ${made.company} <> ''
          and not exists (select from companies where tenant_id = ${tenantId} and name = ${made.company})
        returning id
      )
      insert into affiliations (tenant_id, id, contact_id, company_id, department, is_primary)
      select ${tenantId}, gen_random_uuid(), c.id, o.id, 'Einkauf', true
      from c, (
        select id from o
        union
        select id from companies where tenant_id = ${tenantId} and name = ${made.company}
      ) o
    `;
  }
}

for (const format of exports.formats) {
  Deno.test(`what is exported as ${format} is imported again unchanged`, async () => {
    const { test } = await cast();
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { minLength: 1, maxLength: 8 }), async (all) => {
        const from = await person(test, await tenant(test, "Von"), "Alice Aus", "owner");
        const into = await person(test, await tenant(test, "Nach"), "Bert Ein", "owner");
        await enter(from, all);
        await importAll(into, fileOf(await file(from, { format })));
        deepEqual(await essence(into), await essence(from));
      }),
      { numRuns: 6 },
    );
  });
}

Deno.test("companies are exported and imported again", async () => {
  const { alice, test } = await cast();
  const csv = "Firma;USt-IdNr.;Branche;Straße;PLZ;Ort;Telefon;E-Mail;Gehört zu\n" +
    "Röder GmbH;DE129273398;Handel;Hauptstr. 1;10115;Berlin;030 123456;info@roeder.example;Gross AG\n" +
    "Groß AG;;;;;;;;\n";
  await importAll(alice, fileOf(csv));
  const shape = async (who: Person) =>
    (await who.test.db.owner`
      select c.name, c.legal_form, c.vat_id, c.industry,
        (select o.name from companies o where o.id = c.parent_id) as parent,
        array(select address from emails e where e.company_id = c.id) as emails,
        array(select number from phones p where p.company_id = c.id) as phones,
        array(select concat_ws('|', street, postal_code, city, country) from addresses a where a.company_id = c.id) as addresses
      from companies c
      where c.tenant_id = ${who.tenantId}
      order by c.name
    `).map((row) => ({ ...row }));
  equal((await shape(alice)).length, 2);
  for (const format of exports.formats) {
    const into = await person(test, await tenant(test, `Nach ${format}`), "Bert Ein", "owner");
    await importAll(into, fileOf(await file(alice, { kind: "companies", format })));
    const expected = await shape(alice);
    equal(expected[1]!.parent, "Groß AG");
    // A card has no place for it.
    if (format.startsWith("vcf")) { for (const company of expected) company.parent = null; }
    deepEqual(await shape(into), expected, format);
  }
});
