/**
 * Where a person appears in a tenant's records: for every table of the personal-data map, the way
 * from contacts to its rows, as used by access, erasure and the search for traces.
 */
import { personalData } from "./personal_data.ts";
import type { Column } from "./personal_data/columns.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/**
 * One person: its contacts (duplicates are one person), and the addresses and names it is known by.
 * For the provider's own tenant, identities take the place of contacts.
 */
export interface Person {
  contactIds: readonly string[];
  emails: readonly string[];
  phones: readonly string[];
  names: readonly string[];
  numbers: readonly string[];
}

/** The condition under which row `t` of a table is about the person. */
type Way = (scope: Scope, person: Person) => Fragment;

const ids = ({ contactIds }: Person) => [...contactIds];

const byContact: Way = ({ sql }, person) => sql`t.contact_id = any(${ids(person)}::uuid[])`;

const byActivity = (column: "id" | "activity_id"): Way => ({ sql, tenantId }, person) =>
  sql`t.${sql(column)} in (
    select l.activity_id
    from activity_links l
    where l.tenant_id = ${tenantId}
      and l.direct
      and l.contact_id = any(${ids(person)}::uuid[])
    union
    select p.activity_id
    from activity_participants p
    where p.tenant_id = ${tenantId}
      and p.contact_id = any(${ids(person)}::uuid[])
  )`;

const byMessage = (column: "id" | "message_id"): Way => ({ sql, tenantId }, person) =>
  sql`t.${sql(column)} in (
    select l.message_id
    from message_links l
    where l.tenant_id = ${tenantId}
      and l.contact_id = any(${ids(person)}::uuid[])
  )`;

const addresses = ({ emails }: Person) => emails.map((address) => address.toLowerCase());

const byCase = (column: "id" | "case_id"): Way => ({ sql, tenantId }, person) =>
  sql`t.${sql(column)} in (
    select c.id
    from cases c
    where c.tenant_id = ${tenantId}
      and c.person_email_key = any(${addresses(person)}::text[])
  )`;

/** Deals of the person, and those that were merged into them and can still come back. */
const byDeal = (column: "id" | "deal_id"): Way => ({ sql, tenantId }, person) =>
  sql`t.${sql(column)} in (
    select d.deal_id
    from deal_contacts d
    where d.tenant_id = ${tenantId}
      and d.contact_id = any(${ids(person)}::uuid[])
    union all
    select f.id
    from former_ids f
    join deal_contacts d on d.tenant_id = f.tenant_id and d.deal_id = f.deal_id
    where f.tenant_id = ${tenantId}
      and d.contact_id = any(${ids(person)}::uuid[])
  )`;

/** The tables that hold something about a person, in the order in which they are reported. */
export const ways = {
  contacts: ({ sql }, person) => sql`t.id = any(${ids(person)}::uuid[])`,
  emails: byContact,
  phones: byContact,
  addresses: byContact,
  affiliations: byContact,
  contact_tags: byContact,
  custom_values: ({ sql }, person) =>
    sql`(
      t.contact_id = any(${ids(person)}::uuid[])
      or t.person_id = any(${ids(person)}::uuid[])
    )`,
  consents: byContact,
  objections: byContact,
  deal_contacts: byContact,
  deals: byDeal("id"),
  deal_calculations: byDeal("deal_id"),
  deal_items: byDeal("deal_id"),
  offers: byContact,
  activities: byActivity("id"),
  activity_links: byContact,
  activity_participants: byContact,
  messages: byMessage("id"),
  message_links: byContact,
  inbox_messages: byMessage("message_id"),
  outgoing_messages: (scope, person) =>
    scope.sql`(${byContact(scope, person)} or ${byMessage("message_id")(scope, person)})`,
  sent_copies: byMessage("message_id"),
  files: (scope, person) =>
    scope.sql`(
      ${byContact(scope, person)}
      or ${byActivity("activity_id")(scope, person)}
      or ${byMessage("message_id")(scope, person)}
    )`,
  file_links: byContact,
  unsubscribe_links: byContact,
  // Only its address tells whose entry it is, until it is confirmed; then the row is emptied.
  web_form_entries: ({ sql }, person) => sql`lower(t.email) = any(${addresses(person)}::text[])`,
  bulk_change_rows: byContact,
  import_rows: byContact,
  import_updates: byContact,
  notifications: byContact,
  transmissions: byContact,
  rectifications: byContact,
  restrictions: byContact,
  visits: byContact,
  looks: byContact,
  retention_duties: byContact,
  holds: byContact,
  due_records: byContact,
  former_ids: byContact,
  access_archives: byContact,
  merges: byContact,
  merge_rows: ({ sql, tenantId }, person) =>
    sql`t.merge_id in (
      select m.id
      from merges m
      where m.tenant_id = ${tenantId}
        and m.contact_id = any(${ids(person)}::uuid[])
    )`,
  duplicate_pairs: ({ sql }, person) =>
    sql`(
      t.contact_id = any(${ids(person)}::uuid[]) or t.other_contact_id = any(${ids(person)}::uuid[])
    )`,
  mails: ({ sql }, person) => sql`lower(t.recipient) = any(${addresses(person)}::text[])`,
  cases: byCase("id"),
  case_items: byCase("case_id"),
  case_events: byCase("case_id"),
  case_confirmations: byCase("case_id"),
  deliveries: byCase("case_id"),
  transfers: byCase("case_id"),
  recipient_notices: byCase("case_id"),
  person_letters: byCase("case_id"),
  changes: ({ sql }, person) =>
    sql`t.record_kind = 'contact' and t.record_id = any(${ids(person)}::uuid[])`,
} as const satisfies Record<string, Way>;

export type PersonTable = keyof typeof ways;

export const personTables = Object.keys(ways) as PersonTable[];

/** Tables with columns about contacts that no way leads to, each with the reason. */
export const withoutWay: Readonly<Record<string, string>> = {
  incoming_transfers: "sealed and of nobody known here until it is taken, within 14 days",
  suppressions: "found by the keyed hash of an address alone, see access_packages.ts",
  imports: "samples of a file's cells: found by the search for traces, gone after 30 days",
  duplicate_keys: "hashes that are gone when the look over the tenant ends",
  import_choices: "row numbers, of nobody",
  mailbox_mails: "digests of mails, of nobody that could be told",
  raw_mails: "sealed and unread: whose it is shows when it is read, within minutes",
  message_keys: "digests of the mail that stands beside them",
  webhook_deliveries: "identifiers and times of changes, which history tells; gone after 30 days",
  companies: "firms, told with the place of work",
  company_tags: "what was made of a firm",
  deal_tags: "what was made of a deal",
  deal_stage_changes: "steps of a deal, of nobody",
};

/** The columns of a table as the map describes them. */
export const columnsOf = (table: string): [string, Column][] =>
  Object.entries(personalData[`public.${table}`] ?? {});

/** Rows read at a time: a person may have any number of them. */
const batch = 2_000;

/** Rows of a table as an answer reports them, with the map's names. */
export interface TableRows {
  table: string;
  rows: Record<string, unknown>[];
}

export interface Rows extends TableRows {
  table: PersonTable;
}

/**
 * The rows of a table about a person, with the named columns; at most the newest `most`, which a
 * table without `id` cannot say.
 */
export async function rowsOf(
  scope: Scope,
  person: Person,
  table: PersonTable,
  columns: readonly string[],
  most?: number,
): Promise<Record<string, unknown>[]> {
  if (columns.length === 0) return [];
  const { sql, tenantId } = scope;
  const rows: Record<string, unknown>[] = [];
  const query = sql<{ row: string }[]>`
    select row_to_json(r)::text as row
    from (
      select ${sql(columns.map((name) => `t.${name}`))}
      from ${sql(table)} t
      where t.tenant_id = ${tenantId}
        and ${ways[table](scope, person)}
      ${most === undefined ? sql`` : sql`order by t.id desc limit ${most}`}
    ) r
  `;
  for await (const found of query.cursor(batch)) {
    rows.push(...found.map(({ row }) => JSON.parse(row)));
  }
  return rows;
}

/** How many rows of a table are about a person. */
export async function countOf(scope: Scope, person: Person, table: PersonTable): Promise<number> {
  const { sql, tenantId } = scope;
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from ${sql(table)} t
    where t.tenant_id = ${tenantId}
      and ${ways[table](scope, person)}
  `;
  return row.count;
}
