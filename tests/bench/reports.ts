/** Reports over many deals: how often a second the page of numbers is answered. */
import { now } from "../../db/clock.ts";
import * as pipelines from "../../db/pipelines.ts";
import { openPool } from "../../db/pool.ts";
import { system, withScope } from "../../db/scope.ts";
import type { Row } from "./load.ts";
import { firstTenant } from "./tenants.ts";

/** So many deals are counted, two of five of them closed. */
const counted = 50_000;

export const report: Row = {
  name: `numbers over ${counted.toLocaleString("en")} deals`,
  status: 200,
  ask: () => ({ path: "/reports" }),
};

/** Puts the deals into the first pipeline of the only tenant, with the steps that they took. */
export async function fillReports(ownerUrl: string): Promise<void> {
  const pool = openPool(ownerUrl, { max: 1, name: "kompaktcrm bench", statementTimeout: 0 });
  try {
    const tenantId = await firstTenant(pool);
    await withScope(pool, { tenantId, actor: system }, async (scope) => {
      const { sql } = scope;
      const [{ id: pipelineId, stages }] = await pipelines.list(scope);
      const of = (kind: string) => stages.filter((each) => each.kind === kind).map(({ id }) => id);
      const open = of("open");
      const at = now();
      await sql`
        insert into deals (
          tenant_id, id, title, amount_cents, expected_close_on, pipeline_id, stage_id, status,
          stage_since, closed_at, last_touch_at, created_at, updated_at
        )
        select ${tenantId}, gen_random_uuid(), 'Auftrag Nr. ' || n, n * 100,
          ${at}::date + n % 300, ${pipelineId},
          case n % 5 when 0 then ${of("won")[0]!}::uuid when 1 then ${of("lost")[0]!}::uuid
            else (${open}::uuid[])[1 + n % ${open.length}] end,
          case n % 5 when 0 then 'won' when 1 then 'lost' else 'open' end,
          ${at}::timestamptz - make_interval(days => n % 300),
          case when n % 5 < 2 then ${at}::timestamptz - make_interval(days => n % 300) end,
          ${at}, ${at}::timestamptz - interval '400 days', ${at}
        from generate_series(1, ${counted}::int) n
      `;
    });
    await pool`vacuum analyze deals, stat_facts`;
  } finally {
    await pool.end({ timeout: 5 });
  }
}
