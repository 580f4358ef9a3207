/** The end of records: announced, kept or held by a decision, erased by their deadline. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { now, setOffset, today } from "../db/clock.ts";
import * as cases from "../db/cases.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as proofs from "../db/proofs.ts";
import { system, withScope } from "../db/scope.ts";
import { NotFound } from "../db/errors.ts";
import * as retentionDemands from "../db/retention_demands.ts";
import * as retentions from "../db/retentions.ts";
import * as holds from "../db/holds.ts";
import * as due from "../db/due_records.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { idOf, text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { drain } from "./support/worker.ts";

const person = (lastName: string, status = "prospect") => ({ lastName, origin: "card", status });

async function contact(by: Person, lastName: string, status?: string): Promise<string> {
  return idOf(await by.post("/contacts/new", person(lastName, status)));
}

/** Lets a record be untouched for so many years. */
async function age({ test }: Cast, table: string, id: string, interval: string): Promise<void> {
  const { owner } = test.db;
  await owner`
    update ${owner(table)}
    set last_touch_at = ${now()}::timestamptz - ${interval}::interval
    where id = ${id}
  `;
}

async function night({ test }: Cast, tenantId: string, smtpUrl?: string): Promise<void> {
  await enqueue(test.db.app, "apply_retentions", tenantId, {});
  const { failed } = await drain(test, smtpUrl ? { smtpUrl } : {});
  deepEqual(failed, []);
}

async function alive({ test }: Cast, table: string, id: string): Promise<boolean> {
  const rows = await test.db.owner`select from ${test.db.owner(table)} where id = ${id}`;
  return rows.length === 1;
}

const inDays = (days: number, more: { months?: number } = {}) =>
  Temporal.PlainDate.from(today()).add({ days, ...more }).toString();

Deno.test.afterEach(() => setOffset(undefined));

Deno.test("a record's page says from when it may be erased, by which document and law", async () => {
  const here = await cast();
  const { alice, vera } = here;
  const id = await contact(alice, "Weißhaupt");
  const duty = {
    id: newId(),
    class: "voucher",
    reference: "Rechnung 2025-117",
    startsOn: "2025-03-15",
  };
  equal((await vera.post(`/contacts/${id}/retention/duties`, duty)).status, 403);
  for (const wrong of [{ startsOn: "0001-13-01" }, { class: "kept" }, { reference: " " }]) {
    const refused = await alice.post(`/contacts/${id}/retention/duties`, { ...duty, ...wrong });
    equal(refused.status, 422, JSON.stringify(wrong));
  }
  for (let i = 0; i < 2; i++) {
    equal((await alice.post(`/contacts/${id}/retention/duties`, duty)).status, 303);
  }
  const page = await text(await vera.get(`/contacts/${id}`));
  match(page, /löschbar ab 01\.01\.2034: Rechnung 2025-117, Rechnung oder Beleg, § 147 AO/);
  const shown = await (await alice.get(`/contacts/${id}/retention`)).text();
  equal(shown.split("/removal").length, 2, "sent twice, entered once");
  await alice.post(`/settings/retention/duties/${duty.id}/removal`);
  match(await text(await vera.get(`/contacts/${id}`)), /löschbar ab .* Interesse ohne Kauf/);
  // The end of a customer's relationship is unknown: amber, but with a date.
  const customer = await contact(alice, "Kundin", "customer");
  match(
    await text(await vera.get(`/contacts/${customer}`)),
    /Beginn offen löschbar ab 01\.01\.\d{4}: \S/,
  );
});

Deno.test("periods beyond law and policy are refused with the clause, shorter ones apply at once", async () => {
  const { alice, bob, charlie } = await cast();
  const sound = {
    prospect: "24",
    lost_deal: "24",
    applicant: "6",
    claim: "36",
    history: "12",
    confirmDays: "30",
  };
  equal((await bob.post("/settings/retention", sound)).status, 403);
  const refused = await alice.post("/settings/retention", { ...sound, prospect: "120" });
  equal(refused.status, 422);
  match(await refused.text(), /Ziffer 5\.1 der Datenschutzerklärung[\s\S]*value="120"/);
  equal((await alice.post("/settings/retention", { ...sound, history: "24" })).status, 422);
  const id = await contact(alice, "Kurz");
  equal((await alice.post("/settings/retention", { ...sound, prospect: "1" })).status, 303);
  const end = Temporal.PlainDate.from(today()).add({ months: 1 }).add({ days: 1 });
  const [year, month, day] = end.toString().split("-");
  match(
    await text(await alice.get(`/contacts/${id}`)),
    new RegExp(`löschbar ab ${day}\\.${month}\\.${year}`),
  );
  match(await (await charlie.get("/settings/retention")).text(), /value="24"/);
});

Deno.test("what is near its end is announced by mail, decided in the queue, and gone by its bound", async () => {
  const here = await cast();
  const { alice, bob, charlie, test } = here;
  const box = await mailbox();
  const kept = await contact(alice, "Behalten");
  const held = await contact(alice, "Streit");
  const confirmed = await contact(alice, "Bestätigt");
  const left = await contact(alice, "Vergessen");
  const restricted = await contact(alice, "Eingeschränkt");
  const young = await contact(alice, "Jung");
  const foreign = await contact(charlie, "Fremd");
  const company = idOf(await alice.post("/companies/new", { name: "Alt GmbH", status: "former" }));
  for (const id of [kept, held, confirmed, left, restricted, foreign]) {
    await age(here, "contacts", id, "24 months 2 days");
  }
  await age(here, "companies", company, "5 years");
  await test.db.owner`
    update contacts
    set restricted_at = now(), restricted_reason = 'Anspruch'
    where id = ${restricted}
  `;
  await night(here, alice.tenantId, box.smtpUrl);
  const [mail, ...more] = await box.collect(test, alice.email);
  equal(more.length, 0);
  equal(mail!.subject, "Löschungen stehen an");
  match(mail!.text!, /– 4 Kontakte[\s\S]*– 1 Firma/);
  ok(!/Streit|Alt GmbH/.test(mail!.text!), "a letter names nobody");
  equal((await box.collect(test, bob.email)).length, 0, "admins alone are notified");
  await night(here, alice.tenantId, box.smtpUrl);
  equal((await box.collect(test, alice.email)).length, 1, "nothing new, no letter");

  const queue = await text(await alice.get("/settings/retention/due"));
  for (const name of ["Behalten", "Streit", "Bestätigt", "Vergessen", "Alt GmbH"]) {
    ok(queue.includes(name), name);
  }
  for (const name of ["Eingeschränkt", "Jung", "Fremd"]) ok(!queue.includes(name), name);
  equal((await bob.get("/settings/retention/due")).status, 403);
  const [row] = await test.db.owner`select id from due_records where contact_id = ${confirmed}`;
  equal((await charlie.post(`/settings/retention/due/${row!.id}/erasure`)).status, 404);
  await alice.post(`/settings/retention/due/${row!.id}/erasure`);
  equal(await alive(here, "contacts", confirmed), false);

  const keeping = { id: newId(), keepReason: "Angebot läuft", until: inDays(60) };
  const tooLong = { ...keeping, until: inDays(4000) };
  const refused = await alice.post(`/contacts/${kept}/retention/keeping`, tooLong);
  equal(refused.status, 422);
  match(await refused.text(), /[Ll]ängstens bis/);
  equal((await alice.post(`/contacts/${kept}/retention/keeping`, keeping)).status, 303);
  const hold = { id: newId(), kind: "dispute", reason: "Klage", reviewOn: inDays(90) };
  for (const wrong of [{ reviewOn: inDays(500) }, { reviewOn: today() }, { kind: "x" }]) {
    equal(
      (await alice.post(`/contacts/${held}/retention/holds`, { ...hold, ...wrong })).status,
      422,
    );
  }
  equal((await alice.post(`/contacts/${held}/retention/holds`, hold)).status, 303);

  setOffset("P20D");
  await night(here, alice.tenantId, box.smtpUrl);
  equal(await alive(here, "contacts", left), true, "there are days left to decide");
  setOffset("P55D");
  await night(here, alice.tenantId, box.smtpUrl);
  for (
    const [table, id, there] of [
      ["contacts", left, false],
      ["companies", company, false],
      ["contacts", kept, true],
      ["contacts", held, true],
      ["contacts", restricted, true],
      ["contacts", young, true],
      ["contacts", foreign, true],
    ] as const
  ) equal(await alive(here, table, id), there, id);
  const report = (await box.collect(test, alice.email))
    .find(({ subject }) => /gelöscht/.test(subject ?? ""));
  match(report!.text!, /– 1 Kontakt\b[\s\S]*– 1 Firma/);
  setOffset("P100D");
  // Her session has ended by then.
  equal(await alice.scope(holds.countToReview), 1);
  await alice.scope((scope) => holds.release(scope, hold.id));
  await rejects(alice.scope((scope) => holds.release(scope, hold.id)), NotFound);
  await night(here, alice.tenantId, box.smtpUrl);
  setOffset("P140D");
  await night(here, alice.tenantId, box.smtpUrl);
  equal(await alive(here, "contacts", held), false, "the hold is gone, and so is the record");
  equal(await alive(here, "contacts", kept), false, "the decision has ended");
  setOffset(undefined);
  await box.close();
});

Deno.test("a clock that jumps ten years ahead and back erases nothing", async () => {
  const here = await cast();
  const { alice } = here;
  const id = await contact(alice, "Zeitsprung");
  for (const offset of ["P3650D", undefined, "P3653D", undefined]) {
    setOffset(offset);
    await night(here, alice.tenantId);
    equal(await alive(here, "contacts", id), true, `${offset}: nothing goes unannounced`);
  }
  match(await text(await alice.get(`/contacts/${id}`)), /löschbar ab/);
});

Deno.test("the nightly check continues where it stopped, and two processes do the work once", async () => {
  const here = await cast();
  const { alice, test } = here;
  const { owner, app } = test.db;
  const count = due.batch * 2 + 10;
  const ids = Array.from({ length: count }, () => newId());
  await owner`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
      created_at, updated_at
    )
    select ${alice.tenantId}, id, 'Alt', 'x', 'manual', 'contract', 'sales',
      now() - interval '3 years', now(), now()
    from unnest(${ids}::uuid[]) as id
  `;
  const who = { tenantId: alice.tenantId, actor: system };
  equal(await withScope(app, who, (scope) => due.look(scope, "contact")), true);
  const noted = async () =>
    (await owner`select count(*)::int as n from due_records where tenant_id = ${alice.tenantId}`)[
      0
    ]!.n;
  equal(await noted(), due.batch, "stopped after a batch");
  await Promise.all([night(here, alice.tenantId), night(here, alice.tenantId)]);
  equal(await noted(), count);
  const [run] = await owner`
    select looked
    from retention_runs
    where tenant_id = ${alice.tenantId}
      and kind = 'contact'
  `;
  equal(run!.looked, count, "none was looked at twice");
  setOffset("P31D");
  const erased = await Promise.all([1, 2].map(async () => {
    let sum = 0;
    for (let n = 1; n > 0;) {
      n = await withScope(app, who, (scope) => due.erase(scope, "contact", secretKey));
      sum += n;
    }
    return sum;
  }));
  equal(erased[0]! + erased[1]!, count);
  const [left] = await owner`
    select count(*)::int as n
    from contacts
    where tenant_id = ${alice.tenantId}
  `;
  equal(left!.n, 0);
  setOffset(undefined);
});

Deno.test("a decision erases its own record, however many others are due before it", async () => {
  const here = await cast();
  const { alice, test } = here;
  const { owner, app } = test.db;
  const ids = Array.from({ length: due.batch + 1 }, () => newId());
  await owner`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
      created_at, updated_at
    )
    select ${alice.tenantId}, id, 'Vorher', 'x', 'manual', 'contract', 'sales',
      now() - interval '3 years', now(), now()
    from unnest(${ids}::uuid[]) as id
  `;
  const who = { tenantId: alice.tenantId, actor: system };
  while (await withScope(app, who, (scope) => due.look(scope, "contact")));
  const [chosen, ...others] = ids.toReversed();
  await owner`
    update due_records
    set bound_on = ${inDays(-1)}
    where contact_id = any (${others}::uuid[])
  `;
  const [row] = await owner<{ id: string }[]>`
    select id
    from due_records
    where contact_id = ${chosen!}
  `;
  equal(await withScope(app, who, (scope) => due.confirm(scope, row!.id, secretKey)), true);
  equal(await alive(here, "contacts", chosen!), false);
  equal(await alive(here, "contacts", others[0]!), true, "the others are left to the night");
});

Deno.test("a held record stays in the trash as well, and 5.1 sees what outlives its bound", async () => {
  const here = await cast();
  const { alice, test } = here;
  const { owner } = test.db;
  const id = await contact(alice, "Gehalten");
  const hold = { id: newId(), kind: "law", reason: "Prüfung", reviewOn: inDays(30) };
  await alice.post(`/contacts/${id}/retention/holds`, hold);
  await alice.post(`/contacts/${id}/deletion`);
  setOffset("P10D");
  const erase = async () => {
    await enqueue(test.db.app, "erase_trash", alice.tenantId, {});
    await drain(test);
  };
  await erase();
  equal(await alive(here, "contacts", id), true);
  await owner`update holds set released_at = now() where id = ${hold.id}`;
  setOffset("P12D");
  await erase();
  equal(await alive(here, "contacts", id), false);
  setOffset(undefined);

  const old = await contact(alice, "Überfällig");
  await owner`
    insert into due_records (tenant_id, id, contact_id, class, due_on, bound_on, found_at)
    values (${alice.tenantId}, ${newId()}, ${old}, 'prospect', '2026-01-01', ${inDays(-3)}, now())
  `;
  const green = async () => (await proofs.run(test.db.app, "nothing_overdue"))!.passed;
  equal(await green(), false);
  await owner`update due_records set bound_on = ${inDays(0)}`;
  equal(await green(), true);
});

Deno.test("nobody is erased from the trash or by their period before their request is answered", async () => {
  const here = await cast();
  const { alice, test } = here;
  const { owner } = test.db;
  const request = async (personEmail: string) => {
    const id = newId();
    await alice.scope((scope) =>
      cases.create(scope, secretKey, {
        id,
        channel: personEmail === "" ? "post" : "email",
        language: "de",
        personName: "Petra Wartend",
        personEmail,
        personAddress: "",
        body: "Welche Daten haben Sie?",
        claims: [{ right: "access", sentence: "Welche Daten haben Sie?" }],
      }, { kind: "system", id: null })
    );
    return id;
  };
  const names = ["Wartend", "Benannt", "Unbeteiligt"];
  const [byAddress, byWord, other] = await Promise.all(names.map((name) => contact(alice, name)));
  await owner`insert into emails ${
    owner({
      ...{
        tenantId: alice.tenantId,
        id: newId(),
        contactId: byAddress!,
        kind: "work",
        position: 0,
      },
      address: "Petra@wartend.example",
    })
  }`;
  const first = await request("petra@wartend.example");
  const second = await request("");
  await drain(test);
  await owner`
    update case_findings
    set confirmed_at = now(), confirmed_ids = array[${byWord!}::uuid]
    where case_id = ${second}
  `;
  const clock = await alice.scope((scope) => retentions.lookupClock(scope, "contact", byWord!));
  equal(clock.state, "held");
  for (const id of [byAddress, byWord, other]) await alice.post(`/contacts/${id}/deletion`);
  const left = async () =>
    (await owner<{ lastName: string }[]>`
      select last_name from contacts where tenant_id = ${alice.tenantId} order by last_name desc
    `).map(({ lastName }) => lastName);
  const erase = async () => {
    await enqueue(test.db.app, "erase_trash", alice.tenantId, {});
    await drain(test);
  };
  setOffset("P10D");
  await erase();
  deepEqual(await left(), ["Wartend", "Benannt"]);
  await owner`update cases
    set status = 'closed', closed_at = now(), erase_after = '2099-12-31'
    where id = any (${[first, second]}::uuid[])
  `;
  setOffset("P12D");
  await erase();
  deepEqual(await left(), []);
});

Deno.test("a document without a day keeps from the day on which it was named, in Berlin", async () => {
  const { alice, test } = await cast();
  const id = await contact(alice, "Silvester");
  const night = new Date("2026-12-31T23:30:00Z");
  const who = { tenantId: alice.tenantId, actor: system, now: night };
  const { duties, demanded } = await withScope(test.db.app, who, async (scope) => {
    const duty = { id: newId(), class: "letter", reference: "A-1", startsOn: null } as const;
    await retentions.addDuty(scope, "contact", id, duty);
    const clock = await retentions.lookupClock(scope, "contact", id);
    return { duties: clock.duties, demanded: await retentionDemands.list(scope, [id]) };
  });
  deepEqual(duties.map(({ createdOn }) => createdOn), ["2027-01-01"]);
  deepEqual(demanded.map(({ until }) => until), ["2033-12-31"]);
});

Deno.test("a hold past its review is reported once, then weekly, until somebody has reviewed it", async () => {
  const here = await cast();
  const { alice, bob, charlie, test } = here;
  const box = await mailbox();
  const letters = async (who: Person) =>
    (await box.collect(test, who.email)).filter(({ subject }) => /sind zu prüfen/.test(subject!));
  const ids = [
    await contact(alice, "Streitmann"),
    idOf(await alice.post("/companies/new", { name: "Prozess GmbH", status: "former" })),
  ];
  const [first, second] = [newId(), newId()];
  for (const [at, id] of [first, second].entries()) {
    const reviewOn = inDays(at === 0 ? 2 : 4);
    const hold = { id, kind: "dispute", reason: `Klage ${at}`, reviewOn };
    equal(
      (await alice.post(`/${at === 0 ? "contacts" : "companies"}/${ids[at]}/retention/holds`, hold))
        .status,
      303,
    );
  }
  /** How many letters have come by the end of a day's night. */
  const by = async (day: number) => {
    setOffset(`P${day}D`);
    await night(here, alice.tenantId, box.smtpUrl);
    return (await letters(alice)).length;
  };
  equal(await by(1), 0, "its day has not come");
  equal(await by(2), 1);
  const [letter] = await letters(alice);
  match(
    letter!.text!,
    /bei 1 Eintrag ist die Löschung ausgesetzt[\s\S]*\/settings\/retention\/holds/,
  );
  ok(!/Streitmann|Klage/.test(letter!.text!), "a letter names nobody");
  equal(await by(2), 1, "the same night once more");
  equal(await by(3), 1);
  equal(await by(4), 2, "another one is due");
  match((await letters(alice)).at(-1)!.text!, /bei 2 Einträgen/);
  const page = async () => await text(await alice.get("/settings/retention/holds"));
  match(await page(), /Streitmann[\s\S]*Klage 0[\s\S]*Prozess GmbH[\s\S]*Klage 1/);
  const extension = `/settings/retention/holds/${first}/extension`;
  for (const [who, status] of [[bob, 403], [charlie, 404]] as const) {
    equal((await who.post(extension)).status, status);
  }
  equal(await by(10), 2, "both were reported six days ago");
  match(await page(), /Streitmann/);
  equal(await by(11), 3, "a week has passed and nobody has looked");
  // An erasure that a person asks for does not go past it either, though nobody has looked.
  const wanted = await alice.scope((scope) => retentionDemands.list(scope, [ids[0]!]));
  deepEqual(wanted.map(({ until }) => until), [today()]);
  equal((await alice.post(extension)).status, 303);
  await alice.post(`/settings/retention/holds/${second}/release`);
  equal((await alice.post(`/settings/retention/holds/${second}/extension`)).status, 404);
  match(await page(), /Nichts zu prüfen/);
  equal(await by(30), 3, "somebody has looked: there is nothing to report");
  equal(await by(11 + 93), 4, "three months later the next look is due");
  for (const other of [bob, charlie]) equal((await letters(other)).length, 0, "admins alone");
  equal(await alice.scope(holds.countToReview), 1);
  setOffset(undefined);
  await box.close();
});
