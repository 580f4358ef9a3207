/** The database's folding, made faster: it must give what the keys and search texts in store were made by. */
import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { join } from "node:path";
import { database } from "../support/db.ts";

const migrations = join(import.meta.dirname!, "../../db/migrations");

/** The functions as earlier migrations made them, under the names `before_…`. */
async function before(file: string, names: readonly string[]): Promise<string> {
  const text = await Deno.readTextFile(join(migrations, file));
  return names.map((name) => {
    const found = new RegExp(`create (?:or replace )?function ${name}\\([^]*?\\$\\$[^]*?\\$\\$;`)
      .exec(text)![0];
    return found.replace(`function ${name}(`, `function pg_temp.before_${name}(`)
      .replaceAll(" fold(", " pg_temp.before_fold(").replaceAll("(fold(", "(pg_temp.before_fold(");
  }).join("\n");
}

/** What the functions look for, and what is around it. */
const parts = [
  ..."aouecxdtszphlk09äöüßÄÖÜéñąłŻİÆœЖщΔ",
  ...["ae", "oe", "ue", "uee", "aue", "que", "eue", "ph", "sz", "ll", "00", "12"],
  ...[" ", "  ", "\t", "\n", "\u00a0", "'", "’", "`", "´", "ʼ", "^", "_", "\\", "{", "~", "\x7f"],
  ...[
    ".",
    ",",
    "-",
    "–",
    "@",
    "&",
    "/",
    "«",
    "№",
    "\u0301",
    "\u0308",
    "\u0327",
    "\ufb01",
    "\u212b",
  ],
  ...[
    " gmbh",
    "gmbh & co. kg",
    " KG",
    " i.L.",
    " in Liquidation",
    " AG",
    " und co",
    " Ltd.",
    " e. V.",
  ],
];

Deno.test("folding gives what it gave before it was made faster", async () => {
  const { owner } = await database();
  const made = await before("0099_fold_faster.sql", ["fold", "phonetic", "search_words"]) +
    await before("0010_deepen_records.sql", ["company_key"]);
  const texts = fc.sample(
    fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 14 }).map((all) => all.join("")),
    8_000,
  );
  const rows = await owner.begin(async (sql) => {
    await sql.unsafe(made);
    return await sql<{ text: string; differing: string[] }[]>`
      select given.text, array_remove(array[
          case when fold(text) <> pg_temp.before_fold(text) then 'fold' end,
          case when phonetic(text) <> pg_temp.before_phonetic(text) then 'phonetic' end,
          case when company_key(text) <> pg_temp.before_company_key(text) then 'key' end,
          case when (
            select array_agg(w order by w) from regexp_split_to_table(search_words(text), ' ') w
          ) <> (
            select array_agg(w order by w)
            from regexp_split_to_table(pg_temp.before_search_words(text), ' ') w
          )
            then 'words' end
        ], null) as differing
      from unnest(${texts}::text[]) as given (text)
    `.then((rows) => rows.filter(({ differing }) => differing.length > 0));
  });
  deepEqual(rows, []);
});

Deno.test("a letter with a separate accent folds as the composed letter", async () => {
  const { owner } = await database();
  const [row] = await owner<{ names: string[]; sounds: string[] }[]>`
    select array[fold(${"Mu\u0308ller"}), fold(${"Müller"}), fold(${"D’Angelo \u00a0-  &Co."})] as names,
      array[phonetic(${"Mu\u0308ller"}), phonetic(${"Müller"})] as sounds
  `;
  deepEqual(row!.names, ["muller", "muller", "dangelo co"]);
  equal(row!.sounds[0], row!.sounds[1]);
});
