/**
 * Templates of letters: the tenant's texts, and documents that customers have created themselves.
 */
import { Buffer } from "node:buffer";
import * as advisoryLocks from "./advisory_locks.ts";
import { NotFound, Stale } from "./errors.ts";
import type { Scope } from "./scope.ts";

export interface TemplateInput {
  name: string;
  language: "de" | "en";
  subject: string;
  body: string;
}

export interface Template extends TemplateInput {
  id: string;
  version: number;
  /** The file name if it is a document; empty for a text. */
  documentName: string;
}

/** The most templates that a tenant may have. */
export const most = 200;

/** The tenant's templates, by name. */
export async function list({ sql, tenantId }: Scope): Promise<Omit<Template, "body">[]> {
  return await sql<Omit<Template, "body">[]>`
    select id, name, language, subject, document_name, version
    from letter_templates
    where tenant_id = ${tenantId}
    order by name_key collate "C", id
    limit ${most}
  `;
}

/** The names of text templates that contain one of these fields in single or double braces. */
export async function listWith(
  { sql, tenantId }: Scope,
  fields: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select name
    from letter_templates
    where tenant_id = ${tenantId}
      and exists (
        select
        from unnest(${fields.map((field) => `{${field}}`)}::text[]) as f (written)
        where strpos(lower(replace(subject || ' ' || body, ' ', '')), f.written) > 0
      )
    order by name_key collate "C", id
    limit ${most}
  `;
  return rows.map(({ name }) => name);
}

/** One of them, or null. */
export async function lookup({ sql, tenantId }: Scope, id: string): Promise<Template | null> {
  const [row] = await sql<Template[]>`
    select id, name, language, subject, body, document_name, version
    from letter_templates
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return row ?? null;
}

/** The same; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Template> {
  const found = await lookup(scope, id);
  if (!found) throw new NotFound("letter_template");
  return found;
}

/** The bytes of a document template. Throws NotFound. */
export async function documentOf(
  { sql, tenantId }: Scope,
  id: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [row] = await sql<{ document: Uint8Array }[]>`
    select document
    from letter_templates
    where tenant_id = ${tenantId}
      and id = ${id}
      and document is not null
  `;
  if (!row) throw new NotFound("letter_template");
  return new Uint8Array(row.document);
}

/** Whether there are as many as possible; others who ask wait until the transaction ends. */
export async function isFull(scope: Scope): Promise<boolean> {
  const { sql, tenantId } = scope;
  await advisoryLocks.take(scope, "letter_templates");
  const [row] = await sql<[{ full: boolean }]>`
    select count(*) >= ${most} as full
    from letter_templates
    where tenant_id = ${tenantId}
  `;
  return row.full;
}

/** Adds a template under the id of its form; resubmitting it changes nothing. Throws NotFound. */
export async function create(
  scope: Scope,
  id: string,
  input: TemplateInput,
  document: { name: string; bytes: Uint8Array } | null = null,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const rows = await sql`
    insert into letter_templates ${
    sql({
      ...{ tenantId, id, ...input, documentName: document?.name ?? "" },
      document: document && Buffer.from(document.bytes),
      ...{ createdAt: now, createdBy: actor.userId, updatedAt: now },
    })
  }
    on conflict do nothing
    returning id
  `;
  if (rows.length === 0) await find(scope, id);
}

/**
 * Overwrites the version of a template that was read; its document stays. Throws NotFound, Stale.
 */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  input: TemplateInput,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const before = await find(scope, id);
  const { count } = await sql`
    update letter_templates
    set ${sql({ ...input, updatedAt: now })}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("letter_template", before.version);
}

/** Deletes a template; letters made from it stay. Throws NotFound. */
export async function remove({ sql, tenantId }: Scope, id: string): Promise<void> {
  const { count } = await sql`
    delete from letter_templates
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (count === 0) throw new NotFound("letter_template");
}
