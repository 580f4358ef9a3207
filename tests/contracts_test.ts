/** Contracts: notice by the owner, the read-only period with exports, the notice withdrawn. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { TextWriter, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { setOffset, today } from "../db/clock.ts";
import * as contracts from "../db/contracts.ts";
import { eraseFrom } from "../db/customer_invoices.ts";
import { archivedTables } from "../db/exports/archives.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as mailboxes from "../db/mailboxes.ts";
import * as sessions from "../db/sessions.ts";
import { errors } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";
import { destroyAll } from "./support/data_keys.ts";
import { type Mailbox, mailbox } from "./support/mailbox.ts";
import { contactOf } from "./support/messages.ts";
import { addDays, daysBetween } from "../db/local_times.ts";
import { request } from "./support/officers.ts";
import { givePassword, goodPassword } from "./support/passwords.ts";
import { idOf as ofRow, pathOf, table } from "./support/routes.ts";
import { newMark, stock } from "./support/stock.ts";
import * as forms from "./support/web_forms.ts";
import { drain } from "./support/worker.ts";

const password = goodPassword;
let box: Mailbox;

Deno.test.beforeAll(async () => {
  box = await mailbox();
});
Deno.test.afterEach(() => setOffset(undefined));
Deno.test.afterAll(() => box.close());

/** A tenant whose owner knows a password. */
async function castWithPassword(): Promise<Cast> {
  const here = await cast();
  await givePassword(here.alice);
  return here;
}

/** A new session: the old one has ended while the clock was moved. */
async function signIn(person: Person): Promise<void> {
  const { identityId, tenantId, test } = person;
  const from = { identityId, tenantId, ip: "127.0.0.1", userAgent: "test" };
  person.cookies.set("session", await sessions.create(test.db.app, from));
}

const notice = (lastDay: string) => ({ lastDay, tenant: "Nordlicht Handel", password });

Deno.test("notice is given for two months at most and can be withdrawn until the second day after the end", () => {
  equal(contracts.withdrawableUntil("2026-02-27"), "2026-03-01");
  // Over the change to summer time and a leap day.
  equal(daysBetween("2028-02-28", "2028-03-27"), 28);
  equal(contracts.faultOfLastDay("2026-01-01", "2026-01-02"), "contracts.past");
  equal(contracts.faultOfLastDay("2026-03-05", "2026-01-02"), null);
  equal(contracts.faultOfLastDay("2026-03-06", "2026-01-02"), "contracts.too_late");
  equal(contracts.faultOfLastDay("2026-02-30", "2026-01-02"), "invalid");
});

Deno.test("each turn is announced on its days and on no other", () => {
  const contract = { usesUntil: "2026-01-31", endsOn: "2026-03-02" };
  const said = [];
  for (let day = "2026-01-01"; day < "2026-03-10"; day = addDays(day, 1)) {
    const reminder = contracts.reminderOn(contract, day);
    if (reminder) said.push(`${day} ${reminder.turn} ${reminder.days}`);
  }
  deepEqual(said, [
    ...["2026-01-25 read_only 7", "2026-01-31 read_only 1", "2026-02-01 read_only 0"],
    ...["2026-02-17 end 14", "2026-02-24 end 7", "2026-02-28 end 3", "2026-03-02 end 1"],
    ...["2026-03-03 end 0", "2026-03-04 erasure 1"],
  ]);
});

Deno.test("a contract is open, then for 30 days only read, then closed, also where the clock jumps", async () => {
  const { alice, test: { db: { owner } } } = await cast();
  const day = today();
  const phase = async () => (await alice.scope(contracts.find)).phase;
  await contracts.movePhases(owner, "2999-01-01");
  equal(await phase(), "open", "without notice");
  await alice.scope((scope) => contracts.giveNotice(scope, day));
  const expected = [
    ...[[0, "open"], [1, "read_only"], [30, "read_only"], [31, "closed"]] as const,
    ...[[60, "closed"], [-5, "open"], [10, "read_only"]] as const,
  ];
  for (const [days, phaseOfDay] of expected) {
    await contracts.movePhases(owner, addDays(day, days));
    equal(await phase(), phaseOfDay, String(days));
  }
  await owner`update tenants set phase = 'erasing' where id = ${alice.tenantId}`;
  await contracts.movePhases(owner, addDays(day, -5));
  equal(await phase(), "erasing", "an erasure cannot be undone");
});

Deno.test("bills stay for eight years to the end of the year", () => {
  equal(eraseFrom("2025-03-15"), "2034-01-01");
  equal(eraseFrom("2025-12-31"), "2034-01-01");
  equal(eraseFrom("2026-01-01"), "2035-01-01");
});

Deno.test("only the owner gives notice, with the name typed and the password; all owners are notified", async () => {
  const { alice, bob, test } = await castWithPassword();
  equal((await bob.get("/settings/contract")).status, 403);
  equal((await bob.post("/settings/contract/notice", notice(today()))).status, 403);
  const refused = async (fields: Record<string, string>) => {
    const answer = await alice.post("/settings/contract/notice", { ...notice(today()), ...fields });
    equal(answer.status, 422);
    return await text(answer);
  };
  match(await refused({ tenant: "Nordlicht" }), /nicht der Name Ihres Mandanten/);
  match(await refused({ password: "falsch falsch" }), /Passwort/);
  match(await refused({ lastDay: addDays(today(), 63) }), /nächsten 62 Tage/);
  match(await refused({ lastDay: addDays(today(), -1) }), /vorbei/);
  ok(!(await refused({ tenant: "x" })).includes(password), "the password is not sent back");
  equal((await alice.post("/settings/contract/notice", notice(today()))).status, 303);
  match(await text(await bob.get("/start")), /gekündigt/);
  equal((await alice.post("/settings/contract/notice", notice(today()))).status, 303);
  match(await text(await alice.get("/settings/contract")), /schon gekündigt/);
  const [mail] = await box.collect(test, alice.email);
  match(mail!.subject!, /Kündigung von Nordlicht Handel eingegangen/);
  match(mail!.text!, /Lesen und Exportieren bis zum Vertragsende: \d/);
  match(mail!.text!, /Das folgt daraus:\s+– Volle Nutzung bis: \d/);
});

Deno.test("after full use everybody reads and exports, and nobody changes anything", async () => {
  const { alice, bob, charlie, test } = await castWithPassword();
  const contact = idOf(
    await bob.post("/contacts/new", { origin: "customer", lastName: "Bestand", _anyway: "1" }),
  );
  await alice.post("/settings/contract/notice", notice(today()));
  setOffset("P1D");
  await contracts.movePhases(test.db.owner);
  const refused = await bob.post("/contacts/new", { origin: "customer", lastName: "Neu" });
  equal(refused.status, 403);
  match(await text(refused), /lesen und exportieren, aber nichts mehr ändern/);
  equal((await bob.get(`/contacts/${contact}`)).status, 200);
  // Exporting all of a kind needed a confirmation just now.
  await signIn(bob);
  const exported = await bob.post("/exports", { kind: "contacts", format: "csv", purpose: "move" });
  match(await exported.text(), /Bestand/);
  equal(
    (await charlie.post("/contacts/new", { origin: "customer", lastName: "Anders" })).status,
    303,
  );

  setOffset("P32D");
  await contracts.movePhases(test.db.owner);
  for (const each of [alice, bob]) await signIn(each);
  equal((await bob.get(`/contacts/${contact}`)).status, 403);
  equal((await alice.get(`/contacts/${contact}`)).status, 403);
  equal((await alice.get("/settings/contract")).status, 200);
  equal((await bob.get("/settings/contract")).status, 403);
  // What belongs to no tenant is requested without a log-in: the answer is about a link or a document.
  for (const open of ["/certificates/verification", `/deliveries/${"x".repeat(43)}`]) {
    equal((await bob.get(open)).status, 200, open);
  }
  equal((await bob.get(`/invitations/${"x".repeat(43)}`)).status, 410);
});

Deno.test("the notice is withdrawn with a code that only the owner's mailbox receives", async () => {
  const { alice, test } = await castWithPassword();
  await alice.post("/settings/contract/notice", notice(today()));
  setOffset("P32D");
  await contracts.movePhases(test.db.owner);
  await signIn(alice);
  const wrong = await alice.post("/settings/contract/withdrawal", { code: "12345678" });
  equal(wrong.status, 422);
  match(await text(wrong), /falsch oder abgelaufen/);
  await alice.post("/settings/contract/codes");
  const mail = (await box.collect(test, alice.email)).find(({ subject }) => /Code/.test(subject!))!;
  const code = /\b\d{8}\b/.exec(mail.text!)![0];
  equal((await alice.post("/settings/contract/withdrawal", { code })).status, 303);
  equal((await alice.get("/contacts")).status, 200);
  deepEqual((await alice.scope(contracts.find)).endsOn, null);
  // Used up, and on the third day too late whatever the code.
  equal((await alice.post("/settings/contract/withdrawal", { code })).status, 422);
});

Deno.test("the archive holds every table of the map and every file, and nothing of another tenant", async () => {
  const { alice, bob, charlie, test } = await castWithPassword();
  await stock(alice, "eigenes");
  await stock(charlie, "fremdes");
  await test.db.owner`
    update contacts
    set restricted_at = now()
    where tenant_id = ${alice.tenantId}
      and deleted_at is null
  `;
  equal((await bob.post("/settings/contract/exports")).status, 403);
  equal((await alice.post("/settings/contract/exports")).status, 303);
  await drain(test);
  const page = await (await alice.get("/settings/contract")).text();
  const [href] = /\/settings\/contract\/exports\/[0-9a-f-]{36}/.exec(page)!;
  equal((await charlie.get(href)).status, 404);
  await test.db.owner`
    update tenant_exports
    set created_at = '2026-11-28T23:30:00Z'
    where tenant_id = ${alice.tenantId}
  `;
  const answer = await alice.get(href);
  const bytes = await answer.bytes();
  equal(answer.headers.get("Content-Length"), String(bytes.length));
  ok(answer.headers.get("Content-Disposition")!.includes("-2026-11-29.zip"), "the day in Germany");
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  const entries = await zip.getEntries();
  const names = entries.map(({ filename }) => filename);
  for (const { name } of archivedTables()) {
    ok(names.includes(`json/${name}.json`) && names.includes(`csv/${name}.csv`), name);
  }
  ok(names.some((name) => name.startsWith("files/")), "the files are there");
  const read = async (wanted: string) => {
    const entry = entries.find(({ filename }) => filename === wanted)!;
    return "getData" in entry ? await entry.getData!(new TextWriter()) : "";
  };
  const contacts = JSON.parse(await read("json/contacts.json"));
  ok(contacts.some((row: Record<string, unknown>) => row.restricted_at !== null));
  match(await read("csv/contacts.csv"), /eigenes contact/);
  match(await read("json/identities.json"), new RegExp(alice.email));
  for (const name of names.filter((each) => /^(json|csv)\//.test(each))) {
    ok(!(await read(name)).includes("fremdes"), name);
  }
  setOffset("P15D");
  await signIn(alice);
  equal((await alice.get(href)).status, 404, "after 14 days it is gone");
  // Whoever downloaded it is reminded of the copy, once.
  await box.collect(test, alice.email);
  for (let i = 0; i < 2; i++) {
    await enqueue(test.db.app, "end_histories", null, {});
    await drain(test, { smtpUrl: box.smtpUrl });
  }
  const reminders = (await box.collect(test, alice.email))
    .filter(({ text }) => /vor zwei Wochen einen Export heruntergeladen/.test(text!));
  equal(reminders.length, 1);
  const rows = await test.db.owner`select from tenant_exports where tenant_id = ${alice.tenantId}`;
  equal(rows.length, 0);
});

Deno.test("an archive that cannot be opened is a page that says so, and no export", async () => {
  const { alice, test } = await castWithPassword();
  await alice.post("/settings/contract/exports");
  await drain(test);
  const page = await (await alice.get("/settings/contract")).text();
  const [href] = /\/settings\/contract\/exports\/[0-9a-f-]{36}/.exec(page)!;
  equal(await alice.scope((scope) => destroyAll(scope, test.services.config)), 1);
  equal((await alice.send(href, { method: "HEAD" })).status, 200);
  const answer = await alice.get(href);
  equal(answer.status, 410);
  match(await text(answer), /lässt sich nicht mehr öffnen/);
  match(JSON.stringify(errors), /a file cannot be opened/);
  errors.length = 0;
  deepEqual(
    await test.db.owner`
      select from changes where tenant_id = ${alice.tenantId} and action = 'exported'`,
    [],
  );
});

Deno.test("letters are sent once each; the officer is informed of the erasure's state", async () => {
  const { alice, test } = await castWithPassword();
  await alice.post("/settings/contract/notice", notice(today()));
  await box.collect(test, alice.email);
  setOffset("P1D");
  await contracts.movePhases(test.db.owner);
  for (let i = 0; i < 2; i++) {
    await enqueue(test.db.app, "tell_of_contracts", null, {});
    await drain(test, { smtpUrl: box.smtpUrl });
  }
  const letters = await box.collect(test, alice.email);
  const turns = letters.filter(({ subject }) => /nur noch lesen und exportieren/.test(subject!));
  equal(turns.length, 1);
});

Deno.test("page and letters of a notice say that requests of persons are still open (Art. 12(3))", async () => {
  const { alice, test } = await castWithPassword();
  const waits = /2 Anträge von Personen sind noch offen\. Beantworten Sie sie, bevor .* gelöscht/;
  await request(test, alice.tenantId, ["access"]);
  await request(test, alice.tenantId, ["erasure"]);
  ok(!waits.test(await text(await alice.get("/settings/contract"))));
  await alice.post("/settings/contract/notice", notice(today()));
  const page = await text(await alice.get("/settings/contract"));
  match(page, waits);
  match(page, /Anträge ansehen/);
  setOffset("P1D");
  await contracts.movePhases(test.db.owner);
  await enqueue(test.db.app, "tell_of_contracts", null, {});
  await drain(test, { smtpUrl: box.smtpUrl });
  const letters = (await box.collect(test, alice.email)).filter(({ subject }) =>
    /Kündigung von|nur noch lesen/.test(subject!)
  );
  equal(letters.length, 2);
  for (const letter of letters) match(letter.text!.replaceAll(/\s+/g, " "), waits);
});

Deno.test("the operator sees contracts, and keeps bills that outlive the customer", async () => {
  const { alice, test } = await castWithPassword();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  match(await (await alice.get("/operator/contracts")).text(), /Nordlicht Handel/);
  const bill = {
    number: `R-${alice.tenantId}`,
    slug: `haus-${alice.tenantId}`,
    customer: "Nordlicht Handel",
    issuedOn: today(),
    amount: "1.190,00",
  };
  equal((await alice.post("/operator/invoices", { ...bill, amount: "viel" })).status, 422);
  equal((await alice.post("/operator/invoices", { ...bill, slug: "nirgends" })).status, 422);
  equal((await alice.post("/operator/invoices", bill)).status, 303);
  match(await text(await alice.post("/operator/invoices", bill)), /gibt es schon/);
  match(await text(await alice.get("/operator/invoices")), /1\.190,00/);
});

/** Makes this person's tenant read-only. */
const endUse = ({ tenantId, test }: Person) =>
  test.db.owner`
    update tenants
    set phase = 'read_only', notice_given_at = now(), uses_until = ${addDays(today(), -1)},
      contract_ends_on = ${addDays(today(), 40)}
    where id = ${tenantId}
  `;

Deno.test("after full use no form accepts strangers, and only mail about persons' rights is received", async () => {
  const { test, alice } = await cast();
  const { owner, app } = test.db;
  const own = await stock(alice, newMark());
  const form = await forms.make(alice);
  const [{ localPart }] = await owner<[{ localPart: string }]>`
    select local_part from inbound_addresses where tenant_id = ${alice.tenantId}
  `;
  await owner`
    update mailboxes set active = true, privacy = false, claimed_until = null, due_at = now()
    where id = ${own.mailbox}
  `;
  const comes = async () => {
    const page = await forms.stranger(test).get(form.path);
    const sent = await forms.stranger(test).post(form.path, forms.entry(test, form.id));
    const due = await app`select id from due_mailboxes(now(), 10000)`;
    return {
      page: page.status,
      sent: sent.status,
      copies: (await app`select id from inbound_address(${localPart})`).length,
      read: due.some(({ id }) => id === own.mailbox),
    };
  };
  deepEqual(await comes(), { page: 200, sent: 200, copies: 1, read: true });
  await endUse(alice);
  deepEqual(await comes(), { page: 404, sent: 404, copies: 0, read: false });
  await owner`update mailboxes set user_id = null, privacy = true where id = ${own.mailbox}`;
  equal((await comes()).read, true);
});

Deno.test("a run that was asked for before full use was over reads no mailbox", async () => {
  const { alice } = await cast();
  const { mailbox } = await stock(alice, newMark());
  const { config } = alice.test.services;
  const { owner } = alice.test.db;
  const taken = async () => {
    await owner`
      update mailboxes
      set active = true, privacy = false, claimed_until = null, due_at = now() - interval '1 day'
      where id = ${mailbox}
    `;
    // The stock's password is invalid: getting this far means the mailbox was accepted.
    return await alice.scope((scope) => mailboxes.take(scope, config, mailbox))
      .then((found) => found !== null, () => true);
  };
  equal(await taken(), true);
  await endUse(alice);
  equal(await taken(), false);
});

Deno.test("during the read-only period every page can be read, in a used tenant and in an empty one", async () => {
  for (const used of [true, false]) {
    const { alice } = await cast();
    const own = used ? await stock(alice, newMark()) : null;
    await endUse(alice);
    for (const [route, row] of Object.entries(table)) {
      if (!route.startsWith("GET ") || row.access === "operator" || (row.id && !own)) continue;
      const answer = await alice.get(pathOf(alice.test, route, own ? ofRow(row, own) : newId()));
      await answer.body?.cancel();
      ok(answer.status < 500, `${route} ${answer.status} ${Deno.inspect(errors.at(-1))}`);
    }
    equal((await alice.get("/deals/board")).status, 200);
  }
});

Deno.test("during the read-only period each action of a person's request works", async () => {
  const { alice } = await cast();
  const own = await stock(alice, newMark());
  await endUse(alice);
  let done = 0;
  for (const [route, row] of Object.entries(table)) {
    if (!route.startsWith("POST /settings/requests")) continue;
    const path = pathOf(alice.test, route, ofRow(row, own));
    const answer = await alice.post(path, row.fields?.(alice) ?? {});
    await answer.body?.cancel();
    ok(answer.status < 500, `${route} ${answer.status} ${Deno.inspect(errors.at(-1))}`);
    if (answer.status === 303) done++;
  }
  ok(done > 5, String(done));
});

Deno.test("after full use no account receives anything of the tenant any more, and what exists ends", async () => {
  const { alice } = await cast();
  await alice.post("/account/calendar-feed");
  const feeds = () =>
    alice.test.db.owner`select from calendar_feeds where tenant_id = ${alice.tenantId}`;
  equal((await feeds()).length, 1);
  await endUse(alice);
  for (
    const name of ["address", "calendar-feed", "mail", "mail/check", "mail/signatures", "tokens"]
  ) {
    const refused = await alice.post(`/account/${name}`);
    equal(refused.status, 403, name);
    match(await text(refused), /lesen und exportieren, aber nichts mehr ändern/);
  }
  for (const name of ["address/removal", "calendar-feed/removal", "mail/deletion"]) {
    equal((await alice.post(`/account/${name}`)).status, 303, name);
  }
  equal((await feeds()).length, 0);
});

Deno.test("during the read-only period what persons declare is noted on their page, and nothing else", async () => {
  const { alice, bob } = await cast();
  const at = `/contacts/${await contactOf(bob)}`;
  const consent = newId();
  await bob.post(`${at}/consents`, {
    id: consent,
    channels: "email",
    purpose: "marketing",
    textVersion: "Newsletter",
    givenOn: today(),
    givenHow: "form",
    proof: "",
  });
  await endUse(alice);
  const page = await (await bob.get(at)).text();
  match(page, /action="[^"]*\/objections"/);
  equal((await bob.post(`${at}/objections`, { channels: ["email", "phone"] })).status, 303);
  equal((await bob.post(`${at}/objections`, { channels: ["phone"] })).status, 303);
  equal((await bob.post(`${at}/notice`)).status, 303);
  equal((await bob.post(`${at}/consents/withdrawal`, { consent })).status, 303);
  const noted = await text(await bob.get(at));
  match(noted, /Widerspruch vermerkt/);
  match(noted, /informiert am/);
  const consents = await (await bob.get(`${at}/consents`)).text();
  match(consents, /widerrufen am/);
  ok(!consents.includes("textVersion"), "no form for a new one");
  for (const action of ["consents", "edit", "deletion"]) {
    const refused = await bob.post(`${at}/${action}`);
    equal(refused.status, 403, action);
    match(await text(refused), /Die Rechte der Personen gelten weiter/);
  }
  // A restriction asked for by telephone needs a request.
  const request = await alice.post("/settings/requests/new", {
    id: newId(),
    receivedOn: today(),
    name: "Nora Nordmann",
    rights: "restriction",
  });
  equal(request.status, 303);
  await alice.test.db.owner`update tenants set phase = 'erasing' where id = ${alice.tenantId}`;
  equal((await bob.post(`${at}/objections`, { channels: ["email"] })).status, 403);
});
