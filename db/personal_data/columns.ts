/** The vocabulary of the personal-data map, and the small language it is written in. */
import type { JobName } from "../jobs.ts";
import type { Purpose as OwnPurpose } from "../purposes.ts";
import type { RetentionName } from "../retention_classes.ts";

/** The person a value is about. */
export type Subject =
  /** A person who logs in: staff of a customer or of the provider. */
  | "user"
  /** Somebody who is invited or tries to log in, and may be unknown to us. */
  | "visitor"
  /** A person in a tenant's records. */
  | "contact"
  /** The persons behind a company's record: sole traders, named addresses. */
  | "company_contact"
  /** The customer's own firm, which may be a single person. */
  | "customer"
  /** The provider's representative and its data protection officer. */
  | "provider"
  | "none";

/** The four purposes of clause 3.2, or the tenant's own, which each of its records names. */
export type Purpose = OwnPurpose | "tenant";

/**
 * The letter of Art. 6(1) GDPR; `tenant` if the row's `legal_basis` or the contract determines it.
 */
export type Basis = "b" | "c" | "f" | "tenant";

/** What happens to a value when its subject is erased or its retention period is over. */
export type Erasure =
  /** Its row is deleted together with the record it is part of. */
  | "row"
  /** Its row is deleted together with the row it depends on. */
  | "cascade"
  /** A new value replaces it. */
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
  /** High if it lets a reader identify, reach or impersonate a person. */
  readonly protection: "normal" | "high";
  /** Art. 15: the value, or only that there is one (a password); false if the copy omits it. */
  readonly inAccessExport: false | "value" | "presence";
  /** Art. 20: whether the subject provided it. */
  readonly inPortabilityExport: boolean;
  /** Whether the history may hold old and new values instead of only the field's name. */
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

/** The categories of data, and their traits unless a column overrides them. */
export const categories = {
  name: traits("high", "value", { portable: true }),
  /** E-mail addresses, telephone numbers, websites. */
  contact: traits("high", "value", { portable: true }),
  address: traits("high", "value", { portable: true }),
  birth: traits("high", "value", { portable: true }),
  /** Numbers by which authorities and accounting identify a person or firm. */
  identifier: traits("high", "value", { portable: true }),
  /** Position, department, affiliation. */
  work: traits("normal", "value", { portable: true }),
  /** Facts about a firm that are in public registers. */
  organisation: traits("normal", "value", { portable: true, history: true }),
  /** Free text, which may say anything about anyone. */
  content: traits("high", "value"),
  /** Letters sent, including their addresses. */
  communication: traits("high", "value"),
  /** Secrets that grant access to their holder, hashed. */
  credentials: traits("high", "presence"),
  /** IP addresses and browsers. */
  network: traits("high", "value"),
  /** How others classify a person: status, tags, rights, responsible user. */
  classification: traits("normal", "value", { history: true }),
  /** Source, basis, consent, objection, restriction, retention. */
  legal: traits("normal", "value", { history: true }),
  /** What is sold to whom, for how much, and the progress of the sale. */
  sales: traits("normal", "value", { history: true }),
  settings: traits("normal", "value", { portable: true, history: true }),
  /** When something happened and who did it. */
  trace: traits("normal", "value"),
  /** Derived from other columns for searching and sorting, and deleted with them. */
  copy: traits("high", false),
  /** Identifiers of rows. */
  reference: traits("normal", false),
  /** Says nothing about anyone. */
  technical: traits("normal", false),
} as const satisfies Record<string, Traits>;

export type Category = keyof typeof categories;

/** What applies to a whole table. */
export type Defaults = Pick<
  Column,
  "subject" | "purpose" | "basis" | "role" | "retention" | "erasure"
>;

/** A table of the map: its columns by name. */
export type Table = Readonly<Record<string, Column>>;

/**
 * Describes a table: its defaults, its columns by category (names separated by spaces), and the
 * exceptions for single columns. Throws TypeError if a column is named twice or never.
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

/**
 * A tenant's content: the tenant is the controller; its contract and records determine the rest.
 */
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
