/**
 * Pairs of records that may be duplicates: what a scan found, and what somebody decided about it.
 */
import { least, type Reason, type Score, sure } from "./duplicate_scores.ts";
import { NotFound } from "./errors.ts";
import { isHidden } from "./field_rights.ts";
import { fullName } from "./full_names.ts";
import { newId } from "./ids.ts";
import type { Fragment } from "./pool.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { Scope } from "./scope.ts";
import { companyName } from "./sights.ts";

export type Kind = "contact" | "company";

/** One record of a pair, as shown in the list. */
export interface Side {
  id: string;
  name: string;
  company: string | null;
  city: string | null;
  email: string | null;
}

export interface Pair extends Omit<Score, "blind"> {
  id: string;
  kind: Kind;
  one: Side;
  other: Side;
  /** Whether it is almost certain. */
  sure: boolean;
  dismissedAt: Date | null;
}

export interface Filter {
  kind: Kind;
  reason: Reason | null;
  /** Only those that are almost certain. */
  sure: boolean;
  /** Those that somebody has marked as different. */
  dismissed: boolean;
}

/** The number of rows deleted in one transaction. */
const batch = 10_000;
/** The number up to which the list counts. */
export const bound = 1_000;

const columns = {
  contact: ["contact_id", "other_contact_id"],
  company: ["company_id", "other_company_id"],
} as const;

/**
 * The score for sorting: if the birthday is hidden from the role, the one calculated without it.
 */
const scoreOf = (scope: Scope, kind: Kind, row: "d" | "s" = "d"): Fragment =>
  scope.sql`${scope.sql(`${row}.${isHidden(scope, kind, "birthday") ? "blind_score" : "score"}`)}`;

/** Saves pairs that a scan found similar enough, with or without the birthday; keeps decisions. */
export async function keep(
  { sql, tenantId, now }: Scope,
  scanId: string,
  kind: Kind,
  found: readonly (Score & { a: string; b: string })[],
): Promise<void> {
  const alike = found.filter(({ score, blind }) => Math.max(score, blind) >= least);
  if (alike.length === 0) return;
  const [one, other] = columns[kind];
  await sql`
    insert into duplicate_pairs (
      tenant_id, id, ${sql(one)}, ${sql(other)}, score, blind_score, reasons, scan_id, found_at
    )
    select ${tenantId}, f.id, f.a, f.b, f.score, f.blind, string_to_array(f.reasons, ','), ${scanId},
      ${now}
    from unnest(
      ${alike.map(() => newId())}::uuid[], ${alike.map(({ a }) => a)}::uuid[],
      ${alike.map(({ b }) => b)}::uuid[], ${alike.map(({ score }) => score)}::int[],
      ${alike.map(({ blind }) => blind)}::int[],
      ${alike.map(({ reasons }) => reasons.join())}::text[]
    ) as f (id, a, b, score, blind, reasons)
    on conflict (tenant_id, ${sql(one)}, ${sql(other)}) where ${sql(one)} is not null do update
    set score = excluded.score, blind_score = excluded.blind_score, reasons = excluded.reasons, scan_id = excluded.scan_id
  `;
}

/** Deletes pairs that a scan has not found again, a batch at a time; true when none are left. */
export async function removeStale({ sql, tenantId }: Scope, scanId: string): Promise<boolean> {
  const { count } = await sql`
    delete from duplicate_pairs
    where tenant_id = ${tenantId}
      and id in (
        select id
        from duplicate_pairs
        where tenant_id = ${tenantId}
          and scan_id <> ${scanId}
          and dismissed_at is null
        limit ${batch}
      )
  `;
  return count < batch;
}

/**
 * The pairs of a kind outside the trash, likeliest first, a page at a time; never restricted ones.
 */
export async function list(scope: Scope, filter: Filter, cursor: Cursor): Promise<Page<Pair>> {
  const { sql } = scope;
  const { id, backwards } = parts(cursor);
  const [score, last] = [scoreOf(scope, filter.kind), scoreOf(scope, filter.kind, "s")];
  const rows = await sql<Pair[]>`
    select d.id, ${filter.kind} as kind, ${score} as score, ${score} >= ${sure} as sure, d.reasons,
      d.dismissed_at,
      ${side(scope, filter.kind, "a")} as one, ${side(scope, filter.kind, "b")} as other
    ${living(scope, filter)}
      ${
    id === null ? sql`` : sql`
      and ${score} ${backwards ? sql`>=` : sql`<=`} (
        select ${last}
        from duplicate_pairs s
        where s.tenant_id = ${scope.tenantId}
          and s.id = ${id}
      )
      and (-${score}, d.id) ${backwards ? sql`<` : sql`>`} (
        select -${last}, s.id
        from duplicate_pairs s
        where s.tenant_id = ${scope.tenantId}
          and s.id = ${id}
      )`
  }
    order by ${score} ${backwards ? sql`asc` : sql`desc`}, d.id ${backwards ? sql`desc` : sql`asc`}
    limit ${pageSize + 1}
  `;
  return page(
    rows.map((row) => ({ ...row, reasons: visibleReasons(scope, row.kind, row.reasons) })),
    cursor,
  );
}

/** The reasons except those that reveal a hidden field. */
const visibleReasons = (scope: Scope, kind: Kind, reasons: readonly Reason[]): Reason[] =>
  reasons.filter((reason) => !isHidden(scope, kind, reason));

/** The number of pairs, up to `bound`. */
export async function count(scope: Scope, filter: Filter): Promise<number> {
  const { sql } = scope;
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from (
      select ${living(scope, filter)}
      limit ${bound + 1}
    ) f
  `;
  return row.count;
}

function living(scope: Scope, { kind, reason: asked, dismissed, ...filter }: Filter) {
  const { sql, tenantId } = scope;
  const reason = asked !== null && isHidden(scope, kind, asked) ? null : asked;
  const [one, other] = columns[kind];
  const table = sql(kind === "contact" ? "contacts" : "companies");
  return sql`
    from duplicate_pairs d
    join ${table} a on a.tenant_id = d.tenant_id and a.id = d.${sql(one)}
    join ${table} b on b.tenant_id = d.tenant_id and b.id = d.${sql(other)}
    where d.tenant_id = ${tenantId}
      and d.${sql(one)} is not null
      and d.dismissed_at is ${dismissed ? sql`not null` : sql`null`}
      and a.deleted_at is null
      and b.deleted_at is null
      and ${scoreOf(scope, kind)} >= ${filter.sure ? sure : least}
      ${reason === null ? sql`` : sql`and ${reason} = any (d.reasons)`}`;
}

function side(scope: Scope, kind: Kind, row: "a" | "b") {
  const { sql } = scope;
  const of = sql(row);
  const name = kind === "company" ? sql`${of}.name` : fullName(row);
  return sql`json_build_object(
    'id', ${of}.id, 'name', ${name}, 'company', ${companyName(scope, row)},
    'city', ${of}.summary->>'city', 'email', ${of}.summary->>'email'
  )`;
}

/**
 * Records that two records are different, for this and every later scan; returns their kind. Throws
 * NotFound.
 */
export async function dismiss({ sql, tenantId, actor, now }: Scope, id: string): Promise<Kind> {
  const [row] = await sql<{ kind: Kind }[]>`
    update duplicate_pairs
    set dismissed_at = coalesce(dismissed_at, ${now}),
      dismissed_by = case when dismissed_at is null then ${actor.userId}::uuid else dismissed_by end
    where tenant_id = ${tenantId}
      and id = ${id}
    returning ${kindOf(sql)}
  `;
  if (!row) throw new NotFound("duplicate");
  return row.kind;
}

/** Undoes that; returns their kind. Throws NotFound. */
export async function reopen({ sql, tenantId }: Scope, id: string): Promise<Kind> {
  const [row] = await sql<{ kind: Kind }[]>`
    update duplicate_pairs
    set dismissed_at = null, dismissed_by = null
    where tenant_id = ${tenantId}
      and id = ${id}
    returning ${kindOf(sql)}
  `;
  if (!row) throw new NotFound("duplicate");
  return row.kind;
}

/** Decisions about merged records also apply to the record they were merged into. */
export async function passOn(
  { sql, tenantId }: Scope,
  kind: Kind,
  mergeId: string,
  survivor: string,
  others: readonly string[],
): Promise<void> {
  const [one, other] = columns[kind].map((name) => sql`${sql(name)}`) as [Fragment, Fragment];
  await sql`
    insert into duplicate_pairs (
      tenant_id, id, ${one}, ${other}, score, blind_score, reasons, scan_id, found_at,
      dismissed_at, dismissed_by, merge_id
    )
    select distinct on (s.third) ${tenantId}::uuid, gen_random_uuid(), least(s.third, ${survivor}),
      greatest(s.third, ${survivor}), s.score, s.blind_score, s.reasons, s.scan_id, s.found_at, s.dismissed_at,
      s.dismissed_by, ${mergeId}::uuid
    from (
      select d.score, d.blind_score, d.reasons, d.scan_id, d.found_at, d.dismissed_at, d.dismissed_by,
        case when d.${one} = any (${[...others]}::uuid[]) then d.${other}
          else d.${one} end as third
      from duplicate_pairs d
      where d.tenant_id = ${tenantId}
        and d.dismissed_at is not null
        and (d.${one} = any (${[...others]}::uuid[]) or d.${other} = any (${[...others]}::uuid[]))
    ) s
    where s.third <> ${survivor}
      and s.third <> all (${[...others]}::uuid[])
    order by s.third, s.dismissed_at
    on conflict (tenant_id, ${one}, ${other}) where ${one} is not null do update
    set dismissed_at = excluded.dismissed_at, dismissed_by = excluded.dismissed_by,
      merge_id = excluded.merge_id
    where duplicate_pairs.dismissed_at is null
  `;
}

/** Removes decisions that a merge has passed on; a later scan may find the pair again. */
export async function takeBack({ sql, tenantId }: Scope, mergeId: string): Promise<void> {
  await sql`
    delete from duplicate_pairs
    where tenant_id = ${tenantId}
      and merge_id = ${mergeId}
  `;
}

const kindOf = (sql: Scope["sql"]) =>
  sql`case when contact_id is null then 'company' else 'contact' end as kind`;
