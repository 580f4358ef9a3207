/** Objections to direct marketing (Art. 21(2) GDPR), by channel: each a row with its time. */
import * as changes from "./changes.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";

export type Channel = "all" | "email" | "phone" | "post" | "sms";

export interface Objection {
  channel: Channel;
  objectedAt: string;
}

/** The person's objections as a json column of the contact's row `p`. */
export function columns({ sql }: Scope) {
  return sql`
    (
      select coalesce(json_agg(json_build_object(
        'channel', b.channel, 'objectedAt', b.objected_at
      ) order by b.channel), '[]')
      from objections b
      where b.tenant_id = p.tenant_id
        and b.contact_id = p.id
    ) as objections`;
}

/**
 * Makes exactly these channels the ones objected to; every step is written into the history. The
 * channels whose objection was taken back.
 */
export async function assign(
  scope: Scope,
  contactId: string,
  channels: readonly Channel[],
): Promise<Channel[]> {
  const { sql, tenantId, actor, now } = scope;
  const gone = await sql<{ channel: Channel }[]>`
    delete from objections
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and channel <> all (${[...channels]}::text[])
    returning channel
  `;
  const made = await sql<{ channel: Channel }[]>`
    insert into objections (tenant_id, id, contact_id, channel, objected_at, recorded_by)
    select ${tenantId}, wish.id, ${contactId}, wish.channel, ${now}, ${actor.userId}
    from unnest(${channels.map(() => newId())}::uuid[], ${[
    ...channels,
  ]}::text[]) as wish (id, channel)
    on conflict (tenant_id, contact_id, channel) do nothing
    returning channel
  `;
  const steps = [
    ...made.map(({ channel }) => ({ action: "objected", from: null, to: channel })),
    ...gone.map(({ channel }) => ({ action: "objection_withdrawn", from: channel, to: null })),
  ];
  for (const { action, from, to } of steps) {
    await changes.record(scope, {
      kind: "contact",
      id: contactId,
      action,
      fields: [{ name: "objection", from, to }],
    });
  }
  return gone.map(({ channel }) => channel);
}

/** Notes an objection against one channel beside those there are; safe to repeat. */
export async function add(
  scope: Scope,
  contactId: string,
  channel: Channel,
  action: "objected" | "objected_by_link" = "objected",
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const rows = await sql`
    insert into objections (tenant_id, id, contact_id, channel, objected_at, recorded_by)
    values (${tenantId}, ${newId()}, ${contactId}, ${channel}, ${now}, ${actor.userId})
    on conflict (tenant_id, contact_id, channel) do nothing
    returning id
  `;
  if (rows.length === 0) return;
  await changes.record(scope, {
    kind: "contact",
    id: contactId,
    action,
    fields: [{ name: "objection", from: null, to: channel }],
  });
}
