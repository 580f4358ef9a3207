/** Outgoing mails: queued after the gate, claimed by one job at a time, sent or failed. */
import * as people from "./arrivals/people.ts";
import * as changes from "./changes.ts";
import { today } from "./clock.ts";
import * as drafts from "./drafts.ts";
import { NotFound } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import { read } from "./mail_recipients.ts";
import type { Language } from "./mail_signatures.ts";
import * as notices from "./notices.ts";
import { notify } from "./notifications.ts";
import * as offers from "./offer_steps.ts";
import { judge, type Judgement, type OutgoingKind } from "./outgoing_gate.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** The finished text of a mail. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** A mail as the job needs it. */
export interface Outgoing extends Letter {
  id: string;
  userId: string | null;
  kind: OutgoingKind;
  language: Language;
  attempts: number;
  /** An earlier attempt handed it to the server but died before the answer came. */
  unclear: boolean;
  messageId: string;
  references: string[];
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  /** When it was finished. */
  at: Date;
}

/** Milliseconds that one attempt may hold a mail: longer than the job's own limit. */
const claim = 330_000;

/** Every address that a mail is sent to. */
export const everyone = (
  { to, cc, bcc }: Pick<drafts.DraftText, "to" | "cc" | "bcc">,
): MailAddress[] => [to, cc, bcc].flatMap((text) => read(text).addresses);

/**
 * Queues the acting user's draft, unless the gate bars an address: then nothing happens, and the
 * barred ones are returned. A mail that is already queued is left alone. Throws NotFound.
 */
export async function dispatch(
  scope: Scope,
  secretKey: string,
  id: string,
  letter: Letter,
): Promise<Judgement[]> {
  const { sql, tenantId, now } = scope;
  const draft = await drafts.find(scope, id, true);
  const addresses = everyone(draft).map(({ address }) => address);
  const judged = await judge({ scope, secretKey }, draft.kind, addresses);
  const barred = judged.filter(({ bar }) => bar !== null);
  if (barred.length > 0) return barred;
  const contactIds = await drafts.relink(scope, id, addresses, draft, now);
  await sql`
    update messages
    set state = 'queued', subject = ${letter.subject}, body_text = ${letter.text},
      body_html = ${letter.html}, at = ${now}, read_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await sql`
    update outgoing_messages
    set draft = '{}'
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
  await notices.hasten(scope, contactIds, today());
  await notePassed(scope, draft.kind, judged);
  await enqueue(sql, "send_message", tenantId, { messageId: id });
  return [];
}

/**
 * Records in the history of persons whom the mail reached only because of its kind, whether or not
 * the user sees them, that it did and under which kind.
 */
async function notePassed(
  scope: Scope,
  kind: OutgoingKind,
  judged: readonly Judgement[],
): Promise<void> {
  const addresses = judged.filter(({ passed }) => passed !== null).map(({ address }) => address);
  const matched = await widely(scope, () => people.matches(scope, addresses));
  const ids = [...new Set(matched.flatMap(({ contactId }) => contactId ?? []))];
  const fields = [{ name: "mail_kind", from: null, to: kind }];
  await changes.recordAll(scope, { kind: "contact", ids, action: "written_despite", fields });
}

/**
 * Claims a queued mail for one attempt; null when it is gone, done or being sent by another
 * process.
 */
export async function take({ sql, tenantId, now }: Scope, id: string): Promise<Outgoing | null> {
  const [row] = await sql<Outgoing[]>`
    update outgoing_messages o
    set claimed_until = ${new Date(now.getTime() + claim)}, attempts = attempts + 1
    from messages m
    where o.tenant_id = ${tenantId}
      and o.message_id = ${id}
      and m.tenant_id = o.tenant_id
      and m.id = o.message_id
      and m.state = 'queued'
      and (o.claimed_until is null or o.claimed_until <= ${now})
    returning m.id, m.user_id, o.kind, o.language, o.attempts, o.handed_over_at is not null as unclear,
      m.message_id_header as message_id, m.reference_ids as references, m.sent_to as to,
      m.sent_cc as cc, m.sent_bcc as bcc, m.subject, m.body_text as text, m.body_html as html, m.at
  `;
  return row ?? null;
}

/** Until when a queued mail is claimed for an attempt; null if it is not, or is done. */
export async function claimedUntil({ sql, tenantId }: Scope, id: string): Promise<Date | null> {
  const [row] = await sql<{ claimedUntil: Date | null }[]>`
    select o.claimed_until
    from outgoing_messages o
    join messages m on m.tenant_id = o.tenant_id and m.id = o.message_id
    where o.tenant_id = ${tenantId}
      and o.message_id = ${id}
      and m.state = 'queued'
  `;
  return row?.claimedUntil ?? null;
}

/** Records that the mail is about to be handed over in full: from here on it may arrive. */
export async function noteHandedOver({ sql, tenantId, now }: Scope, id: string): Promise<void> {
  await sql`
    update outgoing_messages
    set handed_over_at = ${now}
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
}

/** Records that a server accepted the mail, from which sender, and its size. */
export async function markSent(
  scope: Scope,
  id: string,
  { from, replyTo, size, refused }: {
    from: MailAddress;
    replyTo: MailAddress[];
    size: number;
    /**
     * Indexes of the recipients that the server refused while it accepted others, counted from To
     * to Bcc.
     */
    refused: readonly number[];
  },
): Promise<void> {
  const { sql, tenantId } = scope;
  const [sent] = await sql<{ userId: string | null }[]>`
    update messages
    set state = 'sent', error_code = ${
    refused.length > 0 ? `some_refused_${refused.join("_")}` : null
  }, from_name = ${from.name},
      from_address = ${from.address}, reply_to = ${sql.json(replyTo)}, size = ${size}
    where tenant_id = ${tenantId}
      and id = ${id}
      and state = 'queued'
    returning user_id
  `;
  await settle(scope, id, true);
  if (sent && refused.length > 0) await notifyAuthor(scope, id, sent.userId);
  await offers.noteMailed(scope, id);
}

/** Records a failed attempt: if `final`, for good; otherwise the mail waits for the next one. */
export async function markFailed(
  scope: Scope,
  id: string,
  code: string,
  final: boolean,
): Promise<void> {
  const { sql, tenantId } = scope;
  const [failed] = await sql<{ userId: string | null }[]>`
    update messages
    set state = ${final ? "failed" : "queued"}, error_code = ${code}
    where tenant_id = ${tenantId}
      and id = ${id}
      and state = 'queued'
    returning user_id
  `;
  await settle(scope, id, final);
  if (failed && final) await notifyAuthor(scope, id, failed.userId);
}

/** Tells the author that a mail was not sent, or not to everyone. */
async function notifyAuthor(scope: Scope, messageId: string, userId: string | null): Promise<void> {
  if (userId) await notify(scope, { userId, kind: "mail_received", messageId });
}

async function settle({ sql, tenantId, now }: Scope, id: string, final: boolean): Promise<void> {
  await sql`
    update outgoing_messages
    set claimed_until = null, handed_over_at = null, finished_at = ${final ? now : null}
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
}

/** Queues the acting user's failed mail again, under the same Message-ID. Throws NotFound. */
export async function retry(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, actor } = scope;
  const [row] = await sql`
    update messages m
    set state = 'queued', error_code = null
    from outgoing_messages o
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and m.user_id = ${actor.userId}
      and m.state = 'failed'
      and o.tenant_id = m.tenant_id
      and o.message_id = m.id
    returning m.id
  `;
  if (!row) throw new NotFound("message");
  await sql`
    update outgoing_messages
    set attempts = 0, claimed_until = null, handed_over_at = null, finished_at = null
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
  await enqueue(sql, "send_message", tenantId, { messageId: id });
}
