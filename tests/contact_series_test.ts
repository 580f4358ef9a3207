/** Contacts entered one after the other: the next form begins with what they have in common. */
import { equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import type { Fields } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";

const card: Fields = {
  firstName: "Petra",
  lastName: "Messner",
  origin: "card",
  sourceDetail: "Hannover Messe 2026",
  purpose: "marketing",
  status: "prospect",
  newTags: "Messe",
  position: "Logistik",
  "emails.0.address": "petra@messner.example",
  "companies.0.name": "Messner AG",
};

/** Creates a contact and answers with where the next one is entered. */
async function entered(who: Person, fields: Fields): Promise<string> {
  const answer = await who.post("/contacts/new", { id: newId(), ...fields, _next: "1" });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return answer.headers.get("Location")!;
}

const checked = (html: string, name: string) =>
  [...html.matchAll(/<input type="(?:radio|checkbox)"[^>]*>/g)].map(([input]) => input)
    .filter((input) => input.includes(`name="${name}"`) && / checked/.test(input))
    .map((input) => /value="([^"]*)"/.exec(input)![1]);

Deno.test("the next contact has the source, status and tags of the one before, and nothing else", async () => {
  const { alice } = await cast();
  const to = await entered(alice, card);
  match(to, /^\/contacts\/new\?after=[0-9a-f-]{36}$/);
  const html = await (await alice.get(to)).text();
  match(html, /Der Kontakt ist angelegt/);
  equal(checked(html, "origin").join(), "card");
  equal(checked(html, "tags").join(), "Messe");
  equal(values(html, "sourceDetail").join(), "Hannover Messe 2026");
  match(html, /<option value="prospect" selected/);
  match(html, /<option value="marketing" selected/);
  match(html, /name="firstName"[^>]*autofocus/);
  for (const own of ["Petra", "Messner", "Logistik"]) {
    ok(!html.split("<main")[1]!.includes(own), own);
  }
  const other = { lastName: "Weber", origin: "other", sourceDetail: "Stammtisch" };
  const again = await entered(alice, other);
  equal(checked(await (await alice.get(again)).text(), "origin").join(), "other");
});

Deno.test("a consent is asked anew, and a contact out of reach lends nothing", async () => {
  const { alice, bob, charlie } = await cast();
  const consented = await entered(alice, { ...card, origin: "consent", purpose: "" });
  const html = await (await alice.get(consented)).text();
  equal(checked(html, "origin").join(), "");
  equal(checked(html, "tags").join(), "Messe");
  for (const to of [consented, `/contacts/new?after=${newId()}`, "/contacts/new?after=x"]) {
    const fresh = await charlie.get(to);
    equal(fresh.status, 200, to);
    equal(checked(await fresh.text(), "tags").join(), "", to);
  }
  const id = consented.split("=")[1]!;
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  equal(checked(await (await bob.get(consented)).text(), "tags").join(), "");
});

Deno.test("without it the new contact is shown, as before", async () => {
  const { alice } = await cast();
  const id = newId();
  const answer = await alice.post("/contacts/new", { id, ...card });
  equal(answer.headers.get("Location"), `/contacts/${id}`);
  match(await (await alice.get("/contacts/new")).text(), /name="_next"[^>]*>[\s\S]*?Anlegen und/);
  const edit = await (await alice.get(`/contacts/${id}/edit`)).text();
  ok(!edit.includes("_next"));
});

Deno.test("who creates a possible duplicate anyway goes on to the next one as well", async () => {
  const { alice } = await cast();
  const first = { id: newId(), ...card };
  equal((await alice.post("/contacts/new", first)).status, 303);
  for (
    const [button, to] of [[{ _next: "1" }, /new\?after=/], [
      {},
      /^\/contacts\/[0-9a-f-]{36}$/,
    ]] as const
  ) {
    const again = { ...card, id: newId(), ...button };
    const asked = await alice.post("/contacts/new", again);
    equal(asked.status, 422);
    const [, value = ""] = /name="_anyway" value="([^"]*)"/.exec(await asked.text()) ?? [];
    const { _next, ...sent } = { _next: "", ...again };
    const answer = await alice.post("/contacts/new", { ...sent, _anyway: value });
    match(answer.headers.get("Location")!, to);
  }
});
