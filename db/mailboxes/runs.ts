/** How a run through a mailbox ended, and when the next one is due. */
import type { Scope } from "../scope.ts";

const minute = 60_000;

/**
 * Until when a run that is alive now holds a mailbox; it is free after that if the run has died.
 */
export const heldUntil = (now: Date): Date => new Date(now.getTime() + 3 * minute);

/** Records that a run is alive, and its results so far. */
export async function hold(
  { sql, tenantId, now }: Scope,
  id: string,
  received: number,
): Promise<void> {
  await sql`
    update mailboxes
    set claimed_until = ${heldUntil(now)}, received = ${received}
    where tenant_id = ${tenantId}
      and id = ${id}
      and claimed_until is not null
  `;
}

/** Pause between two runs. */
const interval = 5 * minute;
/** Longest pause between two attempts at a mailbox that fails. */
const longest = 6 * 60 * minute;
/** Pause after a refused password: a server that counts attempts would lock the account. */
const refused = 60 * minute;

/** Pause while the processes may not reach a new server yet, which takes only moments. */
const unopened = 20_000;

/** Milliseconds until the next attempt after so many failures in a row. */
export function pauseAfter(failures: number, code: string | null): number {
  if (code === null) return interval;
  if (code === "permission") return unopened;
  const doubled = Math.min(longest, interval * 2 ** Math.min(failures - 1, 10));
  return code === "auth" ? Math.max(refused, doubled) : doubled;
}

/** Records how a run ended: its results, and the code of what went wrong, or null. */
export async function end(
  { sql, tenantId, now }: Scope,
  id: string,
  { received, code, more }: { received: number; code: string | null; more: boolean },
): Promise<void> {
  const [row] = await sql<{ failures: number }[]>`
    select failures
    from mailboxes
    where tenant_id = ${tenantId}
      and id = ${id}
    for update
  `;
  if (!row) return;
  const failures = code === null ? 0 : row.failures + 1;
  const dueAt = more ? now : new Date(now.getTime() + pauseAfter(failures, code));
  await sql`
    update mailboxes
    set claimed_until = null, received = ${received}, error_code = ${code},
      failures = ${failures}, due_at = ${dueAt},
      finished_at = ${code === null && !more ? now : sql`finished_at`}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** Faults that no further attempt cures. */
const lasting = ["auth", "certificate", "folder", "not_encrypted", "private", "secret"];

/** A mailbox that cannot be read, and why. */
export interface Failing {
  id: string;
  name: string;
  errorCode: string;
}

/**
 * The acting user's mailboxes and shared ones that have not been readable for a while; at most
 * three.
 */
export async function failing({ sql, tenantId, actor }: Scope): Promise<Failing[]> {
  return await sql<Failing[]>`
    select id, name, error_code
    from mailboxes
    where tenant_id = ${tenantId}
      and (user_id = ${actor.userId} or user_id is null)
      and active
      and error_code is not null
      and (failures > 2 or error_code = any(${lasting}::text[]))
    order by user_id nulls last, lower(name), id
    limit 3
  `;
}

/** Most folders offered for selection; a server may have thousands. */
const most = 500;

/** Records which folders the server has. Returns whether it was asked for the first time. */
export async function noteFolders(
  { sql, tenantId }: Scope,
  id: string,
  folders: readonly string[],
): Promise<boolean> {
  const [row] = await sql<{ first: boolean }[]>`
    update mailboxes b
    set folders = ${folders.slice(0, most)}::text[]
    from (
      select tenant_id, id, folders = '{}' as first
      from mailboxes
      where tenant_id = ${tenantId}
        and id = ${id}
    ) before
    where b.tenant_id = before.tenant_id
      and b.id = before.id
      and b.tenant_id = ${tenantId}
    returning before.first
  `;
  return row?.first ?? false;
}
