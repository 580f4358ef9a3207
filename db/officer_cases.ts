/** Requests as the officer needs them: what is open, until when, and what may be done about it. */
import * as authorities from "./authorities.ts";
import * as authorityCases from "./authority_cases.ts";
import { type Status, steps } from "./case_statuses.ts";
import type { LinkAction } from "./case_letters.ts";
import { providerId } from "./controllers.ts";
import type { Right } from "./letters.ts";
import type { Scope } from "./scope.ts";

export { providerId };

/** The tenant on whose behalf a mail is sent; null for the provider. */
export const mailTenant = (controllerId: string): string | null =>
  controllerId === providerId ? null : controllerId;

/** The page with a controller's requests for signed-in staff. */
export const deskOf = (controllerId: string): string =>
  controllerId === providerId ? "/operator/requests" : "/settings/requests";

export interface OpenItem {
  id: string;
  right: Right;
  /** Where the letter claims it; empty if it was ticked. */
  sentence: string;
  status: Status;
  /** Changes with each decision: an order for another state no longer counts. */
  state: string;
  actions: LinkAction[];
}

export interface OpenCase {
  id: string;
  number: string;
  channel: "form" | "email" | "post";
  /** Calendar days. */
  receivedOn: string;
  targetOn: string;
  dueOn: string;
  /** The period is suspended: none of the days is near or past. */
  paused: boolean;
  /** Whether an authority seems to have written: none of the days is its own. */
  authority: boolean;
  items: OpenItem[];
}

/** How many cases a page of the queue shows. */
const pageSize = 50;

interface Row extends Omit<OpenCase, "items" | "authority"> {
  personEmail: string;
  body: string;
  extendable: boolean;
  unclear: boolean;
  items: { id: string; right: Right; sentence: string; status: Status; version: number }[];
}

/** An open case with its open items, or null. */
export async function lookup(scope: Scope, id: string): Promise<OpenCase | null> {
  const [found] = await rows(scope, id, null, 1);
  return found ?? null;
}

/** The queue, earliest deadline first; `after` is the last case of the previous page. */
export async function list(
  scope: Scope,
  after: { dueOn: string; id: string } | null,
): Promise<{ cases: OpenCase[]; more: boolean }> {
  const found = await rows(scope, null, after, pageSize + 1);
  return { cases: found.slice(0, pageSize), more: found.length > pageSize };
}

async function rows(
  scope: Scope,
  id: string | null,
  after: { dueOn: string; id: string } | null,
  most: number,
): Promise<OpenCase[]> {
  const { sql, tenantId } = scope;
  const found = await sql<Row[]>`
    select c.id, c.number, c.channel, c.received_on::text as received_on,
      c.target_on::text as target_on, c.due_on::text as due_on,
      ${mayExtend(scope)} as extendable, c.paused_at is not null as paused,
      c.person_email, left(c.body, ${authorities.looked}) as body,
      case_person_open(c.tenant_id, c.id) as unclear, coalesce(i.items, '[]') as items
    from cases c
    left join lateral (
      select jsonb_agg(
        jsonb_build_object(
          'id', i.id, 'right', i.claimed_right, 'sentence', i.sentence,
          'status', i.status, 'version', i.version
        ) order by i.id
      ) as items
      from case_items i
      where i.tenant_id = c.tenant_id
        and i.case_id = c.id
        and i.closed_at is null
    ) i on true
    where c.tenant_id = ${tenantId}
      and c.status = 'open'
      ${id === null ? sql`` : sql`and c.id = ${id}`}
      ${after === null ? sql`` : sql`and (c.due_on, c.id) > (${after.dueOn}, ${after.id})`}
    order by c.due_on, c.id
    limit ${most}
  `;
  return found.map(({ extendable, unclear, items, personEmail, body, ...found }) => ({
    ...found,
    authority: authorities.wrote({ personEmail, body }),
    items: items.map(({ version, ...item }) => ({
      ...item,
      state: stateOf(version),
      actions: actionsOf(item.status, { extendable, paused: found.paused, unclear }),
    })),
  }));
}

/**
 * Whether a case may still be extended: once, and within its first month (Art. 12(3) sentence 2).
 */
const mayExtend = ({ sql, now }: Scope) =>
  sql`
    c.extended_at is null
      and (coalesce(c.paused_at, ${now}) at time zone 'Europe/Berlin')::date <= c.due_on`;

/** A state as a text that links and codes are bound to. */
const stateOf = (version: number): string => String(version);

/** What the officer may order in a status; while it is being carried out, nothing. */
function actionsOf(
  status: Status,
  { extendable, paused, unclear }: { extendable: boolean; paused: boolean; unclear: boolean },
): LinkAction[] {
  const leads = (to: Status) => steps[status].includes(to);
  const actions: [LinkAction, boolean][] = [
    ["approve", leads("execution")],
    ["refuse", leads("refused")],
    ["extend", extendable && status !== "execution" && status !== "proof"],
    ["identity", !paused && leads("identity")],
    ["identified", status === "identity"],
    ["done", leads("done")],
    ["person", unclear],
  ];
  return actions.flatMap(([action, possible]) => possible ? [action] : []);
}

export interface DescribedItem {
  caseId: string;
  number: string;
  right: Right;
  channel: "form" | "email" | "post";
  personName: string;
  personEmail: string;
  /** Whether the person has confirmed that address. */
  confirmed: boolean;
  receivedOn: string;
  targetOn: string;
  dueOn: string;
  paused: boolean;
  language: string;
  sentence: string;
  text: string;
  state: string;
  status: Status;
  open: boolean;
  /** Whether an authority seems to have written: none of our days is its own. */
  authority: boolean;
  actions: LinkAction[];
}

/**
 * An item with its case; with `lock`, locked until the transaction ends so that it can be decided.
 */
export async function describe(
  scope: Scope,
  itemId: string,
  lock = false,
): Promise<DescribedItem | null> {
  const { sql, tenantId } = scope;
  // Lock the case first, as every decision does, so that page and link wait for each other.
  if (lock) {
    await sql`
      select
      from cases
      where tenant_id = ${tenantId}
        and id = (select case_id from case_items where tenant_id = ${tenantId} and id = ${itemId})
      for update
    `;
  }
  const [row] = await sql<
    (Omit<DescribedItem, "state" | "open" | "authority" | "actions"> & {
      version: number;
      closed: boolean;
      extendable: boolean;
      unclear: boolean;
    })[]
  >`
    select c.id as case_id, c.number, i.claimed_right as "right", c.channel, c.person_name,
      c.person_email, c.confirmed_at is not null as confirmed,
      c.received_on::text as received_on, c.target_on::text as target_on,
      c.due_on::text as due_on, c.language, i.sentence, c.body as text, i.status, i.version,
      i.closed_at is not null as closed, ${mayExtend(scope)} as extendable,
      c.paused_at is not null as paused, case_person_open(c.tenant_id, c.id) as unclear
    from case_items i
    join cases c on c.tenant_id = i.tenant_id and c.id = i.case_id
    where i.tenant_id = ${tenantId}
      and i.id = ${itemId}
    ${lock ? sql`for update` : sql``}
  `;
  if (!row) return null;
  const { version, closed, extendable, unclear, ...item } = row;
  return {
    ...item,
    state: stateOf(version),
    open: !closed,
    authority: authorities.wrote({ personEmail: item.personEmail, body: item.text }),
    actions: closed ? [] : actionsOf(item.status, { extendable, paused: item.paused, unclear }),
  };
}

/**
 * Figures as of a day, and the cases with the nearest deadlines; suspended ones are not due, nor are
 * letters of authorities, which set their own deadline. Closed ones are those of the week before
 * `monday`: a report that is late counts them once all the same.
 */
export async function week(scope: Scope, day: string, most: number, monday = day) {
  const { sql, tenantId } = scope;
  const authority = await authorityCases.listOpen(scope);
  const [figures] = await sql<
    { open: number; resting: number; overdue: number; due: number; closed: number }[]
  >`
    select
      count(*) filter (where status = 'open')::int as open,
      count(*) filter (where status = 'open' and paused_at is not null)::int as resting,
      count(*) filter (
        where status = 'open'
          and paused_at is null
          and id <> all (${authority}::uuid[])
          and due_on < ${day}
      )::int as overdue,
      count(*) filter (
        where status = 'open'
          and paused_at is null
          and id <> all (${authority}::uuid[])
          and due_on between ${day}::date and ${day}::date + 7
      )::int as due,
      count(*) filter (
        where (closed_at at time zone 'Europe/Berlin')::date
          between ${monday}::date - 7 and ${monday}::date - 1
      )::int as closed
    from cases
    where tenant_id = ${tenantId}
  `;
  const { cases } = await list(scope, null);
  return {
    ...figures!,
    authority: authority.length,
    rows: cases.slice(0, most).map(({ items, ...found }) => ({
      number: found.number,
      rights: items.map(({ right }) => right),
      dueOn: found.dueOn,
      authority: found.authority,
      daysLeft: daysLeft(found, day),
    })),
  };
}

/**
 * Days from a day to a case's deadline, negative if it is past; null while its period is suspended.
 */
export const daysLeft = (
  { dueOn, paused }: Pick<OpenCase, "dueOn" | "paused">,
  from: string,
): number | null =>
  paused ? null : Temporal.PlainDate.from(from).until(dueOn, { largestUnit: "day" }).days;
