/** Takes a whole import back: all it made goes, also what was changed since; what it changed returns. */
import { removeOfImport } from "../activity_erasures.ts";
import * as changes from "../changes.ts";
import { Invalid } from "../errors.ts";
import { enqueue } from "../jobs.ts";
import { longPool, type Sql } from "../pool.ts";
import { type Scope, type Who, withScope } from "../scope.ts";
import * as sights from "../sights.ts";
import * as reversals from "./reversals.ts";

/** What an undo would take away. */
export interface Extent {
  contacts: number;
  companies: number;
  /** Of these, how many somebody has changed since. */
  changed: number;
  /** Companies that stay, because contacts from elsewhere or deals belong to them by now. */
  kept: number;
  /** Records that were there before and become what they were. */
  reverted: number;
  /** Of those it had changed, how many stay as they have become since. */
  left: number;
}

/** Counts what an undo would take away now. */
export async function measure(scope: Scope, importId: string): Promise<Extent> {
  const { sql, tenantId } = scope;
  const [extent] = await sql<Omit<Extent, "reverted" | "left">[]>`
    select p.contacts, o.companies - o.kept as companies, p.changed + o.changed as changed, o.kept
    from (
      select count(*)::int as contacts, count(*) filter (where version > 1)::int as changed
      from contacts
      where tenant_id = ${tenantId}
        and import_id = ${importId}
    ) p, (
      select count(*)::int as companies,
        count(*) filter (where c.version > 1 and not used.elsewhere)::int as changed,
        count(*) filter (where used.elsewhere)::int as kept
      from companies c
      cross join lateral (
        select exists (
          select
          from affiliations a
          join contacts p on p.tenant_id = a.tenant_id and p.id = a.contact_id
          where a.tenant_id = ${tenantId}
            and a.company_id = c.id
            and p.import_id is distinct from ${importId}
        ) or exists (
          select
          from deals d
          where d.tenant_id = ${tenantId}
            and d.company_id = c.id
        ) as elsewhere
      ) used
      where c.tenant_id = ${tenantId}
        and c.import_id = ${importId}
    ) o
  `;
  return { ...extent!, ...await reversals.measure(scope, importId) };
}

/** Orders the undo. Throws Invalid when the import is not done or its 30 days are over. */
export async function order({ sql, tenantId, now }: Scope, importId: string): Promise<void> {
  const [found] = await sql`
    update imports
    set status = 'undoing', error_code = null
    where tenant_id = ${tenantId}
      and id = ${importId}
      and kind = 'file'
      and status = 'done'
      and undo_until > ${now}
    returning id
  `;
  if (!found) throw new Invalid("imports.not_undoable");
  await enqueue(sql, "undo_import", tenantId, { importId });
}

/** Undoes an import that is to be undone, in one transaction; what was undone before is left. */
export async function run(pool: Sql, who: Who, importId: string): Promise<void> {
  await withScope(longPool(pool), who, async (scope) => {
    const { sql, tenantId, now } = scope;
    const [found] = await sql`
      update imports
      set status = 'undone', undone_at = ${now}, progress = 0
      where tenant_id = ${tenantId}
        and id = ${importId}
        and status = 'undoing'
      returning id
    `;
    if (!found) return;
    await sql`set local app.sees_restricted = 'on'`;
    await sights.lift(scope);
    await remove(scope, importId);
    await changes.record(scope, { kind: "import", id: importId, action: "undone" });
  });
}

/** Puts back what it changed, deletes what it made, with its history entries; the rest by cascade. */
async function remove(scope: Scope, importId: string): Promise<void> {
  const { sql, tenantId } = scope;
  await reversals.run(scope, importId);
  await removeOfImport(scope, importId);
  const gone = await sql<{ id: string }[]>`
    delete from contacts
    where tenant_id = ${tenantId}
      and import_id = ${importId}
    returning id
  `;
  await recordAll(scope, "contact", gone.map(({ id }) => id));
  const closed = await sql<{ id: string }[]>`
    delete from companies c
    where c.tenant_id = ${tenantId}
      and c.import_id = ${importId}
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
  await recordAll(scope, "company", closed.map(({ id }) => id));
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

async function recordAll(scope: Scope, kind: "contact" | "company", ids: string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 10_000) {
    await changes.recordAll(scope, { kind, ids: ids.slice(at, at + 10_000), action: "undone" });
  }
}
