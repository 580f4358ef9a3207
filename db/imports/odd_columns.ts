/** Corrects single columns that mean something else than their headings say. */
import * as countries from "../countries.ts";
import * as personNames from "../person_names.ts";
import { areNames } from "./column_checks.ts";
import { type Draft, names, put } from "./column_drafts.ts";
import { words } from "./headings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

/** A name that marriage may have replaced. */
const birthName = /naissance|jeune fille/i;
const austrian = /^(?:FN ?)?\d{1,6} ?[a-z]$/i;

/** Corrects each column but secret ones. */
export function settle(draft: Draft): void {
  const banks = draft.plan.some(({ name }) =>
    /^(?:blz|bankleitzahl|bank|bankname|bic|iban)$/i.test(name)
  );
  settleSenders(draft);
  settleCards(draft);
  draft.plan.forEach((column, at) => {
    if (column.secret) return;
    const cells = draft.cells(at).filter(Boolean);
    settlePerson(draft, column, cells);
    settleNumbers(draft, column, cells);
    settleKeys(draft, column, cells);
    settleWords(draft, column, cells);
    if (banks) settleAccount(draft, column);
  });
}

const sender = /^(?:absender|sender|from|exp[ée]diteur|mittente|remitente)\b|exp[ée]diteur$/i;
const receiver =
  /^(?:empf[äa]nger|recipient|receiver|to|destinataire|destinatario)\b|destinataire$/i;

/**
 * Of the mailboxes of who paid and who was paid, one is always that of the list's owner: the other
 * is the person's.
 */
function settleSenders(draft: Draft): void {
  const mailboxes = (heading: RegExp) =>
    draft.plan.findIndex(({ name, target }, at) =>
      heading.test(name) && /^(?:ignore|email)/.test(target) &&
      draft.columns[at]!.count.share("email") > 0.5
    );
  const [from, to] = [mailboxes(sender), mailboxes(receiver)];
  if (from < 0 || to < 0 || !draft.hasAny(names)) return;
  const different = (at: number) => new Set(draft.cells(at).filter(Boolean)).size;
  const [own, other] = different(to) > different(from) ? [to, from] : [from, to];
  put(draft.plan[own]!, "email");
  draft.plan[own]!.group = "email";
  put(draft.plan[other]!, "ignore");
}

/** Whom a payment card names is no second customer. */
function settleCards({ plan }: Draft): void {
  if (!plan.some(({ name }) => /^card (?:last ?4|brand)$/i.test(name))) return;
  const holder = plan.find(({ name }) => /^card name$/i.test(name));
  if (holder) put(holder, "ignore");
}

/** The columns in which databases refer to other tables, exported with the names from there. */
const keys: readonly [RegExp, Target][] = [
  [/^category_id$/i, "tags"],
  [/^state_id$/i, "address.work.region"],
];

function settleKeys(draft: Draft, column: PlanColumn, cells: readonly string[]): void {
  const target = keys.find(([heading]) => heading.test(column.name))?.[1];
  if (!target || column.target !== "ignore" || cells.length === 0) return;
  if (draft.has(target) || !cells.every((cell) => /\p{L}{2}/u.test(cell))) return;
  put(column, target);
  if (target !== "tags") column.group = "address";
}

/** Whether a mailing program's recipients still get its mails. */
const subscribed = /^(?:active|aktiv|unsubscribed|abgemeldet|unconfirmed|bounced|junk|deleted)$/i;

/** Single words that mean something else in other lists. */
function settleWords(draft: Draft, column: PlanColumn, cells: readonly string[]): void {
  if (cells.length === 0) return;
  const { name, target } = column;
  const ignored = target === "ignore";
  if (ignored && /^(?:type|typ)$/i.test(name) && cells.every((cell) => subscribed.test(cell))) {
    if (draft.has("email") && !draft.has("status")) put(column, "status");
  }
  // monday.com's link to the board of companies.
  if (ignored && /^konten$/i.test(name) && cells.every((cell) => /\p{L}{2}/u.test(cell))) {
    if (!draft.has("company.name")) put(column, "company.name");
  }
  if (
    ignored && /^user ?principal ?name$/i.test(name) && cells.every((cell) => cell.includes("@"))
  ) {
    const reached = draft.plan.some((other) => other.target.startsWith("email"));
    if (!reached) Object.assign(column, { target: "email", group: "email", confidence: 0.8 });
  }
  const any = (part: RegExp) =>
    draft.plan.some((other) => other !== column && part.test(other.target));
  // In Italian a street; elsewhere how a ticket came.
  const isPlaced = any(/address\.\w+\.(?:postalCode|city)$/);
  if (/street$/.test(target) && /^via$/i.test(name) && !isPlaced) put(column, "ignore");
  const digits = (cell: string) => cell.replace(/\D/g, "").length;
  const isNumber = /^contact n/i.test(name) && cells.every((cell) => digits(cell) < 6);
  if (target === "phone" && isNumber && any(/^phone/)) {
    put(column, draft.has("customerNumber") ? "ignore" : "customerNumber");
  }
}

function settlePerson(draft: Draft, column: PlanColumn, cells: readonly string[]): void {
  // It counts only for those who have no other; a mere "Nom" beside it is the usual one.
  if (column.target === "lastName" && birthName.test(column.name)) {
    const usual = draft.plan.find(({ name, target }) => target === "name" && /^nom$/i.test(name));
    const others = draft.plan.filter(({ target }) => target === "lastName").length - 1;
    if (usual && others === 0) put(usual, "lastName");
    column.confidence = 0.5;
  }
  const titles = cells.length > 0 && cells.every(personNames.isTitle);
  if (/^(?:ignore|position)$/.test(column.target) && /tit(?:el|le)/i.test(column.name) && titles) {
    column.target = "title";
  }
  if (column.target === "namePrefix" && titles) {
    column.target = "title";
  }
  // What somebody is called comes before the initials.
  if (column.target === "firstName" && /^voorletters$/i.test(column.name)) {
    column.confidence = 0.5;
  }
  // "Firma / Person" asks which of them it is, or is the name of either.
  if (column.target === "recordType" && areNames(cells) && !draft.hasAny(names)) {
    put(column, "name");
  }
  // Which country an authority is responsible for is nobody's name.
  if (column.target === "owner" && cells.length > 0 && cells.every(countries.lookup)) {
    put(column, "ignore");
  }
  if (column.target === "company.nameExtra") settleExtra(column, cells, draft.plan);
}

/** What is added to a name is the person's if it says so, or if the table has no companies. */
function settleExtra(column: PlanColumn, cells: readonly string[], plan: readonly PlanColumn[]) {
  const are = (fits: (cell: string) => boolean) => cells.length > 0 && cells.every(fits);
  if (are((cell) => cell.split(" ").every(personNames.isParticle))) column.target = "namePrefix";
  else if (are((cell) => personNames.split(`X ${cell}`).suffix === cell)) column.target = "suffix";
  else if (!plan.some(({ target }) => /^(?:company\.name|name)$/.test(target))) {
    Object.assign(column, { target: "address.work.extra", group: "address" });
  }
}

function settleNumbers(draft: Draft, column: PlanColumn, cells: readonly string[]): void {
  if (cells.length === 0) return;
  // "FN 123456 a" is a company's number in the Austrian register.
  if (/^fn\b/i.test(column.name) && cells.every((cell) => austrian.test(cell))) {
    put(column, "company.registerNumber");
  }
  // It counts the rows, between titles of groups.
  const numbers = cells.filter((cell) => /^\d{1,6}\.?$/.test(cell));
  const counts = numbers.length > 0 && numbers.length * 2 >= cells.length &&
    numbers.every((cell, at) => parseInt(cell) === at + 1);
  if (column.target === "customerNumber" && /^(?:lfd|laufende)\b/i.test(column.name) && counts) {
    put(column, "ignore");
  }
  if (!cells.every((cell) => /^\d{1,12}$/.test(cell))) return;
  // SAP heads its partners' numbers "Geschäftspartner".
  if (/^(?:company\.)?name$/.test(column.target) && cells.every((cell) => cell.length > 3)) {
    const others = draft.plan.some((other) => other !== column && names.includes(other.target));
    if (others) put(column, draft.has("customerNumber") ? "ignore" : "customerNumber");
  }
  const numbered = column.target === "ignore" &&
    /^(?:kunde|customer|client|patient|mitglied)$/i.test(column.name);
  if (numbered && cells.every((cell) => cell.length > 3) && draft.hasAny(names)) {
    if (!draft.has("customerNumber")) put(column, "customerNumber");
  }
  // Sage numbers its addresses in a column of that name.
  if (/address\.\w+\.whole$/.test(column.target)) {
    put(column, draft.has("customerNumber") ? "ignore" : "customerNumber");
  }
  if (/(?:^|\.)(?:title|position)$/.test(column.target)) put(column, "ignore");
}

/** Beside a person with a bank account: its holder, and its number. */
function settleAccount(draft: Draft, column: PlanColumn): void {
  const holder = draft.has("firstName") && /^(?:inhaber|kontoinhaber)(?:in)?$/i.test(column.name);
  const number = column.target === "customerNumber" &&
    /^konto|^ktonr/.test(words(column.name).join(""));
  if (holder || number) put(column, "ignore");
}
