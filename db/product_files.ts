/** Product tables as other programs and this one write them: what each column means, row by row. */
import { clean } from "./imports/cells.ts";
import { hasCards, storesNumbers } from "./imports/plans.ts";
import { Unreadable } from "./imports/problems.ts";
import { reader } from "./imports/readers.ts";
import { Invalid } from "./errors.ts";

/** The most products a file may have. */
const most = 5_000;
/** The most bytes a file may have. */
export const largest = 5_000_000;

/** Known column headings, in letters and digits only; the first one listed has precedence. */
const headings = {
  number:
    "artikelnummer artikelnr artnr produktnummer sku productcode productproductcode articlenumber articleno productnumber productno partnumber itemnumber itemno itemcode variantsku internalreference internereferenz number nummer nr ref",
  name:
    "artikelbezeichnung bezeichnung artikelname produktname productname itemname name title titel label produkt product artikel warenbezeichnung",
  description:
    "description beschreibung productdescription produktbeschreibung artikelbeschreibung langbeschreibung text langtext body kurzbeschreibung shortdescription",
  unit:
    "unit einheit mengeneinheit usageunit unitofmeasure uom productunit maßeinheit masseinheit vkeinheit verkaufseinheit me",
  // Net prices come before all others, and the regular price before a temporary one.
  price:
    "verkaufspreisnetto vknetto nettovk pricenet netprice preisnetto nettopreis vkpreisnetto einzelpreisnetto preis1netto sellingpricenet netto stdvknetto price preis artikelpreis preisme preisproeinheit preisjeeinheit einzelpreis vk vkpreis verkaufspreis unitprice salesprice sellingprice sellprice listprice listenpreis productprice variantprice regularprice regulärerpreis standardpreis productunitprices unitprices productprice amount betrag",
  currency: "currency währung currencycode productcurrency",
  vatRate:
    "vatrate vat ust mwst ustsatz mwstsatz steuersatz umsatzsteuer mehrwertsteuer tax taxrate ustin mwstin vatin vatpercent taxpercent customertaxes kundensteuern verkaufssteuern producttax",
  active:
    "active aktiv wirdverkauft imverkauf sold productactive isactive published veröffentlicht zumverkauf tosell productonline",
} as const;
export type Column = keyof typeof headings;

const columns = new Map(
  (Object.keys(headings) as Column[]).flatMap((column) =>
    headings[column].split(" ").map((word, rank) => [word, { column, rank }] as const)
  ),
);

/** Without brackets, and without the language of the text: "Titel DE". */
const meaningOf = (heading: string) =>
  columns.get(
    heading.toLowerCase().replace(/\([^()]*\)/g, "").replace(/[ _](?:de|en)$/, "")
      .replace(/[^\p{L}\d]/gu, ""),
  );

/** States that programs give a product in a column of that name. */
const onSale = /^(?:aktiv|active|published|veröffentlicht|verfügbar)$/i;
const offSale = /^(?:inaktiv|nicht aktiv|inactive|draft|entwurf|archived|archiviert)$/i;

/** What other columns of the table tell of a product. */
interface Beside {
  status: number;
  handle: number;
  option: number;
}

function besideOf(cells: readonly string[]): Beside {
  const at = (name: RegExp) => cells.findIndex((cell) => name.test(clean(cell)));
  return { status: at(/^status$/i), handle: at(/^handle$/i), option: at(/^option1 value$/i) };
}

export interface FileRow {
  /** Counted as in a spreadsheet. */
  row: number;
  values: Partial<Record<Column, string>>;
}

/** How many rows at the start of a table are searched for the headings. */
const looked = 20;

/** The rows of a table. Throws Invalid if it is no table, lacks names or prices, or is too long. */
export async function read(bytes: Uint8Array<ArrayBuffer>): Promise<FileRow[]> {
  const files = await reader();
  const source = () => new Blob([bytes]).stream();
  try {
    const { plan } = await files.inspect(source, { header: 0 });
    if (hasCards(plan)) throw refuse("no_columns");
    const asNumbers = storesNumbers(plan);
    let named: (Column | undefined)[] | null = null;
    let beside: Beside | null = null;
    let last = { handle: "", name: "" };
    const found: FileRow[] = [];
    let before = 0;
    for await (const { row, cells } of files.cells(source, plan)) {
      if (named) {
        if (found.length === most) throw refuse(`too_many?max=${most}`);
        const values = valuesOf(named, cells, asNumbers);
        last = varied(values, cells, beside!, last);
        // Shops add a row for each additional picture.
        if (values.name || values.price) found.push({ row, values });
        continue;
      }
      const meant = once(cells.map((cell) => meaningOf(clean(cell))));
      // Without another name, the description is one.
      const told = meant.indexOf("description");
      if (!meant.includes("name") && told >= 0 && meant.includes("number")) meant[told] = "name";
      if (meant.includes("name") && meant.includes("price")) {
        [named, beside] = [meant, besideOf(cells)];
      } else if (++before >= looked) break;
    }
    if (!named) throw refuse("no_columns");
    if (found.length === 0) throw refuse("no_rows");
    return found;
  } catch (error) {
    if (error instanceof Unreadable) throw refuse("unreadable");
    throw error;
  }
}

/** Completes the values from the other columns: Shopify names only the first variant of a product. */
function varied(
  values: FileRow["values"],
  cells: readonly string[],
  { status, handle, option }: Beside,
  last: { handle: string; name: string },
): { handle: string; name: string } {
  const cell = (at: number) => at < 0 ? "" : clean(cells[at] ?? "");
  if (!values.active && onSale.test(cell(status))) values.active = "yes";
  if (!values.active && offSale.test(cell(status))) values.active = "no";
  const own = { handle: cell(handle), name: values.name ?? "" };
  if (own.name === "" && own.handle !== "" && own.handle === last.handle) own.name = last.name;
  const variant = cell(option);
  if (own.name && values.price && handle >= 0) {
    values.name = own.name + (variant && !/^default title$/i.test(variant) ? `, ${variant}` : "");
  }
  return own;
}

const refuse = (code: string) => new Invalid(`product_imports.${code}`, "file");

/**
 * Of several columns with one meaning, keeps the best-named one: `Nr.` beside `Artikelnummer` is
 * only a counter.
 */
function once(meant: ReturnType<typeof meaningOf>[]): (Column | undefined)[] {
  const best = new Map<Column, { rank: number; at: number }>();
  for (const [at, each] of meant.entries()) {
    if (each && each.rank < (best.get(each.column)?.rank ?? Infinity)) {
      best.set(each.column, { rank: each.rank, at });
    }
  }
  return meant.map((each, at) =>
    each && best.get(each.column)!.at === at ? each.column : undefined
  );
}

function valuesOf(
  named: (Column | undefined)[],
  cells: string[],
  asNumbers: boolean,
): FileRow["values"] {
  const values: FileRow["values"] = Object.fromEntries(
    named.flatMap((column, at) => column ? [[column, unguarded(clean(cells[at] ?? ""))]] : []),
  );
  if (values.name) values.name = values.name.replace(/\s+/g, " ");
  // "19% USt", as Odoo writes it, and a shop's word for the standard rate.
  const { vatRate = "" } = values;
  const [, percent] = /^(?=.*\p{L})[^\d]{0,30}(\d{1,2}(?:[.,]\d{1,2})?) ?%/u.exec(vatRate) ?? [];
  if (percent) values.vatRate = percent;
  else if (/^(?:standard|normal|regul[äa]r|taxable|voll)/i.test(vatRate)) delete values.vatRate;
  // A number cell may have thousandths after its point but no digit groups: do not read it as a
  // thousand.
  if (asNumbers && /^\d{1,3}\.\d{3}$/.test(values.price ?? "")) values.price += "0";
  return values;
}

/** Our own files put an apostrophe before text that a spreadsheet would run as a formula. */
const unguarded = (text: string): string => text.replace(/^'(?='*[=+\-@＝＋－＠])/, "");
