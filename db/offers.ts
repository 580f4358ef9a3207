/** Offers: versions of what is offered in a deal; an issued one never changes. */
import { Invalid, NotFound, Stale } from "./errors.ts";
import { type Item, priced, type PricedItem } from "./deal_items.ts";
import { isHidden } from "./field_rights.ts";
import { fullName } from "./full_names.ts";
import { type Sums, sumsOf } from "./line_sums.ts";
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";

/** As stored; `expired` depends on the day. */
export const states = [
  "draft",
  "issued",
  "sent",
  "accepted",
  "declined",
  "expired",
  "replaced",
] as const;
export type OfferState = typeof states[number];

/** What may be changed while it is a draft. */
export interface OfferInput {
  contactId: string | null;
  language: "de" | "en";
  /** Name and address, as shown in the envelope's window. */
  recipient: string;
  subject: string;
  opening: string;
  closing: string;
  /** A calendar day. */
  validUntil: string;
}

export interface OfferRow {
  id: string;
  /** Null for drafts that were never issued. */
  number: string | null;
  versionNo: number;
  state: OfferState;
  subject: string;
  /** The first line of the address: a company's or a person's name. */
  addressee: string;
  dealId: string | null;
  dealTitle: string | null;
  currency: string;
  /** Including tax; zero for a draft. */
  grossCents: number;
  issuedOn: string | null;
  validUntil: string;
  createdAt: Date;
}

export interface Offer extends OfferRow, OfferInput {
  firstId: string;
  companyId: string | null;
  contactName: string | null;
  gross: boolean;
  items: PricedItem[];
  sums: Sums;
  messageId: string | null;
  sentAt: Date | null;
  decidedAt: Date | null;
  keptUntil: string | null;
  /** SHA-256 of the document. */
  digest: string | null;
  createdByName: string | null;
  version: number;
}

/** The state of row `o` on the day of the scope. */
export const stateOf = ({ sql, now }: Scope) =>
  sql`case when o.state in ('issued', 'sent') and o.valid_until < ${dayOf(now)}
    then 'expired' else o.state end`;

/**
 * Whether row `o` may be shown: its person is not restricted or in the trash, and its sum not
 * hidden.
 */
export const visible = (scope: Scope) =>
  scope.sql`(not ${isHidden(scope, "deal", "amount")}::boolean) and (
    o.contact_id is null
    or exists (
      select
      from contacts c
      where c.tenant_id = o.tenant_id
        and c.id = o.contact_id
        and c.deleted_at is null
        and c.restricted_at is null
    )
  )
  and not exists (
    select
    from deals t
    where t.tenant_id = o.tenant_id
      and t.id = o.deal_id
      and t.deleted_at is not null
  )`;

/** The addressee of row `o`. */
export const addressee = ({ sql }: Scope) => sql`split_part(o.recipient, E'\\n', 1)`;

/** The columns of `o` that a row of a list shows. */
export const rowColumns = (scope: Scope) =>
  scope.sql`o.id, o.number, o.version_no, ${stateOf(scope)} as state, o.subject,
    ${addressee(scope)} as addressee, o.deal_id, d.title as deal_title, o.currency,
    (o.net_cents + o.vat_cents)::float8 as gross_cents, o.issued_on, o.valid_until, o.created_at`;

/** Offers `o` with their deals `d`. */
export const joins = ({ sql }: Scope) =>
  sql`
    from offers o
    left join deals d on d.tenant_id = o.tenant_id and d.id = o.deal_id`;

/** Maximum versions of one offer that are shown. */
const mostVersions = 100;

/** One offer, with its other versions. Throws NotFound. */
export async function find(
  scope: Scope,
  id: string,
): Promise<Offer & { versions: Pick<OfferRow, "id" | "versionNo" | "state">[] }> {
  const { sql, tenantId } = scope;
  const [row] = await sql<(Omit<Offer, "items" | "sums"> & { items: Item[] })[]>`
    select ${rowColumns(scope)}, o.first_id, o.contact_id, o.company_id, o.language, o.recipient,
      o.opening, o.closing, o.gross, o.items, o.message_id, o.sent_at,
      o.decided_at, o.kept_until, encode(o.paper_digest, 'hex') as digest, o.version,
      (
        select ${fullName("c")}
        from contacts c
        where c.tenant_id = o.tenant_id
          and c.id = o.contact_id
      ) as contact_name,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = o.tenant_id
          and u.id = o.created_by
      ) as created_by_name
    ${joins(scope)}
    where o.tenant_id = ${tenantId}
      and o.id = ${id}
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("offer");
  const versions = await sql<Pick<OfferRow, "id" | "versionNo" | "state">[]>`
    select o.id, o.version_no, ${stateOf(scope)} as state
    from offers o
    where o.tenant_id = ${tenantId}
      and o.first_id = ${row.firstId}
    order by o.version_no
    limit ${mostVersions}
  `;
  const items = priced(row.items);
  return { ...row, items, sums: sumsOf(items, row.gross)!, versions };
}

/** Whether only the law keeps an offer: it became a contract, and its deal is gone. */
export async function isKept({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const rows = await sql`
    select
    from offers
    where tenant_id = ${tenantId}
      and id = ${id}
      and deal_id is null
  `;
  return rows.length > 0;
}

/** The document of an issued offer, or null if it has to be generated again. Throws NotFound. */
export async function paperOf(scope: Scope, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const [row] = await scope.sql<{ paper: Uint8Array | null }[]>`
    select o.paper
    from offers o
    where o.tenant_id = ${scope.tenantId}
      and o.id = ${id}
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("offer");
  return row.paper && new Uint8Array(row.paper);
}

/**
 * Creates a draft for a deal under the id of its form; resubmitting it changes nothing. Throws
 * NotFound.
 */
export async function create(
  scope: Scope,
  id: string,
  deal: { id: string; companyId: string | null; currency: string },
  input: OfferInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const rows = await sql`
    insert into offers ${
    sql({
      ...{ tenantId, id, firstId: id, dealId: deal.id, companyId: deal.companyId },
      ...{ currency: deal.currency, ...input },
      ...{ createdAt: now, createdBy: actor.userId, updatedAt: now, updatedBy: actor.userId },
    })
  }
    on conflict (tenant_id, id) do nothing
    returning id
  `;
  if (rows.length === 0) await find(scope, id);
}

/** Overwrites the version of a draft that was read. Throws NotFound, Stale or Invalid. */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  input: OfferInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const before = await find(scope, id);
  if (before.state !== "draft") throw new Invalid("offers.issued_already", "");
  const { count } = await sql`
    update offers
    set ${sql({ ...input, updatedAt: now, updatedBy: actor.userId })}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and state = 'draft'
      and version = ${version}
  `;
  if (count === 0) throw new Stale("offer", before.version);
}

/** Deletes a draft for good. Throws NotFound, or Invalid for one that was issued. */
export async function remove(scope: Scope, id: string): Promise<Offer> {
  const { sql, tenantId } = scope;
  const offer = await find(scope, id);
  const { count } = await sql`
    delete from offers
    where tenant_id = ${tenantId}
      and id = ${id}
      and state = 'draft'
  `;
  if (count === 0) throw new Invalid("offers.issued_already", "");
  return offer;
}
