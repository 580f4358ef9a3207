/** One-time links for set-up, invitation, passwords and e-mail changes; only digests are kept. */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import type { Role } from "./roles.ts";
import { newToken, tokenDigest } from "./sessions.ts";

export type TokenKind =
  | "setup"
  | "invitation"
  | "password_reset"
  | "email_change"
  | "processor_evidence"
  | "contract"
  | "second_factor"
  | "passkey"
  | "single_sign_on"
  | "sign_in_domain";

export interface Token {
  id: string;
  kind: TokenKind;
  identityId: string | null;
  tenantId: string | null;
  email: string | null;
  role: Role | null;
  /** What the link is about, if that is no person. */
  subjectId: string | null;
  createdAt: Date;
  expiresAt: Date;
}

const hour = 3_600_000;

/** How long each link is valid, in milliseconds; invitations 14 days, by the retention rules. */
export const lifetimes: Record<TokenKind, number> = {
  setup: 7 * 24 * hour,
  invitation: 14 * 24 * hour,
  password_reset: hour,
  email_change: 24 * hour,
  processor_evidence: 14 * 24 * hour,
  contract: hour,
  second_factor: hour / 6,
  passkey: hour / 12,
  single_sign_on: hour / 6,
  sign_in_domain: 7 * 24 * hour,
};

export interface TokenInput {
  kind: TokenKind;
  identityId?: string;
  tenantId?: string;
  email?: string;
  role?: Role;
  subjectId?: string;
  createdBy?: string | null;
}

/** Creates a link's token; the text is returned once and stored nowhere. */
export async function issue(sql: AnySql, input: TokenInput, at = now()): Promise<string> {
  const token = newToken();
  await sql`
    insert into tokens (
      id, kind, token_digest, identity_id, tenant_id, email, role, subject_id, created_by,
      created_at, expires_at
    ) values (
      ${newId()}, ${input.kind}, ${tokenDigest(token)}, ${input.identityId ?? null},
      ${input.tenantId ?? null}, ${input.email ?? null}, ${input.role ?? null},
      ${input.subjectId ?? null}, ${input.createdBy ?? null}, ${at}, ${deadline(input.kind, at)}
    )
  `;
  return token;
}

/** The moment from which a link created at `from` no longer works. */
export const deadline = (kind: TokenKind, from: Date): Date =>
  new Date(from.getTime() + lifetimes[kind]);

/** The live token of a link, or null if it is unknown, used or expired. Does not use it up. */
export async function lookup(
  sql: AnySql,
  kind: TokenKind,
  token: string,
  at = now(),
): Promise<Token | null> {
  const [row] = await sql<Token[]>`
    select id, kind, identity_id, tenant_id, email, role, subject_id, created_at, expires_at
    from tokens
    where token_digest = ${tokenDigest(token)}
      and kind = ${kind}
      and used_at is null
      and expires_at > ${at}
  `;
  return row ?? null;
}

/** Redeems a live token: of many concurrent callers exactly one gets it, the others null. */
export async function use(
  sql: AnySql,
  kind: TokenKind,
  token: string,
  at = now(),
): Promise<Token | null> {
  const [row] = await sql<Token[]>`
    update tokens
    set used_at = ${at}
    where token_digest = ${tokenDigest(token)}
      and kind = ${kind}
      and used_at is null
      and expires_at > ${at}
    returning id, kind, identity_id, tenant_id, email, role, subject_id, created_at, expires_at
  `;
  return row ?? null;
}

/** Revokes every open link of one kind of an identity. */
export async function revoke(sql: AnySql, kind: TokenKind, identityId: string): Promise<void> {
  await sql`
    delete from tokens
    where kind = ${kind}
      and identity_id = ${identityId}
      and used_at is null
  `;
}

/** Revokes every open link of one kind about a subject. */
export async function revokeAbout(sql: AnySql, kind: TokenKind, subjectId: string): Promise<void> {
  await sql`
    delete from tokens
    where kind = ${kind}
      and subject_id = ${subjectId}
      and used_at is null
  `;
}

/** Revokes every open link of one kind. */
export async function revokeKind(sql: AnySql, kind: TokenKind): Promise<void> {
  await sql`
    delete from tokens
    where kind = ${kind}
      and used_at is null
  `;
}

/** Revokes the open invitations for these roles that a user of a tenant made. */
export async function revokeInvitations(
  sql: AnySql,
  { tenantId, createdBy, roles }: { tenantId: string; createdBy: string; roles: readonly Role[] },
): Promise<void> {
  await sql`
    delete from tokens
    where tenant_id = ${tenantId}
      and kind = 'invitation'
      and created_by = ${createdBy}
      and role = any(${roles as Role[]})
      and used_at is null
  `;
}

/** Revokes the open invitation of an address to a tenant. */
export async function revokeInvitation(
  sql: AnySql,
  tenantId: string,
  email: string,
): Promise<void> {
  await sql`
    delete from tokens
    where tenant_id = ${tenantId}
      and kind = 'invitation'
      and lower(email) = lower(${email})
      and used_at is null
  `;
}

/** Removes links that were used or have expired; returns their number. */
export async function removeExpired(sql: AnySql): Promise<number> {
  const { count } = await sql`
    delete from tokens
    where expires_at <= ${now()}
      or used_at is not null
  `;
  return count;
}
