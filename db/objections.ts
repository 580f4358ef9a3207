/**
 * Objections to direct marketing (Art. 21(2) GDPR), by channel: each a row with its time, and
 * whether the person raised it or a user recorded it for them.
 */
import * as changes from "./changes.ts";
import * as consents from "./consents.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";

export const channels = ["all", "email", "phone", "post", "sms"] as const;
export type Channel = typeof channels[number];

export interface Objection {
  channel: Channel;
  objectedAt: string;
  /** Raised by the person's own request or link: withdrawn only with a reason. */
  byPerson: boolean;
}

/** The person's objections as a json column of the contact's row `p`. */
export function columns({ sql }: Scope) {
  return sql`
    array_to_json(
      array(
        select json_build_object(
          'channel', b.channel, 'objectedAt', b.objected_at, 'byPerson', b.by_person
        )
        from objections b
        where b.tenant_id = p.tenant_id
          and b.contact_id = p.id
        order by b.channel
      )
    ) as objections`;
}

/**
 * Makes exactly these channels the ones objected to, among those that were `seen`, and adds every
 * step to the history; new ones end the consents to marketing by them, whoever wrote them down.
 * Returns the channels whose objection was withdrawn. Throws Invalid
 * `contacts.withdrawal_missing` if the person raised one of those and no reason is given.
 */
export async function assign(
  scope: Scope,
  contactId: string,
  channels: readonly Channel[],
  reason = "",
  seen: readonly string[] | null = null,
): Promise<Channel[]> {
  const { sql, tenantId, actor, now } = scope;
  if (reason === "") await assertNoneOfPerson(scope, contactId, channels);
  const gone = await sql<{ channel: Channel }[]>`
    delete from objections
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and channel <> all (${[...channels]}::text[])
      -- An objection added since the form was read stays, and so does one the person raised
      -- meanwhile.
      and (${seen === null} or channel = any (${[...seen ?? []]}::text[]))
      and (not by_person or ${reason !== ""})
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
      reason: to === null ? reason : "",
    });
  }
  if (made.length > 0) {
    await consents.endMarketing(scope, contactId, made.map(({ channel }) => channel));
  }
  return gone.map(({ channel }) => channel);
}

/** The channels that a contact objects to now. */
export async function list({ sql, tenantId }: Scope, contactId: string): Promise<Channel[]> {
  const rows = await sql<{ channel: Channel }[]>`
    select channel
    from objections
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
    order by channel
    limit 5
  `;
  return rows.map(({ channel }) => channel);
}

async function assertNoneOfPerson(
  { sql, tenantId }: Scope,
  contactId: string,
  staying: readonly Channel[],
): Promise<void> {
  const owned = await sql`
    select channel
    from objections
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and channel <> all (${[...staying]}::text[])
      and by_person
    limit 1
  `;
  if (owned.length > 0) throw new Invalid("contacts.withdrawal_missing", "reason");
}

/**
 * Ends a person's objection to mail because they have consented again; an objection to everything
 * stays for all other channels. The reason goes into the history. Safe to repeat.
 */
export async function endForMail(scope: Scope, contactId: string, reason: string): Promise<void> {
  const { sql, tenantId } = scope;
  const others = channels.filter((each) => each !== "all" && each !== "email");
  const steps = await sql<{ from: Channel | null; to: Channel | null }[]>`
    with gone as (
      delete from objections
      where tenant_id = ${tenantId}
        and contact_id = ${contactId}
        and channel in ('all', 'email')
      returning channel, objected_at, recorded_by, by_person
    ), staying as (
      insert into objections (
        tenant_id, id, contact_id, channel, objected_at, recorded_by, by_person
      )
      select ${tenantId}, other.id, ${contactId}, other.channel, g.objected_at, g.recorded_by,
        g.by_person
      from gone g
      cross join unnest(
        ${others.map(() => newId())}::uuid[], ${others}::text[]
      ) as other (id, channel)
      where g.channel = 'all'
      on conflict (tenant_id, contact_id, channel) do nothing
      returning channel
    )
    select channel as from, null as to
    from gone
    union all
    select null, channel
    from staying
    order by 1 nulls last, 2
  `;
  for (const { from, to } of steps) {
    await changes.record(scope, {
      kind: "contact",
      id: contactId,
      action: to === null ? "objection_withdrawn" : "objected",
      fields: [{ name: "objection", from, to }],
      reason: to === null ? reason : "",
    });
  }
}

/**
 * Adds an objection that the person raised against one channel, even if it was recorded for them
 * before, and ends their consents to marketing by it; safe to repeat.
 */
export async function add(
  scope: Scope,
  contactId: string,
  channel: Channel,
  action: "objected" | "objected_by_link" | "objected_by_complaint" = "objected",
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const rows = await sql`
    insert into objections (
      tenant_id, id, contact_id, channel, objected_at, recorded_by, by_person
    ) values (
      ${tenantId}, ${newId()}, ${contactId}, ${channel}, ${now}, ${actor.userId}, true
    )
    on conflict (tenant_id, contact_id, channel) do update set by_person = true
    where not objections.by_person
    returning id
  `;
  if (rows.length > 0) {
    await changes.record(scope, {
      kind: "contact",
      id: contactId,
      action,
      fields: [{ name: "objection", from: null, to: channel }],
    });
  }
  await consents.endMarketing(scope, contactId, [channel]);
}
