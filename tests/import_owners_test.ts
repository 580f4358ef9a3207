/** Owners named by the file, from the preview to the undo. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as imports from "../db/imports.ts";
import { cast, type Person } from "./support/cast.ts";
import { settle } from "./support/field_rights.ts";
import { idOf, text } from "./support/html.ts";
import { check, fileOf, grounds, importAll, run, upload } from "./support/imports.ts";
import { sight, tenantOfTeams } from "./support/sights.ts";
import { drain } from "./support/worker.ts";

const file = (...rows: string[]) =>
  fileOf(["Vorname;Nachname;E-Mail;Firma;Zuständig", ...rows, ""].join("\n"));

/** Who has which contacts and companies of the tenant. */
async function owned({ test, tenantId }: Person): Promise<Record<string, string | null>> {
  const rows = await test.db.owner<{ name: string; owner: string | null }[]>`
    select r.name, i.name as owner
    from (
      select tenant_id, last_name as name, owner_id from contacts
      union all select tenant_id, name, owner_id from companies
    ) r
    left join users u on u.tenant_id = r.tenant_id and u.id = r.owner_id
    left join identities i on i.id = u.identity_id
    where r.tenant_id = ${tenantId}
    order by r.name
  `;
  return Object.fromEntries(rows.map(({ name, owner }) => [name, owner]));
}

const rows = [
  "Anna;Amsel;anna@x.example;Nest GmbH;Bob Brandt",
  "Bodo;Bussard;bodo@x.example;;BOB@",
  "Cora;Drossel;cora@x.example;Horst AG;Uwe Ausgeschieden",
  "Dora;Elster;dora@x.example;;Ina Weg",
  "Emil;Fink;emil@x.example;;Ina Weg",
  "Fritz;Gans;fritz@x.example;;",
];

/** The rows with Bob's own address. */
const list = (bob: Person): File =>
  file(...rows.map((row) => row.replace("BOB@", bob.email.toUpperCase())));

Deno.test("each record is given to the owner in its row; the others as for rows without an owner", async () => {
  const { alice, bob } = await cast();
  const id = await importAll(alice, list(bob), { ownerId: alice.userId });
  deepEqual(await owned(alice), {
    "Amsel": "Bob Brandt",
    "Bussard": "Bob Brandt",
    "Drossel": "Alice Ahrens",
    "Elster": "Alice Ahrens",
    "Fink": "Alice Ahrens",
    "Gans": "Alice Ahrens",
    "Horst AG": "Alice Ahrens",
    "Nest GmbH": "Bob Brandt",
  });
  const report = await text(await alice.get(`/imports/${id}`));
  match(report, /Zuständig laut Datei/);
  match(report, /Ina Weg 2 nicht erkannt: Alice Ahrens/);
  match(report, /Bob Brandt 1 Bob Brandt/);
});

Deno.test("unknown owner names are shown before the rehearsal, with who gets their rows", async () => {
  const { alice, bob, charlie } = await cast();
  const id = await upload(alice, list(bob));
  const page = await text(await alice.get(`/imports/${id}`));
  match(page, /Erkannt: Bob Brandt \(1\)/);
  match(page, /Ina Weg 2 wie Zeilen ohne Angabe/);
  match(page, /Uwe Ausgeschieden 1 wie Zeilen ohne Angabe/);
  const { inspection } = await alice.scope((scope) => imports.find(scope, id));
  const at = (name: string) => inspection!.owners!.names.findIndex((each) => each.name === name);
  const ina = `owner.o${at("Ina Weg")}`;
  const uwe = `owner.o${at("Uwe Ausgeschieden")}`;
  const foreign = await alice.post(`/imports/${id}`, { ...grounds, [ina]: charlie.userId });
  equal(foreign.status, 422);
  const chosen = { ownerId: alice.userId, [ina]: bob.userId, [uwe]: "nobody" };
  await check(alice, id, chosen);
  const trial = await text(await alice.get(`/imports/${id}`));
  match(trial, /Ina Weg 2 Bob Brandt/);
  match(trial, /Uwe Ausgeschieden 1 niemand/);
  deepEqual(await owned(alice), {}, "a rehearsal makes nothing");
  await alice.post(`/imports/${id}/settings`);
  const again = await (await alice.get(`/imports/${id}`)).text();
  match(again, new RegExp(`<option value="${bob.userId}" selected[^>]*>Bob Brandt`));
  await check(alice, id, chosen);
  await run(alice, id);
  const made = await owned(alice);
  deepEqual([made.Elster, made.Fink, made.Drossel, made.Gans], [
    "Bob Brandt",
    "Bob Brandt",
    null,
    "Alice Ahrens",
  ]);
});

Deno.test("a column that somebody takes for owners is counted by the rehearsal", async () => {
  const { alice } = await cast();
  const id = await upload(alice, fileOf("Nachname;Wer\nAmsel;Bob Brandt\nBussard;Jo Fort\n"));
  equal((await text(await alice.get(`/imports/${id}`))).includes("laut Datei"), false);
  await check(alice, id, { "target.c1": "owner" });
  match(await text(await alice.get(`/imports/${id}`)), /Jo Fort 1 nicht erkannt: niemand/);
  await alice.post(`/imports/${id}/settings`);
  match(await text(await alice.get(`/imports/${id}`)), /Jo Fort 1 wie Zeilen ohne Angabe/);
  await check(alice, id);
  await run(alice, id);
  deepEqual(await owned(alice), { Amsel: "Bob Brandt", Bussard: null });
});

/** A contact of the stock with its owner. */
const stocked = async (who: Person, lastName: string, ownerId: string) =>
  idOf(
    await who.post("/contacts/new", {
      lastName,
      ownerId,
      origin: "card",
      _anyway: "1",
      "emails.0.address": `${lastName}@x.example`,
    }),
  );

Deno.test("existing records are given away only where the import may change them, and the undo returns them", async () => {
  const { alice, bob } = await cast();
  await stocked(alice, "Amsel", alice.userId);
  await stocked(alice, "Bussard", "");
  const again = (existing: string) =>
    importAll(
      alice,
      file(";Amsel;amsel@x.example;;Bob Brandt", ";Bussard;bussard@x.example;;Bob Brandt"),
      { existing },
    );
  await again("skip");
  deepEqual(await owned(alice), { Amsel: "Alice Ahrens", Bussard: null });
  const filled = await again("fill");
  deepEqual(await owned(alice), { Amsel: "Alice Ahrens", Bussard: "Bob Brandt" });
  match(await text(await alice.get(`/imports/${filled}?rows=updated`)), /geändert: Zuständig/);
  const written = await again("overwrite");
  deepEqual(await owned(alice), { Amsel: "Bob Brandt", Bussard: "Bob Brandt" });
  // Its former owner may have been deleted by then.
  await alice.post(`/imports/${written}/undo`);
  await drain(alice.test);
  deepEqual(await owned(alice), { Amsel: "Alice Ahrens", Bussard: "Bob Brandt" });
  const last = await importAll(
    alice,
    file(";Bussard;bussard@x.example;;Alice Ahrens"),
    { existing: "overwrite" },
  );
  await alice.test.db.owner`
    delete from users where tenant_id = ${alice.tenantId} and id = ${bob.userId}
  `;
  await alice.post(`/imports/${last}/undo`);
  await drain(alice.test);
  deepEqual(await owned(alice), { Amsel: "Alice Ahrens", Bussard: null });
});

Deno.test("a person's owner does not take over a company that was there before", async () => {
  const { alice } = await cast();
  idOf(await alice.post("/companies/new", { name: "Nest GmbH", ownerId: alice.userId }));
  await importAll(
    alice,
    fileOf(
      "Vorname;Nachname;Firma;Firma Telefon;Zuständig\nAnna;Amsel;Nest GmbH;030 123456;Bob Brandt\n",
    ),
    { existing: "overwrite" },
  );
  deepEqual(await owned(alice), { "Amsel": "Bob Brandt", "Nest GmbH": "Alice Ahrens" });
});

Deno.test("a user limited to their own records sees what the file gives them", async () => {
  const { alice, bob, eva } = await tenantOfTeams();
  await sight(alice, "own");
  await importAll(
    alice,
    file(`;Zander;zander@x.example;See AG;${bob.email}`, `;Zobel;zobel@x.example;;${eva.email}`),
  );
  const seen = await text(await bob.get("/contacts?q=x.example"));
  match(seen, /Zander/);
  equal(seen.includes("Zobel"), false);
  match(await text(await bob.get("/companies?q=See")), /See AG/);
  // By the file of somebody who sees but their own: what names nobody is theirs.
  const id = await importAll(
    bob,
    file(`;Zeisig;zeisig@x.example;;${eva.email}`, ";Zilpzalp;zilpzalp@x.example;;Jo Fort"),
  );
  const mine = await text(await bob.get("/contacts?q=x.example"));
  match(mine, /Zilpzalp/);
  equal(mine.includes("Zeisig"), false);
  match(await text(await eva.get("/contacts?q=zeisig")), /Zeisig/);
  ok(id);
});

Deno.test("a user who may not set owners leaves the column out", async () => {
  const { alice, bob } = await cast();
  await settle(alice, "contact", { ownerId: { member: "read_only" } });
  await settle(alice, "company", { ownerId: { member: "read_only" } });
  const id = await upload(bob, file(";Amsel;amsel@x.example;Nest GmbH;Alice Ahrens"));
  const page = await text(await bob.get(`/imports/${id}`));
  match(page, /Kontakt: Zuständig/);
  equal(page.includes("laut Datei"), false);
  await check(bob, id);
  await run(bob, id);
  deepEqual(await owned(alice), { "Amsel": null, "Nest GmbH": null });
});

Deno.test("deals too can be given to another owner than the one in the file", async () => {
  const { alice, bob } = await cast();
  const id = await upload(
    alice,
    fileOf("Titel;Betrag;Stufe;Abschluss;Zuständig\nDach;5;Angebot;;Uwe Alt\n", "deals.csv"),
  );
  match(await text(await alice.get(`/imports/${id}`)), /Uwe Alt 1 wie Zeilen ohne Angabe/);
  await check(alice, id, { "owner.o0": bob.userId });
  await run(alice, id);
  const [deal] = await alice.test.db.owner`
    select owner_id, notes from deals where tenant_id = ${alice.tenantId}
  `;
  deepEqual({ ...deal }, { ownerId: bob.userId, notes: "" });
});

for (const format of ["csv", "excel_de", "xlsx", "json"]) {
  Deno.test(`owners that were exported come back the same, from ${format}`, async () => {
    const { alice, charlie } = await cast();
    await importAll(alice, file(";Amsel;amsel@x.example;Nest GmbH;Alice Ahrens"));
    const [named] = await charlie.test.db.owner`
      update identities set name = 'Alice Ahrens'
      where id = (select identity_id from users where id = ${charlie.userId})
      returning name
    `;
    equal(named!.name, "Alice Ahrens");
    for (const kind of ["contacts", "companies"]) {
      const answer = await alice.post("/exports", { kind, format, purpose: "backup" });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const ending = format === "excel_de" ? "csv" : format;
      await importAll(charlie, fileOf(bytes, `${kind}.${ending}`));
    }
    deepEqual(await owned(charlie), { "Amsel": "Alice Ahrens", "Nest GmbH": "Alice Ahrens" });
  });
}

Deno.test("a column that was not understood the last time is read, one that was left out is not", async () => {
  const { alice, bob } = await cast();
  const columns = async (id: string) => {
    const { options } = await alice.scope((scope) => imports.find(scope, id));
    return options!.plan.columns.map(({ target }) => target);
  };
  const first = await upload(alice, list(bob));
  const targets = await columns(first);
  equal(targets[4], "owner");
  await check(alice, first, { "target.c4": "ignore" });
  const chosen = await upload(alice, list(bob));
  equal((await columns(chosen))[4], "ignore", "somebody chose so");
  // As it was kept before guesses were, and as a program kept it that did not know the word.
  for (const guess of ["", '{"guess": "ignore"}']) {
    await alice.test.db.owner`
      update import_mappings
      set columns = (
        select jsonb_agg(
          case when at < 5 then each else (each - 'guess') || ${guess || "{}"}::text::jsonb end
          order by at
        )
        from jsonb_array_elements(columns) with ordinality as all_columns (each, at)
      )
      where tenant_id = ${alice.tenantId}
    `;
    const again = await upload(alice, list(bob));
    deepEqual(await columns(again), targets, guess);
  }
});
