/** Custom fields for tests: defined and filled in through HTTP, read from the database. */
import { byField } from "../../db/custom_values.ts";
import * as customValues from "../../db/custom_values.ts";
import { newId } from "../../db/ids.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { fieldName } from "../../views/records/custom.tsx";
import type { Client, Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import { idOf, text } from "./html.ts";

export { fieldName };

/** Defines a field of contacts, a line of text by default. Returns its id. */
export async function define(person: Person, field: Fields = {}): Promise<string> {
  const id = newId();
  const answer = await person.post("/settings/fields/new", {
    id,
    recordKind: "contact",
    kind: "text",
    category: "classification",
    purpose: "sales",
    legalBasis: "contract",
    ...field,
  });
  if (answer.status !== 303) throw new Error(await text(answer));
  return id;
}

/** Creates a contact with these form fields. Returns its id. */
export async function newContact(client: Client, fields: Fields = {}): Promise<string> {
  const answer = await client.post("/contacts/new", {
    firstName: "Anna",
    lastName: "Röder",
    origin: "inquiry",
    _anyway: "1",
    ...fields,
  });
  if (answer.status !== 303) throw new Error(await text(answer));
  return idOf(answer);
}

/** All values of a record's custom fields, by field. */
export const valuesIn = (
  person: Person,
  kind: Kind,
  id: string,
): Promise<Record<string, string[]>> =>
  person.scope(async (scope) => {
    const { sql, tenantId } = scope;
    const fields = await sql<{ id: string }[]>`
      select id
      from custom_fields
      where tenant_id = ${tenantId}
    `;
    const found = await customValues.of(scope, kind, [id], fields.map((field) => field.id));
    return byField(found.get(id) ?? []);
  });
