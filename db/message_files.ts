/** The files that go with a mail of ours. */
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

/** Bytes of all files of one mail: hardly a server takes more than 25 MB with their encoding. */
export const largest = 15 * 1024 * 1024;
/** Files of one mail. */
export const most = 20;

/** The files of a mail in the order they came; one more than may be, at most. */
export async function list({ sql, tenantId }: Scope, messageId: string): Promise<Attachment[]> {
  const rows = await sql<(Omit<Attachment, "object"> & { objectId: string })[]>`
    select id, name, media_type, size::float8 as size, object_id
    from files
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
      and deleted_at is null
    order by at, id
    limit ${most + 1}
  `;
  return rows.map(({ objectId, ...file }) => ({ ...file, object: objectOf(tenantId, objectId) }));
}

/** Whether they are too many or too large for one mail. */
export const areTooMuch = (files: readonly Attachment[]): boolean =>
  files.length > most || files.reduce((sum, { size }) => sum + size, 0) > largest;
