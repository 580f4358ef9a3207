/** Who was told of a breach: the customers, once more when more is known, and the people. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** The affected tenants, in the order in which the job goes through them. */
export async function listConcerned(sql: AnySql, id: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select customer_id as id
    from incident_customers
    where incident_id = ${id}
    order by customer_id
  `;
  return rows.map((row) => row.id);
}

export interface Concerned {
  id: string;
  email: string;
  name: string;
  locale: "de" | "en";
}

/**
 * The tenant's next log-ins without a letter, including former users, as their data are here. At
 * most 100.
 */
export async function notNotifiedPersons(
  { sql, tenantId }: Scope,
  id: string,
): Promise<Concerned[]> {
  return await sql<Concerned[]>`
    select i.id, i.email, i.name, i.locale
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and not exists (
        select
        from incident_persons p
        where p.incident_id = ${id}
          and p.identity_id = i.id
      )
    order by i.id
    limit 100
  `;
}

/** Marks a log-in as written to; false if that was already done, even for another tenant. */
export async function markWritten(
  { sql, now }: Scope,
  id: string,
  identityId: string,
): Promise<boolean> {
  const { count } = await sql`
    insert into incident_persons (incident_id, identity_id, told_at, status)
    values (${id}, ${identityId}, ${now}, 'queued')
    on conflict do nothing
  `;
  return count === 1;
}

/** The next customers who were not told; at most 100. */
export async function listNotNotified(sql: AnySql, id: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select customer_id as id
    from incident_customers
    where incident_id = ${id}
      and told_at is null
    order by customer_id
    limit 100
  `;
  return rows.map((row) => row.id);
}

/** Marks a customer as told; false if that was already done. */
export async function markNotified(sql: AnySql, id: string, customerId: string): Promise<boolean> {
  const { count } = await sql`
    update incident_customers
    set told_at = ${now()}
    where incident_id = ${id}
      and customer_id = ${customerId}
      and told_at is null
  `;
  return count === 1;
}

/**
 * The next customers who do not know of the last change that was to be sent to them; at most 100.
 */
export async function listNotSupplemented(sql: AnySql, id: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select c.customer_id as id
    from incident_customers c
    join incidents i on i.id = c.incident_id
    where c.incident_id = ${id}
      and coalesce(c.supplement_at, c.told_at) < i.updated_at
      and coalesce(c.supplement_at, c.told_at) < i.supplement_at
    order by c.customer_id
    limit 100
  `;
  return rows.map((row) => row.id);
}

/** Marks a customer as told what is known by now; false if that was already done. */
export async function markSupplemented(
  sql: AnySql,
  id: string,
  customerId: string,
): Promise<boolean> {
  // Not before the request: the clock of the machine that asked may be ahead.
  const { count } = await sql`
    update incident_customers c
    set supplement_at = greatest(${now()}, i.supplement_at)
    from incidents i
    where i.id = c.incident_id
      and c.incident_id = ${id}
      and c.customer_id = ${customerId}
      and coalesce(c.supplement_at, c.told_at) < i.updated_at
      and coalesce(c.supplement_at, c.told_at) < i.supplement_at
  `;
  return count === 1;
}
