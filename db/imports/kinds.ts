/**
 * Guesses whether a file lists persons, companies, both, deals, newsletter addresses, or something
 * else.
 */

import { salutation } from "../person_names.ts";
import { areBlocks } from "./address_blocks.ts";
import * as dealColumns from "./deal_columns.ts";
import { isForeign } from "./foreign_lists.ts";
import { read, words } from "./headings.ts";
import type { Column } from "./mappings.ts";
import * as labelLines from "./label_lines.ts";
import * as nameKinds from "./name_kinds.ts";
import type { Kind, PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

// Headings of deals, pipelines, invoices and articles, without blanks.
const elsewhere = new Set(
  ("stagename stage dealstage dealname dealtitle dealid pipeline pipelineid stageid amount betrag " +
    "closedate abschlussdatum expectedclosedate probability wahrscheinlichkeit " +
    "forecastcategoryname forecastcategory iswon isclosed closedwon displayorder leadstate " +
    "leadstateid turnover probableturnover opportunityname verkaufschance vertriebsphase phase " +
    "auftragswert wonlost dealvalue deallabel rechnungsnummer rechnungsdatum invoicenumber " +
    "invoicedate bestellnummer ordernumber artikelnummer sku preis price menge quantity ean " +
    "faelligkeitsdatum duedate nettobetrag bruttobetrag " +
    "belegdatum buchungstext gegenkonto sollhabenkennzeichen umsatzohnesollhabenkz mainnumber " +
    "articleid instock purchaseprice orderid ordertime invoiceamount categoryid startdate enddate " +
    "transaktionscode transactionid brutto gross netto gebuehr fee budget subject ticketid caseid casenumber")
    .split(" "),
);
// Headings that only companies have.
const corporate = new Set(
  ("numberofemployees annualrevenue parentid mitarbeiterzahl mitarbeiter siret siren capital " +
    "kapital gruendungsjahr yearfounded employees umsatz domain companydomainname idprof juridicalstatus " +
    "thirdpartytype").split(" "),
);
const companyOnly: Target[] = [
  "company.vatId",
  "company.taxNumber",
  "company.registerNumber",
  "company.registerCourt",
  "company.legalForm",
  "company.industry",
  "company.parent",
];

/** What the names in a column are, if the file has no other column for them. */
export interface NameTally {
  persons: number;
  companies: number;
  /** Names that could be either. */
  open: number;
}

export interface Guess {
  kind: Kind;
  /** For a single column of names; undefined if the file has others. */
  names?: NameTally;
}

/** The kind of the file; also determines what a plain "Name" column holds. */
export function guess(plan: PlanColumn[], columns: Column[], fileName = ""): Guess {
  const judged = judge(plan, columns, fileName);
  const found = typeof judged === "string" ? { kind: judged } : judged;
  const name = plan.find((column) => column.target === "name");
  if (name) name.target = targetOf(found.kind);
  return found;
}

const targetOf = (kind: Kind): Target =>
  kind === "contacts" ? "fullName" : kind === "companies" ? "company.name" : "name";

/**
 * The columns under another kind: a column with the names of all now holds names of that kind. What
 * identifies deals means something else in other lists.
 */
export function renamed(columns: PlanColumn[], kind: Kind): PlanColumn[] {
  if (kind === "deals") return dealColumns.map(columns);
  const names: Target[] = ["name", "fullName", "firstName", "lastName", "company.name"];
  const found = columns.filter(({ target }) => names.includes(target));
  const [only] = found;
  if (found.length !== 1 || !only || read(only.name)?.target !== "name") return columns;
  return columns.map((column) => column === only ? { ...only, target: targetOf(kind) } : column);
}

/** Bitrix24 lists fields of a deal's contact and company behind its own: "Contact: Last name". */
const attached = /^(?:contact|kontakt): /i;

/** How lines of a program's log begin: with a moment, or with an address in its network. */
const logged =
  /^\[?(?:\p{Lu}\p{Ll}{2} [ \d]\d \d\d:\d\d:\d\d\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S* \S|\d{1,3}(?:\.\d{1,3}){3} - )/u;

const isLog = ([first]: readonly Column[]): boolean => {
  const lines = [first?.heading ?? "", ...first?.cells ?? []].filter(Boolean);
  return lines.length > 0 && lines.every((line) => logged.test(line));
};

function judge(plan: PlanColumn[], columns: Column[], fileName: string): Kind | Guess {
  const squeezed = columns.map((column) => words(column.heading).join(""));
  const filled = (...targets: Target[]) =>
    plan.some((column, at) =>
      targets.includes(column.target) && (columns[at]?.count.filled ?? 0) > 0
    );
  const mapped = (...targets: Target[]) => plan.some((column) => targets.includes(column.target));
  const person = filled("firstName", "lastName", "fullName");
  const foreign = squeezed.filter((heading) => elsewhere.has(heading)).length;
  // The mere look of cells is no evidence against headings of deals.
  const headed = plan.some(({ name, target, confidence }) =>
    /^(?:first|last)Name$/.test(target) && confidence > 0.6 && !attached.test(name)
  );
  if (!headed && dealColumns.list(columns, fileName)) return "deals";
  if (isForeign(plan, columns) || isLog(columns)) return "other";
  const deals = columns.filter((column) => words(column.heading)[0] === "deal").length;
  const others = dealColumns.listsOthers(columns) || dealColumns.areBeside(plan);
  const email = plan.some((column) => /^email/.test(column.target));
  // A shop's orders name customers, who can be written to.
  const bought = email &&
    plan.some(({ target, name }) =>
      /^(?:fullName|name)$/.test(target) && /buyer|k[äa]e?ufer|besteller|billing/i.test(name)
    );
  const customers = mapped("firstName", "lastName") || bought;
  if (!others && (deals > 2 || (foreign > 1 && !customers))) return "other";
  if (mapped("recordType") && mapped("name", "company.name", "lastName", "fullName")) {
    return "mixed";
  }
  if (person && mapped("name") && mapped("fullName") && !mapped("company.name")) return "mixed";
  const whole = plan.findIndex(({ target }) => target === "name");
  if (whole >= 0 && areBlocks(columns[whole]!.cells)) return "mixed";
  if (labelLines.among(plan).length > 0) return "mixed";
  if (person) return filled("company.name") ? betweenBoth(plan, columns) : "contacts";
  if (filled("company.name")) return "companies";
  if (filled("name")) return named(plan, columns, squeezed, fileName);
  const subscribes = squeezed.some((heading) =>
    /newsletter|lastmailing|lastread|subscri|abonn|optin|empfaenger/.test(heading)
  );
  const identity = mapped("firstName", "lastName", "fullName", "name", "company.name");
  if (email && (subscribes || !identity)) return "newsletter";
  if (filled(...companyOnly)) return "companies";
  if (mapped("firstName", "lastName", "fullName")) return "contacts";
  return identity ? "companies" : "other";
}

/** For person and company columns: mixed if some rows have only the company. */
function betweenBoth(plan: PlanColumn[], columns: Column[]): Kind {
  const cellsOf = (...targets: Target[]) =>
    columns.filter((_, at) => targets.includes(plan[at]?.target ?? "ignore"));
  const people = cellsOf("firstName", "lastName", "fullName");
  const firms = cellsOf("company.name");
  const rows = firms[0]?.cells.length ?? 0;
  for (let row = 0; row < rows; row++) {
    if (firms.some((c) => c.cells[row]) && !people.some((c) => c.cells[row])) return "mixed";
  }
  return "contacts";
}

/** For only a "Name": decided by the other columns, the names themselves and the file's name. */
function named(
  plan: PlanColumn[],
  columns: Column[],
  squeezed: string[],
  fileName: string,
): Kind | Guess {
  const at = plan.findIndex((column) => column.target === "name");
  const count = columns[at]?.count;
  if (!count) return "contacts";
  if (/deal|opportunit|pipeline|invoice|rechnung|order|bestell|campaign/i.test(fileName)) {
    return "other";
  }
  if (plan.some((column) => column.target === "company.name")) return "contacts";
  const greets = plan.findIndex((column) => column.target === "salutation");
  const corporates = columns.filter((_, at) => companyOnly.includes(plan[at]!.target));
  const email = plan.findIndex((column) => /^email/.test(column.target));
  const names = tally(columns[at]!, columns[email], columns[greets]);
  if (squeezed.some((heading) => corporate.has(heading.replace(/(?<!\d)\d+$/, "")))) {
    // A shop's customers have a turnover as well.
    const areCustomers = names.persons > 1 && names.companies === 0 &&
      names.persons > names.open * 4 && plan.some(({ target }) => target === "customerNumber");
    return areCustomers ? { kind: "contacts", names } : "companies";
  }
  if (corporates.length > 0 && greets < 0) {
    // If few have a VAT number and most names are those of persons, the others are persons too.
    const isFit = count.filled > 0 &&
      corporates.every((column) => column.count.filled * 2 <= count.filled);
    const bare = tally(columns[at]!, columns[email], undefined, corporates);
    const areApart = bare.persons > 0 && bare.persons >= bare.companies + bare.open;
    return isFit && (areApart || names.persons > names.companies + names.open)
      ? { kind: "mixed", names }
      : "companies";
  }
  const personal = count.share("words", "word", "reversedName") >= 0.4;
  const reachable = plan.some((column) => /email|phone|address|website|Number/.test(column.target));
  const greeted = columns[at]!.cells.filter((cell) => greeting.test(cell)).length;
  if (
    !reachable && count.share("company") <= 0.15 && (!personal || columns.length > 2) &&
    greeted * 2 < count.filled
  ) return "other";
  if (/compan|account|firm|organi[sz]|lieferant|supplier|unternehmen/i.test(fileName)) {
    return "companies";
  }
  return { kind: kindOf(names, personal), names };
}

/** Nobody but a person is called so. */
const greeting = /^(?:herrn?|frau|hr\.|fr\.|mr\.?|mrs\.?|ms\.?|mme|madame|monsieur) \p{Lu}/iu;

/** What the names are; `without` leaves out rows that have something in one of these columns. */
function tally(
  names: Column,
  emails?: Column,
  greetings?: Column,
  without: readonly Column[] = [],
): NameTally {
  const found = { persons: 0, companies: 0, open: 0 };
  names.cells.forEach((name, row) => {
    if (name === "" || without.some(({ cells }) => cells[row])) return;
    const greeted = greetings?.cells[row] ? salutation(greetings.cells[row]) !== "" : false;
    const kind = nameKinds.kindOf(name) ?? (greeted ? "person" : null) ??
      nameKinds.kindByMail(name, emails?.cells[row] ?? "");
    found[kind === "person" ? "persons" : kind === "company" ? "companies" : "open"]++;
  });
  return found;
}

/** Both if both clearly occur; one name in ten that looks like the other kind may be chance. */
function kindOf({ persons, companies }: NameTally, personal: boolean): Kind {
  const known = persons + companies;
  if (known === 0) return personal ? "contacts" : "companies";
  if (companies === 0) return "contacts";
  return persons < known * 0.1 ? "companies" : "mixed";
}
