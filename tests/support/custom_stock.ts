/** A tenant's custom field with a value on its contact, for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Person } from "./cast.ts";

interface Ids {
  contact: string;
  "custom field": string;
}

/** A choice between two options, one of which the contact has; all contain the mark. */
export async function stockFields(person: Person, mark: string, ids: Ids): Promise<void> {
  const { tenantId, test: { db: { owner } } } = person;
  const at = now();
  const [fieldId, choiceId] = [ids["custom field"], newId()];
  await owner`insert into custom_fields ${
    owner({
      ...{ tenantId, id: fieldId, recordKind: "contact", kind: "choice", name: mark },
      ...{ labelDe: `${mark} field`, position: 0, category: "classification", purpose: "sales" },
      ...{ legalBasis: "contract", createdAt: at, updatedAt: at },
    })
  }`;
  await owner`insert into custom_choices ${
    owner({ tenantId, id: choiceId, fieldId, labelDe: `${mark} choice`, position: 0 })
  }`;
  await owner`insert into custom_values ${
    owner({
      ...{ tenantId, id: newId(), fieldId, kind: "choice", contactId: ids.contact },
      ...{ value: choiceId, choiceId },
    })
  }`;
}
