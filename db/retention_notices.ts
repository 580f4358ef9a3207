/** What a tenant's admins are told about retention: what will be erased, and what has been. */
import { type Kind, kinds } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

type Counts = Record<Kind, number>;

/** A recipient of mails about retention. */
export interface Admin {
  email: string;
  name: string;
  locale: "de" | "en";
}

/** The tenant's owners and admins, at most 50. */
export async function listAdmins({ sql, tenantId }: Scope): Promise<Admin[]> {
  return await sql<Admin[]>`
    select i.email, i.name, i.locale
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.role in ('owner', 'admin')
      and u.deactivated_at is null
    order by u.id
    limit 50
  `;
}

export interface Announced {
  counts: Counts;
  /** The first day on which one of them is erased automatically. */
  boundOn: string;
}

/** Marks what has not been announced yet as announced; null if there is nothing new. */
export async function announce({ sql, tenantId, now }: Scope): Promise<Announced | null> {
  const [row] = await sql<[Counts & { boundOn: string | null }]>`
    with told as (
      update due_records
      set announced_at = ${now}
      where tenant_id = ${tenantId}
        and announced_at is null
      returning contact_id, company_id, deal_id, bound_on
    )
    select count(contact_id)::int as contact, count(company_id)::int as company,
      count(deal_id)::int as deal, min(bound_on) as bound_on
    from told
  `;
  if (row.boundOn === null) return null;
  const counts = Object.fromEntries(kinds.map((kind) => [kind, row[kind]])) as Counts;
  return { counts, boundOn: row.boundOn };
}

/** What a tenant's recent retention runs found and erased, newest first; at most 30. */
export async function listRuns({ sql, tenantId }: Scope) {
  return await sql<{ runOn: string; looked: number; erased: number }[]>`
    select run_on, sum(looked)::int as looked, sum(erased)::int as erased
    from retention_runs
    where tenant_id = ${tenantId}
    group by run_on
    order by run_on desc
    limit 30
  `;
}

/** What was erased and not reported yet, now marked as reported; null if there is nothing. */
export async function report({ sql, tenantId }: Scope): Promise<Counts | null> {
  const rows = await sql<{ kind: Kind; count: number }[]>`
    with before as (
      select kind, run_on, erased - reported as count
      from retention_runs
      where tenant_id = ${tenantId}
        and erased > reported
      for update
    ), told as (
      update retention_runs r
      set reported = r.erased
      from before b
      where r.tenant_id = ${tenantId}
        and r.kind = b.kind
        and r.run_on = b.run_on
    )
    select kind, sum(count)::int as count
    from before
    group by kind
  `;
  if (rows.length === 0) return null;
  const of = (kind: Kind) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Counts;
}

/** Removes notes about runs more than 90 days ago; returns how many. */
export async function removeOldRuns({ sql, tenantId, now }: Scope): Promise<number> {
  const { count } = await sql`
    delete from retention_runs
    where tenant_id = ${tenantId}
      and run_on < ${new Date(now.getTime() - 90 * 86_400_000)}
  `;
  return count;
}
