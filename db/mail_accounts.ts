/**
 * A user's own mail server for outgoing mails; users without one send through the installation's
 * server.
 */
import * as changes from "./changes.ts";
import * as egressHosts from "./egress_hosts.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import type { KeyStore } from "./key_store.ts";
import type { Scope } from "./scope.ts";
import * as tenantSeals from "./tenant_seals.ts";

export type Security = "tls" | "starttls" | "none";

export interface AccountFields {
  senderName: string;
  address: string;
  host: string;
  port: number;
  security: Security;
  /** Empty for a server that requires none. */
  username: string;
}

export interface AccountInput extends AccountFields {
  /** If empty, the stored password is kept. */
  password: string;
}

export interface Account extends AccountFields {
  id: string;
  version: number;
  hasPassword: boolean;
  /** The last test: when it was requested, when it ended and what was wrong. */
  checkAskedAt: Date | null;
  checkedAt: Date | null;
  errorCode: string | null;
}

/** What is needed to sign in there. */
export interface Opened extends AccountFields {
  password: string;
}

/** The purpose that its secrets are sealed for. */
export const useOf = (tenantId: string, id: string) => `mail account ${tenantId} ${id}`;

/** The acting user's account, or null. */
export async function lookup({ sql, tenantId, actor }: Scope): Promise<Account | null> {
  const [row] = await sql<Account[]>`
    select id, version, sender_name, address, host, port, security, username, check_asked_at,
      checked_at, error_code, password_sealed is not null as has_password
    from mail_accounts
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
  `;
  return row ?? null;
}

/**
 * Creates the acting user's account, or changes the version that was read (0 for none), and has it
 * tested. Throws Stale, or Invalid when the password has to be entered again.
 */
export async function save(
  scope: Scope,
  store: KeyStore,
  id: string,
  version: number,
  { password, ...fields }: AccountInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const before = await lookup(scope);
  if ((before?.version ?? 0) !== version) throw new Stale("mail_account", before?.version ?? 0);
  // The stored password is sent only to the server it was given for.
  const moved = before !== null &&
    (["host", "port", "security", "username"] as const).some((name) =>
      before[name] !== fields[name]
    );
  if (!password && before?.hasPassword && moved && fields.username) {
    throw new Invalid("mail_accounts.password_again", "password");
  }
  const own = before?.id ?? id;
  const passwordSealed = !fields.username
    ? { passwordSealed: null }
    : password
    ? { passwordSealed: await tenantSeals.seal(scope, store, useOf(tenantId, own), password) }
    : {};
  const written = { ...fields, ...passwordSealed, updatedAt: now };
  const { count } = before
    ? await sql`
      update mail_accounts
      set ${sql(written)}, version = version + 1
      where tenant_id = ${tenantId}
        and id = ${own}
        and version = ${version}
    `
    : await sql`insert into mail_accounts ${
      sql({ tenantId, id: own, userId: actor.userId, createdAt: now, ...written })
    } on conflict do nothing`;
  if (count === 0) throw new Stale("mail_account", version + 1);
  await note(scope, before ? "updated" : "created");
  await egressHosts.announce(sql);
  await ask(scope);
}

/** Enqueues a test of the account. Throws NotFound if there is none. */
export async function ask({ sql, tenantId, actor, now }: Scope): Promise<void> {
  const [row] = await sql<{ id: string }[]>`
    update mail_accounts
    set check_asked_at = ${now}, checked_at = null, error_code = null
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
    returning id
  `;
  if (!row) throw new NotFound("mail_account");
  await enqueue(sql, "check_mail_account", tenantId, { mailAccountId: row.id });
}

/**
 * Removes the acting user's account with its password; mails then go through the installation's
 * server.
 */
export async function remove(scope: Scope): Promise<void> {
  const { sql, tenantId, actor } = scope;
  const rows = await sql`
    delete from mail_accounts
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
    returning id
  `;
  if (rows.length === 0) return;
  await note(scope, "removed");
  await egressHosts.announce(sql);
}

const note = (scope: Scope, to: string) =>
  changes.record(scope, {
    kind: "user",
    id: scope.actor.userId!,
    action: "updated",
    fields: [{ name: "mail_account", to }],
  });

/**
 * An account with its password for a test, by id; null when it no longer exists. Throws
 * SecretBroken.
 */
export async function open(
  scope: Scope,
  store: KeyStore,
  by: { id: string } | { userId: string },
): Promise<Opened | null> {
  const { sql, tenantId } = scope;
  const [row] = await sql<(AccountFields & { id: string; passwordSealed: Uint8Array | null })[]>`
    select id, sender_name, address, host, port, security, username, password_sealed
    from mail_accounts
    where tenant_id = ${tenantId}
      and ${"id" in by ? sql`id = ${by.id}` : sql`user_id = ${by.userId}`}
  `;
  if (!row) return null;
  const { id, passwordSealed, ...fields } = row;
  const password = passwordSealed
    ? await tenantSeals.open(store, useOf(tenantId, id), passwordSealed)
    : "";
  return { ...fields, password };
}

/** Records how a test ended; null means success. */
export async function noteCheck(
  { sql, tenantId, now }: Scope,
  id: string,
  errorCode: string | null,
): Promise<void> {
  await sql`
    update mail_accounts
    set checked_at = ${now}, error_code = ${errorCode}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}
