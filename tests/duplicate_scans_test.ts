/** The scan for duplicates over a tenant: what it finds, what it leaves out, and that it stays bounded. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { pairsOf, reach } from "../db/duplicate_blocks.ts";
import { now } from "../db/clock.ts";
import * as pairs from "../db/duplicate_pairs.ts";
import * as scans from "../db/duplicate_scans.ts";
import { ofFirms, ofPersons } from "../db/duplicate_scores.ts";
import { newId } from "../db/ids.ts";
import { findDuplicates } from "../jobs/duplicates.ts";
import type { Fields } from "./support/app.ts";
import { merge } from "./support/merging.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { each, settle } from "./support/field_rights.ts";
import { idOf, text } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const person = (firstName: string, lastName: string, more: Fields = {}): Fields => ({
  _anyway: "1",
  origin: "card",
  firstName,
  lastName,
  ...more,
});
const mail = (address: string): Fields => ({ "emails.0.address": address });
const plz = (code: string): Fields => ({
  "addresses.0.postalCode": code,
  "addresses.0.city": "Ort",
});

async function made(client: Person, noun: string, fields: Fields): Promise<string> {
  const answer = await client.post(`/${noun}/new`, fields);
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

/** Scans alice's tenant and returns the list. */
async function look({ test, alice }: Cast, query = ""): Promise<string> {
  equal((await alice.post("/duplicates/scans")).status, 303);
  deepEqual((await drain(test)).failed, []);
  return await text(await alice.get(`/duplicates${query}`));
}

Deno.test("the same person is found by umlaut, sound, e-mail, phone and place, with the reasons in words", async () => {
  const people = await cast();
  const { alice } = people;
  const cases: [Fields, Fields, RegExp][] = [
    [
      person("Jörg", "Müller", plz("20457")),
      person("Joerg", "Mueller", plz("20457")),
      /gleicher Name, gleiche PLZ/,
    ],
    [
      person("Ute", "Meyer", plz("10115")),
      person("Ute", "Maier", plz("10115")),
      /Name klingt gleich, gleiche PLZ/,
    ],
    [
      person("Peter", "Hansen", mail("ph@a.example")),
      person("Hansen", "Peter", mail("PH@A.example")),
      /gleiche E-Mail-Adresse, gleicher Name/,
    ],
    [
      person("Kai", "Schmitt", { "phones.0.number": "040 1234567" }),
      person("Kay", "Schmidt", { "phones.0.number": "+49 40 123 45 67" }),
      /Name klingt gleich, gleiche Telefonnummer/,
    ],
    [
      person("", "Osterkamp", mail("o@b.example")),
      person("Bernd", "Osterkamp", mail("o@b.example")),
      /gleicher Nachname, Vorname fehlt/,
    ],
  ];
  for (const [one, other] of cases) {
    await made(alice, "contacts", one);
    await made(alice, "contacts", other);
  }
  const list = await look(people);
  for (const [, , reasons] of cases) match(list, reasons);
  match(list, /5 Paare/);
  match(await text(await alice.get("/duplicates?reason=phone")), /1 Paar\b/);
  match(await text(await alice.get("/duplicates?sure=1")), /1 Paar\b/);
});

Deno.test("names without a phonetic code are compared as well, and companies of one mailbox", async () => {
  const people = await cast();
  const { alice } = people;
  const firm = (name: string): Fields => ({ _anyway: "1", name, ...mail("bau@gmx.de") });
  for (let n = 0; n < 2; n++) {
    await made(alice, "contacts", person("Иван", "Петров", plz("1000")));
    await made(alice, "contacts", person("", "Ostermann", plz("20457")));
    await made(alice, "contacts", person("Γιώργος", "Παππάς", { "companies.0.name": "Elia" }));
    await made(alice, "contacts", person("Иван", "Иванов", plz(`100${n}`)));
    await made(alice, "companies", firm(n === 0 ? "Meyer Hochbau" : "Maier Hochbau"));
  }
  const list = await look(people);
  for (const name of [/Иван Петров/, /Ostermann/, /Γιώργος Παππάς/]) match(list, name);
  match(list, /3 Paare/);
  const firms = await text(await alice.get("/duplicates?kind=company"));
  match(firms, /gleiche E-Mail-Adresse, Name klingt gleich/);
});

Deno.test("two persons with only a mailbox, a switchboard or a name in common are no duplicates", async () => {
  const people = await cast();
  const { alice } = people;
  const shared = { ...mail("info@firma.example"), "phones.0.number": "040 999999" };
  await made(alice, "contacts", person("Anna", "Arndt", shared));
  await made(alice, "contacts", person("Birte", "Bahn", shared));
  await made(alice, "contacts", person("Thomas", "Müller", plz("20457")));
  await made(alice, "contacts", person("Thomas", "Müller", plz("80331")));
  await made(alice, "contacts", person("Karl", "Vogt", { ...plz("1"), birthday: "1950-01-01" }));
  await made(alice, "contacts", person("Karl", "Vogt", { ...plz("1"), birthday: "1980-01-01" }));
  match(await look(people), /Keine Dubletten/);
});

Deno.test("companies are found without their legal form, by VAT number and domain", async () => {
  const people = await cast();
  const { alice } = people;
  const firm = (name: string, more: Fields = {}): Fields => ({ _anyway: "1", name, ...more });
  await made(alice, "companies", firm("Kupferhof Metallbau GmbH", plz("21335")));
  await made(alice, "companies", firm("KUPFERHOF-Metallbau", plz("21335")));
  await made(alice, "companies", firm("Nordwind AG", { website: "https://www.nordwind.example" }));
  await made(alice, "companies", firm("Nordwint KG", { website: "http://nordwind.example/de" }));
  const list = await look(people, "?kind=company");
  match(list, /gleicher Name, gleiche PLZ/);
  match(list, /Name klingt gleich, gleiche Domain/);
  match(list, /2 Paare/);
});

Deno.test("a pair dismissed as no duplicate is not offered again, until that is undone", async () => {
  const people = await cast();
  const { alice, bob, charlie } = people;
  await made(alice, "contacts", person("Ute", "Meyer", mail("u@a.example")));
  await made(alice, "contacts", person("Ute", "Maier", mail("u@a.example")));
  await look(people);
  const [pair] = await alice.scope(rows);
  equal((await charlie.post(`/duplicates/${pair!.id}/dismissal`)).status, 404);
  const narrowed = "/duplicates?sure=1";
  const form = `/duplicates/${pair!.id}/dismissal?back=${encodeURIComponent(narrowed)}`;
  ok((await (await bob.get(narrowed)).text()).includes(`action="${form}"`));
  const dismissed = await bob.post(form);
  equal(dismissed.headers.get("Location"), narrowed, "back to the list as it was narrowed");
  const undo = form.replace("dismissal?", "dismissal/withdrawal?");
  ok((await (await bob.get(narrowed)).text()).includes(`action="${undo}"`));
  match(await look(people), /Keine Dubletten/);
  match(await text(await alice.get("/duplicates?state=dismissed")), /Ute Meyer/);
  equal((await bob.post(undo)).headers.get("Location"), narrowed);
  match(await look(people), /Ute Meyer/);
});

Deno.test("a dismissal passes to the record that one of the two is merged into, and back with the undo", async () => {
  const people = await cast();
  const { alice } = people;
  const ute = await made(alice, "contacts", person("Ute", "Meyer", mail("u@a.example")));
  const maier = await made(alice, "contacts", person("Ute", "Maier", mail("u@a.example")));
  await look(people);
  const [said] = await alice.scope(rows);
  await alice.post(`/duplicates/${said!.id}/dismissal`);
  const older = await alice.test.db.owner`
    update contacts set created_at = created_at - interval '1 day' where id = ${maier} returning id
  `;
  equal(older.length, 1);
  const third = await made(alice, "contacts", person("Ute", "Mayer", mail("u@a.example")));
  // The third goes into the first: the dismissal of the first and the second still holds.
  const id = await merge(alice, "contact", [maier, third]);
  match(await look(people), /Keine Dubletten/);
  equal((await alice.post(`/merges/${id}/undo`)).status, 303);
  match(await look(people), /Ute Mayer/);
  // The second goes into the third, which was not dismissed: now the dismissal holds for it.
  await alice.test.db.owner`
    update contacts set created_at = created_at - interval '2 days' where id = ${third}
  `;
  const other = await merge(alice, "contact", [third, maier]);
  match(await look(people), /Keine Dubletten/);
  const passed = await alice.test.db.owner`
    select contact_id, other_contact_id from duplicate_pairs
    where tenant_id = ${alice.tenantId} and merge_id = ${other}
  `;
  deepEqual(passed.map((row) => [row.contactId, row.otherContactId].sort()), [[ute, third].sort()]);
  equal((await alice.post(`/merges/${other}/undo`)).status, 303);
  match(await look(people), /Ute Mayer/);
});

Deno.test("restricted and trashed persons are never offered, nor what changed since", async () => {
  const people = await cast();
  const { alice, test } = people;
  const ids: string[] = [];
  for (const n of [1, 2, 3]) {
    for (const name of ["Meyer", "Maier"]) {
      ids.push(await made(alice, "contacts", person("Ute", name, mail(`u@${n}.example`))));
    }
  }
  match(await look(people), /3 Paare/);
  await alice.post(`/contacts/${ids[0]}/deletion`);
  await test.db.owner`update contacts set restricted_at = now() where id = ${ids[2]!}`;
  match(await text(await alice.get("/duplicates")), /1 Paar\b/);
  await test.db.owner`update emails set address = 'x@y.example' where contact_id = ${ids[4]!}`;
  match(await look(people), /Keine Dubletten/);
  const [left] = await test.db.owner`
    select count(*)::int as n from duplicate_keys where tenant_id = ${alice.tenantId}
  `;
  equal(left!.n, 0, "the keys are removed with the scan");
});

Deno.test("a second request joins the scan that runs, and the weekly scan is one of the same", async () => {
  const { test, alice } = await cast();
  const first = await alice.scope(scans.start);
  equal(await alice.scope(scans.start), first);
  await drain(test);
  const tools = { pool: test.db.app, signal: new AbortController().signal };
  await findDuplicates.run(tools as never, { tenantId: null } as never);
  const next = await alice.scope(scans.latest);
  ok(next!.id !== first && next!.status === "running");
  await drain(test);
  equal((await alice.scope(scans.latest))!.status, "done");
});

Deno.test("where birthdays are hidden, no pair reveals whether two agree", async () => {
  const people = await cast();
  const { alice, bob } = people;
  const born = ["12.05.1980", "12.05.1980", "12.05.1980", "30.11.1971", "12.05.1980", ""];
  for (const [n, birthday] of born.entries()) {
    const lastName = ["Ahrens", "Behrens", "Carstens"][Math.floor(n / 2)]!;
    await made(alice, "contacts", person("Ute", lastName, { ...plz("20457"), birthday }));
  }
  await look(people);
  /** Each pair by its name, with its likelihood. */
  const offered = async (who: Person, query = "") => {
    const rows = (await (await who.get(`/duplicates${query}`)).text()).split('id="pair-').slice(1);
    return rows.map((row) => /(Ahrens|Behrens|Carstens)[^]*?(sehr wahrsch|\d+ von 100)/.exec(row)!)
      .map(([, name, likely]) => `${name}: ${likely}`).sort();
  };
  const open = ["Ahrens: sehr wahrsch", "Carstens: 65 von 100"];
  deepEqual([await offered(alice), await offered(bob)], [open, open]);
  await settle(alice, "contact", each(["birthday"], "member", "hidden"));
  const blind = ["Ahrens", "Behrens", "Carstens"].map((name) => `${name}: 65 von 100`);
  deepEqual([await offered(alice), await offered(bob)], [open, blind]);
  deepEqual([await offered(bob, "?sure=1"), await offered(bob, "?reason=birthday")], [[], blind]);
  ok(!/Geburtstag/.test(await text(await bob.get("/duplicates"))));
});

Deno.test("in a block of thousands each one is compared with a few, and the nearest are among them", () => {
  const ids = Array.from({ length: 5_000 }, (_, n) => String(n).padStart(5, "0"));
  const facts = new Map(ids.map((id, n) => [id, {
    id,
    name: "muller thomas",
    postalCodes: [String(n % 2_500)],
  }]));
  const found = pairsOf([ids], facts);
  ok(found.length <= ids.length * reach, `${found.length}`);
  const together = found.filter(([a, b]) => a.postalCodes[0] === b.postalCodes[0]);
  equal(together.length, 2_500, "everyone meets the one of the same place");
});

Deno.test("differences count against a pair, and a company and its parent are not duplicates", () => {
  const facts = { emails: [], phones: [], postalCodes: [], streets: [], customerNumber: "" };
  const one = { ...facts, id: "1", name: "maier ute", lastSound: "67", firstSound: "02" };
  const who = { ...one, birthday: null, companyIds: [] };
  equal(ofPersons(who, { ...who, id: "2" }).score, 50);
  const born = (year: number) => ({ ...who, id: "2", birthday: `${year}-01-01` });
  const { score, blind } = ofPersons(born(1980), born(1990));
  deepEqual([score, blind], [0, 50]);
  const firm = { ...facts, id: "1", name: "hof", sound: "03", vatId: "DE1", domains: [] };
  const own = { ...firm, parentId: null };
  deepEqual(ofFirms(own, { ...own, id: "2" }), {
    ...{ score: 100, blind: 100, reasons: ["vat_id", "name"] },
  });
  equal(ofFirms(own, { ...own, id: "2", parentId: "1" }).score, 0);
  const at = (postalCode: string) => ({ ...own, vatId: "", postalCodes: [postalCode] });
  equal(ofFirms(at("20457"), { ...at("10115"), id: "2" }).score, 50, "one name, two places");
  equal(ofFirms(at("20457"), { ...own, vatId: "", id: "2" }).score, 60, "merely named");
});

const rows = (scope: Parameters<typeof pairs.list>[0]) =>
  pairs.list(scope, { kind: "contact", reason: null, sure: false, dismissed: false }, null)
    .then(({ rows }) => rows);

Deno.test("the list is paged, the likeliest first, and no pair twice", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const at = now();
  const made = Array.from({ length: 121 }, () => newId()).sort();
  await owner`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
      created_at, updated_at
    )
    select ${alice.tenantId}, id, 'Paar', 'Messe', 'manual', 'contract', 'sales', ${at}, ${at}, ${at}
    from unnest(${made}::uuid[]) as made (id)
  `;
  await alice.scope((scope) =>
    pairs.keep(
      scope,
      newId(),
      "contact",
      made.slice(1).map((id, n) => ({
        a: made[0]!,
        b: id,
        ...{ score: 60 + n % 7, blind: 0, reasons: ["name"] },
      })),
    )
  );
  const seen: string[] = [];
  let href: string | undefined = "/duplicates";
  while (href) {
    const html: string = await (await alice.get(href)).text();
    seen.push(...[...html.matchAll(/id="pair-([^"]+)"/g)].map(([, id]) => id!));
    href = /href="([^"]*after=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  equal(seen.length, 120);
  equal(new Set(seen).size, 120);
  const scores = await owner<
    { id: string; score: number }[]
  >`select id, score from duplicate_pairs`;
  const of = new Map(scores.map(({ id, score }) => [id, score]));
  deepEqual(seen.map((id) => of.get(id)), seen.map((id) => of.get(id)).sort((a, b) => b! - a!));
});

Deno.test("a scan's keys are removed as fast when the statistics know of none", async () => {
  const { alice, test: { db: { owner } } } = await cast();
  const id = newId();
  await owner`analyze duplicate_keys`;
  await owner`
    insert into duplicate_scans (tenant_id, id, stage, place, started_at)
    values (${alice.tenantId}, ${id}, 'company_pairs', 9223372036854775807, ${now()})
  `;
  await owner`
    insert into duplicate_keys (tenant_id, scan_id, key, record_id)
    select ${alice.tenantId}, ${id}, n / 3, gen_random_uuid()
    from generate_series(1, 24_000) n
  `;
  const left: number[] = [];
  for (let steps = 0; steps < 5 && left.at(-1) !== 0; steps++) {
    await alice.scope(async (scope) => {
      await scope.sql`set local statement_timeout = '5s'`;
      await scans.work(scope, id);
    });
    const [{ count }] = await owner<[{ count: number }]>`
      select count(*)::int as count from duplicate_keys where scan_id = ${id}
    `;
    left.push(count);
  }
  deepEqual(left, [14_000, 4_000, 0]);
});
