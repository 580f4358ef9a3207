/** Cases keep their rules, whoever works on them: steps, four eyes, the clock, the chain. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import * as clocks from "../db/case_clocks.ts";
import * as events from "../db/case_events.ts";
import * as evidence from "../db/case_evidence.ts";
import * as items from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { providerId } from "../db/controllers.ts";
import { newId } from "../db/ids.ts";
import type { Right } from "../db/letters.ts";
import * as orders from "../db/officer_cases.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { cast, type Person } from "./support/cast.ts";
import { drain } from "./support/worker.ts";
import { database, secretKey } from "./support/db.ts";

const officer = { kind: "officer", id: null } as const;
const system_ = { kind: "system", id: null } as const;
const user = (person: Person) => ({ kind: "user", id: person.userId }) as const;

const input = (rights: Right[], more: Partial<cases.CaseInput> = {}): cases.CaseInput => ({
  id: newId(),
  channel: "form",
  language: "de",
  personName: "Petra Person",
  personEmail: "petra@example.org",
  personAddress: "",
  body: "Bitte.",
  claims: rights.map((right) => ({ right, sentence: "" })),
  ...more,
});

async function made(scope: Scope, rights: Right[], more: Partial<cases.CaseInput> = {}) {
  const found = await cases.create(scope, secretKey, input(rights, more), system_);
  return { found: found!, items: await items.list(scope, found!.id) };
}

/** A Scope whose request happens at another time. */
async function at<T>(person: Person, iso: string, work: (scope: Scope) => Promise<T>): Promise<T> {
  const { app } = await database();
  const { tenantId, userId } = person;
  const actor = { kind: "user", userId } as const;
  return await withScope(app, { tenantId, actor, now: new Date(iso) }, work);
}

Deno.test("a case has one deadline, an item per right and a number that reveals nothing", async () => {
  const { alice, charlie } = await cast();
  const { found, items: rights } = await at(
    alice,
    "2027-02-26T22:59:00Z",
    (scope) => made(scope, ["access", "erasure", "access"]),
  );
  deepEqual(rights.map(({ right, status }) => [right, status]), [
    ["access", "new"],
    ["erasure", "new"],
  ]);
  deepEqual([found.receivedOn, found.targetOn, found.unshiftedOn, found.dueOn], [
    "2027-02-26",
    "2027-03-18",
    "2027-03-26",
    "2027-03-30",
  ]);
  ok(/^DS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{2}$/.test(found.number));
  await charlie.scope(async (scope) => {
    await rejects(cases.find(scope, found.id), { name: "NotFound" });
    await rejects(items.find(scope, rights[0]!.id), { name: "NotFound" });
    equal(await cases.lookup(scope, found.number), null);
  });
});

Deno.test("only the provider sees its own cases, and it sees no tenant's", async () => {
  const { alice } = await cast();
  const { app } = await database();
  const own = await withScope(
    app,
    { tenantId: providerId, actor: system },
    (scope) => made(scope, ["access"]),
  );
  await alice.scope(async (scope) => {
    await rejects(cases.find(scope, own.found.id), { name: "NotFound" });
    const { found } = await made(scope, ["access"]);
    await withScope(app, { tenantId: providerId, actor: system }, async (provider) => {
      await rejects(cases.find(provider, found.id), { name: "NotFound" });
      ok(await cases.lookup(provider, own.found.number));
    });
  });
});

Deno.test("a form that is sent twice makes one case; another one of the person is linked", async () => {
  const { alice } = await cast();
  await alice.scope(async (scope) => {
    const first = input(["access"]);
    ok(await cases.create(scope, secretKey, first, system_));
    equal(await cases.create(scope, secretKey, first, system_), null);
    const again = await made(scope, ["erasure"], { personEmail: "PETRA@example.org" });
    equal(again.found.duplicateOf, first.id);
    equal((await made(scope, ["erasure"], { personEmail: "" })).found.duplicateOf, null);
    equal((await cases.find(scope, first.id)).status, "open");
  });
});

Deno.test("erasure needs two persons, or the officer", async () => {
  const { alice, bob } = await cast();
  const { found, items: [item] } = await alice.scope((scope) => made(scope, ["erasure"]));
  const approve = (person: Person) =>
    person.scope((scope) =>
      items.decide(scope, found.id, item!.id, { kind: "approve" }, user(person))
    );
  equal((await approve(alice)).status, "approval");
  await rejects(approve(alice), { code: "case.four_eyes" });
  equal((await approve(bob)).status, "execution");
  const other = await alice.scope((scope) => made(scope, ["erasure"]));
  const alone = await alice.scope((scope) =>
    items.decide(scope, other.found.id, other.items[0]!.id, { kind: "approve" }, officer)
  );
  equal(alone.status, "execution");
});

Deno.test("decisions on the page and by a link at once are made one after the other", async () => {
  const { alice, test } = await cast();
  const { found, items: [item] } = await alice.scope((scope) => made(scope, ["access"]));
  let link: Promise<string | undefined>;
  await alice.scope(async (scope) => {
    await clocks.lock(scope, found.id);
    const [{ pid }] = await scope.sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
    const waits = async () =>
      (await test.db.owner`
        select from pg_stat_activity a where ${pid}::int = any (pg_blocking_pids(a.pid))
      `).length > 0;
    link = alice.scope(async (other) => (await orders.describe(other, item!.id, true))?.state);
    link.catch(() => {});
    while (!await waits()) await new Promise((done) => setTimeout(done, 25));
    await items.decide(scope, found.id, item!.id, { kind: "move", to: "review" }, user(alice));
  });
  equal(await link!, String(item!.version + 1), "the link sees what the page has decided");
});

Deno.test("no refusal without reason and paragraph, none by one person alone", async () => {
  const { alice, bob } = await cast();
  const { found, items: [item] } = await alice.scope((scope) => made(scope, ["access"]));
  const refuse = (more: object, person = alice) =>
    person.scope((scope) =>
      items.decide(scope, found.id, item!.id, {
        kind: "refuse",
        ground: "no_match",
        paragraph: "Art. 11 DSGVO",
        reason: "Niemand gefunden",
        ...more,
      }, user(person))
    );
  await rejects(refuse({ reason: " " }), { code: "required", field: "reason" });
  await rejects(refuse({ paragraph: "" }), { code: "required", field: "paragraph" });
  equal((await refuse({})).status, "approval");
  await rejects(refuse({}, bob), { code: "case.step" });
  await bob.scope(async (scope) => {
    const by = user(bob);
    const ended = await items.decide(scope, found.id, item!.id, { kind: "approve" }, by);
    deepEqual([ended.status, ended.ground, ended.reason], [
      "refused",
      "no_match",
      "Niemand gefunden",
    ]);
    await rejects(items.decide(scope, found.id, item!.id, { kind: "approve" }, by), {
      code: "case.closed",
    });
    equal((await cases.find(scope, found.id)).status, "closed");
  });
});

Deno.test("a case closes with its last item, and its evidence ends with the third year", async () => {
  const { alice } = await cast();
  await at(alice, "2026-12-31T22:30:00Z", async (scope) => {
    const { found, items: [one, two] } = await made(scope, ["access", "portability"]);
    await items.decide(scope, found.id, one!.id, { kind: "approve" }, officer);
    await items.finish(scope, one!.id, { status: "no_data", proof: "sha256 00" });
    equal((await cases.find(scope, found.id)).status, "open");
    await items.decide(
      scope,
      found.id,
      two!.id,
      { kind: "withdraw", reason: "am Telefon" },
      officer,
    );
    const closed = await cases.find(scope, found.id);
    deepEqual([closed.status, closed.eraseAfter], ["closed", "2029-12-31"]);
    const { events: steps } = await events.list(scope, found.id);
    deepEqual(steps.map(({ action, toStatus }) => toStatus ?? action).reverse(), [
      "open",
      "new",
      "new",
      "execution",
      "proof",
      "no_data",
      "withdrawn",
      "closed",
    ]);
  });
});

Deno.test("an extension needs a reason and comes within the first month, once", async () => {
  const { alice } = await cast();
  const { found, items: [item] } = await at(
    alice,
    "2027-01-31T12:00:00Z",
    (scope) => made(scope, ["access"]),
  );
  const extend = (iso: string, reason = "Viele Ablagen") =>
    at(alice, iso, async (scope) => {
      await items.decide(scope, found.id, item!.id, { kind: "extend", reason }, officer);
      return await cases.find(scope, found.id);
    });
  await rejects(extend("2027-02-10T12:00:00Z", "  "), { code: "required" });
  await rejects(extend("2027-03-01T23:30:00Z"), { code: "case.extension_late" });
  const { unshiftedOn, dueOn } = await extend("2027-03-01T22:30:00Z");
  deepEqual([unshiftedOn, dueOn], ["2027-04-30", "2027-04-30"]);
  await rejects(extend("2027-03-01T22:40:00Z"), { code: "case.extended" });
});

Deno.test("a doubt about the identity stops the clock, its end lets it go on", async () => {
  const { alice } = await cast();
  const { found, items: [one, two] } = await at(
    alice,
    "2026-08-31T12:00:00Z",
    (scope) => made(scope, ["access", "erasure"]),
  );
  const decide = (iso: string, id: string, decision: items.Decision) =>
    at(alice, iso, (scope) => items.decide(scope, found.id, id, decision, officer));
  const doubt = { kind: "identity", reason: "Die Adresse ist eine andere" } as const;
  await decide("2026-09-10T12:00:00Z", one!.id, doubt);
  await decide("2026-09-11T12:00:00Z", two!.id, doubt);
  await decide("2026-09-15T12:00:00Z", one!.id, { kind: "identified", reason: "Anruf" });
  await at(alice, "2026-09-15T12:00:00Z", async (scope) => {
    const { pausedAt, pausedDays, dueOn } = await cases.find(scope, found.id);
    deepEqual([pausedAt, pausedDays, dueOn], [null, 5, "2026-10-05"]);
  });
});

Deno.test("days on which the deadline is paused use up no extension, before and after it resumes", async () => {
  const { alice } = await cast();
  const { found, items: [item] } = await at(
    alice,
    "2026-08-31T12:00:00Z",
    (scope) => made(scope, ["access"]),
  );
  const decide = (iso: string, decision: items.Decision) =>
    at(alice, iso, async (scope) => {
      await items.decide(scope, found.id, item!.id, decision, officer);
      return await cases.find(scope, found.id);
    });
  const extend = { kind: "extend", reason: "Viele Ablagen" } as const;
  await decide("2026-09-20T12:00:00Z", { kind: "identity", reason: "Eine andere Adresse" });
  // The first due day was 30 September; ten days of the month are left.
  const resting = await decide("2026-10-20T12:00:00Z", extend);
  deepEqual([resting.pausedDays, resting.dueOn], [0, "2026-11-30"]);
  const going = await decide("2026-10-25T12:00:00Z", { kind: "identified", reason: "Anruf" });
  deepEqual([going.pausedDays, going.dueOn], [35, "2027-01-04"]);
});

Deno.test("a clock that was stopped when its month was over already is not extended", async () => {
  const { alice } = await cast();
  const { found, items: [item] } = await at(
    alice,
    "2026-08-31T12:00:00Z",
    (scope) => made(scope, ["access"]),
  );
  const decide = (iso: string, decision: items.Decision) =>
    at(alice, iso, (scope) => items.decide(scope, found.id, item!.id, decision, officer));
  await decide("2026-10-01T12:00:00Z", { kind: "identity", reason: "Eine andere Adresse" });
  await rejects(decide("2026-10-02T12:00:00Z", { kind: "extend", reason: "Viele Ablagen" }), {
    code: "case.extension_late",
  });
});

Deno.test("the chain is intact, and reveals a step that was changed, moved or left out", async () => {
  const { alice } = await cast();
  const { owner, app } = await database();
  const { found, items: [item] } = await alice.scope((scope) => made(scope, ["access"]));
  await Promise.all(
    Array.from(
      { length: 8 },
      (_, n) =>
        alice.scope((scope) =>
          items.decide(scope, found.id, item!.id, { kind: "note", text: `Notiz ${n}` }, officer)
        ),
    ),
  );
  const verify = () => alice.scope(events.verify);
  equal(await verify(), null);
  equal((await alice.scope(events.head))?.seq, 10);
  const { tenantId } = alice;
  await owner`update case_events set reason = 'x' where tenant_id = ${tenantId} and seq = 5`;
  equal(await verify(), 5);
  await owner`update case_events set reason = 'x' where tenant_id = ${tenantId} and seq = 5`;
  await owner`delete from case_events where tenant_id = ${tenantId} and seq = 4`;
  equal(await verify(), 5);
  for (
    const statement of [
      "update case_events set reason = 'x'",
      "delete from case_events",
      "truncate case_events",
      "delete from cases",
      "delete from case_items",
    ]
  ) await rejects(app.unsafe(statement), { code: "42501" }, statement);
});

Deno.test("after its retention the case is deleted and the chain stays valid", async () => {
  const { alice } = await cast();
  const { owner, app } = await database();
  const old = await at(alice, "2020-03-01T12:00:00Z", async (scope) => {
    const { found, items: [item] } = await made(scope, ["access"]);
    await items.decide(scope, found.id, item!.id, { kind: "note", text: "Petra rief an" }, officer);
    await items.decide(scope, found.id, item!.id, { kind: "done" }, user(alice));
    return found.id;
  });
  const young = await alice.scope(async (scope) => (await made(scope, ["access"])).found.id);
  ok(await evidence.eraseExpired(app) >= 1);
  await alice.scope(async (scope) => {
    await rejects(cases.find(scope, old), { name: "NotFound" });
    ok(await cases.find(scope, young));
    equal(await events.verify(scope), null);
  });
  const left = await owner`
    select from case_events where tenant_id = ${alice.tenantId} and (reason <> '' or actor_id is not null)
  `;
  equal(left.length, 0);
  equal(clocks.evidenceEnd("2028-02-29"), "2031-12-31");
});

Deno.test("an approved right is passed to its job; what that cannot do is completed by hand", async () => {
  const { alice, test } = await cast();
  // Somebody is on record, but nothing is noted that could be corrected.
  const personEmail = `${newId()}@person.example`;
  await alice.post("/contacts/new", {
    ...{ origin: "customer", _anyway: "1", lastName: "Person", "emails.0.address": personEmail },
  });
  const { found, items: [item] } = await alice.scope((scope) =>
    made(scope, ["rectification"], { personEmail })
  );
  await alice.scope((scope) =>
    items.decide(scope, found.id, item!.id, { kind: "approve" }, user(alice))
  );
  ok((await drain(test)).done.includes("execute_right"));
  await alice.scope(async (scope) => {
    equal((await items.find(scope, item!.id)).status, "execution");
    equal((await items.claim(scope, item!.id))?.id, item!.id);
    equal(await items.claim(scope, newId()), null);
    await items.decide(scope, found.id, item!.id, { kind: "done" }, user(alice));
    equal(await items.claim(scope, item!.id), null);
  });
});
