/** Stores what a rehearsal or a run reports about single rows of the file. */
import { fullName } from "../full_names.ts";
import type { Scope } from "../scope.ts";
import type { Problem } from "./problems.ts";
import type { Glance } from "./glances.ts";
import type { Finding, Outcome } from "./findings.ts";

/** Rows per page of the report. */
const pageSize = 50;

/** Removes the report of the previous rehearsal or run. */
export async function clear({ sql, tenantId }: Scope, id: string): Promise<void> {
  await sql`
    delete from import_rows
    where tenant_id = ${tenantId}
      and import_id = ${id}
  `;
}

/** Adds findings about rows; of several with the same row and outcome the first is kept. */
export async function add(
  { sql, tenantId }: Scope,
  id: string,
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length === 0) return;
  await sql`
    insert into import_rows (
      tenant_id, import_id, row_no, outcome, problems, cells, contact_id, company_id
    )
    select ${tenantId}, ${id}, f.row_no, f.outcome, f.problems, f.cells, f.contact_id, f.company_id
    from jsonb_to_recordset(${
    sql.json(findings.map(({ row, outcome, problems, contactId, companyId, glance }) => ({
      row_no: row,
      outcome,
      problems,
      cells: glance ? [glance] : [],
      contact_id: contactId,
      company_id: companyId,
    })))
  }) as f (
      row_no int, outcome text, problems jsonb, cells jsonb, contact_id uuid, company_id uuid
    )
    on conflict do nothing
  `;
}

/** A row that repeats an earlier one of the file, and what is shown of the earlier one. */
export interface Repeat {
  row: number;
  earlier: number;
  glance: Glance;
}

/** Adds what is shown of the earlier row to rows that repeat it. */
export async function showRepeated(
  { sql, tenantId }: Scope,
  id: string,
  repeats: readonly Repeat[],
): Promise<void> {
  if (repeats.length === 0) return;
  await sql`
    update import_rows r
    set cells = r.cells || given.glance
    from jsonb_to_recordset(${sql.json(repeats)}) as given (
      row int, earlier int, glance jsonb
    )
    where r.tenant_id = ${tenantId}
      and r.import_id = ${id}
      and r.row_no = given.row
      and r.outcome = 'duplicate'
      and r.problems->0->>'code' = 'duplicate_in_file'
      and (r.problems->0->'params'->>'row')::int = given.earlier
  `;
}

/** A row of the report. */
export interface ReportedRow {
  row: number;
  outcome: Outcome;
  problems: Problem[];
  contactId: string | null;
  companyId: string | null;
  /** The row itself, and the row of the file that it repeats. */
  cells: Glance[];
}

/** One page of the report's rows with an outcome, in the order of the file, after row `after`. */
export async function list(
  { sql, tenantId }: Scope,
  id: string,
  outcome: Outcome,
  after = 0,
): Promise<{ rows: ReportedRow[]; next: number | null }> {
  const found = await sql<ReportedRow[]>`
    select row_no as row, outcome, problems, cells, contact_id, company_id
    from import_rows
    where tenant_id = ${tenantId}
      and import_id = ${id}
      and outcome = ${outcome}
      and row_no > ${after}
    order by row_no
    limit ${pageSize + 1}
  `;
  const page = found.slice(0, pageSize);
  return { rows: page, next: found.length > pageSize ? page.at(-1)!.row : null };
}

/** The existing records that rows of a page are about, in their current state, by id. */
export async function standing(
  { sql, tenantId }: Scope,
  rows: readonly ReportedRow[],
): Promise<ReadonlyMap<string, Glance>> {
  const ids = (of: "contactId" | "companyId") => rows.flatMap((row) => row[of] ?? []);
  const found = await sql<(Glance & { id: string })[]>`
    select c.id, ${fullName("c")} as name,
      coalesce(c.summary->>'company', '') as company, coalesce(c.summary->>'email', '') as email,
      coalesce(c.summary->>'phone', '') as phone, coalesce(c.summary->>'city', '') as place
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = any (${ids("contactId")}::uuid[])
      and c.deleted_at is null
    union all
    select c.id, c.name, '', coalesce(c.summary->>'email', ''), coalesce(c.summary->>'phone', ''),
      coalesce(c.summary->>'city', '')
    from companies c
    where c.tenant_id = ${tenantId}
      and c.id = any (${ids("companyId")}::uuid[])
      and c.deleted_at is null
  `;
  return new Map(found.map(({ id, ...glance }) => [id, glance]));
}

/** How many problems the rows with each outcome have. */
export async function tally(
  { sql, tenantId }: Scope,
  id: string,
): Promise<Partial<Record<Outcome, number>>> {
  const rows = await sql<{ outcome: Outcome; problems: number }[]>`
    select outcome, sum(jsonb_array_length(problems))::int as problems
    from import_rows
    where tenant_id = ${tenantId}
      and import_id = ${id}
    group by outcome
  `;
  return Object.fromEntries(rows.map(({ outcome, problems }) => [outcome, problems]));
}

/** All rows with an outcome in the order of the file, batch by batch. */
export function all(
  { sql, tenantId }: Scope,
  id: string,
  outcome: Outcome,
): AsyncIterable<ReportedRow[]> {
  return sql<ReportedRow[]>`
    select row_no as row, outcome, problems, cells, contact_id, company_id
    from import_rows
    where tenant_id = ${tenantId}
      and import_id = ${id}
      and outcome = ${outcome}
    order by row_no
  `.cursor(1_000);
}
