/** The outbox: a mail is written in the transaction that causes it; a job sends it afterwards. */
import { now } from "./clock.ts";
import { Invalid, NotFound } from "./errors.ts";
import { isValid } from "./email_addresses.ts";
import { isId, newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql, Sql } from "./pool.ts";
import type { Purpose } from "./purposes.ts";

/** Every kind of mail, each with one of the four purposes: no other mail can be sent. */
export const purposes = {
  invitation: "provision",
  password_reset: "security",
  email_change: "security",
  email_changed: "security",
  password_changed: "security",
  factors_changed: "security",
  factors_reset: "security",
  new_device: "security",
  sign_in_domain: "security",
  officer_probe: "legal",
  policy_approval: "legal",
  proof_alarm: "legal",
  policy_change: "legal",
  contract_code: "security",
  contract_erasure: "legal",
  contract_notice: "legal",
  contract_reminder: "legal",
  notifications: "provision",
  processor_answer: "legal",
  processor_change: "legal",
  processor_evidence: "legal",
  processor_objection: "legal",
  processor_withdrawal: "legal",
  access_failed: "legal",
  case_alarm: "legal",
  case_code: "legal",
  case_delivery: "legal",
  case_receipt: "legal",
  case_letter: "legal",
  case_notice: "legal",
  case_report: "legal",
  export_reminder: "legal",
  form_confirmation: "communication",
  hold_review: "legal",
  incident_notice: "legal",
  incident_letter: "legal",
  incident_signs: "security",
  incident_supplement: "legal",
  incident_warning: "legal",
  retention_preview: "legal",
  retention_report: "legal",
  message: "communication",
  recipient_notice: "legal",
} as const satisfies Record<string, Purpose>;

export type MailKind = keyof typeof purposes;

export interface MailInput {
  /** The tenant on whose behalf it is sent; null for the provider's own. */
  tenantId: string | null;
  kind: MailKind;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where replies go, if not to the sender. */
  replyTo?: string;
  /** An attached PDF; it contains no personal data. */
  attachment?: { name: string; bytes: Uint8Array };
}

export interface Mail {
  id: string;
  /** The tenant that it speaks for; null where the provider does. */
  onBehalfOf: string | null;
  kind: MailKind;
  recipient: string;
  subject: string;
  bodyText: string;
  bodyHtml: string;
  replyTo: string;
  attachmentName: string;
  attachment: Uint8Array | null;
  attempts: number;
  createdAt: Date;
}

/** A mail on the operator's list: what happened, not what it said. */
export interface MailEntry {
  id: string;
  kind: string;
  recipient: string;
  errorCode: string | null;
  attempts: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/**
 * Milliseconds that an attempt may take before another may start: longer than the job's own limit.
 */
const claim = 150_000;
/** Milliseconds that a mail is kept after its final status (retention class `mail`). */
const keptFor = 3 * 86_400_000;
const pageSize = 50;

/** Writes a mail and enqueues its sending in the caller's transaction; returns the mail's id. */
export async function send(sql: AnySql, input: MailInput): Promise<string> {
  if (!isValid(input.to)) throw new Invalid("email", "email");
  const id = newId();
  await sql`
    insert into mails (
      id, tenant_id, kind, purpose, recipient, subject, body_text, body_html, reply_to,
      attachment_name, attachment, created_at
    ) values (
      ${id}, ${input.tenantId}, ${input.kind}, ${purposes[input.kind]}, ${input.to},
      ${oneLine(input.subject)}, ${input.text}, ${input.html}, ${input.replyTo ?? ""},
      ${input.attachment?.name ?? ""}, ${input.attachment?.bytes ?? null}, ${now()}
    )
  `;
  await enqueue(sql, "send_mail", input.tenantId, { mailId: id });
  return id;
}

/** A header's value: a line end must not start another header. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim().slice(0, 300);

/**
 * Claims a queued mail for one attempt; null when it is gone, done or being sent by another
 * process.
 */
export async function take(pool: Sql, id: string): Promise<Mail | null> {
  const at = now();
  const [mail] = await pool<Mail[]>`
    update mails
    set claimed_until = ${new Date(at.getTime() + claim)}, attempts = attempts + 1
    where id = ${id}
      and status = 'queued'
      and (claimed_until is null or claimed_until <= ${at})
    returning id,
      (
        select t.name
        from tenants t
        where t.id = mails.tenant_id
          and (
            mails.kind like 'case\\_%'
            or mails.kind in ('form_confirmation', 'recipient_notice')
          )
      ) as on_behalf_of,
      kind, recipient, subject, body_text, body_html, reply_to, attachment_name,
      attachment, attempts, created_at
  `;
  return mail ?? null;
}

/** Until when a queued mail is claimed for an attempt; null if it is not, or is done. */
export async function claimedUntil(pool: Sql, id: string): Promise<Date | null> {
  const [row] = await pool<{ claimedUntil: Date | null }[]>`
    select claimed_until
    from mails
    where id = ${id}
      and status = 'queued'
  `;
  return row?.claimedUntil ?? null;
}

/**
 * Records that a server accepted the mail. Its text is removed at once: it may contain a link that
 * still works.
 */
export async function markSent(pool: Sql, id: string): Promise<void> {
  await pool`
    update mails
    set status = 'sent', body_text = '', body_html = '', attachment = null, error_code = null, claimed_until = null,
      finished_at = ${now()}
    where id = ${id}
  `;
}

/**
 * Records a failed attempt: if `final`, for good; otherwise the mail waits for the next attempt.
 */
export async function markFailed(
  pool: Sql,
  id: string,
  code: string,
  final: boolean,
): Promise<void> {
  await pool`
    update mails
    set status = ${final ? "failed" : "queued"}, error_code = ${code}, claimed_until = null,
      finished_at = ${final ? now() : null}
    where id = ${id}
  `;
}

/** Keeps a user's mail for display when there is no server to send it (development). */
export async function keep(
  sql: AnySql,
  { tenantId, kind, to, subject, text, html }: MailInput,
): Promise<void> {
  await sql`
    insert into mails (
      id, tenant_id, kind, purpose, recipient, subject, body_text, body_html, status, created_at,
      finished_at
    ) values (
      ${newId()}, ${tenantId}, ${kind}, ${purposes[kind]}, ${to}, ${oneLine(subject)}, ${text},
      ${html}, 'kept', ${now()}, ${now()}
    )
  `;
}

/** Records that a mail is only kept, as there is no server to send it (development). */
export async function markKept(pool: Sql, id: string): Promise<void> {
  await pool`
    update mails
    set status = 'kept', claimed_until = null, finished_at = ${now()}
    where id = ${id}
  `;
}

/**
 * The failed mails, newest first, one page at a time; `next` is the id where the next page starts.
 */
export async function listFailed(
  sql: AnySql,
  after: string | null = null,
): Promise<{ mails: MailEntry[]; next: string | null }> {
  const mails = await sql<MailEntry[]>`
    select id, kind, recipient, error_code, attempts, created_at, finished_at
    from mails
    where status = 'failed'
      ${after === null ? sql`` : sql`and id < ${after}`}
    order by id desc
    limit ${pageSize + 1}
  `;
  const shown = mails.slice(0, pageSize);
  return { mails: shown, next: mails.length > pageSize ? shown.at(-1)!.id : null };
}

/** Queues a failed mail again. Throws NotFound, also for a returned one: its text is gone. */
export async function retry(pool: Sql, id: string): Promise<void> {
  await pool.begin(async (sql) => {
    const [mail] = isId(id)
      ? await sql<{ tenantId: string | null }[]>`
        update mails
        set status = 'queued', attempts = 0, error_code = null, finished_at = null
        where id = ${id}
          and status = 'failed'
          and coalesce(error_code, '') not like 'bounce%'
        returning tenant_id
      `
      : [];
    if (!mail) throw new NotFound("mail");
    await enqueue(sql, "send_mail", mail.tenantId, { mailId: id });
  });
}

/** Deletes a failed mail. Throws NotFound. */
export async function discard(sql: AnySql, id: string): Promise<void> {
  const { count } = isId(id)
    ? await sql`
      delete from mails
      where id = ${id}
        and status = 'failed'
    `
    : { count: 0 };
  if (count === 0) throw new NotFound("mail");
}

/** The mails that were kept instead of sent, newest first; at most 50. */
export async function listKept(sql: AnySql): Promise<Mail[]> {
  return await sql<Mail[]>`
    select id, null as on_behalf_of, kind, recipient, subject, body_text, body_html, reply_to,
      attachment_name, attachment, attempts, created_at
    from mails
    where status = 'kept'
    order by id desc
    limit 50
  `;
}

/** Removes mails three days after their final status; returns how many. */
export async function removeFinished(sql: AnySql): Promise<number> {
  const { count } = await sql`
    delete from mails
    where status <> 'queued'
      and finished_at <= ${new Date(now().getTime() - keptFor)}
  `;
  return count;
}
