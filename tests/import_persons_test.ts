/** Persons of an import: all of a row in the preview, and those known by name and company only. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { elapsed } from "../db/clock.ts";
import * as cardFiles from "../db/imports/card_files.ts";
import * as imports from "../db/imports.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { check, fileOf, grounds, importAll, run, upload } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

Deno.test("imported persons and companies are given to the owner in the form", async () => {
  const { alice, bob, charlie } = await cast();
  const rows = fileOf("Vorname;Nachname;Firma\nAnna;Amsel;Nest GmbH\nBodo;Bussard;");
  const id = await upload(alice, rows);
  const foreign = await alice.post(`/imports/${id}`, { ...grounds, ownerId: charlie.userId });
  equal(foreign.status, 422);
  match(await text(foreign), /Zuständig für alle Zeilen: Diese Person/);
  await check(alice, id, { ownerId: bob.userId });
  await run(alice, id);
  const owners = await alice.test.db.owner`
    select owner_id from contacts where import_id = ${id}
    union all select owner_id from companies where import_id = ${id}
  `;
  deepEqual(owners.map((row) => row.ownerId), [bob.userId, bob.userId, bob.userId]);
  const other = await importAll(alice, fileOf("Nachname;Firma\nFalke;Horst AG"));
  const [left] = await alice.test.db.owner`
    select owner_id from contacts where import_id = ${other}
  `;
  equal(left!.ownerId, null, "nobody is chosen unasked");
});

for (const parting of ["deactivated", "erased"] as const) {
  Deno.test(`an owner who is ${parting} before the import runs is given nothing, and it runs`, async () => {
    const { alice, bob, test: { db } } = await cast();
    const id = await upload(alice, fileOf("Vorname;Nachname;Firma\nAnna;Amsel;Nest GmbH\n"));
    await check(alice, id, { ownerId: bob.userId });
    await (parting === "erased"
      ? db.owner`delete from users where tenant_id = ${alice.tenantId} and id = ${bob.userId}`
      : db.owner`
          update users
          set deactivated_at = now()
          where tenant_id = ${alice.tenantId}
            and id = ${bob.userId}
        `);
    await run(alice, id);
    const owners = await db.owner`
      select owner_id from contacts where import_id = ${id}
      union all select owner_id from companies where import_id = ${id}
    `;
    deepEqual(owners.map((row) => row.ownerId), [null, null]);
  });
}

Deno.test("of rows of one address the one with a name is the person, however late it comes", async () => {
  const { alice } = await cast();
  const others = Array.from({ length: 900 }, (_, at) => `V${at};N${at};n${at}@x.example`);
  const rows = [
    ";;amsel@x.example",
    ";;allein@x.example",
    ";;amsel@x.example",
    ...others,
    "Anna;Amsel;amsel@x.example",
  ];
  const id = await importAll(alice, fileOf(["Vorname;Nachname;E-Mail", ...rows].join("\n")));
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  deepEqual([counts.contacts, counts.duplicates, counts.records], [902, 2, 904]);
  const found = await alice.test.db.owner`
    select c.first_name, c.last_name
    from contacts c
    join emails e on e.tenant_id = c.tenant_id and e.contact_id = c.id
    where c.tenant_id = ${alice.tenantId}
      and e.address in ('amsel@x.example', 'allein@x.example')
    order by e.address
  `;
  deepEqual(found.map(({ firstName, lastName }) => [firstName, lastName]), [
    ["", "allein@x.example"],
    ["Anna", "Amsel"],
  ]);
  match(await text(await alice.get(`/imports/${id}?rows=duplicate`)), /Zeile 905: Anna Amsel/);
});

Deno.test("the preview shows all persons of a row", async () => {
  const { alice } = await cast();
  const id = await upload(
    alice,
    fileOf(
      "Firma;Ansprechpartner 1;Telefon 1;Ansprechpartner 2;E-Mail AP 2;Ansprechpartner 3;Ort\n" +
        "Röder GmbH;Eva Groß;030 1234567;Jan Weber;weber@roeder.example;Ute Klein;Berlin\n" +
        "Bau AG;Max Ernst;;;;;Köln\n",
    ),
  );
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /2 Eva Groß .*2 Jan Weber .*weber@roeder\.example.*2 Ute Klein .*3 Max Ernst/);
});

Deno.test("rows of nothing but name and company find their persons, however many these are", async () => {
  const { alice } = await cast();
  const many = 1500;
  const rows = Array.from({ length: many }, (_, at) => `Vor${at};Nach${at};Große Firma AG`);
  const file = ["Vorname;Nachname;Firma", ...rows].join("\n");
  await importAll(alice, fileOf(file));
  const start = elapsed();
  const id = await upload(alice, fileOf(file));
  await check(alice, id);
  const took = elapsed() - start;
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  equal(counts.duplicates, many);
  equal(counts.contacts, 0);
  ok(took < 15_000, `${Math.round(took)} ms`);
});

Deno.test("cards are counted without being read", () => {
  const count = new cardFiles.CardCount();
  const file = "\ufeffBEGIN:VCARD\r\nAGENT:\r\nBEGIN:VCARD\r\nEND:VCARD\r\nEND:VCARD\r\n" +
    "begin : vcard\nNOTE:BEGIN:VCARD is no card\nend:vcard\n";
  for (const character of file) count.take(character);
  equal(count.count, 2);
});

Deno.test("the preview shows whose customer numbers these are, and it can be changed", async () => {
  const { alice } = await cast();
  const swiss = "Vorname;Name;PLZ;Ort;Telefon\nUrs;Müller;8001;Zürich;044 123 45 67\n" +
    "Regula;Meier;6003;Luzern;041 123 45 67\n";
  const id = await upload(alice, fileOf(swiss));
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /wie in Schweiz\. Dafür sprechen: .*Postleitzahlen \(2\)/);
  const changed = await alice.post(`/imports/${id}/reading`, { country: "AT" });
  equal(changed.status, 303);
  await alice.post(`/imports/${id}/reading`, { country: "AT", header: "1" });
  const { options } = await alice.scope((scope) => imports.find(scope, id));
  equal(options?.plan.country, "AT");
});

Deno.test("one column of names: the preview shows what was recognised, and another choice is kept", async () => {
  const { alice } = await cast();
  const list =
    "Name;Straße;PLZ;Ort\nAnna Berg;Weg 1;10115;Berlin\nAutohaus Meier;Weg 2;10117;Berlin\n" +
    "Nordlicht;Weg 3;10119;Berlin\n";
  const id = await upload(alice, fileOf(list));
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /lesen sich 1 als Personen, 1 als Firmen; 1 könnten beides sein/);
  match(page, /Anna Berg Kontakt .*Autohaus Meier Firma/);
  await check(alice, id, { kind: "companies", "target.c0": "name" });
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  deepEqual([counts.contacts, counts.companies], [0, 3]);
});

Deno.test("an address book in LDIF is shown, tried, imported and found again", async () => {
  const { alice } = await cast();
  const book = fileOf(
    [
      "dn: cn=Ada Berg,mail=ada@example.org",
      "objectclass: person",
      "objectclass: mozillaAbPersonAlpha",
      "givenName: Ada",
      "sn: Berg",
      "mail: ada@example.org",
      "o: Berg GmbH",
      "",
      "dn: cn=Verteiler",
      "objectclass: groupOfNames",
      "cn: Verteiler",
      "member: cn=Ada Berg,mail=ada@example.org",
    ].join("\n"),
    "adressen.ldif",
  );
  const id = await upload(alice, book);
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /Ada Berg/);
  match(page, /Die Felder eines Adressbuchs haben eine feste Bedeutung/);
  await check(alice, id);
  await alice.post(`/imports/${id}/run`);
  await drain(alice.test);
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  equal(counts.contacts, 1);
  equal(counts.companies, 1);
  match(
    await text(await alice.get(`/imports/${id}?rows=skipped`)),
    /Das ist eine Gruppe, kein Kontakt/,
  );
  const again = await upload(alice, book);
  await check(alice, again);
  const second = await alice.scope((scope) => imports.find(scope, again));
  deepEqual([second.counts.contacts, second.counts.duplicates], [0, 1]);
});

Deno.test("rows below each other about one person become one with all addresses", async () => {
  const { alice } = await cast();
  const ahead = Array.from({ length: 398 }, (_, at) => `${at};V${at};N${at};;n${at}@x.example;`);
  const rows = [
    "Kundennr;Vorname;Nachname;Firma;E-Mail;Telefon",
    ...ahead,
    "1001;Anna;Amsel;Nest GmbH;anna@nest.example;",
    "1001;Anna;Amsel;Nest GmbH;a.amsel@privat.example;",
    "1001;Anna;Amsel;Nest GmbH;;030 1234567",
    "1001;Bodo;Amsel;Nest GmbH;bodo@nest.example;",
    "1002;Bodo;Amsel;Nest GmbH;bodo2@nest.example;",
    "1002;Bodo;Amsel;Nest GmbH;bodo2@nest.example;",
  ];
  const id = await importAll(alice, fileOf(rows.join("\n")));
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  deepEqual(
    [counts.contacts, counts.companies, counts.skipped, counts.duplicates, counts.records],
    [401, 1, 2, 1, 404],
  );
  const found = await alice.test.db.owner`
    select c.first_name,
      array(select address from emails e where e.contact_id = c.id order by position) as emails,
      array(select number from phones p where p.contact_id = c.id) as phones
    from contacts c
    where c.tenant_id = ${alice.tenantId}
      and c.last_name = 'Amsel'
    order by c.first_name, c.customer_number
  `;
  deepEqual(found.map(({ firstName, emails, phones }) => [firstName, emails, phones]), [
    ["Anna", ["anna@nest.example", "a.amsel@privat.example"], ["+49301234567"]],
    ["Bodo", ["bodo@nest.example"], []],
    ["Bodo", ["bodo2@nest.example"], []],
  ]);
  match(
    await text(await alice.get(`/imports/${id}?rows=skipped`)),
    /Diese Zeile gehört zu einer Person weiter oben und ergänzt sie/,
  );
});

Deno.test("a report of nothing but skipped rows shows them without being asked", async () => {
  const { alice } = await cast();
  const id = await upload(
    alice,
    fileOf("Kundennr;Vorname;Nachname;E-Mail\n1;Anna;Amsel;a@x.example\n1;Anna;Amsel;b@x.example"),
  );
  await check(alice, id);
  match(await text(await alice.get(`/imports/${id}`)), /Diese Zeile gehört zu einer Person/);
});

Deno.test("what only a joined row says is not lost, and what the row above says stays", async () => {
  const { alice } = await cast();
  const rows = [
    "Kundennr;Vorname;Nachname;Titel;E-Mail;Webseite;Geburtstag",
    "7;Anna;Amsel;Dr.;anna@nest.example;;02.03.1980",
    "7;Anna;Amsel;;a.amsel@privat.example;https://amsel.example;",
    "7;Anna;Amsel;Prof.;anna@verein.example;https://anders.example;",
  ];
  const id = await importAll(alice, fileOf(rows.join("\n")));
  const { counts } = await alice.scope((scope) => imports.find(scope, id));
  deepEqual([counts.contacts, counts.skipped], [1, 2]);
  const [found] = await alice.test.db.owner`
    select title, website, birthday
    from contacts
    where tenant_id = ${alice.tenantId}
      and last_name = 'Amsel'
  `;
  deepEqual({ ...found }, {
    title: "Dr.",
    website: "https://amsel.example",
    birthday: "1980-03-02",
  });
});
