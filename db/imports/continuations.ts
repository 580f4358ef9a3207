/**
 * Handles rows that continue the company above, as Odoo writes further contacts; other files have
 * none.
 */

import { clean } from "./cells.ts";
import { hasCards, type Plan } from "./plans.ts";
import type { Row } from "./tables.ts";

/** "Contacts/Name": a column for something that belongs to the row's record. */
export const nested = /^(?:contacts|child_ids|child contacts)\s?\//i;
const isName = /^(?:firstName|lastName|fullName)$/;
/** Columns that identify the company a row is about. */
const isIdentity = /^(?:company\.name|name|recordType)$/;
/** Columns filled only in an independent row: an address, or a number of the company. */
const isOwn =
  /^(?:uid|customerNumber|shortName|company\.(?!name$)|(?:company\.)?address\.|deal\.|website$)/;

/** Gives a row with a contact person but no company the company of the row above. */
export class Continuations {
  readonly #names: number[] = [];
  readonly #identity: number[] = [];
  readonly #own: number[] = [];
  #above: Row | null = null;
  #last = -1;

  constructor(plan: Plan) {
    if (hasCards(plan) || plan.header === 0 || plan.kind === "deals") return;
    plan.columns.forEach(({ target, name }, at) => {
      if (isName.test(target) && nested.test(name)) this.#names.push(at);
      else if (isIdentity.test(target)) this.#identity.push(at);
      else if (isOwn.test(target)) this.#own.push(at);
    });
  }

  /** The row as it is to be read. */
  take(row: Row): Row {
    if (this.#names.length === 0 || this.#identity.length === 0) return row;
    const follows = row.number === this.#last + 1;
    this.#last = row.number;
    const has = (at: number) => clean(row.cells[at] ?? "") !== "";
    if (this.#identity.some(has)) {
      this.#above = row.beyond || row.cells.filter((cell) => cell.trim() !== "").length < 2
        ? null
        : row;
      return row;
    }
    const lent = this.#above;
    if (!lent || !follows || row.beyond || !this.#names.some(has) || this.#own.some(has)) {
      this.#above = null;
      return row;
    }
    const cells = [...row.cells];
    for (const at of this.#identity) cells[at] = lent.cells[at] ?? "";
    return { ...row, cells };
  }
}
