/** Pending changes of the register: announced to every customer, then carried out on their day. */
import { NotFound } from "./errors.ts";
import * as egressHosts from "./egress_hosts.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type Change, placeFields, record } from "./processor_changes.ts";
import { type ProcessorInput, write } from "./processor_entries.ts";
import {
  count as countNotices,
  type Delay,
  delay,
  type Tally,
  withdraw as withdrawNotices,
} from "./processor_notices.ts";
import { find } from "./processors.ts";

/** A pending change with the future entry; null if the change is switching it on. */
export interface Plan extends Change {
  input: ProcessorInput | null;
}

/** All pending changes; at most one for each processor. */
export async function list(sql: AnySql): Promise<Plan[]> {
  return await sql<Plan[]>`
    select c.id, c.processor_id, c.processor_name, c.action, c.differences, c.material,
      c.takes_effect_on, c.reason, c.at, p.input
    from processor_plans p
    join processor_changes c on c.id = p.change_id
    order by c.takes_effect_on, c.id
    limit 200
  `;
}

/** A processor's pending change, or null. */
export async function lookup(sql: AnySql, processorId: string): Promise<Plan | null> {
  return (await list(sql)).find((plan) => plan.processorId === processorId) ?? null;
}

/** Whether a change is still pending; until the transaction ends it stays so. */
export async function isPending(sql: AnySql, id: string): Promise<boolean> {
  const found = await sql`
    select
    from processor_plans
    where change_id = ${id}
    for key share
  `;
  return found.length > 0;
}

/**
 * Withdraws an announced change: the entry stays as it is, and whoever was told of it is told so.
 * Throws NotFound.
 */
export async function withdraw(pool: Sql, actorId: string, processorId: string): Promise<void> {
  await pool.begin(async (sql) => {
    const plan = await lookup(sql, processorId);
    if (!plan) throw new NotFound("processor_plan");
    // Another operator, or its day, may have been faster.
    const { count } = await sql`delete from processor_plans where change_id = ${plan.id}`;
    if (count === 0) throw new NotFound("processor_plan");
    await withdrawNotices(sql, plan.id);
    await enqueue(sql, "announce_processors", null, {});
    if (plan.input === null) {
      await sql`
        update processors
        set enabled = false, enabled_from = null, version = version + 1
        where id = ${processorId}
      `;
    }
    await record(sql, {
      processorId,
      processorName: plan.processorName,
      action: "withdrawn",
      material: false,
      actorId,
    });
    await egressHosts.announce(sql);
  });
}

/**
 * What keeps a change from taking effect today; null if nothing does. A move also waits for
 * evidence for the new place: without it the processor would be closed from that day on, with all
 * it does.
 */
export async function delayOf(sql: AnySql, plan: Plan, tally: Tally): Promise<Delay | null> {
  const why = delay(plan, tally);
  if (why || !placeFields.some((name) => name in plan.differences)) return why;
  const shown = await sql`
    select
    from processor_evidence
    where processor_id = ${plan.processorId}
      and 'location' = any(covers)
      and decision = 'approved'
      and uploaded_at >= ${plan.at}
      and removed_at is null
    limit 1
  `;
  return shown.length > 0 ? null : "no_evidence";
}

/** Carries out a change if its day has come and all customers were told; returns the obstacle. */
export async function carryOut(pool: Sql, plan: Plan): Promise<Delay | null> {
  return await pool.begin(async (sql) => {
    const { count } = await sql`
      select change_id
      from processor_plans
      where change_id = ${plan.id}
      for update
    `;
    if (count === 0) return null;
    const why = await delayOf(sql, plan, await countNotices(sql, plan.id));
    if (why) return why;
    await sql`delete from processor_plans where change_id = ${plan.id}`;
    if (plan.input) await write(sql, await find(sql, plan.processorId), plan.input);
    await egressHosts.announce(sql);
    return null;
  });
}
