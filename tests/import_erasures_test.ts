/** Who is erased stands in no file and no report of an import either, and no backup brings those back. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import * as backups from "../db/backups.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as certificates from "../db/certificates.ts";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as imports from "../db/imports.ts";
import { enqueue } from "../db/jobs.ts";
import { openPool } from "../db/pool.ts";
import * as restores from "../db/restores.ts";
import * as vault from "../db/vault.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { formOf, idOf } from "./support/html.ts";
import { fileOf, importAll } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

const heads = "Vorname;Nachname;E-Mail;Position";
const file = (...rows: string[]) => fileOf([heads, ...rows, ""].join("\n"));

const isThere = (who: Person, id: string) =>
  vault.exists(who.test.services.config, imports.objectOf(id));

/** Asks for the erasure of whom an address reaches, and approves it; the case's id. */
async function erase(who: Person, name: string, email: string): Promise<string> {
  const id = newId();
  await who.scope((scope) =>
    cases.create(scope, secretKey, {
      ...{ id, channel: "form", language: "de", personName: name, personEmail: email },
      ...{ personAddress: "", body: "", claims: [{ right: "erasure", sentence: "" }] },
    }, { kind: "system", id: null })
  );
  await drain(who.test);
  await who.scope(async (scope) => {
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, { kind: "approve" }, { kind: "officer", id: null });
  });
  deepEqual((await drain(who.test)).failed, []);
  return id;
}

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
  // A report that tells of the person by nothing but the name.
  await owner`
    update import_rows
    set cells = '["Zwirnholt"]'
    where import_id = ${skipped}
      and contact_id = ${contact}
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

Deno.test("a backup brings no file back of an import that named somebody erased since", async () => {
  const { alice } = await cast();
  const { owner, ownerUrl } = alice.test.db;
  const { config } = alice.test.services;
  const named = await importAll(alice, file("Runa;Quastenberg;runa@quastenberg.example;Lager"));
  const other = await importAll(alice, file("Otto;Anders;otto@anders.example;Lager"));
  // As it stood before it was run.
  await owner`update imports set status = 'checked' where id = ${named}`;
  const backup = await backups.make(owner, config);
  await owner`update imports set status = 'done' where id = ${named}`;
  await erase(alice, "Runa Quastenberg", "runa@quastenberg.example");
  const name = `restored_${crypto.randomUUID().replaceAll("-", "")}`;
  await owner.unsafe(`create database ${name}`);
  const place = openPool(Object.assign(new URL(ownerUrl), { pathname: `/${name}` }).href, {
    max: 2,
  });
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
