/** An erased person is in no file and no report of an import either, and no backup brings those back. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import * as packages from "../db/access_packages.ts";
import * as backups from "../db/backups.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as certificates from "../db/certificates.ts";
import { now } from "../db/clock.ts";
import * as readings from "../db/erasure_readings.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import * as imports from "../db/imports.ts";
import { enqueue } from "../db/jobs.ts";
import * as restores from "../db/restores.ts";
import { system, withScope } from "../db/scope.ts";
import * as vault from "../db/vault.ts";
import { accessLetter } from "../views/access_letters.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import type { View } from "../views/view.ts";
import { cast, type Person } from "./support/cast.ts";
import { emptyPlace, secretKey } from "./support/db.ts";
import { formOf, idOf, text } from "./support/html.ts";
import { check, fileOf, importAll, upload } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

const heads = "Vorname;Nachname;E-Mail;Position";
const file = (...rows: string[]) => fileOf([heads, ...rows, ""].join("\n"));

const isThere = (who: Person, id: string) =>
  vault.exists(who.test.services.config, imports.objectOf(id));

/** Asks for the erasure of the person with an address; returns the case's id. */
async function ask(who: Person, name: string, email: string): Promise<string> {
  const id = newId();
  await who.scope((scope) =>
    cases.create(scope, secretKey, {
      ...{ id, channel: "form", language: "de", personName: name, personEmail: email },
      ...{ personAddress: "", body: "", claims: [{ right: "erasure", sentence: "" }] },
    }, { kind: "system", id: null })
  );
  await drain(who.test);
  return id;
}

/** Approves it; the item's id. */
const approve = (who: Person, id: string): Promise<string> =>
  who.scope(async (scope) => {
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, { kind: "approve" }, { kind: "officer", id: null });
    return item!.id;
  });

/** Both, and carries it out; the case's id. */
async function erase(who: Person, name: string, email: string): Promise<string> {
  const id = await ask(who, name, email);
  await approve(who, id);
  deepEqual((await drain(who.test)).failed, []);
  return id;
}

Deno.test("an answer gives the person's own rows of a kept file, and nobody else's (Art. 15(3))", async () => {
  const { alice } = await cast();
  const email = `mara.${newId()}@example.org`;
  const id = await importAll(
    alice,
    file(
      `Mara;Kept;${email};Einkauf`,
      `Otto;Anders;otto.${newId()}@example.org;Kennt ${email}`,
      `Mara;Kept;;Fremde gleichen Namens`,
    ),
  );
  const read = () =>
    alice.scope(async (scope) => {
      const [row] = await scope.sql<{ id: string }[]>`
        select contact_id as id from emails where tenant_id = ${scope.tenantId} and address = ${email}
      `;
      const person = await packages.findPerson(scope, row!.id);
      return await packages.read(scope, alice.test.services.config, person);
    });
  const letterOf = (found: packages.AccessPackage) => {
    const view = { t: translator("de"), locale: "de", format: formatter("de", now()), now: now() };
    return JSON.stringify(accessLetter(view as View, found));
  };
  const found = await read();
  const [kept, ...others] = found.imported;
  deepEqual(others, []);
  equal(kept!.keptUntil.getTime() - kept!.importedAt.getTime(), 30 * 86_400_000);
  const rows = found.tables.find(({ table }) => table === "import_files")!.rows;
  ok(JSON.stringify(rows).includes("Einkauf"));
  ok(!JSON.stringify(rows).includes("Fremde"), "a row with the same name and nothing else");
  ok(!JSON.stringify(rows).includes("Otto"), "a row of another person that mentions this one");
  const letter = letterOf(found);
  ok(letter.includes("Was darin über Sie steht, ist Teil dieser Antwort"));
  ok(letter.includes("Einkauf"));
  // Bytes that nobody can read any more: the letter says what it does not give.
  await vault.remove(alice.test.services.config, imports.objectOf(id));
  const broken = await read();
  equal(broken.imported[0]!.rows, null);
  ok(letterOf(broken).includes("Sie kann mehr über Sie enthalten, als wir übernommen haben"));
  await alice.test.db.owner`update imports set options = null where id = ${id}`;
  deepEqual((await read()).imported, []);
});

Deno.test("an erasure takes the files and reports of every import that names the person", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const contact = idOf(
    await alice.post("/contacts/new", {
      ...{ _anyway: "1", origin: "card", firstName: "Thekla", lastName: "Zwirnholt" },
      "emails.0.address": "thekla@zwirnholt.example",
    }),
  );
  const found = "Thekla;Zwirnholt;thekla@zwirnholt.example;Leitung";
  const skipped = await importAll(alice, file(found));
  const filled = await importAll(alice, file(found), { existing: "fill" });
  const refused = await importAll(alice, file("Thekla;Zwirnholt;thekla@zwirnholt.example @;x"));
  const other = await importAll(alice, file("Otto;Anders;otto@anders.example;Lager"));
  // A report that contains nothing of the person but the name.
  await owner`
    update import_rows
    set cells = '["Zwirnholt"]'
    where import_id = ${skipped}
      and contact_id = ${contact}
  `;
  await owner`
    insert into import_rows (tenant_id, import_id, row_no, outcome, problems, cells)
    values (${alice.tenantId}, ${skipped}, 99, 'rejected', '[]', '["Thekla Zwirnholt"]')
  `;
  for (const id of [skipped, filled, refused, other]) equal(await isThere(alice, id), true);
  const id = await erase(alice, "Thekla Zwirnholt", "thekla@zwirnholt.example");
  equal((await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status, "done");
  deepEqual(
    await Promise.all([skipped, filled, refused, other].map((each) => isThere(alice, each))),
    [false, false, false, true],
  );
  const left = await owner`
    select
    from import_rows r
    where r.tenant_id = ${alice.tenantId}
      and r::text ilike '%zwirnholt%'
  `;
  equal(left.length, 0);
  const [certificate] = await alice.scope(async (scope) => {
    const [entry] = await certificates.listOf(scope, id);
    return [await certificates.find(scope, secretKey, entry!.id)];
  });
  const [{ parts }] = JSON.parse(JSON.stringify(certificate)).certificate.stores;
  const of = (table: string) =>
    parts.find(({ name }: { name: string }) => name === table) as { before: number; after: number };
  ok(of("import_rows").before > 0);
  equal(of("import_rows").after, 0);
});

Deno.test("a failed import whose file went with a person can be looked at, but not tried again", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const failed = await importAll(alice, file("Hanka;Wollgrass;hanka@wollgrass.example;Lager"));
  await owner`
    update imports
    set status = 'failed', error_code = 'interrupted'
    where id = ${failed}
  `;
  const said = formOf(await (await alice.get(`/imports/${failed}`)).text());
  await erase(alice, "Hanka Wollgrass", "hanka@wollgrass.example");
  equal(await isThere(alice, failed), false);
  const page = await alice.get(`/imports/${failed}`);
  equal(page.status, 200);
  equal((await page.text()).includes(`/imports/${failed}/reading`), false);
  equal((await alice.post(`/imports/${failed}/reading`, said)).status < 500, true);
});

Deno.test("an erasure ends the imports not run yet whose files have the person, and says so", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  await alice.post("/contacts/new", {
    ...{ _anyway: "1", origin: "card", firstName: "Wanda", lastName: "Steinklee" },
    "emails.0.address": "wanda@steinklee.example",
  });
  const rows = (...beside: string[]) => file("Otto;Anders;otto@anders.example;Lager", ...beside);
  const [uploaded, checked, other, namesake] = [
    // The heading is not one that is read, but the address is there.
    await upload(
      alice,
      fileOf("Nachname;Xyz\nSteinklee;wanda@steinklee.example\n", "Wanda Steinklee.csv"),
    ),
    await upload(alice, rows("Wanda;Steinklee;;")),
    await upload(alice, rows()),
    await upload(alice, rows("Wanda;Steinklee;w.steinklee@anders.example;")),
  ];
  await check(alice, checked);
  await owner`
    insert into import_rows (tenant_id, import_id, row_no, outcome, problems, cells)
    select ${alice.tenantId}, id, 99, 'rejected', '[]', '["Otto Anders"]'
    from unnest(${[checked, other]}::uuid[]) id
  `;
  // Ordered, and not begun.
  const queued = await upload(alice, rows("W.;Steinklee;Wanda@Steinklee.example;"));
  await owner`update imports set status = 'queued' where id = ${queued}`;
  const id = await erase(alice, "Wanda Steinklee", "wanda@steinklee.example");
  equal((await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status, "done");
  const all = [uploaded, checked, queued, other, namesake];
  deepEqual(
    await Promise.all(all.map((each) => isThere(alice, each))),
    [false, false, false, true, true],
  );
  const states = await owner`
    select status, file_name
    from imports
    where id = any (${all}::uuid[])
    order by array_position(${all}::uuid[], id)
  `;
  deepEqual(
    states.map(({ status }) => status),
    ["expired", "expired", "expired", "uploaded", "uploaded"],
  );
  equal(states[0]!.fileName, "█████.csv");
  const reported = await owner`
    select import_id as id
    from import_rows
    where import_id = any (${all}::uuid[])
      and row_no = 99
  `;
  deepEqual(reported.map(({ id }) => id), [other]);
  const page = await text(await alice.get(`/imports/${checked}`));
  ok(page.includes("Die Datei enthielt eine Person, deren Daten gelöscht werden mussten."));
  ok(!page.includes("Steinklee"));
  ok(
    (await text(await alice.get("/notifications"))).includes(
      "ist beendet, seine Datei ist gelöscht",
    ),
  );
});

Deno.test("an erasure waits for an import that is at work, which would bring the person back", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  await alice.post("/contacts/new", {
    ...{ _anyway: "1", origin: "card", firstName: "Ilka", lastName: "Moorbirke" },
    "emails.0.address": "ilka@moorbirke.example",
  });
  const held = await owner.reserve();
  const lock = `import ${alice.tenantId}`;
  await held`select pg_advisory_lock(hashtextextended(${lock}, 0))`;
  const id = await erase(alice, "Ilka Moorbirke", "ilka@moorbirke.example");
  const status = async () => (await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status;
  equal(await status(), "execution");
  await held`select pg_advisory_unlock(hashtextextended(${lock}, 0))`;
  held.release();
  await owner`
    update jobs.job
    set start_after = now()
    where name = 'execute_right'
      and data->>'caseId' = ${id}
  `;
  deepEqual((await drain(alice.test)).failed, []);
  equal(await status(), "done");
});

Deno.test("files are read before an erasure holds imports back, later ones after it", async () => {
  const { alice } = await cast();
  const { config } = alice.test.services;
  await alice.post("/contacts/new", {
    ...{ _anyway: "1", origin: "card", firstName: "Ruth", lastName: "Seidelbast" },
    "emails.0.address": "ruth@seidelbast.example",
  });
  const row = file("Ruth;Seidelbast;ruth@seidelbast.example;Leitung");
  const [early, other] = [await upload(alice, row), await upload(alice, file("Otto;Anders;;x"))];
  const id = await ask(alice, "Ruth Seidelbast", "ruth@seidelbast.example");
  const itemId = await approve(alice, id);
  const who = { tenantId: alice.tenantId, actor: system };
  const reading = await readings.prepare(alice.test.db.app, who, itemId, config);
  deepEqual([...reading.values()].sort(), [false, true]);
  const late = await upload(alice, row);
  // Reading them again finds no file.
  for (const each of [early, other]) await vault.remove(config, imports.objectOf(each));
  const found = (given?: typeof reading) =>
    withScope(alice.test.db.app, who, async (scope) => {
      const subject = await findings.subjectOf(scope, id);
      const ids = subject.state === "known" ? subject.ids : [];
      const person = await readings.personFor(scope, id, ids);
      return await readings.imports(scope, id, person, config, given);
    });
  deepEqual((await found(reading))!.sort(), [early, late].sort());
  deepEqual(await found(), [late]);
});

Deno.test("persons imported since the search are searched for before the erasure", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", {
    ...{ _anyway: "1", origin: "card", firstName: "Ulla", lastName: "Bergahorn" },
    "emails.0.address": "ulla@bergahorn.example",
  });
  const id = await ask(alice, "Ulla Bergahorn", "ulla@bergahorn.example");
  await importAll(alice, file("Ulla;Bergahorn;;"));
  await approve(alice, id);
  deepEqual((await drain(alice.test)).failed, []);
  equal((await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status, "execution");
  const [all, found] = await alice.scope(async (scope) => [
    await scope.sql`select id from contacts where last_name = 'Bergahorn' order by id`,
    await findings.lookup(scope, id),
  ]);
  equal(all.length, 2);
  deepEqual(found!.candidates.map((each) => each.id).sort(), all.map((each) => each.id));
});

Deno.test("a person only in a file not run yet is found, and erased with it", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const many = Array.from({ length: 60 }, (_, i) => `Otto;Anders;otto${i}@anders.example;Lager`);
  const waiting = await upload(
    alice,
    file(...many, "Jorinde;Kaltwasser;jorinde@kaltwasser.example;"),
  );
  const id = newId();
  await alice.scope((scope) =>
    cases.create(scope, secretKey, {
      ...{ id, channel: "form", language: "de", personName: "Jorinde Kaltwasser" },
      ...{ personEmail: "jorinde@kaltwasser.example", personAddress: "", body: "" },
      claims: [{ right: "erasure", sentence: "" }],
    }, { kind: "system", id: null })
  );
  await drain(alice.test);
  const found = await alice.scope((scope) => findings.lookup(scope, id));
  deepEqual(found!.hits.map(({ table, columns }) => [table, columns]), [["imports", ["file"]]]);
  const page = await text(await alice.get(`/settings/requests/${id}/findings`));
  ok(page.includes("Inhalt der Datei"));
  const by = { kind: "user", id: alice.userId } as const;
  await alice.scope(async (scope) => {
    await findings.confirm(scope, id, {
      ...{ searchedAt: found!.searchedAt!.toISOString(), ids: [], hits: [0] },
    }, by);
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, { kind: "approve" }, { kind: "officer", id: null });
  });
  deepEqual((await drain(alice.test)).failed, []);
  equal((await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status, "done");
  equal(await isThere(alice, waiting), false);
  const [barred] = await owner`
    select reason
    from suppressions
    where tenant_id = ${alice.tenantId}
  `;
  equal(barred?.reason, "erasure");
});

Deno.test("a backup brings no file back of an import that named somebody erased since", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const { config } = alice.test.services;
  const named = await importAll(alice, file("Runa;Quastenberg;runa@quastenberg.example;Lager"));
  const other = await importAll(alice, file("Otto;Anders;otto@anders.example;Lager"));
  // As it was before the run.
  await owner`update imports set status = 'checked' where id = ${named}`;
  const backup = await backups.make(owner, config);
  await owner`update imports set status = 'done' where id = ${named}`;
  await erase(alice, "Runa Quastenberg", "runa@quastenberg.example");
  const { sql: place } = await emptyPlace();
  await vault.remove(config, imports.objectOf(other));
  await restores.restore(place, config, backup.name);
  const states = await place`
    select status, options is null as closed
    from imports
    where id in (${named}, ${other})
    order by id
  `;
  await place.end();
  deepEqual(states.map(({ status, closed }) => [status, closed]), [
    ["expired", true],
    ["done", false],
  ]);
  equal(await isThere(alice, other), true);
  equal(await isThere(alice, named), false);
});

Deno.test("an import's file that no row knows goes, and every other stays", async () => {
  const { alice } = await cast();
  const { config } = alice.test.services;
  const kept = await importAll(alice, file("Otto;Anders;otto@anders.example;Lager"));
  const [lost, fresh] = [newId(), newId()];
  const bytes = async function* () {
    yield new TextEncoder().encode("Runa;Quastenberg");
  };
  for (const id of [lost, fresh]) {
    await vault.store(config, imports.objectOf(id), null, bytes(), 1_000);
  }
  const old = new Date(now().getTime() - 2 * 3_600_000);
  for (const id of [lost, kept]) {
    await Deno.utime(join(config.dataDir, "files", imports.objectOf(id)), old, old);
  }
  await alice.test.db.app.begin((sql) => enqueue(sql, "expire_imports", null, {}));
  deepEqual((await drain(alice.test)).failed, []);
  deepEqual(
    await Promise.all([lost, fresh, kept].map((id) => isThere(alice, id))),
    [false, true, true],
  );
});
