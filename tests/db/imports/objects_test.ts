/** JSON lists: plain, wrapped, nested, broken. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { objects } from "../../../db/imports/objects.ts";
import { Unreadable } from "../../../db/imports/problems.ts";
import { importAll, sourceOf } from "./sources.ts";

const people = [
  {
    id: 1,
    firstName: "Max",
    lastName: "Muster",
    emails: [{ type: "work", value: "max@muster.example" }],
  },
  {
    id: 2,
    firstName: "Eva",
    lastName: "Beispiel",
    address: { street: "Weg 1", zip: "10115", city: "Berlin" },
    tags: ["VIP", "Messe"],
  },
];

Deno.test("a list of objects is read with nested addresses, mailboxes and tags", async () => {
  const { inspection, records } = await importAll(sourceOf(JSON.stringify(people), 5));
  equal(inspection.plan.format, "json");
  deepEqual(records.map((it) => it.contact?.lastName), ["Muster", "Beispiel"]);
  equal(records[0]?.contact?.emails[0]?.address, "max@muster.example");
  equal(records[1]?.contact?.addresses[0]?.city, "Berlin");
  deepEqual(records[1]?.contact?.tags, ["VIP", "Messe"]);
  equal(records[1]?.row, 2);
});

Deno.test("a list inside an object is found", async () => {
  const { records } = await importAll(
    sourceOf(JSON.stringify({ exported: "2026", contacts: people })),
  );
  equal(records.length, 2);
  equal(records[0]?.contact?.uid, "1");
});

Deno.test("objects, one per line, are a list", async () => {
  const lines = ["Eva", "Max", "Mia"].map((firstName) =>
    JSON.stringify({ firstName, lastName: "Groß", note: "a {b}\n{c}" })
  );
  for (const end of ["\n", "\r\n", "\n\n"]) {
    for (const size of [1, 7, 65_536]) {
      const { records } = await importAll(sourceOf(lines.join(end) + end, size));
      deepEqual(records.map(({ contact }) => contact?.firstName), ["Eva", "Max", "Mia"]);
      equal(records[0]!.contact!.notes, "a {b}\n{c}");
    }
  }
});

Deno.test("broken JSON, too deep JSON and endless objects are refused", async () => {
  const code = (content: string) =>
    importAll(sourceOf(content)).then(() => "read", (error) => error.code);
  equal(await code('[{"name": "Max"}, {"name": '), "json_broken");
  equal(await code('[{"name": "Max"} oops]'), "json_broken");
  equal(await code(`[${"[".repeat(100)}`), "json_shape");
  equal(await code(`[{"name":"${"x".repeat(1_200_000)}"}]`), "record_too_long");
  await rejects(importAll(sourceOf('{"name": "Max"}')), Unreadable);
});

const records = async (file: unknown) => (await importAll(sourceOf(JSON.stringify(file)))).records;

Deno.test("an endless object among objects on lines of their own is not held whole", async () => {
  let pieces = 0;
  async function* endless() {
    yield `${'{"name": "Max"}\n'.repeat(10_000)}{"name": "`;
    for (; pieces < 200; pieces++) yield "x".repeat(64 * 1024);
  }
  const all = Array.fromAsync(objects(endless()));
  await rejects(all, (error) => (error as Unreadable).code === "record_too_long");
  ok(pieces < 20, `${pieces} pieces of 64 KB`);
});

Deno.test("lists in what interfaces answer with are found, one or two names deep", async () => {
  const [one] = await records({ data: { people }, totalCount: 2 });
  equal(one?.contact?.lastName, "Muster");
  const edges = people.map((node) => ({ node, cursor: "x" }));
  const [two, three] = await records({ data: { people: { edges, pageInfo: { end: "x" } } } });
  deepEqual([two?.contact?.lastName, three?.contact?.addresses[0]?.city], ["Muster", "Berlin"]);
  const plain = await records({ meta: { errors: [{ text: "x" }] }, results: people });
  equal(plain.length, 2);
});

Deno.test("inner names of an object say what they are, and a flag is no number", async () => {
  const [record] = await records([{
    first_name: "Eva",
    last_name: "Groß",
    gender: "Woman",
    information: {
      career: { job: "Leiterin", company: "Berg AG" },
      dates: { birthdate: { date: "1980-02-03T00:00:00Z" } },
    },
    addresses: [{ streetAddress: "Ring 1", city: "Lyon", country: { name: "France", iso: "FR" } }],
    tags: [{ id: 1, name: "VIP" }],
    phone: [{ label: "mobile", value: "06 12 34 56 78", primary: true }],
    owner_id: { name: "Tom", email: "tom@house.example" },
    hs_email_optout: "true",
  }]);
  const contact = record!.contact!;
  equal(contact.salutation, "ms");
  deepEqual([contact.position, record!.companies[0]?.name], ["Leiterin", "Berg AG"]);
  equal(contact.birthday, "1980-02-03");
  deepEqual(contact.addresses.map(({ street, country }) => [street, country]), [["Ring 1", "FR"]]);
  deepEqual(contact.tags, ["VIP"]);
  deepEqual(contact.phones.map(({ number }) => number), ["+33612345678"]);
  deepEqual(contact.emails, []);
  deepEqual(contact.objections, ["email"]);
  deepEqual(record!.warnings, []);
});

Deno.test("birthdays and lands of address books on the net are read", async () => {
  const [google] = await records({
    connections: [{
      names: [{ givenName: "Eva", familyName: "Groß" }],
      birthdays: [{ date: { year: 1980, month: 2, day: 3 } }],
    }],
  });
  equal(google?.contact?.birthday, "1980-02-03");
  const [graph] = await records({
    value: [{
      givenName: "Eva",
      surname: "Groß",
      businessAddress: { street: "Rue 1", city: "Lyon", countryOrRegion: "Frankreich" },
    }],
  });
  equal(graph?.contact?.addresses[0]?.country, "FR");
});

Deno.test("values within objects are what their names say together", async () => {
  const read = async (object: unknown) => {
    const { records } = await importAll(sourceOf(JSON.stringify([object])));
    const [{ contact, companies } = { contact: null, companies: [] }] = records;
    return { contact: contact!, company: companies[0] };
  };
  const twenty = await read({
    name: { firstName: "Anna", lastName: "Amsel" },
    emails: { primaryEmail: "a@x.example", additionalEmails: ["b@x.example"] },
    phones: {
      primaryPhoneNumber: "1711234567",
      primaryPhoneCountryCode: "DE",
      primaryPhoneCallingCode: "+49",
    },
    company: { id: "1", name: "Nest GmbH" },
  });
  deepEqual([twenty.contact.firstName, twenty.contact.lastName, twenty.company?.name], [
    ...["Anna", "Amsel", "Nest GmbH"],
  ]);
  deepEqual(twenty.contact.emails.map(({ address }) => address), ["a@x.example", "b@x.example"]);
  deepEqual(twenty.contact.phones.map(({ number }) => number), ["+491711234567"]);
  const native = await read({
    givenName: "Anna",
    familyName: "Amsel",
    emailAddresses: [{ label: "work", value: "a@x.example" }, {
      label: "home",
      value: "b@x.example",
    }],
    urlAddresses: [{ label: "homepage", value: "https://x.example" }],
    postalAddresses: [
      {
        label: "work",
        value: { ISOCountryCode: "de", street: "Weg 1", city: "Ulm", postalCode: "89073" },
      },
      {
        label: "home",
        value: { ISOCountryCode: "at", street: "Ring 2", city: "Wien", postalCode: "1010" },
      },
    ],
  });
  deepEqual(native.contact.emails.map(({ address, kind }) => [address, kind]), [
    ["a@x.example", "work"],
    ["b@x.example", "home"],
  ]);
  deepEqual(native.contact.addresses.map((it) => [it.kind, it.street, it.city, it.country]), [
    ["work", "Weg 1", "Ulm", "DE"],
    ["home", "Ring 2", "Wien", "AT"],
  ]);
  equal(native.contact.website, "https://x.example");
  const civi = await read({
    first_name: "Anna",
    last_name: "Amsel",
    "prefix_id:label": "Frau",
    "email_primary.email": "a@x.example",
    "phone_primary.phone": "030 123456",
    "address_primary.postal_code": "10115",
    "address_primary.country_id:label": "Germany",
    "employer_id.display_name": "Nest GmbH",
  });
  deepEqual(
    [civi.contact.salutation, civi.contact.emails[0]?.address, civi.contact.phones[0]?.number],
    ["ms", "a@x.example", "+4930123456"],
  );
  deepEqual([civi.contact.addresses[0]?.country, civi.company?.name], ["DE", "Nest GmbH"]);
  const google = await read({
    names: [{ givenName: "Anna", familyName: "Amsel", honorificPrefix: "Dr." }],
    organizations: [{ name: "Nest GmbH", title: "CTO", department: "IT" }, { name: "Alt AG" }],
    biographies: [{ value: "Ruft an.", contentType: "TEXT_PLAIN" }],
    emailAddresses: [{ name: "Anna", address: "a@x.example" }, { address: "b@x.example" }],
  });
  const { title, position, department, notes, emails } = google.contact;
  deepEqual([title, position, department, notes, emails.length], [
    ...["Dr.", "CTO", "IT", "Ruft an.", 2],
  ]);
  equal(google.company?.name, "Nest GmbH");
});

Deno.test("an object by itself with a name and a mailbox is a record, not the lists in it", async () => {
  const person = {
    id: 1,
    name: "Eva Groß",
    emails: [{ type: "work", value: "eva@gross.example" }],
    phones: [{ type: "mobile", number: "0171 3920011" }],
  };
  for (const text of [JSON.stringify(person), `\ufeff${JSON.stringify(person, null, 2)}\n`]) {
    for (const size of [3, 65_536]) {
      const { records } = await importAll(sourceOf(text, size));
      deepEqual(records.map(({ contact }) => [contact?.lastName, contact?.phones[0]?.number]), [
        ["Groß", "+491713920011"],
      ]);
    }
  }
  const envelope = { name: "Export", email: "it@firma.example", contacts: people };
  deepEqual((await records(envelope)).map(({ contact }) => contact?.lastName), [
    "Muster",
    "Beispiel",
  ]);
});

Deno.test("one object that is nested thousands of levels deep is refused like any other", async () => {
  const text = `{"name":"Eva","email":"a@b.example",${'"a":{'.repeat(9_000)}"b":1${
    "}".repeat(9_001)
  }`;
  await rejects(importAll(sourceOf(text, 65_536)), Unreadable);
});
