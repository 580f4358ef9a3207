/** Restores what an import changed in existing records, unless they have been changed again. */
import * as changes from "../changes.ts";
import { type ContactPoints, leaving } from "../contact_points.ts";
import * as customValues from "../custom_values.ts";
import type { Scope } from "../scope.ts";
import * as searchTexts from "../search_texts.ts";
import * as suppressions from "../suppressions.ts";
import type { Texts, Values } from "./merges.ts";
import { stays } from "./stays.ts";
import { find, type Kind, lists, type Standing, writeList, writeTexts } from "./rewrites.ts";

/** Records restored at a time. */
const batch = 400;

/** The previous values of a record. */
interface Before {
  id: string;
  before: {
    texts: Texts;
    lists: Partial<ContactPoints>;
    tags: string[];
    places: string[];
    objections?: string[];
    custom?: Values;
  };
}

/** Restores the next records not changed again since. Returns how many; none when all are done. */
export async function run(
  scope: Scope,
  importId: string,
  secretKey: string,
): Promise<number> {
  for (const kind of ["contact", "company"] as const) {
    const rows = await next(scope, importId, kind);
    if (rows.length === 0) continue;
    const standing = new Map(
      (await find(scope, kind, rows.map(({ id }) => id))).map((each) => [each.id, each]),
    );
    await putBack(scope, importId, kind, rows, standing);
    const gone = kind === "company"
      ? []
      : rows.flatMap(({ id, before }) =>
        leaving(named(standing.get(id)!), {
          ...named(standing.get(id)!, before.texts),
          ...before.lists,
        }).map((address) => ({ contactId: id, address }))
      );
    await suppressions.keepLeaving(scope, secretKey, gone);
    return rows.length;
  }
  return 0;
}

/** A person with their name, in its current or previous form. */
function named(row: Standing, before: Texts = {}) {
  const { first_name, name_prefix, last_name } = { ...row.texts, ...before };
  return {
    ...row,
    firstName: first_name ?? "",
    namePrefix: name_prefix ?? "",
    lastName: last_name ?? "",
  };
}

async function next(
  { sql, tenantId }: Scope,
  importId: string,
  kind: Kind,
): Promise<Before[]> {
  const table = sql(kind === "contact" ? "contacts" : "companies");
  return await sql<Before[]>`
    select u.record_id as id, u.before
    from import_updates u
    join ${table} p on p.tenant_id = ${tenantId} and p.id = u.${sql(`${kind}_id`)}
    where u.tenant_id = ${tenantId}
      and u.import_id = ${importId}
      and p.version = u.version
      and p.deleted_at is null
      and not ${stays({ sql, tenantId }, kind)}
    order by u.record_id
    limit ${batch}
    for update of p
  `;
}

async function putBack(
  scope: Scope,
  importId: string,
  kind: Kind,
  rows: readonly Before[],
  standing: ReadonlyMap<string, Standing>,
): Promise<void> {
  const { sql, tenantId } = scope;
  const ids = rows.map(({ id }) => id);
  await writeTexts(
    scope,
    kind,
    rows.map(({ id, before }) => ({
      ...standing.get(id)!.texts,
      ...before.texts,
      id,
    })),
  );
  for (const name of lists) {
    const restored = rows.flatMap(({ id, before }) => {
      const entries = before.lists[name];
      return entries ? [{ id, entries }] : [];
    });
    await writeList(scope, kind, name, restored);
  }
  await customValues.assign(
    scope,
    kind,
    rows.map(({ id, before }) => ({ id, custom: before.custom ?? {} })),
  );
  await sql`
    delete from affiliations
    where tenant_id = ${tenantId}
      and id = any (${rows.flatMap(({ before }) => before.places)}::uuid[])
  `;
  const objections = rows.flatMap(({ id, before }) =>
    (before.objections ?? []).map((channel) => ({ id, channel }))
  );
  await sql`
    delete from objections b
    using unnest(
      ${objections.map(({ id }) => id)}::uuid[], ${objections.map(({ channel }) => channel)}::text[]
    ) as given (id, channel)
    where b.tenant_id = ${tenantId}
      and b.contact_id = given.id
      and b.channel = given.channel
      and not b.by_person
  `;
  const tags = rows.flatMap(({ id, before }) => before.tags.map((name) => ({ id, name })));
  await sql`
    delete from ${sql(`${kind}_tags`)} x
    using tags t, unnest(
      ${tags.map(({ id }) => id)}::uuid[], ${tags.map(({ name }) => name)}::text[]
    ) as given (id, name)
    where x.tenant_id = ${tenantId}
      and t.tenant_id = x.tenant_id
      and t.id = x.tag_id
      and x.${sql(`${kind}_id`)} = given.id
      and t.name_key = lower(given.name)
  `;
  await sql`
    delete from import_updates
    where tenant_id = ${tenantId}
      and import_id = ${importId}
      and record_id = any (${ids}::uuid[])
  `;
  await searchTexts.refresh(scope, kind, ids);
  await changes.recordAll(scope, { kind, ids, action: "undone" });
}
