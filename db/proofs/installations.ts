/**
 * Proofs about the running installation: its columns, its users' data, its purposes, its rows'
 * ages.
 */
import { now } from "../clock.ts";
import { formerPurposes, jobPurposes } from "../job_purposes.ts";
import { deadLetters } from "../jobs.ts";
import { exportPurposes } from "../exports/pieces.ts";
import { purposes as mailPurposes } from "../mails.ts";
import { checkMeasures } from "../measures.ts";
import { compareMap, personalData } from "../personal_data.ts";
import type { Category } from "../personal_data/columns.ts";
import type { AnySql, Sql } from "../pool.ts";
import type { Outcome } from "../proofs.ts";
import { system, withScope } from "../scope.ts";
import { type SealedColumn, sealedColumns, tenantColumns } from "../secret_seals.ts";
import * as tenants from "../tenants.ts";

/** 1.1: every column of the database is in the personal-data map, and nothing else is. */
export async function mappedColumns(sql: Sql): Promise<Outcome> {
  const { mapped, missing, superfluous } = await compareMap(sql);
  return {
    passed: missing.length + superfluous.length === 0,
    figures: { columns: mapped, missing: missing.length, superfluous: superfluous.length },
  };
}

/** 3.1: only the columns that the policy allows exist about users, and passwords only as hashes. */
export async function userData(sql: Sql): Promise<Outcome> {
  const [row] = await sql<{ hashed: number; open: number }[]>`
    select
      count(*) filter (where password_hash like '$argon2id$%')::int as hashed,
      count(*) filter (where password_hash not like '$argon2id$%')::int as open
    from identities
    where password_hash is not null
  `;
  const columns = await sql<{ table: string; name: string }[]>`
    select table_name as table, column_name as name
    from information_schema.columns
    where table_schema = 'public'
      and table_name = any (${[...accountTables]})
  `;
  const strange = columns.filter(({ table, name }) => {
    const column = personalData[`public.${table}`]?.[name];
    return !column || !allowed.includes(column.category);
  });
  const open = row!.open + await unsealed(sql);
  return {
    passed: open === 0 && strange.length === 0,
    figures: { hashed: row!.hashed, open, strange: strange.length },
  };
}

/** The tables about a person who logs in. */
const accountTables = [
  ...["identities", "users", "sessions", "tokens"],
  ...["passkeys", "totp_factors", "recovery_codes"],
];

/** Stored secrets of others, such as a mailbox's password, that are not sealed. */
async function unsealed(sql: Sql): Promise<number> {
  const count = async (on: AnySql, { table, column }: SealedColumn, tenantId?: string) => {
    const [row] = await on<[{ count: number }]>`
      select count(*)::int as count
      from ${on(table)} t
      where ${tenantId === undefined ? on`true` : on`t.tenant_id = ${tenantId}`}
        and t.${on(column)} is not null
        and (octet_length(t.${on(column)}) < ${shortestSeal} or get_byte(t.${on(column)}, 0) > 2)
    `;
    return row.count;
  };
  let open = 0;
  const ofTenants = new Set<SealedColumn>(tenantColumns);
  for (const each of sealedColumns) if (!ofTenants.has(each)) open += await count(sql, each);
  for await (const tenantId of tenants.each(sql)) {
    await withScope(sql, { tenantId, actor: system }, async (scope) => {
      for (const each of tenantColumns) open += await count(scope.sql, each, tenantId);
    });
  }
  return open;
}

/** Mark, salt, nonce and tag, in bytes: nothing sealed is shorter. */
const shortestSeal = 1 + 16 + 12 + 16;

/** What clause 3.1 allows there: identity, contact, access, origin, settings, times. */
const allowed: readonly Category[] = [
  "name",
  "contact",
  "credentials",
  "network",
  "settings",
  "classification",
  "trace",
  "copy",
  "reference",
  "technical",
  // That somebody has made a request about it.
  "legal",
];

/** An installation younger than this, in milliseconds, has had no nightly run yet. */
const firstNight = 2 * 86_400_000;

/**
 * 3.1: no full address is older than seven days, neither in sessions nor in the log files as last
 * night's run saw them after finding the address planted there, and no other table has a place for
 * one: the limits on requests know visitors by digests alone.
 */
export async function addressesShortened(sql: Sql): Promise<Outcome> {
  const from = new Date(now().getTime() - firstNight);
  const [sessions] = await sql<{ overdue: number }[]>`
    select overdue
    from retention_overdue(${now()})
    where store = 'sessions.ip'
  `;
  const [run] = await sql<{ looked: number; whole: number; control: boolean }[]>`
    select looked, whole, control
    from log_runs
    where at > ${from}
    order by at desc
    limit 1
  `;
  const [provider] = await sql<{ fresh: boolean }[]>`
    select created_at > ${from} as fresh
    from provider
  `;
  const elsewhere = await addressColumns(sql);
  const [limits] = await sql<[{ readable: number }]>`
    select count(*)::int as readable
    from rate_limits
    where octet_length(key_digest) <> 32
  `;
  const logs = run ? run.whole === 0 && run.control : provider?.fresh ?? true;
  return {
    passed: sessions!.overdue + elsewhere + limits.readable === 0 && logs,
    figures: {
      sessions: sessions!.overdue,
      elsewhere: elsewhere + limits.readable,
      files: run?.looked ?? 0,
      whole: run?.whole ?? 0,
      control: run?.control ? "found" : run ? "missed" : "none",
    },
  };
}

/** Columns outside of sessions that are made for addresses, by their type or their name. */
async function addressColumns(sql: Sql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from information_schema.columns c
    where c.table_schema = 'public'
      and not (c.table_name = 'sessions' and c.column_name in ('ip', 'user_agent'))
      and (
        c.data_type in ('inet', 'cidr')
        or c.column_name ~ '(^|_)(ip|ips|ipv4|ipv6|client_address|remote_addr|user_agent)($|_)'
      )
  `;
  return row.count;
}

/** 3.2: every job, mail and export declares one of the four purposes, and no row states another. */
export async function purposesDeclared(sql: Sql): Promise<Outcome> {
  const four = ["provision", "communication", "security", "legal"];
  const declared = [
    ...Object.values(jobPurposes),
    ...Object.values(formerPurposes),
    ...Object.values(mailPurposes),
    ...Object.values(exportPurposes),
  ];
  const [row] = await sql<{ strange: number }[]>`
    select (
      select count(*)
      from mails m
      where not exists (
        select
        from jsonb_each_text(${sql.json(mailPurposes)}) as known (kind, purpose)
        where known.kind = m.kind
          and known.purpose = m.purpose
      )
    )::int + (
      select count(*)
      from jobs.job
      where name <> all (${[...Object.keys({ ...jobPurposes, ...formerPurposes }), deadLetters]})
        and name not like '\\_\\_pgboss%'
    )::int as strange
  `;
  const without = declared.filter((purpose) => !four.includes(purpose)).length;
  return {
    passed: without === 0 && row!.strange === 0,
    figures: {
      jobs: Object.keys(jobPurposes).length,
      mails: Object.keys(mailPurposes).length,
      exports: Object.keys(exportPurposes).length,
      without: without + row!.strange,
    },
  };
}

/** 5.1: nothing has exceeded its retention period by more than the day in which the jobs run. */
export async function nothingOverdue(sql: Sql): Promise<Outcome> {
  const rows = await sql<{ store: string; overdue: number }[]>`
    select store, overdue
    from retention_overdue(${now()})
  `;
  const [records] = await sql<[{ due: number; overdue: number }]>`
    select due, overdue
    from records_overdue(${now()})
  `;
  rows.push({ store: "records", overdue: records.overdue });
  const overdue = rows.filter((row) => row.overdue > 0);
  return {
    passed: overdue.length === 0,
    figures: {
      due: records.due,
      stores: rows.length,
      overdue: overdue.reduce((sum, row) => sum + row.overdue, 0),
      ...Object.fromEntries(overdue.map(({ store, overdue }) => [store, overdue])),
    },
  };
}

/** 7.1: every measure that can be checked is in force. */
export async function measuresInForce(sql: Sql): Promise<Outcome> {
  const checked = (await checkMeasures(sql)).filter(({ passed }) => passed !== null);
  const open = checked.filter(({ passed }) => !passed);
  return {
    passed: open.length === 0,
    figures: { checked: checked.length, ...Object.fromEntries(open.map(({ name }) => [name, 0])) },
  };
}
