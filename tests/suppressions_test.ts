/** Addresses stay barred as long as the record or an erasure says so, and no longer. */
import { deepEqual, equal, match } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import { judge } from "../db/outgoing_gate.ts";
import { digester } from "../db/secret_chain.ts";
import * as suppressions from "../db/suppressions.ts";
import { newContact, program } from "./support/api.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { formOf, text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { merge } from "./support/merging.ts";
import { addressOf, contactOf } from "./support/messages.ts";
import { barred, emptyTrash } from "./support/suppressions.ts";
import { drain } from "./support/worker.ts";

const barOf = (person: Person, address: string) =>
  person.scope(async (scope) =>
    (await judge({ scope, secretKey }, "correspondence", [address]))[0]!.bar
  );

/** A request by the form, with what it stops at once. */
async function request({ alice, test }: Cast, right: Right, personEmail: string) {
  await alice.scope((scope) =>
    cases.create(scope, secretKey, {
      id: newId(),
      channel: "form",
      language: "de",
      personName: "Pia Muster",
      personEmail,
      personAddress: "",
      body: "Keine Werbung mehr.",
      claims: [{ right, sentence: "" }],
    }, { kind: "system", id: null })
  );
  deepEqual((await drain(test)).failed, []);
}

for (const right of ["objection", "withdrawal"] as const) {
  Deno.test(`what a request barred (${right}) opens when the person withdraws it`, async () => {
    const here = await cast();
    const { alice } = here;
    const id = await contactOf(alice, { "phones.0.number": "+49 30 1234567" });
    await request(here, right, addressOf(id));
    deepEqual(await barred(here), [`all ${right}`, `all ${right}`]);
    equal(await barOf(alice, addressOf(id)), "objection");
    const reason = "Am 3. November 2026 am Telefon";
    await alice.post(`/contacts/${id}/objections`, { channels: ["email", "post"], reason });
    equal(await barOf(alice, addressOf(id)), "objection");
    deepEqual(await barred(here), [`all ${right}`], "nothing is left of the number");
    await alice.post(`/contacts/${id}/objections`, { reason });
    deepEqual(await barred(here), []);
    equal(await barOf(alice, addressOf(id)), null);
  });
}

Deno.test("an erasure's suppression outlasts the withdrawal of an objection", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await contactOf(alice);
  await request(here, "objection", addressOf(id));
  const hash = suppressions.hasher(secretKey, alice.tenantId)(addressOf(id));
  await alice.scope((scope) => suppressions.add(scope, hash, "all", "erasure"));
  deepEqual(await barred(here), ["all erasure"]);
  await alice.post(`/contacts/${id}/objections`, { reason: "Sie hat angerufen" });
  equal(await barOf(alice, addressOf(id)), "suppressed");
});

Deno.test("an objection outlasts emptying the trash, and an import brings nobody back", async () => {
  const here = await cast();
  const { alice, charlie } = here;
  const [id, other] = [await contactOf(alice), await contactOf(alice)];
  await alice.post(`/contacts/${id}/objections`, { channels: "all" });
  await alice.post(`/contacts/${other}/objections`, { channels: "phone" });
  for (const each of [id, other]) {
    await alice.post(`/contacts/${each}/deletion`);
    await emptyTrash(here, each);
  }
  equal(await barOf(alice, addressOf(id).toUpperCase()), "suppressed");
  equal(await barOf(alice, addressOf(other)), null);
  equal(await barOf(charlie, addressOf(id)), null, "another tenant's list is its own");
  await importAll(alice, fileOf(`Nachname;E-Mail\nPia;${addressOf(id)}\nOle;ole@example.org\n`));
  const names = await here.test.db.owner<{ lastName: string }[]>`
    select last_name from contacts where tenant_id = ${alice.tenantId}
  `;
  deepEqual(names.map(({ lastName }) => lastName), ["Ole"]);
});

Deno.test("a request bars no number that others use too", async () => {
  const here = await cast();
  const { alice } = here;
  const switchboard = { "phones.0.number": "+49 30 5550", "phones.0.kind": "work" };
  const id = await contactOf(alice, switchboard);
  await contactOf(alice, { lastName: "Kollegin", ...switchboard });
  await request(here, "objection", addressOf(id));
  deepEqual(await barred(here), ["all objection"], "the address alone");
});

/** Into the trash, and out of it for good. */
async function purge(here: Cast, id: string) {
  await here.alice.post(`/contacts/${id}/deletion`);
  await emptyTrash(here, id);
}

const lastNames = async ({ alice, test }: Cast) =>
  (await test.db.owner<{ lastName: string }[]>`
    select last_name from contacts where tenant_id = ${alice.tenantId} order by 1
  `).map(({ lastName }) => lastName);

for (const channel of ["phone", "sms", "post"] as const) {
  Deno.test(`an objection to ${channel} outlasts the record by its address and number`, async () => {
    const here = await cast();
    const { alice, charlie } = here;
    const switchboard = { "phones.1.number": "+49 30 5550", "phones.1.kind": "work" };
    const id = await contactOf(alice, { "phones.0.number": "+49 30 1234567", ...switchboard });
    const other = await contactOf(alice, { lastName: "Kollegin", ...switchboard });
    await alice.post(`/contacts/${id}/objections`, { channels: channel });
    await purge(here, id);
    deepEqual(await barred(here), [`${channel} objection`, `${channel} objection`]);
    equal(await barOf(alice, addressOf(id)), null, "mail was not objected to");
    const list = fileOf(
      `Nachname;E-Mail;Telefon\nPer Mail;${addressOf(id)};\nPer Anruf;;030 1234567\n` +
        `Zentrale;z@example.org;030 5550\n`,
    );
    const report = await alice.get(`/imports/${await importAll(alice, list)}`);
    match(await text(report), /hat widersprochen oder wurde gelöscht/);
    deepEqual(await lastNames(here), ["Kollegin", "Zentrale"]);
    equal(await barOf(charlie, addressOf(id)), null, "another tenant's list is its own");
    equal(await barOf(alice, addressOf(other)), null);
  });
}

Deno.test("a person in the trash or merged away does not keep a number from being barred", async () => {
  const here = await cast();
  const { alice } = here;
  const pia = { lastName: "Muster", firstName: "Pia", "phones.0.number": "+49 30 1234567" };
  const address = addressOf(newId());
  const mail = { "emails.0.address": address };
  const [id, same, gone] = [
    await contactOf(alice, { ...pia, ...mail }),
    await contactOf(alice, { ...pia, ...mail }),
    await contactOf(alice, pia),
  ];
  await merge(alice, "contact", [id, same]);
  await alice.post(`/contacts/${gone}/deletion`);
  await alice.post(`/contacts/${id}/objections`, { channels: "phone" });
  await purge(here, id);
  deepEqual(await barred(here), ["phone objection", "phone objection"]);
});

Deno.test("what outlasted a record ends when the person takes it back on a new one", async () => {
  const here = await cast();
  const { alice } = here;
  const points = { "phones.0.number": "+49 30 1234567", "phones.0.kind": "work" };
  const id = await contactOf(alice, points);
  await alice.post(`/contacts/${id}/objections`, { channels: ["phone", "post"] });
  await purge(here, id);
  equal((await barred(here)).length, 4);
  const again = await contactOf(alice, { "emails.0.address": addressOf(id), ...points });
  await alice.post(`/contacts/${again}/objections`, { channels: ["phone", "post"] });
  await alice.post(`/contacts/${again}/objections`, { channels: ["post"] });
  deepEqual(await barred(here), ["post objection", "post objection"]);
  await alice.post(`/contacts/${again}/objections`, {});
  deepEqual(await barred(here), []);
});

Deno.test("undoing an import leaves the objections recorded since", async () => {
  const here = await cast();
  const { alice } = here;
  const list = () =>
    fileOf(
      "Nachname;E-Mail;Telefon;Widersprüche\nAlt;alt@example.org;;E-Mail\n" +
        "Neu;neu@example.org;030 1234567;\nOhne;ohne@example.org;;\n",
    );
  const first = await importAll(alice, list());
  const [found] = await here.test.db.owner<{ id: string }[]>`
    select id from contacts where tenant_id = ${alice.tenantId} and last_name = 'Neu'
  `;
  await alice.post(`/contacts/${found!.id}/objections`, { channels: "post" });
  await alice.post(`/imports/${first}/undo`);
  deepEqual((await drain(here.test)).failed, []);
  deepEqual(await lastNames(here), []);
  deepEqual(await barred(here), ["post objection", "post objection"]);
  await importAll(alice, list());
  deepEqual(await lastNames(here), ["Alt", "Ohne"], "what the file says comes again with it");
});

Deno.test("an erasure bars no address that others use too", async () => {
  const here = await cast();
  const { alice, test } = here;
  const shared = `info.${newId()}@example.org`;
  const both = { "emails.1.address": shared, "emails.1.kind": "work" };
  const switchboard = { "phones.0.number": "+49 30 1234567" };
  const id = await contactOf(alice, { ...both, ...switchboard });
  await contactOf(alice, { "emails.0.address": shared, ...switchboard });
  await request(here, "erasure", addressOf(id));
  await alice.scope(async (scope) => {
    const [found] = await scope.sql<{ id: string; caseId: string }[]>`
      select id, case_id from case_items where tenant_id = ${alice.tenantId}
    `;
    await caseItems.decide(scope, found!.caseId, found!.id, { kind: "approve" }, {
      kind: "officer",
      id: null,
    });
  });
  deepEqual((await drain(test)).failed, []);
  equal((await test.db.owner`select from contacts where id = ${id}`).length, 0);
  equal(await barOf(alice, addressOf(id)), "suppressed");
  equal(await barOf(alice, shared), null);
  deepEqual(await barred(here), ["all erasure"]);
});

Deno.test("an objection holds however the address's domain is spelled", async () => {
  const here = await cast();
  const { alice } = here;
  const [letters, ascii] = ["Pia@müller.example", "Pia@xn--mller-kva.example"];
  const lists = (address: string) =>
    importAll(alice, fileOf(`Vorname;Nachname;E-Mail\nPia;Muster;${address}`));
  const stored = () =>
    here.test.db.owner<{ id: string; address: string }[]>`
      select c.id, e.address
      from contacts c
      join emails e on e.tenant_id = c.tenant_id and e.contact_id = c.id
      where c.tenant_id = ${alice.tenantId}
    `;
  await lists(ascii);
  await lists(letters);
  const [pia, ...more] = await stored();
  deepEqual([pia!.address, more], [letters, []]);
  await alice.post(`/contacts/${pia!.id}/objections`, { channels: "email" });
  await alice.post(`/contacts/${pia!.id}/deletion`);
  await emptyTrash(here, pia!.id);
  for (const address of [letters, ascii]) {
    equal(await barOf(alice, address), "suppressed");
    await lists(address);
    deepEqual(await stored(), []);
  }
});

Deno.test("an address that was barred as name servers write its domain stays so", async () => {
  const here = await cast();
  const { alice } = here;
  const [letters, ascii] = ["Pia@müller.example", "Pia@xn--mller-kva.example"];
  const digest = digester(secretKey, { tenantId: alice.tenantId, info: "suppressions" });
  await alice.scope((scope) =>
    suppressions.add(scope, digest(ascii.toLowerCase()), "all", "objection")
  );
  for (const address of [letters, ascii]) {
    equal(await barOf(alice, address), "suppressed");
    await importAll(alice, fileOf(`Vorname;Nachname;E-Mail\nPia;Muster;${address}`));
    deepEqual(await lastNames(here), []);
  }
  const again = await contactOf(alice, { "emails.0.address": letters });
  await alice.post(`/contacts/${again}/objections`, { channels: "all" });
  await alice.post(`/contacts/${again}/objections`, {});
  deepEqual(await barred(here), []);
});

/** Saves the contact's form with changed fields. */
async function edit(person: Person, id: string, fields: Record<string, string>) {
  const form = formOf(await (await person.get(`/contacts/${id}/edit`)).text());
  const answer = await person.post(`/contacts/${id}/edit`, { ...form, ...fields });
  equal(answer.status, 303);
}

Deno.test("what leaves the record of somebody who objects stays barred, as their objection says", async () => {
  const here = await cast();
  const { alice, charlie } = here;
  const id = await contactOf(alice, { "phones.0.number": "+49 30 1234567" });
  const old = addressOf(id);
  await alice.post(`/contacts/${id}/objections`, { channels: ["email", "phone"] });
  await edit(alice, id, { "emails.0.address": "nora@neu.example", "phones.0.number": "" });
  deepEqual(await barred(here), [
    "email objection",
    "email objection",
    "phone objection",
    "phone objection",
  ]);
  equal(await barOf(alice, old), "suppressed");
  equal(await barOf(alice, "nora@neu.example"), "objection");
  equal(await barOf(charlie, old), null, "another tenant's list is its own");
  await importAll(alice, fileOf(`Nachname;E-Mail;Telefon\nAlt;${old};\nAnruf;;030 1234567\n`));
  equal((await lastNames(here)).length, 1, "a list brings neither back");

  // On record again it opens once the objection is withdrawn.
  await edit(alice, id, { "emails.0.address": old });
  await alice.post(`/contacts/${id}/objections`, { channels: ["phone"] });
  equal(await barOf(alice, old), null);
});

Deno.test("an address that moves on to a colleague, or leaves somebody who never objected, is open", async () => {
  const here = await cast();
  const { alice } = here;
  const shared = `info.${newId()}@example.org`;
  const id = await contactOf(alice, { "emails.0.address": shared });
  const silent = await contactOf(alice);
  await contactOf(alice, { lastName: "Kollegin", "emails.0.address": shared });
  await alice.post(`/contacts/${id}/objections`, { channels: "all" });
  equal(await barOf(alice, shared), "objection");
  await edit(alice, id, { "emails.0.address": "" });
  await edit(alice, silent, { "emails.0.address": "" });
  deepEqual(await barred(here), []);
  equal(await barOf(alice, shared), null);
});

Deno.test("a user limited to their own records bars no address of a colleague's contact", async () => {
  const here = await cast();
  const { alice, bob } = here;
  const shared = `info.${newId()}@example.org`;
  const id = await contactOf(alice, { "emails.0.address": shared, ownerId: bob.userId });
  await contactOf(alice, { lastName: "Kollegin", "emails.0.address": shared });
  await here.test.db.owner`
    insert into record_sights (tenant_id, role, contacts, companies, deals)
    values (${alice.tenantId}, 'member', 'own', 'own', 'own')
  `;
  await bob.post(`/contacts/${id}/objections`, { channels: "all" });
  await edit(bob, id, { "emails.0.address": "" });
  deepEqual(await barred(here), []);
});

Deno.test("the undo of an import keeps barred what it takes from somebody who objected since", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await contactOf(alice, { firstName: "Pia", lastName: "Muster" });
  const run = await importAll(
    alice,
    fileOf(`Vorname;Nachname;E-Mail;E-Mail 2\nPia;Muster;${addressOf(id)};pia@neu.example\n`),
    { existing: "overwrite" },
  );
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  equal(await barOf(alice, "pia@neu.example"), "objection");
  await alice.post(`/imports/${run}/undo`);
  deepEqual((await drain(here.test)).failed, []);
  equal(await barOf(alice, "pia@neu.example"), "suppressed");
  deepEqual(await barred(here), ["email objection"]);
});

Deno.test("a form warns that it names somebody who was erased or objects, before they are entered again", async () => {
  const { alice } = await cast();
  const [gone, fresh] = [`weg.${newId()}@example.org`, `neu.${newId()}@example.org`];
  await alice.scope((scope) =>
    suppressions.add(scope, suppressions.hasher(secretKey, alice.tenantId)(gone), "all", "erasure")
  );
  const enter = (address: string, more: Record<string, string> = {}) =>
    alice.post("/contacts/new", {
      ...{ lastName: `Wieder ${newId()}`, origin: "card", status: "lead" },
      ...{ "emails.0.address": address, "emails.0.kind": "work", ...more },
    });
  const refused = await enter(gone.toUpperCase());
  equal(refused.status, 422);
  const page = await refused.text();
  match(page, /Eine dieser Angaben ist gesperrt/);
  match(page, /name="_anyway"/);
  equal((await enter(gone, { _anyway: "1" })).status, 303);
  equal((await enter(fresh)).status, 303);
});

Deno.test("no form and no program enters somebody a second time whose data are restricted (Art. 18)", async () => {
  const { alice } = await cast();
  const made = await contactOf(alice);
  const address = addressOf(made);
  await alice.test.db.owner`
    update contacts
    set restricted_at = now(), restricted_reason = 'accuracy'
    where id = ${made}
  `;
  const enter = () =>
    alice.post("/contacts/new", {
      ...{ lastName: `Zweitens ${newId()}`, origin: "card", status: "lead" },
      ...{ "emails.0.address": address, "emails.0.kind": "work" },
    });
  const refused = await enter();
  equal(refused.status, 422);
  match(await text(refused), /oder ihre Daten sind eingeschränkt/);
  const api = await program(alice);
  const body = newContact("Drittens", { emails: [{ kind: "work", address }] });
  equal((await api.post("/contacts", body)).status, 422);
  equal((await alice.get(`/contacts/${made}`)).status, 404);
  // A colleague has the same address: who shares it is entered as ever.
  await contactOf(alice, { "emails.0.address": address });
  equal((await api.post("/contacts", { ...body, allowDuplicate: true })).status, 201);
});
