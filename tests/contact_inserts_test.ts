/** A person's row as it is first written: found and listed as if it had been rewritten. */
import { deepEqual, equal } from "node:assert/strict";
import * as searchTexts from "../db/search_texts.ts";
import { cast, type Person } from "./support/cast.ts";
import type { Fields } from "./support/app.ts";
import { idOf } from "./support/html.ts";

const plain: Fields = {
  salutation: "mr",
  addressForm: "formal",
  language: "de",
  origin: "inquiry",
  status: "lead",
  lastName: "Müller",
};

const sent: Record<string, Fields> = {
  "a name alone": {},
  "all contact points, each of them twice": {
    "firstName": "José",
    "namePrefix": "van der",
    "lastName": "Groß-Bäcker",
    "customerNumber": "K-4711/ä_2",
    "emails.0.kind": "work",
    "emails.0.address": "Jose.Baecker@Muster.example",
    "emails.1.kind": "home",
    "emails.1.address": "jose@heim.example",
    "phones.0.kind": "work",
    "phones.0.number": "040 12345678-12",
    "phones.1.kind": "mobile",
    "phones.1.number": "+43 1 2345678",
    "addresses.0.kind": "work",
    "addresses.0.postalCode": "20457",
    "addresses.0.city": "Lübeck",
    "addresses.0.country": "DE",
    "addresses.1.kind": "home",
    "addresses.1.street": "Am Deich 1",
    "addresses.1.city": "Emden",
    "addresses.1.country": "DE",
  },
  "a place without a town": {
    "addresses.0.kind": "work",
    "addresses.0.postalCode": "20457",
    "addresses.0.country": "DE",
  },
  "a company and tags": {
    "companies.0.name": "Nordwind Logistik GmbH",
    "newTags": "Messe, Newsletter",
    "emails.0.kind": "work",
    "emails.0.address": "m@nordwind.example",
  },
};

/** The row's texts, and where it lies: that changes with every writing. */
const row = (alice: Person, id: string) =>
  alice.scope(async ({ sql, tenantId }) => {
    const [found] = await sql<{ search: string; summary: unknown; at: string }[]>`
      select search, summary, ctid::text as at
      from contacts
      where tenant_id = ${tenantId}
        and id = ${id}
    `;
    return found!;
  });

Deno.test("a new person gets the same search text and summary as when it is saved again", async () => {
  const { alice } = await cast();
  for (const [what, fields] of Object.entries(sent)) {
    const answer = await alice.post("/contacts/new", { ...plain, ...fields, _anyway: "1" });
    equal(answer.status, 303, what);
    const id = idOf(answer);
    const before = await row(alice, id);
    await alice.scope((scope) => searchTexts.refresh(scope, "contact", [id]));
    deepEqual(await row(alice, id), before, what);
  }
});
