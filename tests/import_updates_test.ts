/** Imports over existing records: these are found, kept, filled or overwritten, and restored by the undo. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import * as expiries from "../db/imports/expiries.ts";
import * as imports from "../db/imports.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";
import { check, fileOf, importAll, run, upload } from "./support/imports.ts";
import { drain } from "./support/worker.ts";

const find = (who: Person, id: string) => who.scope((scope) => imports.find(scope, id));

/** A person of the stock, by the form. */
async function made(who: Person, fields: Record<string, string>): Promise<string> {
  return idOf(await who.post("/contacts/new", { _anyway: "1", origin: "card", ...fields }));
}

const erika = {
  firstName: "Erika",
  lastName: "Röder",
  position: "Einkauf",
  customerNumber: "K-1",
  "emails.0.address": "erika@example.org",
  "addresses.0.postalCode": "20457",
  "addresses.0.city": "Hamburg",
};

/** What an import can change of a person. */
async function stored(who: Person, id: string) {
  const [row] = await who.test.db.owner`
    select first_name, last_name, position, customer_number, notes, source, version,
      array(select address from emails e where e.contact_id = c.id order by e.position) as emails,
      array(select number from phones p where p.contact_id = c.id order by p.position) as phones,
      array(select concat_ws('|', postal_code, city) from addresses a where a.contact_id = c.id order by a.position) as addresses,
      array(select t.name from contact_tags x join tags t on t.id = x.tag_id where x.contact_id = c.id order by 1) as tags,
      array(select o.name from affiliations f join companies o on o.id = f.company_id where f.contact_id = c.id order by 1) as companies
    from contacts c
    where c.id = ${id}
  `;
  return { ...row! };
}

const heads = "Vorname;Nachname;E-Mail;Telefon;Position;Kundennr;PLZ;Ort;Firma;Notizen";
const file = (...rows: string[]) => fileOf([heads, ...rows, ""].join("\n"));
const row = "Erika;Roeder;ERIKA@example.org;040 123456;Leitung;;22767;Altona;Kupfer AG;Neu";

Deno.test("existing records stay as they are unless the form says otherwise", async () => {
  const { alice } = await cast();
  const id = await made(alice, erika);
  const before = await stored(alice, id);
  const run = await importAll(alice, file(row));
  const { counts } = await find(alice, run);
  deepEqual([counts.contacts, counts.updated, counts.duplicates], [0, 0, 1]);
  deepEqual(await stored(alice, id), before);
});

Deno.test("filling adds what was empty and leaves the rest", async () => {
  const { alice, vera } = await cast();
  const id = await made(alice, erika);
  const run = await importAll(alice, file(row), { existing: "fill", tags: "Messe" });
  deepEqual((await find(alice, run)).counts.updated, 1);
  deepEqual(await stored(alice, id), {
    firstName: "Erika",
    lastName: "Röder",
    position: "Einkauf",
    customerNumber: "K-1",
    notes: "Neu",
    source: "Visitenkarte oder Messe",
    version: 2,
    emails: ["erika@example.org"],
    phones: ["+4940123456"],
    addresses: ["20457|Hamburg"],
    tags: ["Messe"],
    companies: ["Kupfer AG"],
  });
  match(await text(await vera.get("/contacts?q=040123456")), /Röder, Erika/);
  match(
    await text(await vera.get(`/contacts/${id}`)),
    /geändert Notizen; Telefonnummern/,
  );
  const report = await text(await alice.get(`/imports/${run}?rows=updated`));
  match(report, /Ergänzt oder geändert: Notizen, Telefonnummern/);
});

Deno.test("overwriting replaces by what is filled, keeps other addresses, and empties nothing", async () => {
  const { alice } = await cast();
  const id = await made(alice, {
    ...erika,
    "emails.1.address": "privat@example.org",
    notes: "Alt",
  });
  await importAll(
    alice,
    file("Erika;Roeder;erika@example.org;;Leitung;;22767;Altona;Kupfer AG;"),
    { existing: "overwrite" },
  );
  const after = await stored(alice, id);
  deepEqual(
    [after.lastName, after.position, after.notes, after.customerNumber],
    ["Roeder", "Leitung", "Alt", "K-1"],
  );
  deepEqual(after.emails, ["erika@example.org", "privat@example.org"]);
  deepEqual([after.addresses, after.companies], [["22767|Altona"], ["Kupfer AG"]]);
});

Deno.test("a person is known by number and name, or by name and postal code, if no e-mail objects", async () => {
  const { alice } = await cast();
  await made(alice, erika);
  const rows: [string, boolean][] = [
    ["Erika;Röder;;;;K-1;;;;a", true],
    ["ERIKA;Roeder;neu@example.org;;;K-1;;;;a", true],
    ["Jan;Röder;;;;K-1;;;;a", false],
    ["Erika;Röder;;;;;20457;;;a", true],
    ["Erika;Röder;andere@example.org;;;;20457;;;a", false],
    ["Erika;Röder;;;;;10115;;;a", false],
    ["Erika;Müller;;;;;20457;;;a", false],
  ];
  for (const [line, known] of rows) {
    const id = await upload(alice, file(line));
    await check(alice, id, { existing: "fill" });
    const { counts } = await find(alice, id);
    deepEqual([counts.updated, counts.contacts], known ? [1, 0] : [0, 1], line);
  }
});

Deno.test("of several possible records none is changed, and of several rows the first counts", async () => {
  const { alice } = await cast();
  const [one, two] = [
    await made(alice, { ...erika, "emails.0.address": "" }),
    await made(alice, { ...erika, "emails.0.address": "" }),
  ];
  const id = await importAll(alice, file("Erika;Röder;;;;;20457;;;Neu"), { existing: "overwrite" });
  deepEqual((await find(alice, id)).counts.duplicates, 1);
  equal((await stored(alice, one)).notes + (await stored(alice, two)).notes, "");
  const jan = await made(alice, { lastName: "Jan", "emails.0.address": "jan@example.org" });
  const again = await importAll(
    alice,
    file("Jan;;jan@example.org;;;;;;;Erste", "Jan;;jan@example.org;;;;;;;Zweite"),
    { existing: "overwrite" },
  );
  const { counts } = await find(alice, again);
  deepEqual([counts.updated, counts.duplicates], [1, 1]);
  equal((await stored(alice, jan)).notes, "Erste");
});

Deno.test("companies are filled and overwritten as well", async () => {
  const { alice, test } = await cast();
  const id = idOf(await alice.post("/companies/new", { name: "Kupfer AG", industry: "Handel" }));
  const list = "Firma;Branche;USt-IdNr.;E-Mail\nKupfer AG;Metall;DE129273398;info@kupfer.example\n";
  const industry = async () => {
    const [row] = await test.db.owner`select industry, vat_id from companies where id = ${id}`;
    return [row!.industry, row!.vatId];
  };
  await importAll(alice, fileOf(list), { existing: "fill" });
  deepEqual(await industry(), ["Handel", "DE129273398"]);
  await importAll(alice, fileOf(list), { existing: "overwrite" });
  deepEqual(await industry(), ["Metall", "DE129273398"]);
});

Deno.test("a company's parent is linked by name, made where it is missing, and undone with it", async () => {
  const { alice, test } = await cast();
  const list = "Name;Übergeordnete Firma;Branche\nWerk Eins;Kupfer AG;x\nWerk Zwei;KUPFER AG;x\n" +
    "Kupfer AG;;Holding\nWerk Drei;Zinn AG;x\n";
  const id = await importAll(alice, fileOf(list), { kind: "companies" });
  const all = await test.db.owner`
    select c.name, p.name as parent, p.industry
    from companies c
    left join companies p on p.id = c.parent_id
    where c.tenant_id = ${alice.tenantId}
    order by c.name
  `;
  deepEqual(all.map(({ name, parent }) => [name, parent]), [
    ["Kupfer AG", null],
    ["Werk Drei", "Zinn AG"],
    ["Werk Eins", "Kupfer AG"],
    ["Werk Zwei", "Kupfer AG"],
    ["Zinn AG", null],
  ]);
  equal((await find(alice, id)).counts.companies, 5);
  await alice.post(`/imports/${id}/undo`);
  await drain(test);
  const [left] = await test.db.owner`
    select count(*)::int as n
    from companies
    where tenant_id = ${alice.tenantId}
  `;
  equal(left!.n, 0);
});

Deno.test("restricted persons and the trash are not touched, the other tenant is not seen", async () => {
  const { alice, charlie, test } = await cast();
  const [hidden, gone] = [
    await made(alice, erika),
    await made(alice, { lastName: "Fort", "emails.0.address": "fort@example.org" }),
  ];
  await test.db.owner`update contacts set restricted_at = ${now()} where id = ${hidden}`;
  await alice.post(`/contacts/${gone}/deletion`);
  const before = [await stored(alice, hidden), await stored(alice, gone)];
  const id = await importAll(alice, file(row, "F;Fort;fort@example.org;;;;;;;x"), {
    existing: "overwrite",
  });
  deepEqual([await stored(alice, hidden), await stored(alice, gone)], before);
  const { counts } = await find(alice, id);
  deepEqual([counts.updated, counts.duplicates, counts.contacts], [0, 1, 1]);
  ok(!(await text(await alice.get(`/imports/${id}?rows=duplicate`))).includes("20457"));
  const own = await importAll(charlie, file(row), { existing: "overwrite" });
  equal((await find(charlie, own)).counts.contacts, 1);
});

Deno.test("a rehearsal counts what the run does, and a row that says nothing new is a duplicate", async () => {
  const { alice } = await cast();
  await made(alice, erika);
  const id = await upload(alice, file(row, "Neu;Person;neu@example.org;;;;;;;"));
  await check(alice, id, { existing: "overwrite" });
  const { counts: rehearsed } = await find(alice, id);
  await run(alice, id);
  deepEqual((await find(alice, id)).counts, rehearsed);
  const again = await importAll(alice, file(row), { existing: "overwrite" });
  deepEqual((await find(alice, again)).counts.duplicates, 1);
});

Deno.test("the undo restores what was there, except where somebody changed it since", async () => {
  const all = await cast();
  const { alice } = all;
  const first = await made(alice, erika);
  const second = await made(alice, { lastName: "Jan", "emails.0.address": "jan@example.org" });
  const before = await stored(alice, first);
  const id = await importAll(
    alice,
    file(row, "Jan;;jan@example.org;040 1;;;;;;Neu", "N;Neu;n@example.org;;;;;;;"),
    { existing: "overwrite", tags: "Messe" },
  );
  await alice.post(`/contacts/${second}/notice`);
  await all.test.db.owner`update contacts set version = version + 1 where id = ${second}`;
  const page = await text(await alice.get(`/imports/${id}/undo`));
  match(page, /1 geänderter Eintrag wird wieder, wie er war/);
  match(page, /1 geänderter Eintrag bleibt/);
  await alice.post(`/imports/${id}/undo`);
  await drain(all.test);
  deepEqual(await stored(alice, first), { ...before, version: 3 });
  equal((await stored(alice, second)).notes, "Neu");
  const [row_] = await all.test.db.owner`
    select (select count(*)::int from contacts where tenant_id = ${alice.tenantId}) as contacts,
      (select count(*)::int from companies where tenant_id = ${alice.tenantId}) as companies
  `;
  // The new contact is gone, and the company that only Erika had joined.
  deepEqual({ ...row_ }, { contacts: 2, companies: 0 });
  match(await text(await alice.get("/contacts?q=20457")), /Röder, Erika/);
});

Deno.test("what was kept for the undo goes with its days", async () => {
  const { alice, test } = await cast();
  await made(alice, erika);
  await importAll(alice, file(row), { existing: "overwrite" });
  const kept = async () => {
    const [found] = await test.db.owner`
      select count(*)::int as n
      from import_updates
      where tenant_id = ${alice.tenantId}
    `;
    return found!.n;
  };
  equal(await kept(), 1);
  await test.db.owner`
    update imports
    set finished_at = finished_at - interval '31 days'
    where tenant_id = ${alice.tenantId}
  `;
  await alice.scope(expiries.run);
  equal(await kept(), 0);
});

Deno.test("duplicates are shown beside existing records, and each can be decided by itself", async () => {
  const { alice, vera } = await cast();
  const id = await made(alice, erika);
  const second = await made(alice, { lastName: "Jan", "emails.0.address": "jan@example.org" });
  const run_ = await upload(
    alice,
    file(
      row,
      "Jan;;jan@example.org;;;;;;;Neu",
      "Uwe;Ost;uwe@example.org;;;;;;;",
      "Ute;Ost;uwe@example.org;;;;;;;",
    ),
  );
  await check(alice, run_);
  const page = await (await alice.get(`/imports/${run_}?rows=duplicate`)).text();
  match(page, new RegExp(`Erika Roeder[\\s\\S]*href="/contacts/${id}"[\\s\\S]*Erika Röder`));
  match(page, /Ute Ost[\s\S]*Zeile 4:[\s\S]*Uwe Ost/);
  match(page, /<select name="choice.r2" aria-label="Entscheidung für Zeile 2"/);
  const fields = {
    "choice.r2": "fill",
    "choice.r3": "",
    "choice.r5": "create",
    "choice.r4": "create",
  };
  equal((await vera.post(`/imports/${run_}/choices`, fields)).status, 403);
  const kept = await alice.post(`/imports/${run_}/choices`, { ...fields, rows: "duplicate" });
  equal(kept.headers.get("Location"), `/imports/${run_}?rows=duplicate`);
  match(await (await alice.get(`/imports/${run_}?rows=duplicate`)).text(), /"fill" selected/);
  await run(alice, run_);
  const { counts } = await find(alice, run_);
  deepEqual([counts.contacts, counts.updated, counts.duplicates], [2, 1, 1]);
  equal((await stored(alice, id)).notes, "Neu");
  equal((await stored(alice, second)).notes, "");
  const late = await alice.post(`/imports/${run_}/choices`, fields);
  equal(late.status, 303);
  match(await text(await alice.get(`/imports/${run_}`)), /läuft schon oder ist fertig/);
});

Deno.test("unknown decisions are ignored", async () => {
  const { alice } = await cast();
  await made(alice, erika);
  const id = await upload(alice, file(row));
  await check(alice, id);
  for (
    const odd of [
      { "choice.r2": "\0" },
      { "choice.rx": "fill" },
      { choice: "fill" },
      { "choice.r99999999999": "fill" },
      { "choice.r2.x": "fill", rows: "<", after: "'" },
    ] as Record<string, string>[]
  ) equal((await alice.post(`/imports/${id}/choices`, odd)).status, 303, JSON.stringify(odd));
  await run(alice, id);
  equal((await find(alice, id)).counts.updated, 0);
});

Deno.test("a file with the same headings is read as the last one, until it is read again", async () => {
  const { alice, charlie } = await cast();
  const list = fileOf("Wer;Was;Wo\nErika Röder;x@example.org;Hamburg\n");
  const first = await upload(alice, list);
  await check(alice, first, {
    "target.c0": "fullName",
    "target.c1": "notes",
    "target.c2": "position",
  });
  const second = await upload(alice, fileOf("Wer;Was;Wo\nJan Ost;y@example.org;Kiel\n"));
  const page = await text(await alice.get(`/imports/${second}`));
  match(page, /Die Spalten sind zugeordnet wie am/);
  const targets = async (who: Person, id: string) =>
    (await find(who, id)).options!.plan.columns.map(({ target }) => target);
  deepEqual(await targets(alice, second), ["fullName", "notes", "position"]);
  await alice.post(`/imports/${second}/reading`, {});
  ok(!(await text(await alice.get(`/imports/${second}`))).includes("zugeordnet wie am"));
  ok((await targets(alice, second))[1] !== "notes");
  const bare = (name: string) =>
    fileOf(`${name};Ahorn;0664 1234567\n${name}a;Linde;0664 7654321\n`);
  const third = await upload(alice, bare("Eva"));
  await check(alice, third, {
    "target.c0": "firstName",
    "target.c1": "notes",
    "target.c2": "phone.mobile",
    country: "AT",
  });
  const fourth = await upload(alice, bare("Ida"));
  deepEqual(await targets(alice, fourth), ["firstName", "notes", "phone.mobile"]);
  equal((await find(alice, fourth)).options!.plan.country, "AT");
  const other = await upload(alice, fileOf("Eva;eva@x.example;0664 1234567\n"));
  ok((await targets(alice, other))[1] !== "notes");
  const foreign = await upload(charlie, list);
  ok((await targets(charlie, foreign))[1] !== "notes");
});
