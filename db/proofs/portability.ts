/** Proof of 6.5: rehearses exporting a person's data from this system and importing them again. */
import * as packages from "../access_packages.ts";
import * as incoming from "../incoming_transfers.ts";
import type { Sql } from "../pool.ts";
import * as portability from "../portability.ts";
import { PortableDocument } from "../portability_documents.ts";
import type { Outcome } from "../proofs.ts";
import type { Scope } from "../scope.ts";
import { rehearse } from "./rehearsals.ts";

const baseUrl = "https://rehearsal.example";

/**
 * 6.5: the document of an invented person matches the published schema and holds that person only,
 * in all three forms; imported, it reads the same; data based on a legitimate interest are not
 * covered.
 */
export async function portabilitySound(sql: Sql): Promise<Outcome> {
  const tried = await rehearse(sql, async (scope, person, stranger) => {
    const document = await documentOf(scope, person.id);
    const text = JSON.stringify(document);
    const forms = document
      ? [text, portability.toCsv(document), portability.toCards(document)]
      : [];
    return {
      forms: forms.filter((form) =>
        form.includes(person.word) && form.includes(person.email)
      ).length,
      foreign: Number(forms.some((form) => form.includes(stranger.word))),
      valid: Number(PortableDocument.safeParse(document).success),
      equal: document ? Number(await comesBack(scope, document)) : 0,
      uncovered: Number(await onInterest(scope, person.id) === null),
    };
  });
  const { forms = 3, foreign = 0, valid = 1, equal = 1, uncovered = 1 } = tried ?? {};
  return {
    passed: forms === 3 && foreign === 0 && valid + equal + uncovered === 3,
    figures: { ...tried },
  };
}

const documentOf = async (scope: Scope, contactId: string) =>
  await portability.read(scope, baseUrl, await packages.findPerson(scope, contactId));

/**
 * Imports the document as another controller would. Returns whether it is the same when read again.
 */
async function comesBack(scope: Scope, document: PortableDocument): Promise<boolean> {
  const [contactId] = await incoming.takeIn(scope, incoming.read(JSON.stringify(document)));
  const { sql, tenantId } = scope;
  // The receiving tenant would first check the basis of what arrived; here it is read as it was
  // sent.
  await sql`
    update contacts
    set legal_basis = 'contract'
    where tenant_id = ${tenantId}
      and id = ${contactId!}
  `;
  const again = await documentOf(scope, contactId!);
  return JSON.stringify(again?.persons) === JSON.stringify(document.persons);
}

async function onInterest(scope: Scope, contactId: string) {
  const { sql, tenantId } = scope;
  await sql`
    update contacts
    set legal_basis = 'legitimate_interest'
    where tenant_id = ${tenantId}
      and id = ${contactId}
  `;
  return await documentOf(scope, contactId);
}
