/** Cards that are written as JSContact or as XML: the same persons as of lines. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const eva = {
  "@type": "Card",
  version: "1.0",
  uid: "urn:uuid:0c2f8a00-0000-4000-8000-000000000001",
  kind: "individual",
  name: {
    components: [
      { kind: "title", value: "Dr." },
      { kind: "given", value: "Eva" },
      { kind: "given2", value: "Maria" },
      { kind: "separator", value: " " },
      { kind: "surname", value: "von Groß" },
      { kind: "credential", value: "MBA" },
    ],
    isOrdered: true,
  },
  organizations: {
    o1: { name: "Groß; Söhne, Ulm", units: [{ name: "Einkauf" }] },
    o2: { name: "Klein AG" },
  },
  titles: {
    t1: { kind: "title", name: "Beirätin", organizationId: "o2" },
    t2: { kind: "title", name: "Leiterin", organizationId: "o1" },
    t3: { kind: "role", name: "Entscheiderin" },
  },
  emails: {
    e1: { address: "eva@privat.example", contexts: { private: true }, pref: 2 },
    e2: { address: "eva@gross.example", contexts: { work: true }, pref: 1 },
  },
  phones: {
    p1: { number: "tel:+49-731-1234-12", contexts: { work: true }, features: { voice: true } },
    p2: { number: "0171 2345678", features: { mobile: true } },
    p3: { number: "+49 731 123499", features: { fax: true }, contexts: { work: true } },
  },
  addresses: {
    a1: {
      contexts: { private: true },
      components: [
        { kind: "name", value: "Ring" },
        { kind: "number", value: "1" },
        { kind: "apartment", value: "Hinterhaus" },
        { kind: "postcode", value: "89073" },
        { kind: "locality", value: "Ulm" },
        { kind: "country", value: "Deutschland" },
      ],
      countryCode: "DE",
      full: "Ring 1\n89073 Ulm",
    },
    a2: { contexts: { work: true }, full: "Am Markt 2\n80331 München" },
  },
  anniversaries: {
    b1: { kind: "wedding", date: { year: 2009, month: 8, day: 8 } },
    b2: { kind: "birth", date: { "@type": "PartialDate", month: 5, day: 2 } },
  },
  speakToAs: { grammaticalGender: "feminine" },
  preferredLanguages: { l1: { language: "en", pref: 2 }, l2: { language: "de", pref: 1 } },
  notes: { n1: { note: "eins, zwei\ndrei" } },
  keywords: { Kunden: true, "Messe 3": true, nie: false },
  links: { l1: { uri: "https://gross.example/a,b" } },
};

Deno.test("a JSContact card is the person that it describes", async () => {
  const { inspection, records: [record] } = await importAll(
    sourceOf(`\ufeff\n${JSON.stringify(eva, null, 1)}`, 7),
  );
  equal(inspection.plan.format, "vcard");
  const contact = record!.contact!;
  deepEqual(
    [contact.title, contact.firstName, contact.namePrefix, contact.lastName, contact.suffix],
    ["Dr.", "Eva Maria", "von", "Groß", "MBA"],
  );
  deepEqual(record!.companies.map(({ name, role, department }) => [name, role, department]), [
    ["Groß; Söhne, Ulm", "Leiterin", "Einkauf"],
    ["Klein AG", "Beirätin", ""],
  ]);
  equal(contact.role, "Entscheiderin");
  deepEqual(contact.emails, [
    { address: "eva@gross.example", kind: "work" },
    { address: "eva@privat.example", kind: "home" },
  ]);
  deepEqual(contact.phones.map(({ number, kind }) => [number, kind]), [
    ["+49731123412", "work"],
    ["+491712345678", "mobile"],
    ["+49731123499", "fax"],
  ]);
  const [home] = contact.addresses;
  deepEqual(
    [home?.street, home?.extra, home?.postalCode, home?.city, home?.country, home?.kind],
    ["Ring 1", "Hinterhaus", "89073", "Ulm", "DE", "home"],
  );
  deepEqual([contact.birthday, contact.salutation, contact.language], ["--05-02", "ms", "de"]);
  deepEqual([contact.notes, contact.tags], ["eins, zwei\ndrei", ["Kunden", "Messe 3"]]);
  equal(contact.website, "https://gross.example/a,b");
  equal(contact.uid, "0c2f8a00-0000-4000-8000-000000000001");
  const [left] = record!.warnings.filter(({ code }) => code === "properties_left_out");
  ok(String(left?.params.names).includes("ANNIVERSARY"));
});

Deno.test("cards come alone, in a list, one a line, or in an answer of JMAP", async () => {
  const one = JSON.stringify(eva);
  const answer = { methodResponses: [["ContactCard/get", { list: [eva, eva] }, "0"]] };
  for (
    const [text, count] of [
      [one, 1],
      [`[${one},${one}]`, 2],
      [`${one}\n${one}\r\n${one}\n`, 3],
      [JSON.stringify(answer, null, 2), 2],
    ] as const
  ) {
    const { inspection, records } = await importAll(sourceOf(text));
    deepEqual([inspection.records, records.length], [count, count]);
    ok(records.every(({ contact }) => contact?.lastName === "Groß"));
  }
  await rejects(importAll(sourceOf(one.slice(0, -9))), /json_broken/);
});

Deno.test("drafts of JSContact, groups, companies and empty values are what they are", async () => {
  const draft = {
    "@type": "Card",
    fullName: "Joe User",
    kind: "individual",
    name: [{ type: "given", value: "Joe" }],
    preferredLanguages: { fr: [{ pref: 1 }], en: [{ pref: 2 }] },
    titles: { t: { name: "Research Scientist" } },
    addresses: {
      a: {
        contexts: { work: true },
        street: [{ type: "name", value: "4321 Rue Somewhere" }],
        locality: "Quebec",
        region: "QC",
        postcode: "G1V 2M2",
        country: "Canada",
      },
      b: { contexts: { private: true }, fullAddress: "Ring 1\n89073 Ulm" },
    },
    phones: { p: { number: "tel:+1-555-555-1234;ext=102", features: { voice: true } } },
    emails: { e: { email: "joe@user.example" } },
    notes: "nur ein Text",
  };
  const company = {
    "@type": "Card",
    fullName: "Netz GmbH",
    kind: "org",
    phones: { p: { number: "" } },
    emails: {},
  };
  const group = { "@type": "Card", kind: "group", fullName: "alle", members: { x: true } };
  const { records } = await importAll(sourceOf(JSON.stringify([group, draft, company])));
  equal(records[0]?.skipped, "group_card");
  const joe = records[1]?.contact;
  deepEqual([joe?.firstName, joe?.lastName, joe?.position], ["Joe", "User", "Research Scientist"]);
  deepEqual([joe?.notes, joe?.emails[0]?.address], ["nur ein Text", "joe@user.example"]);
  deepEqual(joe?.addresses.map(({ city, country }) => [city, country]), [
    ["Quebec", "CA"],
    ["Ulm", "DE"],
  ]);
  deepEqual([records[2]?.contact, records[2]?.companies[0]?.name], [null, "Netz GmbH"]);
  deepEqual(records[2]?.companies[0]?.phones, []);
});

const xcard = (inner: string, prefix = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${prefix}vcards xmlns${
    prefix && `:${prefix.slice(0, -1)}`
  }="urn:ietf:params:xml:ns:vcard-4.0">${inner}</${prefix}vcards>`;

Deno.test("a card written as XML is read like any other", async () => {
  const inner = `<vcard>
    <fn><text>Dr. Eva Groß</text></fn>
    <n><surname>Groß</surname><given>Eva</given><given>Maria</given><additional/>
      <prefix>Frau</prefix><prefix>Dr.</prefix><suffix>MBA</suffix></n>
    <bday><date>--0203</date></bday>
    <gender><sex>F</sex></gender>
    <lang><parameters><pref><integer>1</integer></pref></parameters>
      <language-tag>de</language-tag></lang>
    <org><text>Groß; Söhne, Ulm</text><text>Einkauf</text></org>
    <adr><parameters><type><text>work</text></type><label><text>Ring 1</text></label></parameters>
      <pobox/><ext/><street>Ring 1</street><locality>Ulm</locality><region/>
      <code>89073</code><country>Deutschland</country></adr>
    <group name="item1"><tel>
      <parameters><type><text>work</text><text>voice</text></type></parameters>
      <uri>tel:+49-731-1234;ext=12</uri></tel>
      <x-ablabel><text>_$!&lt;Work&gt;!$_</text></x-ablabel></group>
    <email><parameters><type><text>work</text></type></parameters>
      <text>eva@gross.example</text></email>
    <categories><text>Kunden</text><text>Messe, Halle 3</text></categories>
    <note><text>eins &amp; zwei
drei</text></note>
    <url><uri>https://gross.example/?a=1,b</uri></url>
    <x-custom>lose</x-custom>
  </vcard>
  <vcard><fn><text>Netz GmbH</text></fn><kind><text>org</text></kind></vcard>`;
  for (
    const text of [
      xcard(inner),
      xcard(inner.replace(/<(\/?)(\w)/g, "<$1v:$2"), "v:"),
    ]
  ) {
    const { inspection, records } = await importAll(sourceOf(text, 50));
    deepEqual([inspection.plan.format, inspection.records], ["vcard", 2]);
    const contact = records[0]!.contact!;
    deepEqual(
      [contact.salutation, contact.title, contact.firstName, contact.lastName, contact.suffix],
      ["ms", "Dr.", "Eva Maria", "Groß", "MBA"],
    );
    deepEqual([contact.birthday, contact.language], ["--02-03", "de"]);
    deepEqual(
      [records[0]!.companies[0]?.name, records[0]!.companies[0]?.department],
      ["Groß; Söhne, Ulm", "Einkauf"],
    );
    deepEqual([contact.addresses.length, contact.addresses[0]?.city], [1, "Ulm"]);
    deepEqual(contact.phones.map(({ number }) => number), ["+497311234;ext=12"]);
    deepEqual([contact.notes, contact.tags[0]], ["eins & zwei\ndrei", "Kunden"]);
    equal(contact.website, "https://gross.example/?a=1,b");
    deepEqual([records[1]?.contact, records[1]?.companies[0]?.name], [null, "Netz GmbH"]);
  }
});

Deno.test("XML that is no card, or a broken one, is refused by name", async () => {
  await rejects(importAll(sourceOf('<?xml version="1.0"?><list><a/></list>')), /xml/);
  await rejects(importAll(sourceOf(xcard("<vcard><fn>"))), /xml_broken/);
  const entity = xcard("").replace("?>", '?><!DOCTYPE vcards [<!ENTITY a "b">]>');
  await rejects(importAll(sourceOf(entity)), /xml_broken/);
  await rejects(importAll(sourceOf(xcard(""))), /unknown_format/);
});
