/** The erasure of a tenant after its contract, in steps with deadlines; it outlives the tenant. */
import { now } from "./clock.ts";
import { NotFound } from "./errors.ts";
import { isId } from "./ids.ts";
import { addDays } from "./local_times.ts";
import type { AnySql } from "./pool.ts";

/** The steps in order, each with its days after the contract's end (privacy policy 5.2). */
export const budget = {
  /** Nobody works in it any more; markers for the search at the end are planted. */
  freeze: { from: 1, due: 1 },
  /** Rows, files, jobs, keys. */
  live: { from: 3, due: 3 },
  /** What deleting leaves in pages, indexes, statistics samples and the write-ahead log. */
  traces: { from: 3, due: 5 },
  processors: { from: 3, due: 7 },
  logs: { from: 4, due: 7 },
  /** The last backup containing it has expired. */
  backups: { from: 3, due: 21 },
  search: { from: 4, due: 25 },
} as const;

export type Step = keyof typeof budget;
export const steps = Object.keys(budget) as Step[];

/** Figures of a step: counts, days, words. */
export type Figures = Record<string, unknown>;

export interface StepState {
  step: Step;
  state: "waiting" | "failed" | "done";
  attempts: number;
  figures: Figures;
  errorCode: string | null;
  startedAt: Date | null;
  /** When it was last worked on. */
  triedAt: Date | null;
  finishedAt: Date | null;
  /** The step's deadline. */
  dueOn: string;
}

export interface Erasure {
  id: string;
  /** The tenant's id, as text. */
  house: string;
  /** Empty once everybody has been told. */
  name: string;
  locale: "de" | "en";
  recipients: string[];
  contractEndedOn: string;
  keyIds: string[];
  identityIds: string[];
  status: "running" | "withdrawn" | "done";
  certificateId: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface Confirmation {
  processorId: string;
  name: string;
  method: "nothing_held" | "same_store" | "expired" | "told" | null;
  confirmedAt: Date | null;
}

const columns = (sql: AnySql) =>
  sql`
  id, house, name, locale, to_jsonb(recipients) as recipients, contract_ended_on,
  to_jsonb(key_ids) as key_ids, to_jsonb(identity_ids) as identity_ids, status, certificate_id, started_at,
  finished_at
`;

/** The newest erasures, at most 100. */
export async function list(sql: AnySql): Promise<Erasure[]> {
  return await sql<Erasure[]>`
    select ${columns(sql)}
    from tenant_erasures
    order by started_at desc, id desc
    limit 100
  `;
}

/** Erasures in progress, oldest first: all of them, read a page at a time. */
export async function* eachRunning(sql: AnySql): AsyncGenerator<Erasure> {
  for (let after: string | null = null;;) {
    const found: Erasure[] = await sql<Erasure[]>`
      select ${columns(sql)}
      from tenant_erasures
      where status = 'running'
        ${after === null ? sql`` : sql`and id > ${after}`}
      order by id
      limit 100
    `;
    yield* found;
    after = found.at(-1)?.id ?? null;
    if (after === null) return;
  }
}

/** Whether a contract is ending or an erasure is in progress, so that there is anything to do. */
export async function isAnythingDue(sql: AnySql): Promise<boolean> {
  const [row] = await sql<[{ due: boolean }]>`
    select exists (select from tenants where notice_given_at is not null)
      or exists (select from tenant_erasures where status = 'running') as due
  `;
  return row.due;
}

/** One erasure. Throws NotFound. */
export async function find(sql: AnySql, id: string): Promise<Erasure> {
  const [row] = isId(id)
    ? await sql<Erasure[]>`
      select ${columns(sql)}
      from tenant_erasures
      where id = ${id}
    `
    : [];
  if (!row) throw new NotFound("erasure");
  return row;
}

/** The progress of each step of an erasure, in order. */
export async function listSteps(
  sql: AnySql,
  { id, contractEndedOn }: Pick<Erasure, "id" | "contractEndedOn">,
): Promise<StepState[]> {
  const rows = await sql<Omit<StepState, "dueOn">[]>`
    select step, state, attempts, figures, error_code, started_at, tried_at, finished_at
    from tenant_erasure_steps
    where erasure_id = ${id}
  `;
  return steps.map((step) => {
    const dueOn = addDays(contractEndedOn, budget[step].due);
    const row = rows.find((each) => each.step === step);
    return {
      step,
      state: "waiting",
      attempts: 0,
      figures: {},
      errorCode: null,
      startedAt: null,
      triedAt: null,
      finishedAt: null,
      ...row,
      dueOn,
    };
  });
}

/**
 * Closes an erasure once every step is done, and forgets whom it was about; false if a step is
 * open. Its last letters belong in the same transaction.
 */
export async function close(sql: AnySql, id: string, certificateId: string): Promise<boolean> {
  const [row] = await sql<[{ closed: boolean }]>`
    select close_erasure(${id}, ${steps.length}, ${certificateId}, ${now()}) as closed
  `;
  return row.closed;
}

/** What each processor has answered. */
export async function listConfirmations(sql: AnySql, id: string): Promise<Confirmation[]> {
  return await sql<Confirmation[]>`
    select processor_id, name, method, confirmed_at
    from tenant_erasure_confirmations
    where erasure_id = ${id}
    order by name, processor_id
    limit 200
  `;
}

/** Notes what became of a processor's copies; the first answer counts. Throws NotFound. */
export async function confirm(
  sql: AnySql,
  id: string,
  processorId: string,
  method: Exclude<Confirmation["method"], null>,
): Promise<void> {
  if (!isId(id) || !isId(processorId)) throw new NotFound("confirmation");
  const [row] = await sql`
    update tenant_erasure_confirmations
    set method = coalesce(method, ${method}), confirmed_at = coalesce(confirmed_at, ${now()})
    where erasure_id = ${id}
      and processor_id = ${processorId}
    returning processor_id
  `;
  if (!row) throw new NotFound("confirmation");
}
