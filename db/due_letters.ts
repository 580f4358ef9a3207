/** Finds the letters due to officers, over all controllers, and records which reports were sent. */
import type { Head } from "./case_events.ts";
import type { LetterKind } from "./case_letters.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

export interface DueLetter {
  tenantId: string;
  caseId: string;
  kind: LetterKind;
  occasion: string;
}

/** The letters that are due on a day; reminders only when their time has come. */
export async function list(
  sql: AnySql,
  at: Date,
  day: string,
  remind: boolean,
  most: number,
): Promise<DueLetter[]> {
  return await sql<DueLetter[]>`
    select tenant_id, case_id, kind, occasion
    from officer_letters_due(${at}, ${day}, ${remind}, ${most})
  `;
}

/** Milliseconds after which nobody waits for a first search any more: it may have failed. */
const patience = 600_000;

/** Whether a new request's person is still being searched for: its letters wait for that. */
export async function isSearching(
  { sql, tenantId, now }: Scope,
  caseId: string,
): Promise<boolean> {
  const [row] = await sql`
    select
    from cases c
    where c.tenant_id = ${tenantId}
      and c.id = ${caseId}
      and c.created_at > ${new Date(now.getTime() - patience)}
      and not exists (
        select
        from case_findings f
        where f.tenant_id = c.tenant_id
          and f.case_id = c.id
          and f.searched_at is not null
      )
  `;
  return row !== undefined;
}

/** Whether a chain report was sent before a day: before the first one no weekly report is owed. */
export async function hadReportBefore({ sql, tenantId }: Scope, day: string): Promise<boolean> {
  const [row] = await sql`
    select exists (
      select from officer_reports
      where tenant_id = ${tenantId}
        and kind = 'chain'
        and day < ${day}
    ) as had
  `;
  return row!.had;
}

/** Records a day's report; false if it was already sent. */
export async function noteReport(
  { sql, tenantId, now }: Scope,
  kind: "week" | "chain",
  day: string,
  head: Head,
): Promise<boolean> {
  const { count } = await sql`
    insert into officer_reports (tenant_id, kind, day, seq, digest, created_at)
    values (
      ${tenantId}, ${kind}, ${day}, ${head.seq}, decode(${head.digest}, 'hex'), ${now}
    )
    on conflict do nothing
  `;
  return count > 0;
}
