/** Why deals are lost: a short list, chosen from when one is. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";

export interface LostReason {
  id: string;
  name: string;
}

/** The most reasons a house may have. */
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

/** Adds a reason at the end. Throws Invalid when it is there already or there are too many. */
export async function create(scope: Scope, name: string): Promise<void> {
  const { sql, tenantId } = scope;
  await lock(scope);
  const present = await list(scope);
  if (present.length >= most) throw new Invalid("pipelines.too_many_reasons", "name");
  assertFree(present, name, null);
  const id = newId();
  await sql`insert into lost_reasons ${sql({ tenantId, id, name, position: present.length })}`;
  await changes.record(scope, { kind: "lost_reason", id, action: "created" });
}

/** Gives a reason another name, in all deals lost by it; throws NotFound, or Invalid when taken. */
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

/** Takes a reason out of use; deals lost by it keep it. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
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

/** No index keeps names apart: a reason that was taken out may come again. */
const lock = (scope: Scope) => advisoryLocks.take(scope, "lost_reasons");

function assertFree(present: readonly LostReason[], name: string, id: string | null): void {
  const key = name.toLowerCase();
  if (present.some((each) => each.id !== id && each.name.toLowerCase() === key)) {
    throw new Invalid("taken", "name");
  }
}
