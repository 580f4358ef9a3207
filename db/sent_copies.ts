/** Copies of sent mails for the folder of their author's own mailbox, each with its progress. */
import type { Mailbox } from "./mailboxes.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Scope } from "./scope.ts";
import * as vault from "./vault.ts";

export interface SentCopy {
  messageId: string;
  mailboxId: string;
  objectId: string;
  /** The folder for sent mail. */
  path: string;
  /** The header by which the server may already know it. */
  messageIdHeader: string;
  at: Date;
  attempts: number;
}

/** A copy's state as a page shows it. */
export interface CopyState {
  state: "waiting" | "done" | "failed";
  errorCode: string | null;
  mailbox: Pick<Mailbox, "id" | "name">;
}

/** How often filing a copy is attempted. */
export const mostAttempts = 10;

const objectOf = (id: string) => `copies/${id}`;

/** The mailbox where an author keeps what they send from an address; null if there is none. */
export async function mailboxFor(
  { sql, tenantId }: Scope,
  userId: string | null,
  address: string,
): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select b.id
    from mailboxes b
    join mailbox_folders f on f.tenant_id = b.tenant_id and f.mailbox_id = b.id and f.role = 'sent'
    where b.tenant_id = ${tenantId}
      and b.active
      and (
        b.user_id = ${userId}
        or b.user_id is null and b.address_key = ${address.toLowerCase()}
      )
    order by b.address_key = ${address.toLowerCase()} desc, b.user_id nulls last, b.id
    limit 1
  `;
  return row?.id ?? null;
}

/** Seals the bytes of a mail with its tenant's key; returns the name to pass to `create`. */
export async function keepBytes(
  store: vault.Vault,
  keyId: string,
  bytes: Uint8Array,
): Promise<string> {
  const id = newId();
  const once = async function* () {
    yield bytes;
  };
  await vault.store(store, objectOf(id), keyId, once(), bytes.length);
  return id;
}

/** Notes that a copy is to be filed, and enqueues it; does nothing if there is one already. */
export async function create(
  { sql, tenantId, now }: Scope,
  messageId: string,
  mailboxId: string,
  objectId: string,
): Promise<void> {
  const rows = await sql`
    insert into sent_copies (tenant_id, message_id, mailbox_id, object_id, created_at)
    values (${tenantId}, ${messageId}, ${mailboxId}, ${objectId}, ${now})
    on conflict do nothing
    returning message_id
  `;
  if (rows.length > 0) await enqueue(sql, "file_sent_copy", tenantId, { messageId });
}

/** A waiting copy for one attempt, or null if it is gone or filed. */
export async function take({ sql, tenantId }: Scope, messageId: string): Promise<SentCopy | null> {
  const [row] = await sql<SentCopy[]>`
    update sent_copies c
    set attempts = attempts + 1
    from messages m, mailbox_folders f
    where c.tenant_id = ${tenantId}
      and c.message_id = ${messageId}
      and c.state = 'waiting'
      and m.tenant_id = c.tenant_id
      and m.id = c.message_id
      and f.tenant_id = c.tenant_id
      and f.mailbox_id = c.mailbox_id
      and f.role = 'sent'
    returning c.message_id, c.mailbox_id, c.object_id, f.path, m.message_id_header, m.at, c.attempts
  `;
  return row ?? null;
}

/** Notes how an attempt ended: filed if there is no code, otherwise waiting or failed for good. */
export async function note(
  { sql, tenantId, now }: Scope,
  messageId: string,
  code: string | null,
  final: boolean,
): Promise<void> {
  const state = code === null ? "done" : final ? "failed" : "waiting";
  await sql`
    update sent_copies
    set state = ${state}, error_code = ${code}, finished_at = ${state === "waiting" ? null : now}
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
  `;
}

/** The state of a mail's copy; null if there is none. */
export async function lookup(
  { sql, tenantId }: Scope,
  messageId: string,
): Promise<CopyState | null> {
  const [row] = await sql<
    { state: CopyState["state"]; errorCode: string | null; id: string; name: string }[]
  >`
    select c.state, c.error_code, b.id, b.name
    from sent_copies c
    join mailboxes b on b.tenant_id = c.tenant_id and b.id = c.mailbox_id
    where c.tenant_id = ${tenantId}
      and c.message_id = ${messageId}
  `;
  if (!row) return null;
  const { state, errorCode, ...mailbox } = row;
  return { state, errorCode, mailbox };
}

/** The bytes of a copy. Throws FileBroken. */
export const open = async (store: vault.Vault, objectId: string): Promise<Uint8Array> =>
  await new Response(vault.open(store, objectOf(objectId))).bytes();

/** Removes the bytes of a copy that was filed or given up. */
export const removeBytes = (store: vault.Vault, objectId: string): Promise<void> =>
  vault.remove(store, objectOf(objectId));

/** Removes bytes of copies that nobody will file any more: none waits for a week. */
export async function sweep(store: vault.Vault, at: Date): Promise<void> {
  const storage = vault.storageOf(store);
  const before = new Date(at.getTime() - 7 * 86_400_000);
  for await (const object of storage.list("copies")) {
    if (object.at < before) await storage.remove(object.name);
  }
  await storage.tidy("copies", new Date(at.getTime() - 3_600_000));
}
