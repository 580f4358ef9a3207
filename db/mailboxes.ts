/** External mailboxes that are read by IMAP: a user's own, or shared within the tenant. */
import * as advisoryLocks from "./advisory_locks.ts";
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
  /** If empty, the stored password is kept. */
  password: string;
  shared: boolean;
  /** Whether its mails are requests of data subjects; such a mailbox belongs to the tenant. */
  privacy?: boolean;
}

export interface Mailbox extends MailboxFields {
  id: string;
  /** Its owner; null for a shared one. */
  userId: string | null;
  ownerName: string | null;
  /** Its mails are requests of data subjects and not part of anybody's conversations. */
  privacy: boolean;
  sinceOn: string;
  active: boolean;
  version: number;
  /** The server's folders when last asked. */
  folders: string[];
  dueAt: Date;
  /** A run is reading it at the moment. */
  running: boolean;
  beganAt: Date | null;
  finishedAt: Date | null;
  received: number;
  errorCode: string | null;
  failures: number;
}

/** Maximum mailboxes of a tenant; more could not all be checked on time. */
export const most = 200;

/** The purpose that its secrets are sealed for. */
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

/** The acting user's mailboxes and the tenant's shared ones. */
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

/** One of them with its folders. Throws NotFound for somebody else's mailbox. */
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

/** Whether the tenant has reached the maximum; others who ask wait until the transaction ends. */
export async function isFull(scope: Scope): Promise<boolean> {
  const { sql, tenantId } = scope;
  await advisoryLocks.take(scope, "mailboxes");
  const [row] = await sql<[{ full: boolean }]>`
    select count(*) >= ${most} as full
    from mailboxes
    where tenant_id = ${tenantId}
  `;
  return row.full;
}

/**
 * Adds a mailbox under the id its form was created with and checks it at once. `since` is the first
 * day whose mails are read. False when this form was already sent.
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

/** Changes how a mailbox is accessed and checks it again. Throws NotFound, Stale or Invalid. */
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
  // The stored password is sent only to the server it was given for.
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

/** Has a mailbox checked as soon as the jobs get to it. Throws NotFound. */
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

/** Removes a mailbox: mails read from it stay on their records. Throws NotFound. */
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

/** The first day that a new mailbox is read from: a number of days back. */
export function sinceDay(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() - days * 86_400_000));
}

/** The mailboxes that are due, of all tenants; the longest overdue first. */
export async function due(
  pool: Sql,
  at: Date,
): Promise<{ tenantId: string; id: string }[]> {
  return await pool<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from due_mailboxes(${at}, 1000)
  `;
}

/** What a run needs to know about a mailbox. */
export interface Claimed extends MailboxFields {
  id: string;
  userId: string | null;
  privacy: boolean;
  sinceOn: string;
  password: string;
  failures: number;
}

/** What is needed to connect to a mailbox's server. */
export type Access = MailboxFields & { password: string };

/** The access to a mailbox, outside a run. Throws NotFound or SecretBroken. */
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
 * Claims a mailbox for a run; null when it is gone, off, not due or claimed already, its owner is
 * blocked, or the tenant's full access has ended (a privacy mailbox is still read). Throws
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
