/**
 * What happened in cases: append-only rows, chained by digests over all cases of a controller, so
 * that none can be changed, moved or left out unnoticed.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Scope } from "./scope.ts";

/** Who took a step; `person` is the one who claims rights. */
export type PartyKind = "person" | "user" | "operator" | "officer" | "deputy" | "system";

export interface Party {
  kind: PartyKind;
  /** The id of a user, or the identity of an operator; null for all others. */
  id: string | null;
}

export interface EventInput {
  caseId: string;
  itemId?: string | null;
  /** An action in the catalogue `cases`: received, confirmed, extended, noted, moved, … */
  action: string;
  from?: string | null;
  to?: string | null;
  /** The reason, in the actor's own words. */
  reason?: string;
  by: Party;
}

export interface CaseEvent {
  seq: number;
  caseId: string | null;
  itemId: string | null;
  action: string;
  fromStatus: string | null;
  toStatus: string | null;
  reason: string;
  actorKind: PartyKind;
  actorId: string | null;
  at: Date;
}

/** The end of a controller's chain, which fixes everything before it. */
export interface Head {
  seq: number;
  /** In hexadecimal. */
  digest: string;
}

const beginning = new Uint8Array(32);

/**
 * Appends a step, in the caller's transaction; each controller's chain grows one step at a time.
 */
export async function append(scope: Scope, input: EventInput): Promise<void> {
  const { sql, tenantId, now } = scope;
  await advisoryLocks.take(scope, "case_events");
  const last = await lookupLast(scope);
  const event = {
    seq: (last?.seq ?? 0) + 1,
    caseId: input.caseId,
    itemId: input.itemId ?? null,
    action: input.action,
    fromStatus: input.from ?? null,
    toStatus: input.to ?? null,
    reason: input.reason ?? "",
    actorKind: input.by.kind,
    actorId: input.by.id,
    at: now,
  };
  const previous = last?.digest ?? beginning;
  const contentDigest = digestOf(event);
  await sql`
    insert into case_events ${
    sql({ tenantId, ...event, previous, contentDigest, digest: link(previous, contentDigest) })
  }`;
}

/** The last step, or where the chain continues once all earlier steps only remain as counts. */
async function lookupLast(
  { sql, tenantId }: Scope,
): Promise<{ seq: number; digest: Uint8Array } | null> {
  const [row] = await sql<{ seq: number; digest: Uint8Array }[]>`
    (
      select seq::int as seq, digest
      from case_events
      where tenant_id = ${tenantId}
      order by seq desc
      limit 1
    )
    union all
    select seq::int, digest
    from case_chains
    where tenant_id = ${tenantId}
    order by seq desc
    limit 1
  `;
  return row ?? null;
}

/** A page of a case's steps, newest first; `next` is the step before which the next page begins. */
export async function list(
  { sql, tenantId }: Scope,
  caseId: string,
  before: number | null = null,
): Promise<{ events: CaseEvent[]; next: number | null }> {
  const rows = await sql<CaseEvent[]>`
    select seq::int as seq, case_id, item_id, action, from_status, to_status, reason, actor_kind,
      actor_id, at
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      ${before === null ? sql`` : sql`and seq < ${before}`}
    order by seq desc
    limit ${pageSize + 1}
  `;
  const events = rows.slice(0, pageSize);
  return { events, next: rows.length > pageSize ? events.at(-1)!.seq : null };
}

const pageSize = 50;

/** The names of users who took steps, by id; leaves out operators and users who no longer exist. */
export async function names(
  { sql, tenantId }: Scope,
  events: readonly CaseEvent[],
): Promise<Map<string, string>> {
  const ids = [
    ...new Set(
      events.flatMap(({ actorKind, actorId }) => actorKind === "user" && actorId ? [actorId] : []),
    ),
  ];
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; name: string }[]>`
    select u.id, i.name
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.id = any(${ids}::uuid[])
  `;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The head of the controller's chain; null before the first step. */
export async function head(scope: Scope): Promise<Head | null> {
  const last = await lookupLast(scope);
  return last && { seq: last.seq, digest: Buffer.from(last.digest).toString("hex") };
}

interface Chained extends CaseEvent {
  previous: Uint8Array;
  contentDigest: Uint8Array;
  digest: Uint8Array;
}

/**
 * Verifies the controller's chain from its first step, page by page; returns the number of the
 * first step that does not match, or null. The content of erased cases can no longer be compared.
 */
export async function verify({ sql, tenantId }: Scope): Promise<number | null> {
  const [start] = await sql<{ seq: number; digest: Uint8Array }[]>`
    select seq::int as seq, digest
    from case_chains
    where tenant_id = ${tenantId}
  `;
  let previous: Uint8Array = start?.digest ?? beginning;
  let seq = start?.seq ?? 0;
  while (true) {
    const rows = await sql<Chained[]>`
      select seq::int as seq, case_id, item_id, action, from_status, to_status, reason, actor_kind,
        actor_id, at, previous, content_digest, digest
      from case_events
      where tenant_id = ${tenantId}
        and seq > ${seq}
      order by seq
      limit 1000
    `;
    for (const row of rows) {
      const whole = row.seq === seq + 1 && same(row.previous, previous) &&
        same(row.digest, link(previous, row.contentDigest)) &&
        (row.caseId === null || same(row.contentDigest, digestOf(row)));
      if (!whole) return row.seq;
      seq = row.seq;
      previous = row.digest;
    }
    if (rows.length < 1000) return null;
  }
}

function digestOf(event: CaseEvent): Uint8Array {
  const { seq, caseId, itemId, action, fromStatus, toStatus, reason, actorKind, actorId } = event;
  const content = JSON.stringify([
    seq,
    caseId,
    itemId,
    action,
    fromStatus,
    toStatus,
    reason,
    actorKind,
    actorId,
    event.at.toISOString(),
  ]);
  return createHash("sha256").update(content).digest();
}

const link = (previous: Uint8Array, content: Uint8Array): Uint8Array =>
  createHash("sha256").update(previous).update(content).digest();

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(Buffer.from(b));
