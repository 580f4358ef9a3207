/**
 * The mails of a folder by their numbers on the server and by their keys, so that none is read
 * twice.
 */
import type { Scope } from "../scope.ts";
import type { Role } from "./folders.ts";

export type MailOutcome = "received" | "known" | "passed_over" | "failed";

/** A mail's place on a server. */
export interface Place {
  mailboxId: string;
  role: Role;
  uidValidity: number;
  uid: number;
}

/** How often reading a mail is attempted. */
const mostAttempts = 3;

/** Which of these keys were seen in the folder before, under any number. */
export async function seen(
  { sql, tenantId }: Scope,
  { mailboxId, role }: Pick<Place, "mailboxId" | "role">,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await sql<{ mailKey: string }[]>`
    select distinct mail_key
    from mailbox_mails
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
      and mail_key = any(${[...keys]}::text[])
      and outcome <> 'failed'
  `;
  return new Set(rows.map(({ mailKey }) => mailKey));
}

/** Records the outcome of a mail, and that the folder was read up to it. */
export async function note(
  { sql, tenantId, now }: Scope,
  { mailboxId, role, uidValidity, uid }: Place,
  key: string,
  outcome: MailOutcome,
  errorCode: string | null = null,
): Promise<void> {
  await sql`
    insert into mailbox_mails (
      tenant_id, mailbox_id, role, uid_validity, uid, mail_key, outcome, error_code, seen_at
    ) values (
      ${tenantId}, ${mailboxId}, ${role}, ${uidValidity}, ${uid}, ${key}, ${outcome}, ${errorCode},
      ${now}
    )
    on conflict (tenant_id, mailbox_id, role, uid_validity, uid) do update
    set outcome = excluded.outcome, error_code = excluded.error_code, mail_key = excluded.mail_key,
      attempts = mailbox_mails.attempts + 1, seen_at = excluded.seen_at
  `;
  await sql`
    update mailbox_folders
    set last_uid = greatest(last_uid, ${uid})
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
      and uid_validity = ${uidValidity}
  `;
}

/** The known numbers of a numbering. */
export async function known(
  { sql, tenantId }: Scope,
  { mailboxId, role, uidValidity }: Omit<Place, "uid">,
): Promise<Set<number>> {
  const rows = await sql<{ uid: number }[]>`
    select uid::float8 as uid
    from mailbox_mails
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
      and uid_validity = ${uidValidity}
  `;
  return new Set(rows.map(({ uid }) => uid));
}

/** The numbers of mails that could not be read and may be tried again. */
export async function failed(
  { sql, tenantId }: Scope,
  { mailboxId, role, uidValidity }: Omit<Place, "uid">,
): Promise<number[]> {
  const rows = await sql<{ uid: number }[]>`
    select uid::float8 as uid
    from mailbox_mails
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
      and uid_validity = ${uidValidity}
      and outcome = 'failed'
      and attempts < ${mostAttempts}
    order by uid
    limit 100
  `;
  return rows.map(({ uid }) => uid);
}

/**
 * Forgets mails that are no longer on the server; what was stored of them stays with its persons.
 */
export async function forget(
  { sql, tenantId }: Scope,
  { mailboxId, role, uidValidity }: Omit<Place, "uid">,
  uids: readonly number[],
): Promise<void> {
  await sql`
    delete from mailbox_mails
    where tenant_id = ${tenantId}
      and mailbox_id = ${mailboxId}
      and role = ${role}
      and uid_validity = ${uidValidity}
      and uid = any(${[...uids]}::bigint[])
  `;
}
