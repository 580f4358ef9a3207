/** Exports: who exported what, and the stream that carries it. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { now } from "./clock.ts";
import { Forbidden, NotFound } from "./errors.ts";
import * as exportHalts from "./export_halts.ts";
import * as turns from "./export_turns.ts";
import * as mailings from "./exports/mailings.ts";
import { type Format, type Kind, pieces } from "./exports/pieces.ts";
import * as records from "./exports/records.ts";
import { contactCard } from "./exports/vcards.ts";
import { newId } from "./ids.ts";
import { longPool, type Sql } from "./pool.ts";
import { can } from "./roles.ts";
import { type Scope, type Who, withScope } from "./scope.ts";
import type { Selection } from "./selections.ts";
import * as standings from "./standings.ts";
import * as transmissions from "./transmissions.ts";

export { exportPurposes, fits, type Format, formats, type Kind, kinds } from "./exports/pieces.ts";

/** What users may export for; `command_line` marks an operator's export. */
export const purposes = ["move", "mailing", "analysis", "backup", "disclosure", "other"] as const;
export type Purpose = typeof purposes[number] | "command_line";

export interface Wanted {
  kind: Kind;
  format: Format;
  purpose: Purpose;
  /** Records selected on a list; without a selection, all of this kind. */
  selection?: Selection;
  /** Who outside the tenant receives the file; for contacts this is noted on each of them. */
  recipient?: { name: string; email: string };
  /** The installation's secret; exports for mailings know barred addresses only by their hashes. */
  secretKey?: string;
}

/** Milliseconds between checks whether a running export may still be sent. */
const askedEvery = 1_000;

/** Days after which the exported copy has to be deleted. */
export const keptDays = 14;

export interface Export extends Omit<Wanted, "selection" | "recipient" | "secretKey"> {
  id: string;
  extent: "all" | "list" | "selection";
  /** Number of records written; null while it runs or if it broke off. */
  rows: number | null;
  status: "running" | "done" | "failed";
  /** Null for the command line and for users who no longer exist. */
  createdByName: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export const pageSize = 50;

/** The tenant's exports, newest first; `before` is the last one already seen. */
export async function list(
  { sql, tenantId }: Scope,
  before: string | null = null,
): Promise<{ exports: Export[]; next: string | null }> {
  const rows = await sql<Export[]>`
    select e.id, e.kind, e.format, e.purpose, e.extent, e.rows, e.status, i.name as created_by_name,
      e.created_at, e.finished_at
    from exports e
    left join users u on u.tenant_id = e.tenant_id and u.id = e.created_by
    left join identities i on i.id = u.identity_id
    where e.tenant_id = ${tenantId}
      ${
    before === null ? sql`` : sql`
      and (e.created_at, e.id) < (
        select b.created_at, b.id
        from exports b
        where b.tenant_id = ${tenantId}
          and b.id = ${before}
      )`
  }
    order by e.created_at desc, e.id desc
    limit ${pageSize + 1}
  `;
  const exports = rows.slice(0, pageSize);
  return { exports, next: rows.length > pageSize ? exports.at(-1)!.id : null };
}

/** How the name of a file ends, without the dot. */
export const extensions: Record<Format, string> = {
  xlsx: "xlsx",
  excel_de: "csv",
  csv: "csv",
  json: "json",
  vcf: "vcf",
  vcf3: "vcf",
};

export const contentTypes: Record<Format, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  excel_de: "text/csv; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  vcf: "text/vcard; charset=utf-8",
  vcf3: "text/vcard; charset=utf-8",
};

/** Records the start of an export that `stream` then carries out; returns its id. */
export async function begin(scope: Scope, wanted: Wanted): Promise<string> {
  const id = newId();
  await start(scope, id, wanted);
  return id;
}

/**
 * Streams the wanted records, except trashed and restricted ones, as fast as they are taken, from a
 * database replica if one is given. Records who, what, how many and what for, under `id` if begun;
 * a stream that breaks off or stalls for `patience` milliseconds is recorded as failed.
 */
export function stream(
  pool: Sql,
  who: Who,
  wanted: Wanted,
  { source = pool, id = null, patience = turns.patience }: {
    source?: Sql;
    id?: string | null;
    patience?: number;
  } = {},
): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void run(pool, who, wanted, writable.getWriter(), { source, known: id, patience });
  return readable;
}

async function run(
  pool: Sql,
  who: Who,
  wanted: Wanted,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  { source, known, patience }: { source: Sql; known: string | null; patience: number },
): Promise<void> {
  const id = known ?? newId();
  let rows = 0;
  let except: readonly string[] = [];
  try {
    const begun = await withScope(pool, who, async (scope) => {
      if (known === null) await start(scope, id, wanted);
      return await standingOf(scope);
    });
    if (who.actor.userId !== null && !(begun && can(begun.role, "exports.run"))) {
      throw new Forbidden("exports.run");
    }
    let asked = now().getTime();
    const look = async (halts: exportHalts.Halts) => {
      asked = now().getTime();
      await withScope(pool, who, async (scope) => {
        const standing = begun && await standingOf(scope);
        if (begun && !standings.isKept("exports.run", begun.role, standing?.role)) {
          throw new Forbidden("exports.run");
        }
        await halts.assertNone(scope);
      });
    };
    const read = async (scope: Scope) => {
      const halts = await exportHalts.Halts.open(scope);
      except = await leftOut(scope, wanted);
      for await (const { bytes, count } of pieces(scope, { ...wanted, except })) {
        if (now().getTime() - asked >= askedEvery) await look(halts);
        await turns.hand(writer, bytes, patience);
        rows += count;
      }
      await look(halts);
    };
    await turns.inTurn(
      who.tenantId,
      () => withScope(longPool(source), { ...who, still: true }, read),
    );
    await withScope(pool, who, async (scope) => {
      await note(scope, { ...wanted, except });
      await finish(scope, id, "done", rows);
    });
    await writer.close();
  } catch (error) {
    // Nobody awaits a write that is never read.
    writer.abort(error).catch(() => {});
    // Where not even that can be noted, `imports/expiries.ts` ends it after a day.
    await withScope(pool, who, (scope) => finish(scope, id, "failed", null)).catch(() => {});
  }
}

/** The current standing of the exporting user; null for the command line and for deleted users. */
const standingOf = async (scope: Scope) =>
  scope.actor.userId === null ? null : await standings.lookup(scope, scope.actor.userId);

/**
 * Records that the acting user exported within a day in files of at most `most` records: each needs
 * no proof by itself, but many weigh as much as one large file. Failed or running exports count in
 * full. Concurrent calls wait for each other's transaction, so that each counts the other's export.
 */
export async function countOfDay(scope: Scope, most: number): Promise<number> {
  const { sql, tenantId, actor, now } = scope;
  await advisoryLocks.take(scope, "exports", actor.userId ?? "null");
  const [row] = await sql<[{ count: number }]>`
    select coalesce(sum(coalesce(rows, ${most})), 0)::int as count
    from exports
    where tenant_id = ${tenantId}
      and created_by = ${actor.userId}
      and created_at > ${new Date(now.getTime() - 86_400_000)}
      and extent <> 'all'
      and (rows is null or rows <= ${most})
  `;
  return row.count;
}

/** A single contact's vCard. Throws NotFound, also for restricted persons. */
export async function contactVcard(scope: Scope, id: string): Promise<string> {
  const one = scope.sql`select ${id}::uuid`;
  for await (const [contact] of records.contacts(scope, one)) {
    if (contact) return contactCard(contact);
  }
  throw new NotFound("contact");
}

/** Persons who are barred although their record has no objection. */
async function leftOut(scope: Scope, { kind, purpose, secretKey }: Wanted): Promise<string[]> {
  if (kind !== "contacts" || purpose !== "mailing") return [];
  if (!secretKey) throw new TypeError("a mailing's export needs the secret");
  return await mailings.barred(scope, secretKey);
}

async function start({ sql, tenantId, actor, ...rest }: Scope, id: string, wanted: Wanted) {
  await sql`
    insert into exports (
      tenant_id, id, kind, format, purpose, extent, status, created_by, created_at
    )
    values (
      ${tenantId}, ${id}, ${wanted.kind}, ${wanted.format}, ${wanted.purpose}, ${extentOf(wanted)},
      'running', ${actor.userId}, ${rest.now}
    )
  `;
}

/** Whoever receives persons' data is a recipient (Art. 15(1)(c), 19 GDPR). */
async function note(scope: Scope, wanted: Wanted & mailings.Wanted): Promise<void> {
  const { kind, recipient } = wanted;
  if (kind !== "contacts" || !recipient?.name) return;
  const { sql, tenantId } = scope;
  const { ids } = await mailings.persons(scope, wanted);
  const all = sql`
    select p.id
    from contacts p
    where p.tenant_id = ${tenantId}
      and p.deleted_at is null
  `;
  const { name, email } = recipient;
  await transmissions.record(scope, { kind: "export", recipient: name, reach: email }, ids ?? all);
}

const extentOf = ({ selection }: Wanted): Export["extent"] =>
  selection === undefined ? "all" : "ids" in selection ? "selection" : "list";

async function finish(
  scope: Scope,
  id: string,
  status: "done" | "failed",
  rows: number | null,
): Promise<void> {
  const { sql, tenantId } = scope;
  const [found] = await sql<Export[]>`
    update exports
    set status = ${status}, rows = ${rows}, finished_at = ${now()}
    where tenant_id = ${tenantId}
      and id = ${id}
    returning kind, format, purpose, extent
  `;
  if (!found) return;
  await changes.record(scope, {
    kind: "export",
    id,
    action: status === "done" ? "exported" : "failed",
    fields: [
      { name: "kind", to: found.kind },
      { name: "format", to: found.format },
      { name: "extent", to: found.extent },
      { name: "rows", to: rows },
      { name: "purpose", to: found.purpose },
    ],
  });
}
