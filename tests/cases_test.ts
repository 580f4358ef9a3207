/** Staff see the queue, enter letters by post, decide each right, and see every step. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { elapsed, today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import * as officers from "../db/officers.ts";
import { dayOf } from "../db/local_times.ts";
import { cast, type Person, person, tenant } from "./support/cast.ts";
import type { Fields } from "./support/app.ts";
import { idOf, text, values } from "./support/html.ts";

const here = await cast();
const { test, alice, bob, charlie } = here;
const { owner } = test.db;
const anna = await person(test, alice.tenantId, "Anna Admin", "admin");
const base = "/settings/requests";

async function enter(who: Person, more: Fields = {}, at = base) {
  const [id] = values(await (await who.get(`${at}/new`)).text(), "id");
  return await who.post(`${at}/new`, {
    id: id!,
    receivedOn: "2026-02-26",
    name: "Paul Post",
    rights: ["access", "erasure"],
    ...more,
  });
}

const itemsOf = (who: Person, caseId: string) =>
  who.scope((scope) => caseItems.list(scope, caseId));

/** Posts a decision as the page's form would send it. */
function decide(who: Person, item: caseItems.CaseItem, fields: Record<string, string>) {
  const prefix = `item_${item.id.slice(-12)}`;
  const named = { action: "", reason: "", paragraph: "", ground: "", ...fields };
  return who.post(`${base}/items/${item.id}/decision`, {
    version: String(item.version),
    ...Object.fromEntries(
      Object.entries(named).map(([name, value]) => [`${prefix}.${name}`, value]),
    ),
  });
}

Deno.test("a letter by post runs from its receipt, with three dates and the sentence why", async () => {
  const answer = await enter(alice, { receivedOn: "2026-01-31" });
  equal(answer.status, 303);
  const shown = await text(await alice.get(`${base}/${idOf(answer)}`));
  match(shown, /Unser Ziel 20\.02\.2026 Ohne Verschiebung 28\.02\.2026 Letzter Tag 02\.03\.2026/);
  match(
    shown,
    /31\.01\.2026 \+ 1 Monat = 28\.02\.2026 \(Monatsende\); Samstag, Sonntag → 02\.03\.2026\./,
  );
  match(shown, /Paul Post.*Post/);
});

Deno.test("the Land of the letterhead changes the deadline of later cases", async () => {
  const due = async () => {
    const id = idOf(await enter(charlie, { receivedOn: "2025-12-06" }));
    return (await charlie.scope((scope) => cases.find(scope, id))).dueOn;
  };
  equal(await due(), "2026-01-06");
  const letterhead = {
    street: "",
    postalCode: "",
    city: "München",
    land: "BY",
    email: "",
    phone: "",
  };
  equal((await charlie.post(`${base}/letterhead`, { ...letterhead, land: "XX" })).status, 422);
  equal((await charlie.post(`${base}/letterhead`, letterhead)).status, 303);
  equal(await due(), "2026-01-07");
});

Deno.test("rights are recognised in the text of a letter, with the sentence cited", async () => {
  const answer = await enter(alice, {
    rights: [],
    text: "Hiermit verlange ich Auskunft nach Art. 15 DSGVO über meine gespeicherten Daten.",
  });
  const shown = await text(await alice.get(`${base}/${idOf(answer)}`));
  match(shown, /Auskunft \(Art\. 15\).*Im Brief Hiermit verlange ich Auskunft/);
});

Deno.test("what a letter lacks is reported beside its field", async () => {
  for (
    const [fields, fault] of [
      [{ receivedOn: "2999-01-01" }, "receivedOn"],
      [{ receivedOn: "2026-02-30" }, "receivedOn"],
      [{ name: " " }, "name"],
      [{ email: "x" }, "email"],
      [{ rights: [], text: "" }, "rights"],
    ] as const
  ) {
    const answer = await enter(alice, fields as unknown as Fields);
    equal(answer.status, 422);
    ok((await answer.text()).includes(`f-${fault}-error`), fault);
  }
});

Deno.test("erasing waits for a second person, who sees it and releases it", async () => {
  const id = idOf(await enter(alice, { receivedOn: today() }));
  const erasure = async () => (await itemsOf(alice, id)).find(({ right }) => right === "erasure")!;
  equal((await decide(alice, await erasure(), { action: "approve" })).status, 303);
  const alone = await decide(alice, await erasure(), { action: "approve" });
  equal(alone.status, 422);
  match(await text(alone), /zweite Person bestätigen/);
  match(await text(await anna.get(`${base}/${id}`)), /Ausführung als zweite Person freigeben/);
  equal((await decide(anna, await erasure(), { action: "approve" })).status, 303);
  equal((await erasure()).status, "execution");
  match(
    await text(await alice.get(`${base}/${id}`)),
    /neu → wartet auf zweite Person Alice Ahrens/,
  );
});

Deno.test("a refusal needs ground, provision and reason; nothing typed is lost", async () => {
  const id = idOf(await enter(alice, { receivedOn: today() }));
  const [item] = await itemsOf(alice, id);
  const refuse = {
    action: "refuse",
    reason: "Wir haben nichts",
    paragraph: "",
    ground: "no_match",
  };
  for (
    const [fields, fault] of [
      [{ ...refuse, ground: "" }, "ground"],
      [refuse, "paragraph"],
      [{ ...refuse, paragraph: "Art. 11", reason: "" }, "reason"],
      [{ ...refuse, action: "explode" }, "action"],
    ] as const
  ) {
    const answer = await decide(alice, item!, fields);
    equal(answer.status, 422);
    const html = await answer.text();
    ok(html.includes(`${fault}-error`), fault);
    if (fields.reason) ok(html.includes("Wir haben nichts"));
  }
  equal((await itemsOf(alice, id))[0]!.status, "new");
});

Deno.test("a decision on an outdated state changes nothing and says so", async () => {
  const id = idOf(await enter(alice, { receivedOn: today() }));
  const [item] = await itemsOf(alice, id);
  equal((await decide(alice, item!, { action: "review" })).status, 303);
  const late = await decide(anna, item!, { action: "done" });
  equal(late.status, 422);
  match(await text(late), /Inzwischen hat jemand anderes entschieden/);
  equal((await itemsOf(alice, id))[0]!.status, "review");
});

Deno.test("notes and the receipt by post are steps; an empty note is refused", async () => {
  const id = idOf(await enter(alice));
  equal((await alice.post(`${base}/${id}/notes`, { text: " " })).status, 422);
  equal((await alice.post(`${base}/${id}/notes`, { text: "Rief an" })).status, 303);
  equal((await alice.post(`${base}/${id}/acknowledgement`)).status, 303);
  const shown = await text(await alice.get(`${base}/${id}`));
  match(shown, /Rief an/);
  match(shown, /Eingang bestätigt \d\d\.\d\d\./);
});

Deno.test("only admins reach the cases, and only those of their tenant", async () => {
  const id = idOf(await enter(alice));
  equal((await bob.get(base)).status, 403);
  equal((await charlie.get(`${base}/${id}`)).status, 404);
  const [item] = await itemsOf(alice, id);
  equal((await decide(charlie, item!, { action: "done" })).status, 404);
});

Deno.test("the queue is by the last day, a page at a time, under 30 ms with 1,000 open cases", async () => {
  const tenantId = await tenant(test, "Viele Anträge");
  const olga = await person(test, tenantId, "Olga Ordnung", "owner");
  const at = new Date("2026-03-01T12:00:00Z");
  const rows = Array.from({ length: 1_000 }, (_, n) => {
    const receivedOn = dayOf(new Date(at.getTime() - (n % 60) * 86_400_000));
    const number = `DS-${String(n).padStart(4, "0")}-AA`;
    return {
      ...{ tenantId, id: newId(), number, channel: "form", language: "de" },
      ...{ personName: `Person ${n}`, receivedAt: at, receivedOn, land: "" },
      ...{ targetOn: receivedOn, unshiftedOn: receivedOn, dueOn: receivedOn },
      ...{ createdAt: at, updatedAt: at },
    };
  });
  await owner`insert into cases ${owner(rows)}`;
  await owner`
    insert into case_items (tenant_id, id, case_id, claimed_right, created_at, updated_at)
    select tenant_id, gen_random_uuid(), id, unnest(array['access', 'erasure']), created_at, created_at
    from cases
    where tenant_id = ${tenantId}
  `;
  const seen: string[] = [];
  let next: string | null = base;
  while (next) {
    const html: string = await (await olga.get(next)).text();
    seen.push(...html.match(/DS-\d{4}-AA/g) ?? []);
    next = /href="([^"]*after=[^"]*)"/.exec(html)?.[1] ?? null;
  }
  equal(new Set(seen).size, 1_000);
  const due = new Map(rows.map(({ number, dueOn }) => [number, dueOn]));
  const days = [...new Set(seen)].map((number) => due.get(number)!);
  deepEqual(days, [...days].sort());
  // The best of many: a busy machine makes a page late, never early.
  let best = Infinity;
  for (let tries = 0; tries < 100 && best >= 30; tries++) {
    const start = elapsed();
    await (await olga.get(base)).text();
    best = Math.min(best, elapsed() - start);
  }
  ok(best < 30, `${best} ms`);
});

Deno.test("an operator answers the provider's cases and reaches no tenant's", async () => {
  const operator = await person(test, alice.tenantId, "Otto Operator", "member");
  await owner`update identities set operator = true where id = ${operator.identityId}`;
  const at = "/operator/requests";
  const answer = await enter(operator, {}, at);
  equal(answer.status, 303);
  const id = idOf(answer);
  equal((await operator.get(`${at}/${id}`)).status, 200);
  match(await text(await operator.get(at)), /Paul Post/);
  equal((await alice.get(`${base}/${id}`)).status, 404);
  const own = idOf(await enter(alice));
  equal((await operator.get(`${at}/${own}`)).status, 404);
  equal((await alice.get(at)).status, 403);
});

Deno.test("the officer's calendar holds numbers and last days, and its address ends with the officer", async () => {
  const id = idOf(await enter(charlie, { receivedOn: "2026-02-26", name: "Geheim" }));
  const { number } = await charlie.scope((scope) => cases.find(scope, id));
  const html = await (await charlie.get(base)).text();
  const address = /href="([^"]*\/case-feeds\/[^"]*)"/.exec(html)![1]!;
  const answer = await here.visitor.get(address);
  const file = await answer.text();
  match(answer.headers.get("Content-Type")!, /^text\/calendar/);
  match(file, new RegExp(`DTSTART;VALUE=DATE:202603\\d\\d[\\s\\S]*${number}`));
  equal(/Geheim/.test(file), false);
  equal((await here.visitor.get(address.replace(charlie.tenantId, alice.tenantId))).status, 404);
  await charlie.scope((scope) =>
    officers.update(scope, {
      ...{ name: "Neu", email: "neu@example.org", language: "de", deputyName: "" },
      ...{ deputyEmail: "", awayFrom: null, awayUntil: null },
    })
  );
  equal((await here.visitor.get(address)).status, 404);
});

Deno.test("the queue names the form and the address through which requests arrive", async () => {
  const { config } = test.services;
  const inbound = { protocol: "smtp", host: "127.0.0.1", port: 25, domain: "in.example" } as const;
  const [{ slug }] = await owner<[{ slug: string }]>`
    select slug
    from tenants
    where id = ${alice.tenantId}
  `;
  const queue = async () => await (await alice.get(base)).text();
  ok(!/datenschutz\./.test(await queue()), "nothing is received");
  test.services.config = { ...config, inbound };
  try {
    const html = await queue();
    ok(html.includes(`href="/p/${slug}/requests/new"`));
    ok(html.includes(`mailto:datenschutz.${slug}@in.example`));
  } finally {
    test.services.config = config;
  }
});
