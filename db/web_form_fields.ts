/**
 * Custom fields of contacts in forms for strangers; the form writes with the tenant's own rights,
 * so what an admin offers there is written whatever single roles may see.
 */
import * as changes from "./changes.ts";
import * as customFields from "./custom_fields.ts";
import type { CustomField } from "./custom_fields.ts";
import type { Scope } from "./scope.ts";
import type { WebForm } from "./web_forms.ts";

/** A custom field as a form asks for it. */
export interface Asked {
  fieldId: string;
  required: boolean;
}

/** The most fields that one form asks for. */
export const most = 20;

/** What a stranger can answer: nobody outside the tenant can name its contacts. */
const isAskable = ({ recordKind, kind }: CustomField): boolean =>
  recordKind === "contact" && kind !== "person";

/**
 * Whether a field is based on consent: it is asked only if the form asks for consent, accepted only
 * with the tick, and never required (Art. 7(4) GDPR).
 */
export const restsOnConsent = ({ legalBasis }: Pick<CustomField, "legalBasis">): boolean =>
  legalBasis === "consent";

/** The custom fields that form `f` asks for, in order, as one column. */
export const column = ({ sql }: Pick<Scope, "sql">) =>
  sql`
    (
      select coalesce(
        json_agg(
          json_build_object('fieldId', a.field_id, 'required', a.required)
          order by a.position, a.field_id
        ),
        '[]'
      )
      from web_form_fields a
      join custom_fields d on d.tenant_id = a.tenant_id and d.id = a.field_id
      where a.tenant_id = f.tenant_id
        and a.form_id = f.id
        and d.removed_at is null
    ) as own`;

/** The custom fields of contacts that a form may ask for, regardless of the user's role. */
export const list = async (scope: Scope): Promise<CustomField[]> =>
  (await customFields.all(scope, "contact")).filter(isAskable);

/** The fields that a form currently asks for, the way it asks for them. */
export async function of(
  scope: Scope,
  { own, texts }: Pick<WebForm, "own" | "texts">,
): Promise<CustomField[]> {
  if (own.length === 0) return [];
  const known = new Map((await list(scope)).map((field) => [field.id, field]));
  return own.flatMap(({ fieldId, required }) => {
    const field = known.get(fieldId);
    if (!field) return [];
    if (!restsOnConsent(field)) return [{ ...field, required }];
    // Without a consent text there is no consent that it could be based on.
    return texts.de.consent === "" ? [] : [{ ...field, required: false }];
  });
}

/**
 * Sets what a form asks for, in this order. Answers are the person's to take along (Art. 20 GDPR),
 * so these fields count as provided by them from now on.
 */
export async function assign(
  scope: Scope,
  formId: string,
  own: readonly Asked[],
): Promise<void> {
  const { sql, tenantId, now } = scope;
  await sql`
    delete from web_form_fields
    where tenant_id = ${tenantId}
      and form_id = ${formId}
  `;
  if (own.length === 0) return;
  const rows = own.map(({ fieldId, required }, at) => ({ field_id: fieldId, required, at }));
  await sql`
    insert into web_form_fields (tenant_id, form_id, field_id, position, required)
    select ${tenantId}, ${formId}, d.id, given.at, given.required
    from jsonb_to_recordset(${sql.json(rows)})
      as given (field_id uuid, required boolean, at int)
    join custom_fields d on d.tenant_id = ${tenantId} and d.id = given.field_id
    where d.removed_at is null
      and d.record_kind = 'contact'
      and d.kind <> 'person'
    on conflict do nothing
  `;
  const given = await sql<{ id: string }[]>`
    update custom_fields
    set provided = true, updated_at = ${now}
    where tenant_id = ${tenantId}
      and id in (
        select field_id
        from web_form_fields
        where tenant_id = ${tenantId}
          and form_id = ${formId}
      )
      and not provided
    returning id
  `;
  await changes.recordAll(scope, {
    kind: "custom_field",
    ids: given.map(({ id }) => id),
    action: "updated",
    fields: [{ name: "provided" }],
  });
}

/**
 * The names of the forms that stop asking for a field once it is based on a consent they do not ask
 * for.
 */
export async function formsWithoutConsent(
  { sql, tenantId }: Scope,
  fieldId: string,
): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select f.name
    from web_form_fields a
    join web_forms f on f.tenant_id = a.tenant_id and f.id = a.form_id
    join lateral (
      select t.words
      from web_form_texts t
      where t.tenant_id = f.tenant_id
        and t.form_id = f.id
      order by t.number desc
      limit 1
    ) w on true
    where a.tenant_id = ${tenantId}
      and a.field_id = ${fieldId}
      and w.words -> 'de' ->> 'consent' = ''
    order by lower(f.name), f.id
    limit 100
  `;
  return rows.map(({ name }) => name);
}

/** The names of the forms that ask for a field. */
export async function formsWith({ sql, tenantId }: Scope, fieldId: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select f.name
    from web_form_fields a
    join web_forms f on f.tenant_id = a.tenant_id and f.id = a.form_id
    where a.tenant_id = ${tenantId}
      and a.field_id = ${fieldId}
    order by lower(f.name), f.id
    limit 100
  `;
  return rows.map(({ name }) => name);
}
