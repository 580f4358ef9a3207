/** The register of processors (clauses 4.1 to 4.3): who gets which data, where, and since when. */
import { now, today } from "./clock.ts";
import { NotFound } from "./errors.ts";
import { isId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import { type Cover, type Gated, type Obstacle, obstacles } from "./processor_gates.ts";

/** The connectors that come with this program. */
export type Adapter = "ionos" | "latenode" | "documentero";

/** The kinds of data a processor may get. */
export const dataCategories = [
  "accounts",
  "records",
  "files",
  "mails",
  "documents",
  "events",
  "logs",
  "backups",
  "billing",
] as const;

export type DataCategory = typeof dataCategories[number];

export interface SubProcessor {
  name: string;
  service: string;
  country: string;
}

export interface Host {
  host: string;
  port: number;
}

export interface Processor extends Gated {
  id: string;
  adapter: Adapter | null;
  name: string;
  serviceDe: string;
  serviceEn: string;
  dataCategories: DataCategory[];
  processingCountries: string[];
  parentCountry: string | null;
  location: string;
  reviewedOn: string | null;
  subProcessors: SubProcessor[];
  hosts: Host[];
  approved: Partial<Record<Cover, string | null>>;
  /** Whether connection data for it are stored. */
  connected: boolean;
  version: number;
  updatedAt: Date;
}

/**
 * An entry with its sub-processors, hosts and evidence, in one query. Evidence of a location counts
 * only if it is not older than the announcement of the move there; a move that is pending or was
 * withdrawn does not count. Lists come as JSON: a newly opened pool cannot read arrays yet.
 */
const columns = (sql: AnySql) =>
  sql`
  p.id, p.adapter, p.name, p.role, p.service_de, p.service_en,
  to_jsonb(p.data_categories) as data_categories,
  to_jsonb(p.processing_countries) as processing_countries, p.seat_country, p.parent_country, p.location, p.agreement_on,
  p.reviewed_on, p.enabled, p.enabled_from, p.version, p.updated_at,
  exists (
    select
    from processor_plans w
    where w.processor_id = p.id
      and w.input is null
  ) as waiting,
  exists (select from processor_connections c where c.processor_id = p.id) as connected,
  coalesce((
    select jsonb_agg(
      jsonb_build_object('name', s.name, 'service', s.service, 'country', s.country)
      order by s.position
    )
    from sub_processors s
    where s.processor_id = p.id
  ), '[]') as sub_processors,
  coalesce((
    select jsonb_agg(jsonb_build_object('host', h.host, 'port', h.port) order by h.host, h.port)
    from processor_hosts h
    where h.processor_id = p.id
  ), '[]') as hosts,
  (
    select jsonb_build_object(
      'agreement', max(e.dated_on) filter (where 'agreement' = any(e.covers)),
      'location', max(e.dated_on) filter (
        where 'location' = any(e.covers)
          and e.uploaded_at >= coalesce(m.moved_at, e.uploaded_at)
      )
    )
    from processor_evidence e
    cross join (
      select max(c.at) as moved_at
      from processor_changes c
      where c.processor_id = p.id
        and c.action = 'changed'
        and (
          c.differences -> 'processingCountries' -> 1 = to_jsonb(p.processing_countries)
          or c.differences -> 'seatCountry' -> 1 = to_jsonb(p.seat_country)
          or c.differences -> 'location' -> 1 = to_jsonb(p.location)
        )
    ) m
    where e.processor_id = p.id
      and e.decision = 'approved'
      and e.removed_at is null
  ) as approved
`;

/**
 * Records that the officer is reminded of evidence that expires; false if that was done on this day
 * (`YYYY-MM-DD`) or later.
 */
export async function noteReminder(sql: AnySql, id: string, due: string): Promise<boolean> {
  const { count } = await sql`
    update processors
    set reminded_on = ${today()}
    where id = ${id}
      and (reminded_on is null or reminded_on < ${due})
  `;
  return count === 1;
}

/** The register, with the program's own connectors first; at most 200 entries. */
export async function list(sql: AnySql): Promise<Processor[]> {
  return await sql<Processor[]>`
    select ${columns(sql)}
    from processors p
    where p.removed_at is null
    order by p.adapter is null, p.created_at, p.id
    limit 200
  `;
}

/** An entry of the register, or null. */
export async function lookup(sql: AnySql, id: string): Promise<Processor | null> {
  if (!isId(id)) return null;
  const [found] = await sql<Processor[]>`
    select ${columns(sql)}
    from processors p
    where p.id = ${id}
      and p.removed_at is null
  `;
  return found ?? null;
}

/** The entry that lists a host, preferably an open one; or null. */
export async function lookupByHost(sql: AnySql, { host, port }: Host): Promise<Processor | null> {
  const found = await sql<Processor[]>`
    select ${columns(sql)}
    from processors p
    where p.removed_at is null
      and exists (
        select
        from processor_hosts h
        where h.processor_id = p.id
          and h.host = ${host}
          and h.port = ${port}
      )
    order by p.enabled desc, p.id
    limit 10
  `;
  return found.find((each) => isOpen(each)) ?? found[0] ?? null;
}

/** An entry of the register; throws NotFound. */
export async function find(sql: AnySql, id: string): Promise<Processor> {
  const found = await lookup(sql, id);
  if (!found) throw new NotFound("processor");
  return found;
}

/** The entry of one of our connectors; null if it was removed. */
export async function lookupByAdapter(sql: AnySql, adapter: Adapter): Promise<Processor | null> {
  const [found] = await sql<Processor[]>`
    select ${columns(sql)}
    from processors p
    where p.adapter = ${adapter}
      and p.removed_at is null
  `;
  return found ?? null;
}

/** The obstacles that keep a processor closed now. */
export const closedBy = (processor: Processor, at = now()): Obstacle[] =>
  obstacles(processor, today(), at);

/** Whether data may go to a processor now. */
export const isOpen = (processor: Processor, at = now()): boolean =>
  closedBy(processor, at).length === 0;
