/** Reports: each is counted once a minute, however many people look. */
import { isHidden, type Limited } from "./field_rights.ts";
import { count, type Figures, type Filter } from "./report_figures.ts";
import type { Scope } from "./scope.ts";
import { isNarrowed } from "./sights.ts";

export interface Report {
  figures: Figures;
  madeAt: Date;
}

/** How long figures stay fresh, in milliseconds. */
const freshFor = 60_000;
/** How long figures that nobody asks for again are kept, in milliseconds. */
const keptFor = 3_600_000;

/** The figures for a filter that the role may see, at most a minute old. */
export async function find(scope: Scope, filter: Filter): Promise<Report> {
  const { figures, madeAt } = await made(scope, filter);
  return { figures: seen(scope, figures), madeAt };
}

/** Totals and the forecast are amounts too, and a month of the forecast is when deals may close. */
function seen(who: Limited, figures: Figures): Figures {
  const amounts = !isHidden(who, "deal", "amount");
  const months = !isHidden(who, "deal", "expectedCloseOn");
  if (amounts && months) return figures;
  const visible = <Row extends { cents: string }>(rows: Row[]) =>
    amounts ? rows : rows.map((row) => ({ ...row, cents: "0" }));
  return {
    ...figures,
    pipeline: visible(figures.pipeline),
    closed: visible(figures.closed),
    reasons: visible(figures.reasons),
    forecast: amounts && months ? figures.forecast : [],
  };
}

/** The figures for a filter, the same for all roles. */
async function made(scope: Scope, filter: Filter): Promise<Report> {
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
    values (${tenantId}, ${key}, ${sql.json(figures)}, ${now})
    on conflict (tenant_id, key) do update
    set figures = excluded.figures, made_at = excluded.made_at
  `;
  return { figures, madeAt: now };
}
