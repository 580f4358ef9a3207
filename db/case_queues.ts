/** The queue of cases: open ones by deadline, closed ones latest first. */
import { looked, wrote } from "./authorities.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { CaseStatus, Channel } from "./cases.ts";
import type { Status } from "./case_statuses.ts";
import type { Right } from "./letters.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

export interface QueueRow {
  id: string;
  number: string;
  channel: Channel;
  status: CaseStatus;
  personName: string;
  receivedOn: string;
  targetOn: string;
  dueOn: string;
  confirmed: boolean;
  extended: boolean;
  paused: boolean;
  duplicate: boolean;
  /** Whether an authority seems to have written: none of the days is its own. */
  authority: boolean;
  items: { right: Right; status: Status }[];
}

/** A page of the open or the closed cases. */
export async function list(
  { sql, tenantId }: Scope,
  status: CaseStatus,
  cursor: Cursor,
): Promise<Page<QueueRow>> {
  const { id, backwards } = parts(cursor);
  const key = status === "open" ? sql`due_on` : sql`closed_at`;
  const down = (status === "closed") !== backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const rows = await sql<(Omit<QueueRow, "authority"> & { personEmail: string; body: string })[]>`
    select c.id, c.number, c.channel, c.status, c.person_name, c.received_on, c.target_on, c.due_on,
      c.person_email, left(c.body, ${looked}) as body,
      c.confirmed_at is not null as confirmed, c.extended_at is not null as extended,
      c.paused_at is not null as paused, c.duplicate_of is not null as duplicate,
      coalesce((
        select jsonb_agg(
          jsonb_build_object('right', i.claimed_right, 'status', i.status) order by i.id
        )
        from case_items i
        where i.tenant_id = c.tenant_id
          and i.case_id = c.id
      ), '[]') as items
    from cases c
    where c.tenant_id = ${tenantId}
      and c.status = ${status}
      ${
    id === null ? sql`` : sql`
      and (c.${key}, c.id) ${down ? sql`<` : sql`>`} (
        select a.${key}, a.id
        from cases a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`
  }
    order by c.${key} ${direction}, c.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(
    rows.map(({ personEmail, body, ...row }) => ({
      ...row,
      authority: wrote({ personEmail, body }),
    })),
    cursor,
  );
}

/** How many requests are open. */
export async function countOpen({ sql, tenantId }: Scope): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from cases
    where tenant_id = ${tenantId}
      and status = 'open'
  `;
  return row.count;
}

/** Other cases of the same person: the one a case is linked to, and those linked to either. */
export async function listRelated(
  { sql, tenantId }: Scope,
  caseId: string,
  duplicateOf: string | null,
): Promise<{ id: string; number: string; receivedOn: string; status: CaseStatus }[]> {
  const root = duplicateOf ?? caseId;
  return await sql<{ id: string; number: string; receivedOn: string; status: CaseStatus }[]>`
    select c.id, c.number, c.received_on, c.status
    from cases c
    where c.tenant_id = ${tenantId}
      and c.id <> ${caseId}
      and (c.id = ${root} or c.duplicate_of = ${root})
    order by c.received_on, c.id
    limit 20
  `;
}

/**
 * Whether an open request is about contact `p`: by its address, or because somebody has said so.
 * Tenants without open requests skip the costly lookup.
 */
export const inCase = (sql: Scope["sql"]): Fragment =>
  sql`(
    exists (
      select
      from cases c
      where c.tenant_id = p.tenant_id
        and c.status = 'open'
    )
    and in_open_case(p.tenant_id, p.id)
  )`;
