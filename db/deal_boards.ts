/** The board of a pipeline: the deals in each stage, their total value, and the first cards. */
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
  /** Whether it is open with no activity planned. */
  idle: boolean;
  summary: DealSummary;
}

/** The totals of a stage. */
export interface Total {
  /** At most one more than `bound`. */
  count: number;
  /** Cents by currency, as integers of any length, largest first. */
  sums: { currency: string; cents: string }[];
}

export interface Column extends Total {
  stageId: string;
  cards: Card[];
  /** The card after which the next page begins, or null at the end. */
  next: string | null;
}

/** The filter of a board. */
export interface BoardFilter {
  owner: string | null;
  tag: string | null;
  rotting: boolean;
  /** Only deals with no activity planned. */
  idle: boolean;
}

/** The number of cards shown at once in a column. */
const pageSize = 20;
/** The number of deals up to which a column is counted and summed. */
export const bound = 10_000;
/** The number of days for which won and lost deals stay on the board. */
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

/** The cards of one column that follow a card; none if that is not on the board. */
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

/** Everybody sees counts; only those who may see amounts see sums. */
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
