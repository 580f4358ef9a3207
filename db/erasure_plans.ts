/** What the erasure of a person would remove, what has to stay by law, and until when. */
import type { Kept } from "./certificates.ts";
import { dayOf } from "./local_times.ts";
import { countOf, type Person, type PersonTable, personTables } from "./person_tables.ts";
import type { Fragment } from "./pool.ts";
import * as offers from "./offer_retentions.ts";
import * as retentionDemands from "./retention_demands.ts";
import type { Scope } from "./scope.ts";

/**
 * What happens to the rows of each table. A table added to the personal-data map does not compile
 * until its treatment is stated here.
 */
export const treatments = {
  contacts: "erased",
  emails: "erased",
  phones: "erased",
  addresses: "erased",
  affiliations: "erased",
  contact_tags: "erased",
  custom_values: "erased",
  consents: "erased",
  objections: "erased",
  deal_contacts: "erased",
  /** The tenant's business with a company; a deal without a company that was not won is erased. */
  deals: "shared",
  deal_calculations: "shared",
  deal_items: "shared",
  /** Offers to a company stay; those to the person are erased, except what became a contract. */
  offers: "shared",
  activities: "shared",
  activity_links: "erased",
  activity_participants: "erased",
  messages: "shared",
  message_links: "erased",
  inbox_messages: "shared",
  outgoing_messages: "shared",
  sent_copies: "shared",
  files: "shared",
  file_links: "erased",
  /**
   * A keyed hash, needed for the bar against advertising (Art. 21(3)); it no longer names a
   * contact.
   */
  unsubscribe_links: "erased",
  web_form_entries: "erased",
  bulk_change_rows: "erased",
  import_rows: "erased",
  import_updates: "erased",
  notifications: "erased",
  visits: "erased",
  looks: "erased",
  retention_duties: "erased",
  holds: "erased",
  due_records: "erased",
  former_ids: "erased",
  access_archives: "erased",
  merges: "erased",
  merge_rows: "erased",
  duplicate_pairs: "erased",
  transmissions: "erased",
  rectifications: "erased",
  restrictions: "erased",
  mails: "erased",
  /** Evidence of requests (Art. 5(2)): made anonymous a day after the case is closed. */
  cases: "evidence",
  case_items: "evidence",
  case_events: "evidence",
  case_confirmations: "evidence",
  person_letters: "evidence",
  deliveries: "evidence",
  transfers: "evidence",
  recipient_notices: "evidence",
  changes: "history",
} as const satisfies Record<PersonTable, "erased" | "shared" | "evidence" | "history">;

export interface Plan {
  /**
   * Rows about the person by table, except the evidence of requests; tables as the map names them.
   */
  tables: { name: string; count: number }[];
  kept: Kept[];
  /** The last day of the longest retention; null where nothing is kept. */
  until: string | null;
}

const letters = "§ 257 Abs. 1 Nr. 2, 3, Abs. 4 HGB, § 147 Abs. 1, 3 AO";

/**
 * Mails `m` that are commercial letters: they belong to a won deal and their retention still runs.
 */
function isCommercialLetter(scope: Scope): Fragment {
  const { sql } = scope;
  return sql`
    m.state in ('sent', 'received')
    and ${lastDay(scope)} >= ${dayOf(scope.now)}::date
    and exists (
      select
      from message_links w
      join deals d on d.tenant_id = w.tenant_id and d.id = w.deal_id
      where w.tenant_id = m.tenant_id
        and w.message_id = m.id
        and d.status = 'won'
    )`;
}

/** Six years from the end of the year in which the letter was sent or received. */
const lastDay = ({ sql }: Scope) =>
  sql`make_date(extract(year from m.at at time zone 'Europe/Berlin')::int + 6, 12, 31)`;

/** The person's mails that have to stay. */
async function retainedMessages(
  scope: Scope,
  contactIds: readonly string[],
): Promise<{ id: string; until: string }[]> {
  const { sql, tenantId } = scope;
  return await sql<{ id: string; until: string }[]>`
    select m.id, ${lastDay(scope)}::text as until
    from messages m
    where m.tenant_id = ${tenantId}
      and m.id in (
        select l.message_id
        from message_links l
        where l.tenant_id = ${tenantId}
          and l.contact_id = any (${[...contactIds]}::uuid[])
      )
      and ${isCommercialLetter(scope)}
  `;
}

/** The person's mails and offers that have to stay. */
export async function retainedIds(scope: Scope, contactIds: readonly string[]): Promise<string[]> {
  const kept = [
    ...await retainedMessages(scope, contactIds),
    ...await offers.kept(scope, contactIds),
  ];
  return kept.map(({ id }) => id);
}

/** What a recorded legal duty or hold requires to be kept about the person, and until when. */
async function demandedOf(
  scope: Scope,
  contactIds: readonly string[],
): Promise<{ reason: string; until: string; ofOffer: boolean }[]> {
  const { sql, tenantId, now } = scope;
  const noted = await sql<{ reason: string; until: string; ofOffer: boolean }[]>`
    select coalesce(retain_reason, '') as reason, retain_until::text as until, false as of_offer
    from contacts
    where tenant_id = ${tenantId}
      and id = any (${[...contactIds]}::uuid[])
      and retain_until >= ${dayOf(now)}
  `;
  return [...noted, ...await retentionDemands.list(scope, contactIds)];
}

/**
 * Whether the files on the person's own record have to stay: a recorded duty is about documents,
 * which may be among them. Letters or offers that stay do not require any other files.
 */
export async function keepsFiles(scope: Scope, contactIds: readonly string[]): Promise<boolean> {
  return (await demandedOf(scope, contactIds)).some(({ ofOffer }) => !ofOffer);
}

/** How many of the person's records stay; records that were merged into them are erased. */
async function staying({ sql, tenantId }: Scope, contactIds: readonly string[]): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from contacts
    where tenant_id = ${tenantId}
      and id = any (${[...contactIds]}::uuid[])
      and merged_into is null
  `;
  return row.count;
}

/**
 * How many files stay: those on mails that stay and, if `own` is set, those on the person's own
 * record.
 */
async function keptFiles(
  { sql, tenantId }: Scope,
  messageIds: readonly string[],
  own: readonly string[],
): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from files f
    where f.tenant_id = ${tenantId}
      and (
        f.message_id = any (${[...messageIds]}::uuid[])
        or f.contact_id = any (${[...own]}::uuid[])
      )
  `;
  return row.count;
}

/** The plan for a person as things are now. */
export async function make(scope: Scope, person: Person): Promise<Plan> {
  const { sql } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const tables: Plan["tables"] = [];
  for (const name of personTables.filter((table) => treatments[table] !== "evidence")) {
    const count = await countOf(scope, person, name);
    if (count > 0) tables.push({ name, count });
  }
  const messages = await retainedMessages(scope, person.contactIds);
  const demanded = await demandedOf(scope, person.contactIds);
  const papers = await offers.kept(scope, person.contactIds);
  const ends = [...messages, ...papers, ...demanded].map(({ until }) => until).sort();
  const until = ends.at(-1) ?? null;
  const kept: Kept[] = [];
  if (messages.length > 0) {
    kept.push({
      name: "messages",
      count: messages.length,
      basis: letters,
      until: messages.map((each) => each.until).sort().at(-1)!,
    });
  }
  if (papers.length > 0) {
    const last = papers.map((each) => each.until).sort().at(-1)!;
    kept.push({ name: "offers", count: papers.length, basis: letters, until: last });
  }
  if (until !== null) {
    const reasons = new Set(demanded.map(({ reason }) => reason).filter(Boolean));
    if (messages.length + papers.length > 0) reasons.add(letters);
    const basis = [...reasons, "Art. 17 Abs. 3 lit. b DSGVO"].join("; ");
    const own = await keepsFiles(scope, person.contactIds) ? person.contactIds : [];
    const files = await keptFiles(scope, messages.map(({ id }) => id), own);
    if (files > 0) kept.push({ name: "files", count: files, basis, until });
    kept.push({ name: "contacts", count: await staying(scope, person.contactIds), basis, until });
  }
  return { tables, kept, until };
}
