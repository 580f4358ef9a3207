/** Why deals are lost: a short list to choose from when losing one. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";

export interface LostReason {
  id: string;
  name: string;
}

/** The most reasons a tenant may have. */
export const most = 50;

/** The reasons in use, in order. */
export async function list({ sql, tenantId }: Scope): Promise<LostReason[]> {
  return await sql<LostReason[]>`
    select id, name
    from lost_reasons
    where tenant_id = ${tenantId}
      and removed_at is null
    order by position, id
    limit ${most}
  `;
}

/** A reason in use; nobody else changes the list until the transaction ends. Throws NotFound. */
export async function find(scope: Scope, id: string): Promise<LostReason> {
  await lock(scope);
  const found = (await list(scope)).find((each) => each.id === id);
  if (!found) throw new NotFound("lost_reason");
  return found;
}

/** Adds a reason at the end. Throws Invalid if it exists already or there are too many. */
export async function create(scope: Scope, name: string): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope);
  const present = await list(scope);
  if (present.length >= most) throw new Invalid("pipelines.too_many_reasons", "name");
  assertFree(present, name, null);
  const id = newId();
  await sql`
    insert into lost_reasons (tenant_id, id, name, position)
    select ${tenantId}, ${id}, ${name}, coalesce(max(position) + 1, 0)
    from lost_reasons
    where tenant_id = ${tenantId}
  `;
  await changes.record(scope, { kind: "lost_reason", id, action: "created" });
}

/**
 * Renames a reason, in all deals lost for it too. Throws NotFound, or Invalid when the name is
 * taken.
 */
export async function update(scope: Scope, id: string, name: string): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope);
  const present = await list(scope);
  const before = present.find((each) => each.id === id);
  if (!before) throw new NotFound("lost_reason");
  assertFree(present, name, id);
  await sql`
    update lost_reasons
    set name = ${name}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await changes.record(scope, {
    kind: "lost_reason",
    id,
    action: "updated",
    fields: [{ name: "name", from: before.name, to: name }],
  });
}

/** Takes a reason out of use; deals lost for it keep it. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const { count } = await sql`
    update lost_reasons
    set removed_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and removed_at is null
  `;
  if (count === 0) throw new NotFound("lost_reason");
  await changes.record(scope, { kind: "lost_reason", id, action: "deleted" });
}

/** No index makes names unique, because a retired reason may be added again. */
const lock = (scope: Scope) => advisoryLocks.take(scope, "lost_reasons");

function assertFree(present: readonly LostReason[], name: string, id: string | null): void {
  const key = name.toLowerCase();
  if (present.some((each) => each.id !== id && each.name.toLowerCase() === key)) {
    throw new Invalid("taken", "name");
  }
}
