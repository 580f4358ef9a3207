/**
 * Applies objections that rows state about persons who are otherwise not changed: whatever is
 * chosen for such rows, no objection is ignored (Art. 21(3) GDPR).
 */
import * as changes from "../changes.ts";
import { newId } from "../ids.ts";
import type { Channel } from "../objections.ts";
import type { Scope } from "../scope.ts";
import type { Finding } from "./findings.ts";
import { problem, type ProblemCode } from "./problems.ts";
import { cut } from "./texts.ts";

export interface Objector {
  /** The existing contact; null for one that an earlier row of the file created. */
  id: string | null;
  /** Identifies the created one: its first address, its identifier in the old system. */
  email: string;
  uid: string;
  channels: readonly Channel[];
  /** What the report says about the row; null if it is reported already. */
  finding: Finding | null;
}

/** A contact with the channels to which it objects from now on. */
interface Objecting {
  contactId: string;
  version: number;
  channels: Channel[];
}

/**
 * Stores new objections, or only checks them in a rehearsal. Returns the rows' findings: those of
 * persons who may be shown mention a new objection. At most one batch.
 */
export async function apply(
  scope: Scope,
  objectors: readonly Objector[],
  importId: string,
  write: boolean,
): Promise<Finding[]> {
  const made = write ? await identify(scope, objectors, importId) : new Map<Objector, string>();
  const wished = new Map<string, Set<Channel>>();
  for (const each of objectors) {
    const id = each.id ?? made.get(each);
    if (id) wished.set(id, new Set([...wished.get(id) ?? [], ...each.channels]));
  }
  const objecting = await lookUp(scope, wished, write);
  if (write && objecting.length > 0) await enter(scope, objecting, importId);
  const contacts = new Set(objecting.map(({ contactId }) => contactId));
  return objectors.flatMap(({ finding }) => {
    if (!finding) return [];
    return [
      finding.contactId && contacts.has(finding.contactId) ? withObjection(finding) : finding,
    ];
  });
}

/** The finding of a row whose objection counts. */
export const withObjection = (finding: Finding): Finding => further(finding, "objection_noted");

/**
 * The finding of a row whose objection must be recorded by hand, because the person is not certain.
 */
export const withUnplaced = (finding: Finding): Finding => further(finding, "objection_unplaced");

const further = (finding: Finding, code: ProblemCode): Finding => ({
  ...finding,
  problems: [...finding.problems, problem(finding.row, "", "", code)],
});

/** The contacts that this import created from earlier rows, looked up as in `matches.ts`. */
async function identify(
  { sql, tenantId }: Scope,
  objectors: readonly Objector[],
  importId: string,
): Promise<Map<Objector, string>> {
  const asked = objectors.filter(({ id }) => id === null);
  if (asked.length === 0) return new Map();
  const emails = asked.map(({ email }) => email.toLowerCase());
  const found = await sql<{ at: number; id: string }[]>`
    select wanted.at::int - 1 as at, c.id
    from unnest(${emails}::text[], ${asked.map(({ uid }) => cut(uid))}::text[])
      with ordinality as wanted (email, uid, at)
    cross join lateral (
      (
        select contact_id
        from emails
        where tenant_id = ${tenantId}
          and wanted.email <> ''
          and address_key between wanted.email and wanted.email
        order by address_key
        offset 0
      )
      union all
      (
        select id
        from contacts
        where tenant_id = ${tenantId}
          and wanted.uid <> ''
          and external_uid between wanted.uid and wanted.uid
          and external_uid <> ''
        order by external_uid
        offset 0
      )
    ) e (id)
    cross join lateral (
      select id
      from contacts
      where tenant_id = ${tenantId}
        and id between e.id and e.id
        and deleted_at is null
        and import_id = ${importId}
      order by id
      offset 0
    ) c
  `;
  return new Map(found.map(({ at, id }) => [asked[at]!, id]));
}

/** Which of the objections are not stored yet; contacts are locked if they are to be changed. */
async function lookUp(
  { sql, tenantId }: Scope,
  wished: ReadonlyMap<string, ReadonlySet<Channel>>,
  write: boolean,
): Promise<Objecting[]> {
  const rows = await sql<Objecting[]>`
    select p.id as contact_id, p.version, array(
        select b.channel
        from objections b
        where b.tenant_id = p.tenant_id
          and b.contact_id = p.id
      ) as channels
    from unnest(${[...wished.keys()]}::uuid[]) as wanted (id)
    cross join lateral (
      select tenant_id, id, version
      from contacts
      where tenant_id = ${tenantId}
        and id between wanted.id and wanted.id
        and deleted_at is null
      order by id
      offset 0
      ${write ? sql`for update` : sql``}
    ) p
  `;
  return rows.flatMap(({ channels: known, ...row }) => {
    const channels = [...wished.get(row.contactId)!].filter((each) => !known.includes(each));
    return channels.length > 0 ? [{ ...row, channels }] : [];
  });
}

/** Stores the objections with history, and what an undo reverts. */
async function enter(
  scope: Scope,
  objecting: readonly Objecting[],
  importId: string,
): Promise<void> {
  const { sql, tenantId } = scope;
  const pairs = objecting.flatMap(({ contactId, channels }) =>
    channels.map((channel) => ({ contactId, channel }))
  );
  await add(scope, pairs);
  for (const [channel, group] of Map.groupBy(pairs, (each) => each.channel)) {
    await changes.recordAll(scope, {
      kind: "contact",
      ids: group.map(({ contactId }) => contactId),
      action: "objected",
      fields: [{ name: "objection", from: null, to: channel }],
    });
  }
  const nothing = { texts: {}, lists: {}, tags: [], custom: {}, places: [] };
  const rows = objecting.map(({ contactId, version, channels }) => ({
    id: contactId,
    version,
    before: { ...nothing, objections: channels },
  }));
  await sql`
    insert into import_updates (tenant_id, import_id, contact_id, version, before)
    select ${tenantId}, ${importId}, r.id, r.version, r.before
    from jsonb_to_recordset(${sql.json(rows)}) as r (id uuid, version int, before jsonb)
    join contacts p on p.tenant_id = ${tenantId} and p.id = r.id
      and p.import_id is distinct from ${importId}
    on conflict (tenant_id, import_id, record_id) do update
    set before = jsonb_set(
      import_updates.before, '{objections}',
      coalesce(import_updates.before -> 'objections', '[]') || (excluded.before -> 'objections')
    )
  `;
}

/** Adds objections to existing ones; any recorded meanwhile stay as they are. */
export async function add(
  { sql, tenantId, actor, now }: Scope,
  pairs: readonly { contactId: string; channel: Channel }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`
    insert into objections (tenant_id, id, contact_id, channel, objected_at, recorded_by)
    select ${tenantId}, r.id, r.contact_id, r.channel, ${now}, ${actor.userId}
    from unnest(
      ${pairs.map(() => newId())}::uuid[], ${pairs.map(({ contactId }) => contactId)}::uuid[],
      ${pairs.map(({ channel }) => channel)}::text[]
    ) as r (id, contact_id, channel)
    on conflict (tenant_id, contact_id, channel) do nothing
  `;
}
