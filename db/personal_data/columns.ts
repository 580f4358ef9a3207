/** The words in which the personal-data map speaks, and the small language it is written in. */
import type { JobName } from "../jobs.ts";
import type { Purpose as OwnPurpose } from "../purposes.ts";
import type { RetentionName } from "../retention_classes.ts";

/** Whom a value is about. */
export type Subject =
  /** A person who logs in: staff of a customer or of the provider. */
  | "user"
  /** Who is invited, or tries to come in, and may not be known at all. */
  | "visitor"
  /** A person in a tenant's records. */
  | "contact"
  /** The persons behind a company's record: sole traders, named addresses. */
  | "company_contact"
  /** The customer's own firm, which may be one person. */
  | "customer"
  /** The provider's representative and its data protection officer. */
  | "provider"
  | "none";

/** The four purposes of clause 3.2, or the tenant's own, which its records name row by row. */
export type Purpose = OwnPurpose | "tenant";

/** The letter of Art. 6(1) GDPR; `tenant` where the row's `legal_basis` or the contract says it. */
export type Basis = "b" | "c" | "f" | "tenant";

/** What becomes of a value when its subject is erased or its period is over. */
export type Erasure =
  /** Its row is deleted with the record that it is part of. */
  | "row"
  /** Its row goes with the row that it hangs on. */
  | "cascade"
  /** A new value takes its place. */
  | "overwritten"
  | `job:${JobName}`
  | `kept: ${string}`;

export interface Column {
  readonly category: Category;
  readonly subject: Subject;
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly role: "controller" | "processor";
  readonly retention: RetentionName;
  /** High: whoever reads it knows, reaches or can pass for a person. */
  readonly protection: "normal" | "high";
  /** Art. 15: the value, or only that there is one (a password); false: no part of the copy. */
  readonly inAccessExport: false | "value" | "presence";
  /** Art. 20: whether the subject has provided it. */
  readonly inPortabilityExport: boolean;
  /** Whether the history may hold old and new values, not only the field's name. */
  readonly inHistory: boolean;
  readonly erasure: Erasure;
}

type Traits = Pick<
  Column,
  "protection" | "inAccessExport" | "inPortabilityExport" | "inHistory"
>;

const traits = (
  protection: Traits["protection"],
  inAccessExport: Traits["inAccessExport"],
  more: { portable?: true; history?: true } = {},
): Traits => ({
  protection,
  inAccessExport,
  inPortabilityExport: more.portable ?? false,
  inHistory: more.history ?? false,
});

/** The categories of data, with what holds for each unless a column says otherwise. */
export const categories = {
  name: traits("high", "value", { portable: true }),
  /** E-mail addresses, telephone numbers, websites. */
  contact: traits("high", "value", { portable: true }),
  address: traits("high", "value", { portable: true }),
  birth: traits("high", "value", { portable: true }),
  /** Numbers under which offices and books know a person or firm. */
  identifier: traits("high", "value", { portable: true }),
  /** Position, department, affiliation. */
  work: traits("normal", "value", { portable: true }),
  /** Facts of a firm that stand in public registers. */
  organisation: traits("normal", "value", { portable: true, history: true }),
  /** Free text: it may say anything about anyone. */
  content: traits("high", "value"),
  /** Letters sent, with their address. */
  communication: traits("high", "value"),
  /** What lets its bearer in, hashed. */
  credentials: traits("high", "presence"),
  /** IP addresses and browsers. */
  network: traits("high", "value"),
  /** What others made of a person: status, tags, rights, who looks after them. */
  classification: traits("normal", "value", { history: true }),
  /** Source, basis, consent, objection, restriction, retention. */
  legal: traits("normal", "value", { history: true }),
  /** What is sold to whom, for how much, and how far it has come. */
  sales: traits("normal", "value", { history: true }),
  settings: traits("normal", "value", { portable: true, history: true }),
  /** When it happened and who did it. */
  trace: traits("normal", "value"),
  /** Made out of other columns, to search and sort by; goes when they go. */
  copy: traits("high", false),
  /** Identifiers of rows. */
  reference: traits("normal", false),
  /** Tells nothing about anyone. */
  technical: traits("normal", false),
} as const satisfies Record<string, Traits>;

export type Category = keyof typeof categories;

/** What holds for a whole table. */
export type Defaults = Pick<
  Column,
  "subject" | "purpose" | "basis" | "role" | "retention" | "erasure"
>;

/** A table of the map: its columns by name. */
export type Table = Readonly<Record<string, Column>>;

/**
 * Describes a table: what holds for all of it, its columns by category (names parted by spaces),
 * and what differs for single columns. Throws TypeError when a column is named twice or never.
 */
export function table(
  defaults: Defaults,
  groups: Partial<Record<Category, string>>,
  exceptions: Record<string, Partial<Column>> = {},
): Table {
  const columns: Record<string, Column> = {};
  for (const [category, names] of Object.entries(groups) as [Category, string][]) {
    for (const name of names.trim().split(/\s+/)) {
      if (name in columns) throw new TypeError(`${name} is mapped twice`);
      const subject = category === "technical" ? "none" : defaults.subject;
      columns[name] = { ...defaults, ...categories[category], category, subject };
    }
  }
  for (const [name, exception] of Object.entries(exceptions)) {
    const column = columns[name];
    if (!column) throw new TypeError(`${name} has an exception but no category`);
    columns[name] = { ...column, ...exception };
  }
  return columns;
}

/** A tenant's content: the tenant is the controller, its contract and its records name the rest. */
export const tenantContent = (
  subject: Subject,
  retention: RetentionName,
  erasure: Erasure,
): Defaults => ({
  subject,
  purpose: "tenant",
  basis: "tenant",
  role: "processor",
  retention,
  erasure,
});
