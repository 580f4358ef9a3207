/**
 * Own fields that have to be filled in are never closed to who fills them in, and those that a web form
 * asks for are always the person's to take along.
 */
import { Invalid } from "./errors.ts";
import type { Role } from "./roles.ts";
import type { Scope } from "./scope.ts";

/** The roles that may be narrowed and write. */
export const writers = ["member", "admin"] as const satisfies readonly Role[];

/** Throws Invalid (`field_rights.required`) while one of them may not write the field. */
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

/** Throws Invalid (`web_forms.provides`) while a form asks persons for the field. */
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
