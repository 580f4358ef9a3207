/**
 * Letters to the officer: each has codes and links of its own, bound to the state it was written
 * in.
 */
import { codeDigest, mostFailures, newCode } from "./case_codes.ts";
import { newId } from "./ids.ts";
import { newLocalPart } from "./inbound_addresses.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";

export type LetterKind = "new" | "decision" | "approval" | "reminder" | "overdue" | "person";
export type LinkAction =
  | "approve"
  | "refuse"
  | "extend"
  | "identity"
  | "identified"
  | "done"
  /** Asks which person a request is about. */
  | "person";

/** An item that a letter is about, and what may be done with it. */
export interface LetterItem {
  id: string;
  /** The state of decisions so far: a letter written in another state is no longer valid. */
  state: string;
  actions: readonly LinkAction[];
}

export interface IssuedLetter {
  id: string;
  replyPart: string;
  items: { id: string; code: string; links: { action: LinkAction; token: string }[] }[];
}

/** How long a letter can be answered, in milliseconds. */
const lifetime = 7 * 86_400_000;

/**
 * Creates a letter's codes and links, which are returned once and stored as digests. Returns null
 * if a letter was already issued for the occasion.
 */
export async function issue(
  scope: Scope,
  secretKey: string,
  { caseId, kind, occasion, recipient, items }: {
    caseId: string;
    recipient: "officer" | "deputy";
    kind: LetterKind;
    occasion: string;
    items: readonly LetterItem[];
  },
): Promise<IssuedLetter | null> {
  const { sql, tenantId, now } = scope;
  const letter = { id: newId(), replyPart: newLocalPart() };
  const { count } = await sql`
    insert into case_letters (
      tenant_id, id, case_id, kind, occasion, recipient, reply_part, created_at, expires_at
    ) values (
      ${tenantId}, ${letter.id}, ${caseId}, ${kind}, ${occasion}, ${recipient}, ${letter.replyPart},
      ${now}, ${new Date(now.getTime() + lifetime)}
    )
    on conflict (tenant_id, case_id, occasion) do nothing
  `;
  if (count === 0) return null;
  const codes = differing(items.length);
  const issued = items.map(({ id, actions }, index) => ({
    id,
    code: codes[index]!,
    links: actions.map((action) => ({ action, token: newToken() })),
  }));
  await sql`
    insert into case_codes (tenant_id, letter_id, item_id, code_digest, state)
    select ${tenantId}, ${letter.id}, item_id, decode(digest, 'hex'), state
    from unnest(
      ${items.map(({ id }) => id)}::uuid[],
      ${issued.map(({ code }) => hex(codeDigest(secretKey, scope, letter.id, code)))}::text[],
      ${items.map(({ state }) => state)}::text[]
    ) as n (item_id, digest, state)
  `;
  const links = issued.flatMap(({ id, links }) => links.map((link) => ({ itemId: id, ...link })));
  await sql`
    insert into case_links (tenant_id, id, letter_id, item_id, action, token_digest)
    select ${tenantId}, id, ${letter.id}, item_id, action, decode(digest, 'hex')
    from unnest(
      ${links.map(() => newId())}::uuid[],
      ${links.map(({ itemId }) => itemId)}::uuid[],
      ${links.map(({ action }) => action)}::text[],
      ${links.map(({ token }) => hex(tokenDigest(token)))}::text[]
    ) as n (id, item_id, action, digest)
  `;
  return { ...letter, items: issued };
}

/** Invalidates letters to a role that somebody else now holds: the successor gets new ones. */
export async function end(
  { sql, tenantId, now }: Scope,
  recipients: readonly ("officer" | "deputy")[],
): Promise<void> {
  await sql`
    update case_letters
    set expires_at = ${now}
    where tenant_id = ${tenantId}
      and recipient = any (${[...recipients]}::text[])
      and expires_at > ${now}
  `;
}

/** Distinct codes for the items of a letter. */
function differing(count: number): string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(newCode());
  return [...codes];
}

const hex = (bytes: Uint8Array): string => new Uint8Array(bytes).toHex();

/** The letter that a reply belongs to. */
export interface Letter {
  id: string;
  caseId: string;
  kind: LetterKind;
  replyPart: string;
  createdAt: Date;
  /** Whether it has neither expired nor used up its attempts. */
  live: boolean;
}

/** Returns the letter with an id, or null. */
export async function lookup({ sql, tenantId, now }: Scope, id: string): Promise<Letter | null> {
  const [row] = await sql<Letter[]>`
    select id, case_id, kind, reply_part, created_at, expires_at > ${now} and failures < ${mostFailures} as live
    from case_letters
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return row ?? null;
}

/** Whether a letter about a case was written in the past week, with some tolerance. */
export async function isRecent({ sql, tenantId, now }: Scope, caseId: string): Promise<boolean> {
  const rows = await sql`
    select
    from case_letters
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and created_at > ${new Date(now.getTime() - lifetime + 43_200_000)}
    limit 1
  `;
  return rows.length > 0;
}

/** The id of the latest letter to this role about a case, or null. */
export async function newest(
  { sql, tenantId }: Scope,
  caseId: string,
  recipient: "officer" | "deputy",
): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id
    from case_letters
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and recipient = ${recipient}
    order by created_at desc, id desc
    limit 1
  `;
  return row?.id ?? null;
}

/** The state a letter's item was in when the letter was written, or null. */
export async function stateOf(
  { sql, tenantId }: Scope,
  letterId: string,
  itemId: string,
): Promise<string | null> {
  const [row] = await sql<{ state: string }[]>`
    select state
    from case_codes
    where tenant_id = ${tenantId}
      and letter_id = ${letterId}
      and item_id = ${itemId}
  `;
  return row?.state ?? null;
}

/** The controller and letter that a reply address belongs to, or null. */
export async function route(
  sql: AnySql,
  replyPart: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [row] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from case_letter_by_reply(${replyPart})
  `;
  return row ?? null;
}
