/** The board of a pipeline: what stands in each stage, how much it is worth, and its first cards. */
import { isHidden, type Limited, shown } from "./field_rights.ts";
import { literal } from "./pages.ts";
import { conditions, type Filter, planned } from "./record_filters.ts";
import type { Pipeline } from "./pipelines.ts";
import type { Scope } from "./scope.ts";
import { summary } from "./sights.ts";
import type { DealSummary } from "./deal_lists.ts";

export interface Card {
  id: string;
  version: number;
  title: string;
  amountCents: number | null;
  currency: string;
  expectedCloseOn: string | null;
  stageSince: Date;
  ownerId: string | null;
  /** Whether it is open and nothing is planned for it. */
  idle: boolean;
  summary: DealSummary;
}

/** What stands in a stage in all. */
export interface Total {
  /** At most one more than `bound`. */
  count: number;
  /** Cents by currency, as whole numbers of any length; the largest first. */
  sums: { currency: string; cents: string }[];
}

export interface Column extends Total {
  stageId: string;
  cards: Card[];
  /** The card to go on after, or null at the end. */
  next: string | null;
}

/** What a board is narrowed by. */
export interface BoardFilter {
  owner: string | null;
  tag: string | null;
  rotting: boolean;
  /** Only those for which nothing is planned. */
  idle: boolean;
}

/** Cards of a column that are shown at once. */
export const pageSize = 20;
/** Beyond so many a column is not counted and summed any further. */
export const bound = 10_000;
/** Won and lost deals stay on the board for so long. */
export const closedDays = 30;

const asFilter = ({ owner, tag, rotting, idle }: BoardFilter): Filter => ({
  q: "",
  status: null,
  company: null,
  owner,
  tag,
  ...(rotting ? { rotting: true } : {}),
  ...(idle ? { empty: ["activity"] } : {}),
});

/** The deals `p` of the stage `s` that are on the board. */
function onBoard(scope: Scope, filter: BoardFilter) {
  const { sql, tenantId, now } = scope;
  const since = new Date(now.getTime() - closedDays * 86_400_000);
  return sql`
        from deals p
        where p.tenant_id = ${tenantId}
          and p.stage_id = s.id
          and p.deleted_at is null
          and (s.kind = 'open' or p.stage_since >= ${since})
          ${conditions(scope, "deal", asFilter(filter))}`;
}

/** All columns of a pipeline's board in order, each with its newest cards. */
export async function list(
  scope: Scope,
  { id, stages }: Pipeline,
  filter: BoardFilter,
): Promise<Column[]> {
  const { sql, tenantId } = scope;
  const [totals, cards] = await Promise.all([
    sql<({ stageId: string; currency: string; count: number; cents: string })[]>`
      select s.id as stage_id, t.currency, t.count, t.cents
      from stages s
      cross join lateral (
        select found.currency, count(*)::int as count, coalesce(sum(found.amount_cents), 0)::text as cents
        from (
          select p.currency, p.amount_cents
          ${onBoard(scope, filter)}
          limit ${literal(bound + 1)}
        ) found
        group by found.currency
      ) t
      where s.tenant_id = ${tenantId}
        and s.pipeline_id = ${id}
        and s.removed_at is null
    `,
    sql<(Card & { stageId: string })[]>`
      select c.*
      from stages s
      cross join lateral (
        ${cardsOf(scope, filter, null)}
      ) c
      where s.tenant_id = ${tenantId}
        and s.pipeline_id = ${id}
        and s.removed_at is null
      order by c.stage_id, c.stage_since desc, c.id desc
    `,
  ]);
  const totalsBy = Map.groupBy(totals, ({ stageId }) => stageId);
  const cardsBy = Map.groupBy(cards, ({ stageId }) => stageId);
  return stages.map((stage) => ({
    ...total(scope, totalsBy.get(stage.id) ?? []),
    ...page(scope, stage.id, cardsBy.get(stage.id) ?? []),
  }));
}

/** The cards of one column that follow after a card; none when that is not on the board. */
export async function more(
  scope: Scope,
  stageId: string,
  filter: BoardFilter,
  after: string,
): Promise<Pick<Column, "stageId" | "cards" | "next">> {
  const { sql, tenantId } = scope;
  const cards = await sql<Card[]>`
    select c.*
    from stages s
    cross join lateral (
      ${cardsOf(scope, filter, after)}
    ) c
    where s.tenant_id = ${tenantId}
      and s.id = ${stageId}
      and s.removed_at is null
    order by c.stage_since desc, c.id desc
  `;
  return page(scope, stageId, cards);
}

function cardsOf(scope: Scope, filter: BoardFilter, after: string | null) {
  const { sql, tenantId } = scope;
  return sql`
        select p.id, p.stage_id, p.version, p.title, p.amount_cents::float8, p.currency,
          p.expected_close_on, p.stage_since, p.owner_id,
          s.kind = 'open' and not ${planned(scope, "deal", sql`offset 0`)} as idle,
          ${summary(scope, "p")} as summary
        ${onBoard(scope, filter)}
          ${
    after === null ? sql`` : sql`
          and (p.stage_since, p.id) < (
            select a.stage_since, a.id
            from deals a
            where a.tenant_id = ${tenantId}
              and a.id = ${after}
          )`
  }
        order by p.stage_since desc, p.id desc
        limit ${literal(pageSize + 1)}`;
}

function page(
  who: Limited,
  stageId: string,
  found: Card[],
): Pick<Column, "stageId" | "cards" | "next"> {
  const cards = found.slice(0, pageSize).map((card) => shown(who, "deal", card));
  return { stageId, cards, next: found.length > pageSize ? cards.at(-1)!.id : null };
}

/** Counts are told to everybody, sums to whoever sees amounts. */
function total(
  who: Limited,
  rows: readonly { currency: string; count: number; cents: string }[],
): Total {
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    sums: isHidden(who, "deal", "amount") ? [] : rows.filter(({ cents }) => cents !== "0")
      .map(({ currency, cents }) => ({ currency, cents }))
      .sort((a, b) => Number(b.cents) - Number(a.cents)),
  };
}
