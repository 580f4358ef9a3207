/** Others in what a person is handed out, however much the person wrote (Art. 15(4) GDPR). */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as packages from "../db/access_packages.ts";
import { elapsed } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { occurring } from "../db/redaction_patterns.ts";
import * as redactions from "../db/redactions.ts";
import { cast, type Person } from "./support/cast.ts";
import { newContact } from "./support/custom_fields.ts";
import { formOf } from "./support/html.ts";
import { readZip } from "./support/zips.ts";

/** A note about these contacts, which no form would take at this length. */
async function note({ test, tenantId }: Person, body: string, contactIds: string[]) {
  const id = newId();
  await test.db.owner`
    insert into activities (
      tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at
    ) values (${tenantId}, ${id}, 'note', 'Notiz', ${body}, now(), now(), now(), now())
  `;
  await test.db.owner`
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    select ${tenantId}, ${id}, c, c, true, now()
    from unnest(${contactIds}::uuid[]) c
  `;
}

const proposed = (who: Person, contactId: string) =>
  who.scope(async (scope) => {
    const person = await packages.findPerson(scope, contactId);
    const { config } = who.test.services;
    const { tables } = await packages.read(scope, config, person);
    return { tables, words: await redactions.propose(scope, person, tables) };
  });

Deno.test("an address at the beginning of a line is covered, and what only surrounds it stays", async () => {
  const { alice } = await cast();
  const contact = await newContact(alice, { lastName: "Auskunft" });
  const body = [
    "Cc:",
    "fremd@dritte.example",
    "\tzweite@dritte.example.Bitte nicht antworten",
    "Vielen Dank",
  ].join("\n");
  await note(alice, body, [contact]);
  const { tables, words } = await proposed(alice, contact);
  ok(words.includes("fremd@dritte.example"), words.join());
  const [covered] = redactions.covered([body], words);
  ok(!/dritte\.example/.test(covered!), covered);
  ok(covered!.startsWith("Cc:\n█████\n\t█████") && covered!.endsWith("Vielen Dank"), covered);
  ok(!/dritte\.example/.test(JSON.stringify(redactions.apply(tables, words))));
  // A word that somebody typed is found in what looks like a longer address, too.
  equal(
    redactions.covered(["%20fremd@dritte.example.Danke"], ["Fremd@dritte.example"])[0],
    "%20█████.Danke",
  );
});

Deno.test("a word is covered whatever stands beside it, and before what is only a part of it", () => {
  const words = ["fremd@dritte.example", "Eva Fremd <fremd@dritte.example>", "Fremd"];
  for (
    const [text, expected] of [
      ["fremd@dritte.example-Vertrag.pdf", "█████-Vertrag.pdf"],
      ["an fremd@dritte.example- danke", "an █████- danke"],
      ["fremd@dritte.exampleTelefon 110", "█████Telefon 110"],
      ["fremd@dritte.example.a.b.c.d.e", "█████.a.b.c.d.e"],
      ["Von: Eva Fremd <Fremd@dritte.example>", "Von: █████"],
      ["Herr Fremd", "Herr █████"],
      ["andere@dritte.example", "andere@dritte.example"],
    ] as const
  ) equal(redactions.covered([text], words)[0], expected);
});

/** A person whose note names another one, and then so many addresses. */
async function flooded(alice: Person, length: number): Promise<string> {
  const contact = await newContact(alice, { lastName: "Flut" });
  const other = await newContact(alice, {
    lastName: "Wiesengrund",
    "phones.0.kind": "work",
    "phones.0.number": "+49 40 3219877",
  });
  const many = Array.from({ length }, (_, n) => `lange.erfundene.adresse.${n}@flut.example`);
  const body = `Frau Wiesengrund, Tel. +49 (0)40 / 321 98 77\n${many.join("\n")}`;
  await note(alice, body, [contact, other]);
  return contact;
}

const foreign = /Wiesengrund|321 98 77|flut\.example/;

Deno.test("addresses without end are proposed in a time that grows with their number alone", async () => {
  const { alice } = await cast();
  const contact = await flooded(alice, 60_000);
  const from = elapsed();
  const { tables, words } = await proposed(alice, contact);
  ok(!foreign.test(JSON.stringify(redactions.apply(tables, words))));
  // A pattern per word over the whole text took more than ten minutes.
  ok(elapsed() - from < 180_000, `${elapsed() - from} ms`);
});

Deno.test("what was taken out of the words stays out when something else has come meanwhile", async () => {
  const { alice } = await cast();
  const contact = await newContact(alice, { lastName: "Auskunft" });
  await note(alice, "Gespräch mit bleibt@dritte.example und weg@dritte.example", [contact]);
  const way = `/contacts/${contact}/access`;
  const form = formOf(await (await alice.get(way)).text());
  await note(alice, "Später kam neu@dritte.example", [contact]);
  const words = form.words!.replace("weg@dritte.example", "");
  const again = await alice.post(way, { ...form, words });
  equal(again.status, 422);
  deepEqual(formOf(await again.text()).words!.split("\n").filter(Boolean), [
    "neu@dritte.example",
    "bleibt@dritte.example",
  ]);
});

Deno.test("nobody brings others into an answer by writing more addresses than its page shows", async () => {
  const { alice } = await cast();
  const contact = await flooded(alice, redactions.most + 100);
  const way = `/contacts/${contact}/access`;
  const { words = "", _seen = "" } = formOf(await (await alice.get(way)).text());
  equal(words.split("\n").length, redactions.most);
  deepEqual(words.split("\n").slice(0, 3), ["+49403219877", "040 3219877", "Wiesengrund"]);
  const sent = await alice.post(way, { language: "de", words, _seen });
  equal(sent.status, 200);
  ok(!foreign.test([...(await readZip(sent)).values()].join("\n")));
});

Deno.test("names are found within words, across signs and beside accents, as they are written", () => {
  const texts = [
    "Frau O'Neill-Groß rief wegen Langsamkeit an.",
    "mit A\u0301da Kern/Lang (m@x.example)",
  ];
  const found = [
    "neill-groß",
    "lang",
    "Kern/Lang",
    "a\u0301da kern",
    "M@X.example",
    "-",
    "wegen L",
  ];
  const absent = [
    "neill groß",
    "Kern Lang",
    "Kerna",
    "rief an",
    "ada kern",
    "m@x.examples",
    "langsa m",
  ];
  deepEqual(occurring(texts, [...absent, ...found]), found);
});

Deno.test("a thousand names cost little more than ten in years of mail", () => {
  const texts = Array.from(
    { length: 10_000 },
    (_, n) => `Gespräch ${n} mit person${n % 100}@dritte.example: ${"Wort ".repeat(40)}`,
  );
  const took = (names: number) => {
    const from = elapsed();
    deepEqual(occurring(texts, Array.from({ length: names }, (_, n) => `Anna Muster${n}`)), []);
    return elapsed() - from;
  };
  const ten = took(10);
  const thousand = took(1_000);
  ok(thousand < 8 * ten, `${thousand} ms for a thousand, ${ten} ms for ten`);
});
