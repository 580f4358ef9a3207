/** The files attached to our mails. */
import { objectOf } from "./files.ts";
import type { Scope } from "./scope.ts";

export interface Attachment {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  /** The name of its bytes in the storage. */
  object: string;
}

/**
 * Maximum bytes of all files of one mail: few servers accept more than 25 MB including the
 * encoding.
 */
const largest = 15 * 1024 * 1024;
/** Maximum files of one mail. */
const most = 20;
/** Maximum files of a received mail, including its original. */
export const mostReceived = 101;

/** The files of a mail in order; at most one more than one of our mails may have. */
export async function list(
  { sql, tenantId }: Scope,
  messageId: string,
  limit = most + 1,
): Promise<Attachment[]> {
  const rows = await sql<(Omit<Attachment, "object"> & { objectId: string })[]>`
    select id, name, media_type, size::float8 as size, object_id
    from files
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
      and deleted_at is null
    order by at, id
    limit ${limit}
  `;
  return rows.map(({ objectId, ...file }) => ({ ...file, object: objectOf(tenantId, objectId) }));
}

/** Whether they are too many or too large for one mail. */
export const areTooMuch = (files: readonly Attachment[]): boolean =>
  files.length > most || files.reduce((sum, { size }) => sum + size, 0) > largest;
