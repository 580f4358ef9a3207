/** The owner who decides requests if a tenant has no officer: the one there longest. */
import * as caseLetters from "./case_letters.ts";
import type { Scope } from "./scope.ts";

export interface StandIn {
  userId: string;
  email: string;
  locale: "de" | "en";
}

/** The owner who stands in, whether or not there is an officer; null if there is no owner. */
export async function lookup({ sql, tenantId }: Scope): Promise<StandIn | null> {
  const [row] = await sql<StandIn[]>`
    select u.id as user_id, i.email, i.locale
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.role = 'owner'
      and u.deactivated_at is null
    order by u.created_at, u.id
    limit 1
  `;
  return row ?? null;
}

/** After a change of owners: if another one now stands in, the previous one's links end. */
export async function succeed(scope: Scope, before: StandIn | null): Promise<void> {
  if (before && before.userId !== (await lookup(scope))?.userId) await end(scope);
}

async function end(scope: Scope): Promise<void> {
  const { sql, tenantId } = scope;
  const [named] = await sql`
    select
    from officers
    where tenant_id = ${tenantId}
      and email <> ''
  `;
  if (!named) await caseLetters.end(scope, ["officer"]);
}
