/** Imports as records: what was uploaded, how it is to be read and what became of it. */
import { Invalid, NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import * as customFields from "./custom_fields.ts";
import * as importedFields from "./imports/custom_fields.ts";
import * as choices from "./imports/choices.ts";
import type { Inspection } from "./imports/inspections.ts";
import * as memories from "./imports/memories.ts";
import type { Existing } from "./imports/merges.ts";
import type { Plan } from "./imports/plans.ts";
import { enqueue } from "./jobs.ts";
import type { LegalBasis, Origin, Purpose } from "./origins.ts";
import type { Scope } from "./scope.ts";

export type Status =
  | "uploaded"
  | "checking"
  | "checked"
  | "queued"
  | "running"
  | "done"
  | "failed"
  | "undoing"
  | "undone"
  | "expired";

/** What a run created, or a rehearsal would create. */
export interface Counts {
  /** Rows or cards in the file. */
  records: number;
  contacts: number;
  companies: number;
  deals: number;
  /** Existing records that were changed. */
  updated: number;
  duplicates: number;
  rejected: number;
  skipped: number;
  warnings: number;
}

export const nothing: Counts = {
  records: 0,
  contacts: 0,
  companies: 0,
  deals: 0,
  updated: 0,
  duplicates: 0,
  rejected: 0,
  skipped: 0,
  warnings: 0,
};

/** What the user decides before the run. */
export interface Options {
  plan: Plan;
  /** What to do with rows whose record already exists; absent: nothing. */
  existing?: Existing;
  /** Added to every record. */
  tags: string[];
  /** Who is responsible for new records where the file names nobody; absent: nobody. */
  ownerId?: string;
  /** As chosen in the form; `source` is the sentence made from both. */
  origin: Origin | null;
  sourceDetail: string;
  /** When a file with the same headings was last set up; its columns are reused. */
  recalledFrom?: string;
}

/** Where the data come from and why they may be kept; applies to all records of the run. */
export interface Grounds {
  source: string;
  legalBasis: LegalBasis;
  purpose: Purpose;
}

export interface Import {
  id: string;
  kind: "file" | "sample";
  status: Status;
  fileName: string;
  fileSize: number;
  /** What the first inspection found; null once expired. */
  inspection: Omit<Inspection, "plan"> | null;
  options: Options | null;
  source: string | null;
  legalBasis: LegalBasis | null;
  purpose: Purpose | null;
  counts: Partial<Counts>;
  progress: number;
  total: number | null;
  /** Why it failed: a code of `problems.ts`, or `interrupted`, `broken`, `internal`. */
  errorCode: string | null;
  createdBy: string | null;
  createdByName: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  undoUntil: Date | null;
  undoneAt: Date | null;
}

export const pageSize = 50;

function columns({ sql }: Scope) {
  return sql`
    m.id, m.kind, m.status, m.file_name, m.file_size::int, m.inspection, m.options, m.source,
    m.legal_basis, m.purpose, m.counts, m.progress, m.total, m.error_code, m.created_by,
    i.name as created_by_name, m.created_at, m.started_at, m.finished_at, m.undo_until, m.undone_at
  `;
}

/** Whoever may not see or write every field sees only their own imports `m`: others' files hold them. */
const seen = ({ sql, limits, actor }: Scope) =>
  limits === null ? sql`` : sql`and m.created_by = ${actor.userId}`;

/** Imports of files, newest first; `before` is the last one already seen. */
export async function list(
  scope: Scope,
  before: string | null = null,
): Promise<{ imports: Import[]; next: string | null }> {
  const { sql, tenantId } = scope;
  const rows = await sql<Import[]>`
    select m.id, m.kind, m.status, m.file_name, m.file_size::int, m.counts, m.progress, m.total,
      m.error_code, i.name as created_by_name, m.created_at, m.undo_until
    from imports m
    left join users u on u.tenant_id = m.tenant_id and u.id = m.created_by
    left join identities i on i.id = u.identity_id
    where m.tenant_id = ${tenantId}
      and m.kind = 'file'
      ${seen(scope)}
      ${
    before === null ? sql`` : sql`
      and (m.created_at, m.id) < (
        select b.created_at, b.id
        from imports b
        where b.tenant_id = ${tenantId}
          and b.id = ${before}
      )`
  }
    order by m.created_at desc, m.id desc
    limit ${pageSize + 1}
  `;
  const imports = rows.slice(0, pageSize);
  return { imports, next: rows.length > pageSize ? imports.at(-1)!.id : null };
}

/** The import. Throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Import> {
  const { sql, tenantId } = scope;
  const [found] = await sql<Import[]>`
    select ${columns(scope)}
    from imports m
    left join users u on u.tenant_id = m.tenant_id and u.id = m.created_by
    left join identities i on i.id = u.identity_id
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and m.kind = 'file'
      ${seen(scope)}
  `;
  if (!found) throw new NotFound("import");
  return found;
}

export interface Uploaded {
  id: string;
  fileName: string;
  inspection: Inspection;
}

/**
 * Records a readable uploaded file; if its headings are known, it is read like the last such file.
 */
export async function create(
  scope: Scope,
  { id, fileName, inspection: { plan: guessed, ...inspection } }: Uploaded,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const fields = await customFields.list(scope);
  const recalled = await memories.recall(scope, guessed, inspection.samples);
  const { recalledFrom } = recalled;
  const plan = importedFields.guess(recalled.plan, fields);
  const options: Options = {
    plan,
    tags: [],
    origin: null,
    sourceDetail: "",
    ...(recalledFrom ? { recalledFrom: recalledFrom.toISOString() } : {}),
  };
  await sql`
    insert into imports (
      tenant_id, id, kind, status, file_name, file_size, inspection, options, total, created_by,
      created_at
    )
    values (
      ${tenantId}, ${id}, 'file', 'uploaded', ${fileName}, ${inspection.bytes},
      ${sql.json(inspection)}, ${sql.json(options)}, ${inspection.records},
      ${actor.userId}, ${now}
    )
  `;
}

export const fileId = (): string => newId();

/** The name of an import's file in the storage. */
export const objectOf = (id: string): string => `imports/${id}`;

/** Inspects the file again after the user chose another encoding, separator or header. */
export async function reinspect(
  scope: Scope,
  id: string,
  { plan, ...inspection }: Inspection,
  options: Options,
): Promise<void> {
  const { sql, tenantId } = scope;
  const own = importedFields.guess(plan, await customFields.list(scope));
  await choices.clear(scope, id);
  delete options.recalledFrom;
  await sql`
    update imports
    set inspection = ${sql.json(inspection)},
      options = ${sql.json({ ...options, plan: own })},
      total = ${inspection.records}, status = 'uploaded', counts = '{}', error_code = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and status in ('uploaded', 'checked', 'failed')
  `;
}

/**
 * Stores plan and grounds and enqueues the rehearsal. Throws Invalid if the import is past that.
 */
export async function settle(
  scope: Scope,
  id: string,
  options: Options,
  { source, legalBasis, purpose }: Grounds,
): Promise<void> {
  const { sql, tenantId } = scope;
  const [found] = await sql<Pick<Import, "inspection">[]>`
    update imports
    set options = ${sql.json(options)}, source = ${source}, legal_basis = ${legalBasis},
      purpose = ${purpose}, status = 'checking', progress = 0, error_code = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and status in ('uploaded', 'checked', 'failed')
    returning inspection
  `;
  if (!found) throw new Invalid("imports.too_late");
  await memories.keep(scope, options.plan, found.inspection?.samples ?? []);
  await enqueue(sql, "check_import", tenantId, { importId: id });
}

/** Goes back from the rehearsal to the settings. */
export async function reopen({ sql, tenantId }: Scope, id: string): Promise<void> {
  await sql`
    update imports
    set status = 'uploaded', error_code = null
    where tenant_id = ${tenantId}
      and id = ${id}
      and status in ('checked', 'failed')
  `;
}

/** Enqueues the run; calling this twice starts it only once. Throws Invalid before the rehearsal. */
export async function start({ sql, tenantId }: Scope, id: string): Promise<void> {
  const [found] = await sql`
    update imports
    set status = 'queued', progress = 0
    where tenant_id = ${tenantId}
      and id = ${id}
      and status = 'checked'
    returning id
  `;
  if (found) return await enqueue(sql, "run_import", tenantId, { importId: id });
  const [running] = await sql`
    select id
    from imports
    where tenant_id = ${tenantId}
      and id = ${id}
      and status in ('queued', 'running', 'done')
  `;
  if (!running) throw new Invalid("imports.not_checked");
}

/** Deletes an import that created nothing; the caller has to remove its file. Throws NotFound. */
export async function remove({ sql, tenantId }: Scope, id: string): Promise<void> {
  const [found] = await sql`
    delete from imports
    where tenant_id = ${tenantId}
      and id = ${id}
      and kind = 'file'
      and status in ('uploaded', 'checked', 'failed', 'expired')
    returning id
  `;
  if (!found) throw new NotFound("import");
}
