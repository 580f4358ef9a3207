/**
 * Contracts of tenants: notice, the days in which all data can be exported, the end (clause 5.2).
 */
import { Invalid } from "./errors.ts";
import { now, today } from "./clock.ts";
import { addDays, daysBetween } from "./local_times.ts";
import * as changes from "./changes.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** What a tenant may do: everything; read and export; withdraw the notice; nothing any more. */
export type Phase = "open" | "read_only" | "closed" | "erasing";

export interface Contract {
  phase: Phase;
  startedOn: string;
  noticeGivenAt: Date | null;
  /** The last day of full use. */
  usesUntil: string | null;
  /** The last day of the contract: until then its data can be read and exported. */
  endsOn: string | null;
}

/** A contract in the provider's list. */
export interface ContractEntry extends Contract {
  id: string;
  name: string;
  slug: string;
}

/** The longest notice period in days, from today: two months (Data Act, 25(2)(d)). */
const mostNoticeDays = 62;
/** The day after the end on which live data are erased; until then notice can be withdrawn. */
const erasureDay = 3;

/** The last day on which notice can be withdrawn. */
export const withdrawableUntil = (endsOn: string): string => addDays(endsOn, erasureDay - 1);

const columns = (sql: AnySql) =>
  sql`
  phase, (created_at at time zone 'Europe/Berlin')::date as started_on, notice_given_at, uses_until,
  contract_ends_on as ends_on
`;

/** The contract of the scope's tenant. */
export async function find({ sql, tenantId }: Scope): Promise<Contract> {
  const [row] = await sql<[Contract]>`
    select ${columns(sql)}
    from tenants
    where id = ${tenantId}
  `;
  return row;
}

/** Why a day cannot be the last day of full use, as an error code; null if it can. */
export function faultOfLastDay(day: string, from = today()): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return "invalid";
  try {
    Temporal.PlainDate.from(day);
  } catch {
    return "invalid";
  }
  if (day < from) return "contracts.past";
  return daysBetween(from, day) > mostNoticeDays ? "contracts.too_late" : null;
}

/** Gives notice with a last day of full use, and records it. Throws Invalid if already given. */
export async function giveNotice(scope: Scope, lastDay: string): Promise<Contract> {
  const { sql, now } = scope;
  const fault = faultOfLastDay(lastDay);
  if (fault) throw new Invalid(fault, "lastDay");
  const [row] = await sql<{ given: boolean }[]>`
    select give_notice(${lastDay}, ${now}) as given
  `;
  if (!row!.given) throw new Invalid("contracts.given_already", "lastDay");
  const contract = await find(scope);
  await note(scope, { from: null, to: contract.endsOn });
  return contract;
}

/** Withdraws the notice, and records it. Throws Invalid if it is too late, or none was given. */
export async function withdrawNotice(scope: Scope): Promise<void> {
  const { endsOn, phase } = await find(scope);
  const late = phase === "erasing" || (endsOn !== null && today() > withdrawableUntil(endsOn));
  if (late) throw new Invalid("contracts.erased_already", "code");
  const [row] = await scope.sql<{ withdrawn: boolean }[]>`select withdraw_notice() as withdrawn`;
  if (!row!.withdrawn) throw new Invalid("contracts.no_notice", "code");
  await note(scope, { from: endsOn, to: null });
}

async function note(scope: Scope, end: { from: string | null; to: string | null }): Promise<void> {
  const fields = [{ name: "contract_ends_on", ...end }];
  await changes.record(scope, { kind: "tenant", id: scope.tenantId, action: "updated", fields });
}

/**
 * Moves every contract into its phase on a day, as the database owner; returns how many changed.
 */
export async function movePhases(owner: AnySql, day = today()): Promise<number> {
  const moved = await owner`
    update tenants
    set phase = wanted.phase
    from (
      select id, case
        when uses_until is null or uses_until >= ${day} then 'open'
        when contract_ends_on >= ${day} then 'read_only'
        else 'closed'
      end as phase
      from tenants
      where notice_given_at is not null
    ) wanted
    where tenants.id = wanted.id
      and tenants.phase <> 'erasing'
      and tenants.phase <> wanted.phase
  `;
  return moved.count;
}

const pageSize = 50;

/** All contracts, earliest end first; `after` is the last tenant on the previous page. */
export async function list(
  sql: AnySql,
  after: string | null = null,
): Promise<{ contracts: ContractEntry[]; next: string | null }> {
  const rows = await sql<ContractEntry[]>`
    select id, name, slug, ${columns(sql)}
    from tenants
    where true
      ${
    after === null ? sql`` : sql`
      and (coalesce(contract_ends_on, 'infinity'), id) > (
        select coalesce(b.contract_ends_on, 'infinity'), b.id
        from tenants b
        where b.id = ${after}
      )`
  }
    order by coalesce(contract_ends_on, 'infinity'), id
    limit ${pageSize + 1}
  `;
  const contracts = rows.slice(0, pageSize);
  return { contracts, next: rows.length > pageSize ? contracts.at(-1)!.id : null };
}

/** A contract that is ending, with the language of its letters. */
export interface Ending extends ContractEntry {
  locale: "de" | "en";
}

/** Contracts under notice whose tenants still exist, a page at a time. */
export async function listEnding(sql: AnySql, after: string | null): Promise<Ending[]> {
  return await sql<Ending[]>`
    select id, name, slug, locale, ${columns(sql)}
    from tenants
    where notice_given_at is not null
      and phase <> 'erasing'
      ${after === null ? sql`` : sql`and id > ${after}`}
    order by id
    limit 200
  `;
}

/** Days before a change of phase on which owners are reminded of it. */
const reminderDays = [14, 7, 3, 1, 0];

/** What the owners have to be told on a day: the coming change of phase and the days left. */
export function reminderOn(
  { usesUntil, endsOn }: Pick<Contract, "usesUntil" | "endsOn">,
  day: string,
): { turn: "read_only" | "end" | "erasure"; on: string; days: number } | null {
  if (!usesUntil || !endsOn) return null;
  const turns = [
    { turn: "read_only", on: addDays(usesUntil, 1), days: [7, 1, 0] },
    { turn: "end", on: addDays(endsOn, 1), days: reminderDays },
    { turn: "erasure", on: addDays(endsOn, erasureDay), days: [2, 1] },
  ] as const;
  for (const { turn, on, days } of turns) {
    const left = daysBetween(day, on);
    if ((days as readonly number[]).includes(left)) return { turn, on, days: left };
  }
  return null;
}

/** Marks a letter as written; false if it already was, so that nobody gets it twice. */
export async function noteLetter(sql: AnySql, tenantId: string, kind: string): Promise<boolean> {
  const { count } = await sql`
    insert into contract_letters (house, kind, written_at)
    values (${tenantId}, ${kind}, ${now()})
    on conflict do nothing
  `;
  return count === 1;
}

/** The owners of the scope's tenant, who receive letters about its contract; at most 100. */
export async function owners(
  { sql, tenantId }: Scope,
): Promise<{ email: string; name: string; locale: "de" | "en" }[]> {
  return await sql<{ email: string; name: string; locale: "de" | "en" }[]>`
    select i.email, i.name, i.locale
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.role = 'owner'
      and u.deactivated_at is null
    order by u.id
    limit 100
  `;
}
