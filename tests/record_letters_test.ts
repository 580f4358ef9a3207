/** Letters from records: texts as PDF/A, customers' own documents, and what is refused of those. */
import { Buffer } from "node:buffer";
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { newId } from "../db/ids.ts";
import { newContact as apiContact, program } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { define, fieldName } from "./support/custom_fields.ts";
import { newDeal } from "./support/deals.ts";
import { formOf, text } from "./support/html.ts";
import { newContact } from "./support/offers.ts";
import { paperText } from "./support/papers.ts";
import { macroType, outside, withHidden, wordOf } from "./support/word.ts";
import { readZip } from "./support/zips.ts";

async function newTemplate(person: Person, fields: Record<string, string> = {}): Promise<string> {
  const id = newId();
  const answer = await person.post("/settings/letter-templates/new", {
    ...{ id, name: "Dank", language: "de", subject: "Danke, {name}" },
    ...{ body: "{anrede},\n\ndanke für {deal}. {mein_name}", ...fields },
  });
  equal(answer.status, 303, await answer.text());
  return id;
}

const uploadOf = async (
  person: Person,
  bytes: Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
) =>
  await person.post("/settings/letter-templates/documents/new", {
    ...{ name: "Vertrag", language: "de", ...fields },
    document: new File([bytes], "Vertrag.docx"),
  });

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const rels = (inner: string) => ({
  "word/_rels/settings.xml.rels": `<r:Relationships>${inner}</r:Relationships>`,
});
const field = (inner: string) => ({ "word/header1.xml": `<w:hdr><w:p>${inner}</w:p></w:hdr>` });
const utf16 = new Uint8Array(
  new Uint16Array(
    [...`\ufeff${rels("<Relationship/>")["word/_rels/settings.xml.rels"]}`].map((c) =>
      c.charCodeAt(0)
    ),
  ).buffer,
);
/** Documents that fetch or run something, each in another dress. */
const disguised: Record<string, string | Uint8Array>[] = [
  rels(
    `<r:Relationship Type='${office}/attachedTemplate' Target='https://x.example/t.dotm' TargetMode='External'/>`,
  ),
  rels(`<r:Relationship Target="a>b" Type="${office}/image" TargetMode="External"/>`),
  rels(
    `<r:Relationship Type="${office}/image" Target="https://x.example" TargetMode="&#69;xternal"/>`,
  ),
  rels(`<r:Relationship Type="${office}/aFChunk" Target="x.xml"/>`),
  { "word/_rels/settings.xml.rels": utf16 },
  field('<w:fldSimple w:instr=" DDEAUTO c:\\\\windows\\\\cmd.exe "/>'),
  field(
    '<w:r><w:fldChar/><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "https://x.example"</w:instrText></w:r>',
  ),
  field('<w:altChunk r:id="rId1"/>'),
  { "word/teil.html": "<p>x</p>" },
];

Deno.test("a letter is filled in from a deal, looked at, and kept as its file", async () => {
  const { alice, bob } = await cast();
  const contactId = await newContact(bob);
  const dealId = await newDeal(bob, { contactIds: contactId, title: "Regale {name}" });
  const template = await newTemplate(alice);
  const at = `/letters/new?contact=${contactId}`;
  const form = formOf(await (await bob.get(`${at}&template=${template}`)).text());
  equal(form.subject, "Danke, Erika Muster");
  // No comma is written twice, and empty values are removed.
  equal(form.body, "Sehr geehrte Frau Muster,\n\ndanke für . Bob Brandt");
  const ofDeal = `/letters/new?deal=${dealId}`;
  const deal = formOf(await (await bob.post(ofDeal, { template, _next: "template" })).text());
  for (
    const [asked, way] of [[at, "Kontakte Erika Muster"], [ofDeal, "Deals Regale {name}"]] as const
  ) {
    const page = await text(await bob.get(asked));
    ok(page.includes(`${way} Brief schreiben`), `the way back is named: ${page}`);
  }
  match(deal.body!, /^Sehr geehrte Frau Muster,[\s\S]*danke für Regale \{name\}\./);
  match(deal.recipient!, /Erika Muster/);
  const letter = { ...deal, recipient: "Erika Muster\n20095 Hamburg", subject: "Dank & Gruß" };
  const seen = await bob.post(ofDeal, { ...letter, _next: "preview" });
  match(seen.headers.get("Content-Disposition")!, /^inline/);
  const paper = await paperText(seen);
  for (const words of ["Nordlicht Handel", "Erika Muster 20095 Hamburg", "Dank & Gruß"]) {
    ok(paper.includes(words), `${words} in ${paper}`);
  }
  const taken = await bob.post(ofDeal, { ...letter, _next: "download" });
  match(taken.headers.get("Content-Disposition")!, /^attachment/);
  await taken.body?.cancel();
  for (const _ of [1, 2]) {
    equal((await bob.post(ofDeal, { ...letter, _next: "keep" })).status, 303);
  }
  const files = await bob.test.db
    .owner`select name, media_type from files where deal_id = ${dealId}`;
  deepEqual(files.map((file) => ({ ...file })), [
    { name: "Dank & Gruß.pdf", mediaType: "application/pdf" },
  ]);
  match(await text(await bob.get(`/deals/${dealId}`)), /Dank & Gruß\.pdf/);
});

Deno.test("an empty letter is refused beside its fields, and nothing typed is lost", async () => {
  const { bob, vera, charlie } = await cast();
  const contactId = await newContact(bob);
  const at = `/letters/new?contact=${contactId}`;
  const answer = await bob.post(at, { recipient: "getippt", subject: "", body: "" });
  equal(answer.status, 422);
  const page = await answer.text();
  match(page, /f-subject-error/);
  match(page, /f-body-error/);
  match(page, /getippt/);
  equal((await vera.get(at)).status, 403);
  equal((await charlie.get(at)).status, 404);
  equal((await charlie.post(at, { subject: "x", body: "y" })).status, 404);
  await bob.test.db.owner`update contacts set restricted_at = now() where id = ${contactId}`;
  equal((await bob.get(at)).status, 404);
  for (const wrong of ["", "?contact=x", "?contact=%00", `?deal=${newId()}`]) {
    equal((await bob.get(`/letters/new${wrong}`)).status, 404, wrong);
  }
});

Deno.test("a letter of more lines than are set in good time is refused beside its field", async () => {
  const { alice } = await cast();
  const id = await newContact(alice);
  const sent = { id: newId(), language: "de", recipient: "Nora", subject: "Lang" };
  const write = (body: string) =>
    alice.post(`/letters/new?contact=${id}`, { ...sent, body, _next: "preview" });
  const long = await write("Zeile\n".repeat(2_001));
  equal(long.status, 422);
  match(await text(long), /Höchstens 2\.?000 Zeilen\./);
  equal((await write("Zeile\n".repeat(2_000))).status, 200);
  const template = { id: newId(), name: "Lang", language: "de", subject: "Lang" };
  const body = "Zeile\n".repeat(25_000).slice(0, 50_000);
  equal((await alice.post("/settings/letter-templates/new", { ...template, body })).status, 422);
});

Deno.test("a letter written from a template that is deleted meanwhile is kept", async () => {
  const { alice, bob } = await cast();
  const at = `/letters/new?contact=${await newContact(bob)}`;
  const template = await newTemplate(alice);
  const form = formOf(await (await bob.get(`${at}&template=${template}`)).text());
  await alice.post(`/settings/letter-templates/${template}/deletion`);
  const answer = await bob.post(at, { ...form, body: "Lange getippt", _next: "keep" });
  equal(answer.status, 422);
  const page = await answer.text();
  match(page, /f-template-error/);
  match(page, /Lange getippt/);
  const again = await bob.post(at, { ...formOf(page), body: "Lange getippt", _next: "keep" });
  equal(again.status, 303);
});

Deno.test("a template has only known fields, and the second of two who save gets a message", async () => {
  const { alice } = await cast();
  const id = await newTemplate(alice);
  const at = `/settings/letter-templates/${id}/edit`;
  const form = formOf(await (await alice.get(at)).text());
  const unknown = await alice.post(at, { ...form, body: "Hallo {wer} {{wo}}" });
  equal(unknown.status, 422);
  match(await text(unknown), /Dieses Feld gibt es nicht: \{wer\} \{\{wo\}\}/);
  equal((await alice.post(at, { ...form, body: "neu" })).status, 303);
  equal((await alice.post(at, { ...form, body: "anders" })).status, 409);
  match(await text(await alice.get("/settings/letter-templates/new")), /\{anrede\}/);
});

Deno.test("a customer's own document is filled in with what the record says, as text alone", async () => {
  const { alice, bob } = await cast();
  const bytes = await wordOf(["{anrede}", "an {name}, {anschrift}", "Gruß"]);
  equal((await uploadOf(alice, bytes)).status, 303);
  const [{ id }] = await alice.test.db.owner<[{ id: string }]>`
    select id from letter_templates where tenant_id = ${alice.tenantId}
  `;
  const contactId = await newContact(bob, { lastName: "M<u>st&r {deal}" });
  const at = `/letters/new?contact=${contactId}`;
  match(await text(await bob.get(`${at}&template=${id}`)), /Dieses Word-Dokument wird/);
  const answer = await bob.post(at, { template: id, _next: "download" });
  match(answer.headers.get("Content-Disposition")!, /Vertrag\.docx/);
  const filled = (await readZip(answer)).get("word/document.xml")!;
  match(filled, /Erika M&lt;u&gt;st&amp;r \{deal\}, /);
  match(filled, /Musterweg 3<\/w:t><\/w:r><w:r><w:br\/>|Musterweg 3[\s\S]*<w:br\/>/);
  equal((await bob.post(at, { template: id, _next: "keep", id: newId() })).status, 303);
  const [file] = await bob.test.db.owner`select name from files where contact_id = ${contactId}`;
  equal(file!.name, "Vertrag.docx");
  const back = await alice.get(`/settings/letter-templates/${id}/document`);
  deepEqual(await readZip(back), await readZip(new Response(bytes)));
});

Deno.test("parts that only some readers of an archive see reach neither the stock nor a letter", async () => {
  const { alice } = await cast();
  const hidden = {
    "word/document.xml": `<w:document><w:body><w:p>${
      "geheim ".repeat(1_000)
    }</w:p></w:body></w:document>`,
    "word/_rels/document.xml.rels": outside("attachedTemplate"),
  };
  equal((await uploadOf(alice, await withHidden(hidden))).status, 303);
  const [{ id }] = await alice.test.db.owner<[{ id: string }]>`
    select id from letter_templates where tenant_id = ${alice.tenantId}
  `;
  const contactId = await newContact(alice, { lastName: "Beck" });
  const sent = { template: id, _next: "download" };
  const ask = async () => [
    await alice.get(`/settings/letter-templates/${id}/document`),
    await alice.post(`/letters/new?contact=${contactId}`, sent),
  ];
  const none = async (answers: Response[]) => {
    for (const answer of answers) {
      equal(answer.status, 200);
      const raw = new TextDecoder("latin1").decode(await answer.clone().bytes());
      ok(!raw.includes("word/_rels"), "no hidden part is left");
      doesNotMatch((await readZip(answer)).get("word/document.xml")!, /geheim/);
    }
  };
  await none(await ask());
  // One that was stored by an earlier version.
  await alice.test.db.owner`
    update letter_templates set document = ${Buffer.from(await withHidden(hidden))} where id = ${id}
  `;
  await none((await ask()).slice(1));
});

Deno.test("characters that no document can hold are removed from its values", async () => {
  const { alice } = await cast();
  await define(alice, { kind: "long_text", labelDe: "Lage" });
  const api = await program(alice);
  const sent = { position: "A\ufffeB", custom: { lage: "a\u0001b\u000bc\td\ne" } };
  const made = await api.post("/contacts", apiContact("Zeichen\uffff", sent));
  equal(made.json.custom.lage, "a b c\td\ne", "kept as a form keeps it");
  // An earlier value.
  await alice.test.db.owner`
    update custom_values set value = ${"a\u0001b"} where contact_id = ${made.json.id}
  `;
  const upload = await uploadOf(alice, await wordOf(["{name}, {position}, {kontakt.lage}"]));
  equal(upload.status, 303);
  const [{ id }] = await alice.test.db.owner<[{ id: string }]>`
    select id from letter_templates where tenant_id = ${alice.tenantId}
  `;
  const fields = { template: id, _next: "download" };
  const answer = await alice.post(`/letters/new?contact=${made.json.id}`, fields);
  equal(answer.status, 200);
  match((await readZip(answer)).get("word/document.xml")!, />Zeichen, AB, ab</);
});

Deno.test("hostile documents are refused, each with its reason, and nothing typed is lost", async () => {
  const { alice } = await cast();
  const bomb = "word/media/a.xml";
  const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [new TextEncoder().encode("PK no zip at all"), /kein lesbares Word-Dokument/],
    [await wordOf(["x"], { type: macroType }), /kein lesbares Word-Dokument|Makros/],
    [await wordOf(["x"], { parts: { "word/vbaProject.bin": "x" } }), /Makros/],
    [await wordOf(["x"], { parts: { "word/embeddings/a.xlsx": "x" } }), /Makros/],
    [
      await wordOf(["x"], {
        parts: { "word/_rels/settings.xml.rels": outside("attachedTemplate") },
      }),
      /von außerhalb/,
    ],
    [await wordOf(["x"], { parts: { [bomb]: new Uint8Array(11_000_000) } }), /zu groß/],
    [
      await wordOf(["x"], { parts: { "word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } }),
      /Makros/,
    ],
    // The same, written so that only a reader of XML sees it.
    ...await Promise.all(
      disguised.map(async (parts) =>
        [await wordOf(["x"], { parts }), /Makros|von außerhalb|kein lesbares/] as [
          Uint8Array<ArrayBuffer>,
          RegExp,
        ]
      ),
    ),
    [await wordOf(["{anrede"]), /geschweifte Klammer/],
    [await wordOf(["{{anrede}}"]), /geschweifte Klammer/],
    [await wordOf(["{wer}"]), /Dieses Feld gibt es nicht: \{wer\}/],
    [await wordOf(["{#name}x{/name}"]), /gibt es nicht|geschweifte Klammer/],
    [await wordOf(["{@name}"]), /gibt es nicht|geschweifte Klammer/],
    [await wordOf(["{constructor}"]), /gibt es nicht/],
  ];
  for (const [bytes, reason] of cases) {
    const answer = await uploadOf(alice, bytes, { name: "Getippt" });
    equal(answer.status, 422, String(reason));
    const html = await answer.text();
    match(html.replace(/<[^>]+>/g, " "), reason);
    match(html, /value="Getippt"/);
  }
  for (const size of [1_040_000, 3_000_000]) {
    const large = await uploadOf(alice, new Uint8Array(size), { name: "Getippt" });
    equal(large.status, 422);
    match(await large.text(), /größer als 1 MB[^]*value="Getippt"/);
  }
  equal((await uploadOf(alice, await wordOf(["x"]), { name: "" })).status, 422);
  const link = { parts: { "word/_rels/document.xml.rels": outside("hyperlink") } };
  equal((await uploadOf(alice, await wordOf(["{heute}"], link))).status, 303);
});

const png = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
);
const concat = (parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** A chunk of a PNG: length, type, data, checksum. */
function chunk(type: string, data: number[]): Uint8Array {
  const named = Buffer.concat([Buffer.from(type), Uint8Array.from(data)]);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, data.length);
  numbers.setUint32(4, crc32(named));
  return concat([new Uint8Array(numbers.buffer, 0, 4), named, new Uint8Array(numbers.buffer, 4)]);
}

Deno.test("a logo is a printable picture, and is on the letter", async () => {
  const { alice, bob } = await cast();
  const at = "/settings/letterhead/logo";
  const wide = png.slice();
  new DataView(wide.buffer).setUint32(16, 60_000);
  const broken = png.slice(0, 30);
  const tries: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [new TextEncoder().encode("<svg/>"), /kein PNG oder JPEG/],
    [wide, /Bildpunkte/],
    [broken, /nicht drucken/],
    [new Uint8Array(2_000_000), /größer als 300 kB/],
  ];
  for (const [bytes, reason] of tries) {
    const answer = await alice.post(at, { logo: new File([bytes], "logo.png") });
    equal(answer.status, 422, String(reason));
    match(await text(answer), reason);
  }
  equal((await alice.post(at, { logo: new File([png], "logo.png") })).status, 303);
  deepEqual(await (await alice.get(at)).bytes(), png);
  const contactId = await newContact(bob);
  const letter = { subject: "x", body: "y", _next: "preview", recipient: "z" };
  const printed = await bob.post(`/letters/new?contact=${contactId}`, letter);
  const bytes = new TextDecoder("latin1").decode(await printed.bytes());
  match(bytes, /\/Subtype\s*\/Image/);
  equal((await alice.post(`${at}/deletion`)).status, 303);
  equal((await alice.get(at)).status, 404);
});

Deno.test("a logo is kept without what unpacks to far more than its picture", async () => {
  const { alice } = await cast();
  const at = "/settings/letterhead/logo";
  const bytes = (size: number) => [...deflateSync(new Uint8Array(size))];
  const profile = chunk("iCCP", [120, 0, 0, ...bytes(500_000)]);
  const bomb = chunk("iCCP", [120, 0, 0, ...bytes(50_000_000)]);
  const remark = chunk("zTXt", [120, 0, 0, ...bytes(50_000_000)]);
  const [head, rest] = [png.slice(0, 33), png.slice(33)];
  const tries: [sent: Uint8Array[], kept: Uint8Array[]][] = [
    [[head, remark, profile, rest], [head, profile, rest]],
    [[head, bomb, remark, rest], [head, rest]],
    [[head, profile, bomb, rest], [head, profile, rest]],
  ];
  for (const [sent, kept] of tries) {
    equal((await alice.post(at, { logo: new File([concat(sent)], "logo.png") })).status, 303);
    deepEqual(await (await alice.get(at)).bytes(), concat(kept));
  }
});

Deno.test("a slow upload of a document or logo holds no connection meanwhile", async () => {
  const { alice } = await cast();
  for (const at of ["/settings/letter-templates/documents/new", "/settings/letterhead/logo"]) {
    const slow = Array.from({ length: 8 }, () => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Sec-Fetch-Site": "same-origin",
      };
      const answer = alice.send(at, { method: "POST", body: readable, headers });
      return { answer, writer: writable.getWriter() };
    });
    for (let asked = 0; asked < 5; asked++) equal((await alice.get("/tags")).status, 200, at);
    for (const { writer } of slow) {
      await writer.write(new TextEncoder().encode("--x\r\n"));
      await writer.close();
    }
    const answers = await Promise.all(slow.map(({ answer }) => answer));
    deepEqual(answers.map(({ status }) => status), Array(8).fill(400), at);
  }
});

Deno.test("custom fields work in texts and documents by kind of record, and are listed on the page", async () => {
  const { alice, bob } = await cast();
  const level = await define(alice, { labelDe: "Ort" });
  const until = await define(alice, { recordKind: "deal", kind: "date", labelDe: "Laufzeit" });
  const contactId = await newContact(bob, { [fieldName(level)]: "Halle {name}" });
  const dealId = await newDeal(bob, {
    contactIds: contactId,
    [fieldName(until)]: "2027-01-31",
  });
  const page = await text(await alice.get("/settings/letter-templates/new"));
  match(page, /\{kontakt\.ort\} Ort/);
  match(await text(await alice.get("/settings/offers")), /\{deal\.laufzeit\}/);
  const body = "{kontakt.ort}|{ort}|{Contact.Ort}|{deal.laufzeit}|{kontakt.constructor}";
  const at = "/settings/letter-templates/new";
  const refused = await alice.post(at, { name: "Eigen", language: "de", subject: "x", body });
  equal(refused.status, 422);
  match(await text(refused), /Dieses Feld gibt es nicht: \{kontakt\.constructor\}/);
  const known = body.replace("|{kontakt.constructor}", "");
  const template = await newTemplate(alice, { name: "Eigen", body: known });
  const ofContact = `/letters/new?contact=${contactId}&template=${template}`;
  equal(
    formOf(await (await bob.get(ofContact)).text()).body,
    "Halle {name}|Hamburg|Halle {name}|",
  );
  const ofDeal = `/letters/new?deal=${dealId}&template=${template}`;
  equal(
    formOf(await (await bob.get(ofDeal)).text()).body,
    "Halle {name}|Hamburg|Halle {name}|31.01.2027",
  );
  equal((await uploadOf(alice, await wordOf(["{deal.fremd}"]))).status, 422);
  equal((await uploadOf(alice, await wordOf(["bis {deal.laufzeit}."]))).status, 303);
  const [{ id }] = await alice.test.db.owner<[{ id: string }]>`
    select id from letter_templates where tenant_id = ${alice.tenantId} and document_name <> ''
  `;
  const filled = await bob.post(`/letters/new?deal=${dealId}`, { template: id, _next: "download" });
  match((await readZip(filled)).get("word/document.xml")!, /bis 31\.01\.2027\./);
  const questionOf = (field: string) => `/settings/fields/${field}/deletion`;
  match(await text(await alice.get(questionOf(level))), /Briefvorlagen nennen das Feld .*: Eigen/);
  equal((await alice.post(questionOf(until))).status, 303);
  const lacking = await bob.post(`/letters/new?deal=${dealId}`, { template: id, _next: "keep" });
  equal(lacking.status, 422);
  match(await text(lacking), /Dieses Feld gibt es nicht: \{deal\.laufzeit\}/);
});
