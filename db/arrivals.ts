/**
 * Turns a received mail into a record: once, in its conversation, on the pages of everybody
 * involved.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as complaints from "./arrivals/complaints.ts";
import { commentOf } from "./arrivals/comments.ts";
import * as files from "./arrivals/files.ts";
import { hasten } from "./arrivals/first_contacts.ts";
import { type Mail, understand } from "./arrivals/mails.ts";
import { notifyUsers } from "./arrivals/news.ts";
import * as people from "./arrivals/people.ts";
import * as reports from "./arrivals/reports.ts";
import * as inbox from "./inbox.ts";
import * as messages from "./messages.ts";
import { type Contents, read } from "./received_mails/contents.ts";
import { keyOf } from "./received_mails/keys.ts";
import { linksOf } from "./record_links.ts";
import type { Scope } from "./scope.ts";
import * as threads from "./threads.ts";

export interface Arrival {
  contents: Contents;
  /** Identifies the mail when it arrives again: see received_mails/keys.ts. */
  key: string;
  /** When our server or the mailbox's server received it. */
  receivedAt: Date;
  size: number;
  /** The user whose mailbox or address received it; null for one that the tenant shares. */
  userId: string | null;
  /** Where it was found: in the inbox, in the sent folder, or forwarded by hand. */
  way: "inbox" | "sent" | "address";
  /** The tenant's own mail domain, whose addresses belong to no person. */
  domain?: string;
  /** Set if one of the tenant's users attached it to a mail to their own address. */
  passedOn?: boolean;
  store: files.Keeping;
}

export interface Outcome {
  outcome: "received" | "known" | "passed_over";
  messageId: string | null;
}

/** Accepts a mail; if it is already known, only makes it visible to one more person. */
export async function take(scope: Scope, arrival: Arrival): Promise<Outcome> {
  // The same mail may arrive in two ways at once: the second waits, then finds the first.
  await advisoryLocks.take(scope, "arrival", arrival.key);
  const known = await lookup(scope, arrival);
  if (known) {
    if (known.direction === "in" && arrival.way !== "sent") {
      await inbox.add(scope, { ...known, messageId: known.id, userId: arrival.userId });
    }
    return { outcome: "known", messageId: known.id };
  }
  const mail = await understand(scope, arrival);
  if (mail.attached.length > 0) return await takeEach(scope, arrival, mail);
  const matched = await people.matches(scope, mail.others.map(({ address }) => address));
  const report = arrival.contents.report
    ? await reports.apply(scope, arrival.contents.report)
    : null;
  const { complaint } = arrival.contents;
  // A copy in the sent folder is nobody's complaint.
  const unwanted = complaint && arrival.way !== "sent"
    ? await complaints.apply(scope, arrival.store, complaint)
    : null;
  if (arrival.way === "sent" && matched.length === 0) {
    return { outcome: "passed_over", messageId: null };
  }
  const unreached = report ? [] : await reports.unreached(scope, arrival.contents.report);
  const messageId = await record(scope, arrival, mail);
  await linkAll(scope, messageId, mail.at, matched, report?.id ?? unwanted);
  if (mail.direction === "out") await hasten(scope, arrival.contents, mail.at, matched);
  await messages.link(scope, messageId, mail.at, await linksOf(scope, people.namesIn(unreached)));
  if (mail.direction === "in" || arrival.way === "address" || arrival.passedOn) {
    const sender = mail.from?.address.toLowerCase();
    const assigned = report !== null || unwanted !== null || unreached.length > 0 ||
      matched.some(({ address }) => mail.direction === "out" || address === sender);
    const { kind } = arrival.contents;
    const state = assigned ? "assigned" : "open";
    await inbox.add(scope, { messageId, userId: arrival.userId, state, kind, at: mail.at });
  }
  await notifyUsers(scope, messageId, arrival.contents.kind, mail, matched, report);
  return { outcome: "received", messageId };
}

/**
 * Mails that a user attached in order to forward them: each is treated as if it had arrived by
 * itself, so that one already on record is not duplicated. The enclosing letter becomes a mail of
 * its own, alongside them, if it has any text.
 */
async function takeEach(
  scope: Scope,
  arrival: Arrival,
  letter: Mail,
): Promise<Outcome> {
  const { attached } = letter;
  const keyed = attached.map(({ bytes }) => ({ bytes, key: keyOf(bytes) }));
  // Lock in the same order everywhere, to avoid deadlocks.
  const taken: Outcome[] = [];
  for (const { bytes, key } of keyed.sort((a, b) => a.key.localeCompare(b.key))) {
    const each = { contents: await read(bytes), key, size: bytes.length, passedOn: true };
    taken.push(await take(scope, { ...arrival, ...each, way: "inbox" }));
  }
  const outcome = taken.find((each) => each.outcome === "received") ?? taken[0]!;
  const comment = commentOf(arrival.contents, attached);
  if (comment) await addComment(scope, arrival, { ...letter, direction: "out" }, comment, taken);
  else if (outcome.messageId) await remember(scope, arrival.key, outcome.messageId);
  return outcome;
}

/** Keeps the comment that accompanies forwarded mails, wherever they appear. */
async function addComment(
  scope: Scope,
  arrival: Arrival,
  letter: Mail,
  comment: Pick<Contents, "text" | "html" | "files">,
  taken: readonly Outcome[],
): Promise<void> {
  const contents: Contents = { ...arrival.contents, ...comment };
  const id = await record(scope, { ...arrival, contents }, letter);
  for (const { messageId } of taken) {
    if (messageId) {
      await messages.link(scope, id, letter.at, await messages.links(scope, messageId));
    }
  }
  const { contactIds, companyIds, dealIds } = await messages.links(scope, id);
  const assigned = contactIds.length + companyIds.length + dealIds.length > 0;
  const state = assigned ? "assigned" : "open";
  const { kind } = contents;
  await inbox.add(scope, { messageId: id, userId: arrival.userId, state, kind, at: letter.at });
}

/** Records the key by which a message is recognised. */
async function remember({ sql, tenantId }: Scope, key: string, messageId: string): Promise<void> {
  await sql`
    insert into message_keys (tenant_id, mail_key, message_id)
    values (${tenantId}, ${key}, ${messageId})
    on conflict do nothing
  `;
}

interface Known {
  id: string;
  direction: messages.Direction;
  kind: Contents["kind"];
  at: Date;
  state: "open" | "assigned";
}

/**
 * The existing message that a mail matches: by its key, or as one of ours coming back. We put mails
 * into the sent folder ourselves; elsewhere anybody who knows our id could reuse it.
 */
async function lookup(scope: Scope, { key, contents, way }: Arrival): Promise<Known | null> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Known[]>`
    select m.id, m.direction, m.kind, m.at,
      case when exists (
        select
        from message_links l
        where l.tenant_id = m.tenant_id
          and l.message_id = m.id
      ) then 'assigned' else 'open' end as state
    from messages m
    where m.tenant_id = ${tenantId}
      and m.id = coalesce(
        (
          select k.message_id
          from message_keys k
          where k.tenant_id = ${tenantId}
            and k.mail_key = ${key}
        ),
        (
          select o.id
          from messages o
          where o.tenant_id = ${tenantId}
            and o.message_id_header = ${contents.messageId ?? ""}
            and o.message_id_header <> ''
            and o.direction = 'out'
            and (
              ${way === "sent"}
              or lower(o.from_address) = ${contents.from?.address.toLowerCase() ?? ""}
              and o.subject = ${contents.subject}
            )
          order by o.at
          limit 1
        )
      )
  `;
  if (row) await remember(scope, key, row.id);
  return row ?? null;
}

async function record(
  scope: Scope,
  { contents, key, userId, size, store }: Arrival,
  { direction, from, subject, at }: Mail,
): Promise<string> {
  const id = await messages.create(scope, {
    direction,
    kind: contents.kind,
    state: direction === "in" ? "received" : "sent",
    userId,
    messageId: contents.messageId ?? "",
    references: contents.references,
    from,
    replyTo: contents.replyTo,
    to: contents.to,
    cc: contents.cc,
    subject,
    text: contents.text,
    html: contents.html,
    incomplete: contents.incomplete,
    size,
    at,
  });
  await remember(scope, key, id);
  const loss = await files.keep(scope, store, id, at, contents.files);
  if (loss) {
    const { sql, tenantId } = scope;
    await sql`
      update messages
      set incomplete = ${loss}
      where tenant_id = ${tenantId}
        and id = ${id}
    `;
  }
  return id;
}

/** Links the mail to the persons involved, the deal discussed and the mail it reports on. */
async function linkAll(
  scope: Scope,
  messageId: string,
  at: Date,
  matched: readonly people.Match[],
  reportedId: string | null,
): Promise<void> {
  const { contactIds, companyIds } = people.namesIn(matched);
  // Before the links: a merge waits for whoever refers to its records.
  await people.touch(scope, contactIds, at);
  await messages.link(scope, messageId, at, await linksOf(scope, { contactIds, companyIds }));
  if (reportedId) {
    await messages.link(scope, messageId, at, await messages.links(scope, reportedId));
  }
  if (contactIds.length + companyIds.length === 0) return;
  const dealIds = await threads.deals(scope, messageId);
  await messages.link(scope, messageId, at, { dealIds });
}
