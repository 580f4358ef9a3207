/** Reports: counted once a minute for each question, however many look. */
import { count, type Figures, type Filter } from "./report_figures.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

export interface Report {
  figures: Figures;
  madeAt: Date;
}

/** How long figures are good for, in milliseconds. */
const freshFor = 60_000;
/** How long an answer that nobody asks for again is kept. */
const keptFor = 3_600_000;

/** The figures of a question, at most a minute old; counted anew for who does not see all. */
export async function find(scope: Scope, filter: Filter): Promise<Report> {
  const { sql, tenantId, now } = scope;
  if (isNarrowed(scope)) return { figures: await count(scope, filter), madeAt: now };
  const key = [filter.from, filter.to, filter.owner ?? "", filter.currency].join(" ");
  const [kept] = await sql<Report[]>`
    select figures, made_at
    from stat_snapshots
    where tenant_id = ${tenantId}
      and key = ${key}
      and made_at > ${new Date(now.getTime() - freshFor)}
  `;
  if (kept) return kept;
  const figures = await count(scope, filter);
  await sql`
    delete from stat_snapshots
    where tenant_id = ${tenantId}
      and made_at < ${new Date(now.getTime() - keptFor)}
  `;
  await sql`
    insert into stat_snapshots (tenant_id, key, figures, made_at)
    values (${tenantId}, ${key}, ${sql.json(figures as never)}, ${now})
    on conflict (tenant_id, key) do update
    set figures = excluded.figures, made_at = excluded.made_at
  `;
  return { figures, madeAt: now };
}
