/** Raw mails: stored sealed before they are acknowledged, read by a job, then removed. */
import { providerId } from "./controllers.ts";
import * as dataKeys from "./data_keys.ts";
import { newId } from "./ids.ts";
import { enqueue, forgotten } from "./jobs.ts";
import type { Sql } from "./pool.ts";
import { type Scope, system, withScope } from "./scope.ts";
import * as vault from "./vault.ts";

/** The most bytes of a mail; common servers send no more. */
export const largest = 25 * 1024 * 1024;
/** Bytes that the listener itself adds. */
const envelope = 1024;
/** How long an unreadable mail is kept, in milliseconds (retention class `raw_mail`). */
const keptFor = 30 * 86_400_000;
/** Rows removed in one transaction. */
const batch = 200;

/** Whom a mail is for: the handler that will take it, and that handler's own mark. */
export interface Recipient {
  tenantId: string;
  handler: string;
  sourceId: string;
}

export interface RawMail {
  id: string;
  handler: string;
  sourceId: string;
  size: number;
  receivedAt: Date;
}

const objectOf = (id: string) => `inbound/${id}`;

/**
 * Stores a mail once for each recipient and enqueues its reading; once this returns, it is safe.
 * Throws FileTooLarge, or an error of the disk or database: then the sender must try again.
 */
export async function store(
  pool: Sql,
  store: vault.Vault,
  recipients: readonly Recipient[],
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const ids = recipients.map(() => newId());
  const stored: string[] = [];
  try {
    let size = 0;
    for (const id of ids) {
      const source = stored.length === 0 ? bytes : vault.open(store, objectOf(stored[0]!));
      // A process that receives mail from strangers gets no tenant's key.
      size = await vault.store(store, objectOf(id), null, source, largest + envelope);
      stored.push(id);
    }
    for (const [index, { tenantId, handler, sourceId }] of recipients.entries()) {
      const id = ids[index]!;
      await withScope(pool, { tenantId, actor: system }, async ({ sql, now }) => {
        await sql`
          insert into raw_mails (tenant_id, id, handler, source_id, size, received_at)
          values (${tenantId}, ${id}, ${handler}, ${sourceId}, ${size}, ${now})
        `;
        await enqueue(sql, "receive_mail", tenantId, { rawMailId: id });
      });
      stored.splice(stored.indexOf(id), 1);
    }
  } finally {
    // Bytes without a row: the sender was not told that we have the mail.
    for (const id of stored) await vault.remove(store, objectOf(id));
  }
}

/** A mail still waiting to be read, or null; locked against a second reader. */
export async function lookupWaiting({ sql, tenantId }: Scope, id: string): Promise<RawMail | null> {
  const [row] = await sql<RawMail[]>`
    select id, handler, source_id, size::int as size, received_at
    from raw_mails
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'waiting'
    for update
  `;
  return row ?? null;
}

/** The content of a stored mail. Throws FileBroken. */
export async function open(store: vault.Vault, id: string): Promise<Uint8Array> {
  return await new Response(vault.open(store, objectOf(id))).bytes();
}

/** Notes that a mail was read; its bytes are removed by `removeBytes` after the commit. */
export async function finish({ sql, tenantId, now }: Scope, id: string): Promise<void> {
  await sql`
    update raw_mails
    set status = 'done', error_code = null, finished_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** Notes that a waiting mail cannot be read; false if it is not waiting. */
export async function fail(
  { sql, tenantId, now }: Scope,
  id: string,
  code: string,
): Promise<boolean> {
  const { count } = await sql`
    update raw_mails
    set status = 'failed', error_code = ${code}, finished_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'waiting'
  `;
  return count > 0;
}

/** How long a mail may wait before we look for its job, in milliseconds. */
const lateAfter = 12 * 3_600_000;

/** Re-enqueues waiting mails that have lost their job, as after a restore; returns how many. */
export async function resumeForgotten({ sql, tenantId, now }: Scope): Promise<number> {
  const late = await sql<{ id: string }[]>`
    select id
    from raw_mails
    where tenant_id = ${tenantId}
      and status = 'waiting'
      and received_at <= ${new Date(now.getTime() - lateAfter)}
    order by received_at, id
    limit 500
  `;
  const ids = await forgotten(sql, "receive_mail", "rawMailId", late.map(({ id }) => id));
  for (const rawMailId of ids) await enqueue(sql, "receive_mail", tenantId, { rawMailId });
  return ids.length;
}

/**
 * Reseals a mail that could not be read yet with its tenant's own key, as it may wait for days;
 * mails to the provider, and ones already gone, are left alone.
 */
export async function reseal(scope: Scope, store: vault.Vault, id: string): Promise<void> {
  if (scope.tenantId === providerId || !await vault.exists(store, objectOf(id))) return;
  const keyId = await dataKeys.current(scope, store);
  const bytes = vault.open(store, objectOf(id));
  await vault.store(store, objectOf(id), keyId, bytes, largest + envelope);
}

/** Removes a mail's bytes; they may be gone already. */
export async function removeBytes(store: vault.Vault, id: string): Promise<void> {
  await vault.remove(store, objectOf(id));
}

/** Removes rows and bytes of mails that were read, or could not be read for 30 days. */
export async function removeFinished(
  pool: Sql,
  store: vault.Vault,
  tenantId: string,
): Promise<number> {
  let count = 0;
  for (let last = batch; last === batch;) {
    const ids = await withScope(pool, { tenantId, actor: system }, async ({ sql, now }) => {
      const rows = await sql<{ id: string }[]>`
        select id
        from raw_mails
        where tenant_id = ${tenantId}
          and (status = 'done' or received_at <= ${new Date(now.getTime() - keptFor)})
        order by received_at
        limit ${batch}
      `;
      return rows.map(({ id }) => id);
    });
    // Bytes first: a row without bytes is found again, bytes without a row never.
    for (const id of ids) await removeBytes(store, id);
    await withScope(pool, { tenantId, actor: system }, async ({ sql }) => {
      await sql`
        delete from raw_mails
        where tenant_id = ${tenantId}
          and id = any(${ids}::uuid[])
      `;
    });
    last = ids.length;
    count += last;
  }
  return count;
}

/** Removes bytes left by a process that died before writing the row: those older than any row. */
export async function sweep(store: vault.Vault, at: Date): Promise<void> {
  const before = new Date(at.getTime() - keptFor - 86_400_000);
  const storage = vault.storageOf(store);
  for await (const object of storage.list("inbound")) {
    if (object.at < before) await storage.remove(object.name);
  }
  await storage.tidy("inbound", new Date(at.getTime() - 3_600_000));
}
