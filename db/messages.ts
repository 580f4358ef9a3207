/** Mails as records: what was written, to whom, and on which records' pages it appears. */
import { newId } from "./ids.ts";
import type { MailKind } from "./received_mails/automatics.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { Scope } from "./scope.ts";
import * as threads from "./threads.ts";

export type Direction = "in" | "out";
export type MessageState = "draft" | "received" | "queued" | "sent" | "failed";

export interface MessageInput {
  direction: Direction;
  kind: MailKind;
  state: MessageState;
  /** Who sent it or whose mailbox received it; null for a shared mailbox. */
  userId: string | null;
  /** Without angle brackets; empty if it has none. */
  messageId: string;
  /** The mails that it answers, the closest last. */
  references: readonly string[];
  from: MailAddress | null;
  replyTo?: readonly MailAddress[];
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
  bcc?: readonly MailAddress[];
  subject: string;
  text: string;
  html: string;
  incomplete?: string | null;
  size?: number | null;
  at: Date;
}

/** The records that a mail is linked to. */
export interface Links {
  contactIds?: readonly string[];
  companyIds?: readonly string[];
  dealIds?: readonly string[];
}

/** Adds a mail to its conversation; returns its id. */
export async function create(scope: Scope, input: MessageInput, id = newId()): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  const threadId = await threads.findOrCreate(scope, input.messageId, input.references);
  await sql`insert into messages ${
    sql({
      tenantId,
      id,
      threadId,
      direction: input.direction,
      kind: input.kind,
      state: input.state,
      userId: input.userId,
      messageIdHeader: input.messageId,
      referenceIds: [...input.references] as never,
      rootId: threads.rootOf(input.messageId, input.references),
      fromName: input.from?.name ?? "",
      fromAddress: input.from?.address ?? "",
      replyTo: sql.json(input.replyTo ?? []),
      sentTo: sql.json(input.to),
      sentCc: sql.json(input.cc),
      sentBcc: sql.json(input.bcc ?? []),
      subject: input.subject,
      bodyText: input.text,
      bodyHtml: input.html,
      incomplete: input.incomplete ?? null,
      size: input.size ?? null,
      at: input.at,
      createdAt: now,
      createdBy: actor.userId,
    })
  }`;
  return id;
}

/** Links a mail to records; existing links stay unchanged. */
export async function link(scope: Scope, id: string, at: Date, links: Links): Promise<void> {
  const { sql, tenantId } = scope;
  const rows = [
    ...(links.contactIds ?? []).map((record) => ({ contactId: record })),
    ...(links.companyIds ?? []).map((record) => ({ companyId: record })),
    ...(links.dealIds ?? []).map((record) => ({ dealId: record })),
  ].map((record) => ({
    tenantId,
    id: newId(),
    messageId: id,
    contactId: null,
    companyId: null,
    dealId: null,
    at,
    ...record,
  }));
  if (rows.length === 0) return;
  await sql`insert into message_links ${sql(rows)} on conflict do nothing`;
}

/** The records that a mail is linked to. */
export async function links({ sql, tenantId }: Scope, id: string): Promise<Required<Links>> {
  const [row] = await sql<[Required<Links>]>`
    select coalesce(array_agg(contact_id) filter (where contact_id is not null), '{}') as contact_ids,
      coalesce(array_agg(company_id) filter (where company_id is not null), '{}') as company_ids,
      coalesce(array_agg(deal_id) filter (where deal_id is not null), '{}') as deal_ids
    from message_links
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
  return row;
}

/**
 * Removes the mails of erased persons, except those that also concern another person and those that
 * the law keeps.
 */
export async function removeAlone(
  { sql, tenantId }: Scope,
  contactIds: readonly string[],
  kept: readonly string[] = [],
): Promise<void> {
  if (contactIds.length === 0) return;
  const ids = [...contactIds];
  await sql`
    delete from messages m
    where m.tenant_id = ${tenantId}
      and m.id in (
        select l.message_id
        from message_links l
        where l.tenant_id = ${tenantId}
          and l.contact_id = any(${ids}::uuid[])
      )
      and m.id <> all(${[...kept]}::uuid[])
      and not exists (
        select
        from message_links o
        where o.tenant_id = m.tenant_id
          and o.message_id = m.id
          and o.contact_id is not null
          and o.contact_id <> all(${ids}::uuid[])
      )
  `;
}
