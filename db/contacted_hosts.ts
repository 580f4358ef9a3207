/** Every host that was contacted, counted by day and purpose; kept for 30 days. */
import { now, today } from "./clock.ts";
import type { Purpose } from "./purposes.ts";
import type { AnySql } from "./pool.ts";
import { retentionClasses } from "./retention_classes.ts";

/** One outgoing request, successful or not. */
export interface HostUse {
  host: string;
  port: number;
  purpose: Purpose;
  /** Null if the host belongs to no entry of the register of processors. */
  processorId: string | null;
  answered: boolean;
  /** Whether it is a mail server chosen by a customer, which is not in our register. */
  namedByCustomer?: boolean;
}

/** A host with the purposes for which it was contacted in the days that are kept. */
export interface ContactedHost {
  host: string;
  port: number;
  purpose: Purpose;
  processorId: string | null;
  processorName: string | null;
  countries: string[];
  answered: number;
  failed: number;
  namedByCustomer: boolean;
  lastAt: Date;
}

/** Counts one contact. */
export async function note(sql: AnySql, use: HostUse): Promise<void> {
  const { host, port, purpose, processorId, answered, namedByCustomer = false } = use;
  await sql`
    insert into contacted_hosts (
      day, host, port, purpose, processor_id, answered, failed, named_by_customer, last_at
    ) values (
      ${today()}, ${host}, ${port}, ${purpose}, ${processorId}, ${answered ? 1 : 0},
      ${answered ? 0 : 1}, ${namedByCustomer}, ${now()}
    )
    on conflict (day, host, port, purpose) do update
    set answered = contacted_hosts.answered + excluded.answered,
      failed = contacted_hosts.failed + excluded.failed,
      processor_id = excluded.processor_id,
      named_by_customer = contacted_hosts.named_by_customer and excluded.named_by_customer,
      last_at = excluded.last_at
  `;
}

/**
 * Counts a contact with a server from the settings that has no connector, such as a mail server:
 * it is attributed to whichever entry of the register lists it.
 */
export async function noteServer(
  sql: AnySql,
  use: Omit<HostUse, "processorId">,
): Promise<void> {
  const [owner] = await sql<{ id: string }[]>`
    select p.id
    from processor_hosts h
    join processors p on p.id = h.processor_id
    where h.host = ${use.host.toLowerCase()}
      and h.port = ${use.port}
      and p.removed_at is null
    limit 1
  `;
  await note(sql, { ...use, processorId: owner?.id ?? null });
}

/** The hosts contacted in the last 30 days, latest first; at most 500. */
export async function list(sql: AnySql): Promise<ContactedHost[]> {
  return await sql<ContactedHost[]>`
    select c.host, c.port, c.purpose, p.id as processor_id, p.name as processor_name,
      coalesce(to_jsonb(p.processing_countries), '[]') as countries, sum(c.answered)::int as answered,
      sum(c.failed)::int as failed, bool_and(c.named_by_customer) as named_by_customer,
      max(c.last_at) as last_at
    from contacted_hosts c
    left join processors p on p.id = c.processor_id and p.removed_at is null
    where c.last_at > ${since()}
    group by c.host, c.port, c.purpose, p.id
    order by max(c.last_at) desc, c.host
    limit 500
  `;
}

/** Removes what is older than its retention class allows; returns the number of rows. */
export async function removeOld(sql: AnySql): Promise<number> {
  const { count } = await sql`
    delete from contacted_hosts
    where last_at <= ${since()}
  `;
  return count;
}

const since = (): Date =>
  new Date(
    now().getTime() -
      Temporal.Duration.from(retentionClasses.egress.period).total("milliseconds"),
  );
