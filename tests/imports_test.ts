/** Imports through the pages: what is imported, what is refused, what can be undone. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { elapsed, now } from "../db/clock.ts";
import * as imports from "../db/imports.ts";
import * as runs from "../db/imports/runs.ts";
import * as states from "../db/imports/states.ts";
import type { Scope } from "../db/scope.ts";
import * as vault from "../db/vault.ts";
import * as suppressions from "../db/suppressions.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { text, values } from "./support/html.ts";
import { check, fileOf, grounds, importAll, run, upload } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

const list = [
  "Vorname;Nachname;E-Mail;Firma;Telefon;PLZ;Ort;Geburtstag",
  "Erika;Röder;erika@example.org;Röder GmbH;030 1234567;10115;Berlin;01.02.1980",
  "Jürgen;Groß;juergen@example.org;Roeder GmbH;;50667;Köln;",
  "Erika;Röder;ERIKA@example.org;;;;;",
  ";;;;;;;x",
].join("\r\n");

/** Names and companies of the tenant as the database holds them. */
function stock({ test, alice }: Cast) {
  return test.db.owner<{ name: string; companies: string[]; importId: string | null }[]>`
    select trim(c.first_name || ' ' || c.last_name) as name, c.import_id,
      array(select o.name from affiliations a join companies o on o.id = a.company_id where a.contact_id = c.id) as companies
    from contacts c
    where c.tenant_id = ${alice.tenantId}
    order by c.sort_name
  `;
}

async function count(all: Cast, table: string): Promise<number> {
  const [row] = await all.test.db.owner<{ n: number }[]>`
    select count(*)::int as n
    from ${all.test.db.owner(table)}
    where tenant_id = ${all.alice.tenantId}
  `;
  return row!.n;
}

const find = (who: Person, id: string) => who.scope((scope) => imports.find(scope, id));

Deno.test("a file goes through mapping, trial run and run into contacts and companies", async () => {
  const all = await cast();
  const { bob } = all;
  const id = await upload(bob, fileOf(list));

  const settings = await (await bob.get(`/imports/${id}`)).text();
  match(settings, /<option value="lastName" selected>Nachname/);
  match(settings, /Erika Röder/);
  match(settings, /Semikolon/);

  await check(bob, id);
  equal((await stock(all)).length, 0);
  const trial = await text(await bob.get(`/imports/${id}`));
  match(trial, /neue Kontakte 2 neue Firma 1 geänderte Einträge 0 Dublette 1/);
  const twice = await text(await bob.get(`/imports/${id}?rows=duplicate`));
  match(twice, /„ERIKA@example.org“ steht schon in Zeile 2 dieser Datei/);

  await run(bob, id);
  const rows = await stock(all);
  deepEqual(rows.map(({ name, companies }) => [name, companies]), [
    ["Jürgen Groß", ["Röder GmbH"]],
    ["Erika Röder", ["Röder GmbH"]],
  ]);
  const done = await text(await bob.get(`/imports/${id}`));
  match(done, /importiert/);
  match(done, /Rückgängig möglich bis/);
});

Deno.test("each person carries source, basis, purpose and the duty to inform", async () => {
  const { alice, test } = await cast();
  await importAll(alice, fileOf(list), { tags: "Messe, Altkunde" });
  const [contact] = await test.db.owner`
    select source, source_channel, legal_basis, purpose, notice_due_on, created_by, birthday,
      array(select t.name from contact_tags x join tags t on t.id = x.tag_id where x.contact_id = c.id order by 1) as tags
    from contacts c
    where tenant_id = ${alice.tenantId}
      and last_name = 'Röder'
  `;
  deepEqual({ ...contact, noticeDueOn: contact!.noticeDueOn > now().toISOString().slice(0, 10) }, {
    source: "Kundenbeziehung oder Vertrag: Altsystem",
    sourceChannel: "import",
    legalBasis: "contract",
    purpose: "customer_care",
    noticeDueOn: true,
    createdBy: alice.userId,
    birthday: "1980-02-01",
    tags: ["Altkunde", "Messe"],
  });
});

Deno.test("without origin there is no run", async () => {
  const { alice } = await cast();
  const id = await upload(alice, fileOf(list));
  const answer = await alice.post(`/imports/${id}`, { sourceDetail: "x" });
  equal(answer.status, 422);
  match(await text(answer), /Woher stammen die Daten\? Diese Angabe fehlt/);
  equal((await alice.post(`/imports/${id}/run`)).status, 303);
  await drain(alice.test);
  equal((await find(alice, id)).status, "uploaded");
});

Deno.test("the same file a second time brings only duplicates", async () => {
  const all = await cast();
  const vcard = fileOf(
    ["BEGIN:VCARD", "VERSION:4.0", "UID:card-1", "FN:Ada Berg", "N:Berg;Ada;;;", "END:VCARD", ""]
      .join("\r\n"),
    "a.vcf",
  );
  for (const file of [fileOf(list), vcard]) {
    await importAll(all.alice, file);
    const before = await stock(all);
    const id = await upload(all.alice, file);
    await check(all.alice, id);
    const { counts } = await find(all.alice, id);
    equal(counts.contacts, 0);
    equal(counts.companies, 0);
    ok(counts.duplicates! > 0);
    deepEqual(await stock(all), before);
  }
});

Deno.test("a contact in the trash does not block its e-mail", async () => {
  const all = await cast();
  await importAll(all.alice, fileOf(list));
  await all.test.db.owner`
    update contacts
    set deleted_at = ${now()}
    where tenant_id = ${all.alice.tenantId}
  `;
  const id = await importAll(all.alice, fileOf(list));
  equal((await find(all.alice, id)).counts.contacts, 2);
});

Deno.test("suppressed addresses are reported, not created", async () => {
  const all = await cast();
  const hash = suppressions.hasher(secretKey, all.alice.tenantId)("Erika@example.org");
  await all.alice.scope((scope) => suppressions.add(scope, hash, "all", "erasure"));
  const id = await importAll(all.alice, fileOf(list));
  const { counts } = await find(all.alice, id);
  equal(counts.contacts, 1);
  equal(counts.rejected, 3);
  match(await text(await all.alice.get(`/imports/${id}`)), /wurde gelöscht/);
});

Deno.test("a restricted person is not entered a second time, and not shown", async () => {
  const all = await cast();
  await importAll(all.alice, fileOf(list));
  await all.test.db.owner`
    update contacts
    set restricted_at = ${now()}
    where tenant_id = ${all.alice.tenantId}
      and last_name = 'Röder'
  `;
  const id = await importAll(all.bob, fileOf(list));
  equal((await find(all.bob, id)).counts.contacts, 0);
  equal((await stock(all)).length, 2);
});

Deno.test("rejected rows come back as CSV with their cells and the reason", async () => {
  const { alice } = await cast();
  const broken =
    "Vorname,Nachname,E-Mail\r\nA,Berg,a@example.org\r\n,,=cmd\r\nB,Tal,b@example.org,zu viel\r\n";
  const id = await importAll(alice, fileOf(broken));
  const answer = await alice.get(`/imports/${id}/rejected.csv`);
  match(answer.headers.get("Content-Disposition")!, /^attachment; filename=abgelehnt-/);
  const csv = await answer.text();
  match(csv, /^Zeile,Grund,Vorname,Nachname,E-Mail\r\n/);
  match(csv, /4,.*4 Zellen.*,B,Tal,b@example.org,zu viel/);
});

Deno.test("a slow download of the rejected rows holds no connection of the pages", async () => {
  const { alice, test } = await cast();
  const broken = "Vorname,Nachname,E-Mail\r\n" + ",,=cmd\r\n".repeat(20);
  const id = await importAll(alice, fileOf(broken));
  const started = await Promise.all(
    Array.from({ length: 3 }, () => alice.get(`/imports/${id}/rejected.csv`)),
  );
  const readers = started.map((answer) => answer.body!.getReader());
  for (const reader of readers) ok((await reader.read()).value!.length > 0);
  let open: { name: string }[] = [];
  for (let tries = 0; open.length < 3 && tries < 5_000; tries++) {
    open = await test.db.owner<{ name: string }[]>`
      select application_name as name
      from pg_stat_activity
      where datname = current_database()
        and usename <> current_user
        and state = 'idle in transaction'
    `;
  }
  deepEqual(open.map(({ name }) => name), Array(3).fill("kompaktcrm long"));
  for (const reader of readers) while (!(await reader.read()).done);
});

Deno.test("the whole import is undone, also what was changed since, and nothing else", async () => {
  const all = await cast();
  const kept = await importAll(
    all.alice,
    fileOf("Nachname;E-Mail;Firma\nAlt;alt@example.org;Alt AG\n"),
  );
  const id = await importAll(all.bob, fileOf(list), { tags: "neu" });
  // Another import's contact joins a company that this one made.
  await importAll(all.alice, fileOf("Nachname;E-Mail;Firma\nGast;gast@example.org;Röder GmbH\n"));
  await all.test.db.owner`
    update contacts
    set version = 2
    where tenant_id = ${all.alice.tenantId}
      and last_name = 'Groß'
  `;
  const page = await text(await all.bob.get(`/imports/${id}/undo`));
  match(page, /2 Kontakte werden gelöscht/);
  match(page, /1 davon wurde seit dem Import geändert/);
  match(page, /1 Firma bleibt/);
  await all.bob.post(`/imports/${id}/undo`);
  await drain(all.test);
  deepEqual((await stock(all)).map(({ name }) => name), ["Alt", "Gast"]);
  equal(await count(all, "companies"), 2);
  equal(await count(all, "tags"), 1, "the company that stays keeps its tag");
  equal((await find(all.bob, id)).status, "undone");
  equal((await find(all.alice, kept)).status, "done");
  match(await text(await all.bob.get(`/imports/${id}`)), /rückgängig gemacht/);
  await all.bob.post(`/imports/${id}/undo`);
  await drain(all.test);
  equal((await stock(all)).length, 2);
});

Deno.test("a member undoes own imports, an admin any, nobody after 30 days", async () => {
  const all = await cast();
  const own = await importAll(all.alice, fileOf(list));
  equal((await all.bob.get(`/imports/${own}/undo`)).status, 403);
  equal((await all.bob.post(`/imports/${own}/undo`)).status, 403);
  equal((await all.alice.get(`/imports/${own}/undo`)).status, 200);
  await all.test.db.owner`
    update imports
    set undo_until = ${new Date(now().getTime() - 1000)}
    where id = ${own}
  `;
  await all.alice.post(`/imports/${own}/undo`);
  await drain(all.test);
  equal((await stock(all)).length, 2);
});

Deno.test("killed in the middle nothing is left, and a second try makes it once", async () => {
  const all = await cast();
  const { alice, test } = all;
  const rows = Array.from(
    { length: 4000 },
    (_, i) => `V${i};N${i};n${i}@example.org;Firma ${i % 50}`,
  );
  const id = await upload(alice, fileOf(["Vorname;Nachname;E-Mail;Firma", ...rows].join("\n")));
  await check(alice, id);
  await alice.post(`/imports/${id}/run`);
  const who = { tenantId: alice.tenantId, actor: { kind: "user", userId: alice.userId } } as const;
  const tools = {
    pool: test.db.app,
    secretKey,
    source: () => vault.open(test.services.config, imports.objectOf(id)),
  };
  const running = runs.run(tools, who, id).then(() => "done", () => "broken");
  const deadline = elapsed() + 20_000;
  let killed = 0;
  while (killed === 0 && elapsed() < deadline) {
    const found = await test.db.owner`
      select pg_terminate_backend(a.pid)
      from pg_stat_activity a
      where a.datname = current_database()
        and a.application_name = 'kompaktcrm long'
        and a.query like '%insert into contacts%'
    `;
    killed = found.length;
  }
  equal(await running, "broken");
  equal(await count(all, "contacts"), 0);
  equal(await count(all, "companies"), 0);
  equal((await find(alice, id)).status, "running");
  await drain(test);
  equal(await count(all, "contacts"), 4000);
  equal(await count(all, "companies"), 50);
  equal(await count(all, "emails"), 4000);
  await runs.run(tools, who, id);
  equal(await count(all, "contacts"), 4000);
  equal((await find(alice, id)).status, "done");
});

Deno.test("what was imported is found and listed as if it had been typed in", async () => {
  const all = await cast();
  const { alice } = all;
  await importAll(alice, fileOf(list));
  await importAll(alice, fileOf('Nachname;Firma;Schlagwörter\nEins;Holz GmbH;"Messe,Altkunde"'));
  await importAll(alice, fileOf('Nachname;Ort;Schlagwörter\nZwei;Kiel;"neu,ALTKUNDE,messe"'));
  const page = await text(await alice.get("/contacts?q=roeder"));
  for (
    const shown of ["Röder, Erika", "erika@example.org", "030 1234567", "Röder GmbH", "Berlin"]
  ) {
    ok(page.includes(shown), shown);
  }
  const written = async ({ sql, tenantId }: Scope) => {
    const rows = await sql<{ id: string; search: string; summary: object }[]>`
      select id, search, summary
      from contacts
      where tenant_id = ${tenantId}
      union all
      select id, search, summary
      from companies
      where tenant_id = ${tenantId}
      order by id
    `;
    return rows.map((row) => ({ ...row, search: row.search.split(" ").sort() }));
  };
  const before = await alice.scope(written);
  await alice.scope(({ sql, tenantId }) =>
    sql`
      select refresh_contact_search(array(select id from contacts where tenant_id = ${tenantId})),
        refresh_company_search(array(select id from companies where tenant_id = ${tenantId}))
    `
  );
  deepEqual(await alice.scope(written), before);
});

Deno.test("a number of another system identifies nobody by itself, a long identifier does", async () => {
  const all = await cast();
  const long = "003000000000001AAA";
  await importAll(
    all.alice,
    fileOf(`ID;Vorname;Nachname\n1;Max;Muster\n2;Eva;Beispiel\n${long};Ada;Alt`),
  );
  const id = await importAll(
    all.alice,
    fileOf(`ID;Vorname;Nachname\n1;Pia;Fremd\n2;Eva;Neu\n${long};Ada Maria;Neu`),
  );
  const { counts } = await find(all.alice, id);
  deepEqual([counts.contacts, counts.duplicates], [1, 2]);
});

Deno.test("the address book of a telephone comes in once, however often it is sent", async () => {
  const all = await cast();
  const book = fileOf(
    "Vorname;Nachname;Mobil\nJürgen;Müller;0171 1112223\nPia;Müller;0171 1112223",
  );
  await importAll(all.alice, book);
  const id = await importAll(all.alice, book);
  const { counts } = await find(all.alice, id);
  deepEqual([counts.contacts, counts.duplicates], [0, 2]);
});

Deno.test("a list of companies keeps address and phone with them, and brings all their persons once", async () => {
  const all = await cast();
  const { alice, test } = all;
  const companies = fileOf(
    "Firma;Straße;PLZ;Ort;Telefon;Ansprechpartner;Ansprechpartner 2;E-Mail 2;Ansprechpartner 3 Vorname;Ansprechpartner 3 Nachname\n" +
      "Holz AG;Weg 1;45127;Essen;0201 123450;Eva Groß;Max Klein;max@holz.example;Ute;Lang\n" +
      "Stein KG;Ring 9;50667;Köln;0221 123450;Ida Berg;;;;\n" +
      ";;;;;Jan Ost;;;;\n",
  );
  const id = await importAll(alice, companies);
  const { counts } = await find(alice, id);
  deepEqual([counts.records, counts.contacts, counts.companies], [3, 5, 2]);
  deepEqual((await stock(all)).map(({ name, companies }) => [name, companies]), [
    ["Ida Berg", ["Stein KG"]],
    ["Eva Groß", ["Holz AG"]],
    ["Max Klein", ["Holz AG"]],
    ["Ute Lang", ["Holz AG"]],
    ["Jan Ost", []],
  ]);
  const reach = await test.db.owner`
    select a.city, p.number
    from companies c
    join addresses a on a.company_id = c.id
    join phones p on p.company_id = c.id
    where c.tenant_id = ${alice.tenantId}
    order by a.city
  `;
  deepEqual(reach.map(({ city, number }) => [city, number]), [
    ["Essen", "+49201123450"],
    ["Köln", "+49221123450"],
  ]);
  equal(await count(all, "phones"), 2);
  const again = await find(alice, await importAll(alice, companies));
  deepEqual([again.counts.contacts, again.counts.companies], [1, 0]);
  const report = await text(await alice.get(`/imports/${again.id}?rows=duplicate`));
  match(report, /Max Klein|max@holz\.example/);
  const branches = fileOf(
    "Vorname;Nachname;Firma;Firma Straße;Firma PLZ;Firma Ort\n" +
      "Ada;Weiß;Holz AG;Weg 1;45127;Essen\nBea;Weiß;Holz AG;Kai 3;24103;Kiel\n",
  );
  equal((await find(alice, await importAll(alice, branches))).counts.companies, 1);
});

Deno.test("a list of companies changes those that are there, as the import may", async () => {
  const { alice, test } = await cast();
  const file = (street: string) =>
    fileOf(`Firma;Straße;PLZ;Ort;Telefon;Ansprechpartner;E-Mail
Holz AG;${street};45127;Essen;0201 123450;Eva Groß;eva@holz.example
`);
  await importAll(alice, file("Weg 1"));
  const { counts } = await find(alice, await importAll(alice, file("Weg 1"), { existing: "fill" }));
  deepEqual([counts.updated, counts.duplicates, counts.companies], [0, 1, 0]);
  const phone = fileOf(
    "Firma;Telefon;Ansprechpartner;E-Mail\nHolz AG;0201 998877;Eva Groß;eva@holz.example\n",
  );
  const changed = await find(alice, await importAll(alice, phone, { existing: "overwrite" }));
  equal(changed.counts.updated, 1);
  const [{ numbers }] = await test.db.owner`
    select array_agg(number order by position) as numbers
    from phones
    where tenant_id = ${alice.tenantId}
      and company_id is not null
  ` as unknown as [{ numbers: string[] }];
  deepEqual(numbers, ["+49201998877", "+49201123450"]);
});

Deno.test("an objection to advertising stays, and comes from the file or its purpose", async () => {
  const all = await cast();
  await importAll(
    all.alice,
    fileOf(
      "Last Name;Email Opt Out;Do Not Call;Werbesperre;Status\n" +
        "A;true;;;Interessent\nB;false;0;;active\nC;;1;ja;ehemalig",
    ),
  );
  const rows = await all.test.db.owner`
    select last_name, status,
      array(select channel from objections b where b.contact_id = c.id order by channel) as objections
    from contacts c
    where tenant_id = ${all.alice.tenantId}
    order by last_name
  `;
  deepEqual(rows.map((row) => ({ ...row })), [
    { lastName: "A", status: "prospect", objections: ["email"] },
    { lastName: "B", status: "customer", objections: [] },
    { lastName: "C", status: "former", objections: ["all", "phone"] },
  ]);
});

Deno.test("what cannot be read is refused with the reason, and no file stays", async () => {
  const { alice, test } = await cast();
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]);
  for (
    const [file, reason] of [
      [fileOf(png, "a.csv"), /Das ist ein Bild/],
      [fileOf(""), /Die Datei ist leer|Wählen Sie eine Datei aus/],
      [fileOf("PK\x03\x04 xl/workbook [Content_Types]", "a.xlsx"), /Tabelle ist beschädigt/],
    ] as const
  ) {
    const answer = await alice.post("/imports/new", { file });
    equal(answer.status, 422);
    match(await text(answer), reason);
  }
  match(await text(await alice.post("/imports/new", { file: fileOf("x", "") })), /Datei/);
  const kept = [...Deno.readDirSync(`${test.services.config.dataDir}/files/imports`)];
  const known = await test.db.owner<{ id: string }[]>`
    select id
    from imports
  `;
  deepEqual(
    kept.map(({ name }) => name).filter((name) => !known.some(({ id }) => id === name)),
    [],
  );
});

Deno.test("more than 50 MB are refused with 413 while they arrive", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/imports/new", {
    file: fileOf(new Uint8Array(51 * 1024 * 1024)),
  });
  equal(answer.status, 413);
  match(await text(answer), /größer als 50 MB/);
});

Deno.test("a file is stored encrypted and readable by its owner only", async () => {
  const { alice, test } = await cast();
  const id = await upload(alice, fileOf(list));
  const path = `${test.services.config.dataDir}/files/imports/${id}`;
  equal(Deno.statSync(path).mode! & 0o777, 0o600);
  ok(!new TextDecoder("latin1").decode(Deno.readFileSync(path)).includes("example.org"));
  const bytes = Deno.readFileSync(path);
  bytes[bytes.length - 1]! ^= 1;
  Deno.writeFileSync(path, bytes);
  await check(alice, id);
  equal((await find(alice, id)).status, "failed");
  match(await text(await alice.get(`/imports/${id}`)), /nicht mehr lesbar/);
});

Deno.test("encoding, separator and header can be corrected", async () => {
  const { alice } = await cast();
  const latin = Uint8Array.from("Name,Ort\nGroß,Köln\n", (letter) => letter.charCodeAt(0));
  const id = await upload(alice, fileOf(latin));
  match(await (await alice.get(`/imports/${id}`)).text(), /Köln/);
  await alice.post(`/imports/${id}/reading`, { encoding: "macintosh", header: "0" });
  const html = await (await alice.get(`/imports/${id}`)).text();
  ok(!html.includes("Köln"));
  match(html, /value="macintosh" selected/);
  deepEqual(values(html, "header"), ["0"]);
});

Deno.test("where the stored file is gone, reading it again says so", async () => {
  const { alice, test } = await cast();
  const id = await upload(alice, fileOf(list));
  await vault.remove(test.services.config, imports.objectOf(id));
  const read = await alice.post(`/imports/${id}/reading`, { encoding: "utf-8" });
  equal(read.status, 422);
  match(await text(read), /Datei ist nicht mehr lesbar/);
});

Deno.test("another column can be chosen, and passwords never", async () => {
  const { alice, test } = await cast();
  const id = await upload(
    alice,
    fileOf("Wer;Passwort;E-Mail\nRosa Tal;geheim123;rosa@example.org\n"),
  );
  const html = await (await alice.get(`/imports/${id}`)).text();
  ok(!html.includes("geheim123"));
  await check(alice, id, { "target.c0": "fullName", "target.c1": "notes", kind: "contacts" });
  await run(alice, id);
  const [contact] = await test.db.owner`
    select first_name, last_name, notes
    from contacts
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual({ ...contact }, { firstName: "Rosa", lastName: "Tal", notes: "" });
});

Deno.test("progress is shown while it runs, and refreshes by itself", async () => {
  const { alice } = await cast();
  const id = await upload(alice, fileOf(list));
  await alice.post(`/imports/${id}`, grounds);
  const html = await (await alice.get(`/imports/${id}`)).text();
  match(html, /hx-trigger="every 1s"/);
  match(html, /<progress/);
  await drain(alice.test);
  ok(!(await (await alice.get(`/imports/${id}`)).text()).includes("every 1s"));
});

Deno.test("read-only users may not import, other tenants find nothing", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await upload(alice, fileOf(list));
  equal((await vera.get("/imports")).status, 403);
  equal((await vera.post("/imports/new", { file: fileOf(list) })).status, 403);
  for (const path of ["", "/rejected.csv", "/undo"]) {
    equal((await charlie.get(`/imports/${id}${path}`)).status, 404);
  }
  for (const path of ["", "/run", "/settings", "/removal", "/reading", "/undo"]) {
    equal((await charlie.post(`/imports/${id}${path}`, grounds)).status, 404);
  }
});

Deno.test("an import that made nothing can be deleted with its file", async () => {
  const { alice, test } = await cast();
  const id = await upload(alice, fileOf(list));
  equal((await alice.post(`/imports/${id}/removal`)).status, 303);
  equal((await alice.get(`/imports/${id}`)).status, 404);
  equal(await vault.exists(test.services.config, imports.objectOf(id)), false);
  const done = await importAll(alice, fileOf(list));
  equal((await alice.post(`/imports/${done}/removal`)).status, 404);
});

Deno.test("after 30 days file, samples and report are gone, the contacts stay", async () => {
  const all = await cast();
  const { alice, test } = all;
  const id = await importAll(alice, fileOf(list));
  await test.db.owner`
    update imports
    set finished_at = ${new Date(now().getTime() - 31 * 86_400_000)}
    where id = ${id}
  `;
  const { jobs } = await import("../jobs/jobs.ts");
  const expire = jobs.find(({ name }) => name === "expire_imports")!;
  await expire.run(
    { ...test.services, signal: new AbortController().signal },
    { tenantId: null } as never,
  );
  const { inspection, options } = await find(alice, id);
  deepEqual([inspection, options], [null, null]);
  equal(await vault.exists(test.services.config, imports.objectOf(id)), false);
  equal(await count(all, "import_rows"), 0);
  equal(await count(all, "contacts"), 2);
  equal((await alice.get(`/imports/${id}`)).status, 200);
});

Deno.test("a run of the queue that comes too late does nothing", async () => {
  const { alice } = await cast();
  const id = await upload(alice, fileOf(list));
  equal(await alice.scope((scope) => states.begin(scope, id, "running")), null);
});
