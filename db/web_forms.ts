/** Forms that a tenant links to from its own site: what they ask, say, and do with an answer. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound, Stale } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Scope } from "./scope.ts";
import * as webFormFields from "./web_form_fields.ts";

/** What a form may ask for besides the last name and the e-mail address. */
export const offered = ["firstName", "phone", "company", "message"] as const;
export type WebFormField = typeof offered[number];

/** The texts of a form in one language. */
export interface Words {
  title: string;
  intro: string;
  /** The text agreed to by a tick; if empty, no consent is asked for. */
  consent: string;
  /** The address of the tenant's own privacy policy, or empty. */
  privacyUrl: string;
}
export type Texts = Record<"de" | "en", Words>;

export interface WebFormInput {
  slug: string;
  name: string;
  fields: readonly WebFormField[];
  /** The custom fields of contacts that it asks for, in order. */
  own: readonly webFormFields.Asked[];
  /** The user who looks after contacts that come through it, and is notified of them. */
  ownerId: string | null;
  tag: string;
  active: boolean;
  /** Whether browsers must do proof of work for it: `routes/works.ts`. */
  work: boolean;
  texts: Texts;
}

export interface WebForm extends Omit<WebFormInput, "fields"> {
  id: string;
  fields: WebFormField[];
  /** The version of its texts. */
  textId: string;
  textNumber: number;
  version: number;
  createdAt: Date;
}

/** The most forms of one tenant. */
export const most = 20;

const columns = (sql: Scope["sql"]) =>
  sql`
    f.id, f.slug, f.name, f.fields, f.owner_id, f.tag, f.active, f.work, f.version, f.created_at,
    ${webFormFields.column({ sql })},
    w.id as text_id, w.number as text_number, w.words as texts`;

/** The newest texts of row `f`. */
const newest = (sql: Scope["sql"]) =>
  sql`
    join lateral (
      select t.id, t.number, t.words
      from web_form_texts t
      where t.tenant_id = f.tenant_id
        and t.form_id = f.id
      order by t.number desc
      limit 1
    ) w on true`;

/** The tenant's forms by name. */
export async function list({ sql, tenantId }: Scope): Promise<WebForm[]> {
  return await sql<WebForm[]>`
    select ${columns(sql)}
    from web_forms f
    ${newest(sql)}
    where f.tenant_id = ${tenantId}
    order by lower(f.name), f.id
    limit ${most}
  `;
}

/** One form; throws NotFound. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<WebForm> {
  const [form] = await sql<WebForm[]>`
    select ${columns(sql)}
    from web_forms f
    ${newest(sql)}
    where f.tenant_id = ${tenantId}
      and f.id = ${id}
  `;
  if (!form) throw new NotFound("form");
  return form;
}

/** The form with an address, as long as it is open; throws NotFound. */
export async function findOpen({ sql, tenantId }: Scope, slug: string): Promise<WebForm> {
  const [form] = await sql<WebForm[]>`
    select ${columns(sql)}
    from web_forms f
    ${newest(sql)}
    where f.tenant_id = ${tenantId}
      and f.slug = ${slug}
      and f.active
      and exists (
        select
        from tenants t
        where t.id = f.tenant_id
          and t.phase = 'open'
      )
  `;
  if (!form) throw new NotFound("form");
  return form;
}

/** The texts of one version of a form; throws NotFound. */
export async function findTexts(
  { sql, tenantId }: Scope,
  textId: string,
): Promise<{ number: number; texts: Texts }> {
  const [row] = await sql<{ number: number; texts: Texts }[]>`
    select number, words as texts
    from web_form_texts
    where tenant_id = ${tenantId}
      and id = ${textId}
  `;
  if (!row) throw new NotFound("form");
  return row;
}

/**
 * Adds a form under the id its page was created with; sending it again changes nothing. Throws
 * Invalid if its address is taken or there are too many.
 */
export async function create(scope: Scope, id: string, input: WebFormInput): Promise<void> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const present = await list(scope);
  if (present.some((each) => each.id === id)) return;
  if (present.length >= most) throw new Invalid(`web_forms.too_many?max=${most}`, "name");
  const { texts, own, ...rest } = input;
  const [made] = await sql`
    insert into web_forms ${
    sql({ tenantId, id, ...rest, fields: [...rest.fields], createdAt: now, updatedAt: now })
  }
    on conflict do nothing
    returning id
  `;
  if (!made) throw new Invalid("taken", "slug");
  await addTexts(scope, id, 1, texts);
  await webFormFields.assign(scope, id, own);
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "form_created" });
}

/** Overwrites a form; changed texts become a new version. Throws NotFound, Stale, Invalid. */
export async function update(
  scope: Scope,
  id: string,
  version: number,
  { texts, own, ...input }: WebFormInput,
): Promise<void> {
  const { sql, tenantId, now } = scope;
  await lock(scope);
  const before = await find(scope, id);
  if (before.version !== version) throw new Stale("form", before.version);
  const taken = (await list(scope)).some((each) => each.slug === input.slug && each.id !== id);
  if (taken) throw new Invalid("taken", "slug");
  const { count } = await sql`
    update web_forms
    set ${sql({ ...input, fields: [...input.fields], updatedAt: now })}, version = version + 1
    where tenant_id = ${tenantId}
      and id = ${id}
      and version = ${version}
  `;
  if (count === 0) throw new Stale("form", version + 1);
  await webFormFields.assign(scope, id, own);
  if (!sameTexts(before.texts, texts)) await addTexts(scope, id, before.textNumber + 1, texts);
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "form_updated" });
}

/** One change of forms at a time: their number and a free address are checked before writing. */
const lock = (scope: Scope) => advisoryLocks.take(scope, "web_forms");

const sameTexts = (a: Texts, b: Texts) =>
  (["de", "en"] as const).every((language) =>
    Object.entries(b[language]).every(([name, words]) => a[language][name as keyof Words] === words)
  );

async function addTexts(
  { sql, tenantId, now }: Scope,
  formId: string,
  number: number,
  texts: Texts,
): Promise<void> {
  await sql`
    insert into web_form_texts (tenant_id, id, form_id, number, words, created_at)
    values (${tenantId}, ${newId()}, ${formId}, ${number}, ${sql.json(texts)}, ${now})
  `;
}

/** Removes a form, with entries waiting for confirmation. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  const { count } = await sql`
    delete from web_forms
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  if (count === 0) throw new NotFound("form");
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "form_removed" });
}
