/** Templates of mails: a user's own, and those shared within the tenant. */
import * as advisoryLocks from "./advisory_locks.ts";
import { Forbidden, NotFound, Stale } from "./errors.ts";
import type { Language } from "./mail_signatures.ts";
import type { Scope } from "./scope.ts";

export interface TemplateFields {
  name: string;
  language: Language;
  subject: string;
  body: string;
}

export interface TemplateInput extends TemplateFields {
  shared: boolean;
}

export interface Template extends TemplateInput {
  id: string;
  version: number;
}

/** The most templates that one user is offered. */
export const most = 200;

const visible = ({ sql, actor }: Scope) => sql`(m.user_id is null or m.user_id = ${actor.userId})`;

/** The acting user's templates and the tenant's shared ones, by name. */
export async function list(scope: Scope): Promise<Omit<Template, "body">[]> {
  const { sql, tenantId } = scope;
  return await sql<Omit<Template, "body">[]>`
    select m.id, m.name, m.language, m.subject, m.version, m.user_id is null as shared
    from mail_templates m
    where m.tenant_id = ${tenantId}
      and ${visible(scope)}
    order by m.name_key, m.id
    limit ${most}
  `;
}

/** One of them. Throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Template> {
  const { sql, tenantId } = scope;
  const [row] = await sql<Template[]>`
    select m.id, m.name, m.language, m.subject, m.body, m.version, m.user_id is null as shared
    from mail_templates m
    where m.tenant_id = ${tenantId}
      and m.id = ${id}
      and ${visible(scope)}
  `;
  if (!row) throw new NotFound("mail_template");
  return row;
}

/** Whether the user has reached the maximum; others who ask wait until the transaction ends. */
export async function isFull(scope: Scope): Promise<boolean> {
  const { sql, tenantId } = scope;
  await advisoryLocks.take(scope, "mail_templates");
  const [row] = await sql<[{ full: boolean }]>`
    select count(*) >= ${most} as full
    from mail_templates m
    where m.tenant_id = ${tenantId}
      and ${visible(scope)}
  `;
  return row.full;
}

/**
 * Adds a template under the id its form was created with; resubmitting it changes nothing. Without
 * `mayShare` a shared one is refused. Throws Forbidden, or NotFound for somebody else's id.
 */
export async function create(
  scope: Scope,
  id: string,
  { shared, ...fields }: TemplateInput,
  mayShare: boolean,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  if (shared && !mayShare) throw new Forbidden("mail_templates.manage");
  const rows = await sql`insert into mail_templates ${
    sql({
      tenantId,
      id,
      userId: shared ? null : actor.userId,
      ...fields,
      createdAt: now,
      createdBy: actor.userId,
      updatedAt: now,
    })
  } on conflict do nothing returning id`;
  if (rows.length === 0) await find(scope, id);
}

/** Overwrites the version of a template that was read. Throws NotFound, Forbidden or Stale. */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  { shared, ...fields }: TemplateInput,
  mayShare: boolean,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const before = await find(scope, id);
  if ((before.shared || shared) && !mayShare) throw new Forbidden("mail_templates.manage");
  const { count } = await sql`
    update mail_templates
    set ${
    sql({ ...fields, userId: shared ? null : actor.userId, updatedAt: now })
  }, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("mail_template", before.version);
}

/** Deletes a template; mails made from it stay. Throws NotFound or Forbidden. */
export async function remove(scope: Scope, id: string, mayShare: boolean): Promise<void> {
  const { sql, tenantId } = scope;
  const { shared } = await find(scope, id);
  if (shared && !mayShare) throw new Forbidden("mail_templates.manage");
  await sql`
    delete from mail_templates
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}
