/** The inbox: received mails before the one they came to, until they are assigned or discarded. */
import { newId } from "./ids.ts";
import type { MailKind } from "./received_mails/automatics.ts";
import type { Scope } from "./scope.ts";

export type InboxState = "open" | "assigned" | "discarded";

interface Entry {
  messageId: string;
  /** Who sees it until it is assigned; null for everybody who reads mail. */
  userId: string | null;
  state: "open" | "assigned";
  kind: MailKind;
  at: Date;
}

/** Lays a mail before one more person, or before all; nothing changes where it lies there already. */
export async function add(
  { sql, tenantId }: Scope,
  { messageId, userId, state, kind, at }: Entry,
): Promise<void> {
  await sql`
    insert into inbox_messages (tenant_id, id, message_id, user_id, state, kind, at)
    values (${tenantId}, ${newId()}, ${messageId}, ${userId}, ${state}, ${kind}, ${at})
    on conflict do nothing
  `;
}
