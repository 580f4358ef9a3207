/**
 * Turns a row of a table of deals into a record: its value, its status, its company and persons.
 */
import { currencyIn, parseCents } from "../money.ts";
import type { StageKind } from "../stages.ts";
import { type Cell, type Cells, every, first } from "./cells.ts";
import type { Findings } from "./contact_points.ts";
import { calendarDay } from "./dates.ts";
import * as importedFields from "./custom_fields.ts";
import { type Plan, storesNumbers } from "./plans.ts";
import { problem } from "./problems.ts";
import { tagsOf } from "./reach.ts";
import { blankCompany, blankDeal, type ImportedDeal, type ImportedRecord } from "./records.ts";

/** Fills in the record of a row; one without any name is rejected. */
export function fill(made: ImportedRecord, cells: Cells, plan: Plan, findings: Findings): void {
  // "12" below "partner_id" is a key, not a name.
  const company = withoutPerson(
    every(cells, "company.name")
      .find(({ text, column }) => !(/^\d+$/.test(text) && /id$/i.test(column.name)))?.text ?? "",
    every(cells, "deal.person").map(({ text }) => text),
  );
  const own = line(first(cells, "deal.name"));
  if (own === "" && isNone(cells, plan)) {
    made.skipped = "blank";
    return;
  }
  const named = own || line(company);
  const name = named !== "" || hasNames(plan) ? named : first(cells, "uid");
  if (name === "") {
    made.rejected = problem(made.row, "", "", "deal_without_name");
    return;
  }
  if (named === "") findings.warnings.push(problem(made.row, "", name, "name_from_number"));
  if (company !== "") made.companies = [{ ...blankCompany(), ...companyOf(line(company)) }];
  const deal: ImportedDeal = {
    ...blankDeal(),
    name,
    pipeline: first(cells, "deal.pipeline"),
    stage: first(cells, "deal.stage"),
    status: statusOf(cells),
    probability: probabilityOf(cells.get("deal.probability")?.[0]),
    expectedCloseOn: dayOf(cells.get("deal.closeOn")?.[0], findings),
    closedOn: dayOf(cells.get("deal.closedOn")?.find(({ text }) => !flag.test(text)), findings),
    createdOn: dayOf(cells.get("deal.createdOn")?.[0], findings),
    lostReason: first(cells, "deal.lostReason"),
    owner: first(cells, "deal.owner"),
    persons: personsOf(cells),
    source: line(first(cells, "deal.source")),
    notes: every(cells, "notes").map(({ text }) => text).join("\n\n"),
    uid: first(cells, "uid"),
    tags: tagsOf(every(cells, "tags").map(({ text }) => text)),
    ...importedFields.valuesOf(cells, "deal", plan, findings),
  };
  made.deal = deal;
  worth(deal, cells, plan, findings);
}

/** Whether a column names the deals or their companies, so that they need no other name. */
const hasNames = ({ columns }: Plan): boolean =>
  columns.some(({ target }) => target === "deal.name" || target === "company.name");

/** Prefixes of the columns of persons and companies in a sheet that lists deals as well. */
export const othersOf =
  /^(?:(?:person|organi[sz]ation) [-–]|(?:contact|company|kontakt|unternehmen):) /i;

/** Whether the row of a sheet that also lists persons or companies contains no deal. */
const isNone = (cells: Cells, { columns }: Plan): boolean =>
  columns.some(({ target }) => target === "deal.name") &&
  columns.some(({ name }) => othersOf.test(name)) &&
  ![...cells.keys()].some((target) => /^deal\.(?!person|owner|name)/.test(target));

/**
 * HubSpot's "Linden AG (linden.example)": the domain distinguishes companies and is not part of the
 * name.
 */
function companyOf(text: string): { name: string; website: string } {
  const [, name, website] =
    /^(.{2,}?) ?\(([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})\)$/.exec(text) ?? [];
  return name && website ? { name, website } : { name: text, website: "" };
}

/** Odoo shows a contact behind their company: "Linden AG, Karla Vogt". */
function withoutPerson(company: string, persons: readonly string[]): string {
  const [, behind = ""] = /, ([^,]+)$/.exec(company) ?? [];
  return persons.includes(behind) ? company.slice(0, -behind.length - 2) : company;
}

/** The text on a single line, as names are written. */
const line = (text: string): string =>
  text.split("\n").map((part) => part.trim()).filter(Boolean).join(" ");

/** Adds a cell that cannot be used to the notes, under its heading, so that nothing is lost. */
export function note(
  deal: ImportedDeal,
  { column, text }: Pick<Cell, "text"> & { column: string },
) {
  deal.notes = [deal.notes, `${column}: ${text}`].filter(Boolean).join("\n");
}

/** The value of a deal, if its currency is in our list; otherwise it goes into the notes. */
function worth(deal: ImportedDeal, cells: Cells, plan: Plan, { row, warnings }: Findings): void {
  const cell = cells.get("deal.amount")?.[0];
  if (!cell) return;
  const { column: { name } } = cell;
  const text = cell.text.replace(perPeriod, "");
  const cents = inCents(cell, plan) ? Number(text) : centsOf(text, storesNumbers(plan));
  const said = first(cells, "deal.currency") || currencyIn(text) || headed(name) ||
    (cell.currency ?? "");
  const currency = codeOf(said);
  if (cents !== null && currency !== null) {
    deal.amountCents = cents;
    deal.currency = currency;
    return;
  }
  const code = cents === null ? "amount_invalid" : "currency_unknown";
  const shown = cents === null || text.includes(said) ? text : `${text} ${said}`;
  warnings.push(problem(row, name, shown, code));
  note(deal, { column: name, text: shown });
}

/** "$500 monthly": how often a deal of Close pays. */
const perPeriod = /(?<=\d) (?:one[- ]time|monthly|annual(?:ly)?|yearly|per (?:month|year))$/i;

/** Whether an amount is in hundredths, as in Close's API if no other amount is given. */
const inCents = ({ text, column: { name } }: Cell, { columns }: Plan): boolean =>
  name === "value" && /^\d{1,13}$/.test(text) &&
  columns.some((column) => column.name === "value_period");

const codes = new Set(Intl.supportedValuesOf("currency"));

/** The currency at the end of a heading, as in `Value (USD)`; empty if there is none. */
function headed(heading: string): string {
  const said = /[ (]([A-Z]{3}|[€$£₹])\)?$/.exec(heading)?.[1] ?? "";
  return codes.has(said) || said.length === 1 ? said : "";
}

/**
 * Whole cents; null if it is no possible amount. Databases write more decimals than money has: they
 * are rounded unless they may be thousands, as `12.500` in a list made by people.
 */
export function centsOf(text: string, point: boolean): number | null {
  // "8.000,- €"
  const bare = text.trim().replace(/([.,])[-–—]{1,2}(?=\s|€|$)/, "$100");
  const machine = /^\d+[.,]\d{4,}$/.test(bare) || /^(?:0|\d{4,})[.,]\d{3}$/.test(bare) ||
    (point && /^\d+\.\d\d[1-9]$/.test(bare));
  return parseCents(machine ? rounded(bare) : bare);
}

/** A decimal number rounded half up to two decimals: by its digits, as a float would miss some. */
function rounded(text: string): string {
  const [whole = "", parts = ""] = text.split(/[.,]/);
  const cents = BigInt(whole + parts.slice(0, 2)) + (parts[2]! >= "5" ? 1n : 0n);
  return String(cents).padStart(3, "0").replace(/(?=\d\d$)/, ".");
}

const named: Readonly<Record<string, string>> = {
  EURO: "EUR",
  "€": "EUR",
  "US DOLLAR": "USD",
  "US DOLLARS": "USD",
  $: "USD",
  "£": "GBP",
  "₹": "INR",
  "SCHWEIZER FRANKEN": "CHF",
  "SWISS FRANC": "CHF",
};
/** Currencies without hundredths, whose values would become a hundred times too large. */
const without = new Set([
  "JPY",
  "KRW",
  "VND",
  "CLP",
  "ISK",
  "XAF",
  "XOF",
  "BHD",
  "KWD",
  "OMR",
  "TND",
  "JOD",
]);

/** The code of a currency; empty if there is none, null for one that we do not support. */
function codeOf(text: string): string | null {
  // SuiteCRM shows "Euro : €".
  const [word = ""] = text.trim().toUpperCase().split(/ ?: /);
  // SuiteCRM and SugarCRM use -99 for their default currency.
  if (word === "" || word === "-99") return "";
  const code = named[word] ?? /^[^(]*\(([A-Z]{3})\)$/.exec(word)?.[1] ??
    /^([A-Z]{3})(?: [(–-].*)?$/.exec(word)?.[1] ?? word;
  return codes.has(code) && !without.has(code) ? code : null;
}

const won =
  /^(?:(?:(?:deal|opportunity|closed|abgeschlossen|geschlossen)(?: und | & | and |[ ,–-]{0,3}))?(?:won|gewonnen)|erfolgreich|verkauft|sold|auftrag(?: erhalten| erteilt)?|beauftragt|angenommen|accepted)$/i;
const lost =
  /^(?:(?:(?:deal|opportunity|closed|abgeschlossen|geschlossen)(?: und | & | and |[ ,–-]{0,3}))?(?:lost|verloren)(?: to competition)?|abgesagt|dead|abgelehnt|verworfen|kein auftrag|storniert|declined|rejected)$/i;
const open = /^(?:open|offen|in progress|in arbeit|laufend|aktiv|active)$/i;
const yes = /^(?:1|true|wahr|yes|ja|y|x)$/i;
/** Flags and remarks that some write in place of the day. */
const flag = /^(?:[01xyn-]|true|false|wahr|falsch|yes|no|ja|nein|open|offen|not closed)$/i;

/** The state of a deal that a word of a status or a stage indicates; empty for any other word. */
export function kindOf(text: string): StageKind | "" {
  // "7. Closed Won", "Closed won (Sales Pipeline)", "Abgeschlossen (gewonnen)".
  const [, word = "", aside = ""] = /^(?:\d{1,2}[.):] ?)?([^()]{1,60})(?:\(([^()]{1,60})\))?$/
    .exec(text.trim()) ?? [];
  for (const each of [word.trim(), aside.trim()]) {
    const kind = won.test(each) ? "won" : lost.test(each) ? "lost" : open.test(each) ? "open" : "";
    if (kind !== "") return kind;
  }
  return "";
}

function statusOf(cells: Cells): StageKind | "" {
  if (yes.test(first(cells, "deal.won"))) return "won";
  const said = kindOf(first(cells, "deal.status")) || kindOf(first(cells, "deal.stage"));
  // Closed and not won means lost, whatever its stage is called.
  const closed = every(cells, "deal.closed", "deal.closedOn").some(({ text }) => yes.test(text));
  // Odoo shows what was lost by its reason alone: the stage is that of before.
  const hopeless = said === "" && first(cells, "deal.lostReason") !== "" &&
    probabilityOf(cells.get("deal.probability")?.[0]) === 0;
  return said !== "won" && closed || hopeless ? "lost" : said;
}

/** In hundredths: `60`, `60 %`, `60,0`, `0.6`; a mere `1` is that of fractions, and certain. */
function probabilityOf(cell: Cell | undefined): number | null {
  const text = cell?.text.trim() ?? "";
  if (text === "1" && !/%|prozent|percent/i.test(cell!.column.name)) return 100;
  const found = /^(\d{1,3})(?:[.,](\d+))?\s?%?$/.exec(text);
  if (!found) return null;
  const value = Number(`${found[1]}.${found[2] ?? 0}`);
  const hundredths = value <= 1 && found[2] !== undefined ? value * 100 : value;
  return hundredths <= 100 ? Math.round(hundredths) : null;
}

function dayOf(cell: Cell | undefined, { row, warnings }: Findings): string | null {
  if (!cell) return null;
  const day = calendarDay(cell.text, cell.column.dates);
  if (day !== null && !day.startsWith("--")) return day || null;
  warnings.push(problem(row, cell.column.name, cell.text, "date_invalid"));
  return null;
}

/**
 * Addresses first, because they identify people; each person with the role given in the same group.
 */
function personsOf(cells: Cells): string[] {
  const roles = every(cells, "deal.personRole");
  const persons = every(cells, "deal.person").map((cell) => {
    const role = roles.find(({ column }) => pathOf(column.name) === pathOf(cell.column.name));
    const several = pathOf(cell.column.name) === "" && /[;,\n]/.test(cell.text);
    return role && !several ? `${cell.text} (${role.text})` : cell.text;
  });
  return [...new Set([...every(cells, "email").map(({ text }) => text), ...persons])];
}

/** "contacts.2" of "contacts.2.role": everything under one path is about one person. */
const pathOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf(".")));
