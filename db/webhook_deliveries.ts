/** Calls of webhooks: written with the change they report, retried until they arrive or expire. */
import { now as clock } from "./clock.ts";
import * as egressHosts from "./egress_hosts.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql } from "./pool.ts";
import { type Cursor, literal, type Page, page, pageSize, parts } from "./pages.ts";
import { retentionClasses } from "./retention_classes.ts";
import type { Scope } from "./scope.ts";

/** The kinds of records whose changes a webhook can report. */
export const kinds = ["contact", "company", "deal", "activity"] as const;
export type WebhookKind = typeof kinds[number];

/** What may have happened to a record; an event's name is, for example, `contact.created`. */
const verbs = ["created", "updated", "trashed", "restored", "erased"] as const;
type Verb = typeof verbs[number];

/** The history's actions that have a verb of their own here; all others are updates. */
const verbOf: Record<string, Verb> = {
  created: "created",
  imported: "created",
  deleted: "trashed",
  restored: "restored",
  erased: "erased",
};

export interface Delivery {
  id: string;
  event: string;
  recordIds: string[];
  status: "waiting" | "sent" | "failed";
  attempts: number;
  answerCode: number | null;
  errorCode: string | null;
  createdAt: Date;
  settledAt: Date | null;
}

/** The most records that one call reports. */
const chunk = 100;
/** How long a call is tried; by then its recipient has been away for days, and is left alone. */
const triedFor = 3 * 86_400_000;
const minute = 60_000;
const longestRest = 6 * 60 * minute;
/** How long a call may be in progress before it counts as lost. */
const lease = 2 * minute;

const isKind = (kind: string): kind is WebhookKind => (kinds as readonly string[]).includes(kind);

/**
 * Queues a call for every webhook of the tenant, in the transaction that changes the records. Ids
 * only: the rest is fetched by the API, where a token's scopes and rights decide. Nothing is
 * reported of restricted persons except their erasure (Art. 18, 19 GDPR).
 */
export async function emit(
  scope: Scope,
  { kind, ids, action }: { kind: string; ids: readonly string[]; action: string },
): Promise<void> {
  if (!isKind(kind)) return;
  const { sql, tenantId, now } = scope;
  const verb = verbOf[action] ?? "updated";
  const told = await sql<{ webhookId: string }[]>`
    insert into webhook_deliveries (
      tenant_id, id, webhook_id, event, record_ids, due_at, created_at
    )
    select w.tenant_id, gen_random_uuid(), w.id, ${`${kind}.${verb}`}, told.ids, ${now}, ${now}
    from webhooks w
    cross join lateral (
      select array_agg(parted.id) as ids
      from (
        select r.id, (row_number() over () - 1) / ${literal(chunk)} as part
        from unnest(${[...ids]}::uuid[]) as r (id)
        ${verb === "erased" ? sql`` : tellable(scope, kind)}
      ) parted
      group by parted.part
    ) told
    where w.tenant_id = ${tenantId}
      and w.paused_at is null
      and ${kind} = any (w.kinds)
      and (select may_write())
    returning webhook_id
  `;
  for (const webhookId of new Set(told.map((each) => each.webhookId))) {
    await enqueue(sql, "send_webhook", tenantId, { webhookId });
  }
}

/** The condition under which a change to record `r` may be reported. */
function tellable(scope: Scope, kind: WebhookKind) {
  const { sql, tenantId } = scope;
  if (kind === "contact") {
    return sql`
        where exists (
          select
          from contacts c
          where c.tenant_id = ${tenantId}
            and c.id = r.id
            and c.restricted_at is null
        )`;
  }
  if (kind !== "activity") return sql``;
  // The author chose whom an activity is about; restricted persons must not show up.
  return sql`
        where not exists (
          select
          from activity_links l
          left join contacts p
            on p.tenant_id = ${tenantId} and p.id = l.contact_id and p.restricted_at is null
          where l.tenant_id = ${tenantId}
            and l.activity_id = r.id
            and l.contact_id is not null
            and l.direct
            and p.id is null
        )`;
}

/** Queues a call that reports nothing: it runs at once, first, even if the webhook rests. */
export async function test({ sql, tenantId, now }: Scope, webhookId: string): Promise<void> {
  await sql`
    update webhooks
    set rests_until = null
    where tenant_id = ${tenantId}
      and id = ${webhookId}
  `;
  await sql`insert into webhook_deliveries ${
    sql({
      tenantId,
      id: newId(),
      webhookId,
      event: "test",
      recordIds: [],
      dueAt: now,
      createdAt: now,
    })
  }`;
  await enqueue(sql, "send_webhook", tenantId, { webhookId });
}

const columns = (sql: Scope["sql"]) =>
  sql`
    d.id, d.event, d.record_ids, d.status, d.attempts, d.answer_code, d.error_code, d.created_at,
    d.settled_at`;

/** Takes a webhook's test or longest waiting call for one attempt; null if none is due. */
export async function take(
  { sql, tenantId, now }: Scope,
  webhookId: string,
): Promise<Delivery | null> {
  const [taken] = await sql<Delivery[]>`
    update webhook_deliveries d
    set attempts = d.attempts + 1, due_at = ${new Date(now.getTime() + lease)}
    where d.tenant_id = ${tenantId}
      and d.id = (
        select n.id
        from webhook_deliveries n
        join webhooks w on w.tenant_id = n.tenant_id and w.id = n.webhook_id
        where n.tenant_id = ${tenantId}
          and n.webhook_id = ${webhookId}
          and n.status = 'waiting'
          and n.due_at <= ${now}
          and w.paused_at is null
          and (w.rests_until is null or w.rests_until <= ${now})
        order by n.event = 'test' desc, n.created_at, n.id
        limit 1
        for update of n skip locked
      )
    returning ${columns(sql)}
  `;
  return taken ?? null;
}

/** Notes that a call arrived. */
export async function settle(
  { sql, tenantId, now }: Scope,
  webhookId: string,
  id: string,
  answerCode: number,
): Promise<void> {
  await sql`
    update webhook_deliveries
    set status = 'sent', answer_code = ${answerCode}, error_code = null, settled_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await sql`
    update webhooks
    set failures = 0, rests_until = null
    where tenant_id = ${tenantId}
      and id = ${webhookId}
      and failures > 0
  `;
}

/**
 * Notes that a call failed. The webhook rests, twice as long each time; calls older than three days
 * are given up, and then, or if the recipient says it is gone, the webhook is paused.
 */
export async function fail(
  { sql, tenantId, now }: Scope,
  webhookId: string,
  { id, createdAt }: Pick<Delivery, "id" | "createdAt">,
  outcome: { answerCode: number | null; errorCode: string },
): Promise<void> {
  const gone = outcome.answerCode === 410;
  const old = gone || createdAt.getTime() <= now.getTime() - triedFor;
  await sql`
    update webhook_deliveries
    set answer_code = ${outcome.answerCode}, error_code = ${outcome.errorCode}, due_at = ${now}
      ${old ? sql`, status = 'failed', settled_at = ${now}` : sql``}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await sql`
    update webhooks
    set failures = failures + 1,
      rests_until = ${now}::timestamptz + least(
        ${longestRest / 1000}, ${minute / 1000} * power(2, least(failures, 12))
      ) * interval '1 second'
      ${old ? sql`, paused_at = ${now}` : sql``}
    where tenant_id = ${tenantId}
      and id = ${webhookId}
  `;
  if (old) await egressHosts.announce(sql);
}

/** The calls of a webhook, newest first, a page at a time. */
export async function list(
  { sql, tenantId }: Scope,
  webhookId: string,
  cursor: Cursor,
): Promise<Page<Delivery>> {
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  const rows = await sql<Delivery[]>`
    select ${columns(sql)}
    from webhook_deliveries d
    where d.tenant_id = ${tenantId}
      and d.webhook_id = ${webhookId}
      ${
    id === null ? sql`` : sql`
      and (d.created_at, d.id) ${backwards ? sql`>` : sql`<`} (
        select a.created_at, a.id
        from webhook_deliveries a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`
  }
    order by d.created_at ${direction}, d.id ${direction}
    limit ${literal(pageSize + 1)}
  `;
  return page(rows, cursor);
}

/** Webhooks of all tenants with calls that are due; at most `most`. */
export async function listDue(
  sql: AnySql,
  most: number,
): Promise<{ tenantId: string; webhookId: string }[]> {
  return await sql<{ tenantId: string; webhookId: string }[]>`
    select tenant_id, webhook_id
    from due_webhooks(${clock()}, ${most})
  `;
}

/** Removes what its retention class no longer allows, in all tenants; returns the number. */
export async function removeOld(sql: AnySql): Promise<number> {
  const { period } = retentionClasses.webhook_delivery;
  const kept = Temporal.Duration.from(period).total("milliseconds");
  const [row] = await sql<{ count: number }[]>`
    select expire_webhook_deliveries(${new Date(clock().getTime() - kept)}) as count
  `;
  return row!.count;
}
