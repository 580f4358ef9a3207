/** The technical and organisational measures (Art. 32 GDPR; clause 7.1), by what they protect. */

import { now } from "./clock.ts";
import * as figures from "./measure_figures.ts";
import type { AnySql } from "./pool.ts";

/** The groups of controls customary in German practice, in their usual order. */
export const groups = [
  "admission",
  "access",
  "transfer",
  "input",
  "orders",
  "availability",
  "separation",
  "review",
] as const;

export type Group = typeof groups[number];

/** Every measure with its group; the catalogue `measures` contains their texts. */
export const measures = {
  passwords: "admission",
  sessions: "admission",
  attempts: "admission",
  operator_factors: "admission",
  roles: "access",
  serving_role: "access",
  process_permissions: "access",
  tls: "transfer",
  egress: "transfer",
  content_policy: "transfer",
  history: "input",
  agreements: "orders",
  processors: "orders",
  database_recovery: "availability",
  backups: "availability",
  restore_drill: "availability",
  processes_restart: "availability",
  row_level_security: "separation",
  file_encryption: "separation",
  personal_data_map: "review",
  dependencies: "review",
  tests: "review",
} as const satisfies Record<string, Group>;

export type MeasureName = keyof typeof measures;

/** The measures of a group, in the order of the list. */
export const inGroup = (group: Group): MeasureName[] =>
  (Object.keys(measures) as MeasureName[]).filter((name) => measures[name] === group);

/** The result of checking a measure, with the figures behind it if there are any. */
export interface Checked {
  name: figures.FigureName;
  /** Null: it was measured, but nothing was promised that it could break. */
  passed: boolean | null;
  values: Record<string, string | number>;
  at: Date;
}

const ago = (days: number) => new Date(now().getTime() - days * 86_400_000);

/** Checks, as the serving role, every measure that can be checked. */
export async function checkMeasures(sql: AnySql): Promise<Checked[]> {
  // As one value: as columns, the names would come back in another spelling.
  const measured = await figures.list(sql);
  const [row] = await sql<
    {
      found: Partial<Record<MeasureName, boolean>>;
      figures: { tables: number; backup: Date | null; drill: Date | null };
    }[]
  >`
    select to_jsonb(looked) as found, jsonb_build_object(
      'tables', (
        select count(*)
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull
        where c.relnamespace = 'public'::regnamespace
          and c.relkind in ('r', 'p')
          and c.relrowsecurity
      ),
      'backup', (select max(at) from backup_runs where kind = 'backup' and passed),
      'drill', (select max(at) from backup_runs where kind = 'drill' and passed)
    ) as figures
    from (select
      not exists (
        select from identities where password_hash not like '$argon2id$%'
      ) as passwords,
      not exists (
        select from sessions
        where expires_at > created_at + interval '30 days 1 minute'
      ) as sessions,
      (
        select not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
        from pg_roles
        where rolname = current_user
      ) and not exists (
        select
        from pg_class
        where relowner = current_user::regrole
          and relnamespace = 'public'::regnamespace
      ) as serving_role,
      not exists (
        select
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull
        where c.relnamespace = 'public'::regnamespace
          and c.relkind in ('r', 'p')
          and (not c.relrowsecurity or exists (
            -- A policy that allows rows of any tenant opens the table, whatever the others say.
            select
            from pg_policy p
            where p.polrelid = c.oid
              and p.polpermissive
              and coalesce(pg_get_expr(coalesce(p.polqual, p.polwithcheck), c.oid), '')
                not like '%tenant_id = current_tenant()%'
          ))
      ) as row_level_security,
      not has_table_privilege('changes', 'update')
        and not has_table_privilege('changes', 'delete') as history,
      current_setting('data_checksums') = 'on' as database_recovery,
      (select ${ago(2)} < created_at from provider) is not false or exists (
        select from backup_runs where kind = 'backup' and passed and at > ${ago(2)}
      ) as backups,
      (select ${ago(33)} < created_at from provider) is not false or exists (
        select from backup_runs where kind = 'drill' and passed and at > ${ago(90)}
      ) as restore_drill
    ) looked
  `;
  const { found, figures: { tables, backup, drill } } = row!;
  const at = now();
  const values: Partial<Record<MeasureName, Checked["values"]>> = {
    row_level_security: { tables },
    ...(backup ? { backups: { last: String(backup) } } : {}),
    ...(drill ? { restore_drill: { last: String(drill) } } : {}),
  };
  return [
    ...(Object.keys(found) as MeasureName[])
      .map((name) => ({ name, passed: found[name] === true, values: values[name] ?? {}, at })),
    ...measured,
  ];
}

/** An entry of the register of changes (clause 7.2). */
export interface MeasureChange {
  id: string;
  measure: MeasureName;
  note: string;
  changedOn: string;
}

/** Changes to the measures, newest first; at most 100. */
export async function listChanges(sql: AnySql): Promise<MeasureChange[]> {
  return await sql<MeasureChange[]>`
    select id, measure, note, changed_on
    from measure_changes
    order by changed_on desc, id desc
    limit 100
  `;
}

/**
 * Records a change under the id its form was created with; resubmitting it changes nothing. It is
 * permanent.
 */
export async function recordChange(
  sql: AnySql,
  change: MeasureChange,
  identityId: string | null,
): Promise<void> {
  await sql`
    insert into measure_changes ${sql({ ...change, createdAt: now(), createdBy: identityId })}
    on conflict (id) do nothing
  `;
}
