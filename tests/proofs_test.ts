/** The proofs: each is green on a sound installation and red when what it checks is broken. */
import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { now, setOffset, today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as egressHosts from "../db/egress_hosts.ts";
import { enqueue } from "../db/jobs.ts";
import { clauses } from "../db/policies/clauses.ts";
import * as policies from "../db/policies.ts";
import * as checks from "../db/processor_checks.ts";
import * as proofs from "../db/proofs.ts";
import { figureName } from "../views/proofs.tsx";
import { translator } from "../views/i18n/translate.ts";
import type { View } from "../views/view.ts";
import { type Cast, cast } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { sources } from "./support/sources.ts";
import { linkIn, type Mailbox, mailbox } from "./support/mailbox.ts";
import { breakAndMend, isGreen } from "./support/proofs.ts";
import { openProcessor } from "./support/processors.ts";
import { drain } from "./support/worker.ts";

let here: Cast;
let box: Mailbox;

const green = (proof: proofs.ProofName) => isGreen(here.test, proof);
const control = (proof: proofs.ProofName, breaking: string, mending: string) =>
  breakAndMend(here.test, proof, breaking, mending);

Deno.test.beforeAll(async () => {
  here = await cast();
  box = await mailbox();
  const { alice, visitor, test } = here;
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  await test.db.owner`update provider set land = 'HH'`;
  // An installation in order: policy in force, interests weighed, stores placed, agreements accepted.
  await alice.post("/operator/policy");
  await alice.post("/operator/policy/1/proposal");
  const mails = await box.collect(test, "dsb@example.org");
  await visitor.post(linkIn(mails.at(-1)!, "policy-approvals"), { read: "on" });
  await alice.post("/operator/policy/1/publication", { takesEffectOn: today() });
  for (let i = 0; i < 2; i++) {
    await enqueue(test.db.app, "enforce_policy", null, {});
    await drain(test, { smtpUrl: box.smtpUrl });
  }
});

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await box.close();
});

Deno.test("every clause has a proof, or is shown as not proven yet", async () => {
  const states = await proofs.list(here.test.db.app);
  const proven = new Set(states.flatMap(({ clauses }) => clauses));
  const without = clauses.filter((number) => !proven.has(number));
  // Information duties and rights that are words, not states of the system.
  deepEqual(without, ["3.4", "3.5", "3.6", "3.7", "5.3", "6.8", "6.10"]);
  for (const { proof, built } of states) {
    if (!built) equal(await proofs.run(here.test.db.app, proof), null, proof);
  }
});

Deno.test("1.1 sees a column that is in no map", () =>
  control(
    "mapped_columns",
    "alter table tags add column stray text",
    "alter table tags drop column stray",
  ));

Deno.test("1.2, 8.1 sees a published text that was changed outside the application", () =>
  control(
    "policy_text",
    `alter table policies disable trigger keep;
     update policies set sha256 = repeat('0', 64) || sha256`,
    "update policies set sha256 = substr(sha256, 65); alter table policies enable trigger keep",
  ));

Deno.test("1.2, 3.1, 4.2 sees a processor that the version in force does not name", () =>
  control(
    "policy_facts",
    `insert into processors (id, name, service_de, service_en, data_categories, created_at, updated_at)
     values ('${newId()}', 'Heimlich GmbH', 'Dienst', 'Service', '{}', now(), now())`,
    "delete from processors where name = 'Heimlich GmbH'",
  ));

Deno.test("2.1 sees what is missing, and what the version in force says of the provider no more", async () => {
  const set = (street: string) => `update provider set street = '${street}'`;
  for (const street of ["", "Umzugsweg 7"]) {
    await control("provider_complete", set(street), set("Hafenstraße 1"));
  }
  const reached = (address: string) => `update provider set dpo_email = '${address}'`;
  await control("provider_complete", reached("neu@neu.example"), reached("dsb@example.org"));
});

Deno.test("2.2 sees an officer whose server takes no mail, and none for too long", async () => {
  const { test } = here;
  equal(await green("officer_reached"), false, "nothing was sent yet");
  await enqueue(test.db.app, "prove_clauses", null, { proof: "mapped_columns" });
  await drain(test, { smtpUrl: box.smtpUrl });
  await enqueue(test.db.app, "prove_clauses", null, { proof: "officer_reached" });
  await drain(test, { smtpUrl: box.smtpUrl });
  const probes = await box.collect(test, "dsb@example.org");
  ok(probes.some(({ subject }) => subject === "Prüfung Ihrer Erreichbarkeit"));
  await control(
    "officer_reached",
    "update officer_probes set status = 'bounced'",
    "update officer_probes set status = 'sent'",
  );
  setOffset("P36D");
  equal(await green("officer_reached"), false);
  setOffset(undefined);
});

Deno.test("2.3 sees a customer without a processing agreement", async () => {
  const { alice, charlie } = here;
  equal(await green("agreements_accepted"), false);
  await alice.post("/settings/agreement", { name: "Alice Ahrens" });
  equal(await green("agreements_accepted"), false, "one of two is not enough");
  await charlie.post("/settings/agreement", { name: "Charlie Conrad" });
  equal(await green("agreements_accepted"), true);
});

Deno.test("3.1 sees a password that is no hash, and a field that the policy does not know", async () => {
  const id = newId();
  await control(
    "user_data",
    `insert into identities (id, email, name, password_hash, created_at)
     values ('${id}', '${id}@example.org', 'Klartext', 'geheim', now())`,
    `delete from identities where id = '${id}'`,
  );
  await control(
    "user_data",
    "alter table identities add column shoe_size int",
    "alter table identities drop column shoe_size",
  );
});

Deno.test("3.1 sees an uncut address after its days, and a check that sees nothing", async () => {
  const { test } = here;
  await enqueue(test.db.app, "rotate_logs", null, {});
  const dataDir = await Deno.makeTempDir();
  await Deno.mkdir(`${dataDir}/logs`);
  await drain(test, { dataDir });
  await Deno.remove(dataDir, { recursive: true });
  const [run] = await test.db.app`select whole, control from log_runs order by at desc limit 1`;
  deepEqual([run!.whole, run!.control], [0, true]);
  for (const [column, broken, sound] of [["whole", "1", "0"], ["control", "false", "true"]]) {
    const set = (value: string) => `update log_runs set ${column} = ${value}`;
    await control("addresses_shortened", set(broken!), set(sound!));
  }
  await control(
    "addresses_shortened",
    "update sessions set ip = '203.0.113.77', created_at = created_at - interval '9 days'",
    "update sessions set ip = '203.0.113.0', created_at = created_at + interval '9 days'",
  );
  setOffset("P3D");
  equal(await green("addresses_shortened"), false, "nobody looked for days");
  setOffset(undefined);
});

Deno.test("3.2 sees a mail for another purpose", () =>
  control(
    "purposes_declared",
    `alter table mails drop constraint mails_purpose_check;
     insert into mails (id, kind, purpose, recipient, subject, body_text, body_html, created_at)
     values ('${newId()}', 'x', 'advertising', 'x@example.org', '', '', '', now())`,
    `delete from mails where purpose = 'advertising';
     alter table mails add constraint mails_purpose_check
     check (purpose in ('provision', 'communication', 'security', 'legal'))`,
  ));

Deno.test("3.3 sees a legitimate interest without an assessment", async () => {
  const { alice, test } = here;
  equal(await green("interests_weighed"), false);
  const { activities } = await import("../db/balancing_tests.ts");
  for (const activity of activities()) {
    await alice.post("/operator/records", {
      activity,
      interest: "a",
      necessity: "b",
      balance: "c",
      reviewer: "Dora",
      reviewedOn: today(),
    });
  }
  await control(
    "interests_weighed",
    "update balancing_tests set reviewed_on = reviewed_on - 400",
    "update balancing_tests set reviewed_on = reviewed_on + 400",
  );
  ok(test);
});

Deno.test("5.2 sees a contract that ended and was not erased, a row that was left, a step that is late", async () => {
  const { tenantId } = here.charlie;
  await control(
    "contracts_erased",
    `update tenants set contract_ends_on = current_date - 10 where id = '${tenantId}'`,
    `update tenants set contract_ends_on = null where id = '${tenantId}'`,
  );
  const id = newId();
  const erasure = (house: string, ended: number) =>
    `insert into tenant_erasures (id, house, name, locale, contract_ended_on, canary, started_at)
     values ('${id}', '${house}', '', 'de', current_date - ${ended}, '', now())`;
  const mending = `delete from tenant_erasures where id = '${id}'`;
  await control("contracts_erased", erasure(newId(), 2), mending);
  // As if it had been erased: every row of it is one too many.
  await control(
    "contracts_erased",
    `${erasure(tenantId, 0)};
     insert into tenant_erasure_steps (erasure_id, step, state) values ('${id}', 'live', 'done')`,
    mending,
  );
});

Deno.test("4.1 sees a store without a place, and none outside the EEA can be set", async () => {
  const { alice } = here;
  const places = { database: "DE", files: "DE", logs: "DE", backups: "FR" };
  equal(await green("stores_located"), false);
  const refused = await alice.post("/operator/measures/stores", { ...places, logs: "US" });
  equal(refused.status, 422);
  match(await refused.text(), /Ziffer 4\.1 der Datenschutzerklärung/);
  equal((await alice.post("/operator/measures/stores", places)).status, 303);
  await control(
    "stores_located",
    "delete from stores where name = 'logs'",
    "insert into stores (name, country, updated_at) values ('logs', 'DE', now())",
  );
});

Deno.test("4.2 sees a processor in use without current evidence", async () => {
  const { owner } = here.test.db;
  equal(await green("processors_evident"), false, "IONOS is in use from the start, nothing shown");
  const id = await openProcessor(owner, [], "ionos");
  await control(
    "processors_evident",
    `update processor_evidence set dated_on = current_date - 366 where processor_id = '${id}'`,
    `update processor_evidence set dated_on = current_date where processor_id = '${id}'`,
  );
  await control(
    "processors_evident",
    `insert into sub_processors (processor_id, position, name, country) values ('${id}', 1, 'X', 'US')`,
    `delete from sub_processors where processor_id = '${id}'`,
  );
});

Deno.test("4.1 sees the location that IONOS reports, and that it has not been checked for days", async () => {
  const { owner } = here.test.db;
  const id = await openProcessor(owner, [], "ionos");
  await owner`
    insert into processor_connections (processor_id, settings, secrets, updated_at)
    values (${id}, '{}', '\\x00', ${now()})
  `;
  equal(await green("stores_located"), false, "connected, and never asked");
  const kinds = ["bucket_location", "database_location"];
  const passed = true;
  await checks.record(owner, id, kinds.map((kind) => ({ kind, passed, figures: {} })));
  await control(
    "stores_located",
    "update processor_checks set passed = false where kind = 'database_location'",
    "update processor_checks set passed = true",
  );
  await control(
    "stores_located",
    "update processor_checks set at = at - interval '3 days' where kind = 'bucket_location'",
    "update processor_checks set at = now()",
  );
  await owner`delete from processor_connections`;
});

Deno.test("4.3 sees a server that was contacted and is on no register, or outside the EEA", async () => {
  const id = await openProcessor(here.test.db.owner, [], "ionos");
  const row = (host: string, owner: string, named = false) => `
    insert into contacted_hosts (day, host, port, purpose, processor_id, answered, named_by_customer, last_at)
    values (current_date, '${host}', 443, 'provision', ${owner}, 1, ${named}, now())
  `;
  const away = "delete from contacted_hosts where port = 443";
  const { owner } = here.test.db;
  equal(await green("egress_closed"), false, "no process was ever started with a list");
  await egressHosts.notePermitted(owner, await egressHosts.list(owner));
  await owner`delete from page_looks`;
  equal(await green("egress_closed"), false, "no page was looked at");
  await here.visitor.get("/privacy");
  await control(
    "egress_closed",
    `insert into processor_hosts (processor_id, host, port) values ('${id}', 's3.example', 443)`,
    `delete from processor_hosts where processor_id = '${id}'`,
  );
  await control(
    "egress_closed",
    `update permitted_hosts set destinations =
       '[{"role": "egress", "purpose": "processor", "host": "api.stranger.example", "port": 443}]'`,
    "update permitted_hosts set destinations = '[]'",
  );
  await control("egress_closed", row("api.stranger.example", "null"), away);
  await here.test.db.owner.unsafe(row("s3.example", `'${id}'`));
  await control(
    "egress_closed",
    `update processors set processing_countries = '{US}' where id = '${id}'`,
    `update processors set processing_countries = '{DE}' where id = '${id}'`,
  );
  await here.test.db.owner.unsafe(row("imap.customer.example", "null", true));
  equal(
    await green("egress_closed"),
    true,
    "a customer's own mail server is the customer's choice",
  );
  await here.test.db.owner.unsafe(away);
  await control(
    "egress_closed",
    `insert into page_looks (route, day, looks, foreign_references)
     values ('/nowhere', current_date, 1, 1)`,
    "delete from page_looks where route = '/nowhere'",
  );
  await control(
    "egress_closed",
    "create table looks_kept as select * from page_looks; delete from page_looks",
    "insert into page_looks select * from looks_kept; drop table looks_kept",
  );
});

Deno.test("4.1, 5.2 sees copies that live too long, here, in the bucket and by what IONOS says", async () => {
  const { owner } = here.test.db;
  const place = (name: string, days: number, missing = 0, surplus = 0) => `
    insert into backup_places (place, copies, oldest_at, missing, surplus, at)
    values ('${name}', 14, now() - interval '${days} days', ${missing}, ${surplus}, now())
  `;
  const away = "delete from backup_places";
  equal(await green("copies_end"), true, "set up today: there is no backup yet");
  await control("copies_end", place("folder", 16), away);
  await control("copies_end", place("folder", 3, 1), away);
  await control("copies_end", place("folder", 3, 0, 1), away);
  await owner.unsafe(place("folder", 3));
  const id = await openProcessor(owner, [], "ionos");
  await owner`
    insert into processor_connections (processor_id, settings, secrets, updated_at)
    values (${id}, '{}', '\\x00', ${now()})
  `;
  equal(await green("copies_end"), false, "IONOS is connected, and was never asked");
  const kinds = ["bucket_versions", "bucket_uploads", "bucket_lock", "database_backups"];
  await checks.record(owner, id, kinds.map((kind) => ({ kind, passed: true, figures: {} })));
  for (const kind of kinds) {
    await control(
      "copies_end",
      `update processor_checks set passed = false where kind = '${kind}'`,
      `update processor_checks set passed = true where kind = '${kind}'`,
    );
  }
  await control(
    "copies_end",
    "update processor_checks set at = at - interval '3 days' where kind = 'bucket_versions'",
    "update processor_checks set at = now()",
  );
  // An installation that is no longer new: both places must have been checked.
  await control(
    "copies_end",
    "update provider set created_at = created_at - interval '9 days'",
    `${place("bucket", 3)}`,
  );
  await control(
    "copies_end",
    "update backup_places set at = now() - interval '3 days' where place = 'bucket'",
    "update backup_places set at = now()",
  );
  await control(
    "copies_end",
    "update backup_places set error_code = 'http_403' where place = 'bucket'",
    "update backup_places set error_code = null",
  );
  await owner`delete from processor_connections`;
  await owner.unsafe(away);
  await owner`update provider set created_at = created_at + interval '9 days'`;
});

for (const end of ["now() - interval '2 days'", "null"]) {
  Deno.test(`5.1 sees what is kept too long, in any tenant: erased ${end}`, () =>
    control(
      "nothing_overdue",
      `insert into contacts (tenant_id, id, last_name, source, source_channel, legal_basis, purpose,
         last_touch_at, created_at, updated_at, deleted_at, erase_after)
       values ('${here.charlie.tenantId}', '${newId()}', 'Überfällig', 'x', 'manual', 'contract',
         'sales', now(), now(), now(), now() - interval '40 days', ${end})`,
      "delete from contacts where last_name = 'Überfällig'",
    ));
}

Deno.test("6.7 sees a provider whose authority nobody can name", () =>
  control(
    "authority_named",
    "update provider set land = ''",
    "update provider set land = 'HH'",
  ));

/** While operators must have a second factor, and alice has none. */
async function demanding(work: () => Promise<void>): Promise<void> {
  const { owner } = here.test.db;
  await owner`update provider set operator_factors = true`;
  try {
    await work();
  } finally {
    await owner`update provider set operator_factors = false`;
  }
}

Deno.test("7.1 sees a tenant's table without protection", () =>
  demanding(() =>
    control(
      "measures_in_force",
      "alter table tags disable row level security",
      "alter table tags enable row level security",
    )
  ));

Deno.test("7.1 sees operators who need only a password", () =>
  demanding(() =>
    control(
      "measures_in_force",
      "update provider set operator_factors = false",
      "update provider set operator_factors = true",
    )
  ));

Deno.test("7.1 sees a certificate, headers and files that are not in order", () =>
  demanding(async () => {
    for (const name of ["tls", "content_policy", "file_encryption"]) {
      await control(
        "measures_in_force",
        `insert into measure_looks (name, day, passed, figures, at)
       values ('${name}', current_date, false, '{}', now())`,
        "delete from measure_looks",
      );
    }
  }));

Deno.test("7.2 sees measures that nobody worked on for half a year", async () => {
  equal(await green("measures_improved"), true);
  setOffset("P7M");
  equal(await green("measures_improved"), false);
  setOffset(undefined);
  const { alice } = here;
  const change = { measure: "tls", note: "TLS 1.3 allein", changedOn: today() };
  equal((await alice.post("/operator/measures", { ...change, note: "" })).status, 422);
  equal((await alice.post("/operator/measures", change)).status, 303);
  match(await text(await alice.get("/operator/measures")), /TLS 1\.3 allein/);
  const pdf = await alice.get("/operator/measures.pdf");
  ok(new TextDecoder("latin1").decode(await pdf.bytes()).includes("pdfaid:part>2<"));
});

for (const lost of ["'bounced'", "'queued', queued_at = now() - interval '8 days'"]) {
  Deno.test(`8.2 sees a person whose mail came back or was lost: ${lost}`, () => {
    const set = (status: string) =>
      `update policy_notices set status = ${status} where identity_id = '${here.bob.identityId}'`;
    return control("everyone_told", set(lost), set("'sent'"));
  });
}

Deno.test("8.2 sees a version that took effect before its days were over", async () => {
  const { owner } = here.test.db;
  const [earlier, known] = [newId(), await policies.current(here.test.db.app)];
  const id = known!.id;
  await owner`alter table policies disable trigger keep`;
  const [before] = await owner<{ publishedAt: Date | null; inForceAt: Date }[]>`
    select published_at, in_force_at from policies where id = ${id}
  `;
  const set = (number: number, publishedAt: Date | null, inForceAt: Date) =>
    owner`
      update policies
      set number = number + ${number}, published_at = ${publishedAt}, in_force_at = ${inForceAt}
      where id = ${id}
    `;
  const long = new Date(before!.inForceAt.getTime() - 40 * 86_400_000);
  await set(1, long, before!.inForceAt);
  await owner`
    insert into policies (
      id, number, status, content, sha256, created_at, approved_at, published_at, takes_effect_on,
      in_force_at, superseded_at
    )
    select ${earlier}, number - 1, 'superseded', content, sha256, created_at, approved_at,
      published_at, takes_effect_on, in_force_at, now()
    from policies
    where id = ${id}
  `;
  try {
    await control(
      "everyone_told",
      `update policies set published_at = in_force_at - interval '30 days' where id = '${id}'`,
      `update policies set published_at = in_force_at - interval '31 days' where id = '${id}'`,
    );
  } finally {
    await owner`delete from policies where id = ${earlier}`;
    await set(-1, before!.publishedAt, before!.inForceAt);
    await owner`alter table policies enable trigger keep`;
  }
});

Deno.test("8.2 sees a person who was never notified of the version in force", () =>
  control(
    "everyone_told",
    `create temporary table told as select * from policy_notices where identity_id = '${here.bob.identityId}';
     create table told_kept as select * from told;
     delete from policy_notices where identity_id = '${here.bob.identityId}'`,
    "insert into policy_notices select * from told_kept; drop table told_kept",
  ));

Deno.test("a red proof opens a task and is reported to the officer at once and every day, until it is green", async () => {
  const { test, alice } = here;
  const count = async () =>
    (await box.collect(test, "dsb@example.org"))
      .filter(({ subject }) => /Nachweis/.test(subject ?? "")).length;
  const prove = async () => {
    await enqueue(test.db.app, "prove_clauses", null, { proof: "authority_named" });
    await drain(test, { smtpUrl: box.smtpUrl });
  };
  // What earlier tests left open is not the matter here.
  await test.db.owner`delete from proof_alarms`;
  await prove();
  const before = await count();
  await test.db.owner`update provider set land = ''`;
  await prove();
  equal(await count(), before + 1);
  await prove();
  equal(await count(), before + 1, "not twice a day");
  match(await text(await alice.get("/operator/proofs")), /Offen seit/);
  setOffset("P1D");
  await prove();
  equal(await count(), before + 2);
  setOffset(undefined);
  await test.db.owner`update provider set land = 'HH'`;
  await prove();
  setOffset("P2D");
  await prove();
  equal(await count(), before + 2);
  setOffset(undefined);
});

Deno.test("the policy shows lamp, time and sentence per clause; figures only where the operator lets them", async () => {
  const { alice, visitor, test } = here;
  await test.db.owner`delete from proof_results where proof = 'mapped_columns'`;
  const never = await text(await alice.get("/operator/proofs/mapped_columns"));
  match(never, /Noch nie geprüft\. Die Prüfung läuft jede Nacht/);
  equal((await alice.post("/operator/proofs/mapped_columns/run")).status, 303);
  const shown = await text(await visitor.get("/privacy"));
  match(
    shown,
    /erfüllt Jede Spalte der Datenbank steht im Verzeichnis.* Zuletzt geprüft: .*Spalten \d/,
  );
  match(shown, /erfüllt Von beendeten Verträgen/);
  await alice.post("/operator/proofs", {});
  ok(!/Spalten \d/.test(await text(await visitor.get("/privacy"))));
  const { policy } = await (await visitor.get("/.well-known/privacy-policy.json")).json();
  equal(policy.proofs.find(({ id }: { id: string }) => id === "mapped_columns").state, "passed");
  ok(!("figures" in policy.proofs[0]));
  await alice.post("/operator/proofs", { figuresPublic: "on" });
  equal((await alice.get("/operator/proofs/mapped_columns")).status, 200);
  equal((await alice.get("/operator/proofs/no_such_proof")).status, 404);
});

Deno.test("a result that is two days old shows nothing any more", async () => {
  const { visitor, test } = here;
  await test.db.owner`
    update proof_results
    set at = ${new Date(now().getTime() - proofs.freshFor - 1)}
    where proof = 'mapped_columns'
  `;
  match(
    await text(await visitor.get("/privacy")),
    /noch nicht bewiesen Jede Spalte der Datenbank/,
  );
  ok(await policies.current(test.db.app));
  const { policy } = await (await visitor.get("/.well-known/privacy-policy.json")).json();
  const mapped = policy.proofs.find(({ id }: { id: string }) => id === "mapped_columns");
  equal(mapped.state, "not_yet_proven", "programs get the same");
});

Deno.test("every proof has a test that breaks what it checks and sees it red", async () => {
  const tests = (await sources()).filter(({ path }) => path.startsWith("tests/"));
  const broken = ({ text }: { text: string }, name: string) =>
    new RegExp(`(control|breakAndMend)\\([^"]*"${name}"|[gG]reen\\([^"]*"${name}"\\), false`)
      .test(text);
  const built = (await proofs.list(here.test.db.app)).filter((each) => each.built);
  equal(built.length, Object.keys(proofs.proofs).length, "every clause's engine is there");
  for (const { proof } of built) ok(tests.some((each) => broken(each, proof)), proof);
});

Deno.test("what a proof counts has its word in both languages", async () => {
  const { app } = here.test.db;
  for (const locale of ["de", "en"] as const) {
    const view = { t: translator(locale) } as View;
    for (const { proof, last } of await proofs.list(app)) {
      for (const name of Object.keys(last?.figures ?? {})) {
        if (locale === "de") notEqual(figureName(view, name), name, `${proof}: ${name}`);
        ok(figureName(view, name), `${proof}: ${name}`);
      }
    }
  }
});
