/** A person reached by post alone stays barred by name and postal address, as others by e-mail address. */
import { deepEqual, doesNotMatch, equal, match, notEqual } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import { keysOf, keysOfText } from "../db/postal_keys.ts";
import { newContact, program } from "./support/api.ts";
import { type Cast, cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { formOf, text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { contactOf } from "./support/messages.ts";
import { barred, emptyTrash } from "./support/suppressions.ts";
import { drain } from "./support/worker.ts";

const home = {
  firstName: "Erika",
  lastName: "Müller",
  "emails.0.address": "",
  "addresses.0.kind": "home",
  "addresses.0.street": "Lange Straße 12a",
  "addresses.0.postalCode": "04109",
  "addresses.0.city": "Leipzig",
};

const list = (row: string) => fileOf(`Vorname;Nachname;Straße;PLZ;Ort\n${row}\n`);
const erika = () => list("Erika;Mueller;Lange Str. 12 A;04109;Leipzig");

const names = async ({ alice, test }: Cast) =>
  (await test.db.owner<{ firstName: string }[]>`
    select first_name from contacts where tenant_id = ${alice.tenantId} order by 1
  `).map(({ firstName }) => firstName);

async function purge(here: Cast, id: string) {
  await here.alice.post(`/contacts/${id}/deletion`);
  await emptyTrash(here, id);
}

/** A letter on paper. */
async function letter({ alice, test }: Cast, right: Right, personName: string, address: string) {
  const id = newId();
  await alice.scope((scope) =>
    cases.create(scope, secretKey, {
      id,
      channel: "post",
      language: "de",
      personName,
      personEmail: "",
      personAddress: address,
      body: "Keine Werbung mehr.",
      claims: [{ right, sentence: "" }],
    }, { kind: "system", id: null })
  );
  deepEqual((await drain(test)).failed, []);
  return id;
}

Deno.test("a name at an address is one, however lists spell it", () => {
  const place = { street: "Lange Straße 12a", poBox: "", postalCode: "04109" };
  const key = keysOf({ firstName: "Erika", namePrefix: "", lastName: "Müller" }, [place]);
  equal(key.length, 1);
  const same: [string, string, string, string][] = [
    ["Müller", "Erika", "lange str. 12 A", "04109"],
    ["ERIKA", "MUELLER", "LANGE STRASSE 12A", "D-04109"],
    ["Dr. Erika", "Mu\u0308ller", "Lange-Str. 12 a", "04109"],
  ];
  for (const [firstName, lastName, street, postalCode] of same) {
    deepEqual(
      keysOf({ firstName, namePrefix: "", lastName }, [{ street, poBox: "", postalCode }]),
      key,
    );
  }
  for (
    const address of [
      "Lange Str. 12a\n04109 Leipzig",
      "bei Maier, Lange Straße 12a, D-04109 Leipzig",
    ]
  ) {
    deepEqual(keysOfText("Frau Dr. Erika Müller", address), key);
  }
  const others: [string, string, string][] = [
    ["Erik", "Lange Straße 12a", "04109"],
    ["Erika", "Lange Straße 12", "04109"],
    ["Erika", "Lange Straße 12a", "04107"],
  ];
  for (const [firstName, street, postalCode] of others) {
    const name = { firstName, namePrefix: "", lastName: "Müller" };
    notEqual(keysOf(name, [{ street, poBox: "", postalCode }])[0], key[0]);
  }
  deepEqual(keysOf({ firstName: "", namePrefix: "", lastName: "Dr." }, [place]), []);
  deepEqual(
    keysOf({ firstName: "Erika", namePrefix: "", lastName: "Müller" }, [
      { street: "", poBox: "", postalCode: "04109" },
      { street: "Lange Straße 12a", poBox: "", postalCode: "" },
    ]),
    [],
  );
  deepEqual(
    keysOfText("Erika Müller", "Postfach 10 20\n04109 Leipzig"),
    keysOf({ firstName: "Erika", namePrefix: "", lastName: "Müller" }, [
      { street: "", poBox: "1020", postalCode: "04109" },
    ]),
  );
});

Deno.test("a letter says that an address is barred only where the request gave one", async () => {
  const here = await cast();
  const { alice, test } = here;
  const officer = { kind: "officer", id: null } as const;
  const answer = async (address: string) => {
    const id = await letter(here, "objection", "Niemand Bekanntes", address);
    await alice.scope(async (scope) => {
      const [item] = await caseItems.list(scope, id);
      await caseItems.decide(scope, id, item!.id, { kind: "approve" }, officer);
    });
    deepEqual((await drain(test)).failed, []);
    const [row] = await test.db.owner<{ body: string }[]>`
      select body
      from person_letters
      where case_id = ${id}
        and kind = 'result'
    `;
    return row!.body;
  };
  match(await answer("Ferne Straße 9\n04109 Leipzig"), /keine Daten zu Ihnen.*auf Dauer gesperrt/s);
  doesNotMatch(await answer(""), /gesperrt/);
});

Deno.test("an objection to post outlasts the record of somebody without e-mail and telephone", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await contactOf(alice, home);
  await alice.post(`/contacts/${id}/objections`, { channels: "post" });
  await purge(here, id);
  deepEqual(await barred(here), ["post objection"]);
  const run = await importAll(alice, erika());
  match(await text(await alice.get(`/imports/${run}`)), /hat widersprochen oder wurde gelöscht/);
  deepEqual(await names(here), []);
  await importAll(alice, list("Erik;Müller;Lange Str. 12a;04109;Leipzig"));
  deepEqual(await names(here), ["Erik"], "who lives there too is somebody else");

  const mailing = { kind: "contacts", format: "csv", purpose: "mailing" };
  const file = async () => {
    const recipient = { recipient: "Druckerei", recipientEmail: "druck@example.org" };
    return await (await alice.post("/exports", { ...mailing, ...recipient })).text();
  };
  // Entered by hand there may be a new reason; a letter shows the objection all the same.
  const again = await contactOf(alice, home);
  const write = `/letters/new?contact=${again}`;
  match(await text(await alice.get(write)), /der Werbung per Post widersprochen/);
  const without = await file();
  deepEqual([/Erik,/.test(without), /Erika,/.test(without)], [true, false]);
  await alice.post(`/contacts/${again}/objections`, { channels: "post" });
  await alice.post(`/contacts/${again}/objections`, {});
  deepEqual(await barred(here), [], "withdrawn on the new record");
  match(await file(), /Erika,/);
  equal(/widersprochen/.test(await text(await alice.get(write))), false);
});

Deno.test("an objection outlasts the record of somebody with a postal address at work", async () => {
  const here = await cast();
  const { alice } = here;
  await importAll(
    alice,
    fileOf(
      "Firma;Straße;PLZ;Ort;Vorname;Nachname\nWerk GmbH;Am Werk 1;04109;Leipzig;Erika;Müller\n",
    ),
  );
  const [found] = await here.test.db.owner<{ id: string }[]>`
    select id from contacts where tenant_id = ${alice.tenantId}
  `;
  await alice.post(`/contacts/${found!.id}/objections`, { channels: "all" });
  await purge(here, found!.id);
  deepEqual(await barred(here), ["all objection"]);
  await importAll(
    alice,
    fileOf(
      "Firma;Straße;PLZ;Ort;Vorname;Nachname\nWerk GmbH;Am Werk 1;04109;Leipzig;Erika;Müller\n" +
        "Werk GmbH;Am Werk 1;04109;Leipzig;Erik;Müller\n",
    ),
  );
  deepEqual(await names(here), ["Erik"]);
});

Deno.test("a letter on paper bars its sender's name and address, known or not", async () => {
  const here = await cast();
  const { alice } = here;
  await letter(here, "objection", "Frau Erika Müller", "Lange Str. 12a\n04109 Leipzig");
  deepEqual(await barred(here), ["all objection"]);
  await importAll(alice, erika());
  deepEqual(await names(here), []);
});

Deno.test("a person erased and reached by post alone is not created again", async () => {
  const here = await cast();
  const { alice, test } = here;
  const id = await contactOf(alice, home);
  const caseId = await letter(here, "erasure", "Erika Müller", "Lange Straße 12a, 04109 Leipzig");
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, caseId);
    await caseItems.decide(scope, caseId, item!.id, { kind: "approve" }, {
      kind: "officer",
      id: null,
    });
  });
  await alice.scope(async (scope) => {
    const { searchedAt } = (await findings.lookup(scope, caseId))!;
    const by = { kind: "officer", id: null } as const;
    const found = { searchedAt: searchedAt!.toISOString(), ids: [id], hits: [] };
    await findings.confirm(scope, caseId, found, by);
  });
  deepEqual((await drain(test)).failed, []);
  equal((await test.db.owner`select from contacts where id = ${id}`).length, 0);
  deepEqual(await barred(here), ["all erasure"]);
  await importAll(alice, erika());
  deepEqual(await names(here), []);
});

Deno.test("an address that leaves the record of somebody who objects to post stays barred", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await contactOf(alice, home);
  await alice.post(`/contacts/${id}/objections`, { channels: "post" });
  const path = `/contacts/${id}/edit`;
  const fields = formOf(await (await alice.get(path)).text());
  await alice.post(path, { ...fields, "addresses.0.street": "Neuer Weg 3" });
  deepEqual(await barred(here), ["post objection"]);
  await importAll(alice, erika());
  deepEqual(await names(here), ["Erika"], "the old list brings nobody back");
});

Deno.test("a letter's address is found in whatever lines it is", () => {
  const name = { firstName: "Erika", namePrefix: "", lastName: "Müller" };
  const key = (street: string, postalCode: string) =>
    keysOf(name, [{ street, poBox: "", postalCode }])[0]!;
  const cases: [address: string, street: string, code: string][] = [
    ["Am Markt 3\nHinterhaus 2. OG\n12345 Berlin", "Am Markt 3", "12345"],
    ["Hauptstr. 5, Wohnung 12, 12345 Berlin", "Hauptstraße 5", "12345"],
    ["Hof Sonnenberg\n12345 Berlin", "Hof Sonnenberg", "12345"],
    ["Musterstr. 5 12345 Berlin", "Musterstraße 5", "12345"],
    ["Prinsengracht 1\n1012 LG Amsterdam", "Prinsengracht 1", "1012LG"],
  ];
  for (const [address, street, code] of cases) {
    equal(keysOfText("Erika Müller", address).includes(key(street, code)), true, address);
  }
  equal(keysOfText("Erika Müller", "Weg 1\n".repeat(5_000) + "12345 Berlin").length, 1);
});

Deno.test("what is barred for mail alone is barred for all by a letter on paper", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await contactOf(alice, home);
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  await purge(here, id);
  deepEqual(await barred(here), ["email objection"]);
  await letter(here, "objection", "Erika Müller", "Lange Straße 12a\n04109 Leipzig");
  deepEqual(await barred(here), ["all objection", "email objection"]);
});

Deno.test("a person who objects stays barred at a company under a former name, for programs too", async () => {
  const here = await cast();
  const { alice } = here;
  const table = "Firma;Straße;PLZ;Ort;Vorname;Nachname\nWerk GmbH;Am Werk 1;04109;Leipzig;" +
    "Erika;Müller\n";
  await importAll(alice, fileOf(table));
  const [found] = await here.test.db.owner<{ id: string; companyId: string }[]>`
    select c.id, a.company_id
    from contacts c
    join affiliations a on a.tenant_id = c.tenant_id and a.contact_id = c.id
    where c.tenant_id = ${alice.tenantId}
  `;
  const { id, companyId } = found!;
  await alice.post(`/contacts/${id}/objections`, { channels: "all" });
  const path = `/contacts/${id}/edit`;
  const fields = formOf(await (await alice.get(path)).text());
  await alice.post(path, { ...fields, lastName: "Meier" });
  deepEqual(await barred(here), ["all objection"]);
  await importAll(alice, fileOf(table));
  deepEqual(await names(here), ["Erika"]);
  const api = await program(alice);
  const person = newContact("Müller", { firstName: "Erika" });
  const refused = await api.post("/contacts", { ...person, companies: [{ companyId }] });
  deepEqual([refused.status, refused.json.code], [422, "suppressed"]);
  deepEqual(refused.json.errors.map(({ pointer }: { pointer: string }) => pointer), [
    "/companies/0/companyId",
  ]);
});
