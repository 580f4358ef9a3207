/**
 * The personal-data map, from which the record of processing, the access export and erasure are
 * built: for every column of every table, what it holds about whom, why, how long and how it is
 * removed.
 */
import { activities } from "./personal_data/activities.ts";
import { api } from "./personal_data/api.ts";
import { cases } from "./personal_data/cases.ts";
import { certificates } from "./personal_data/certificates.ts";
import type { Column, Table } from "./personal_data/columns.ts";
import { contracts } from "./personal_data/contracts.ts";
import { customFields } from "./personal_data/custom_fields.ts";
import { deals } from "./personal_data/deals.ts";
import { factors } from "./personal_data/factors.ts";
import { duplicates } from "./personal_data/duplicates.ts";
import { keptFiles } from "./personal_data/kept_files.ts";
import { incidents } from "./personal_data/incidents.ts";
import { logs } from "./personal_data/logs.ts";
import { notifications } from "./personal_data/notifications.ts";
import { offers } from "./personal_data/offers.ts";
import { officers } from "./personal_data/officers.ts";
import { people } from "./personal_data/people.ts";
import { privacy } from "./personal_data/privacy.ts";
import { processors } from "./personal_data/processors.ts";
import { queue } from "./personal_data/queue.ts";
import { receivedMails } from "./personal_data/received_mails.ts";
import { records } from "./personal_data/records.ts";
import { reports } from "./personal_data/reports.ts";
import { retentions } from "./personal_data/retentions.ts";
import { sentMails } from "./personal_data/sent_mails.ts";
import { teams } from "./personal_data/teams.ts";
import { webForms } from "./personal_data/web_forms.ts";
import type { Sql } from "./pool.ts";

/** All tables by schema and name; a partition is covered by its parent's entry. */
export const personalData: Readonly<Record<string, Table>> = {
  ...people,
  ...officers,
  ...records,
  ...activities,
  ...api,
  ...cases,
  ...contracts,
  ...certificates,
  ...customFields,
  ...deals,
  ...factors,
  ...duplicates,
  ...keptFiles,
  ...incidents,
  ...logs,
  ...notifications,
  ...offers,
  ...privacy,
  ...processors,
  ...queue,
  ...receivedMails,
  ...reports,
  ...retentions,
  ...sentMails,
  ...teams,
  ...webForms,
};

/** The database and the map differ: no process may start, as it would hold data unaccounted for. */
export class UnmappedColumns extends Error {
  override name = "UnmappedColumns";

  constructor(readonly missing: string[], readonly superfluous: string[]) {
    const parts = [
      missing.length > 0 && `not in the personal-data map: ${missing.join(", ")}`,
      superfluous.length > 0 && `in the map but not in the database: ${superfluous.join(", ")}`,
    ];
    super(`Columns ${parts.filter(Boolean).join("; ")}. See db/personal_data.ts.`);
  }
}

/** Every column of the map as `schema.table.column`. */
export function mapped(): Map<string, Column> {
  const columns = new Map<string, Column>();
  for (const [table, described] of Object.entries(personalData)) {
    for (const [name, column] of Object.entries(described)) columns.set(`${table}.${name}`, column);
  }
  return columns;
}

/** Whether the history may hold this column's values and not only its name. */
export function inHistory(table: string, column: string): boolean {
  return personalData[`public.${table}`]?.[column]?.inHistory ?? false;
}

/** The columns found only in the live database or only in the map, and how many the map has. */
export async function compareMap(
  pool: Sql,
): Promise<{ mapped: number; missing: string[]; superfluous: string[] }> {
  const map = mapped();
  const live = new Set(await columns(pool));
  return {
    mapped: map.size,
    missing: [...live].filter((name) => !map.has(name)),
    superfluous: [...map.keys()].filter((name) => !live.has(name)),
  };
}

/** Compares the map with the live database. Throws UnmappedColumns naming every difference. */
export async function assertMapped(pool: Sql): Promise<void> {
  const { missing, superfluous } = await compareMap(pool);
  if (missing.length + superfluous.length > 0) throw new UnmappedColumns(missing, superfluous);
}

/** The database's columns, including views and foreign tables, but no partitions and extensions. */
async function columns(pool: Sql): Promise<string[]> {
  const rows = await pool<{ name: string }[]>`
    select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid
    where n.nspname in ('public', 'jobs')
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not c.relispartition
      and a.attnum > 0
      and not a.attisdropped
      and not exists (
        select from pg_depend d
        where d.classid = 'pg_class'::regclass
          and d.objid = c.oid
          and d.deptype = 'e'
      )
    order by n.nspname, c.relname, a.attnum
  `;
  return rows.map(({ name }) => name);
}
