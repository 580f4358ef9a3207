/** What changed in the register: shown to public and tenants; entries are added, never changed. */
import { now, today } from "./clock.ts";
import { NotFound } from "./errors.ts";
import { isId, newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";

export type Action =
  | "listed"
  | "changed"
  | "enabled"
  | "disabled"
  | "evidence_approved"
  | "removed"
  | "withdrawn";

/** Fields that say where data are: evidence for another place proves nothing about this one. */
export const placeFields = ["processingCountries", "seatCountry", "location"] as const;

/** A field's old and new value. */
export type Difference = [from: unknown, to: unknown];

export interface Change {
  id: string;
  processorId: string;
  processorName: string;
  action: Action;
  differences: Record<string, Difference>;
  /** Whether tenants may object before the change takes effect. */
  material: boolean;
  takesEffectOn: string;
  reason: string;
  at: Date;
}

export interface ChangeInput {
  processorId: string;
  processorName: string;
  action: Action;
  differences?: Record<string, Difference>;
  material: boolean;
  reason?: string;
  /** The identity that made the change; null for the officer and the program. */
  actorId: string | null;
}

/** How early tenants are told of a new recipient or place of their data (Art. 28(2) GDPR). */
export const noticePeriod = "P30D";
const pageSize = 30;

/** The day on which a decision made today takes effect. */
const effectDay = (material: boolean): string =>
  material ? Temporal.PlainDate.from(today()).add(noticePeriod).toString() : today();

/** Adds an entry in the caller's transaction; returns its id and the day it takes effect. */
export async function record(
  sql: AnySql,
  input: ChangeInput,
): Promise<{ id: string; day: string }> {
  const [id, day] = [newId(), effectDay(input.material)];
  await sql`
    insert into processor_changes (
      id, processor_id, processor_name, action, differences, material, takes_effect_on, reason,
      actor_id, at
    ) values (
      ${id}, ${input.processorId}, ${input.processorName}, ${input.action},
      ${sql.json(input.differences ?? {})}, ${input.material}, ${day},
      ${input.reason ?? ""}, ${input.actorId}, ${now()}
    )
  `;
  return { id, day };
}

/** One entry; throws NotFound. */
export async function find(sql: AnySql, id: string): Promise<Change> {
  const [found] = isId(id)
    ? await sql<Change[]>`
      select id, processor_id, processor_name, action, differences, material, takes_effect_on,
        reason, at
      from processor_changes
      where id = ${id}
    `
    : [];
  if (!found) throw new NotFound("processor_change");
  return found;
}

/** The history, newest first, a page at a time; `next` is the id to continue after. */
export async function list(
  sql: AnySql,
  { after = null, processorId = null }: { after?: string | null; processorId?: string | null } = {},
): Promise<{ changes: Change[]; next: string | null }> {
  const rows = await sql<Change[]>`
    select id, processor_id, processor_name, action, differences, material, takes_effect_on, reason,
      at
    from processor_changes
    where true
      ${after === null ? sql`` : sql`and id < ${after}`}
      ${processorId === null ? sql`` : sql`and processor_id = ${processorId}`}
    order by id desc
    limit ${pageSize + 1}
  `;
  const changes = rows.slice(0, pageSize);
  return { changes, next: rows.length > pageSize ? changes.at(-1)!.id : null };
}
