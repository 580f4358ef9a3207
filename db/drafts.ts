/** Drafts: mails that their author is still writing. A draft is a message that nobody else sees. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as people from "./arrivals/people.ts";
import { NotFound } from "./errors.ts";
import type { Language } from "./mail_signatures.ts";
import { type About, read } from "./mail_recipients.ts";
import * as messageViews from "./message_views.ts";
import * as messages from "./messages.ts";
import type { OutgoingKind } from "./outgoing_gate.ts";
import { linksOf } from "./record_links.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** The purposes of a mail that a user can choose; only the program uses `legal`. */
export type WrittenKind = Exclude<OutgoingKind, "legal">;

/** The content of the form, as typed. */
export interface DraftText {
  to: string;
  cc: string;
  bcc: string;
  subject: string;
  body: string;
  /** The text being replied to or forwarded, below everything else. */
  quoted: string;
}

export interface DraftInput extends DraftText {
  kind: WrittenKind;
  language: Language;
  /** Whether the signature is appended. */
  signed: boolean;
}

/** What a draft was started from; set when it is created. */
export interface Origin extends About {
  /** The message it replies to; null when forwarding. */
  answersId: string | null;
}

export interface Draft extends DraftInput, Origin {
  id: string;
  updatedAt: Date;
}

const none: DraftText = { to: "", cc: "", bcc: "", subject: "", body: "", quoted: "" };

/** Returns a draft of the acting user; throws NotFound, also for one that has been sent. */
export async function find(scope: Scope, id: string, lock = false): Promise<Draft> {
  const { sql, tenantId, actor } = scope;
  const [row] = await sql<(Omit<Draft, keyof DraftText> & { draft: DraftText })[]>`
    select m.id, m.at as updated_at, o.kind, o.language, o.signed, o.draft, o.contact_id,
      o.company_id, o.deal_id, o.answers_id
    from messages m
    join outgoing_messages o on o.tenant_id = m.tenant_id and o.message_id = m.id
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and m.user_id = ${actor.userId}
      and m.state = 'draft'
      ${lock ? sql`for update of m` : sql``}
  `;
  if (!row) throw new NotFound("message");
  const { draft, ...rest } = row;
  return { ...rest, ...none, ...draft };
}

/** The state of a mail of the acting user, or null if there is none. */
export async function stateOf(
  { sql, tenantId, actor }: Scope,
  id: string,
): Promise<messages.MessageState | null> {
  const [row] = await sql<{ state: messages.MessageState }[]>`
    select state
    from messages
    where tenant_id = ${tenantId}
      and id = ${id}
      and user_id = ${actor.userId}
      and direction = 'out'
  `;
  return row?.state ?? null;
}

/** Whether a mail of the acting user went to these recipients with this subject and text. */
export async function isSentAs(
  { sql, tenantId, actor }: Scope,
  id: string,
  { to, cc, bcc }: Pick<DraftText, "to" | "cc" | "bcc">,
  { subject, text }: { subject: string; text: string },
): Promise<boolean> {
  const rows = await sql`
    select
    from messages
    where tenant_id = ${tenantId}
      and id = ${id}
      and user_id = ${actor.userId}
      and sent_to = ${sql.json(read(to).addresses)}
      and sent_cc = ${sql.json(read(cc).addresses)}
      and sent_bcc = ${sql.json(read(bcc).addresses)}
      and subject = ${subject}
      and body_text = ${text}
  `;
  return rows.length > 0;
}

/**
 * Saves a draft under the id its form was rendered with; sending it again overwrites it. `host`
 * ends its Message-ID. Throws NotFound if the id is something else's, or the mail is no longer a
 * draft.
 */
export async function save(
  scope: Scope,
  id: string,
  input: DraftInput,
  origin: Origin,
  host: string,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const { kind, language, signed, ...draft } = input;
  // If the form is sent twice at once, the second request finds what the first has saved.
  await advisoryLocks.take(scope, "draft", id);
  const sentTo = read(input.to).addresses;
  const sentCc = read(input.cc).addresses;
  const sentBcc = read(input.bcc).addresses;
  if (await isNew(scope, id)) {
    const references = origin.answersId ? await referencesTo(scope, origin.answersId) : [];
    await messages.create(scope, {
      direction: "out",
      kind: "mail",
      state: "draft",
      userId: scope.actor.userId,
      messageId: `${id}@${host}`,
      references,
      from: null,
      to: sentTo,
      cc: sentCc,
      bcc: sentBcc,
      subject: input.subject,
      text: input.body,
      html: "",
      at: now,
    }, id);
    await sql`insert into outgoing_messages ${
      sql({
        tenantId,
        messageId: id,
        kind,
        language,
        signed,
        draft: sql.json({ ...draft }),
        ...origin,
      })
    }`;
  } else {
    await find(scope, id, true);
    await sql`
      update messages
      set subject = ${input.subject}, body_text = ${input.body}, at = ${now},
        sent_to = ${sql.json(sentTo)}, sent_cc = ${sql.json(sentCc)},
        sent_bcc = ${sql.json(sentBcc)}
      where tenant_id = ${tenantId}
        and id = ${id}
    `;
    await sql`
      update outgoing_messages
      set kind = ${kind}, language = ${language}, signed = ${signed},
        draft = ${sql.json({ ...draft })}
      where tenant_id = ${tenantId}
        and message_id = ${id}
    `;
  }
  const all = [...sentTo, ...sentCc, ...sentBcc].map(({ address }) => address);
  await relink(scope, id, all, await aboutOf(scope, id));
}

/**
 * What a reply refers to, nearest last: the mails before the original mail, and that mail itself.
 */
async function referencesTo(scope: Scope, id: string): Promise<string[]> {
  const { referenceIds, messageIdHeader } = await messageViews.find(scope, id);
  const all = [...referenceIds, messageIdHeader].filter((each) => each !== "");
  // The first and the nearest ones: a header has no room for hundreds.
  return all.length > 20 ? [all[0]!, ...all.slice(-19)] : all;
}

async function isNew({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const rows = await sql`
    select
    from messages
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return rows.length === 0;
}

/** The records from which a mail was started. */
async function aboutOf({ sql, tenantId }: Scope, id: string): Promise<About> {
  const [row] = await sql<[About]>`
    select contact_id, company_id, deal_id
    from outgoing_messages
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
  return row;
}

/**
 * Links a mail to its recipients and to what it was started from. Includes restricted persons and
 * those out of the author's sight: a mail to them belongs to their records. With `sentAt`, it is
 * the last contact with the persons, whose ids are returned.
 */
export async function relink(
  scope: Scope,
  id: string,
  addresses: readonly string[],
  { contactId, companyId, dealId }: About,
  sentAt: Date | null = null,
): Promise<string[]> {
  return await widely(
    scope,
    () => relinkAll(scope, id, addresses, { contactId, companyId, dealId }, sentAt),
  );
}

async function relinkAll(
  scope: Scope,
  id: string,
  addresses: readonly string[],
  { contactId, companyId, dealId }: About,
  sentAt: Date | null,
): Promise<string[]> {
  const { sql, tenantId, now } = scope;
  await sql`
    delete from message_links
    where tenant_id = ${tenantId}
      and message_id = ${id}
  `;
  const matched = await people.matches(scope, addresses);
  const given = (one: string | null) => one === null ? [] : [one];
  const contactIds = [
    ...new Set([...matched.flatMap((match) => given(match.contactId)), ...given(contactId)]),
  ];
  const companyIds = [...matched.flatMap((match) => given(match.companyId)), ...given(companyId)];
  const widened = await linksOf(scope, { contactIds, companyIds });
  const dealIds = given(dealId);
  if (dealId) {
    const own = await companyOf(scope, dealId);
    if (own) widened.companyIds = [...new Set([...widened.companyIds, own])];
  }
  // Before the links: a merge waits for whoever refers to its records.
  if (sentAt) await people.touch(scope, contactIds, sentAt);
  await messages.link(scope, id, now, { ...widened, dealIds });
  return contactIds;
}

/** The company of a deal. A mail is not linked to other persons of the deal: it is not theirs. */
async function companyOf({ sql, tenantId }: Scope, dealId: string): Promise<string | null> {
  const [row] = await sql<{ companyId: string | null }[]>`
    select company_id
    from deals
    where tenant_id = ${tenantId}
      and id = ${dealId}
  `;
  return row?.companyId ?? null;
}

/** Deletes a draft permanently; throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  await find(scope, id, true);
  await sql`
    delete from messages
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}
