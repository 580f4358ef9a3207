/** The provider as its own people set it: imprint, privacy page, and who may. */
import assert from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";

const fields = {
  "provider.name": "Neues Testhaus",
  "provider.legalForm": "AG",
  "provider.street": "Neuer Wall 1",
  "provider.postalCode": "20354",
  "provider.city": "Hamburg",
  "provider.country": "DE",
  "provider.email": "neu@example.org",
  "provider.phone": "+49 40 123456",
  "provider.representedBy": "Erika Beispiel",
  "provider.registerEntry": "Amtsgericht Hamburg, HRB 12345",
  "provider.vatId": "DE136695976",
  "provider.dpoName": "Doris Daten",
  "provider.dpoEmail": "dsb@example.org",
};

async function asOperator(person: Person): Promise<void> {
  await person.test.db.owner`
    update identities
    set operator = true
    where id = ${person.identityId}
  `;
}

Deno.test("an operator changes the provider, and the imprint shows it", async () => {
  const { alice, visitor } = await cast();
  await asOperator(alice);
  const answer = await alice.post("/operator/provider", fields);
  assert.equal(answer.status, 303);
  const imprint = await text(await visitor.get("/imprint"));
  assert.match(imprint, /Neues Testhaus AG Neuer Wall 1 20354 Hamburg/);
  assert.match(imprint, /Erika Beispiel/);
  assert.match(imprint, /HRB 12345/);
  const form = await (await alice.get("/operator/provider")).text();
  assert.deepEqual(values(form, "provider.dpoName"), ["Doris Daten"]);
});

Deno.test("POST /operator/provider refuses empty mandatory fields and a wrong VAT ID, losing nothing", async () => {
  const { alice } = await cast();
  await asOperator(alice);
  const answer = await alice.post("/operator/provider", {
    ...fields,
    "provider.dpoEmail": "",
    "provider.vatId": "DE136695975",
  });
  assert.equal(answer.status, 422);
  const html = await answer.text();
  assert.match(html, /Die Prüfziffer der USt-IdNr\. stimmt nicht/);
  assert.match(html, /Diese Angabe fehlt/);
  assert.deepEqual(values(html, "provider.representedBy"), ["Erika Beispiel"]);
});

Deno.test("owners of a tenant who are no operators get 403 at /operator/provider", async () => {
  const { bob } = await cast();
  assert.equal((await bob.get("/operator/provider")).status, 403);
  assert.equal((await bob.post("/operator/provider", fields)).status, 403);
});
