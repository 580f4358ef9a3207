/** Corrects single columns that mean something else than their headings say. */
import * as personNames from "../person_names.ts";
import { areNames } from "./column_checks.ts";
import { type Draft, names, put } from "./column_drafts.ts";
import { words } from "./headings.ts";
import type { PlanColumn } from "./plans.ts";

/** A name that marriage may have replaced. */
const birthName = /naissance|jeune fille/i;
const austrian = /^(?:FN ?)?\d{1,6} ?[a-z]$/i;

/** Corrects each column but secret ones. */
export function settle(draft: Draft): void {
  const banks = draft.plan.some(({ name }) =>
    /^(?:blz|bankleitzahl|bank|bankname|bic|iban)$/i.test(name)
  );
  draft.plan.forEach((column, at) => {
    if (column.secret) return;
    const cells = draft.cells(at).filter(Boolean);
    settlePerson(draft, column, cells);
    settleNumbers(draft, column, cells);
    if (banks) settleAccount(draft, column);
  });
}

function settlePerson(draft: Draft, column: PlanColumn, cells: readonly string[]): void {
  // It counts only for those who have no other; a mere "Nom" beside it is the usual one.
  if (column.target === "lastName" && birthName.test(column.name)) {
    const usual = draft.plan.find(({ name, target }) => target === "name" && /^nom$/i.test(name));
    const others = draft.plan.filter(({ target }) => target === "lastName").length - 1;
    if (usual && others === 0) put(usual, "lastName");
    column.confidence = 0.5;
  }
  if (column.target === "namePrefix" && cells.length > 0 && cells.every(personNames.isTitle)) {
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
  if (!cells.every((cell) => /^\d{1,12}$/.test(cell))) return;
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
