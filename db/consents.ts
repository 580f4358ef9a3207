/**
 * Consents (Art. 6(1)(a), 7 GDPR; § 7(2), 7a UWG): to what, in which words, when and how they were
 * given. The proof is kept after a withdrawal, which is as easy as giving consent (Art. 7(3)).
 */
import * as changes from "./changes.ts";
import { firstKept } from "./ended_proofs.ts";
import { NotFound } from "./errors.ts";
import { hold } from "./held_records.ts";
import { newId } from "./ids.ts";
import { instantOf } from "./local_times.ts";
import type { Purpose } from "./origins.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";

export const channels = ["email", "phone", "post", "sms"] as const;
export type Channel = typeof channels[number];

/** How the tenant received a consent. */
export const ways = ["form", "paper", "phone", "mail", "spoken"] as const;
export type Way = typeof ways[number];

export interface Consent {
  id: string;
  channel: Channel;
  purpose: Purpose;
  /** The wording agreed to, or the name of its version. */
  textVersion: string;
  givenAt: Date;
  /** One of `ways`, or the description from another system. */
  givenHow: string;
  proof: string;
  withdrawnAt: Date | null;
  recordedBy: string | null;
}

export interface ConsentInput {
  channels: readonly Channel[];
  purpose: Purpose;
  textVersion: string;
  /** A calendar day in Europe/Berlin. */
  givenOn: string;
  givenHow: Way;
  proof: string;
}

/** The newest consents of a contact, at most 100, those in force first. */
export async function list({ sql, tenantId }: Scope, contactId: string): Promise<Consent[]> {
  return await sql<Consent[]>`
    select c.id, c.channel, c.purpose, c.text_version, c.given_at, c.given_how, c.proof,
      c.withdrawn_at, i.name as recorded_by
    from consents c
    left join users u on u.tenant_id = c.tenant_id and u.id = c.recorded_by
    left join identities i on i.id = u.identity_id
    where c.tenant_id = ${tenantId}
      and c.contact_id = ${contactId}
    order by c.withdrawn_at desc nulls first, c.given_at desc, c.id
    limit ${literal(100)}
  `;
}

/** What a person has agreed to, and not withdrawn. */
export type Agreed = Pick<Consent, "channel" | "purpose">;

/** What the person agrees to now, as a json column of the contact's row `p`. */
export const column = ({ sql }: Scope) =>
  sql`
    array_to_json(
      array(
        select distinct on (c.channel, c.purpose)
          json_build_object('channel', c.channel, 'purpose', c.purpose)
        from consents c
        where c.tenant_id = p.tenant_id
          and c.contact_id = p.id
          and c.withdrawn_at is null
        order by c.channel, c.purpose
      )
    ) as agreed`;

/**
 * Records a consent, one row per channel; `id` is the form's, so that sending it twice changes
 * nothing. Throws NotFound if the contact does not exist.
 */
export async function create(
  scope: Scope,
  contactId: string,
  id: string,
  input: ConsentInput,
): Promise<void> {
  const { sql, tenantId, actor } = scope;
  await assertThere(scope, contactId);
  const insert = async (ids: readonly string[], channels: readonly Channel[]) =>
    await sql`
    insert into consents (
      tenant_id, id, contact_id, channel, purpose, text_version, given_at, given_how, proof,
      recorded_by
    )
    select ${tenantId}, wish.id, ${contactId}, wish.channel, ${input.purpose},
      ${input.textVersion}, ${instantOf(input.givenOn)}, ${input.givenHow}, ${input.proof},
      ${actor.userId}
    from unnest(${[...ids]}::uuid[], ${[...channels]}::text[]) as wish (id, channel)
    on conflict (tenant_id, id) do nothing
  `;
  const [first, ...others] = input.channels;
  // The form's id first: sent twice at once, the second waits here and finds it taken.
  if (first === undefined || (await insert([id], [first])).count === 0) return;
  await insert(others.map(() => newId()), others);
  await record(scope, contactId, "consent_given", input.channels);
}

/**
 * Records that a consent was withdrawn, together with all others to the same purpose and channel:
 * people withdraw permission, not a single form. Safe to repeat. Throws NotFound.
 */
export async function withdraw(scope: Scope, contactId: string, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  // Two of one purpose that are withdrawn at once would each wait for the other.
  await hold(scope, "contacts", contactId);
  const [consent] = await sql<{ channel: Channel; purpose: string; stands: boolean }[]>`
    select channel, purpose, withdrawn_at is null as stands
    from consents
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and id = ${id}
    for update
  `;
  if (!consent) throw new NotFound("consent");
  const { channel, purpose, stands } = consent;
  if (!stands) return;
  await sql`
    update consents
    set withdrawn_at = ${now}
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and channel = ${channel}
      and purpose = ${purpose}
      and withdrawn_at is null
  `;
  await record(scope, contactId, "consent_withdrawn", [channel]);
}

/**
 * Ends a person's consents to marketing by these channels, or by `all`, as they have objected to it:
 * withdrawing must be as easy as giving consent was (Art. 7(3) GDPR), and the link in a newsletter
 * is the way that its readers know. Safe to repeat.
 */
export async function endMarketing(
  scope: Scope,
  contactId: string,
  channels: readonly (Channel | "all")[],
): Promise<void> {
  const { sql, tenantId, now } = scope;
  await hold(scope, "contacts", contactId);
  const ended = await sql<{ channel: Channel }[]>`
    update consents
    set withdrawn_at = ${now}
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
      and purpose = 'marketing'
      and (${channels.includes("all")} or channel = any (${[...channels]}::text[]))
      and withdrawn_at is null
    returning channel
  `;
  const named = [...new Set(ended.map(({ channel }) => channel))].toSorted();
  if (named.length > 0) await record(scope, contactId, "consent_withdrawn", named);
}

async function assertThere({ sql, tenantId }: Scope, contactId: string): Promise<void> {
  const [row] = await sql`
    select id
    from contacts
    where tenant_id = ${tenantId}
      and id = ${contactId}
      and deleted_at is null
    for key share
  `;
  if (!row) throw new NotFound("contact");
}

async function record(
  scope: Scope,
  id: string,
  action: "consent_given" | "consent_withdrawn",
  channels: readonly Channel[],
): Promise<void> {
  await changes.record(scope, {
    kind: "contact",
    id,
    action,
    fields: channels.map((channel) => ({ name: "consent", from: null, to: channel })),
  });
}

/** The number of consents removed in one transaction. */
export const batch = 1000;

/**
 * Removes at most a batch of withdrawn consents whose proof can no longer be demanded (class
 * `consent`): three years after the end of the year of withdrawal. Returns how many.
 */
export async function removeOld({ sql, tenantId, now }: Scope): Promise<number> {
  const { count } = await sql`
    delete from consents
    where tenant_id = ${tenantId}
      and id in (
        select id
        from consents
        where tenant_id = ${tenantId}
          and withdrawn_at < ${firstKept(now)}
        limit ${batch}
      )
  `;
  return count;
}
