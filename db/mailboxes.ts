/** Mailboxes elsewhere that are read by IMAP: one's own, or shared by the house. */
import * as egressHosts from "./egress_hosts.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import type { KeyStore } from "./key_store.ts";
import { type Folder, list as listFolders } from "./mailboxes/folders.ts";
import { heldUntil } from "./mailboxes/runs.ts";
import { dayOf } from "./local_times.ts";
import type { Sql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import * as tenantSeals from "./tenant_seals.ts";

export type Security = "tls" | "starttls" | "none";

export interface MailboxFields {
  name: string;
  address: string;
  host: string;
  port: number;
  security: Security;
  username: string;
}

export interface MailboxInput extends MailboxFields {
  /** Empty leaves the one that is kept. */
  password: string;
  shared: boolean;
  /** Whether its mails are requests of data subjects; such a mailbox is the house's. */
  privacy?: boolean;
}

export interface Mailbox extends MailboxFields {
  id: string;
  /** Whose it is; null for one that the house shares. */
  userId: string | null;
  ownerName: string | null;
  /** Its mails are requests of data subjects, and nobody's conversation. */
  privacy: boolean;
  sinceOn: string;
  active: boolean;
  version: number;
  /** What the server has, as it was asked last. */
  folders: string[];
  dueAt: Date;
  /** Somebody is looking into it just now. */
  running: boolean;
  beganAt: Date | null;
  finishedAt: Date | null;
  received: number;
  errorCode: string | null;
  failures: number;
}

/** Mailboxes of a house at most; more would not be looked into in time. */
export const most = 200;

/** What a secret of it is sealed for. */
export const useOf = (tenantId: string, id: string) => `mailbox ${tenantId} ${id}`;

const columns = ({ sql, now }: Scope) =>
  sql`
    b.id, b.user_id, b.privacy, b.name, b.address, b.host, b.port, b.security, b.username, b.since_on,
    b.active, b.version, b.folders, b.due_at, b.began_at, b.finished_at, b.received, b.error_code,
    b.failures, coalesce(b.claimed_until > ${now}, false) as running,
    (
      select i.name
      from users u
      join identities i on i.id = u.identity_id
      where u.tenant_id = b.tenant_id
        and u.id = b.user_id
    ) as owner_name`;

/** The acting user's mailboxes and those that the house shares. */
export async function list(scope: Scope): Promise<Mailbox[]> {
  const { sql, tenantId, actor } = scope;
  return await sql<Mailbox[]>`
    select ${columns(scope)}
    from mailboxes b
    where b.tenant_id = ${tenantId}
      and (b.user_id = ${actor.userId} or b.user_id is null)
    order by b.user_id nulls last, lower(b.name), b.id
    limit ${most}
  `;
}

/** One of those with its folders; throws NotFound for the mailbox of somebody else. */
export async function find(scope: Scope, id: string): Promise<Mailbox & { read: Folder[] }> {
  const { sql, tenantId, actor } = scope;
  const [row] = await sql<Mailbox[]>`
    select ${columns(scope)}
    from mailboxes b
    where b.tenant_id = ${tenantId}
      and b.id = ${id}
      and (b.user_id = ${actor.userId} or b.user_id is null)
  `;
  if (!row) throw new NotFound("mailbox");
  return { ...row, read: await listFolders(scope, id) };
}

/** Whether the house has as many as it may. */
export async function isFull({ sql, tenantId }: Scope): Promise<boolean> {
  const [row] = await sql<[{ full: boolean }]>`
    select count(*) >= ${most} as full
    from mailboxes
    where tenant_id = ${tenantId}
  `;
  return row.full;
}

/**
 * Adds a mailbox under the id its form was made with and looks into it at once. `since` is the
 * first day whose mail is read. False when this form was sent before.
 */
export async function create(
  scope: Scope,
  store: KeyStore,
  id: string,
  { password, shared, privacy = false, ...fields }: MailboxInput,
  since: string,
): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const rows = await sql`insert into mailboxes ${
    sql({
      tenantId,
      id,
      userId: shared || privacy ? null : actor.userId,
      privacy,
      ...fields,
      passwordSealed: await tenantSeals.seal(scope, store, useOf(tenantId, id), password),
      sinceOn: since,
      dueAt: now,
      createdAt: now,
      createdBy: actor.userId,
      updatedAt: now,
    })
  } on conflict do nothing returning id`;
  if (rows.length === 0) {
    await find(scope, id);
    return false;
  }
  await sql`
    insert into mailbox_folders (tenant_id, mailbox_id, role, path)
    values (${tenantId}, ${id}, 'inbox', 'INBOX')
  `;
  await egressHosts.announce(sql);
  await enqueue(sql, "check_mailbox", tenantId, { mailboxId: id });
  return true;
}

/** Changes how a mailbox is reached and looks into it anew. Throws NotFound, Stale or Invalid. */
export async function update(
  scope: Scope,
  store: KeyStore,
  id: string,
  version: number,
  { password, shared: _, privacy: __, ...fields }: MailboxInput,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const before = await find(scope, id);
  if (before.version !== version) throw new Stale("mailbox", before.version);
  // The kept password goes to the server it was given for, and to no other.
  if (
    !password &&
    (["host", "port", "security", "username"] as const).some((name) =>
      before[name] !== fields[name]
    )
  ) throw new Invalid("mailboxes.password_again", "password");
  const secret = password
    ? { passwordSealed: await tenantSeals.seal(scope, store, useOf(tenantId, id), password) }
    : {};
  const { count } = await sql`
    update mailboxes
    set ${sql({ ...fields, ...secret, updatedAt: now })}, version = version + 1, active = true,
      failures = 0, error_code = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("mailbox", version + 1);
  await egressHosts.announce(sql);
  await checkNow(scope, id);
}

/** Has a mailbox looked into as soon as the jobs come to it. Throws NotFound. */
export async function checkNow(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  await find(scope, id);
  await sql`
    update mailboxes
    set due_at = ${now}, active = true
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await enqueue(sql, "check_mailbox", tenantId, { mailboxId: id });
}

/** Takes a mailbox out: what was read of it stays with its persons. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  await find(scope, id);
  await sql`
    delete from mailboxes
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await egressHosts.announce(sql);
}

/** The first day that a new mailbox is read from: so many days back. */
export function sinceDay(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() - days * 86_400_000));
}

/** The mailboxes that are to be looked into, of all houses; the longest due first. */
export async function due(
  pool: Sql,
  at: Date,
): Promise<{ tenantId: string; id: string }[]> {
  return await pool<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from due_mailboxes(${at}, 1000)
  `;
}

/** What a run needs of a mailbox. */
export interface Claimed extends MailboxFields {
  id: string;
  userId: string | null;
  privacy: boolean;
  sinceOn: string;
  password: string;
  failures: number;
}

/** What it takes to speak to a mailbox's server. */
export type Access = MailboxFields & { password: string };

/** The way to a mailbox, beside any run. Throws NotFound or SecretBroken. */
export async function access(
  { sql, tenantId }: Scope,
  store: KeyStore,
  id: string,
): Promise<Access> {
  const [row] = await sql<(MailboxFields & { passwordSealed: Uint8Array })[]>`
    select name, address, host, port, security, username, password_sealed
    from mailboxes
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (!row) throw new NotFound("mailbox");
  const { passwordSealed, ...fields } = row;
  return {
    ...fields,
    password: await tenantSeals.open(store, useOf(tenantId, id), passwordSealed),
  };
}

/**
 * Takes a mailbox for a run, or null when it is gone, off, not due, its owner's who was shut out, the
 * house's full use is over (that for persons' rights is read on), or somebody is at it. Throws
 * SecretBroken.
 */
export async function take(
  { sql, tenantId, now }: Scope,
  store: KeyStore,
  id: string,
): Promise<Claimed | null> {
  const [row] = await sql<(Claimed & { passwordSealed: Uint8Array })[]>`
    update mailboxes
    set claimed_until = ${heldUntil(now)}, began_at = ${now}, received = 0
    where tenant_id = ${tenantId}
      and id = ${id}
      and active
      and due_at <= ${now}
      and not exists (
        select
        from users u
        where u.tenant_id = mailboxes.tenant_id
          and u.id = mailboxes.user_id
          and u.deactivated_at is not null
      )
      and (claimed_until is null or claimed_until <= ${now})
      and (privacy or exists (
        select
        from tenants t
        where t.id = mailboxes.tenant_id
          and t.phase = 'open'
      ))
    returning id, user_id, privacy, name, address, host, port, security, username, since_on, failures,
      password_sealed
  `;
  if (!row) return null;
  const { passwordSealed, ...mailbox } = row;
  const password = await tenantSeals.open(store, useOf(tenantId, id), passwordSealed);
  return { ...mailbox, password };
}
