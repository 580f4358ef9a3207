/** The fields of records whose access rights a tenant can set, and why some always stay visible. */
import type { Empty, Filter } from "./record_filters.ts";
import type { Kind } from "./record_kinds.ts";

/** Why a field is never hidden: search and lists combine it with others, or much depends on it. */
export type Reason = "searched" | "steering";

/** A field, or several that people see as one. */
export interface Governed {
  /** The key under which its rights are stored. */
  name: string;
  /**
   * Its properties in records, each with the value shown when it is hidden; absent: never hidden.
   */
  hides?: Readonly<Record<string, "" | null>>;
  reason?: Reason;
  /** Its properties in inputs. */
  writes: readonly string[];
  /** The default of new records where the role may not write the field, unless that is empty. */
  begins?: Readonly<Record<string, string>>;
  /** Other names that forms and programs use for it. */
  also?: readonly string[];
  /** Its columns, as histories and merges name them. */
  columns: readonly string[];
  /** The list filters that refer to it. */
  filters?: readonly (keyof Filter)[];
  lacks?: readonly Empty[];
  sort?: string;
  /** The list's query parameters that refer to it, and its column there. */
  parameters?: readonly string[];
  column?: string;
}

const column = (property: string) =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A field that can be hidden. */
const open = (
  name: string,
  hides: Readonly<Record<string, "" | null>>,
  more: Partial<Governed> = {},
): Governed => ({
  name,
  hides,
  writes: Object.keys(hides),
  columns: Object.keys(hides).map(column),
  ...more,
});

/** A field that everybody sees. */
const seen = (name: string, reason: Reason, more: Partial<Governed> = {}): Governed => ({
  name,
  reason,
  writes: [name],
  columns: [column(name)],
  ...more,
});

const status = seen("status", "steering", { begins: { status: "lead" } });
const owner = seen("ownerId", "steering");
const tags = seen("tags", "searched", { also: ["newTags"] });
const customerNumber = seen("customerNumber", "searched");
const notes = open("notes", { notes: "" });

export const governed: Readonly<Record<Kind, readonly Governed[]>> = {
  contact: [
    open("position", { position: "" }),
    open("birthday", { birthday: null }),
    open("website", { website: "" }),
    notes,
    status,
    owner,
    customerNumber,
    tags,
  ],
  company: [
    open("taxNumber", { taxNumber: "" }),
    open("register", { registerCourt: "", registerNumber: "" }),
    notes,
    seen("industry", "searched"),
    seen("vatId", "searched"),
    seen("website", "searched"),
    seen("parentId", "steering", { writes: ["parentId", "parentName"] }),
    status,
    owner,
    customerNumber,
    tags,
  ],
  deal: [
    open("amount", { amountCents: null, amount: null }, {
      writes: ["amountCents", "currency"],
      also: ["amount"],
      columns: ["amount_cents", "currency"],
      begins: { currency: "EUR" },
      filters: ["amountFrom", "amountTo"],
      lacks: ["amount"],
      sort: "amount",
      parameters: ["amount_from", "amount_to"],
      column: "amount",
    }),
    open("expectedCloseOn", { expectedCloseOn: null }, {
      filters: ["closeFrom", "closeTo"],
      lacks: ["close"],
      sort: "close",
      parameters: ["close_from", "close_to"],
      column: "close",
    }),
    notes,
    seen("source", "searched"),
    owner,
    tags,
  ],
};
