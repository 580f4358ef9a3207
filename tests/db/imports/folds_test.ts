/** What an import finds and compares texts by is what the schema makes of them. */
import { deepEqual, equal } from "node:assert/strict";
import { fold, searchWords } from "../../../db/imports/folds.ts";
import { database } from "../../support/db.ts";

/** Both sides of each text: ours, and what the schema makes of it. */
async function both(texts: readonly string[]) {
  const { owner } = await database();
  const made = await owner<{ text: string; folded: string; words: string }[]>`
    select text, fold(text) as folded, search_words(text) as words
    from unnest(${texts as string[]}::text[]) with ordinality as given (text, at)
    order by at
  `;
  return made.map(({ text, folded, words }) => ({
    ours: [text, fold(text) ?? folded, searchWords(text) ?? words],
    theirs: [text, folded, words],
  }));
}

Deno.test("every letter and sign is found as the schema finds it, alone and between others", async () => {
  const signs = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).slice(1);
  const texts = signs.flatMap((sign) => [sign, `a${sign}e`, `${sign}e ue${sign}`, `Aue${sign}UE`]);
  for (const { ours, theirs } of await both(texts)) deepEqual(ours, theirs);
});

Deno.test("names, addresses and mixed texts are found as the schema finds them", async () => {
  const pieces = [
    ..."aeouqAEOUäöüß",
    ...["'", "`", "-", ".", "@", "&", "/", "(", " ", "  ", "e", "ue", "uee", "Straße", "Müller"],
    ...["Mueller", "o'neue", "Québec", "Łódź", "1", "09", "GmbH & Co. KG", "_", "\\", '"', "Œuvre"],
  ];
  // Always the same ones: numbers of a simple generator.
  let state = 7;
  const draw = () => state = Math.imul(state, 1103515245) + 12345 & 0x7fffffff;
  const texts = Array.from(
    { length: 5_000 },
    () =>
      Array.from({ length: 1 + (draw() >> 8) % 12 }, () => pieces[(draw() >> 8) % pieces.length])
        .join(""),
  );
  for (const { ours, theirs } of await both(texts)) deepEqual(ours, theirs);
});

Deno.test("most texts of a Western list are folded in memory, others by the schema", () => {
  equal(fold("Anne-Käthe  Groß"), "anne kathe gross");
  equal(searchWords("Mueller Muehle"), " muller muhle mueller muller muehle muhle ");
  equal(searchWords(""), "  ");
  for (const text of ["Ивана", "a\tb", "O’Brien", "Ａ", "İstanbul", "e\u0301", "\u00a0", "😀"]) {
    equal(fold(text), null);
    equal(searchWords(text), null);
  }
});
