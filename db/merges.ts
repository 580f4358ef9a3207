/** Merging records: which one is kept, what is moved and, for 30 days, how to undo it. */
import * as changes from "./changes.ts";
import { passOn } from "./duplicate_pairs.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { fullName } from "./full_names.ts";
import * as effects from "./merge_effects.ts";
import { renew } from "./merge_ends.ts";
import * as fields from "./merge_fields.ts";
import * as locks from "./merge_locks.ts";
import { assertOpen, revert, share } from "./merge_reverts.ts";
import * as mergeRows from "./merge_rows.ts";
import { moves } from "./merge_rules.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** Days for which a merge can be undone (retention class `merge`). */
const kept = 30;

export interface MergeInput {
  /** The form's id: submitted twice, it merges once. */
  id: string;
  kind: Kind;
  /** The records with the versions that were compared. */
  records: readonly { id: string; version: number }[];
  choices: effects.Choices;
}

export interface Merge {
  id: string;
  kind: Kind;
  recordId: string;
  name: string;
  /** The names of the records merged into it. */
  others: string[];
  createdAt: Date;
  createdByName: string | null;
  undoUntil: Date;
  undoneAt: Date | null;
  /** Whether no later merge prevents undoing it. */
  last: boolean;
}

/**
 * Merges several records into one; returns its id. The oldest is kept or, of deals, the one whose
 * amount was chosen; the others stay attached to it, hidden, until the undo period ends. Throws
 * NotFound for a missing one, Stale for one changed since it was compared, Invalid for a missing
 * choice.
 */
export async function create(scope: Scope, input: MergeInput): Promise<string> {
  const { sql, tenantId, actor, now } = scope;
  const { kind } = input;
  const done = await lookup(scope, input.id);
  if (done) return done.recordId;
  const ids = input.records.map(({ id }) => id);
  await locks.take(scope, kind, ids.slice(0, fields.most));
  const found = await fields.find(scope, kind, ids, true);
  if (found.length < 2) throw new Invalid("merges.two");
  for (const { id, version } of found) {
    const seen = input.records.find((each) => each.id === id)!;
    if (seen.version !== version) throw new Stale(kind, version);
  }
  const candidates = kind === "deal" ? effects.byAmount(scope, found, input.choices.amount) : found;
  const [{ id: survivor }, ...others] = candidates as [fields.Candidate, ...fields.Candidate[]];
  const settled = await effects.settle(scope, kind, candidates, input.choices);
  const [made] = await sql`
    insert into merges ${
    sql({
      ...{ tenantId, id: input.id, [`${kind}Id`]: survivor },
      createdBy: actor.userId,
      createdAt: now,
      undoUntil: new Date(now.getTime() + kept * 86_400_000),
    } as never)
  }
    on conflict do nothing
    returning id
  `;
  if (!made) throw new NotFound("merge");
  const rules = moves[kind];
  const shapes = await mergeRows.shapesOf(scope, [
    tables[kind],
    ...rules.map(({ table }) => table),
  ]);
  const merging: mergeRows.Merging = { id: input.id, kind, survivor, shapes, step: 0 };
  await mergeRows.change(scope, merging, tables[kind], Object.keys(settled.after), [settled]);
  await effects.exchange(scope, merging, candidates, input.choices);
  for (const { id } of others) {
    for (const rule of rules) await mergeRows.move(scope, merging, id, rule);
  }
  await effects.withdraw(scope, merging);
  await effects.order(scope, merging, candidates, input.choices);
  await effects.mainPlace(scope, merging, candidates, input.choices);
  if (kind !== "deal") {
    await passOn(scope, kind, input.id, survivor, others.map(({ id }) => id));
  }
  await hide(scope, merging, others);
  await sql`
    insert into former_ids ${
    sql(others.map(({ id }) => ({ tenantId, id, [`${kind}Id`]: survivor })) as never)
  }`;
  await renew(scope, kind, candidates.map(({ id }) => id));
  await changes.record(scope, { kind, id: survivor, action: "merged" });
  await changes.recordAll(scope, { kind, ids: others.map(({ id }) => id), action: "merged_away" });
  return survivor;
}

async function hide(
  scope: Scope,
  merging: mergeRows.Merging,
  others: readonly fields.Candidate[],
): Promise<void> {
  const { now, actor } = scope;
  const at = now.toISOString();
  const until = new Date(now.getTime() + kept * 86_400_000).toISOString();
  const after = {
    merged_into: merging.survivor,
    deleted_at: at,
    deleted_by: actor.userId,
    erase_after: until,
    import_id: null,
  };
  const empty = Object.fromEntries(Object.keys(after).map((name) => [name, null]));
  await mergeRows.change(
    scope,
    merging,
    tables[merging.kind],
    Object.keys(after),
    others.map(({ id, row }) => ({
      id,
      before: { ...empty, import_id: row.import_id ?? null },
      after,
    })),
  );
}

interface Row extends Omit<Merge, "last"> {
  latest: string;
  alive: boolean;
}

const columns = ({ sql }: Scope) =>
  sql`
    m.id,
    case when m.contact_id is not null then 'contact'
      when m.company_id is not null then 'company'
      else 'deal' end as kind,
    coalesce(m.contact_id, m.company_id, m.deal_id) as record_id,
    coalesce(o.name, d.title, ${fullName("c")}) as name,
    array(
      select ${fullName("x")}
      from contacts x
      where x.tenant_id = m.tenant_id
        and x.merged_into = m.contact_id
        and x.id in (${gone({ sql })})
      union all
      select x.name
      from companies x
      where x.tenant_id = m.tenant_id
        and x.merged_into = m.company_id
        and x.id in (${gone({ sql })})
      union all
      select x.title
      from deals x
      where x.tenant_id = m.tenant_id
        and x.merged_into = m.deal_id
        and x.id in (${gone({ sql })})
      limit ${fields.most}
    ) as others,
    m.created_at, i.name as created_by_name, m.undo_until, m.undone_at,
    (
      select l.id
      from merges l
      where l.tenant_id = m.tenant_id
        and (
          l.contact_id = m.contact_id or l.company_id = m.company_id or l.deal_id = m.deal_id
        )
        and l.undone_at is null
      order by l.created_at desc, l.id desc
      limit 1
    ) as latest,
    coalesce(o.deleted_at, c.deleted_at, d.deleted_at) is null as alive`;

/** The records that merge `m` hid. */
const gone = ({ sql }: Pick<Scope, "sql">) =>
  sql`
    select (r.key->>'id')::uuid
    from merge_rows r
    where r.tenant_id = m.tenant_id
      and r.merge_id = m.id
      and r.after ? 'merged_into'`;

const from = ({ sql, tenantId }: Scope) =>
  sql`
    from merges m
    left join contacts c on c.tenant_id = m.tenant_id and c.id = m.contact_id
    left join companies o on o.tenant_id = m.tenant_id and o.id = m.company_id
    left join deals d on d.tenant_id = m.tenant_id and d.id = m.deal_id
    left join users u on u.tenant_id = m.tenant_id and u.id = m.created_by
    left join identities i on i.id = u.identity_id
    where m.tenant_id = ${tenantId}
      and num_nonnulls(c.id, o.id, d.id) > 0`;

const mergeOf = ({ latest, alive, ...row }: Row): Merge => ({
  ...row,
  last: alive && row.undoneAt === null && latest === row.id,
});

/** A merge whose record the user may see; otherwise null. */
export async function lookup(scope: Scope, id: string): Promise<Merge | null> {
  const { sql } = scope;
  const [row] = await sql<Row[]>`
    select ${columns(scope)} ${from(scope)} and m.id = ${id}
  `;
  return row ? mergeOf(row) : null;
}

/** The merges that can or could be undone, latest first, one page at a time. */
export async function list(scope: Scope, cursor: Cursor): Promise<Page<Merge>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const rows = await sql<Row[]>`
    select ${columns(scope)}
    ${from(scope)}
      ${
    id === null ? sql`` : sql`
      and (m.created_at, m.id) ${backwards ? sql`>` : sql`<`} (
        select s.created_at, s.id
        from merges s
        where s.tenant_id = ${tenantId}
          and s.id = ${id}
      )`
  }
    order by m.created_at ${backwards ? sql`asc` : sql`desc`},
      m.id ${backwards ? sql`asc` : sql`desc`}
    limit ${pageSize + 1}
  `;
  return page(rows.map(mergeOf), cursor);
}

/**
 * Undoes a merge: every record is restored, except for what was changed since. Throws NotFound;
 * Invalid when the undo period is over, a later merge builds on it, or the acting user may not undo
 * it.
 */
export async function undo(scope: Scope, id: string): Promise<Merge> {
  const { sql, tenantId, actor, now } = scope;
  const found = await lookup(scope, id);
  if (!found) throw new NotFound("merge");
  const { kind, recordId: survivor } = found;
  const [hidden] = await sql<[{ ids: string[] }]>`
    select array(${gone(scope)}) as ids
    from merges m
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
  `;
  await locks.take(scope, kind, [survivor, ...hidden.ids]);
  await sql`
    select id
    from ${sql(tables[kind])}
    where tenant_id = ${tenantId}
      and id = ${survivor}
    for update
  `;
  const [row] = await sql<{ ids: string[] }[]>`
    select array(${gone(scope)}) as ids
    from merges m
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and m.undone_at is null
      and m.undo_until > ${now}
    for update
  `;
  if (!row) throw new Invalid("merges.over");
  if (!(await lookup(scope, id))!.last) throw new Invalid("merges.later");
  const { ids } = row;
  await assertOpen(scope, found, ids);
  await sql`
    delete from former_ids
    where tenant_id = ${tenantId}
      and id = any (${ids}::uuid[])
  `;
  await revert(scope, id, moves[kind]);
  if (kind === "contact") await share(scope, found, ids);
  await sql`
    update merges
    set undone_at = ${now}, undone_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await sql`
    delete from merge_rows
    where tenant_id = ${tenantId}
      and merge_id = ${id}
  `;
  const all = [survivor, ...ids];
  await renew(scope, kind, all);
  await changes.recordAll(scope, { kind, ids: all, action: "merge_undone" });
  return found;
}
