/**
 * Required custom fields can never be closed to those who fill them in, and fields that a web form
 * asks for are always portable.
 */
import { Invalid } from "./errors.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";

/** The roles that have write access and can be limited. */
export const writers = ["member", "admin"] as const satisfies readonly Role[];

/** Throws Invalid (`field_rights.required`) if one of these roles may not write the field. */
export async function assertOpen({ sql, tenantId }: Scope, fieldId: string): Promise<void> {
  const [barred] = await sql`
    select
    from field_rights
    where tenant_id = ${tenantId}
      and custom_field_id = ${fieldId}
      and role = any (${[...writers]}::text[])
    limit 1
  `;
  if (barred) throw new Invalid("field_rights.required", "required");
}

/** Throws Invalid (`web_forms.provides`) if a web form asks for the field. */
export async function assertUnasked({ sql, tenantId }: Scope, fieldId: string): Promise<void> {
  const [asked] = await sql`
    select
    from web_form_fields
    where tenant_id = ${tenantId}
      and field_id = ${fieldId}
    limit 1
  `;
  if (asked) throw new Invalid("web_forms.provides", "provided");
}
