/**
 * What happens to every row that refers to a contact, company or deal when it is merged into
 * another; `tests/rules/merges_test.ts` compares it with the system catalogue, so no table is
 * forgotten.
 */
import type { Kind } from "./record_kinds.ts";

/** How the values of two equal rows are combined; the survivor's row takes the result. */
export type Joined =
  | "or"
  | "earliest"
  | "latest"
  /** The other row's value if one is empty. */
  | "known"
  /** Both values, one after the other. */
  | "both";

export interface Move {
  table: string;
  column: string;
  /** A column that repeats the identifier. */
  copied?: string;
  /** Columns that tell whether the survivor already has such a row: then this one stays behind. */
  same?: readonly string[];
  /** The same, where columns alone do not tell. */
  alike?: "place";
  joins?: Readonly<Record<string, Joined>>;
  /** The record's form rewrites these rows, so they are stored whole for the undo. */
  whole?: true;
  /** What such a row refers to besides the record, by column: without it, it cannot come back. */
  needs?: Readonly<Record<string, string>>;
}

/** Rows that stay with the hidden record, each with the reason. */
export interface Stay {
  table: string;
  column: string;
  why: string;
}

/** What every kind has. */
const every = (kind: Kind): Move[] => {
  const column = `${kind}_id`;
  return [
    {
      table: `${kind}_tags`,
      column,
      same: ["tag_id"],
      whole: true,
      needs: { tag_id: "tags" },
    },
    {
      table: "activity_links",
      column,
      copied: "record_id",
      same: ["activity_id"],
      joins: { direct: "or" },
    },
    { table: "message_links", column, same: ["message_id"] },
    // Values chosen from another record were exchanged before.
    {
      table: "custom_values",
      column,
      same: ["field_id"],
      whole: true,
      needs: { field_id: "custom_fields", choice_id: "custom_choices", person_id: "contacts" },
    },
    { table: "offers", column },
    { table: "files", column },
    { table: "file_links", column, copied: "record_id", same: ["file_id"] },
    { table: "outgoing_messages", column },
    { table: "notifications", column },
    {
      table: "visits",
      column,
      copied: "record_id",
      same: ["user_id"],
      joins: { seen_at: "latest" },
    },
    { table: "retention_duties", column },
    { table: "holds", column },
    { table: "former_ids", column },
  ];
};

const both = (kind: "contact" | "company"): Move[] => {
  const column = `${kind}_id`;
  return [
    { table: "emails", column, same: ["address_key"], whole: true },
    { table: "phones", column, same: ["number"], whole: true },
    {
      table: "addresses",
      column,
      same: ["street", "extra", "po_box", "postal_code", "city", "country"],
      whole: true,
    },
    {
      table: "affiliations",
      column,
      alike: "place",
      joins: {
        role: "known",
        department: "known",
        since_on: "known",
        until_on: "known",
        is_primary: "or",
      },
      whole: true,
      needs: kind === "contact" ? { company_id: "companies" } : { contact_id: "contacts" },
    },
    { table: "import_rows", column },
    ...every(kind),
  ];
};

/** In this order: what is joined moves together with what it is joined to. */
export const moves: Readonly<Record<Kind, readonly Move[]>> = {
  contact: [
    ...both("contact"),
    { table: "custom_values", column: "person_id", copied: "value" },
    { table: "consents", column: "contact_id" },
    {
      table: "objections",
      column: "contact_id",
      same: ["channel"],
      joins: { objected_at: "earliest", by_person: "or" },
    },
    { table: "restrictions", column: "contact_id", same: ["item_id"] },
    {
      table: "deal_contacts",
      column: "contact_id",
      same: ["deal_id"],
      joins: { role: "both", added_at: "earliest" },
    },
    {
      table: "activity_participants",
      column: "contact_id",
      copied: "person_id",
      same: ["activity_id"],
    },
    { table: "unsubscribe_links", column: "contact_id" },
    { table: "rectifications", column: "contact_id" },
    { table: "transmissions", column: "contact_id" },
    { table: "looks", column: "contact_id", same: ["day", "user_id"] },
  ],
  company: [
    ...both("company"),
    { table: "deals", column: "company_id" },
    { table: "companies", column: "parent_id" },
  ],
  deal: [
    ...every("deal"),
    {
      table: "deal_contacts",
      column: "deal_id",
      same: ["contact_id"],
      joins: { role: "both", added_at: "earliest" },
    },
    { table: "deal_stage_changes", column: "deal_id" },
  ],
};

const always = (column: string): Stay[] => [
  {
    table: "bulk_change_rows",
    column,
    why: "what a change of many would put back stood in the hidden record",
  },
  { table: "due_records", column, why: "the nightly look finds the survivor's own end" },
  { table: "merges", column, why: "an earlier merge is undone where it was made" },
];

const behind = (column: string): Stay[] => [
  ...always(column),
  {
    table: "import_updates",
    column,
    why: "what an import would put back stood in the hidden record",
  },
  {
    table: "duplicate_pairs",
    column,
    why: "what was said of it is passed on, and a later look compares the survivor",
  },
  {
    table: "duplicate_pairs",
    column: `other_${column}`,
    why: "what was said of it is passed on, and a later look compares the survivor",
  },
];

export const stays: Readonly<Record<Kind, readonly Stay[]>> = {
  contact: [
    ...behind("contact_id"),
    {
      table: "access_archives",
      column: "contact_id",
      why: "an answer was made from the record that was looked at",
    },
    {
      table: "contacts",
      column: "merged_into",
      why: "an earlier merge is undone where it was made",
    },
  ],
  company: [
    ...behind("company_id"),
    {
      table: "companies",
      column: "merged_into",
      why: "an earlier merge is undone where it was made",
    },
  ],
  deal: [
    ...always("deal_id"),
    {
      table: "deals",
      column: "merged_into",
      why: "an earlier merge is undone where it was made",
    },
    {
      table: "deal_items",
      column: "deal_id",
      why: "the lines of the deal whose amount was not chosen: its amount goes by them",
    },
    { table: "deal_calculations", column: "deal_id", why: "the sum of lines that stay, too" },
    {
      table: "stat_facts",
      column: "deal_id",
      why: "made again of what is left, so that reports count one deal",
    },
  ],
};
