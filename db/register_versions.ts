/**
 * Versions of the record of processing (Art. 30 GDPR) and of the register of breaches (Art. 33(5)):
 * added at every change, never changed; what stood there on a day can be read again.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import { now } from "./clock.ts";
import { providerId } from "./controllers.ts";
import { NotFound } from "./errors.ts";
import { isId, newId } from "./ids.ts";
import { instantOf } from "./local_times.ts";
import { canonical } from "./policies.ts";
import { listProcessors, type ProcessorFact } from "./policies/facts.ts";
import type { AnySql, Fragment, Sql } from "./pool.ts";
import { type Activity, list as activities } from "./processing_records.ts";
import * as providers from "./provider.ts";

/** Who caused a version: an operator by identity, the officer by a link, or the program itself. */
export type By = { actor: "operator"; identityId: string } | { actor: "officer" | "program" };

/** What the record of processing states, apart from the customers, whom contracts name. */
export interface ProcessingContent {
  provider: providers.Provider | null;
  processors: ProcessorFact[];
  controller: Activity[];
  processor: Activity[];
}

/** What the register states about a breach, by the names of its columns. */
export type IncidentContent = Record<string, string | number | null>;

export interface Version<Content> {
  id: string;
  incidentId: string | null;
  content: Content;
  actor: By["actor"];
  /** The operator's present name; null for others and for one who is gone. */
  name: string | null;
  at: Date;
}

/** Versions shown on a page. */
const shown = 100;

/** A page of versions, newest first. */
export interface Versions<Content> {
  rows: Version<Content>[];
  /** The version before the last of them, which begins the next page; null if there is none. */
  earlier: Version<Content> | null;
  /** The version that begins the page before, or null on the first page. */
  later: string | null;
}

/** What the record of processing states now. */
export async function processing(sql: AnySql): Promise<ProcessingContent> {
  return {
    provider: await providers.lookup(sql),
    processors: await listProcessors(sql),
    controller: activities("controller"),
    processor: activities("processor"),
  };
}

/** Adds a version of the record of processing if it states something else than the last one. */
export async function keepProcessing(pool: Sql, by: By): Promise<void> {
  await pool.begin(async (sql) => {
    await advisoryLocks.take({ sql, tenantId: providerId }, "register_versions");
    const content = await processing(sql);
    if (content.provider === null) return;
    const { rows: [last] } = await listProcessing(sql, null, 1);
    if (last && canonical(last.content) === canonical(content)) return;
    await add(sql, by, {
      register: "processing",
      incidentId: null,
      content: sql.json(content as never),
    });
  });
}

/** Adds a version of a breach, in the caller's transaction, if anything about it has changed. */
export async function keepIncident(sql: AnySql, id: string, by: By): Promise<void> {
  const [row] = await sql<{ content: IncidentContent; last: IncidentContent | null }[]>`
    select incident_content(i.id) as content, (
      select v.content
      from register_versions v
      where v.incident_id = i.id
      order by v.at desc, v.id desc
      limit 1
    ) as last
    from incidents i
    where i.id = ${id}
    for no key update
  `;
  if (!row || (row.last && canonical(row.last) === canonical(row.content))) return;
  await add(sql, by, { register: "incidents", incidentId: id, content: sql.json(row.content) });
}

async function add(sql: AnySql, by: By, version: Record<string, unknown>): Promise<void> {
  const changedBy = by.actor === "operator" ? by.identityId : null;
  await sql`
    insert into register_versions ${
    sql({ id: newId(), ...version, actor: by.actor, changedBy, at: now() } as never)
  }
  `;
}

const columns = (sql: AnySql) =>
  sql`v.id, v.incident_id, v.content, v.actor, i.name, v.at
    from register_versions v
    left join identities i on i.id = v.changed_by`;

/** The versions of the record of processing, newest first, from one of them on. */
export async function listProcessing(
  sql: AnySql,
  from: string | null = null,
  most = shown,
): Promise<Versions<ProcessingContent>> {
  return await paged(sql, sql`v.register = 'processing'`, from, most);
}

/** The versions of a breach, newest first, from one of them on. */
export async function listIncident(
  sql: AnySql,
  id: string,
  from: string | null = null,
  most = shown,
): Promise<Versions<IncidentContent>> {
  return await paged(sql, sql`v.incident_id = ${id}`, from, most);
}

async function paged<Content>(
  sql: AnySql,
  which: Fragment,
  from: string | null,
  most: number,
): Promise<Versions<Content>> {
  const start = isId(from ?? "")
    ? sql`(select s.at, s.id from register_versions s where s.id = ${from})`
    : null;
  const rows = await sql<Version<Content>[]>`
    select ${columns(sql)}
    where ${which}
      ${start ? sql`and (v.at, v.id) <= ${start}` : sql``}
    order by v.at desc, v.id desc
    limit ${most + 1}
  `;
  const before = start && await sql<{ id: string }[]>`
    select v.id
    from register_versions v
    where ${which}
      and (v.at, v.id) > ${start}
    order by v.at, v.id
    limit ${most}
  `;
  return {
    rows: rows.slice(0, most),
    earlier: rows[most] ?? null,
    later: before?.at(-1)?.id ?? null,
  };
}

/** A version of the record of processing: by its id, or as it stood at a day's end. Throws NotFound. */
export async function findProcessing(
  sql: AnySql,
  wanted: { version: string } | { day: string },
): Promise<Version<ProcessingContent>> {
  if ("version" in wanted && !isId(wanted.version)) throw new NotFound("register_version");
  const [row] = await sql<Version<ProcessingContent>[]>`
    select ${columns(sql)}
    where v.register = 'processing'
      ${
    "version" in wanted ? sql`and v.id = ${wanted.version}` : sql`and v.at < ${endOf(wanted.day)}`
  }
    order by v.at desc, v.id desc
    limit 1
  `;
  if (!row) throw new NotFound("register_version");
  return row;
}

/** A version of a breach. Throws NotFound. */
export async function findIncident(
  sql: AnySql,
  incidentId: string,
  version: string,
): Promise<Version<IncidentContent>> {
  const [row] = isId(version)
    ? await sql<Version<IncidentContent>[]>`
      select ${columns(sql)}
      where v.incident_id = ${incidentId}
        and v.id = ${version}
    `
    : [];
  if (!row) throw new NotFound("register_version");
  return row;
}

/** The register of breaches as it stood at a day's end, newest breach first; at most 10,000. */
export async function registerOn(sql: AnySql, day: string): Promise<Version<IncidentContent>[]> {
  return await sql<Version<IncidentContent>[]>`
    select s.id, s.incident_id, s.content, s.actor, s.name, s.at
    from (
      select distinct on (v.incident_id) ${columns(sql)}
      where v.register = 'incidents'
        and v.at < ${endOf(day)}
      order by v.incident_id, v.at desc, v.id desc
    ) s
    order by s.content ->> 'noticed_at' desc, s.incident_id desc
    limit 10000
  `;
}

const endOf = (day: string): Date =>
  instantOf(Temporal.PlainDate.from(day).add({ days: 1 }).toString());

/** Removes versions of the record of processing replaced before an instant; returns how many. */
export async function removeOld(sql: AnySql, before: Date): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select expire_register_versions(${before}) as count
  `;
  return row.count;
}
