/** Whom an export for a mailing leaves out: nobody is written to who objects (Art. 21(3) GDPR). */
import type { Scope } from "../scope.ts";
import { selected, type Selection } from "../selections.ts";
import type { Only } from "./records.ts";

/** The persons that an export writes; `ids` null for all. */
export async function persons(
  scope: Scope,
  { purpose, selection }: { purpose: string; selection?: Selection },
): Promise<{ ids: Only }> {
  const only = selection ? (await selected(scope, "contact", selection)).ids : null;
  return { ids: purpose === "mailing" ? reachable(scope, only) : only };
}

/**
 * Of the persons wanted those whom a mailing may reach: none who objects to mail, to post or to all,
 * and none who has taken a consent to either back without another one that stands.
 */
function reachable({ sql, tenantId }: Scope, only: Only): NonNullable<Only> {
  const consent = (withdrawn: boolean) =>
    sql`exists (
      select
      from consents s
      where s.tenant_id = ${tenantId}
        and s.contact_id = r.id
        and s.channel in ('email', 'post')
        and (s.withdrawn_at is not null) = ${withdrawn}
    )`;
  return sql`
    select r.id
    from contacts r
    where r.tenant_id = ${tenantId}
      and r.deleted_at is null
      ${only === null ? sql`` : sql`and r.id in (${only})`}
      and not exists (
        select
        from objections b
        where b.tenant_id = ${tenantId}
          and b.contact_id = r.id
          and b.channel in ('all', 'email', 'post')
      )
      and (not ${consent(true)} or ${consent(false)})
  `;
}
