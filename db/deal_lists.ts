/** The list of deals: a page of it and their number; and the deals of a record. */
import { isHidden, shown } from "./field_rights.ts";
import { type Cursor, literal, type Page } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Filter, planned } from "./record_filters.ts";
import * as counts from "./record_counts.ts";
import * as lists from "./record_lists.ts";
import type { Scope } from "./scope.ts";
import { summary } from "./sights.ts";
import { named } from "./tag_changes.ts";
import type { Colour, StageKind } from "./stages.ts";

/** What a row shows beyond its own columns; stored with the search text. */
export interface DealSummary {
  companyId?: string;
  company?: string;
  tags?: string[];
}

export interface DealRow {
  id: string;
  title: string;
  amountCents: number | null;
  currency: string;
  expectedCloseOn: string | null;
  pipelineId: string;
  stageId: string;
  status: StageKind;
  stageSince: Date;
  ownerId: string | null;
  source: string;
  lastTouchAt: Date;
  createdAt: Date;
  summary: DealSummary;
}

/** A row as shown on a page. */
export interface ListedDeal extends DealRow {
  /** Whether it is open with no activity planned. */
  idle: boolean;
}

/** A page of the deals that match the filter. */
export async function list(
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size?: number,
): Promise<Page<ListedDeal>> {
  const { sql } = scope;
  const asked = { filter, given, cursor, size };
  const all = sql`
    ${columns(scope)}, p.status = 'open' and not ${planned(scope, "deal", sql`offset 0`)} as idle`;
  const found = await lists.list<ListedDeal>(scope, "deal", all, asked);
  return { ...found, rows: found.rows.map((row) => shown(scope, "deal", row)) };
}

/** The same page with its instants as text. */
export async function listWritten(
  scope: Scope,
  filter: Filter,
  given: lists.Order,
  cursor: Cursor,
  size: number,
): Promise<Page<lists.Written<DealRow>>> {
  const asked = { filter, given, cursor, size };
  const as = scope.sql`::text`;
  const found = await lists.list<lists.Written<DealRow>>(scope, "deal", columns(scope, as), asked);
  return { ...found, rows: found.rows.map((row) => shown(scope, "deal", row)) };
}

const columns = (scope: Scope, as: Fragment = scope.sql``) =>
  scope.sql`
    p.id, p.title, p.amount_cents::float8, p.currency, p.expected_close_on, p.pipeline_id,
      p.stage_id, p.status, p.stage_since${as}, p.owner_id, p.source, p.last_touch_at${as},
      p.created_at${as},
      ${named(scope, "deal", summary(scope, "p"))} as summary`;

/** How many deals match the filter, at most one more than the limit that applies. */
export const count = (scope: Scope, filter: Filter): Promise<number> =>
  counts.count(scope, "deal", filter);

/** A deal as shown on the page of its company or person. */
export interface RelatedDeal extends Pick<DealRow, "id" | "title" | "amountCents" | "currency"> {
  status: StageKind;
  stage: string;
  colour: Colour;
  expectedCloseOn: string | null;
  closedAt: Date | null;
  /** The person's role in it; empty for a company. */
  role: string;
}

/** The first deals of a record, and whether there are more. */
export interface Related {
  deals: RelatedDeal[];
  more: boolean;
}

/** The number of deals on a record's page; the list shows the rest. */
const few = 10;

/**
 * The deals of a company or person outside the trash, open ones first, then the last ones closed.
 */
export async function of(
  scope: Scope,
  kind: "contact" | "company",
  id: string,
): Promise<Related> {
  const { sql, tenantId } = scope;
  const persons = kind === "contact";
  const rows = await sql<RelatedDeal[]>`
    select p.id, p.title, p.amount_cents::float8, p.currency, p.status, s.name as stage, s.colour,
      p.expected_close_on, p.closed_at, ${persons ? sql`x.role` : sql`''`} as role
    from deals p
    join stages s on s.tenant_id = ${tenantId} and s.id = p.stage_id
    ${persons ? sql`join deal_contacts x on x.tenant_id = ${tenantId} and x.deal_id = p.id` : sql``}
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
      and ${persons ? sql`x.contact_id` : sql`p.company_id`} = ${id}
    order by p.status = 'open' desc, p.closed_at desc nulls first, ${
    // The order would reveal hidden dates.
    isHidden(scope, "deal", "expectedCloseOn") ? sql`` : sql`p.close_key,`} p.id
    limit ${literal(few + 1)}
  `;
  const deals = rows.slice(0, few).map((row) => shown(scope, "deal", row));
  return { deals, more: rows.length > few };
}
