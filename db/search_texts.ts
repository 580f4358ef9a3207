/** Search texts and summaries of records, rewritten by whoever changes what they contain. */
import { enqueue } from "./jobs.ts";
import { literal } from "./pages.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import { widely } from "./sights.ts";

/** Records rewritten around companies within a request or one transaction of the job. */
export const batch = 1_000;

/** Records that contain the name of a company. */
type Follower = Exclude<Kind, "company">;

/** How far the job has come: the last record rewritten; null for none of its kind. */
export interface Place {
  kind: Follower;
  after: string | null;
}

/** Where the job starts. */
export const start: Place = { kind: "contact", after: null };

/** Call after changes to these records, their tags, contact details or companies. */
export async function refresh(
  { sql }: Scope,
  kind: Kind,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`select ${sql(`refresh_${kind}_search`)}(${[...ids]}::uuid[])`;
}

/**
 * For companies renamed, removed or restored: their contacts and deals show the name. If they are
 * more than one request can rewrite, a job does it once the transaction is committed.
 */
export async function refreshAround(
  scope: Scope,
  companyIds: readonly string[],
): Promise<void> {
  if (companyIds.length === 0) return;
  const { sql, tenantId, now } = scope;
  await widely(scope, async () => {
    const contacts = await around(scope, start, companyIds, batch + 1);
    const deals = await around(scope, { kind: "deal", after: null }, companyIds, batch + 1);
    if (contacts.length + deals.length > batch) {
      await sql`
        update companies
        set behind_since = ${now}
        where tenant_id = ${tenantId}
          and id = any (${[...companyIds]}::uuid[])
      `;
      await enqueue(sql, "follow_companies", tenantId, { companyIds: [...companyIds] });
      return;
    }
    await refresh(scope, "contact", contacts);
    await refresh(scope, "deal", deals);
  });
}

/** A company whose contacts and deals may still show an earlier name, since its last change. */
export interface Behind {
  id: string;
  behindSince: Date;
}

/** Those of the companies that are behind, before the job begins with them. */
export async function listBehind(
  { sql, tenantId }: Scope,
  companyIds: readonly string[],
): Promise<Behind[]> {
  return await sql<Behind[]>`
    select id, behind_since
    from companies
    where tenant_id = ${tenantId}
      and id = any (${[...companyIds]}::uuid[])
      and behind_since is not null
  `;
}

/** Notes that all records around them were rewritten, except where a name has changed since. */
export async function settle({ sql, tenantId }: Scope, behind: readonly Behind[]): Promise<void> {
  await sql`
    update companies c
    set behind_since = null
    from unnest(${behind.map(({ id }) => id)}::uuid[], ${
    behind.map(({ behindSince }) => behindSince.toISOString())
  }::text[]) as b (id, since)
    where c.tenant_id = ${tenantId}
      and c.id = b.id
      and c.behind_since = b.since::timestamptz
  `;
}

/**
 * Starts the job again for companies that are behind: it may have used up its attempts, and a
 * restored backup does not include it. Where it is still at work it finds nothing left to do.
 */
export async function resume({ sql, tenantId }: Scope): Promise<number> {
  const rows = await sql<{ id: string }[]>`
    select id
    from companies
    where tenant_id = ${tenantId}
      and behind_since is not null
    order by id
    limit ${literal(batch)}
  `;
  const companyIds = rows.map(({ id }) => id);
  if (companyIds.length > 0) await enqueue(sql, "follow_companies", tenantId, { companyIds });
  return companyIds.length;
}

/**
 * Rewrites the next records around these companies; returns the place to go on from, or null when
 * none is left. May be run again from any place: each record is rewritten from what is true now.
 */
export const work = (
  scope: Scope,
  companyIds: readonly string[],
  { kind, after }: Place,
): Promise<Place | null> =>
  widely(scope, async () => {
    const { sql, tenantId } = scope;
    // Restricted persons show the name again once their restriction is lifted.
    await sql`set local app.sees_restricted = 'on'`;
    const ids = await around(scope, { kind, after }, companyIds, batch);
    // Locked first, in one order: what others are saving must not be overwritten by older words.
    await sql`
      select
      from ${sql(tables[kind])}
      where tenant_id = ${tenantId}
        and id = any (${ids}::uuid[])
      order by id
      for no key update
    `;
    await refresh(scope, kind, ids);
    if (ids.length === batch) return { kind, after: ids.at(-1)! };
    return kind === "contact" ? { kind: "deal", after: null } : null;
  });

/** The next contacts or deals of these companies, in the order of their ids. */
async function around(
  { sql, tenantId }: Scope,
  { kind, after }: Place,
  companyIds: readonly string[],
  most: number,
): Promise<string[]> {
  const id = sql(kind === "contact" ? "contact_id" : "id");
  const rows = await sql<{ id: string }[]>`
    select distinct ${id} as id
    from ${sql(kind === "contact" ? "affiliations" : "deals")}
    where tenant_id = ${tenantId}
      and company_id = any (${[...companyIds]}::uuid[])
      ${after === null ? sql`` : sql`and ${id} > ${after}`}
    order by 1
    limit ${literal(most)}
  `;
  return rows.map((row) => row.id);
}
