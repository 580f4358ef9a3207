/**
 * Undoes a whole import batch by batch: everything it created is removed, even if changed since,
 * and what it changed is restored. Until the last batch the import counts as being undone.
 */
import { removeAlone, removeOwnOfImport } from "../activity_erasures.ts";
import * as changes from "../changes.ts";
import { Invalid } from "../errors.ts";
import { enqueue } from "../jobs.ts";
import * as mergeEnds from "../merge_ends.ts";
import { literal } from "../pages.ts";
import { longPool, type Sql } from "../pool.ts";
import { type Kind, tables } from "../record_kinds.ts";
import { type Scope, type Who, withScope } from "../scope.ts";
import * as sights from "../sights.ts";
import * as suppressions from "../suppressions.ts";
import * as deals from "./deal_undos.ts";
import * as reversals from "./reversals.ts";
import { stays } from "./stays.ts";

/**
 * Orders the undo, or resumes an interrupted one. Throws Invalid if the import is not done, is
 * being undone already, or its 30 days are over.
 */
export async function order({ sql, tenantId, now }: Scope, importId: string): Promise<void> {
  const [found] = await sql`
    update imports
    set status = 'undoing', error_code = null, started_at = ${now},
      progress = case when status = 'done' then 0 else progress end
    where tenant_id = ${tenantId}
      and id = ${importId}
      and kind = 'file'
      and (
        status = 'done' and undo_until > ${now}
        or status = 'undoing' and error_code is not null
      )
    returning id
  `;
  if (found) return await enqueue(sql, "undo_import", tenantId, { importId });
  const [undoing] = await sql`
    select
    from imports
    where tenant_id = ${tenantId}
      and id = ${importId}
      and status = 'undoing'
  `;
  throw new Invalid(undoing ? "imports.being_undone" : "imports.not_undoable");
}

/** Records removed in one transaction. */
export const batch = 1_000;

/** What a run of the undo has already passed, so that it need not look there again. */
export interface Place {
  step: "updates" | "activities" | "deal" | "contact" | "company" | "rest";
  /** The last record of the step that was handled. */
  after: string | null;
}

export const outset: Place = { step: "updates", after: null };

/** Undoes an import as ordered, batch by batch. If interrupted, the next run resumes. */
export async function run(
  pool: Sql,
  who: Who,
  importId: string,
  { secretKey, signal }: { secretKey: string; signal: AbortSignal },
): Promise<void> {
  for (let place: Place | null = outset; place !== null;) {
    signal.throwIfAborted();
    const from: Place = place;
    place = await withScope(longPool(pool), who, (scope) => work(scope, secretKey, importId, from));
  }
}

/** Undoes the next batch in one transaction. Returns where to continue, null when all is undone. */
export async function work(
  scope: Scope,
  secretKey: string,
  importId: string,
  from: Place,
): Promise<Place | null> {
  const { sql, tenantId, now } = scope;
  const [found] = await sql`
    select
    from imports
    where tenant_id = ${tenantId}
      and id = ${importId}
      and status = 'undoing'
    for update
  `;
  if (!found) return null;
  await sql`set local app.sees_restricted = 'on'`;
  await sights.lift(scope);
  const { next, count } = await steps[from.step](scope, importId, from.after, secretKey);
  const done = next === null;
  await sql`
    update imports
    set status = ${done ? "undone" : "undoing"}, undone_at = ${done ? now : null},
      progress = ${done ? 0 : sql`progress + ${count}`}, error_code = null
    where tenant_id = ${tenantId}
      and id = ${importId}
  `;
  if (done) await changes.record(scope, { kind: "import", id: importId, action: "undone" });
  return next;
}

type Step = (
  scope: Scope,
  importId: string,
  after: string | null,
  secretKey: string,
) => Promise<{ next: Place | null; count: number }>;

/** Restores what it changed, then deletes what it created, with history; the rest by cascade. */
const steps: Record<Place["step"], Step> = {
  async updates(scope, importId, _after, secretKey) {
    const count = await reversals.run(scope, importId, secretKey);
    return { next: count > 0 ? outset : { step: "activities", after: null }, count };
  },
  async activities(scope, importId) {
    const count = await removeOwnOfImport(scope, importId, batch);
    return { next: { step: count > 0 ? "activities" : "deal", after: null }, count: 0 };
  },
  async deal(scope, importId, after) {
    const ids = await records(scope, "deal", importId, after);
    if (ids.length === 0) return { next: { step: "contact", after: null }, count: 0 };
    await removeAlone(scope, "deal", ids);
    await deals.remove(scope, ids);
    await changes.recordAll(scope, { kind: "deal", ids, action: "undone" });
    return { next: { step: "deal", after: ids.at(-1)! }, count: ids.length };
  },
  async contact(scope, importId, after, secretKey) {
    const ids = await records(scope, "contact", importId, after);
    if (ids.length === 0) return { next: { step: "company", after: null }, count: 0 };
    const { sql, tenantId } = scope;
    await removeAlone(scope, "contact", ids);
    // What the file itself said comes back with it; objections recorded since outlive the record.
    await suppressions.keepObjections(scope, secretKey, ids, "creation");
    await mergeEnds.forgetMentions(scope, ids);
    await sql`
      delete from contacts
      where tenant_id = ${tenantId}
        and id = any (${ids}::uuid[])
    `;
    await changes.recordAll(scope, { kind: "contact", ids, action: "undone" });
    return { next: { step: "contact", after: ids.at(-1)! }, count: ids.length };
  },
  async company(scope, importId, after) {
    const ids = await records(scope, "company", importId, after);
    if (ids.length === 0) return { next: { step: "rest", after: null }, count: 0 };
    const gone = await close(scope, ids);
    await changes.recordAll(scope, { kind: "company", ids: gone, action: "undone" });
    return { next: { step: "company", after: ids.at(-1)! }, count: ids.length };
  },
  async rest(scope, importId) {
    await removeTags(scope, importId);
    return { next: null, count: 0 };
  },
};

/**
 * Its next records in the order of their ids, locked. This must not use the index of imports, by
 * which each batch would read all that earlier ones removed, and sort the rest.
 */
async function records(
  { sql, tenantId }: Scope,
  kind: Kind,
  importId: string,
  after: string | null,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select p.id
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and (p.import_id = ${importId}) is true
      and not ${stays({ sql, tenantId }, kind)}
      ${after === null ? sql`` : sql`and p.id > ${after}`}
    order by p.id
    limit ${literal(batch)}
    for update
  `;
  return rows.map(({ id }) => id);
}

/**
 * Deletes those of these companies to which no other contact and no deal belongs. Returns their
 * ids.
 */
async function close({ sql, tenantId }: Scope, ids: readonly string[]): Promise<string[]> {
  const gone = await sql<{ id: string }[]>`
    delete from companies c
    where c.tenant_id = ${tenantId}
      and c.id = any (${[...ids]}::uuid[])
      and not exists (
        select
        from affiliations a
        where a.tenant_id = ${tenantId}
          and a.company_id = c.id
      )
      and not exists (
        select
        from deals d
        where d.tenant_id = ${tenantId}
          and d.company_id = c.id
      )
    returning c.id
  `;
  return gone.map(({ id }) => id);
}

async function removeTags({ sql, tenantId }: Scope, importId: string): Promise<void> {
  await sql`
    delete from tags t
    where t.tenant_id = ${tenantId}
      and t.import_id = ${importId}
      and not exists (
        select
        from contact_tags x
        where x.tenant_id = ${tenantId}
          and x.tag_id = t.id
      )
      and not exists (
        select
        from company_tags x
        where x.tenant_id = ${tenantId}
          and x.tag_id = t.id
      )
      and not exists (
        select
        from deal_tags x
        where x.tenant_id = ${tenantId}
          and x.tag_id = t.id
      )
  `;
}
