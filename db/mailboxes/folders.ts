/**
 * The folders of a mailbox that are read, how far each has been read, and what is known of their
 * mails.
 */
import type { Scope } from "../scope.ts";

export type Role = "inbox" | "sent";

export interface Folder {
  role: Role;
  path: string;
  /** The server's identifier of its numbering; null until it was first asked. */
  uidValidity: number | null;
  lastUid: number;
  countedAt: Date | null;
  onServer: number | null;
  known: number | null;
  missing: number | null;
}

/** The folders of a mailbox that are read. */
export async function list({ sql, tenantId }: Scope, mailboxId: string): Promise<Folder[]> {
  return await sql<Folder[]>`
    select role, path, uid_validity::float8 as uid_validity, last_uid::float8 as last_uid,
      counted_at, on_server, known, missing
    from mailbox_folders
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
    order by role
  `;
}

/**
 * Reads a folder in a role from now on; a different folder than before is read from its beginning.
 */
export async function choose(
  { sql, tenantId }: Scope,
  mailboxId: string,
  role: Role,
  path: string,
): Promise<void> {
  await sql`
    insert into mailbox_folders (tenant_id, mailbox_id, role, path)
    values (${tenantId}, ${mailboxId}, ${role}, ${path})
    on conflict (tenant_id, mailbox_id, role) do update
    set path = excluded.path, uid_validity = null, last_uid = 0, counted_at = null,
      on_server = null, known = null, missing = null
    where mailbox_folders.path <> excluded.path
  `;
}

/** Stops reading a folder in this role. */
export async function leave(
  { sql, tenantId }: Scope,
  mailboxId: string,
  role: Role,
): Promise<void> {
  await sql`
    delete from mailbox_folders
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
  `;
}

/** Starts a new numbering: mails known under the old one are recognised by their keys. */
export async function number(
  { sql, tenantId }: Scope,
  mailboxId: string,
  role: Role,
  uidValidity: number,
): Promise<void> {
  await sql`
    update mailbox_folders
    set uid_validity = ${uidValidity}, last_uid = 0
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
  `;
}

/** Forgets older numberings, once all mails of the new one were read. */
export async function forgetOld(
  { sql, tenantId }: Scope,
  mailboxId: string,
  role: Role,
  uidValidity: number,
): Promise<void> {
  await sql`
    delete from mailbox_mails
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
      and uid_validity <> ${uidValidity}
  `;
}

/** Records the result of the count. */
export async function counted(
  { sql, tenantId, now }: Scope,
  mailboxId: string,
  role: Role,
  { onServer, known, missing }: { onServer: number; known: number; missing: number },
): Promise<void> {
  await sql`
    update mailbox_folders
    set counted_at = ${now}, on_server = ${onServer}, known = ${known}, missing = ${missing}
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
  `;
}
