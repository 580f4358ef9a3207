/** Events sent to Latenode and what became of them; kept for 30 days. */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql, Sql } from "./pool.ts";
import { isOpen, lookupByAdapter } from "./processors.ts";
import { retentionClasses } from "./retention_classes.ts";

/** All events: what happened, never to whom. */
export const events = ["import_finished", "processor_changed", "test"] as const;

export type LatenodeEvent = typeof events[number];

export interface Delivery {
  /** Has no meaning outside this table. */
  id: string;
  event: LatenodeEvent;
  status: "queued" | "sent" | "confirmed" | "failed";
  attempts: number;
  answerCode: number | null;
  errorCode: string | null;
  createdAt: Date;
  sentAt: Date | null;
  confirmedAt: Date | null;
}

/** How many times an event is sent before it counts as failed. */
export const mostAttempts = 6;
/** Milliseconds for which a callback is accepted. */
const callbackLife = 86_400_000;

const columns = (sql: AnySql) =>
  sql`id, event, status, attempts, answer_code, error_code, created_at, sent_at, confirmed_at`;

/** Enqueues an event in the caller's transaction if Latenode is open; returns its id, or null. */
export async function create(sql: AnySql, event: LatenodeEvent): Promise<string | null> {
  const processor = await lookupByAdapter(sql, "latenode");
  if (!processor?.connected || !isOpen(processor)) return null;
  const id = newId();
  await sql`
    insert into latenode_deliveries (id, event, created_at)
    values (${id}, ${event}, ${now()})
  `;
  await enqueue(sql, "deliver_event", null, { deliveryId: id });
  return id;
}

/** Takes a delivery for one more attempt; null when it is confirmed, failed or gone. */
export async function take(pool: Sql, id: string): Promise<Delivery | null> {
  const [found] = await pool<Delivery[]>`
    update latenode_deliveries
    set attempts = attempts + 1
    where id = ${id}
      and status in ('queued', 'sent')
    returning ${columns(pool)}
  `;
  return found ?? null;
}

/** Records the result of an attempt. A success status only says that the webhook was reached. */
export async function noteAttempt(
  pool: Sql,
  id: string,
  outcome: { answerCode: number } | { errorCode: string },
): Promise<void> {
  const sent = "answerCode" in outcome;
  await pool`
    update latenode_deliveries
    set status = ${sent ? "sent" : "queued"}, sent_at = coalesce(${sent ? now() : null}, sent_at),
      answer_code = ${sent ? outcome.answerCode : null},
      error_code = ${sent ? null : outcome.errorCode}
    where id = ${id}
      and status in ('queued', 'sent')
  `;
}

/** Gives up a delivery. */
export async function fail(pool: Sql, id: string, errorCode: string): Promise<void> {
  await pool`
    update latenode_deliveries
    set status = 'failed', error_code = ${errorCode}
    where id = ${id}
      and status in ('queued', 'sent')
  `;
}

/** Records the scenario's confirmation that it ran; false if no such delivery is open. */
export async function confirm(sql: AnySql, id: string): Promise<boolean> {
  const { count } = await sql`
    update latenode_deliveries
    set status = 'confirmed', confirmed_at = coalesce(confirmed_at, ${now()}), error_code = null
    where id = ${id}
      and attempts > 0
      and status in ('queued', 'sent', 'confirmed')
      and created_at > ${new Date(now().getTime() - callbackLife)}
  `;
  return count > 0;
}

/** The latest deliveries, newest first; at most 50. */
export async function list(sql: AnySql): Promise<Delivery[]> {
  return await sql<Delivery[]>`
    select ${columns(sql)}
    from latenode_deliveries
    order by id desc
    limit 50
  `;
}

/** Removes what is older than its retention class allows; returns the number of rows. */
export async function removeOld(sql: AnySql): Promise<number> {
  const kept = Temporal.Duration.from(retentionClasses.egress.period).total("milliseconds");
  const { count } = await sql`
    delete from latenode_deliveries
    where created_at <= ${new Date(now().getTime() - kept)}
  `;
  return count;
}
