/**
 * A tenant's field rights as its settings store them: which role sees or writes less than
 * everybody.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { writers } from "./custom_demands.ts";
import { all as allCustom } from "./custom_fields.ts";
import { Invalid } from "./errors.ts";
import { governed } from "./field_catalogue.ts";
import type { FieldLimits, Level } from "./field_rights.ts";
import { enqueue } from "./jobs.ts";
import type { Kind } from "./record_kinds.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";

/** The roles that can be limited: an owner always sees everything. */
export const narrowed = ["member", "read_only", "admin"] as const satisfies readonly Role[];
export type NarrowedRole = typeof narrowed[number];

export interface FieldRight {
  field: string;
  role: NarrowedRole;
  level: Level;
}

/** The rights set for a kind of record; fields without an entry are open. */
export async function list({ sql, tenantId }: Scope, kind: Kind): Promise<FieldRight[]> {
  return await sql<FieldRight[]>`
    select field, role, level
    from field_rights
    where tenant_id = ${tenantId}
      and record_kind = ${kind}
    order by field, role
  `;
}

/** The limits of the acting user's current role, for work outside a session; null for none. */
export async function limitsOf({ sql, tenantId, actor }: Scope): Promise<FieldLimits> {
  if (actor.userId === null) return null;
  const [user] = await sql<{ limits: FieldLimits }[]>`
    select field_limits(tenant_id, role) as limits
    from users
    where tenant_id = ${tenantId}
      and id = ${actor.userId}
  `;
  return user?.limits ?? null;
}

/**
 * Replaces the rights of these roles on the fields of a kind. Throws Invalid at the first one that
 * is not possible: `field_rights.always_seen`, `field_rights.required` or `option`; its field is
 * named `FIELD.ROLE`.
 */
export async function assign(
  scope: Scope,
  kind: Kind,
  roles: readonly NarrowedRole[],
  wanted: readonly FieldRight[],
): Promise<void> {
  const { sql, tenantId } = scope;
  await advisoryLocks.take(scope, "custom fields");
  const own = await allCustom(scope, kind);
  const standard = new Map(governed[kind].map((each) => [each.name, each]));
  for (const { field, role, level } of wanted) {
    const at = `${field}.${role}`;
    const custom = own.find(({ id }) => id === field);
    const known = standard.get(field);
    if (!custom && !known || !roles.includes(role)) throw new Invalid("option", at);
    if (level === "hidden" && known && !known.hides) {
      throw new Invalid("field_rights.always_seen", at);
    }
    // "Read only" changes nothing for a role that only reads.
    if (level === "read_only" && role === "read_only") throw new Invalid("option", at);
    if (custom?.required && writers.some((each) => each === role)) {
      throw new Invalid("field_rights.required", at);
    }
  }
  const before = await list(scope, kind);
  await sql`
    delete from field_rights
    where tenant_id = ${tenantId}
      and record_kind = ${kind}
      and role = any (${[...roles]}::text[])
  `;
  const ids = new Set(own.map(({ id }) => id));
  if (wanted.length > 0) {
    await sql`insert into field_rights ${
      sql(wanted.map(({ field, role, level }) => ({
        tenantId,
        recordKind: kind,
        field,
        role,
        customFieldId: ids.has(field) ? field : null,
        level,
      })))
    }`;
  }
  await note(scope, kind, before.filter(({ role }) => roles.includes(role)), wanted);
  await settleSearch(scope, kind);
}

/** Records what changed, field by field. */
async function note(
  scope: Scope,
  kind: Kind,
  before: readonly FieldRight[],
  after: readonly FieldRight[],
): Promise<void> {
  const keyOf = ({ field, role }: FieldRight) => `${role}: ${kind}.${field}`;
  const [was, is] = [before, after].map((all) =>
    new Map(all.map((each) => [keyOf(each), each.level]))
  ) as [Map<string, Level>, Map<string, Level>];
  const fields = [...new Set([...was.keys(), ...is.keys()])].sort()
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({
      name: "field_right",
      from: `${key} = ${was.get(key) ?? "write"}`,
      to: `${key} = ${is.get(key) ?? "write"}`,
    }));
  if (fields.length === 0) return;
  await changes.record(scope, {
    kind: "tenant",
    id: scope.tenantId,
    action: "field_rights_changed",
    fields,
  });
}

/** What is hidden from any role is excluded from search: all roles share one search text. */
async function settleSearch({ sql, tenantId }: Scope, kind: Kind): Promise<void> {
  const turned = await sql<{ id: string }[]>`
    update custom_fields f
    set unsearched = not f.unsearched
    where f.tenant_id = ${tenantId}
      and f.record_kind = ${kind}
      and f.removed_at is null
      and f.unsearched <> exists (
        select
        from field_rights r
        where r.tenant_id = ${tenantId}
          and r.custom_field_id = f.id
          and r.level = 'hidden'
      )
    returning f.id
  `;
  for (const { id } of turned) await enqueue(sql, "settle_custom_field", tenantId, { fieldId: id });
}
