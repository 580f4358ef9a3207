/** Conversations: a mail belongs to the one whose mails it answers, or that already answers it. */
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** The first mail of a conversation as far as a mail knows: its thread is found by it. */
export const rootOf = (messageId: string, references: readonly string[]): string =>
  references[0] ?? messageId;

/**
 * The thread of a mail, by its Message-ID and the mails it answers; a new one if none is known.
 * Mails may arrive in any order: a reply that came first waits under the root it named. Mails out
 * of the acting user's sight count too; people opening the conversation see only those in their
 * sight.
 */
export async function findOrCreate(
  scope: Scope,
  messageId: string,
  references: readonly string[],
): Promise<string> {
  const { sql, tenantId, now } = scope;
  const ids = [...new Set([...references, messageId])].filter((id) => id !== "");
  if (ids.length > 0) {
    const [known] = await widely(scope, () =>
      sql<{ threadId: string }[]>`
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
    `);
    if (known) return known.threadId;
  }
  const id = newId();
  await sql`
    insert into threads (tenant_id, id, created_at)
    values (${tenantId}, ${id}, ${now})
  `;
  return id;
}

/** The live deals that a mail's conversation has been about; only a few of them. */
export async function deals({ sql, tenantId }: Scope, messageId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct d.id
    from messages m
    join messages t on t.tenant_id = m.tenant_id and t.thread_id = m.thread_id
    join message_links l on l.tenant_id = t.tenant_id and l.message_id = t.id
    join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id
    where m.tenant_id = ${tenantId}
      and m.id = ${messageId}
      and d.deleted_at is null
    limit 10
  `;
  return rows.map(({ id }) => id);
}
