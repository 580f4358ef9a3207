/** Conversations: a mail belongs to the one whose mails it answers, or that answers it already. */
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";

/** The first of all in a conversation, as far as a mail knows: what its thread is found by. */
export const rootOf = (messageId: string, references: readonly string[]): string =>
  references[0] ?? messageId;

/**
 * The thread of a mail by its Message-ID and those it answers; a new one where none is known. Mails
 * may come in any order: an answer that came first waits under the root that it named.
 */
export async function findOrCreate(
  { sql, tenantId, now }: Scope,
  messageId: string,
  references: readonly string[],
): Promise<string> {
  const ids = [...new Set([...references, messageId])].filter((id) => id !== "");
  if (ids.length > 0) {
    const [known] = await sql<{ threadId: string }[]>`
      select m.thread_id
      from (
        select thread_id, at, id
        from messages
        where tenant_id = ${tenantId}
          and message_id_header = any(${ids.filter((id) => id !== messageId)}::text[])
        union all
        select thread_id, at, id
        from messages
        where tenant_id = ${tenantId}
          and root_id = any(${ids}::text[])
      ) m
      order by m.at desc, m.id desc
      limit 1
    `;
    if (known) return known.threadId;
  }
  const id = newId();
  await sql`
    insert into threads (tenant_id, id, created_at)
    values (${tenantId}, ${id}, ${now})
  `;
  return id;
}
