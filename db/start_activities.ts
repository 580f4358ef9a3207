/** What the acting user has to do: overdue, today, and in the days after, a few of each. */
import { visible } from "./activity_links.ts";
import { type ActivityRow, bounds, rowColumns } from "./activity_lists.ts";
import type { Scope } from "./scope.ts";
import { most, type Section, section } from "./start_lists.ts";

export const parts = ["overdue", "today", "later"] as const;
export type Part = typeof parts[number];

export type Due = Record<Part, Section<ActivityRow>>;

/** The open activities of the acting user that have a date, by one query. */
export async function list(scope: Scope): Promise<Due> {
  const { sql, tenantId, actor, now } = scope;
  const { today, tomorrow, later } = bounds(now);
  const between = (part: Part, from: Date | null, to: Date) =>
    sql`(
      select ${part} as part, a.id
      from activities a
      where a.tenant_id = ${tenantId}
        and a.owner_id = ${actor.userId}
        and a.done_at is null
        ${from === null ? sql`` : sql`and a.due_key >= ${from}`}
        and a.due_key < ${to}
        and ${visible(scope)}
      order by a.due_key, a.id
      limit ${most + 1}
    )`;
  const rows = await sql<(ActivityRow & { part: Part })[]>`
    select picked.part, ${rowColumns(scope)}
    from (
      ${between("overdue", null, today)}
      union all
      ${between("today", today, tomorrow)}
      union all
      ${between("later", tomorrow, later)}
    ) picked
    join activities a on a.tenant_id = ${tenantId} and a.id = picked.id
    order by a.due_key, a.id
  `;
  const of = (part: Part) => section(rows.filter((row) => row.part === part));
  return { overdue: of("overdue"), today: of("today"), later: of("later") };
}
