/**
 * Reads tables with a row for each field of a person: "Eva Groß; Telefon; 030 12345", as databases
 * and phone books write them.
 */

import { clean } from "./cells.ts";
import { read } from "./headings.ts";
import { phoneKind } from "./kind_words.ts";
import type { Pairs, Plan } from "./plans.ts";
import type { Row } from "./tables.ts";

const saysField =
  /^(?:art|typ|type|feld(?:name)?|field(?: ?name)?|attribut(?:e|name)?|attribute[_ ]?name|eigenschaft|property|merkmal|key|schl[üu]ssel|kontaktart|kommunikationsart|angabe|nummerntyp|nummernart|rufnummerntyp|label)$/i;
const saysValue = /^(?:wert|value|inhalt|eintrag|daten|data|angaben|field[_ ]?value|feldwert)$/i;
const saysNumber =
  /^(?:(?:ruf|telefon)?nummer|number|phone(?: ?number)?|tel(?:efon)?(?:nr|-nr)?\.?|telefonnr\.?)$/i;
/** What says whose a row is, the surest first. */
const signs = [
  /^(?:uid|customerNumber)$/,
  /^(?:name|fullName|firstName|lastName|birthday)$/,
  /^company\.name$/,
];
const useful = /(?:name|email|phone|address|birthday|website|notes|position|title|label)/i;

const mostFields = 100;
/** Persons whose rows may be apart; those of any others are followed directly by the next one's. */
const mostOpen = 5_000;
/** Rows of one person; further ones are another's of the same name, so that no cell grows forever. */
const mostRows = 200;

/** The headings of a table of fields, which the plan then records; null for any other table. */
export function settle(plan: Plan, first: readonly Row[]): string[] | null {
  const filled = first.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const header = filled[0]?.cells.map(clean) ?? [];
  const field = header.findIndex((cell) => saysField.test(cell));
  const value = header.findIndex((cell) => saysValue.test(cell) || saysNumber.test(cell));
  const data = filled.slice(1);
  if (field < 0 || value < 0 || header.length > 12 || data.length < 2) return null;
  const keys = header.flatMap((cell, at) => cell && at !== field && at !== value ? [at] : []);
  const own = ownOf(keys, header);
  if (own.length === 0) return null;
  const number = saysNumber.test(header[value]!);
  const pairs = { field, value, keys, own, ...number ? { number } : {} };
  const names = [...new Set(data.map(({ cells }) => nameOf(cells, pairs)))].filter(Boolean);
  const known = names.filter((name) => useful.test(read(name)?.target ?? ""));
  if (known.length < 2 || known.length < names.length * 0.6 || !repeats(data, pairs)) return null;
  plan.header = filled[0]!.number;
  plan.pairs = pairs;
  return [...keys.map((at) => header[at]!), ...names];
}

/** The columns that say whose a row is. */
function ownOf(keys: readonly number[], header: readonly string[]): number[] {
  const found = signs.map((sign) =>
    keys.filter((at) => sign.test(read(header[at]!)?.target ?? ""))
  );
  return found.find((each) => each.length > 0) ?? [];
}

/** Whether these are the headings of nothing but fields and their values. */
export function areHeadings(cells: readonly string[]): boolean {
  const [field = "", value = "", ...others] = cells.map(clean);
  return saysField.test(field) && saysValue.test(value) && others.every((cell) => cell === "");
}

/** Whether some person has several rows, so that the table is no list of one number each. */
function repeats(data: readonly Row[], { own }: Pairs): boolean {
  const said = data.map(({ cells }) => keyOf(cells, own));
  return new Set(said.filter(Boolean)).size < said.length;
}

const keyOf = (cells: readonly string[], keys: readonly number[]): string => {
  const said = keys.map((at) => clean(cells[at] ?? ""));
  return said.some(Boolean) ? said.join("\n") : "";
};

/** The heading that the row's field would have: "mobil" before a number is "Telefon mobil". */
function nameOf(cells: readonly string[], { field, number }: Pairs): string {
  const said = clean(cells[field] ?? "").replace(/(?<!\s)\s*:$/, "");
  if (said.length >= 60) return "";
  if (!number || said === "") return number ? "Telefon" : said;
  return phoneKind(said) ? `Telefon ${said}` : said;
}

/** Adds the fields that only rows further down have. */
export async function addFurther(
  { pairs, header }: Plan,
  names: string[],
  open: () => AsyncIterable<Row>,
): Promise<void> {
  if (!pairs) return;
  const known = new Set(names);
  for await (const { number, cells } of open()) {
    if (number <= header || names.length >= mostFields) continue;
    const name = nameOf(cells, pairs);
    if (known.has(name) || !useful.test(read(name)?.target ?? "")) continue;
    known.add(name);
    names.push(name);
  }
}

/** What a person has only one of, so that another value shows a namesake. */
const single =
  /^(?:salutation|title|birthday|customerNumber|website|address\.\w+\.(?:street|postalCode|city|whole))$/;

/** A row of a person, and the fields that it was made of in their order. */
interface Part {
  row: Row;
  fields: number[];
}

/** A row for each person under these headings, with the number of their first row. */
export async function* rows(
  source: AsyncIterable<Row>,
  pairs: Pairs,
  header: number,
  names: readonly string[],
): AsyncGenerator<Row> {
  const places = new Map(names.map((name, at) => [name, at]));
  const open = new Map<string, Part[]>();
  const counts = new Map<string, number>();
  const numbered = signs[0]!.test(read(names[pairs.keys.indexOf(pairs.own[0]!)]!)?.target ?? "");
  const singles = new Set(numbered ? [] : singlesAmong(names));
  let last = "";
  for await (const row of source) {
    if (row.number <= header) continue;
    last = keyOf(row.cells, pairs.own) || last;
    const count = counts.get(last) ?? 0;
    counts.set(last, count + 1);
    const key = `${last}\n${Math.floor(count / mostRows)}`;
    const parts = open.get(key) ?? [];
    const field = places.get(nameOf(row.cells, pairs)) ?? -1;
    if (parts.length === 0) open.set(key, parts);
    if (parts.length === 0 || !numbered && restarts(parts.at(-1)!, field)) {
      const cells = names.map(() => "");
      parts.push({ row: { number: row.number, cells, unclosed: false }, fields: [] });
    }
    add(parts.at(-1)!, row, pairs, field);
    if (open.size > mostOpen) {
      const [oldest, ready] = open.entries().next().value!;
      open.delete(oldest);
      yield* persons(ready, singles);
    }
  }
  for (const parts of open.values()) yield* persons(parts, singles);
}

const singlesAmong = (names: readonly string[]): number[] =>
  names.flatMap((name, at) => single.test(read(name)?.target ?? "") ? [at] : []);

/** Whether the fields begin anew with the one that came first, as a namesake's may. */
const restarts = ({ fields }: Part, field: number): boolean =>
  field === fields[0] && fields.some((other) => other !== field);

function add({ row, fields }: Part, { cells, unclosed }: Row, pairs: Pairs, field: number): void {
  row.unclosed ||= unclosed;
  for (const [at, key] of pairs.keys.entries()) row.cells[at] ||= cells[key] ?? "";
  const value = clean(cells[pairs.value] ?? "");
  if (field < pairs.keys.length || value === "") return;
  fields.push(field);
  row.cells[field] = [row.cells[field], value].filter(Boolean).join(", ");
}

/**
 * The persons of these rows: namesakes where every row has the same fields in the same order, or
 * two values of what a person has once; otherwise one.
 */
function persons([first, ...more]: Part[], singles: ReadonlySet<number>): Row[] {
  const order = first!.fields.join();
  if (more.length > 0 && more.every(({ fields }) => fields.join() === order)) {
    return [first!, ...more].map(({ row }) => row);
  }
  const found = [first!.row];
  for (const { row } of more) {
    const own = found.at(-1)!;
    const differs = row.cells.some((cell, at) =>
      singles.has(at) && cell !== "" && own.cells[at] !== "" && cell !== own.cells[at]
    );
    if (differs) found.push(row);
    else merge(own, row);
  }
  return found;
}

function merge(own: Row, more: Row): void {
  own.unclosed ||= more.unclosed;
  more.cells.forEach((cell, at) => {
    const known = own.cells[at]!;
    if (cell !== "" && cell !== known) {
      own.cells[at] = [known, cell].filter(Boolean).join(", ");
    }
  });
}
