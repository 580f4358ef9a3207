/**
 * Renaming and removing tags: everybody sees the result at once, and if more records carry the tag
 * than one request can handle, a job updates their stored texts afterwards.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import { literal } from "./pages.ts";
import type { Fragment } from "./pool.ts";
import { type Kind, kinds } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";
import { among, isNarrowed, widely } from "./sights.ts";

/** Carriers handled within a request or one transaction of the job. */
export const batch = 1_000;

/**
 * Renames a tag; true when that is done, false if the job continues with its carriers. Throws
 * NotFound, or Invalid if another tag has the name, the tag is already being changed, or records
 * out of the user's sight carry it.
 */
export async function update(scope: Scope, id: string, name: string): Promise<boolean> {
  const { sql, tenantId } = scope;
  // Two renamings take turns; a record that creates a tag of the same name does not.
  await advisoryLocks.take(scope, "tags");
  const having = await sql<{ id: string }[]>`
    select id
    from tags
    where tenant_id = ${tenantId}
      and (name_key = lower(${name}) or lower(name_before) = lower(${name}))
  `;
  const free = having.length === 0
    ? await reserve(scope, name)
    : having.every((tag) => tag.id === id);
  if (!free) throw new Invalid("tags.taken", "name");
  const tag = await begin(scope, id);
  await sql`
    update tags
    set name = ${name}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await changes.record(scope, { kind: "tag", id, action: "updated", fields: [{ name: "name" }] });
  return await follow(scope, id, "renaming", tag.name);
}

/**
 * Removes a tag from all records and deletes it; true when that is done, false if the job
 * continues. Throws NotFound, or Invalid if it is already being changed or records out of the
 * user's sight carry it.
 */
export async function remove(scope: Scope, id: string): Promise<boolean> {
  const { sql, tenantId } = scope;
  const tag = await begin(scope, id);
  // Its name is free at once: anybody using it on a record from now on means another tag.
  await sql`
    update tags
    set name = id::text
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await changes.record(scope, { kind: "tag", id, action: "deleted" });
  return await follow(scope, id, "removing", tag.name);
}

/**
 * Reserves a name for a tag until the transaction ends; false if a record has created it meanwhile.
 * A row inserted and deleted again is enough: whoever creates the same name waits for its end.
 */
async function reserve({ sql, tenantId, now }: Scope, name: string): Promise<boolean> {
  const placeholder = newId();
  const { count } = await sql`
    insert into tags (tenant_id, id, name, created_at)
    values (${tenantId}, ${placeholder}, ${name}, ${now})
    on conflict (tenant_id, name_key) do nothing
  `;
  await sql`
    delete from tags
    where tenant_id = ${tenantId}
      and id = ${placeholder}
  `;
  return count === 1;
}

/** The tag, locked: no record gets it meanwhile. */
async function begin(scope: Scope, id: string): Promise<{ name: string }> {
  const { sql, tenantId } = scope;
  const [tag] = await sql<{ name: string; changing: string | null }[]>`
    select name, changing
    from tags
    where tenant_id = ${tenantId}
      and id = ${id}
    for update
  `;
  if (!tag) throw new NotFound("tag");
  if (tag.changing !== null) throw new Invalid("tags.changing", "name");
  await assertAllSeen(scope, id);
  return tag;
}

/** Handles the carriers now if they are few, otherwise leaves them to the job. */
async function follow(
  scope: Scope,
  id: string,
  changing: "renaming" | "removing",
  nameBefore: string,
): Promise<boolean> {
  const { sql, tenantId } = scope;
  await widely(scope, () =>
    sql`
    update tags
    set changing = ${changing}, name_before = ${nameBefore}, carriers_done = 0, done_kind = null,
      done_to = null, carriers = ${
      kinds.map((kind) =>
        sql`(
        select count(*)::int
        from ${sql(`${kind}_tags`)}
        where tenant_id = ${tenantId}
          and tag_id = ${id}
      )`
      ).reduce((all, each) => sql`${all} + ${each}`)
    }
    where tenant_id = ${tenantId}
      and id = ${id}
  `);
  if (await work(scope, id)) return true;
  await enqueue(sql, "change_tag", tenantId, { tagId: id });
  return false;
}

/** Refuses if the user does not see all carriers, as their search texts contain the tag. */
async function assertAllSeen(scope: Scope, id: string): Promise<void> {
  if (!isNarrowed(scope)) return;
  for (const kind of kinds) {
    for (let after: string | null = null, full = true; full;) {
      const ids: string[] = await widely(scope, () => carriers(scope, kind, id, after, batch));
      if ((await among(scope, kind, ids)).length < ids.length) {
        throw new Invalid("tags.out_of_sight", "name");
      }
      full = ids.length === batch;
      after = ids.at(-1) ?? null;
    }
  }
}

/** Records that carry a tag, in the order of their ids. */
async function carriers(
  { sql, tenantId }: Scope,
  kind: Kind,
  id: string,
  after: string | null,
  most: number,
): Promise<string[]> {
  const column = sql(`${kind}_id`);
  const rows = await sql<{ id: string }[]>`
    select ${column} as id
    from ${sql(`${kind}_tags`)}
    where tenant_id = ${tenantId}
      and tag_id = ${id}
      ${after === null ? sql`` : sql`and ${column} > ${after}`}
    order by ${column}
    limit ${literal(most)}
  `;
  return rows.map((row) => row.id);
}

/**
 * Handles the next carriers of a tag that is being changed; true when none is left. May be run
 * again at any time: nothing is done twice.
 */
export const work = (scope: Scope, id: string): Promise<boolean> =>
  widely(scope, async () => {
    const { sql, tenantId } = scope;
    // Locked against new carriers, which the final check for any requires.
    const [tag] = await sql<
      { changing: "renaming" | "removing"; doneKind: Kind | null; doneTo: string | null }[]
    >`
      select changing, done_kind, done_to
      from tags
      where tenant_id = ${tenantId}
        and id = ${id}
        and changing is not null
      for update
    `;
    if (!tag) return true;
    let left = batch;
    let { doneKind, doneTo } = tag;
    for (const kind of kinds.slice(doneKind ? kinds.indexOf(doneKind) : 0)) {
      const after = kind === doneKind && tag.changing === "renaming" ? doneTo : null;
      const ids = await carriers(scope, kind, id, after, left);
      if (tag.changing === "removing") await untag(scope, kind, id, ids);
      await searchTexts.refresh(scope, kind, ids);
      left -= ids.length;
      doneKind = kind;
      doneTo = ids.at(-1) ?? after;
      if (left === 0) break;
    }
    if (left === 0) {
      await sql`
        update tags
        set carriers_done = least(carriers, carriers_done + ${batch}), done_kind = ${doneKind},
          done_to = ${doneTo}
        where tenant_id = ${tenantId}
          and id = ${id}
      `;
    } else if (tag.changing === "removing") {
      await sql`
        delete from tags
        where tenant_id = ${tenantId}
          and id = ${id}
      `;
    } else {
      await sql`
        update tags
        set changing = null, name_before = null, carriers = 0, carriers_done = 0, done_kind = null,
          done_to = null
        where tenant_id = ${tenantId}
          and id = ${id}
      `;
    }
    return left > 0;
  });

/**
 * Starts the job again for tags that are being changed: it may have used up its attempts, and a
 * restored backup does not include it.
 */
export async function resume({ sql, tenantId }: Scope): Promise<number> {
  const stuck = await sql<{ id: string }[]>`
    select id
    from tags
    where tenant_id = ${tenantId}
      and changing is not null
    order by id
    limit 100
  `;
  for (const { id } of stuck) await enqueue(sql, "change_tag", tenantId, { tagId: id });
  return stuck.length;
}

async function untag(
  { sql, tenantId }: Scope,
  kind: Kind,
  id: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    delete from ${sql(`${kind}_tags`)}
    where tenant_id = ${tenantId}
      and tag_id = ${id}
      and ${sql(`${kind}_id`)} = any (${[...ids]}::uuid[])
  `;
}

/**
 * The summary of row `p` of a list with its current tags: summaries still contain the old name of a
 * tag that is being changed. Costs one look-up for such tags, whatever the list's length.
 */
export const named = ({ sql, tenantId }: Scope, kind: Kind, summary: Fragment): Fragment =>
  sql`case
      when p.summary ? 'tags' and exists (
        select
        from tags w
        where w.tenant_id = ${tenantId}
          and w.changing is not null
      ) then renamed_tags(${kind}, p.tenant_id, p.id, ${summary})
      else ${summary}
    end`;
