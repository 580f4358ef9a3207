/**
 * Requests of data subjects: each is one case with one clock and an item for each right claimed.
 * The controller is a tenant, or the provider under `providerId`; `tenant_id` holds its id, so that
 * each sees only its own cases.
 */
import type { CaseEvent, Party } from "./case_events.ts";
import * as events from "./case_events.ts";
import * as controllers from "./controllers.ts";
import { deadlineOf } from "./deadlines.ts";
import { NotFound } from "./errors.ts";
import { holidaysFrom } from "./holidays.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Claim, Right } from "./letters.ts";
import { dayOf } from "./local_times.ts";
import { newCode } from "./readable_codes.ts";
import { digester } from "./secret_chain.ts";
import type { Scope } from "./scope.ts";

export type { CaseEvent, Party };
export type Channel = "form" | "email" | "post";
export type CaseStatus = "open" | "closed";

export interface Case {
  id: string;
  number: string;
  channel: Channel;
  status: CaseStatus;
  /** The language detected in the letter. */
  language: string;
  personName: string;
  personEmail: string;
  personAddress: string;
  body: string;
  duplicateOf: string | null;
  receivedAt: Date;
  receivedOn: string;
  land: string;
  targetOn: string;
  unshiftedOn: string;
  dueOn: string;
  acknowledgedAt: Date | null;
  /** When the person proved that they read the address; unconfirmed cases are worked on as well. */
  confirmedAt: Date | null;
  extendedAt: Date | null;
  extensionReason: string;
  pausedAt: Date | null;
  pausedDays: number;
  closedAt: Date | null;
  eraseAfter: string | null;
  createdAt: Date;
  version: number;
}

export interface CaseInput {
  /** The id that the form was rendered with. */
  id: string;
  channel: Channel;
  language: string;
  personName: string;
  personEmail: string;
  personAddress: string;
  body: string;
  /** The day a letter was received; for all other channels, today in Berlin. */
  receivedOn?: string;
  /** Identifies a mail, so that it is recognised when it arrives again. */
  mailKey?: string;
  /** Each right at most once; empty when somebody has to read the letter first. */
  claims: readonly Claim[];
}

/**
 * Rights that stop processing as soon as the request is received, before anybody has reviewed it.
 */
export const prompt: readonly Right[] = ["restriction", "objection", "withdrawal"];

/** Generates a case number such as `DS-7K4Q-2M`, which reveals nothing. */
const newNumber = (): string => `DS-${newCode(4)}-${newCode(2)}`;

/** The keyed hash of an address, which finds its other cases and outlives it; null without one. */
export function personHash(
  secretKey: string,
  { tenantId }: Pick<Scope, "tenantId">,
  email: string,
): Uint8Array | null {
  if (email === "") return null;
  return digester(secretKey, { tenantId, info: "cases" })(email.normalize("NFC").toLowerCase());
}

/** Calculates the dates of a clock for a place. */
export async function datesOf(
  clock: { receivedOn: string; extended?: boolean; pausedDays?: number },
  place: { country: string; land: string },
) {
  const holidays = await holidaysFrom(Number(clock.receivedOn.slice(0, 4)), place);
  const { targetOn, unshiftedOn, dueOn } = deadlineOf(clock, holidays);
  return { targetOn, unshiftedOn, dueOn };
}

/**
 * Opens a case for a request: the clock runs from receipt, even if the identity is unproven. An
 * open case of the same address is linked, never replaced. Returns null when the form was already
 * sent.
 */
export async function create(
  scope: Scope,
  secretKey: string,
  input: CaseInput,
  by: Party,
): Promise<Case | null> {
  const { tenantId, actor, now } = scope;
  const { country, land } = await controllers.find(scope);
  const { claims, receivedOn = dayOf(now), ...given } = input;
  const hash = personHash(secretKey, scope, input.personEmail);
  const row = {
    tenantId,
    ...given,
    personHash: hash,
    duplicateOf: hash && await lookupEarlier(scope, hash, input.id),
    receivedAt: now,
    receivedOn,
    land,
    ...await datesOf({ receivedOn }, { country, land }),
    createdAt: now,
    createdBy: actor.userId,
    updatedAt: now,
  };
  if (!await insert(scope, row)) return null;
  await events.append(scope, { caseId: input.id, action: "received", to: "open", by });
  await addItems(scope, input.id, claims, by);
  await enqueue(scope.sql, "acknowledge_case", tenantId, { caseId: input.id });
  await enqueue(scope.sql, "find_person", tenantId, { caseId: input.id });
  return await find(scope, input.id);
}

/** Returns false when the id already exists; draws another number when one is taken. */
async function insert({ sql, tenantId }: Scope, row: Record<string, unknown>): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const number = newNumber();
    const [made] = await sql`
      insert into cases ${sql({ ...row, number })}
      on conflict do nothing
      returning id
    `;
    if (made) return true;
    const [sent] = await sql`
      select id
      from cases
      where tenant_id = ${tenantId}
        and id = ${row.id as string}
    `;
    if (sent) return false;
  }
  throw new Error("no free case number");
}

async function lookupEarlier(
  { sql, tenantId }: Scope,
  hash: Uint8Array,
  id: string,
): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id
    from cases
    where tenant_id = ${tenantId}
      and person_hash = ${hash}
      and status = 'open'
      and id <> ${id}
    order by received_at
    limit 1
  `;
  return row?.id ?? null;
}

/** Adds rights to a case; rights already claimed stay as they are. */
export async function addItems(
  scope: Scope,
  caseId: string,
  claims: readonly Claim[],
  by: Party,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  for (const { right, sentence } of claims) {
    const [item] = await sql<{ id: string }[]>`
      insert into case_items (
        tenant_id, id, case_id, claimed_right, sentence, created_at, updated_at
      ) values (
        ${tenantId}, ${newId()}, ${caseId}, ${right}, ${sentence}, ${now}, ${now}
      )
      on conflict (tenant_id, case_id, claimed_right) do nothing
      returning id
    `;
    if (!item) continue;
    await events.append(scope, { caseId, itemId: item.id, action: "claimed", to: "new", by });
    if (!prompt.includes(right)) continue;
    await enqueue(sql, "halt_processing", tenantId, { itemId: item.id });
  }
}

/** Returns the case; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Case> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Case[]>`
    select ${columns(sql)}
    from cases c
    where c.tenant_id = ${tenantId}
      and c.id = ${id}
  `;
  if (!row) throw new NotFound("case");
  return row;
}

/** Returns the case with a number, however it is typed, or null. */
export async function lookup(scope: Scope, number: string): Promise<Case | null> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Case[]>`
    select ${columns(sql)}
    from cases c
    where c.tenant_id = ${tenantId}
      and c.number = ${number.trim().toUpperCase().slice(0, 20)}
  `;
  return row ?? null;
}

const columns = (sql: Scope["sql"]) =>
  sql`
    c.id, c.number, c.channel, c.status, c.language, c.person_name, c.person_email,
      c.person_address, c.body, c.duplicate_of, c.received_at, c.received_on,
      c.land, c.target_on, c.unshifted_on,
      c.due_on, c.acknowledged_at, c.confirmed_at, c.extended_at,
      c.extension_reason, c.paused_at, c.paused_days, c.closed_at,
      c.erase_after, c.created_at, c.version`;

/** Records that the person reads the address; safe to repeat. */
export async function confirm(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  const { count } = await sql`
    update cases
    set confirmed_at = ${now}, updated_at = ${now}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and confirmed_at is null
  `;
  if (count === 0) return;
  await events.append(scope, {
    caseId: id,
    action: "confirmed",
    by: { kind: "person", id: null },
  });
}

/** Notes that a request got no receipt, as its address had too many; safe to repeat. */
export async function leaveReceiptOut(scope: Scope, caseId: string): Promise<void> {
  const { sql, tenantId } = scope;
  const [known] = await sql`
    select
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and action = 'receipt_left_out'
    limit 1
  `;
  if (known) return;
  const by = { kind: "system", id: null } as const;
  await events.append(scope, { caseId, action: "receipt_left_out", by });
}

/** Records that the receipt was acknowledged; safe to repeat. */
export async function acknowledge({ sql, tenantId, now }: Scope, id: string): Promise<void> {
  await sql`
    update cases
    set acknowledged_at = coalesce(acknowledged_at, ${now})
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** Records that some files of a letter were not accepted, so that somebody asks for them. */
export async function noteLeftOut(
  scope: Scope,
  caseId: string,
  action: "files_left_out" | "papers_left_out",
  count: number,
): Promise<void> {
  await events.append(scope, {
    caseId,
    action,
    reason: String(count),
    by: { kind: "system", id: null },
  });
}
