/**
 * Who received a person's data (Art. 15(1)(c) GDPR), and which of them were told what has become of
 * the data since (Art. 19): by mail if an address is known, otherwise by one of the tenant's users.
 */
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import type { CaseItem } from "./case_items.ts";
import { isValid } from "./email_addresses.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Right } from "./letters.ts";
import type { Fragment } from "./pool.ts";
import * as processors from "./processors.ts";
import type { Scope } from "./scope.ts";

export type Kind = "processor" | "export" | "transfer";

/** Somebody who has, or had, data of a person. */
export interface Recipient {
  kind: Kind;
  recipient: string;
  /** An e-mail address, or empty. */
  reach: string;
}

/** A recipient who must be told of a right that was carried out. */
export interface RecipientNotice extends Recipient {
  id: string;
  caseId: string;
  itemId: string;
  createdAt: Date;
  toldAt: Date | null;
  way: "mail" | "hand" | null;
}

/** Rights that recipients must be told of; an erasure tells them itself, before all is gone. */
export const notifiedRights: readonly Right[] = ["rectification", "restriction"];

/** The data categories through which a processor may hold data of a contact. */
const ofContacts = ["records", "files", "mails", "documents"];

/** The most recipients of one person. */
const most = 200;

/** Notes that contacts' data were handed to somebody, for all that a query of ids names. */
export async function record(
  { sql, tenantId, actor, now }: Scope,
  { kind, recipient, reach }: Recipient & { kind: "export" | "transfer" },
  contactIds: Fragment,
): Promise<void> {
  await sql`
    insert into transmissions (
      tenant_id, id, contact_id, kind, recipient, reach, at, created_by
    )
    select ${tenantId}, gen_random_uuid(), c.id, ${kind}, ${recipient}, ${reach}, ${now},
      ${actor.userId}
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id in (${contactIds})
  `;
}

/** Notes that contacts' data were handed to somebody, unless that is noted already. */
export async function recordOnce(
  { sql, tenantId, actor, now }: Scope,
  { recipient, reach }: Pick<Recipient, "recipient" | "reach">,
  contactIds: readonly string[],
): Promise<void> {
  await sql`
    insert into transmissions (
      tenant_id, id, contact_id, kind, recipient, reach, at, created_by
    )
    select ${tenantId}, gen_random_uuid(), c.id, 'transfer', ${recipient}, ${reach}, ${now},
      ${actor.userId}
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = any(${[...contactIds]}::uuid[])
      and not exists (
        select
        from transmissions t
        where t.tenant_id = ${tenantId}
          and t.contact_id = c.id
          and t.kind = 'transfer'
          and t.recipient = ${recipient}
          and t.reach = ${reach}
      )
  `;
}

/** Everybody who may hold data of these contacts: open processors, and noted recipients. */
export async function recipientsOf(
  { sql, tenantId, now }: Scope,
  contactIds: readonly string[],
): Promise<Recipient[]> {
  if (contactIds.length === 0) return [];
  const open = (await processors.list(sql)).filter((each) =>
    each.role === "processor" && processors.isOpen(each, now) &&
    each.dataCategories.some((category) => ofContacts.includes(category))
  );
  const handed = await sql<Recipient[]>`
    select distinct t.kind, t.recipient, t.reach
    from transmissions t
    where t.tenant_id = ${tenantId}
      and t.contact_id = any(${[...contactIds]}::uuid[])
    order by t.kind, t.recipient, t.reach
    limit ${most}
  `;
  return [
    ...open.map(({ name }): Recipient => ({ kind: "processor", recipient: name, reach: "" })),
    // Recipients that no mail reaches are told by hand.
    ...handed.map((each) => ({ ...each, reach: isValid(each.reach) ? each.reach : "" })),
  ];
}

/** Has recipients informed of a right that was carried out; safe to repeat. */
export async function inform(
  { sql, tenantId, now }: Scope,
  { id: itemId, caseId }: Pick<CaseItem, "id" | "caseId">,
  recipients: readonly Recipient[],
): Promise<void> {
  if (recipients.length === 0) return;
  const rows = recipients.map(({ kind, recipient, reach }) => ({
    ...{ tenantId, id: newId(), caseId, itemId, kind, recipient, reach, createdAt: now },
  }));
  await sql`insert into recipient_notices ${sql(rows)} on conflict do nothing`;
  if (recipients.some(({ reach }) => reach !== "")) {
    await enqueue(sql, "tell_recipients", tenantId, { itemId });
  }
}

const columns = (sql: Scope["sql"]) =>
  sql`n.id, n.case_id, n.item_id, n.kind, n.recipient, n.reach, n.created_at, n.told_at, n.way`;

/** The recipients of a case, in the order they were noted. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<RecipientNotice[]> {
  return await sql<RecipientNotice[]>`
    select ${columns(sql)}
    from recipient_notices n
    where n.tenant_id = ${tenantId}
      and n.case_id = ${caseId}
    order by n.id
    limit ${most}
  `;
}

/**
 * A right's recipients who can be reached by mail and have not been told; in their language as far
 * as known.
 */
export async function listWaiting(
  { sql, tenantId }: Scope,
  itemId: string,
): Promise<{ id: string; reach: string; language: string | null }[]> {
  return await sql<{ id: string; reach: string; language: string | null }[]>`
    select n.id, n.reach,
      (
        select c.language
        from emails e
        join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
        where e.tenant_id = ${tenantId}
          and e.address_key = lower(n.reach)
        order by c.id
        limit 1
      ) as language
    from recipient_notices n
    where n.tenant_id = ${tenantId}
      and n.item_id = ${itemId}
      and n.reach <> ''
      and n.told_at is null
    order by n.id
    limit ${most}
    for update of n
  `;
}

/** Notes that a recipient was told, as a step of the case; safe to repeat. Throws NotFound. */
export async function markNotified(
  scope: Scope,
  id: string,
  way: "mail" | "hand",
  by: Party,
): Promise<RecipientNotice> {
  const { sql, tenantId, now } = scope;
  const { count } = await sql`
    update recipient_notices
    set told_at = ${now}, way = ${way}
    where tenant_id = ${tenantId}
      and id = ${id}
      and told_at is null
  `;
  const [row] = await sql<RecipientNotice[]>`
    select ${columns(sql)}
    from recipient_notices n
    where n.tenant_id = ${tenantId}
      and n.id = ${id}
  `;
  if (!row) throw new NotFound("recipient notice");
  if (count > 0) {
    const { caseId, itemId, recipient } = row;
    const action = "recipient_told";
    await caseEvents.append(scope, { caseId, itemId, action, reason: recipient, by });
  }
  return row;
}

/** How long writing one right's letters may take, in milliseconds; earlier ones arrived. */
const letters = 3_600_000;

/**
 * Takes back that recipients at an address were told by a letter written then, because it came
 * back. Returns their names, with the address that no mail reaches; a user must tell them now.
 */
export async function markNotNotified(
  { sql, tenantId }: Scope,
  caseId: string,
  reach: string,
  writtenAt: Date,
): Promise<string[]> {
  const from = new Date(writtenAt.getTime() - letters);
  const until = new Date(writtenAt.getTime() + 60_000);
  // Recipients whom an earlier mail did not reach either are noted already.
  const again = await sql<{ recipient: string }[]>`
    with again as (
      delete from recipient_notices n
      using recipient_notices o
      where n.tenant_id = ${tenantId}
        and n.case_id = ${caseId}
        and lower(n.reach) = lower(${reach})
        and n.way = 'mail'
        and n.told_at between ${from} and ${until}
        and o.tenant_id = ${tenantId}
        and o.item_id = n.item_id
        and o.kind = n.kind
        and o.recipient = concat_ws(', ', nullif(n.recipient, ''), n.reach)
        and o.reach = ''
      returning o.id
    )
    update recipient_notices
    set told_at = null, way = null
    where tenant_id = ${tenantId}
      and id in (select id from again)
    returning recipient
  `;
  const rows = await sql<{ recipient: string }[]>`
    update recipient_notices
    set told_at = null, way = null, recipient = concat_ws(', ', nullif(recipient, ''), reach), reach = ''
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and lower(reach) = lower(${reach})
      and way = 'mail'
      and told_at between ${from} and ${until}
    returning recipient
  `;
  return [...again, ...rows].map(({ recipient }) => recipient);
}

/** Has the person told which recipients were told (Art. 19, second sentence). */
export async function informPerson(
  scope: Scope,
  { id: itemId, caseId }: Pick<CaseItem, "id" | "caseId">,
  by: Party,
): Promise<void> {
  await caseEvents.append(scope, { caseId, itemId, action: "recipients_asked", by });
  await enqueue(scope.sql, "write_person", scope.tenantId, {
    caseId,
    itemId,
    notice: "recipients",
  });
}
