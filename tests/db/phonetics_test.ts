/** Kölner Phonetik: published examples, every rule, and the database's copy of the procedure. */
import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { encode } from "../../db/phonetics.ts";
import { database } from "../support/db.ts";

/** Names with their digits: those of the procedure's usual descriptions, then each of its rules. */
const examples: Record<string, string> = {
  "Müller-Lüdenscheidt": "65752682",
  Breschnew: "17863",
  Wikipedia: "3412",
  Meyer: "67",
  Schmidt: "862",
  Schneider: "8627",
  Fischer: "387",
  Weber: "317",
  Wagner: "3467",
  Becker: "147",
  Hoffmann: "0366",
  Schäfer: "837",
  // ph as f, p without h
  Philipp: "351",
  Stephan: "8236",
  Pohl: "15",
  // d and t before c, s, z
  Fritz: "378",
  Heitz: "08",
  Nietzsche: "68",
  Schulz: "858",
  Schulze: "858",
  // c at the start, after s and z, before and after others
  Christ: "4782",
  Claus: "458",
  Cäsar: "487",
  Cem: "86",
  Sachs: "848",
  Scholz: "858",
  Becher: "147",
  Tscherning: "87664",
  // x, and x after c, k, q
  Marx: "6748",
  Xaver: "4837",
  Bockx: "148",
  // umlauts, ß and letters of the neighbours are their base letters
  Übel: "015",
  Größe: "478",
  Grosse: "478",
  Łukasz: "548",
  Çelik: "854",
  // h has no digit; vowels count at the start only
  Ahorn: "076",
  Hahn: "06",
  "": "",
  "李": "",
  "007": "",
};

Deno.test("names get the digits of the procedure", () => {
  const found = Object.fromEntries(Object.keys(examples).map((name) => [name, encode(name)]));
  deepEqual(found, examples);
});

const meyer = fc.tuple(
  fc.constantFrom("M", "m"),
  fc.constantFrom("ei", "ey", "ai", "ay", "äi", "EY"),
  fc.constantFrom("e", "", "ie"),
  fc.constantFrom("r", "R", "rr"),
).map((parts) => parts.join(""));

Deno.test("all spellings of Meyer, Maier, Mayr and Meier agree", () => {
  fc.assert(fc.property(meyer, (name) => equal(encode(name), "67")));
});

const letters = [..."abcdefghijklmnopqrstuvwxyzäöüßéñçøłşABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ -'.1"];
const word = fc.array(fc.constantFrom(...letters), { maxLength: 20 }).map((all) => all.join(""));

Deno.test("digits do not repeat, hold no vowel after the start, and spelling twice changes nothing", () => {
  fc.assert(fc.property(word, (name) => {
    const code = encode(name);
    equal(/^[0-8]*$/.test(code), true);
    equal(/.0/.test(code), false);
    equal(encode(name.toUpperCase().normalize("NFD")), code);
  }));
});

Deno.test("the database follows the same procedure", async () => {
  const { owner } = await database();
  const file = new URL("../data/names/spellings.tsv", import.meta.url);
  const lines = (await Deno.readTextFile(file)).trim().split("\n").slice(1);
  const listed = lines.flatMap((line) => line.split("\t").slice(1, 3));
  const names = [...Object.keys(examples), ...listed, ...fc.sample(word, 2_000)];
  const rows = await owner<{ name: string; code: string }[]>`
    select name, phonetic(name) as code
    from unnest(${names}::text[]) as name
  `;
  deepEqual(
    rows.filter(({ name, code }) => code !== encode(name)).map(({ name, code }) => [
      name,
      code,
      encode(name),
    ]),
    [],
  );
});
