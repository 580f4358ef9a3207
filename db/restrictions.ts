/**
 * Restriction of processing (Art. 18 GDPR): the contact's flag hides it from every query by
 * row-level security; its reasons are kept here, and it never ends before the person has been told
 * (Art. 18(3)).
 */
import { plainName } from "./full_names.ts";
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import { newId } from "./ids.ts";
import { dayOf } from "./local_times.ts";
import { type Cursor, type Page, page, pageSize, parts } from "./pages.ts";
import type { Scope } from "./scope.ts";

/** Art. 18(1) (a) to (d). */
const grounds = ["accuracy", "unlawful", "claims", "objection"] as const;
export type Ground = typeof grounds[number];

export interface Restriction {
  itemId: string;
  ground: Ground;
  /** How many contacts it covers. */
  contacts: number;
  imposedAt: Date;
  /** The day from which it may end; null while none has been set. */
  liftOn: string | null;
  toldAt: Date | null;
  liftedAt: Date | null;
}

/** Restricts contacts from now on; safe to repeat. Returns how many this right newly restricted. */
export async function impose(
  scope: Scope,
  { contactIds, ground, itemId }: {
    contactIds: readonly string[];
    ground: Ground;
    itemId: string;
  },
): Promise<number> {
  if (contactIds.length === 0) return 0;
  const { sql, tenantId, now } = scope;
  await sql`set local app.sees_restricted = 'on'`;
  const made = await sql<{ contactId: string }[]>`
    insert into restrictions (tenant_id, id, contact_id, item_id, ground, imposed_at)
    select ${tenantId}, wish.id, wish.contact_id, ${itemId}, ${ground}, ${now}
    from unnest(
      ${contactIds.map(() => newId())}::uuid[], ${[...contactIds]}::uuid[]
    ) as wish (id, contact_id)
    on conflict (tenant_id, contact_id, item_id) do nothing
    returning contact_id
  `;
  const ids = made.map(({ contactId }) => contactId);
  await sql`
    update contacts
    set restricted_at = ${now}, restricted_reason = ${ground}
    where tenant_id = ${tenantId}
      and id = any(${ids}::uuid[])
      and restricted_at is null
  `;
  await changes.recordAll(scope, { kind: "contact", ids, action: "restricted" });
  return ids.length;
}

/** The same for people who log in: the database only lets mail be sent that is owed to them. */
export async function imposeOnLogins(
  { sql, tenantId, now }: Scope,
  { identityIds, itemId }: { identityIds: readonly string[]; itemId: string },
): Promise<number> {
  const made = await sql<{ id: string }[]>`
    insert into restrictions (tenant_id, id, identity_id, item_id, ground, imposed_at)
    select ${tenantId}, wish.id, wish.identity_id, ${itemId}, 'accuracy', ${now}
    from unnest(
      ${identityIds.map(() => newId())}::uuid[], ${[...identityIds]}::uuid[]
    ) as wish (id, identity_id)
    on conflict (tenant_id, identity_id, item_id) where identity_id is not null do nothing
    returning identity_id as id
  `;
  await sql`
    update identities
    set restricted_at = ${now}
    where id = any (${made.map(({ id }) => id)}::uuid[])
      and restricted_at is null
  `;
  return made.length;
}

/** The restrictions that the rights of a case have imposed. */
export async function list(scope: Scope, caseId: string): Promise<Restriction[]> {
  const { sql, tenantId } = scope;
  return await sql<Restriction[]>`
    select r.item_id, min(r.ground) as ground, count(*)::int as contacts,
      min(r.imposed_at) as imposed_at, max(r.lift_on) as lift_on, max(r.told_at) as told_at,
      max(r.lifted_at) as lifted_at
    from restrictions r
    join case_items i on i.tenant_id = r.tenant_id and i.id = r.item_id
    where r.tenant_id = ${tenantId}
      and i.case_id = ${caseId}
    group by r.item_id
    order by r.item_id
  `;
}

/** A restriction in force, for those who may see it. */
export interface Standing {
  id: string;
  /** The name of the contact or of the identity. */
  name: string;
  contactId: string | null;
  ground: Ground;
  imposedAt: Date;
  liftOn: string | null;
  toldAt: Date | null;
  /** Null if the request's evidence has expired, or a backup brought the restriction back. */
  caseId: string | null;
  number: string | null;
}

/** All restrictions in force, newest first. */
export async function listStanding(scope: Scope, cursor: Cursor): Promise<Page<Standing>> {
  const { sql, tenantId } = scope;
  const { id, backwards } = parts(cursor);
  const direction = backwards ? sql`asc` : sql`desc`;
  await sql`set local app.sees_restricted = 'on'`;
  const rows = await sql<Standing[]>`
    select r.id, r.contact_id, r.ground, r.imposed_at, r.lift_on, r.told_at, k.id as case_id, k.number,
      coalesce(
        l.name,
        ${plainName("c")}
      ) as name
    from restrictions r
    left join contacts c on c.tenant_id = r.tenant_id and c.id = r.contact_id
    left join identities l on l.id = r.identity_id
    left join case_items i on i.tenant_id = r.tenant_id and i.id = r.item_id
    left join cases k on k.tenant_id = i.tenant_id and k.id = i.case_id
    where r.tenant_id = ${tenantId}
      and r.lifted_at is null
      ${
    id === null ? sql`` : sql`
      and (r.imposed_at, r.id) ${backwards ? sql`>` : sql`<`} (
        select a.imposed_at, a.id
        from restrictions a
        where a.tenant_id = ${tenantId}
          and a.id = ${id}
      )`
  }
    order by r.imposed_at ${direction}, r.id ${direction}
    limit ${pageSize + 1}
  `;
  return page(rows, cursor);
}

/** The restriction imposed by a right; null if it restricts nobody. */
export async function lookup(scope: Scope, itemId: string): Promise<Restriction | null> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Restriction[]>`
    select item_id, min(ground) as ground, count(*)::int as contacts,
      min(imposed_at) as imposed_at, max(lift_on) as lift_on, max(told_at) as told_at,
      max(lifted_at) as lifted_at
    from restrictions
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
    group by item_id
  `;
  return row ?? null;
}

/**
 * Ends a right's restriction. Throws Invalid: `case.step` if there is none, `case.not_told` before
 * the person was told, `case.too_early` before the announced day.
 */
export async function lift(
  scope: Scope,
  { caseId, itemId }: { caseId: string; itemId: string },
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const found = await lookup(scope, itemId);
  if (!found || found.liftedAt) throw new Invalid("case.step");
  if (!found.toldAt) throw new Invalid("case.not_told");
  if (found.liftOn && found.liftOn > dayOf(now)) throw new Invalid("case.too_early");
  await sql`set local app.sees_restricted = 'on'`;
  const lifted = await sql<{ contactId: string | null; identityId: string | null }[]>`
    update restrictions
    set lifted_at = ${now}
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and lifted_at is null
    returning contact_id, identity_id
  `;
  const ids = lifted.flatMap(({ contactId }) => contactId ?? []);
  await sql`
    update identities i
    set restricted_at = null
    where i.id = any(${lifted.flatMap(({ identityId }) => identityId ?? [])}::uuid[])
      and not exists (
        select
        from restrictions r
        where r.tenant_id = ${tenantId}
          and r.identity_id = i.id
          and r.lifted_at is null
      )
  `;
  // What another right still restricts stays closed, as does what the law keeps after an erasure.
  const open = await sql<{ id: string }[]>`
    update contacts c
    set restricted_at = null, restricted_reason = null, restricted_until = null
    where c.tenant_id = ${tenantId}
      and c.id = any(${ids}::uuid[])
      and c.restricted_reason is distinct from 'retention'
      and not exists (
        select
        from restrictions r
        where r.tenant_id = ${tenantId}
          and r.contact_id = c.id
          and r.lifted_at is null
      )
    returning c.id
  `;
  await changes.recordAll(scope, {
    kind: "contact",
    ids: open.map(({ id }) => id),
    action: "restriction_lifted",
  });
  await caseEvents.append(scope, { caseId, itemId, action: "restriction_lifted", by });
}
