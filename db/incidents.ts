/**
 * The register of personal data breaches: what happened, the 72 hours, who is affected, who was
 * told.
 */
import { now } from "./clock.ts";
import { Invalid, NotFound } from "./errors.ts";
import * as deliveries from "./incident_deliveries.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type By, keepIncident } from "./register_versions.ts";

export const risks = ["none", "risk", "high"] as const;
export type Risk = typeof risks[number];

export interface IncidentInput {
  /** The id that the form was created with. */
  id: string;
  title: string;
  noticedAt: Date;
  nature: string;
  persons: number;
  dataRecords: number;
  consequences: string;
  measures: string;
  risk: Risk;
  reason: string;
}

export interface Incident extends IncidentInput {
  toldAt: Date | null;
  closedAt: Date | null;
  createdAt: Date;
  /** Whether what is known was changed after a customer was told of it. */
  changedSince: boolean;
  /** Affected customers; how many were told, no letter reached, or are to be told still. */
  customers: number;
  notifiedCustomers: number;
  failedCustomers: number;
  untoldCustomers: number;
  /** Log-ins of affected customers that were sent a letter. */
  notifiedPersons: number;
}

export interface Customer {
  id: string;
  name: string;
  slug: string;
  toldAt: Date | null;
  /** What became of the last letters to it; null while it was not told. */
  delivery: deliveries.Delivery | null;
  /** When the first of them left; null for those told before letters were followed. */
  sentAt: Date | null;
  /** How many of them failed. */
  failed: number;
}

/** Customers shown on a page. */
const shown = 200;

/**
 * The deadline for telling the authority (Art. 33(1) GDPR). The hour in which the breach was
 * noticed does not count; all others do, including nights, Sundays and holidays (Regulation
 * 1182/71, Art. 3).
 */
export function deadlineOf(noticedAt: Date): Date {
  const hour = 3_600_000;
  return new Date((Math.floor(noticedAt.getTime() / hour) + 1 + 72) * hour);
}

/**
 * Records a breach; resubmitting the form changes nothing. Throws Invalid for a day in the future.
 */
export async function create(pool: Sql, input: IncidentInput, by: string): Promise<void> {
  assertPast(input);
  await pool.begin(async (sql) => {
    await sql`
      insert into incidents ${
      sql({ ...input, createdBy: by, createdAt: now(), updatedAt: now() } as never)
    }
      on conflict (id) do nothing
    `;
    await keepIncident(sql, input.id, operator(by));
    // The officer hears of it at once; the timetable does the same within the hour.
    await enqueue(sql, "warn_of_incidents", null, {});
  });
}

const operator = (identityId: string): By => ({ actor: "operator", identityId });

/** Updates what is known. Throws NotFound for one that does not exist or is closed. */
export async function update(
  pool: Sql,
  { id, ...input }: IncidentInput,
  by: string,
): Promise<void> {
  assertPast(input);
  await pool.begin(async (sql) => {
    const { count } = await sql`
      update incidents
      set ${sql({ ...input, updatedAt: now() } as never)}
      where id = ${id}
        and closed_at is null
    `;
    if (count === 0) throw new NotFound("incident");
    await keepIncident(sql, id, operator(by));
  });
}

function assertPast({ noticedAt }: Pick<IncidentInput, "noticedAt">): void {
  if (noticedAt > now()) throw new Invalid("future", "noticedOn");
}

/** The register, newest first; `after` is the last one already seen. */
export async function list(
  sql: AnySql,
  after: string | null,
): Promise<{ incidents: Incident[]; next: string | null }> {
  const rows = await sql<Incident[]>`
    select ${columns(sql)}
    from incidents i
    ${
    after === null ? sql`` : sql`
    where (i.noticed_at, i.id) < (select noticed_at, id from incidents where id = ${after})`
  }
    order by i.noticed_at desc, i.id desc
    limit 51
  `;
  const incidents = rows.slice(0, 50);
  return { incidents, next: rows.length > 50 ? incidents.at(-1)!.id : null };
}

/** Throws NotFound. */
export async function find(sql: AnySql, id: string): Promise<Incident> {
  const [row] = await sql<Incident[]>`
    select ${columns(sql)}
    from incidents i
    where i.id = ${id}
  `;
  if (!row) throw new NotFound("incident");
  return row;
}

const columns = (sql: AnySql) =>
  sql`
    i.id, i.title, i.noticed_at, i.nature, i.persons, i.data_records, i.consequences, i.measures,
      i.risk, i.reason, i.told_at, i.closed_at, i.created_at,
      exists (
        select
        from incident_customers c
        where c.incident_id = i.id
          and coalesce(c.supplement_at, c.told_at) < i.updated_at
      ) as changed_since,
      (select count(*)::int from incident_customers c where c.incident_id = i.id) as customers,
      (
        select count(*)::int
        from incident_customers c
        cross join ${deliveries.lastRound(sql)}
        where c.incident_id = i.id
          and d.delivery = 'sent'
      ) as notified_customers,
      (
        select count(*)::int
        from incident_customers c
        cross join ${deliveries.lastRound(sql)}
        where c.incident_id = i.id
          and d.delivery = 'failed'
      ) as failed_customers,
      (
        select count(*)::int
        from incident_customers c
        where c.incident_id = i.id
          and c.told_at is null
      ) as untold_customers,
      (select count(*)::int from incident_persons p where p.incident_id = i.id) as notified_persons`;

/** The affected customers, by name; at most 200. */
export async function listCustomers(sql: AnySql, id: string): Promise<Customer[]> {
  return await sql<Customer[]>`
    select t.id, t.name, t.slug, c.told_at, d.delivery, d.sent_at, d.failed
    from incident_customers c
    join tenants t on t.id = c.customer_id
    cross join ${deliveries.lastRound(sql)}
    where c.incident_id = ${id}
    order by t.name, t.id
    limit ${shown}
  `;
}

/**
 * Adds customers by their slugs, or all of them. Throws NotFound, and Invalid for an unknown slug.
 */
export async function addCustomers(
  sql: Sql,
  id: string,
  wanted: readonly string[] | "all",
  by: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    await find(tx, id);
    const made = await tx<{ slug: string }[]>`
      with named as (
        select id, slug
        from tenants
        where true ${wanted === "all" ? tx`` : tx`and slug = any(${[...wanted]}::text[])`}
      ), added as (
        insert into incident_customers (incident_id, customer_id)
        select ${id}, id
        from named
        on conflict do nothing
      )
      select slug
      from named
      limit 1001
    `;
    await keepIncident(tx, id, operator(by));
    if (wanted === "all") return;
    const known = new Set(made.map(({ slug }) => slug));
    if (wanted.some((slug) => !known.has(slug))) throw new Invalid("option", "slugs");
  });
}

/**
 * Tells the customers who were not told yet or whom no letter reached, by a job because there may
 * be many.
 */
export async function notifyCustomers(sql: Sql, id: string): Promise<void> {
  await sql.begin(async (tx) => {
    await find(tx, id);
    await deliveries.reopen(tx, id);
    await enqueue(tx, "tell_incident", null, { incidentId: id });
  });
}

/**
 * Sends what has become known since to the customers already told (Art. 33(4) GDPR), each state
 * once. Throws NotFound.
 */
export async function supplement(sql: Sql, id: string): Promise<void> {
  await sql.begin(async (tx) => {
    await find(tx, id);
    await tx`update incidents set supplement_at = ${now()} where id = ${id}`;
    await enqueue(tx, "tell_incident", null, { incidentId: id });
  });
}

/**
 * Informs the people whose log-ins are affected by letter without undue delay (Art. 34(1) GDPR).
 * Throws Invalid unless a high risk and the letter's required content (Art. 34(2)) are recorded.
 */
export async function notifyPersons(sql: Sql, id: string): Promise<void> {
  const { risk, consequences, measures } = await find(sql, id);
  if (risk !== "high") throw new Invalid("option", "risk");
  if (consequences === "") throw new Invalid("incidents.letters_needed", "consequences");
  if (measures === "") throw new Invalid("incidents.letters_needed", "measures");
  await deliveries.reopenLetters(sql, id);
  await enqueue(sql, "tell_incident_persons", null, { incidentId: id });
}

/**
 * Records that the authority was told; after more than 72 hours only with a reason. Throws Invalid.
 */
export async function markReported(pool: Sql, id: string, by: string): Promise<void> {
  await pool.begin(async (sql) => {
    const incident = await find(sql, id);
    const late = now() > deadlineOf(incident.noticedAt);
    if (late && incident.reason === "") throw new Invalid("incidents.reason_late", "reason");
    await sql`
      update incidents
      set told_at = coalesce(told_at, ${now()})
      where id = ${id}
    `;
    await keepIncident(sql, id, operator(by));
  });
}

/** Closes it: reported to the authority, or with the reason why not. Throws Invalid. */
export async function close(pool: Sql, id: string, by: string): Promise<void> {
  await pool.begin(async (sql) => {
    const incident = await find(sql, id);
    if (incident.toldAt === null && incident.reason === "") {
      throw new Invalid("incidents.reason_none", "reason");
    }
    await sql`
      update incidents
      set closed_at = coalesce(closed_at, ${now()})
      where id = ${id}
    `;
    await keepIncident(sql, id, operator(by));
  });
}
