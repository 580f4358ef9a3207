/** Offers for tests: a deal with a person, lines and an offer, created by the forms. */
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import { newDeal } from "./deals.ts";
import { formOf, idOf } from "./html.ts";
import { contactOf } from "./messages.ts";

/** Two lines at two rates: net 2 × 100,00 less 10 % and 3 × 9,99. */
export const twoLines: Fields = {
  "items.0.name": "Regal Typ A",
  "items.0.quantity": "2",
  "items.0.unit": "Stück",
  "items.0.price": "100,00",
  "items.0.discount": "10",
  "items.0.vatRate": "19",
  "items.1.name": "Handbuch",
  "items.1.quantity": "3",
  "items.1.price": "9,99",
  "items.1.vatRate": "7",
};

/** Creates a person with a postal address in the tenant. Returns her id. */
export const newContact = (person: Person, fields: Fields = {}): Promise<string> =>
  contactOf(person, {
    firstName: "Erika",
    lastName: "Muster",
    "addresses.0.street": "Musterweg 3",
    "addresses.0.postalCode": "20095",
    "addresses.0.city": "Hamburg",
    "addresses.0.kind": "work",
    ...fields,
  });

/** A deal with a person in it and two lines. */
export async function pricedDeal(
  person: Person,
  fields: Fields = {},
): Promise<{ dealId: string; contactId: string }> {
  const contactId = await newContact(person);
  const dealId = await newDeal(person, { contactIds: contactId, ...fields });
  const answer = await person.post(`/deals/${dealId}/items`, { version: "0", ...twoLines });
  if (answer.status !== 303) throw new Error(`refused: ${await answer.text()}`);
  return { dealId, contactId };
}

/** Creates a draft of an offer as its form proposes it. Returns its id. */
export async function newOffer(person: Person, dealId: string, fields: Fields = {}) {
  const at = `/deals/${dealId}/offers/new`;
  const proposed = formOf(await (await person.get(at)).text());
  const answer = await person.post(at, { ...proposed, ...fields });
  if (answer.status !== 303) throw new Error(`refused: ${await answer.text()}`);
  return idOf(answer);
}

/** Creates and issues an offer. */
export async function issuedOffer(person: Person, dealId: string, fields: Fields = {}) {
  const id = await newOffer(person, dealId, fields);
  await person.post(`/offers/${id}/issue`);
  return id;
}
