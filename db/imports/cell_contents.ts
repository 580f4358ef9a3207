/** What the cells of a column say about it where its heading has said something else, or too little. */
import type { ColumnCount } from "./contents.ts";
import { areGreetings } from "./greetings.ts";
import { phoneOf, saysPerson, words } from "./headings.ts";
import { isRole } from "./kind_words.ts";
import type { Column } from "./mappings.ts";
import { areParted } from "./name_cells.ts";
import { kindOf } from "./name_kinds.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";
import { isSecondSite, looksTaxed, repeats, sayNoAddress } from "./column_checks.ts";

export function put(column: PlanColumn | undefined, target: Target, confidence?: number): void {
  if (!column || column.secret) return;
  column.target = target;
  if (confidence !== undefined) column.confidence = confidence;
  if (!target.includes("address") && !/email|phone/.test(target)) column.group = "";
}

/** A column with what is known of it and of the others. */
interface Place {
  column: PlanColumn;
  cells: string[];
  count: ColumnCount;
  at: number;
  plan: PlanColumn[];
  columns: Column[];
}

const has = (plan: readonly PlanColumn[], target: Target) =>
  plan.some((column) => column.target === target);

/** Corrects the plan column by column; a later rule sees what an earlier one has found. */
export function settle(plan: PlanColumn[], columns: Column[]): void {
  const year = has(plan, "birthYear");
  plan.forEach((column, at) => {
    const { count, cells } = columns[at] ?? {};
    if (!count || !cells) return;
    const place = { column, cells, count, at, plan, columns };
    settlePhone(place);
    if (column.target === "birthday" && year) put(column, "birthDay");
    if (count.filled === 0) return;
    settleTitle(place);
    settleBeside(place);
    settleIgnored(place);
    settleKey(place);
    settleName(place);
  });
}

function settlePhone({ column, cells, count }: Place): void {
  const phone = column.target === "ignore" ? phoneOf(column.name) : null;
  const digits = cells.filter((cell) => /^[+\d][\d ()./-]{6,}$/.test(cell)).length;
  if (phone && (count.share("phone") > 0.5 || digits > count.filled / 2)) {
    put(column, phone, 0.8);
    column.group = "phone";
  }
}

function settleTitle({ column, cells, count }: Place): void {
  const [who = ""] = /^person[23]\./.exec(column.target) ?? [];
  if (
    column.target !== `${who}title` ||
    !/\b(?:tit(?:le|el|re|olo|ulo?)|tytul|unvani?|prefix)\b/.test(words(column.name).join(" "))
  ) return;
  const greets = count.share("salutation") > 0;
  if (greets && count.share("salutation", "title") > 0.5 || areGreetings(cells)) {
    put(column, `${who}salutation` as Target, 0.8);
  } else if (count.share("title") < 0.3) put(column, `${who}position` as Target, 0.8);
}

/** What other columns decide as well. */
function settleBeside({ column, count, at, plan }: Place): void {
  // Other systems keep a key there, but Odoo the name.
  if (words(column.name).join("") === "parentid" && count.share("company") > 0.2) {
    put(column, has(plan, "recordType") ? "company.name" : "company.parent", 0.8);
  }
  // "Nr." after the street is the house number.
  const street = plan[at - 1]?.target ?? "";
  const numbered = /^(?:nr|no|n[°º]|num|n[uú]m(?:ero)?|numer)\.?$/i.test(column.name);
  if (column.target === "ignore" && numbered && /street$/.test(street)) {
    put(column, street.replace(/street$/, "houseNumber") as Target, 0.8);
    column.group = plan[at - 1]!.group;
  }
}

/** Columns that sound useful and are not. */
function settleIgnored({ column, cells, at, plan, columns }: Place): void {
  // Lists of objects state for each number whether it is the primary one.
  const flags = cells.filter(Boolean);
  const isFlag = flags.length > 0 && flags.every((cell) => /^(?:true|false)$/i.test(cell));
  if (isFlag && /^(?:company\.)?(?:email|phone)/.test(column.target)) put(column, "ignore", 0.8);
  // "customer", "subscriber": permissions in a shop, not roles in a company.
  const account = column.target === "role" &&
    cells.every((cell) =>
      /^(?:(?:customer|subscriber|administrator|shop_manager|contributor),? ?)*$/i.test(cell)
    );
  if (account) put(column, "ignore", 0.8);
  if (isSecondSite(column, plan)) put(column, "ignore", 0.8);
  // "anonymous" appears there if the address is asked for in a later column.
  const addresses = (each: PlanColumn, where: number) =>
    /^email/.test(each.target) && columns[where]!.count.share("email") > 0;
  if (/^email/.test(column.target) && sayNoAddress(columns[at]!) && plan.some(addresses)) {
    put(column, "ignore", 0.8);
  }
}

function settleKey({ column, cells, count, at, plan, columns }: Place): void {
  // A value repeated in many rows identifies nobody: "ID/Status" of ACT! holds a status.
  if (column.target === "uid" && repeats(cells)) put(column, "ignore", 0.8);
  if (
    column.target === "company.taxNumber" && !has(plan, "company.vatId") &&
    count.share("vatId") > 0.5
  ) put(column, "company.vatId", 0.8);
  if (column.target === "uid" && (count.share("vatId") > 0.5 || looksTaxed(columns[at]!))) {
    put(column, "company.vatId", 0.8);
  }
}

function settleName(place: Place): void {
  const { column, cells, count, plan } = place;
  const named = /name$/i.test(column.target) && areParted(cells);
  if (
    count.share("email") > 0.5 && !named &&
    /whole$|^(?:fullName|name|website)$/.test(column.target)
  ) put(column, "email", 0.8);
  const customer =
    /^(?:kunde|kundin|auftraggeber(?:in)?|customer|cliente?|klant|klient|lieferant|supplier)n?$/i
      .test(column.name);
  if (customer && !has(plan, "company.name")) {
    const whom = column.target === "ignore" ? attended(place) : null;
    if (whom === "either" && !has(plan, "name")) put(column, "name", 0.7);
    else if (whom === "companies") put(column, "company.name", 0.7);
    else if (count.share("company") > 0.3) {
      put(column, namesPersons(place) ? "name" : "company.name", 0.7);
    }
  }
  if (
    column.target === "fullName" && !has(plan, "company.name") && count.share("company") > 0.4
  ) {
    // Tenants and buyers are both.
    const either = words(column.name).some(isRole) && !has(plan, "name");
    put(column, either ? "name" : "company.name", 0.7);
  }
}

/** Whether persons are among the customers, and no other column names any. */
function namesPersons({ column, cells, plan }: Place): boolean {
  const filled = cells.filter(Boolean);
  const personal = filled.filter((cell) => kindOf(cell) === "person").length;
  return personal >= filled.length * 0.1 && personal > 0 &&
    !plan.some((other) =>
      other !== column && /^(?:name|fullName|firstName|lastName)$/.test(other.target)
    );
}

/** Says what kind of a customer somebody is. */
const standing =
  /(?:^|[\p{L} -])(?:kund(?:e|in)|interessent(?:in)?|lead|prospect|customer|client|former|(?:in)?active|(?:in)?aktiv|ja|nein|yes|no|true|false|wahr|falsch)$|^(?:x|neu|alt|new|old|[\d.]+)$/iu;

/** Whom a column of customers names if another one names their contacts: "Stadt Ulm". */
function attended({ cells, plan, columns }: Place): "companies" | "either" | null {
  const contact = plan.findIndex(({ name, target }) =>
    /^(?:fullName|lastName)$/.test(target) && saysPerson(name)
  );
  const persons = columns[contact]?.cells ?? [];
  const filled = cells.filter(Boolean);
  const personal = filled.filter((cell) => kindOf(cell) === "person").length;
  const names = persons.some((cell) => cell.includes(" ")) &&
    filled.some((cell) => /\p{L}{3}/u.test(cell)) && !filled.some((cell) => standing.test(cell)) &&
    (new Set(filled).size > 4 || !repeats(cells)) &&
    cells.every((cell, row) => cell === "" || cell !== persons[row]);
  return names ? personal < filled.length * 0.4 ? "companies" : "either" : null;
}
