/** Erasure of a person: nothing is left, what the law keeps ends by itself, and a certificate proves it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as packages from "../db/access_packages.ts";
import * as caseEvidence from "../db/case_evidence.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { check } from "../db/certificate_checks.ts";
import * as certificates from "../db/certificates.ts";
import type { Config } from "../db/config.ts";
import * as erasurePreviews from "../db/erasure_previews.ts";
import { objectOf } from "../db/files.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import * as ledger from "../db/ledger.ts";
import { replay } from "../db/ledger_replays.ts";
import type { Right } from "../db/letters.ts";
import { today } from "../db/clock.ts";
import * as officers from "../db/officers.ts";
import * as restrictions from "../db/restrictions.ts";
import * as retainedPersons from "../db/retained_persons.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { signingKey } from "../db/signing_keys.ts";
import * as traces from "../db/traces.ts";
import * as vault from "../db/vault.ts";
import { Client, errors } from "./support/app.ts";
import { plant } from "./support/canaries.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { merge } from "./support/merging.ts";
import { link, post } from "./support/officers.ts";
import { newMark, type Stock, stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const officer = { kind: "officer", id: null } as const;

/** A request of the person of a stock, approved by the officer; its id and the erasure's item. */
async function request(
  person: Person,
  mark: string,
  rights: Right[] = ["erasure"],
  config: Partial<Config> = {},
) {
  const id = newId();
  await person.scope((scope) =>
    cases.create(scope, secretKey, {
      id,
      channel: "form",
      language: "de",
      personName: `Petra ${mark}`,
      personEmail: `${mark}.contact@example.org`,
      personAddress: `${mark} street`,
      body: `${mark} body`,
      claims: rights.map((right) => ({ right, sentence: `${mark} sentence` })),
    }, { kind: "system", id: null })
  );
  await drain(person.test, config);
  return id;
}

async function approve(person: Person, id: string, right: Right = "erasure") {
  await person.scope(async (scope) => {
    const item = (await caseItems.list(scope, id)).find((each) => each.right === right)!;
    await caseItems.decide(scope, id, item.id, { kind: "approve" }, officer);
  });
  const { failed } = await drain(person.test);
  deepEqual(failed, [], Deno.inspect(errors.splice(0), { depth: 6 }).slice(0, 3_000));
}

const statusOf = async (person: Person, id: string, right: Right = "erasure") =>
  (await person.scope((scope) => caseItems.list(scope, id)))
    .find((each) => each.right === right)!.status;

/** Every table of the tenant that contains a word, evidence of requests left out. */
const where = (person: Person, word: string) =>
  person.scope(async (scope) =>
    (await traces.search(scope, [word])).traces
      .map(({ table, columns }) => `${table}.${columns.join("+")}`)
  );

/** Gives the person a word of their own: last name, address, and every column that takes one. */
async function marked({ tenantId, test, scope }: Person, ids: Stock, old: string, mark: string) {
  const { owner } = test.db;
  const name = () =>
    owner`
      update contacts
      set last_name = ${mark}, first_name = '', name_prefix = ''
      where tenant_id = ${tenantId}
        and id = ${ids.contact}
    `;
  const [from, to] = [`${old}.contact@example.org`, `${mark}.contact@example.org`];
  await name();
  await owner`update emails set address = ${to} where tenant_id = ${tenantId} and address = ${from}`;
  await owner`update mails set recipient = ${to} where id = ${ids.mail}`;
  const person = await scope((scope) => packages.findPerson(scope, ids.contact));
  const words = await plant(owner, tenantId, person, mark);
  // The person is in rows of others by that name, too.
  await name();
  return words;
}

Deno.test("nothing is left of a person in any mapped column or file, and everything of a stranger", async () => {
  const { alice, bob, charlie } = await cast();
  const [old, mark, other, foreign] = [newMark(), newMark(), newMark(), newMark()];
  const ids = await stock(alice, old);
  await stock(bob, other);
  await stock(charlie, foreign);
  const words = await marked(alice, ids, old, mark);
  // A webhook receiver gets an identifier alone: that is no trace of the person.
  await alice.test.db.owner`update webhooks set kinds = '{contact}' where id = ${ids.webhook}`;
  ok(words.length >= 40, `only ${words.length} words were planted`);
  const [strangers, foreigners] = [await where(bob, other), await where(charlie, foreign)];
  const before = await where(alice, mark);
  const [object] = await alice.test.db.owner<{ id: string }[]>`
    select object_id as id
    from files
    where id = ${ids.file}
  `;
  ok(before.length >= 15, before.join(" "));
  const id = await request(alice, mark);
  await approve(alice, id);
  equal(await statusOf(alice, id), "done");
  const { owner } = alice.test.db;
  const [contact] = await owner`select id from contacts where id = ${ids.contact}`;
  equal(contact, undefined);
  // The action is our own text, into which only the test puts a name.
  deepEqual(await where(alice, mark), ["changes.action"]);
  const file = await alice.scope((scope) => Promise.resolve(objectOf(scope.tenantId, object!.id)));
  equal(await vault.exists(alice.test.services.config, file), false);
  deepEqual(await where(bob, other), strangers);
  deepEqual(await where(charlie, foreign), foreigners);
  // A day later the request itself names nobody.
  await owner`update cases set closed_at = closed_at - interval '2 days' where id = ${id}`;
  await caseEvidence.maskClosed(alice.test.db.app);
  ok(await caseEvidence.maskErased(alice.test.db.app) >= 1);
  const [left] = await owner`
    select count(*)::int as n
    from cases c
    left join case_items i on i.case_id = c.id
    left join case_findings f on f.case_id = c.id
    where c.id = ${id}
      and concat(c::text, i::text, f::text) like ${`%${mark}%`}
  `;
  equal(left!.n, 0);
});

Deno.test("what is shared with others stays for them, without the person", async () => {
  const { alice, bob } = await cast();
  const [mark, other] = [newMark(), newMark()];
  const [ids, theirs] = [await stock(alice, mark), await stock(bob, other)];
  const { owner } = alice.test.db;
  const email = `${mark}.contact@example.org`;
  await owner`
    update messages
    set body_text = ${`An ${email} und ${other}: ${mark} contact kommt.`}
    where id = ${ids.message}
  `;
  await owner`insert into message_links ${
    owner({
      tenantId: alice.tenantId,
      id: newId(),
      messageId: ids.message,
      contactId: theirs.contact,
      at: new Date("2026-11-01T00:00:00Z"),
    })
  }`;
  await owner`update companies set notes = ${`Chefin: ${email}`} where id = ${ids.company}`;
  const id = await request(alice, mark);
  await alice.scope(async (scope) => {
    const { searchedAt, hits } = (await findings.lookup(scope, id))!;
    const place = hits.findIndex(({ table }) => table === "companies");
    await findings.confirm(scope, id, {
      searchedAt: searchedAt!.toISOString(),
      ids: [ids.contact],
      hits: [place],
    }, { kind: "user", id: alice.userId });
  });
  await approve(alice, id);
  equal(await statusOf(alice, id), "done");
  const [message] = await owner`select body_text from messages where id = ${ids.message}`;
  equal(message!.bodyText, `An █████ und ${other}: █████ kommt.`);
  const [company] = await owner`select notes, search from companies where id = ${ids.company}`;
  equal(company!.notes, "Chefin: █████");
  ok(!company!.search.includes(email));
  const barred = await owner`
    select reason
    from suppressions
    where tenant_id = ${alice.tenantId}
      and reason = 'erasure'
  `;
  ok(barred.length >= 1);
});

Deno.test("the phone number of somebody erased is found however it is written, and nobody else's", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const { owner } = alice.test.db;
  await owner`update phones set number = '+49407193264' where contact_id = ${ids.contact}`;
  const theirs = [
    ...["+49407193264", "+49 40 7193264", "+49 (0)40 719 32 64", "0049-40-7193264"],
    ...["(040) 719-32-64", "040 / 719 32 64", "040.719.3264", "040\u00a07193\u2013264"],
  ];
  const others = [
    "040 7193265",
    "1040 719 32 64",
    "040 71932641",
    "03.04.2026, 719.32",
    "+43 407193264",
  ];
  const notes = (words: string[]) => words.map((each) => `Tel. ${each};`).join("\n");
  const [company] = await owner`
    update companies
    set notes = ${notes([...theirs, ...others])}
    where id = ${ids.company}
    returning id
  `;
  const id = await request(alice, mark);
  await approve(alice, id);
  equal(await statusOf(alice, id), "done");
  const [left] = await owner`select notes from companies where id = ${company!.id}`;
  equal(left!.notes, notes([...theirs.map(() => "█████"), ...others]));
});

Deno.test("no draft, and no undo of an import or a merge, keeps the address of somebody erased", async () => {
  const { alice, bob } = await cast();
  const [mark, other] = [newMark(), newMark()];
  await stock(alice, mark);
  const theirs = await stock(bob, other);
  const { owner } = alice.test.db;
  const { tenantId } = alice;
  const said = `Vertretung: ${mark}.contact@example.org`;
  const drafts = await owner`
    update outgoing_messages
    set draft = jsonb_build_object('bodyText', ${said}::text)
    where tenant_id = ${tenantId}
      and draft::text like ${`%${other}%`}
    returning message_id
  `;
  await owner`
    update import_updates
    set before = jsonb_build_object('texts', jsonb_build_object('notes', ${said}::text))
    where tenant_id = ${tenantId}
      and contact_id = ${theirs.contact}
  `;
  await owner`
    update merge_rows
    set before = jsonb_build_object('notes', ${said}::text)
    where tenant_id = ${tenantId}
      and merge_id in (select m.id from merges m where m.contact_id = ${theirs.contact})
  `;
  const held = ["import_updates.before", "merge_rows.before", "outgoing_messages.draft"];
  const places = async () => [...new Set(await where(alice, said))].sort();
  deepEqual([drafts.length > 0, await places()], [true, held]);
  const id = await request(alice, mark);
  await approve(alice, id);
  equal(await statusOf(alice, id), "done");
  deepEqual(await places(), []);
  const [kept] = await owner`
    select before from import_updates where tenant_id = ${tenantId} and contact_id = ${theirs.contact}
  `;
  equal(kept!.before.texts.notes, "Vertretung: █████");
});

Deno.test("no undo of a company's merge keeps the role of somebody erased, nor does a backup", async () => {
  const { alice } = await cast();
  const { tenantId, test: { db: { owner } } } = alice;
  const mark = newMark();
  const ids = await stock(alice, mark);
  const other = idOf(
    await alice.post("/contacts/new", { origin: "card", lastName: "Bleibt", _anyway: "1" }),
  );
  const companies: string[] = [];
  for (const name of ["Kern Bau", "Kern Holz"]) {
    companies.push(idOf(await alice.post("/companies/new", { name, _anyway: "1" })));
  }
  const role = `Polier ${newId()}`;
  await owner`insert into affiliations ${
    owner([ids.contact!, other].flatMap((contactId) =>
      companies.map((companyId, at) => ({
        ...{ tenantId, id: newId(), contactId, companyId },
        role: at === 0 ? "" : `${role} ${contactId === other ? "B" : "A"}`,
      }))
    ))
  }`;
  // Somebody else's role beside it, to be put back as it was.
  await owner`insert into affiliations ${
    owner({
      tenantId,
      id: newId(),
      contactId: ids.contact,
      companyId: companies[1],
      role: `${role} C`,
    })
  }`;
  const merged = await merge(alice, "company", companies);
  const rows = async () =>
    (await owner<{ text: string }[]>`
      select t::text as text from merge_rows t where merge_id = ${merged} and t::text like ${`%${role}%`}
    `).map(({ text }) => text.match(/Polier [^ ]+ ([ABC])/)![1]!);
  const before = await rows();
  const kept = await owner`select * from merge_rows where merge_id = ${merged}`;
  deepEqual([...new Set(before)].sort(), ["A", "B", "C"]);
  const { config } = alice.test.services;
  const head = await ledger.head(config.dataDir);
  const id = await request(alice, mark);
  await approve(alice, id);
  equal(await statusOf(alice, id), "done");
  deepEqual([...new Set(await rows())], ["B"]);
  // What an earlier backup brings back is erased again.
  await owner`delete from merge_rows where merge_id = ${merged}`;
  await owner`insert into merge_rows ${owner(kept as never)}`;
  await owner.begin((sql) => replay(sql, config, head?.seq));
  deepEqual([...new Set(await rows())], ["B"]);
  equal((await alice.post(`/merges/${merged}/undo`)).status, 303);
});

Deno.test("the certificate is genuine, counts, and its search found what was planted", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const { company } = await stock(alice, mark);
  // An address is the person's wherever it is, confirmed or not.
  await alice.test.db.owner`
    update companies
    set notes = ${`Chefin: ${mark.toUpperCase()}.contact@example.org`}
    where id = ${company}
  `;
  const id = await request(alice, mark);
  const plan = await (await alice.get(`/settings/requests/${id}`)).text();
  match(plan, /Plan der Löschung/);
  match(plan, /Vorläufig/);
  await approve(alice, id);
  const [letter] = await alice.test.db.owner`
    select body_text, attachment_name
    from mails
    where tenant_id = ${alice.tenantId}
      and subject like '%Löschung erledigt%'
  `;
  match(letter!.bodyText, /Wir haben Ihre Daten gelöscht\./);
  match(letter!.bodyText, /Nur Ihr Antrag selbst bleibt als Nachweis/);
  match(letter!.attachmentName, /^DS-/);
  const certificate = await alice.scope(async (scope) => {
    const [entry] = await certificates.listOf(scope, id);
    return await certificates.find(scope, secretKey, entry!.id);
  });
  const text = JSON.stringify(certificate);
  ok(!text.includes(mark), "a certificate names nobody");
  const found = await check(text, [(await signingKey(secretKey)).publicJwk]);
  ok(found.genuine && found.known);
  const { search, stores, ledger } = found.content;
  ok(search.before > 0 && search.after === 0);
  deepEqual(search.control, { planted: 3, found: 3 });
  ok(stores[0]!.before! > 5);
  ok(ledger!.seq > 0);
  const page = await alice.get(`/settings/requests/${id}`);
  match(await page.text(), new RegExp(`/settings/certificates/${certificate.certificate.id}.pdf`));
});

Deno.test("who approves by mail is shown what will be erased, and that the address is not proven yet", async () => {
  const { alice, test } = await cast();
  const [mark, email] = [newMark(), `dsb.${newId()}@example.org`];
  const { company } = await stock(alice, mark);
  await alice.test.db
    .owner`update companies set notes = ${`Petra ${mark}`} where id = ${company}`;
  const present = { name: "Dr. Kern", email, language: "de" } as const;
  const nobody = { deputyName: "", deputyEmail: "", awayFrom: null, awayUntil: null };
  await alice.scope((scope) => officers.update(scope, { ...present, ...nobody }));
  const box = await mailbox();
  const id = await request(alice, mark, ["erasure"], { smtpUrl: box.smtpUrl });
  const { number } = await alice.scope((scope) => cases.find(scope, id));
  const [letter] = await post(test, box, email, number);
  match(letter!.text!, /an \d+ Stellen? genannt,.* ein bloßer Name bleibt/s);
  match(letter!.text!, /Adresse noch nicht bestätigt. Mit der Freigabe .* endgültig gelöscht/s);
  ok(!letter!.text!.includes("PERSON"), "nobody asks who is meant: nobody else has the address");
  const page = async () => await text(await new Client(test).get(link(letter!, "Freigeben")));
  match(await page(), /Plan der Löschung.*Stellen? genannt/s);
  match(await page(), /stehen Sie dafür ein, dass der Antrag von ihr kommt/);
  match(await page(), new RegExp(`${mark}\\.contact@example\\.org \\(nicht bestätigt\\)`));
  await alice.scope((scope) => cases.confirm(scope, id));
  const proven = await page();
  match(proven, /\(bestätigt\)/);
  ok(!proven.includes("stehen Sie dafür ein"));
  await box.close();
});

Deno.test("an erasure killed at its start, before its end and before its certificate is done once", async () => {
  const { alice } = await cast();
  const { test, tenantId } = alice;
  const mark = newMark();
  const { contact } = await stock(alice, mark);
  const id = await request(alice, mark);
  const itemId = await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, item!.id, { kind: "approve" }, officer);
    return item!.id;
  });
  const there = async () =>
    (await test.db.owner`select from contacts where id = ${contact}`).length === 1;
  const { dataDir } = test.services.config;
  const payload = JSON.stringify({ tenantId, caseId: id, itemId });
  for (
    const [statement, left] of [
      ["insert into suppressions", true],
      ["insert into erasures", true],
      ["insert into certificates", false],
    ] as const
  ) {
    const { signal, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-remote", "--no-check", "--quiet", "tests/support/executing.ts"],
        ...[dataDir, test.db.appUrl, secretKey, payload, statement],
      ],
      stdin: "null",
    }).output();
    equal(signal, "SIGKILL", statement + new TextDecoder().decode(stderr));
    equal(await there(), left, "all of it or nothing");
  }
  deepEqual((await drain(test)).failed, []);
  equal(await statusOf(alice, id), "done");
  deepEqual(await where(alice, `${mark}.contact@example.org`), []);
  equal((await alice.scope((scope) => certificates.listOf(scope, id))).length, 1);
  const [row] = await test.db.owner`
    select count(*)::int as erased
    from case_events
    where item_id = ${itemId}
      and action = 'erased'
  `;
  equal(row!.erased, 1);
  const mails = await test.db.owner`
    select from mails
    where tenant_id = ${tenantId}
      and subject like '%Löschung erledigt%'
  `;
  equal(mails.length, 1, "reported once");
});

Deno.test("commercial letters stay restricted for six years, then they go by themselves", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const { owner } = alice.test.db;
  const { tenantId } = alice;
  const won = await owner<{ id: string; pipelineId: string }[]>`
    select id, pipeline_id
    from stages
    where tenant_id = ${tenantId}
      and kind = 'won'
  `;
  equal(won.length > 0, true);
  await owner`
    update deals
    set pipeline_id = ${won[0]!.pipelineId}, stage_id = ${won[0]!.id}, status = 'won',
      closed_at = coalesce(closed_at, now())
    where id = ${ids.deal}
  `;
  await owner`insert into message_links ${
    owner({ tenantId, id: newId(), messageId: ids.message, dealId: ids.deal, at: new Date(0) })
  } on conflict do nothing`;
  await owner`
    update messages
    set at = '2026-03-15T12:00:00Z', state = 'received', direction = 'in'
    where id = ${ids.message}
  `;
  await owner`insert into looks ${
    owner({ tenantId, contactId: ids.contact, day: "2026-11-01", userId: alice.userId })
  } on conflict do nothing`;
  const own = await put(alice, `/contacts/${ids.contact}`, fileOf(pdf(), "Lebenslauf.pdf"));
  const id = await request(alice, mark);
  await approve(alice, id);
  equal(await statusOf(alice, id), "partial");
  // What the law does not require is erased from a retained person too, and counted in the certificate.
  const left0 = await owner`
    select 'looks' as name from looks where contact_id = ${ids.contact}
    union all
    select 'rectifications' from rectifications where contact_id = ${ids.contact}
    union all
    select 'transmissions' from transmissions where contact_id = ${ids.contact}
    union all
    select 'due_records' from due_records where contact_id = ${ids.contact}
    union all
    select 'custom_values' from custom_values where contact_id = ${ids.contact}
  `;
  deepEqual(left0.map(({ name }) => name), []);
  const { certificate } = await alice.scope(async (scope) => {
    const [entry] = await certificates.listOf(scope, id);
    return await certificates.find(scope, secretKey, entry!.id);
  });
  const [database] = certificate.stores;
  const after = (name: string) => database!.parts!.find((part) => part.name === name)?.after;
  deepEqual([after("contacts"), after("emails"), after("messages")], [1, 0, 1]);
  equal((await owner`select from files where id = ${own}`).length, 0, "no law asks for that");
  for (const name of ["activity_links", "duplicate_pairs", "offers", "unsubscribe_links"]) {
    equal(after(name) ?? 0, 0, `${name}: nor for that`);
  }
  deepEqual(certificate.kept.map(({ name, count }) => [name, count]), [
    ["messages", 1],
    ["contacts", 1],
  ]);
  equal(database!.after, database!.parts!.reduce((sum, part) => sum + part.after, 0));
  const [contact] = await owner`
    select last_name, notes, restricted_reason, retain_until::text as until, retain_reason
    from contacts
    where id = ${ids.contact}
  `;
  deepEqual([contact!.notes, contact!.restrictedReason, contact!.until], [
    "",
    "retention",
    "2032-12-31",
  ]);
  match(contact!.retainReason, /§ 257/);
  equal((await alice.get(`/contacts/${ids.contact}`)).status, 404);
  equal((await alice.get(`/messages/${ids.message}`)).status, 404);
  // An earlier restriction ends with its own letter, which does not bring back an erased person.
  const [restriction] = await owner<{ itemId: string }[]>`
    update restrictions
    set lift_on = ${today()}, told_at = now() - interval '1 minute', lifted_at = null
    where contact_id = ${ids.contact}
    returning item_id
  `;
  await alice.scope(async (scope) => {
    const { itemId } = restriction!;
    const { caseId } = await caseItems.find(scope, itemId);
    await restrictions.lift(scope, { caseId, itemId }, officer);
  });
  equal((await alice.get(`/contacts/${ids.contact}`)).status, 404);
  const erase = (iso: string) =>
    withScope(
      alice.test.db.app,
      { tenantId, actor: system, now: new Date(iso) },
      (scope: Scope) => retainedPersons.erase(scope),
    );
  equal(await erase("2032-12-31T12:00:00Z"), 0);
  equal(await erase("2033-01-01T12:00:00Z"), 1);
  equal(await erase("2033-01-01T12:00:00Z"), 0);
  const left = await owner`
    select id from contacts where id = ${ids.contact}
    union all
    select id from messages where id = ${ids.message}
  `;
  equal(left.length, 0);
});

Deno.test("files that a noted duty keeps are named by the certificate, and counted as they are", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const { contact } = await stock(alice, mark);
  const { owner } = alice.test.db;
  await owner`
    update contacts
    set retain_until = '2099-12-31', retain_reason = '§ 147 AO'
    where id = ${contact}
  `;
  const id = await put(alice, `/contacts/${contact}`, fileOf(pdf(), "Rechnung.pdf"));
  const caseId = await request(alice, mark);
  const stays = (await alice.scope((scope) => erasurePreviews.find(scope, caseId)))!.plan.kept;
  await approve(alice, caseId);
  const { certificate: { kept, stores: [database, files] } } = await alice.scope(async (scope) => {
    const [entry] = await certificates.listOf(scope, caseId);
    return await certificates.find(scope, secretKey, entry!.id);
  });
  deepEqual(kept, stays, "what is certified is what was approved");
  const left = await owner<{ objectId: string }[]>`
    select object_id from files where contact_id = ${contact}
  `;
  equal(kept.find(({ name }) => name === "files")!.count, left.length);
  equal(database!.parts!.find(({ name }) => name === "files")!.after >= left.length, true);
  equal((await owner`select from files where id = ${id}`).length, 1);
  const { config } = alice.test.services;
  for (const { objectId } of left) {
    ok(await vault.exists(config, objectOf(alice.tenantId, objectId)), "its bytes are there");
  }
  equal(files!.after, 0);
});

Deno.test("erasure waits for the answer, and until it is settled who is meant", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const id = await request(alice, mark, ["access", "erasure"]);
  await approve(alice, id);
  equal(await statusOf(alice, id), "execution");
  await alice.scope(async (scope) => {
    const [access] = await caseItems.list(scope, id);
    await caseItems.decide(scope, id, access!.id, { kind: "done" }, officer);
  });
  await drain(alice.test);
  equal(await statusOf(alice, id), "done");
  const nobody = await request(alice, newMark());
  await approve(alice, nobody);
  equal(await statusOf(alice, nobody), "no_data");
  ok(ids.contact);
});
