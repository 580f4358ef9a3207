/** Whom post alone reaches stays barred by name and postal address, as others by their e-mail address. */
import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import { keysOf, keysOfText } from "../db/postal_keys.ts";
import { eraseTrash } from "../jobs/trash.ts";
import { type Cast, cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { formOf, text } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { contactOf } from "./support/messages.ts";
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

const barred = ({ alice, test }: Cast) =>
  test.db.owner<{ channel: string; reason: string }[]>`
    select channel, reason from suppressions where tenant_id = ${alice.tenantId} order by 1, 2
  `.then((rows) => rows.map(({ channel, reason }) => `${channel} ${reason}`));

const names = async ({ alice, test }: Cast) =>
  (await test.db.owner<{ firstName: string }[]>`
    select first_name from contacts where tenant_id = ${alice.tenantId} order by 1
  `).map(({ firstName }) => firstName);

async function purge({ alice, test }: Cast, id: string) {
  await alice.post(`/contacts/${id}/deletion`);
  await test.db
    .owner`update contacts set erase_after = now() - interval '1 minute' where id = ${id}`;
  const tools = {
    pool: test.db.app,
    config: test.services.config,
    log: test.services.log,
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof eraseTrash.run>[0];
  await eraseTrash.run(tools, { tenantId: null });
  equal((await test.db.owner`select from contacts where id = ${id}`).length, 0);
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

  // Entered by hand the house may have a new reason; a letter tells of the objection all the same.
  const again = await contactOf(alice, home);
  const write = `/letters/new?contact=${again}`;
  match(await text(await alice.get(write)), /der Werbung per Post widersprochen/);
  await alice.post(`/contacts/${again}/objections`, { channels: "post" });
  await alice.post(`/contacts/${again}/objections`, {});
  deepEqual(await barred(here), [], "taken back on the new record");
  equal(/widersprochen/.test(await text(await alice.get(write))), false);
});

Deno.test("an objection outlasts the record of somebody whom post reaches at work", async () => {
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

Deno.test("whoever was erased and is reached by post alone is not taken in again", async () => {
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
