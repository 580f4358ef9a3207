/** A customer's objection to a new recipient or place of its data, in the period (Art. 28(2)). */
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { isId } from "./ids.ts";
import type { AnySql, Fragment } from "./pool.ts";
import type { Change } from "./processor_changes.ts";
import type { Owner } from "./processor_notices.ts";
import type { Scope } from "./scope.ts";

/** What a customer said, and when. */
export interface Objection {
  name: string;
  reason: string;
  objectedAt: Date;
  /** Withdrawn by the customer, or answered by the provider; null while it is open. */
  settledBy: "customer" | "provider" | null;
  settledAt: Date | null;
  answer: string;
}

/** An announced change, with this customer's objection if there is one. */
export interface Announced extends Change {
  objection: Objection | null;
}

/** An objection as the provider reads it. */
export interface ForeignObjection extends Objection {
  tenantId: string;
  changeId: string;
  takesEffectOn: string;
  tenantName: string;
  /** It is open, and delays the change. */
  open: boolean;
}

/** The changes that have not taken effect yet, the next one first. */
export async function listAnnounced({ sql, tenantId }: Scope): Promise<Announced[]> {
  return await sql<Announced[]>`
    select c.id, c.processor_id, c.processor_name, c.action, c.differences, c.material,
      c.takes_effect_on, c.reason, c.at,
      case when o.change_id is null then null else
        jsonb_build_object('name', o.name, 'reason', o.reason, 'objectedAt', o.objected_at,
          'settledBy', o.settled_by, 'settledAt', o.settled_at, 'answer', o.answer)
      end as objection
    from processor_plans p
    join processor_changes c on c.id = p.change_id
    left join processor_objections o on o.tenant_id = ${tenantId} and o.change_id = c.id
    order by c.takes_effect_on, c.id
    limit 200
  `;
}

/** A column: whether a change is announced to which this customer has not objected. */
export const announced = ({ sql, tenantId }: Scope): Fragment =>
  sql`exists (
      select
      from processor_plans p
      where not exists (
        select
        from processor_objections o
        where o.tenant_id = ${tenantId}
          and o.change_id = p.change_id
      )
    )`;

/**
 * Objects in the customer's name: the change does not take effect while the objection is open. Sent
 * again with other words, it takes those; false if it already exists with the same ones. Throws
 * NotFound, or Invalid if it was answered, or the change has taken effect or was withdrawn.
 */
export async function create(
  scope: Scope,
  changeId: string,
  { name, reason }: { name: string; reason: string },
): Promise<boolean> {
  const { sql, tenantId, actor, now } = scope;
  const [change] = isId(changeId)
    ? await sql<{ open: boolean }[]>`
      select exists (select from processor_plans p where p.change_id = c.id) as open
      from processor_changes c
      where c.id = ${changeId}
        and c.material
    `
    : [];
  if (!change) throw new NotFound("processor_change");
  if (!change.open) throw new Invalid("processors.objection_late", "reason");
  const { count } = await sql`
    insert into processor_objections (tenant_id, change_id, user_id, name, reason, objected_at)
    values (${tenantId}, ${changeId}, ${actor.userId}, ${name}, ${reason}, ${now})
    on conflict (tenant_id, change_id) do update
    set user_id = excluded.user_id, name = excluded.name, reason = excluded.reason,
      objected_at = excluded.objected_at, settled_at = null, settled_by = null
    where processor_objections.settled_by = 'customer'
      or processor_objections.settled_by is null
        and (processor_objections.name, processor_objections.reason)
          is distinct from (excluded.name, excluded.reason)
  `;
  if (count === 0) {
    const [answered] = await sql`
      select
      from processor_objections
      where tenant_id = ${tenantId}
        and change_id = ${changeId}
        and settled_by = 'provider'
    `;
    if (answered) throw new Invalid("processors.objection_closed", "reason");
    return false;
  }
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "processor_objected" });
  return true;
}

/** Withdraws the customer's objection. Throws NotFound if none is open. */
export async function withdraw(scope: Scope, changeId: string): Promise<void> {
  await settle(scope, changeId, "customer", "");
  const { tenantId } = scope;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "processor_agreed" });
}

/**
 * Answers a customer's objection with a reason, in the tenant's Scope: the change may take effect
 * once the customer's period has passed. Throws NotFound if none is open.
 */
export async function answer(scope: Scope, changeId: string, reason: string): Promise<void> {
  await settle(scope, changeId, "provider", reason);
  const { tenantId } = scope;
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "processor_answered" });
}

async function settle(
  { sql, tenantId, now }: Scope,
  changeId: string,
  by: "customer" | "provider",
  reason: string,
): Promise<void> {
  const { count } = isId(changeId)
    ? await sql`
      update processor_objections o
      set settled_at = ${now}, settled_by = ${by}, answer = ${reason}
      where tenant_id = ${tenantId}
        and change_id = ${changeId}
        and settled_at is null
        and exists (select from processor_plans p where p.change_id = o.change_id)
    `
    : { count: 0 };
  if (count === 0) throw new NotFound("processor_objection");
}

/** The owners of the customer, who are told the answer. */
export async function listOwners({ sql, tenantId }: Scope): Promise<Owner[]> {
  return await sql<Owner[]>`
    select u.tenant_id, u.id as user_id, i.email, i.name, i.locale
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.role = 'owner'
      and u.deactivated_at is null
    order by u.id
    limit 100
  `;
}

/** Customers' objections to a processor's changes, newest first; at most 200. */
export async function list(sql: AnySql, processorId: string): Promise<ForeignObjection[]> {
  return await sql<ForeignObjection[]>`
    select tenant_id, change_id, takes_effect_on, tenant_name, name, reason, objected_at,
      settled_at, settled_by, answer, open
    from processor_objections_to(${processorId}, 200)
  `;
}
