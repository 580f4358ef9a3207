/** Letters are split into the rights they claim, with the sentence that says so. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Language, recognise, type Right } from "../db/letters.ts";
import { aboutOwn } from "../db/letters/casual.ts";
import { sentencesOf } from "../db/letters/sentences.ts";
import { letters } from "./support/requests.ts";
import { anyText } from "./support/texts.ts";

const folder = new URL("data/samples/dsar/", import.meta.url);

/** What each public template claims where all its options are ticked. */
const templates: Readonly<Record<string, [Language, ...Right[]]>> = {
  "cs_erasure-default": ["cs", "erasure", "restriction", "objection", "withdrawal"],
  "de_access-default": ["de", "access", "portability"],
  "de_access-tracking": ["de", "access", "portability"],
  "de_complaint": ["de", "complaint"],
  "de_erasure-default": ["de", "erasure", "restriction", "objection", "withdrawal"],
  "de_objection-default": ["de", "objection", "withdrawal"],
  "de_rectification-default": ["de", "rectification"],
  "el_erasure-default": ["el", "erasure", "objection", "withdrawal"],
  "en_access-default": ["en", "access", "portability"],
  "en_erasure-default": ["en", "erasure", "restriction", "objection", "withdrawal"],
  "es_erasure-default": ["es", "erasure", "restriction", "objection", "withdrawal"],
  "fr_erasure-default": ["fr", "erasure", "objection", "withdrawal"],
  "hr_erasure-default": ["hr", "erasure", "restriction", "objection", "withdrawal"],
  "it_erasure-default": ["it", "erasure", "restriction", "objection", "withdrawal"],
  "nl_erasure-default": ["nl", "erasure", "restriction", "objection", "withdrawal"],
  "pt_erasure-default": ["pt", "erasure", "objection", "withdrawal"],
};

Deno.test("every public template is split into the rights it claims", async (t) => {
  for (const [name, [language, ...rights]] of Object.entries(templates)) {
    await t.step(name, async () => {
      const letter = await Deno.readTextFile(new URL(`${name}.txt`, folder));
      const expectation = await Deno.readTextFile(new URL(`${name}.txt.expect.json`, folder));
      const { format, expect } = JSON.parse(expectation);
      const found = recognise(letter);
      deepStrictEqual([found.language, format.language], [language, language]);
      deepStrictEqual(found.items.map(({ right }) => right), rights);
      ok(rights.some((right) => expect.request_type.startsWith(right)), expect.request_type);
      const plain = letter.replace(/\s+/g, " ");
      for (const { sentence } of found.items) ok(plain.includes(sentence.slice(-40)), sentence);
    });
  }
});

Deno.test("letters nobody has seen before are understood", async (t) => {
  for (const { about, language, rights, text } of letters) {
    await t.step(about, () => {
      const found = recognise(text);
      deepStrictEqual(found.items.map(({ right }) => right), rights);
      strictEqual(found.language, language);
    });
  }
});

Deno.test("short letters, as people write them, are understood", async () => {
  const lines = await Deno.readTextFile(new URL("data/letters/short.tsv", import.meta.url));
  for (const line of lines.trim().split("\n").slice(1)) {
    const [language, rights, letter] = line.split("\t");
    const found = recognise(letter!.replaceAll("\\n", "\n"));
    deepStrictEqual([found.language, found.items.map(({ right }) => right).join()], [
      language,
      rights,
    ], letter);
  }
});

Deno.test("sentences of everyday claim what they mean, and business mails claim nothing", async () => {
  for (const name of ["everyday", "plain", "formal", "business"]) {
    const lines = await Deno.readTextFile(new URL(`data/letters/${name}.tsv`, import.meta.url));
    for (const line of lines.trim().split("\n").slice(1)) {
      const [rights, letter] = line.split("\t");
      const { items } = recognise(letter!.replaceAll("\\n", "\n"));
      strictEqual(items.map(({ right }) => right).join(), rights, letter);
    }
  }
});

Deno.test("a reminder claims what the request it refers to claimed", () => {
  const rights = (letter: string) => recognise(letter).items.map(({ right }) => right);
  const threat = "After the arrival of this reminder you will have two more weeks to react, " +
    "otherwise I will contact the responsible supervisory authority.";
  deepStrictEqual(
    rights(
      "A month ago, on 3 May, I sent you a request according to Article 17 GDPR. Unfortunately, I " +
        `did not receive an answer so far. The period under Article 12(3) GDPR is over. ${threat}`,
    ),
    ["erasure"],
  );
  deepStrictEqual(
    rights(
      "Un mese fa vi ho inviato una richiesta ai sensi dell'articolo 15 del GDPR. Purtroppo non ho " +
        "ancora ricevuto una risposta da parte vostra.",
    ),
    ["access"],
  );
  deepStrictEqual(
    rights(
      "Hace un mes les envié una solicitud según el artículo 16 del RGPD. Lamentablemente, todavía " +
        "no he recibido ninguna respuesta de su parte.",
    ),
    ["rectification"],
  );
  deepStrictEqual(
    rights("We made the request for your order under Article 4 of our terms. GDPR is kept."),
    [],
  );
});

Deno.test("a letter in a language that nobody here reads claims what its articles say", () => {
  const rights = (letter: string) => recognise(letter).items.map(({ right }) => right);
  deepStrictEqual(
    rights("Vă rog să ștergeți toate datele mele personale conform art. 17 GDPR."),
    ["erasure"],
  );
  deepStrictEqual(rights("Kérem a személyes adataim törlését a GDPR 17. cikke alapján."), [
    "erasure",
  ]);
  const turkish = "GDPR'nin 15. maddesi uyarınca hakkımda hangi kişisel verileri işlediğinizi " +
    "öğrenmek istiyorum. Tüm kişisel verilerimi 17. madde gereği silin.";
  deepStrictEqual(rights(turkish), ["access", "erasure"]);
  deepStrictEqual(rights("Vă mulțumim pentru art. 17 din contract."), []);
  deepStrictEqual(rights("So reagieren Sie auf Auskunft nach Art. 15 DSGVO."), []);
});

Deno.test("a letter written for somebody else claims for them", () => {
  const { items } = recognise(
    "On behalf of Anna Amsel we request the erasure of all personal data under Article 17 GDPR. " +
      "Our client objects to the processing of her data for direct marketing.",
  );
  deepStrictEqual(items.map(({ right }) => right), ["erasure", "objection"]);
});

Deno.test("the sentence that claims a right is cited", () => {
  const { items } = recognise(
    "Guten Tag. Mir geht es gut. Bitte löschen Sie\nalle meine Daten. Danke!",
  );
  match(items[0]!.sentence, /^Bitte löschen Sie\s+alle meine Daten\.$/);
});

Deno.test("the introduction of a list is read with each entry, no more of it than is cited", () => {
  const list = `Ich bitte um ${"viele ".repeat(5_000)}Daten:\n${"- Name\n".repeat(50)}`;
  const leads = sentencesOf(list).flatMap(({ lead }) => lead ?? []);
  strictEqual(leads.length, 50);
  ok(leads.every((lead) => lead.length <= 500 && lead.endsWith("Daten:")));
});

Deno.test("a letter of one endless sentence takes time in proportion to its length", () => {
  const phrases = [
    "wir beantragen akteneinsicht in ",
    "alle meine daten ",
    "ihre unterlagen und daten zur ",
    "die adresse auf der rechnung ",
    "stattdessen",
    "delete my ",
    "the data on my old ",
    "i object to the ",
    "und ",
    "and ",
    "och ",
  ];
  const took = (text: string, read: (text: string) => unknown = recognise) => {
    const from = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1_000;
  };
  for (const phrase of phrases) {
    const [short, long] = [10_000, 60_000].map((length) =>
      took(phrase.repeat(length / phrase.length))
    );
    ok(long! < 10 * short! + 200, `${phrase}: ${short} and ${long} ms`);
  }
  ok(took("habt meine daten ".repeat(7_000), aboutOwn) < 200);
});

Deno.test("whatever a letter is made of, it is read in good time", () => {
  fc.assert(fc.property(anyText({ maxLength: 2_000 }), (text) => {
    recognise(text);
  }));
  const long = [
    "ich bitte um Löschung meiner Daten, ",
    "art. 15, 17, 18, ",
    "> a\n",
    "Am 3.5. schrieb ",
    "((((",
    "ne pas n' ",
  ];
  for (const piece of long) {
    const start = performance.now();
    recognise(piece.repeat(20_000));
    ok(performance.now() - start < 2_000, piece);
  }
});
