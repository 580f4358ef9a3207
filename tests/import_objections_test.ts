/** Objections in a file count for the person, whatever becomes of the row (Art. 21(3)). */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import * as imports from "../db/imports.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";
import { check, fileOf, importAll, run, upload } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

const file = (...rows: string[]) =>
  fileOf(["Vorname;Nachname;E-Mail;ID;Notizen;Werbesperre;Email Opt Out", ...rows, ""].join("\n"));

async function made(who: Person, lastName: string, email: string): Promise<string> {
  const fields = { _anyway: "1", origin: "card", lastName, "emails.0.address": email };
  return idOf(await who.post("/contacts/new", fields));
}

/** Who objects to what in the tenant, by last name. */
async function objecting({ test, tenantId }: Person) {
  const rows = await test.db.owner<{ lastName: string; notes: string; channels: string[] }[]>`
    select last_name, notes,
      array(select channel from objections b where b.contact_id = c.id order by 1) as channels
    from contacts c
    where tenant_id = ${tenantId}
    order by last_name, created_at, id
  `;
  return rows.map(({ lastName, notes, channels }) => [lastName, notes, channels.join()]);
}

const find = (who: Person, id: string) => who.scope((scope) => imports.find(scope, id));

Deno.test("a row that changes nothing of somebody there brings their objection, and the undo takes it", async () => {
  const { alice, test } = await cast();
  await made(alice, "Abel", "abel@example.org");
  await made(alice, "Bach", "bach@example.org");
  const id = await upload(
    alice,
    file("A;Abel;abel@example.org;;Neu;ja;", "B;Bach;bach@example.org;;;;"),
  );
  await check(alice, id);
  const { counts } = await find(alice, id);
  deepEqual([counts.updated, counts.duplicates], [0, 2]);
  match(
    await text(await alice.get(`/imports/${id}?rows=duplicate`)),
    /abel@example\.org“ ist schon als Kontakt vorhanden\. Der Werbewiderspruch der Zeile wird/,
  );
  deepEqual(
    await objecting(alice),
    [["Abel", "", ""], ["Bach", "", ""]],
    "a rehearsal changes nothing",
  );
  await run(alice, id);
  deepEqual((await find(alice, id)).counts, counts);
  deepEqual(await objecting(alice), [["Abel", "", "all"], ["Bach", "", ""]]);
  const again = await importAll(alice, file("A;Abel;abel@example.org;;;ja;"));
  ok(!/Werbewiderspruch der Zeile/.test(await text(await alice.get(`/imports/${again}`))));
  match(await text(await alice.get(`/imports/${id}/undo`)), /1 geänderter Eintrag wird wieder/);
  await alice.post(`/imports/${id}/undo`);
  await drain(test);
  deepEqual(await objecting(alice), [["Abel", "", ""], ["Bach", "", ""]]);
});

Deno.test("a restricted person's objection counts as well; of several possible persons none gets it", async () => {
  const { alice, test } = await cast();
  const id = await made(alice, "Abel", "abel@example.org");
  await test.db.owner`update contacts set restricted_at = ${now()} where id = ${id}`;
  for (let i = 0; i < 2; i++) {
    const place = { "addresses.0.postalCode": "20457", "addresses.0.city": "Hamburg" };
    const fields = { _anyway: "1", origin: "card", firstName: "C", lastName: "Cohn", ...place };
    equal((await alice.post("/contacts/new", fields)).status, 303);
  }
  await importAll(alice, file("A;Abel;abel@example.org;;Neu;ja;"));
  const list = "Vorname;Nachname;PLZ;Werbesperre\nC;Cohn;20457;ja\n";
  const several = await importAll(alice, fileOf(list));
  equal((await find(alice, several)).counts.duplicates, 1);
  match(
    await text(await alice.get(`/imports/${several}?rows=duplicate`)),
    /Den Werbewiderspruch der Zeile tragen Sie bitte von Hand/,
  );
  deepEqual(await objecting(alice), [["Abel", "", "all"], ["Cohn", "", ""], ["Cohn", "", ""]]);
});

Deno.test("a later row of the file brings the objection of a person that an earlier one created or filled", async () => {
  const { alice, test } = await cast();
  await made(alice, "Abel", "abel@example.org");
  const many = Array.from({ length: 900 }, (_, at) => `M;Mit${at};m${at}@example.org;;;;`);
  const id = await importAll(
    alice,
    file(
      "A;Abel;abel@example.org;;Erste;;",
      "A;Abel;abel@example.org;;Zweite;;ja",
      "B;Bach;bach@example.org;;;;",
      "B;Bach;BACH@example.org;;;ja;",
      "C;Cohn;;id-7;;;",
      "D;Dorn;dorn@example.org;;;;",
      ...many,
      "C;Cohn;;id-7;;ja;",
      "D;Dorn;dorn@example.org;;;;ja",
      "A;Abel;abel@example.org;;Dritte;ja;",
    ),
    { existing: "fill" },
  );
  const those = async () => (await objecting(alice)).filter(([name]) => !/^Mit/.test(String(name)));
  deepEqual(await those(), [
    ["Abel", "Erste", "all,email"],
    ["Bach", "", "all"],
    ["Cohn", "", "all"],
    ["Dorn", "", "email"],
  ]);
  const { counts } = await find(alice, id);
  deepEqual([counts.updated, counts.duplicates, counts.contacts], [1, 5, 903]);
  await alice.post(`/imports/${id}/undo`);
  await drain(test);
  deepEqual(await those(), [["Abel", "", ""]]);
});

Deno.test("a later row linked only by name and number says that its objection must be noted by hand", async () => {
  const { alice } = await cast();
  const many = Array.from({ length: 900 }, (_, at) => `M;Mit${at};040 ${100_000 + at};`);
  const list = (...rows: string[]) =>
    fileOf(["Vorname;Nachname;Telefon;Werbesperre", ...rows, ""].join("\n"));
  const near = await importAll(alice, list("A;Abel;040 7001;", "A;Abel;040 7001;ja"));
  match(
    await text(await alice.get(`/imports/${near}?rows=duplicate`)),
    /Der Werbewiderspruch der Zeile wird eingetragen/,
  );
  deepEqual(await objecting(alice), [["Abel", "", "all"]]);
  const far = await importAll(alice, list("B;Bach;040 7002;", ...many, "B;Bach;040 7002;ja"));
  match(
    await text(await alice.get(`/imports/${far}?rows=duplicate`)),
    /Den Werbewiderspruch der Zeile tragen Sie bitte von Hand/,
  );
  deepEqual((await objecting(alice)).find(([name]) => name === "Bach"), ["Bach", "", ""]);
});
