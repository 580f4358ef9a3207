/** Forms that are sent twice create one record: its id came with the form. */
import { NotFound } from "./errors.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

const known = { ...tables, activity: "activities" } as const;

/** Throws NotFound unless the acting user created the record that already has the id. */
export async function assertOwn(
  { sql, tenantId, actor }: Scope,
  kind: Kind | "activity",
  id: string,
): Promise<void> {
  const [own] = await sql`
    select id
    from ${sql(known[kind])}
    where tenant_id = ${tenantId}
      and id = ${id}
      and created_by = ${actor.userId}
  `;
  if (!own) throw new NotFound(kind);
}
