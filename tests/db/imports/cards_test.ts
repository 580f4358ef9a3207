/** vCards of every version and habit: folded, quoted-printable, grouped, broken off. */

import fc from "fast-check";
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { CardReader } from "../../../db/imports/cards.ts";
import type { ImportedRecord } from "../../../db/imports/records.ts";
import { importAll, sourceOf } from "./sources.ts";

/** Imports one card of these lines. */
async function card(version: string, ...lines: string[]): Promise<ImportedRecord> {
  const all = ["BEGIN:VCARD", `VERSION:${version}`, ...lines, "END:VCARD", ""];
  const { records } = await importAll(sourceOf(all.join("\r\n")));
  equal(records.length, 1);
  return records[0]!;
}

/** Each character as the byte of its number. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

Deno.test("quoted-printable is read in the charset of its line, over soft breaks", async () => {
  const record = await card(
    "2.1",
    "N;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
    "ADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;K=C3=B6nigs=",
    "allee 1;K=C3=B6ln;;50667;Deutschland",
    "NOTE;QUOTED-PRINTABLE:Zeile eins=0D=0AZeile zwei",
  );
  equal(record.contact?.lastName, "Müller");
  equal(record.contact?.firstName, "Jörg");
  deepEqual(record.contact?.addresses[0], {
    street: "Königsallee 1",
    extra: "",
    poBox: "",
    postalCode: "50667",
    city: "Köln",
    region: "",
    country: "DE",
    kind: "work",
  });
  equal(record.contact?.notes, "Zeile eins\nZeile zwei");
});

Deno.test("a fold in the middle of a letter's bytes is mended", async () => {
  const bytes = new TextEncoder().encode(
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Müller;Jörg;;;\r\nEND:VCARD\r\n",
  );
  const at = bytes.indexOf(0xc3) + 1;
  const folded = new Uint8Array([...bytes.slice(0, at), 13, 10, 32, ...bytes.slice(at)]);
  const { records } = await importAll(sourceOf(folded));
  equal(records[0]?.contact?.lastName, "Müller");
});

Deno.test("a card without a charset is read in the encoding of its file", async () => {
  const text = "BEGIN:VCARD\nVERSION:2.1\nN:Müller;Jörg\nEND:VCARD\n";
  for (const bytes of [latin1(text), new TextEncoder().encode(text)]) {
    const { records } = await importAll(sourceOf(bytes));
    equal(records[0]?.contact?.lastName, "Müller");
  }
});

Deno.test("kinds come from types, bare words and Apple's labels", async () => {
  const record = await card(
    "3.0",
    "N:Muster;Max;;;",
    "TEL;type=CELL;type=VOICE;type=pref:0171 2345678",
    "TEL;TYPE=work,fax:+49 30 123457",
    "item1.TEL:+49 30 123456",
    "item1.X-ABLabel:_$!<Home>!$_",
    "item2.EMAIL;type=INTERNET:max@muster.example",
    "item2.X-ABLabel:Arbeit",
    "EMAIL;TYPE=HOME:max@privat.example",
    "item3.ADR;TYPE=HOME:;;Weg 1;Berlin;;10115;Germany",
  );
  deepEqual(record.contact?.phones.map((it) => [it.kind, it.number]), [
    ["mobile", "+491712345678"],
    ["fax", "+4930123457"],
    ["home", "+4930123456"],
  ]);
  deepEqual(record.contact?.emails.map((it) => it.kind), ["work", "home"]);
  equal(record.contact?.addresses[0]?.kind, "home");
});

Deno.test("vCards of companies are companies", async () => {
  const shown = await card(
    "3.0",
    "N:;;;;",
    "FN:Adler GmbH",
    "ORG:Adler GmbH;",
    "X-ABShowAs:COMPANY",
    "TEL:030 123456",
  );
  const only = await card("3.0", "ORG:Adler", "EMAIL:info@adler.example");
  const kind = await card("4.0", "KIND:org", "FN:Verein der Freunde");
  const named = await card("3.0", "FN:Adler GmbH & Co. KG");
  for (const record of [shown, only, kind, named]) {
    equal(record.contact, null);
    equal(record.companies.length, 1);
  }
  equal(shown.companies[0]?.phones[0]?.number, "+4930123456");
  equal(only.companies[0]?.emails[0]?.address, "info@adler.example");
  equal(named.companies[0]?.legalForm, "GmbH & Co. KG");
});

Deno.test("a person keeps company, department, position, tags and a birthday without year", async () => {
  const record = await card(
    "4.0",
    "FN:Dr. Eva von Stein",
    "N:von Stein;Eva;;Frau Dr.;",
    "ORG:Stein AG;Einkauf;Metall",
    "TITLE:Leiterin",
    "BDAY:--1224",
    "CATEGORIES:Kunde,Messe\\, Halle 3",
    "NOTE:eins\\nzwei\\, drei",
    "URL:https://stein.example",
    "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "LANG:de",
  );
  const { contact } = record;
  equal(contact?.salutation, "ms");
  equal(contact?.title, "Dr.");
  equal(contact?.namePrefix, "von");
  equal(contact?.lastName, "Stein");
  equal(contact?.birthday, "--12-24");
  equal(contact?.notes, "eins\nzwei, drei");
  equal(contact?.uid, "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
  equal(contact?.language, "de");
  equal(record.companies[0]?.department, "Einkauf, Metall");
  equal(record.companies[0]?.role, "Leiterin");
});

Deno.test("several first names are one text, whatever parts them in the card", async () => {
  const name = async (version: string, value: string) => {
    const { contact } = await card(version, `N:${value}`, "FN:x");
    return [contact?.title, contact?.firstName, contact?.lastName];
  };
  deepEqual(await name("4.0", "Kurz;Eva,Maria;Anna;Prof.,Dr.;"), [
    "Prof. Dr.",
    "Eva Maria Anna",
    "Kurz",
  ]);
  deepEqual(await name("3.0", "Kurz\\, geb. Lang;Eva;;;"), ["", "Eva", "Kurz"]);
  deepEqual(await name("2.1", "Kurz;Eva, Maria"), ["", "Eva, Maria", "Kurz"]);
});

Deno.test("pictures are noted and not kept, and do not swallow what follows", async () => {
  const record = await card(
    "3.0",
    "N:Muster;Max;;;",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD",
    " /2wCEAAkGBxISEhUSEhIVFRUVFRUVFRUVFRUVFRUVFRUWFhUVFRUYHSggGBolHR",
    "TEL:030 123456",
  );
  deepEqual(record.warnings.map((it) => [it.code, it.column]), [["photo_skipped", "PHOTO"]]);
  equal(record.contact?.phones.length, 1);
  ok(!JSON.stringify(record).includes("/9j/"));
});

Deno.test("groups are skipped, nameless cards named by what they have, empty ones rejected", async () => {
  equal((await card("4.0", "KIND:group", "FN:Verteiler")).skipped, "group_card");
  equal((await card("3.0", "EMAIL:a@b.example")).contact?.lastName, "a@b.example");
  equal((await card("3.0", "NOTE:nichts")).rejected?.code, "no_name");
  equal((await card("4.0", "FN:", "N:;;;;", "NICKNAME:Olli")).contact?.lastName, "Olli");
  const android = "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Olli;1;;;;;;;;;;;;;";
  equal((await card("2.1", android, "TEL:030123456")).contact?.lastName, "Olli");
});

Deno.test("a truncated card loses neither itself nor the next one", async () => {
  const text =
    "BEGIN:VCARD\nVERSION:3.0\nN:Eins;A;;;\nBEGIN:VCARD\nVERSION:3.0\nN:Zwei;B;;;\nEND:VCARD\n" +
    "BEGIN:VCARD\nN:Drei;C;;;";
  const { records } = await importAll(sourceOf(text));
  deepEqual(records.map((it) => it.contact?.lastName), ["Eins", "Zwei", "Drei"]);
  deepEqual(records.map((it) => it.warnings.map((w) => w.code)), [
    ["card_unfinished"],
    [],
    ["card_unfinished"],
  ]);
});

Deno.test("files of one card joined without a line break between them lose none", async () => {
  const card = (name: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${name};A;;;\r\nEND:VCARD`;
  const { records } = await importAll(sourceOf(
    `${card("Eins")}${card("Zwei")} \ufeff${card("Drei")}`,
  ));
  deepEqual(records.map((it) => [it.contact?.lastName, it.warnings.length]), [
    ["Eins", 0],
    ["Zwei", 0],
    ["Drei", 0],
  ]);
});

Deno.test("the card of an agent inside a card is no contact of its own", async () => {
  const record = await card(
    "2.1",
    "N:Chef;Carla",
    "AGENT:",
    "BEGIN:VCARD",
    "VERSION:2.1",
    "N:Sekretariat",
    "END:VCARD",
    "TEL;WORK:030 123456",
  );
  equal(record.contact?.lastName, "Chef");
  equal(record.contact?.phones.length, 1);
  deepEqual(record.warnings.map(({ code, params }) => [code, params.names]), [
    ["properties_left_out", "AGENT"],
  ]);
});

Deno.test("what address books of Linux, Android and Windows add is kept or named", async () => {
  const record = await card(
    "3.0",
    "N:Beispiel;Eva",
    "X-KADDRESSBOOK-X-Department:Einkauf",
    "X-KADDRESSBOOK-X-SpousesName:Uwe",
    "X-EVOLUTION-MANAGER:Frau Chef",
    "X-EVOLUTION-ASSISTANT:",
    "X-WAB-WEDDING:20100605",
    "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Uwe;14;;;;;;;;;;;;;",
    "X-EVOLUTION-FILE-AS:Beispiel\\, Eva",
  );
  equal(record.contact?.department, "Einkauf");
  deepEqual(record.warnings.map(({ code, params }) => [code, params.names]), [[
    "properties_left_out",
    "X-KADDRESSBOOK-X-SPOUSESNAME, X-EVOLUTION-MANAGER, X-WAB-WEDDING, X-ANDROID-CUSTOM",
  ]]);
});

Deno.test("what a card holds beyond our fields is listed, and no place becomes a contact", async () => {
  const record = await card(
    "4.0",
    "FN:Eva Beispiel",
    "RELATED;TYPE=spouse:urn:uuid:1",
    "IMPP:xmpp:eva@x.example",
    "ANNIVERSARY:20100605",
    "URL:https://eva.example",
    "URL:https://blog.example",
    "REV:20250101T000000Z",
  );
  equal(record.contact?.website, "https://eva.example");
  equal(record.warnings[0]?.params.names, "RELATED, IMPP, ANNIVERSARY, URL");
  equal((await card("4.0", "KIND:location", "FN:Raum 1")).skipped, "thing_card");
});

Deno.test("a card of UTF-16 is a card", async () => {
  const text = "\ufeffBEGIN:VCARD\r\nVERSION:3.0\r\nN:Müller;Jörg;;;\r\nEND:VCARD\r\n";
  const bytes = new Uint8Array(Uint16Array.from(text, (it) => it.charCodeAt(0)).buffer);
  const { records } = await importAll(sourceOf(bytes));
  equal(records[0]?.contact?.lastName, "Müller");
});

Deno.test("any name, escaped and folded as RFC 6350 says, is read back", async () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .map((it) =>
      // deno-lint-ignore no-control-regex
      it.toWellFormed().normalize("NFC").replace(/[\x00-\x1f\x7f\u0085\u00a0\u200b\ufeff]/g, "")
        .trim()
    )
    .filter((it) => /^\p{Lu}/u.test(it) && it.split(/\s/).length === 1);
  const escape = (text: string) => text.replace(/[\\,;]/g, "\\$&");
  await fc.assert(
    fc.asyncProperty(name, fc.integer({ min: 2, max: 30 }), async (family, width) => {
      const line = `N:${escape(family)};Eva;;;`;
      const folded = [...line].reduce(
        (text, character, at) => text + (at > 0 && at % width === 0 ? "\r\n " : "") + character,
        "",
      );
      const record = await card("4.0", folded);
      equal(record.contact?.lastName, family);
    }),
    { numRuns: 300 },
  );
});

Deno.test("lines of only parameters are read fast, and endless folding is dropped", () => {
  // Of the processor: a busy machine lets it wait, too.
  const from = process.cpuUsage();
  for (const line of [`TEL${";a".repeat(990)}:1`, `TEL;${'"";'.repeat(600)}:1`]) {
    new CardReader("utf-8").write(`BEGIN:VCARD\n${`${line}\n`.repeat(300)}END:VCARD\n`);
  }
  const { user, system } = process.cpuUsage(from);
  ok(user + system < 2_000_000, "it was four seconds");
  const reader = new CardReader("utf-8");
  reader.write("BEGIN:VCARD\nFN:a\n");
  for (let n = 0; n < 120; n++) reader.write(" ab\n".repeat(5_000));
  reader.write("END:VCARD\n");
  const [card] = reader.end();
  ok(card!.properties[0]!.value.length < 600_000);
});

Deno.test("a semicolon or colon inside quotes is part of the parameter", () => {
  const reader = new CardReader("utf-8");
  reader.write(
    'BEGIN:VCARD\nTEL;X-A="a;b:c";TYPE="home,work";TYPE=cell:1\n',
  );
  const { params, value } = reader.end()[0]!.properties[0]!;
  deepEqual([params.get("X-A"), params.get("TYPE"), value], [
    ["a;b:c"],
    ["home", "work", "cell"],
    "1",
  ]);
});

Deno.test("cards written as JSON are read like any other, one or a list of them", async () => {
  const one = ["vcard", [
    ["version", {}, "text", "4.0"],
    ["n", {}, "text", ["Groß", "Eva", "", ["Frau", "Dr."], ""]],
    ["fn", {}, "text", "Dr. Eva Groß"],
    ["org", {}, "text", ["Groß; Söhne, Ulm", "Einkauf"]],
    ["email", { type: ["work"], pref: "1" }, "text", "eva@gross.example"],
    ["tel", { type: ["cell", "voice"] }, "uri", "tel:+491712345678"],
    ["adr", { type: "home", group: "item1" }, "text", [
      "",
      "",
      "Ring 1\nHinterhaus",
      "Ulm",
      "",
      "89073",
      "Deutschland",
    ]],
    ["note", {}, "text", "eins, zwei\ndrei"],
    ["categories", {}, "text", "Kunden", "Messe, Halle 3"],
    ["bday", {}, "date", "1980-05-21"],
    [7],
    null,
  ]];
  for (const file of [one, [one, one], ["vcardstream", one]]) {
    const { records } = await importAll(sourceOf(`\ufeff ${JSON.stringify(file, null, 1)}`, 50));
    const [{ contact, companies } = { contact: null, companies: [] }] = records;
    equal(records.length, file[1] === one && file[0] === one ? 2 : 1);
    deepEqual([contact?.title, contact?.firstName, contact?.lastName], ["Dr.", "Eva", "Groß"]);
    deepEqual(contact?.emails, [{ address: "eva@gross.example", kind: "work" }]);
    deepEqual(contact?.phones.map(({ number, kind }) => [number, kind]), [[
      "+491712345678",
      "mobile",
    ]]);
    const [address] = contact!.addresses;
    deepEqual([address?.street, address?.city, address?.kind], ["Ring 1", "Ulm", "home"]);
    deepEqual([contact?.notes, contact?.birthday], ["eins, zwei\ndrei", "1980-05-21"]);
    deepEqual(contact?.tags.slice(0, 1), ["Kunden"]);
    deepEqual([companies[0]?.name, companies[0]?.department], ["Groß; Söhne, Ulm", "Einkauf"]);
  }
  await rejects(importAll(sourceOf('["vcard", [["fn", {}, "text", "Eva')), /json_broken/);
});

Deno.test("cards of concatenated files keep no byte-order marks", async () => {
  const one = "\ufeffBEGIN:VCARD\r\nVERSION:3.0\r\nN:Groß;Eva;;;\r\nEND:VCARD\r\n";
  const { inspection, records } = await importAll(sourceOf(one.repeat(3)));
  equal(inspection.records, 3);
  deepEqual(records.map(({ contact }) => contact?.lastName), ["Groß", "Groß", "Groß"]);
});

Deno.test("a label gives the address of a kind that the card has nowhere else", async () => {
  const card = (...lines: string[]) =>
    ["BEGIN:VCARD", "VERSION:3.0", "N:Groß;Eva;;;", ...lines, "END:VCARD", ""].join("\r\n");
  const { records } = await importAll(sourceOf(
    card(
      "ADR;TYPE=WORK:;;Ring 1;Ulm;;89073;Deutschland",
      "LABEL;TYPE=WORK:Ring 1\\n89073 Ulm",
      "LABEL:Ring 1\\n89073 Ulm",
      "LABEL;TYPE=HOME:Weg 2\\n80331 München",
    ) + card("LABEL:Weg 2\\n80331 München"),
  ));
  deepEqual(
    records.map(({ contact }) =>
      contact?.addresses.map(({ kind, street, city }) => [kind, street, city])
    ),
    [
      [["work", "Ring 1", "Ulm"], ["home", "Weg 2", "München"]],
      [["work", "Weg 2", "München"]],
    ],
  );
});

Deno.test("a card without a name is named by its number, and a code gives an address's country", async () => {
  const { records } = await importAll(sourceOf(
    'BEGIN:VCARD\r\nVERSION:4.0\r\nTEL;VALUE=uri;TYPE="voice,home":tel:+49-30-123456;ext=12\r\n' +
      "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Eva Groß\r\n" +
      "ADR;TYPE=work;CC=US:;;54321 Oak St;Reston;VA;20190;\r\nEND:VCARD\r\n",
  ));
  deepEqual(
    [records[0]?.contact?.lastName, records[0]?.contact?.phones[0]?.number],
    ["+49-30-123456 ext. 12", "+4930123456;ext=12"],
  );
  equal(records[1]?.contact?.addresses[0]?.country, "US");
});

Deno.test("cards and entries indented as a whole are read, however cut", async () => {
  const card = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    "N:Groß;Eva;;;",
    "FN:Eva Groß",
    "NOTE:Kommt",
    "  wieder",
  ];
  const entry = [
    "dn: cn=Eva",
    "objectclass: person",
    "sn: Groß",
    "givenName: Eva",
    "description: Kommt",
    "  wieder",
  ];
  for (const indent of ["    ", "\t"]) {
    for (
      const lines of [[...card, "END:VCARD", "", ...card, "END:VCARD"], [...entry, "", ...entry]]
    ) {
      const text = `\r\n${lines.map((line) => indent + line).join("\r\n")}\r\n`;
      for (const size of [65_536, 7, 1]) {
        const { records, inspection } = await importAll(sourceOf(text, size));
        deepEqual(records.map(({ contact }) => [contact?.lastName, contact?.notes]), [
          ["Groß", "Kommt wieder"],
          ["Groß", "Kommt wieder"],
        ]);
        equal(inspection.records, 2);
      }
    }
  }
});
