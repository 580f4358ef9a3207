/** How each user wishes to be notified of what: in the app, by mail or not at all. */
import type { Scope } from "./scope.ts";

export interface Ways {
  inApp: boolean;
  byMail: boolean;
}

/** Every kind of notification, and how users are notified who have not chosen. */
export const usual = {
  assigned: { inApp: true, byMail: true },
  reminder: { inApp: true, byMail: true },
  mail_received: { inApp: true, byMail: false },
  import_done: { inApp: true, byMail: false },
  bulk_change_done: { inApp: true, byMail: false },
} as const satisfies Record<string, Ways>;

export type Kind = keyof typeof usual;

export const kinds = Object.keys(usual) as Kind[];

export type Preferences = Record<Kind, Ways>;

/** The acting user's choice for every kind. */
export async function list({ sql, tenantId, actor }: Scope): Promise<Preferences> {
  const rows = await sql<(Ways & { kind: Kind })[]>`
    select kind, in_app, by_mail
    from notification_preferences
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
  `;
  const chosen = rows.map(({ kind, ...ways }) => [kind, ways] as const)
    .filter(([kind]) => kind in usual);
  return { ...usual, ...Object.fromEntries(chosen) };
}

/** Replaces the acting user's choices. */
export async function update(scope: Scope, preferences: Preferences): Promise<void> {
  const { sql, tenantId, actor } = scope;
  const rows = kinds.map((kind) => ({
    tenantId,
    userId: actor.userId,
    kind,
    inApp: preferences[kind].inApp,
    byMail: preferences[kind].byMail,
  }));
  await sql`
    insert into notification_preferences ${sql(rows)}
    on conflict (tenant_id, user_id, kind) do update
    set in_app = excluded.in_app, by_mail = excluded.by_mail
  `;
}
