/** Guesses what each column most likely is: first by its heading, then by its contents. */

import { areBlocks } from "./address_blocks.ts";
import * as addressColumns from "./address_columns.ts";
import * as cellContents from "./cell_contents.ts";
import { put } from "./cell_contents.ts";
import type { ColumnCount } from "./contents.ts";
import * as families from "./families.ts";
import * as furtherPersons from "./further_persons.ts";
import { areGreetings } from "./greetings.ts";
import * as institutions from "./institutions.ts";
import * as labelLines from "./label_lines.ts";
import { read, saysPerson, words } from "./headings.ts";
import { areParted } from "./name_cells.ts";
import * as ownerColumns from "./owner_columns.ts";
import * as oddities from "./oddities.ts";
import * as owners from "./owners.ts";
import * as parties from "./parties.ts";
import * as phoneColumns from "./phone_columns.ts";
import type { PlanColumn } from "./plans.ts";
import * as refusals from "./refusals.ts";
import * as registers from "./registers.ts";
import { isSecret } from "./secret_headings.ts";
import * as shownNames from "./shown_names.ts";
import type { Target } from "./targets.ts";
import { areFirst, areGiven, areStates, firstIsLast } from "./column_checks.ts";

/** A column as the guess sees it. */
export interface Column {
  heading: string;
  count: ColumnCount;
  /** Some of its cells, from the same rows in every column. */
  cells: string[];
}

/** A guess for every column; unknown columns are to be ignored. */
export function guess(columns: Column[], hasHeader: boolean): PlanColumn[] {
  const say = registers.plainly(columns);
  const plan = columns.map((column) => byHeading(column, hasHeader, say));
  if (plan.every((column) => column.target === "ignore" && !column.secret)) {
    if (
      !hasHeader ||
      columns.some(({ count }) => count.share("email") > 0.5 || count.share("phone") > 0.5)
    ) {
      byContent(plan, columns);
    }
  } else if (!plan.some((column) => column.target.includes("email"))) {
    const at = columns.findIndex((column, at) =>
      !read(column.heading) && !isOthers(column) &&
      !plan[at]?.secret && column.count.share("email") > 0.8
    );
    if (at >= 0) put(plan[at], "email", 0.6);
  }
  oddities.settle(plan, columns);
  labelLines.settle(plan, columns);
  institutions.settle(plan, columns);
  parties.settle(plan, columns);
  families.settle(plan, columns);
  furtherPersons.settle(plan);
  settleParents(plan);
  shownNames.settle(plan, columns);
  settleNames(plan, columns);
  cellContents.settle(plan, columns);
  addressColumns.settle(plan);
  phoneColumns.settle(plan, columns);
  owners.settle(plan, columns);
  refusals.settle(plan, columns);
  ownerColumns.settle(plan, columns);
  return plan;
}

/** Headings of users who keep the records in the other program, and of a person's relatives. */
const colleague =
  /\b(?:mother|mum|father|parents?|mutter|vater|eltern|(?:erziehungs|sorge)berechtigte[rn]?|guardian|spouse|partner(?:in)?|sister|brother|child|kind|assistant|assistenz|assistentin|emergency|notfall|owner|created|creator|modified|updated|user|username|assigned|besitzer|betreuer(?:in)?|erstellt|geaendert|zustaendig|associated|related|zugeordneter?|verknuepfter?)\b/;

const isOthers = ({ heading }: Column) => colleague.test(words(heading).join(" "));

function byHeading(
  column: Column,
  hasHeader: boolean,
  say: (heading: string) => string,
): PlanColumn {
  const found = hasHeader ? read(say(column.heading)) : null;
  // Keys and fields pseudonymised on purpose look like digests of passwords.
  const known = found && /^(?:uid|customerNumber|.*[nN]ame|position|email|address\..*|company\..*)$/
    .test(found.target);
  const secret = (hasHeader && isSecret(column.heading)) ||
    column.count.share("password") > 0 || (!known && column.count.share("secret") > 0.3);
  return {
    name: column.heading,
    target: secret ? "ignore" : found?.target ?? "ignore",
    group: secret ? "" : found?.group ?? "",
    confidence: secret ? 1 : found?.confidence ?? 0,
    dates: null,
    secret,
  };
}

/**
 * "Name" beside "Vorname" is the last name; beside both it is the full name or the company's. With
 * only a company's column beside it, it is the person's if it looks like one.
 */
function settleNames(plan: PlanColumn[], columns: Column[]): void {
  plan.forEach((column, at) => {
    // "#1001" is an order.
    const filled = columns[at]?.cells.filter(Boolean) ?? [];
    const order = filled.length > 0 && filled.every((cell) => /^#\d+$/.test(cell));
    if (order && /^(?:name|fullName|company\.name)$/.test(column.target)) put(column, "ignore");
  });
  const at = (target: Target) => plan.findIndex((column) => column.target === target);
  const first = at("firstName");
  // "Nombre" and "Nome" alone mean the full name.
  if (first >= 0 && at("lastName") < 0 && at("fullName") < 0 && at("name") < 0) {
    const name = plan[first]!.name;
    if (at("recordType") >= 0 && /^nom(?:br)?e$/i.test(name)) return put(plan[first], "name", 0.9);
    const whole = columns[first]?.count.share("words", "reversedName") ?? 0;
    if (whole > 0.5 && wholeName.test(name)) put(plan[first], "fullName", 0.8);
  }
  if (first >= 0 && at("lastName") < 0) {
    const own = saysPerson(plan[first]!.name);
    const person = plan.findIndex(({ target, name }) =>
      target === "fullName" && (isName(name) || own && /name/i.test(name))
    );
    put(plan[person >= 0 ? person : at("name")], "lastName", 0.9);
  }
  const name = at("name");
  if (name < 0) return;
  const last = at("lastName");
  // "Name" beside "Ansprechpartner" is a company's, or that of a customer without such a person.
  const whole = at("fullName");
  if (whole >= 0 && saysPerson(plan[whole]!.name) && last < 0 && first < 0) return;
  if (first < 0 && last < 0) {
    const employs = plan.some(({ name, target }) =>
      target === "company.name" && !/parent|[uü]berge|zugeh|verkn/i.test(name)
    );
    const count = columns[name]?.count;
    const personal = count && count.share("company") === 0 &&
      (count.share("words", "reversedName", "word") > 0.4 || areParted(columns[name]!.cells));
    if (employs && personal && at("recordType") < 0) put(plan[name], "fullName", 0.8);
    return;
  }
  const mine = columns[name]?.cells ?? [];
  // "Name" beside "Last name" is a person's first name, unless it names companies.
  const isOwn = at("company.name") >= 0 || areGiven(mine);
  if (first < 0 && isOwn && areFirst(mine, columns[last]?.cells ?? [])) {
    return put(plan[name], "firstName", 0.8);
  }
  const repeats = mine.some((cell, row) => {
    const parts = [columns[first]?.cells[row], columns[last]?.cells[row]].filter(Boolean);
    return parts.length > 0 && parts.every((part) => part && cell.includes(part));
  });
  // An export that identifies the company by its key names it nowhere else.
  const company = plan.some(({ target, name }) =>
    target === "company.name" || /^(?:account|company)[ _]?id$/i.test(name)
  );
  put(plan[name], repeats || company ? "fullName" : "company.name", 0.8);
}

/** First name or full name, depending on whether there is a column for the last name. */
const wholeName = /^(?:nom(?:br)?e|[iİ]sim|имя|име|імʼя|ім'я|όνομα)$/i;

/** "Übergeordnete Firma" is a person's employer, or the parent of a company with a name. */
function settleParents(plan: PlanColumn[]): void {
  const persons: Target[] = ["firstName", "lastName", "fullName"];
  if (plan.some(({ target }) => persons.includes(target))) return;
  // If the rows say which are companies, the parent of all others is their employer.
  if (plan.some(({ target }) => target === "recordType")) return;
  const own = plan.some(({ target, name }) =>
    target === "name" || target === "company.name" && !isParent(name)
  );
  if (!own) return;
  for (const column of plan) {
    if (column.target === "company.name" && isParent(column.name)) {
      put(column, "company.parent", 0.9);
    }
  }
}

/** Whether a heading means the parent of a company. */
export const isParent = (heading: string): boolean => /parent|[uü]bergeord|zugeh/i.test(heading);

function isName(heading: string): boolean {
  return words(heading).at(-1) === "name";
}

/** Whether the cells greet persons, or say "Firma" instead. */
const areGreeted = (cells: readonly string[]): boolean =>
  cells.some((cell) => /^firma$/i.test(cell)) &&
  areGreetings(cells.filter((cell) => !/^firma$/i.test(cell)));

/** For files without headings, or with headings in a language we do not know. */
function byContent(plan: PlanColumn[], columns: Column[]): void {
  const sure: [Target, number, Parameters<ColumnCount["share"]>][] = [
    ["email", 0.6, ["email"]],
    ["website", 0.6, ["url"]],
    ["phone", 0.6, ["phone"]],
    ["address.work.whole", 0.5, ["address"]],
    ["address.work.postalCode", 0.7, ["postalCode"]],
    ["address.work.city", 0.5, ["place"]],
    ["company.vatId", 0.5, ["vatId"]],
    ["title", 0.7, ["title"]],
    ["company.name", 0.3, ["company"]],
    ["address.work.country", 0.7, ["country"]],
    ["address.work.street", 0.5, ["street"]],
    ["fullName", 0.5, ["reversedName"]],
  ];
  const greeting: (typeof sure)[number] = ["salutation", 0.7, ["salutation"]];
  sure.push(greeting);
  const block: (typeof sure)[number] = ["address.work.whole", 0.5, ["address"]];
  columns.forEach((column, at) => {
    // A mailbox at the end of an address makes it no list of mailboxes.
    const hit = areGreeted(column.cells)
      ? greeting
      : areBlocks(column.cells)
      ? block
      : sure.find(([, least, kinds]) => column.count.share(...kinds) >= least);
    if (hit && !isOthers(column)) put(plan[at], hit[0], 0.6);
    if (plan[at] && /^address/.test(plan[at].target)) plan[at].group = "address";
  });
  const free = (at: number) => plan[at]?.target === "ignore" && !plan[at].secret && !isMark(at);
  // Collmex begins each line with the kind of its records.
  const isMark = (at: number) => {
    const cells = columns[at]!.cells.filter(Boolean);
    return cells.length > 1 && /^[A-Z]{3,}$/.test(cells[0]!) && new Set(cells).size === 1;
  };
  const wordy = (at: number) => (columns[at]?.count.share("word", "words") ?? 0) > 0.6;
  const codes = plan.filter((column) => column.target.endsWith("postalCode"));
  // Of several columns of such numbers, those before no town are something else.
  const placed = codes.filter((column) => wordy(plan.indexOf(column) + 1));
  if (placed.length === 1) {
    for (const each of codes) if (each !== placed[0]) put(each, "ignore", 0.5);
  }
  const code = plan.findIndex((column) => column.target.endsWith("postalCode"));
  if (code >= 0 && free(code + 1) && wordy(code + 1)) {
    put(plan[code + 1], "address.work.city", 0.6);
    plan[code + 1]!.group = "address";
  }
  if (plan.some((column) => column.target === "fullName")) return;
  const names = columns.map((_, at) => at).filter((at) =>
    free(at) && wordy(at) && !areStates(columns[at]!.cells)
  );
  const whole = names.find((at) => (columns[at]?.count.share("words") ?? 0) > 0.6);
  const [one, two] = names;
  if (one !== undefined && two === one + 1 && whole === undefined) {
    const swapped = firstIsLast(columns, one, two);
    put(plan[one], swapped ? "lastName" : "firstName", 0.5);
    put(plan[two], swapped ? "firstName" : "lastName", 0.5);
  } else if (whole !== undefined) put(plan[whole], "fullName", 0.5);
  else if (one !== undefined && plan.some((column) => column.target !== "ignore")) {
    put(plan[one], "lastName", 0.4);
  }
}
