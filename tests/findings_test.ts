/** Finding the person of a request: by every identifier, in every place, confirmed by somebody. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type * as candidates from "../db/candidates.ts";
import * as cases from "../db/cases.ts";
import { providerId } from "../db/controllers.ts";
import * as findings from "../db/findings.ts";
import { newId } from "../db/ids.ts";
import { system, withScope } from "../db/scope.ts";
import * as traces from "../db/traces.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { text } from "./support/html.ts";
import { contactOf } from "./support/messages.ts";
import { newMark, stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const by = { kind: "system", id: null } as const;

/** A request of the person in the stock of this mark. */
async function request(person: Person, mark: string, more: Partial<cases.CaseInput> = {}) {
  const id = newId();
  await person.scope((scope) =>
    cases.create(scope, secretKey, {
      id,
      channel: "form",
      language: "de",
      personName: `Petra ${mark} contact`,
      personEmail: `${mark.toUpperCase()}.contact@example.org`,
      personAddress: "",
      body: "Bitte löschen.",
      claims: [{ right: "erasure", sentence: "" }],
      ...more,
    }, by)
  );
  await drain(person.test);
  return id;
}

const found = async (person: Person, id: string) =>
  (await person.scope((scope) => findings.lookup(scope, id)))!;

Deno.test("a person is found by e-mail, phone, name and number, in this tenant alone", async () => {
  const { alice, charlie } = await cast();
  const mark = newMark();
  const other = newMark();
  const [hers] = [await stock(alice, mark), await stock(charlie, other)];
  await alice.test.db.owner`
    update contacts
    set customer_number = ${`K-${mark}`}, restricted_at = now(), restricted_reason = 'test'
    where tenant_id = ${alice.tenantId}
      and id = ${hers.contact}
  `;
  const id = await request(alice, mark);
  deepEqual((await found(alice, id)).candidates, [{ id: hers.contact, by: ["email"] }]);
  const reasons = async (terms: Partial<candidates.Terms>) => {
    const empty = { emails: [], phones: [], names: [], numbers: [] };
    await alice.scope((scope) => findings.ask(scope, id, { ...empty, ...terms }));
    await drain(alice.test);
    const { candidates } = await found(alice, id);
    return candidates.find((each) => each.id === hers.contact)?.by;
  };
  deepEqual(await reasons({ phones: ["040 123456"] }), ["phone"]);
  deepEqual(await reasons({ names: [`${mark.toUpperCase()} contact`] }), ["name"]);
  deepEqual(await reasons({ numbers: [`K-${mark}`], phones: ["040 123456"] }), ["number", "phone"]);
  deepEqual(await reasons({ names: ["Niemand Hier"] }), undefined);
  deepEqual(await reasons({ emails: [`${other}.contact@example.org`], names: [other] }), undefined);
  deepEqual((await found(alice, id)).hits, []);
  await charlie.scope(async (scope) => {
    await rejects(cases.find(scope, id), { name: "NotFound" });
    equal(await findings.lookup(scope, id), null);
  });
});

Deno.test("mentions in texts, files' names, imports and mails are listed beside the person", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const email = `${mark}.contact@example.org`;
  const { owner } = alice.test.db;
  const { tenantId } = alice;
  await owner`update companies set notes = ${`fragt nach ${email}`} where id = ${ids.company}`;
  await owner`
    update import_rows
    set cells = ${owner.json(["x", email.toUpperCase()])}
    where tenant_id = ${tenantId}
  `;
  await owner`
    update files
    set contact_id = null, company_id = ${ids.company}, name = ${`Vertrag ${email}.pdf`}
    where tenant_id = ${tenantId}
      and id = ${ids.file}
  `;
  await owner`delete from file_links where tenant_id = ${tenantId}`;
  const id = await request(alice, mark);
  const { hits, places } = await found(alice, id);
  const where = hits.map(({ table, columns }) => `${table}: ${columns.join(" ")}`);
  ok(where.includes("companies: notes"), where.join("; "));
  ok(where.includes("import_rows: cells"), where.join("; "));
  ok(where.some((each) => each.startsWith("files: name")), where.join("; "));
  ok(!hits.some(({ table }) => table === "emails"), "what hangs on the person is no mention");
  equal(places, traces.searched().length);
});

Deno.test("texts that name somebody on record by the last name alone are found; a stranger's are not", async () => {
  const { alice } = await cast();
  const { owner } = alice.test.db;
  const last = `Amsel${newMark().replace(/[^a-z]/gi, "")}`;
  const [first, second] = [newId(), newId()];
  for (const [id, notes] of [[first, `Rückruf an Frau ${last} nötig`], [second, `${last}weg 3`]]) {
    await owner`
      insert into companies (tenant_id, id, name, notes, source, last_touch_at, created_at, updated_at)
      values (${alice.tenantId}, ${id!}, 'Nachbar', ${notes!}, 'x', now(), now(), now())
    `;
  }
  const personEmail = `anna.${newId()}@example.org`;
  const search = async () => {
    const id = await request(alice, "", { personName: `Anna ${last}`, personEmail });
    const { hits } = await found(alice, id);
    return hits.filter(({ table }) => table === "companies").map(({ key }) => key.id);
  };
  deepEqual(await search(), [], "nobody of that name is on record");
  await contactOf(alice, { firstName: "Anna", lastName: last, "emails.0.address": personEmail });
  deepEqual(await search(), [first]);
});

Deno.test("a name with letters of any language is found however it is written in case", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const names = [`ÄRGER & Söhne ${mark}`, `Łódź ${mark} ÎLE`, `ΑΘΗΝΑ ${mark}`];
  for (const name of names) {
    await alice.test.db.owner`
      insert into tags (tenant_id, id, name, created_at)
      values (${alice.tenantId}, ${newId()}, ${name}, now())
    `;
  }
  const count = (words: string[]) =>
    alice.scope(async (scope) => (await traces.search(scope, words)).traces.length);
  equal(await count(names.map((name) => name.toLowerCase())), 3);
  equal(await count([`ärger & söhne ${mark}`.toUpperCase()]), 1);
  equal(await count(["αθηνα"]), 1);
  equal(await count([`arger & sohne ${mark}`, `100% ${mark}`]), 0);
});

Deno.test("a number with dots is found as a number, not in digits that stand apart", async () => {
  const { alice } = await cast();
  for (const name of ["Ruf 0407-654.321 an", "0 Teile, 4 von 07, 6 zu 54, 3 zu 21"]) {
    await alice.test.db.owner`
      insert into tags (tenant_id, id, name, created_at)
      values (${alice.tenantId}, ${newId()}, ${name}, now())
    `;
  }
  const rows = (words: string[]) =>
    alice.scope(async (scope) => {
      const { traces: all } = await traces.search(scope, words, { tables: ["tags"] });
      return all.length;
    });
  equal(await rows(["0407.654.321"]), 1);
  equal(await rows(["0407654321"]), 1);
});

Deno.test("an admin confirms who is meant on a page; an outdated list is refused", async () => {
  const { alice, bob, charlie } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const id = await request(alice, mark);
  const page = `/settings/requests/${id}/findings`;
  match(await text(await alice.get(page)), /gefunden über E-Mail/);
  equal((await bob.get(page)).status, 403);
  equal((await charlie.get(page)).status, 404);
  match(await text(await alice.get(`/settings/requests/${id}`)), /Noch nicht bestätigt/);
  const { searchedAt } = await found(alice, id);
  const confirm = (fields: Record<string, string | string[]>) =>
    alice.post(`${page}/confirmation`, { searchedAt: searchedAt!.toISOString(), ...fields });
  equal((await confirm({ searchedAt: "yesterday", ids: ids.contact })).status, 422);
  const silent = await confirm({});
  equal(silent.status, 422, "nobody is meant only where that is ticked");
  match(await text(silent), /Kreuzen Sie an, wer gemeint ist/);
  equal((await confirm({ ids: ids.contact, nobody: "on" })).status, 422);
  equal((await confirm({ nobody: "on" })).status, 303);
  deepEqual(await alice.scope((scope) => findings.subjectOf(scope, id)), { state: "nobody" });
  match(
    await (await alice.get(page)).text(),
    /checked[^>]* name="nobody"|name="nobody"[^>]* checked/,
  );
  const stranger = newId();
  equal((await confirm({ ids: [ids.contact, stranger], hits: ["999", "x"] })).status, 303);
  const { confirmedIds, confirmedHits } = await found(alice, id);
  deepEqual([confirmedIds, confirmedHits], [[ids.contact], []]);
  deepEqual(await alice.scope((scope) => findings.subjectOf(scope, id)), {
    state: "known",
    ids: [ids.contact],
    hits: [],
  });
  equal((await alice.post(page, { emails: "", names: " ; " })).status, 422);
  equal((await alice.post(page, { emails: `${mark}@elsewhere.example` })).status, 303);
  await drain(alice.test);
  deepEqual(await alice.scope((scope) => findings.subjectOf(scope, id)), { state: "nobody" });
});

Deno.test("a list is not confirmed while somebody starts another search", async () => {
  const { alice, test } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const id = await request(alice, mark);
  const { searchedAt, terms } = await found(alice, id);
  let confirmed: Promise<void>;
  await alice.scope(async (scope) => {
    await findings.ask(scope, id, { ...terms, names: ["Somebody Else"] });
    const chosen = { searchedAt: searchedAt!.toISOString(), ids: [ids.contact!], hits: [] };
    confirmed = alice.scope((other) => findings.confirm(other, id, chosen, by));
    confirmed.catch(() => {});
    await isBlocked(test.db.owner, scope.sql);
  });
  await rejects(confirmed!, { code: "findings.changed" });
  equal((await found(alice, id)).confirmedAt, null);
});

Deno.test("only a proven, exact address identifies a person without confirmation by staff", async () => {
  const { alice } = await cast();
  const mark = newMark();
  const ids = await stock(alice, mark);
  const subjectOf = (id: string) => alice.scope((scope) => findings.subjectOf(scope, id));
  const id = await request(alice, mark);
  deepEqual(await subjectOf(id), { state: "unclear" });
  await alice.scope((scope) => cases.confirm(scope, id));
  deepEqual(await subjectOf(id), { state: "known", ids: [ids.contact], hits: [] });
  const byName = await request(alice, mark, { personEmail: "", personName: `${mark} contact` });
  await alice.scope((scope) => cases.confirm(scope, byName));
  deepEqual(await subjectOf(byName), { state: "unclear" });
});

Deno.test("the provider finds log-ins and lines of its logs, and no tenant's contact", async () => {
  const { alice, test } = await cast();
  const mark = newMark();
  await stock(alice, mark);
  const dataDir = await Deno.makeTempDir();
  await Deno.mkdir(`${dataDir}/logs`);
  await Deno.writeTextFile(
    `${dataDir}/logs/app-2026-11-26.jsonl`,
    `{"a":1}\n{"to":"${alice.email}"}\n{"to":"${alice.email.toUpperCase()}"}`,
  );
  const who = { tenantId: providerId, actor: system };
  const run = (personEmail: string) =>
    withScope(test.db.app, who, async (scope) => {
      const id = newId();
      await cases.create(scope, secretKey, {
        id,
        channel: "form",
        language: "de",
        personName: "",
        personEmail,
        personAddress: "",
        body: "",
        claims: [],
      }, by);
      await findings.search(scope, id, dataDir);
      return (await findings.lookup(scope, id))!;
    });
  const own = await run(alice.email);
  deepEqual(own.candidates, [{ id: alice.identityId, by: ["email"] }]);
  deepEqual(own.hits.filter(({ table }) => table === "logs").map(({ lines }) => lines), [2]);
  const foreign = await run(`${mark}.contact@example.org`);
  deepEqual([foreign.candidates, foreign.hits], [[], []]);
  await Deno.remove(dataDir, { recursive: true });
});
