/**
 * Changes existing records by the rows of a file, one batch at a time; previous values are kept for
 * the undo.
 */
import * as changes from "../changes.ts";
import * as customValues from "../custom_values.ts";
import { newId } from "../ids.ts";
import type { Channel } from "../objections.ts";
import type { Scope } from "../scope.ts";
import * as searchTexts from "../search_texts.ts";
import { merge, type Merged, textsOfCompany, textsOfContact } from "./merges.ts";
import * as objectors from "./objectors.ts";
import { problem } from "./problems.ts";
import { find, type Kind, lists, type Standing, writeList, writeTexts } from "./rewrites.ts";
import type { Finding } from "./findings.ts";
import type { Link, Update } from "./screenings.ts";
import type { Origin } from "./stages.ts";
import { cut, tagNames } from "./texts.ts";

/** A record before and after the change. */
interface Change {
  update: Update;
  stored: Standing;
  merged: Merged;
  /** Companies to which the person is to belong. */
  links: Link[];
  /** Marketing channels to which the person is newly known to object. */
  objections: Channel[];
}

/**
 * Applies what rows say about existing records, or only counts it in a rehearsal. The findings show
 * which ones changed; the others are duplicates that bring nothing new.
 */
export async function apply(
  scope: Scope,
  updates: readonly Update[],
  origin: Origin,
  write: boolean,
): Promise<{ changed: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let changed = 0;
  if (write) await makeTags(scope, updates, origin);
  for (const kind of ["contact", "company"] as const) {
    const asked = updates.filter(({ subject }) => subject.kind === kind);
    if (asked.length === 0) continue;
    const all = await plan(scope, kind, asked, origin);
    const made = all.filter((each) => namesOf(each).length > 0);
    if (write && made.length > 0) await change(scope, kind, made, origin.importId);
    changed += made.length;
    const named = new Map(made.map((each) => [each.update, namesOf(each)]));
    for (const update of asked) {
      const names = named.get(update);
      if (names) findings.push(updatedFinding(update, names));
      else if (!update.beside) findings.push(update.finding);
    }
  }
  return { changed, findings };
}

const namesOf = ({ merged, links, objections }: Change): string[] => [
  ...merged.changed,
  ...(links.length > 0 ? ["companies"] : []),
  ...(objections.length > 0 ? ["objections"] : []),
];

function updatedFinding({ row, finding }: Update, names: readonly string[]): Finding {
  const { value } = finding.problems[0]!;
  const problems = [problem(row, "", value, "record_updated", {
    fields: [...new Set(names.map((name) => name.startsWith("custom:") ? "custom" : name))].join(),
  })];
  return { ...finding, outcome: "updated", problems };
}

async function plan(
  scope: Scope,
  kind: Kind,
  updates: readonly Update[],
  origin: Origin,
): Promise<Change[]> {
  const stored = new Map((await find(scope, kind, updates.map(({ id }) => id)))
    .map((each) => [each.id, each]));
  return updates.flatMap((update): Change[] => {
    const before = stored.get(update.id);
    if (!before) return [];
    const { subject } = update;
    const row = subject.kind === "contact" ? subject.contact : subject.company;
    const ownerId = row.owner === "" ? null : origin.owners.find(row.owner) ?? null;
    const texts = subject.kind === "contact"
      ? textsOfContact(subject.contact, ownerId)
      : textsOfCompany(subject.company, ownerId);
    const merged = merge(before, {
      texts,
      tags: tagNames(row.tags, origin.tags),
      custom: row.custom,
      emails: row.emails.map(({ kind, address }) => ({ kind, address: cut(address, 254) })),
      phones: row.phones.map(({ kind, number }) => ({ kind, number: cut(number, 80) })),
      addresses: row.addresses.map(({ kind, ...address }) => ({ kind, ...address })),
    }, update.mode);
    const known = new Set(before.companyIds);
    const links = subject.kind === "contact"
      ? subject.links.filter(({ companyId }) => !known.has(companyId))
      : [];
    const objections = subject.kind === "contact"
      ? subject.contact.objections.filter((channel) => !before.objections.includes(channel))
      : [];
    return [{ update, stored: before, merged, links, objections }];
  });
}

async function change(
  scope: Scope,
  kind: Kind,
  made: readonly Change[],
  importId: string,
): Promise<void> {
  const ids = made.map(({ stored }) => stored.id);
  await writeTexts(
    scope,
    kind,
    made.map(({ stored, merged }) => ({
      id: stored.id,
      ...stored.texts,
      ...merged.texts,
    })),
  );
  for (const name of lists) {
    const rewritten = made.flatMap(({ stored, merged }) =>
      merged[name] ? [{ id: stored.id, entries: merged[name] }] : []
    );
    await writeList(scope, kind, name, rewritten);
  }
  await customValues.assign(
    scope,
    kind,
    made.map(({ stored, merged }) => ({ id: stored.id, custom: merged.custom })),
  );
  await addTags(scope, kind, made);
  const added = await addLinks(scope, made);
  await objectors.add(
    scope,
    made.flatMap(({ stored, objections }) =>
      objections.map((channel) => ({ contactId: stored.id, channel }))
    ),
  );
  await note(scope, kind, made, importId, added);
  await searchTexts.refresh(scope, kind, ids);
  for (const [names, group] of Map.groupBy(made, (each) => namesOf(each).join())) {
    await changes.recordAll(scope, {
      kind,
      ids: group.map(({ stored }) => stored.id),
      action: "updated",
      fields: names.split(",").map((name) => ({ name })),
    });
  }
}

/**
 * Creates the missing tags, marked with their import, so that its undo removes those that nobody
 * else uses. Before any record is locked: whoever renames a tag locks it before its carriers.
 */
async function makeTags(
  { sql, tenantId, now }: Scope,
  updates: readonly Update[],
  origin: Origin,
): Promise<void> {
  const names = [
    ...new Set(updates.flatMap(({ subject }) => {
      const row = subject.kind === "contact" ? subject.contact : subject.company;
      return tagNames(row.tags, origin.tags);
    })),
  ];
  if (names.length === 0) return;
  await sql`
    insert into tags (tenant_id, id, name, import_id, created_at)
    select distinct on (lower(wish.name)) ${tenantId}::uuid, gen_random_uuid(), wish.name,
      ${origin.importId}::uuid, ${now}::timestamptz
    from unnest(${names}::text[]) as wish (name)
    order by lower(wish.name), wish.name
    on conflict (tenant_id, name_key) do nothing
  `;
  await sql`
    select
    from tags
    where tenant_id = ${tenantId}
      and name_key = any (select lower(name) from unnest(${names}::text[]) as name)
    order by id
    for key share
  `;
}

async function addTags(
  { sql, tenantId }: Scope,
  kind: Kind,
  made: readonly Change[],
): Promise<void> {
  const pairs = made.flatMap(({ stored, merged }) =>
    merged.tags.map((name) => ({ id: stored.id, name }))
  );
  if (pairs.length === 0) return;
  await sql`
    insert into ${sql(`${kind}_tags`)} (tenant_id, tag_id, ${sql(`${kind}_id`)})
    select ${tenantId}, t.id, wish.id
    from unnest(
      ${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ name }) => name)}::text[]
    ) as wish (id, name)
    join tags t on t.tenant_id = ${tenantId} and t.name_key = lower(wish.name)
    on conflict do nothing
  `;
}

/** Adds places of work after the existing ones. Returns their ids by contact. */
async function addLinks(
  { sql, tenantId }: Scope,
  made: readonly Change[],
): Promise<Map<string, string[]>> {
  const added = new Map<string, string[]>();
  const rows = made.flatMap(({ stored, links }) =>
    links.map(({ companyId, role, department }, at) => {
      const id = newId();
      added.set(stored.id, [...added.get(stored.id) ?? [], id]);
      const first = at === 0 && stored.companyIds.length === 0;
      return {
        tenant_id: tenantId,
        id,
        contact_id: stored.id,
        company_id: companyId,
        role: cut(role),
        department: cut(department),
        is_primary: first,
      };
    })
  );
  if (rows.length > 0) await sql`insert into affiliations ${sql(rows)}`;
  return added;
}

/** Stores the previous values, and the version that this import created. */
async function note(
  { sql, tenantId }: Scope,
  kind: Kind,
  made: readonly Change[],
  importId: string,
  added: ReadonlyMap<string, string[]>,
): Promise<void> {
  const rows = made.map(({ stored, merged, objections }) => ({
    id: stored.id,
    version: stored.version + 1,
    before: {
      texts: Object.fromEntries(
        Object.keys(merged.texts).map((name) => [name, stored.texts[name]]),
      ),
      lists: Object.fromEntries(
        lists.filter((name) => merged[name]).map((name) => [name, stored[name]]),
      ),
      tags: merged.tags,
      custom: Object.fromEntries(
        Object.keys(merged.custom).map((id) => [id, stored.custom[id] ?? []]),
      ),
      places: added.get(stored.id) ?? [],
      objections,
    },
  }));
  await sql`
    insert into import_updates (tenant_id, import_id, ${sql(`${kind}_id`)}, version, before)
    select ${tenantId}, ${importId}, r.id, r.version, r.before
    from jsonb_to_recordset(${sql.json(rows)}) as r (id uuid, version int, before jsonb)
  `;
}
