/** Phone books of routers and desk phones: the persons and companies they name, with the numbers of each. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

const entry = (name: string, numbers: string, more = "") =>
  `<contact><category>0</category><person><realName>${name}</realName></person>` +
  `<telephony nid="1">${numbers}</telephony>${more}<setup/><uniqueid>24</uniqueid></contact>`;
const book = (...entries: string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\r\n<phonebooks>\r\n<phonebook owner="1" name="Telefonbuch">` +
  `${entries.join("\r\n")}</phonebook></phonebooks>`;
const number = (type: string, text: string, prio = 0) =>
  `<number type="${type}" prio="${prio}" id="0">${text}</number>`;

Deno.test("a FRITZ!Box lists persons and companies with their numbers", async () => {
  const { inspection, records } = await importAll(sourceOf(book(
    entry(
      "Groß, Eva",
      number("home", "030 1234567") + number("mobile", "0171 2345678", 1),
      `<services><email classifier="private" id="0">eva@gross.example</email></services>`,
    ),
    entry(
      "Elektro Klein &amp; Söhne GmbH",
      number("work", "0221 998877") + number("fax_work", "0221 998879"),
    ),
    entry("Klein, Tom (Klein AG)", number("work", "0221 998878")),
  )));
  equal(inspection.plan.format, "vcard");
  const [eva, company, tom] = records;
  deepEqual([eva!.contact!.firstName, eva!.contact!.lastName], ["Eva", "Groß"]);
  deepEqual(eva!.contact!.phones.map(({ number, kind }) => [number, kind]), [
    ["+491712345678", "mobile"],
    ["+49301234567", "home"],
  ]);
  deepEqual(eva!.contact!.emails, [{ address: "eva@gross.example", kind: "home" }]);
  // The box renumbers its entries: its numbers are no identifiers of persons.
  equal(eva!.contact!.uid, "");
  deepEqual([company!.contact, company!.companies[0]!.name], [null, "Elektro Klein & Söhne GmbH"]);
  deepEqual(company!.companies[0]!.phones.map(({ kind }) => kind), ["work", "fax"]);
  deepEqual([tom!.contact!.lastName, tom!.companies[0]!.name], ["Klein", "Klein AG"]);
});

Deno.test("devices of the phone system are no persons, and nobody without a name is taken for one", async () => {
  const { records } = await importAll(sourceOf(book(
    entry("Küche", number("intern", "**610")),
    entry("", number("home", "030 1234567")),
    entry("Eva Groß", number("memo", "**600") + number("home", "030 7654321")),
  )));
  deepEqual(records.map(({ skipped }) => skipped), ["thing_card", null, null]);
  equal(records[1]!.warnings[0]!.code, "name_from_number");
  deepEqual(records[2]!.contact!.phones.map(({ number }) => number), ["+49307654321"]);
});

Deno.test("desk phones write theirs each in its own way", async () => {
  const books = [
    `<YealinkIPPhoneDirectory><DirectoryEntry><Name>Eva Groß</Name><Telephone>0301234567</Telephone>` +
    `</DirectoryEntry></YealinkIPPhoneDirectory>`,
    `<YealinkIPPhoneBook><Title>Kunden</Title><Menu Name="Alle"><Unit Name="Eva Groß" Phone1="0301234567"` +
    ` Phone2="" default_photo="Resource:"/></Menu></YealinkIPPhoneBook>`,
    `<?xml version="1.0"?><AddressBook><pbgroup><id>1</id><name>Kunden</name></pbgroup><Contact>` +
    `<LastName>Groß</LastName><FirstName>Eva</FirstName><Phone type="Work"><phonenumber>0301234567` +
    `</phonenumber><accountindex>0</accountindex></Phone></Contact></AddressBook>`,
    `<tbook><item context="active" type="none"><name>Eva Groß</name><number>0301234567</number></item></tbook>`,
  ];
  for (const text of books) {
    const { records } = await importAll(sourceOf(text));
    const { contact } = records[0]!;
    deepEqual(
      [records.length, contact?.firstName, contact?.lastName, contact?.phones[0]?.number],
      [1, "Eva", "Groß", "+49301234567"],
      text,
    );
  }
});

Deno.test("other XML is no phone book, and a broken one is refused by name", async () => {
  const other = "<?xml version='1.0'?><customers><contact><name>Eva</name></contact></customers>";
  await rejects(importAll(sourceOf(other)), { code: "xml" });
  await rejects(importAll(sourceOf("<phonebooks><contact><realName>Eva</contact>")), {
    code: "xml_broken",
  });
});
