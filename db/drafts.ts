/** Drafts: mails that their author still writes. A draft is a message that nobody else sees. */
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

/** What a person may say that a mail is for; `legal` is the program's own. */
export type WrittenKind = Exclude<OutgoingKind, "legal">;

/** What the form holds, as it was typed. */
export interface DraftText {
  to: string;
  cc: string;
  bcc: string;
  subject: string;
  body: string;
  /** The text that is answered or passed on, below everything else. */
  quoted: string;
}

export interface DraftInput extends DraftText {
  kind: WrittenKind;
  language: Language;
  /** Whether the signature stands below. */
  signed: boolean;
}

/** Where a draft comes from; set when it is made. */
export interface Origin extends About {
  /** The message that it answers; not one that it passes on. */
  answersId: string | null;
}

export interface Draft extends DraftInput, Origin {
  id: string;
  updatedAt: Date;
}

const none: DraftText = { to: "", cc: "", bcc: "", subject: "", body: "", quoted: "" };

/** The acting user's draft; throws NotFound, also for one that was sent meanwhile. */
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

/** Where a mail of the acting user stands, or null where there is none. */
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

/**
 * Keeps a draft under the id its form was made with; sent again it is written over. `host` ends its
 * Message-ID. Throws NotFound where the id is something else's, or the mail is no draft any more.
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
  // Of two presses at once the second finds what the first has kept.
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
        sent_to = ${sql.json(sentTo as never)}, sent_cc = ${sql.json(sentCc as never)},
        sent_bcc = ${sql.json(sentBcc as never)}
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

/** What an answer to a mail refers to, the nearest last: the mails before it, and itself. */
async function referencesTo(scope: Scope, id: string): Promise<string[]> {
  const { referenceIds, messageIdHeader } = await messageViews.find(scope, id);
  const all = [...referenceIds, messageIdHeader].filter((each) => each !== "");
  // The first and the nearest: a header has no room for hundreds.
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

/** The records that a mail was started from. */
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
 * Puts a mail onto the pages of those it goes to and of what it was started from. Those whom the
 * restriction hides, and those out of the author's sight, are among them: their mail goes with them.
 */
export async function relink(
  scope: Scope,
  id: string,
  addresses: readonly string[],
  { contactId, companyId, dealId }: About,
): Promise<string[]> {
  return await widely(
    scope,
    () => relinkAll(scope, id, addresses, { contactId, companyId, dealId }),
  );
}

async function relinkAll(
  scope: Scope,
  id: string,
  addresses: readonly string[],
  { contactId, companyId, dealId }: About,
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
  await messages.link(scope, id, now, { ...widened, dealIds });
  return contactIds;
}

/** The company of a deal. Its other persons get no mail that was not written to them. */
async function companyOf({ sql, tenantId }: Scope, dealId: string): Promise<string | null> {
  const [row] = await sql<{ companyId: string | null }[]>`
    select company_id
    from deals
    where tenant_id = ${tenantId}
      and id = ${dealId}
  `;
  return row?.companyId ?? null;
}

/** Throws a draft away for good; throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  await find(scope, id, true);
  await sql`
    delete from messages
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}
