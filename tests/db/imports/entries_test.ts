/** LDIF address books: folded, base64, with groups, machines and remarks among the people. */

import fc from "fast-check";
import { deepEqual, equal, ok } from "node:assert/strict";
import { EntryCount, EntryReader } from "../../../db/imports/entries.ts";
import { importAll, sourceOf } from "./sources.ts";

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const person = ["objectclass: top", "objectclass: person", "objectclass: inetOrgPerson"];
const read = (lines: string[], end = "\r\n") => importAll(sourceOf(lines.join(end) + end));

/** The record of one entry of these lines. */
async function entry(...lines: string[]) {
  const { records, inspection } = await read(["dn: cn=x", ...person, ...lines]);
  equal(inspection.plan.format, "ldif");
  equal(inspection.records, 1);
  equal(records.length, 1);
  return records[0]!;
}

Deno.test("a person of Thunderbird's keeps names, mails, phones, places and a birthday", async () => {
  const { contact, companies, warnings } = await entry(
    "givenName: Ada",
    `sn:: ${base64("Größe, von; der")}`,
    "cn: Ada Groesse",
    "mozillaNickname: Adi",
    "mail: ada@x.example",
    "mozillaSecondEmail: ada@privat.example",
    "telephoneNumber: 030 123456",
    "homePhone: 030 654321",
    "mobile: 0171 2345678",
    "facsimileTelephoneNumber: 030 123457",
    "street: Lindenstraße 1",
    "mozillaWorkStreet2: Hof",
    "l: Berlin",
    "postalCode: 10969",
    "c: Germany",
    "mozillaHomeStreet: Ring 7",
    "mozillaHomeLocalityName: Potsdam",
    "mozillaHomePostalCode: 14467",
    "o: Stein GmbH",
    "ou: Einkauf",
    "title: Leiterin",
    "mozillaWorkUrl: https://stein.example",
    "birthyear: 1985",
    "birthmonth: 2",
    "birthday: 1",
    `description:: ${base64("Zeile eins\nZeile zwei")}`,
    "mozillaCustom1: rot",
    "modifytimestamp: 1700000000",
  );
  deepEqual([contact?.firstName, contact?.lastName], ["Ada", "Größe, von; der"]);
  deepEqual(contact?.emails.map((it) => it.address), ["ada@x.example", "ada@privat.example"]);
  deepEqual(contact?.phones.map((it) => [it.kind, it.number]), [
    ["work", "+4930123456"],
    ["home", "+4930654321"],
    ["mobile", "+491712345678"],
    ["fax", "+4930123457"],
  ]);
  deepEqual(
    contact?.addresses.map((it) => [it.kind, it.street, it.extra, it.postalCode, it.city]),
    [
      ["work", "Lindenstraße 1", "Hof", "10969", "Berlin"],
      ["home", "Ring 7", "", "14467", "Potsdam"],
    ],
  );
  equal(contact?.birthday, "1985-02-01");
  equal(contact?.notes, "Zeile eins\nZeile zwei");
  equal(contact?.website, "https://stein.example");
  deepEqual(
    companies.map((it) => [it.name, it.department, it.role]),
    [["Stein GmbH", "Einkauf", "Leiterin"]],
  );
  deepEqual(warnings.map(({ code, params }) => [code, params]), [
    ["properties_left_out", { names: "X-CUSTOM1" }],
  ]);
});

Deno.test("folded lines are joined, remarks and pictures skipped", async () => {
  const { records } = await read([
    "version: 1",
    "",
    "# remark",
    " dn: cn=of the remark",
    "dn:: " + base64("cn=Müller").slice(0, 4),
    ` ${base64("cn=Müller").slice(4)}`,
    ...person,
    "cn: Eva Mül",
    " ler",
    "sn: Müller",
    "jpegPhoto:: AAAA",
    " mail: nobody@x.example",
    "mail;x-private: e",
    " va@x.example",
    "photo:< file:///etc/passwd",
    "userPassword:: c2VjcmV0",
    "",
    "search: 2",
    "result: 0 Success",
  ]);
  equal(records.length, 1);
  const { contact, warnings } = records[0]!;
  deepEqual([contact?.firstName, contact?.lastName], ["Eva", "Müller"]);
  deepEqual(contact?.emails.map((it) => it.address), ["eva@x.example"]);
  deepEqual(warnings.map((it) => it.code), ["photo_skipped"]);
  ok(!JSON.stringify(records).includes("c2VjcmV0"));
});

Deno.test("entries that are no person are skipped with the reason", async () => {
  const of = (...classes: string[]) => [
    "dn: cn=x",
    ...classes.map((each) => `objectClass: ${each}`),
    "cn: x",
    "",
  ];
  const { records, inspection } = await read([
    ...of("top", "groupOfNames"),
    ...of("posixGroup"),
    ...of("top", "organizationalUnit"),
    ...of("dcObject", "organization"),
    ...of("top", "person", "user", "computer"),
    "dn: cn=Eva",
    "changetype: modify",
    "replace: mail",
    "mail: eva@x.example",
    "-",
    "",
    ...of("inetOrgPerson", "posixAccount"),
  ], "\n");
  equal(inspection.records, 7);
  deepEqual(records.map((it) => it.skipped), [
    "group_card",
    "group_card",
    "thing_card",
    "thing_card",
    "thing_card",
    "thing_card",
    null,
  ]);
});

Deno.test("companies are companies, and a mailbox without a name stands in for it", async () => {
  const { records } = await read([
    "dn: o=Adler",
    "objectclass: organization",
    "o: Adler",
    "telephoneNumber: 030 123456",
    "",
    "dn: mail=info@berg.example",
    ...person,
    "mail: info@berg.example",
    "cn: info@berg.example",
    "",
    "dn: cn=Berg GmbH",
    ...person,
    "cn: Berg GmbH",
    "sn: Berg GmbH",
    "postalAddress: Berg GmbH $ Ring 1 $ 10115 Berlin",
  ]);
  deepEqual(records.map((it) => [it.contact?.lastName, it.companies.map(({ name }) => name)]), [
    [undefined, ["Adler"]],
    ["info@berg.example", []],
    [undefined, ["Berg GmbH"]],
  ]);
  equal(records[0]?.companies[0]?.phones[0]?.number, "+4930123456");
  deepEqual(records[1]?.warnings.map((it) => it.code), ["name_from_email"]);
  deepEqual(
    records[2]?.companies[0]?.addresses.map((it) => [it.street, it.postalCode, it.city]),
    [["Ring 1", "10115", "Berlin"]],
  );
});

Deno.test("letters of Windows are read, in the lines and behind two colons", async () => {
  const lines = ["dn: cn=x", ...person, "givenName: Jörg", `sn:: ${btoa("Müller")}`, ""];
  const bytes = Uint8Array.from(lines.join("\r\n"), (letter) => letter.charCodeAt(0));
  const { records } = await importAll(sourceOf(bytes));
  deepEqual([records[0]?.contact?.firstName, records[0]?.contact?.lastName], ["Jörg", "Müller"]);
});

Deno.test("however a file is cut into pieces, its entries and their number are the same", () => {
  const line = fc.oneof(
    fc.constantFrom("", "dn: a", "dn:: YQ==", "DN:b", " folded", "# x", "-", "d", "dn", "sn:: ?"),
    fc.string({ maxLength: 12 }),
  );
  const lines = fc.array(line, { maxLength: 30 });
  const end = fc.constantFrom("\n", "\r\n", "\r");
  fc.assert(fc.property(lines, end, fc.array(fc.nat(9), { maxLength: 60 }), (all, end, sizes) => {
    const text = all.join(end);
    const whole = new EntryReader();
    const expected = [...whole.write(text), ...whole.end()];
    const [reader, count] = [new EntryReader(), new EntryCount()];
    const found = [];
    let at = 0;
    for (const size of [...sizes, text.length]) {
      found.push(...reader.write(text.slice(at, at + size)));
      count.take(text.slice(at, at + size));
      at += size;
    }
    found.push(...reader.end());
    deepEqual(found, expected);
    equal(count.count, found.length);
  }));
});

Deno.test("an entry without end is read within bounds", async () => {
  const many = Array.from({ length: 3000 }, (_, at) => `telephoneNumber: 030 ${100000 + at}`);
  const record = await entry("cn: Eva Berg", "sn: Berg", ...many);
  ok(record.contact!.phones.length <= 1000);
  const reader = new EntryReader();
  const folds = " \n".repeat(400_000);
  equal(reader.write(`dn: x\ncn: a\n${folds}`).length + reader.end().length, 1);
});
