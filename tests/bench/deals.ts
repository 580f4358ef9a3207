/** Deals for the bench: a board full of open ones, whatever the number of contacts. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import * as pipelines from "../../db/pipelines.ts";
import type { Sql } from "../../db/pool.ts";
import { system, withScope } from "../../db/scope.ts";
import * as searchTexts from "../../db/search_texts.ts";

/** How many open deals the board holds. */
export const openDeals = 2_000;

/** Puts them into the open stages of the first pipeline, with owners, companies and search texts. */
export async function fillDeals(
  pool: Sql,
  tenantId: string,
  owners: readonly string[],
): Promise<void> {
  await withScope(pool, { tenantId, actor: system }, async (scope) => {
    const { sql } = scope;
    const [{ id: pipelineId, stages }] = await pipelines.list(scope);
    const open = stages.filter(({ kind }) => kind === "open").map(({ id }) => id);
    const companies = await sql<{ id: string }[]>`
      select id
      from companies
      where tenant_id = ${tenantId}
      order by id
      limit ${openDeals}
    `;
    const ids = Array.from({ length: openDeals }, () => newId());
    const each = <T>(of: readonly T[]) => ids.map((_, n) => of[n % of.length] ?? null);
    await sql`
      insert into deals (
        tenant_id, id, title, company_id, amount_cents, expected_close_on, owner_id, pipeline_id,
        stage_id, status, stage_since, last_touch_at, created_at, updated_at
      )
      select ${tenantId}, d.id, 'Rahmenvertrag Nr. ' || d.n, d.company_id, d.n * 12345,
        ${now()}::date + (d.n % 90)::int, d.owner_id, ${pipelineId}, d.stage_id, 'open', d.since,
        d.since, d.since, d.since
      from (
        select *, ${now()}::timestamptz - make_interval(hours => n::int % 700) as since
        from unnest(
          ${ids}::uuid[], ${each(companies.map(({ id }) => id))}::uuid[], ${each(owners)}::uuid[],
          ${each(open)}::uuid[]
        ) with ordinality as made (id, company_id, owner_id, stage_id, n)
      ) d
    `;
    await searchTexts.refresh(scope, "deal", ids);
  });
}
