/** Forms warn before somebody who was erased, objects or is restricted is entered: by an edit or from a mail. */
import { equal, match, ok } from "node:assert/strict";
import * as suppressions from "../db/suppressions.ts";
import { cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { formOf, idOf, text } from "./support/html.ts";
import { arrive, letter } from "./support/letters.ts";
import { newMark } from "./support/stock.ts";

const { alice, test } = await cast();
const { owner } = test.db;

const made = async (fields: Record<string, string> = {}) =>
  idOf(
    await alice.post("/contacts/new", {
      ...{ origin: "customer", firstName: "Pia", lastName: newMark(), _anyway: "1", ...fields },
    }),
  );

/** Addresses that must ask first, each by another reason. */
async function barredAddresses() {
  const [erased, objecting, restricted] = [1, 2, 3].map(() => `${newMark()}@person.example`);
  const hash = suppressions.hasher(secretKey, alice.tenantId);
  await alice.scope(async (scope) => {
    await suppressions.add(scope, hash(erased!), "all", "erasure");
    await suppressions.add(scope, hash(objecting!), "all", "objection");
  });
  const id = await made({ "emails.0.address": restricted! });
  await owner`update contacts set restricted_at = now() where id = ${id}`;
  return { erased: erased!, objecting: objecting!, restricted: restricted! };
}

const addressesOf = async (id: string) =>
  (await owner<{ address: string }[]>`select address from emails where contact_id = ${id}`)
    .map(({ address }) => address);

for (const reason of ["erased", "objecting", "restricted"] as const) {
  Deno.test(`a contact is given the address of a person (${reason}) only after a warning`, async () => {
    const address = (await barredAddresses())[reason];
    const own = `${newMark()}@haus.example`;
    const id = await made({ "emails.0.address": own });
    const at = `/contacts/${id}/edit`;
    const form = formOf(await (await alice.get(at)).text());
    const change = { ...form, "emails.0.address": address };
    const asked = await alice.post(at, change);
    equal(asked.status, 422);
    const html = await asked.text();
    match(html, /Eine der neuen Angaben ist gesperrt/);
    match(html, /Trotzdem speichern/);
    ok(html.includes(address), "nothing typed is lost");
    equal((await addressesOf(id)).join(), own);
    equal((await alice.post(at, { ...change, _anyway: "1" })).status, 303);
    equal((await addressesOf(id)).join(), address);
    const again = formOf(await (await alice.get(at)).text());
    equal((await alice.post(at, { ...again, firstName: "Paula" })).status, 303, "once is enough");
  });

  Deno.test(`a mail's sender (${reason}) is made a contact only after a warning`, async () => {
    const address = (await barredAddresses())[reason];
    // As somebody writes whose other address is known here.
    const sender = `${newMark()}@unbekannt.example`;
    const raw = letter({ from: `Mia Muster <${sender}>`, to: "wir@haus.example" });
    const { messageId } = await arrive(alice, raw);
    const [row] = await owner<{ id: string }[]>`
      select id from inbox_messages where message_id = ${messageId}
    `;
    const at = `/inbox/${row!.id}/contact`;
    const page = await (await alice.get(`/messages/${messageId}`)).text();
    const fields = {
      ...formOf(page),
      ...{ origin: "inquiry", lastName: newMark(), "emails.0.address": address },
    };
    const asked = await alice.post(at, fields);
    equal(asked.status, 422);
    const shown = await text(asked);
    match(shown, /Eine dieser Angaben ist gesperrt/);
    match(shown, /Trotzdem anlegen/);
    equal((await alice.post(at, { ...fields, _anyway: "1" })).status, 303);
  });
}
