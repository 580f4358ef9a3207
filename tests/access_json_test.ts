/** The two halves of an answer to a right of access say the same: the letter, and the file for machines. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as accessJson from "../db/access_json.ts";
import * as packages from "../db/access_packages.ts";
import { now } from "../db/clock.ts";
import { accessLetter } from "../views/access_letters.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { cast } from "./support/cast.ts";
import { define, fieldName, newContact } from "./support/custom_fields.ts";
import { formOf } from "./support/html.ts";

const { alice } = await cast();
const figures = {
  money: ["Jahresbeitrag", "1234,5", "2000"],
  number: ["Schuhgröße", "1042,75", "44"],
  date: ["Eintritt", "2024-03-09", "2025-01-31"],
} as const;
const ids: Record<string, string> = {};
for (const [kind, [labelDe]] of Object.entries(figures)) {
  const [purpose, legalBasis] = kind === "date" ? ["marketing", "consent"] : ["sales", "contract"];
  ids[kind] = await define(alice, { kind, labelDe, purpose: purpose!, legalBasis: legalBasis! });
}
const fill = (at: 1 | 2) =>
  Object.fromEntries(
    Object.entries(figures).map(([kind, values]) => [fieldName(ids[kind]!), values[at]]),
  );
const contact = await newContact(alice, fill(1));
const edit = `/contacts/${contact}/edit`;
const saved = await alice.post(edit, {
  ...formOf(await (await alice.get(edit)).text()),
  ...fill(2),
});
if (saved.status !== 303) throw new Error(await saved.text());

const read = (locale: "de" | "en") =>
  alice.scope(async (scope) =>
    await packages.read(
      scope,
      alice.test.services.config,
      await packages.findPerson(scope, contact),
      locale,
    )
  );
const letterIn = async (locale: "de" | "en") => {
  const format = formatter(locale, now());
  const view = { t: translator(locale), locale, now: now(), format };
  // No-break spaces are a matter of typesetting.
  return JSON.stringify(accessLetter(view, await read(locale))).replace(/\u00a0|\u202f/g, " ");
};

Deno.test("custom fields' dates, numbers and money are in the reader's format, in values and history", async () => {
  const german = await letterIn("de");
  for (
    const words of [
      "Jahresbeitrag: 1.234,50 € → 2.000,00 €",
      "Schuhgröße: 1.042,75 → 44",
      "Eintritt: 09.03.2024 → 31.01.2025",
      "2.000,00 €",
    ]
  ) ok(german.includes(words), `${words}\n${german}`);
  const english = await letterIn("en");
  for (const words of ["€1,234.50 → €2,000.00", "1,042.75 → 44", "09/03/2024 → 31/01/2025"]) {
    ok(english.includes(words), `${words}\n${english}`);
  }
  for (const text of [german, english]) {
    ok(!/2024-03-09|1234\.5|2000 EUR|field_kind|money/.test(text), text);
  }
});

Deno.test("the file for machines names every purpose and basis that the letter names", async () => {
  const json = accessJson.toJson(await read("de"), now()) as {
    processing: { purpose: string; legal_basis: string }[];
    withinEea: boolean;
    data: { changes: { fields: { kind?: string; to?: string }[] }[] };
  };
  const pairs = json.processing.map((each) => `${each.purpose} ${each.legal_basis}`);
  ok(pairs.includes("marketing consent"), pairs.join());
  deepEqual([...new Set(pairs)], pairs, "each once");
  deepEqual(json.withinEea, true);
  const changed = json.data.changes.flatMap(({ fields }) => fields ?? []).filter(({ kind }) =>
    kind
  );
  deepEqual(
    changed.filter(({ to }) => to === "2025-01-31").map(({ kind }) => kind),
    ["date"],
    "machines read the stored form, and how to",
  );
});

Deno.test("the file for machines is written in pieces as it would be as a whole", async () => {
  const found = await read("de");
  const at = now();
  const whole = JSON.stringify(accessJson.toJson(found, at), null, 2);
  equal([...accessJson.textOf(found, at)].join(""), whole);
  const { rows } = found.tables.find(({ table }) => table === "contacts")!;
  const tables = [{ table: "contacts", rows: Array.from({ length: 200 }, () => rows[0]!) }];
  const pieces = [...accessJson.textOf({ ...found, tables }, at)];
  ok(pieces.length > 2 && pieces.every(({ length }) => length < 100_000), `${pieces.length}`);
});
