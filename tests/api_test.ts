/** What programs can do through the API: each answer is checked against the description. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { newId } from "../db/ids.ts";
import * as suppressions from "../db/suppressions.ts";
import { newContact, Program, program } from "./support/api.ts";
import { errors, origin } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { define } from "./support/custom_fields.ts";
import { eventually } from "./runtime/service.ts";

const { test, alice, bob, charlie } = await cast();
const { owner } = test.db;
const api = await program(alice);

Deno.test("a contact is created, read, changed and put into the trash", async () => {
  const made = await api.post(
    "/contacts",
    newContact("Ärger", {
      firstName: "Jörg",
      emails: [{ address: "joerg@aerger.example" }],
      phones: [{ number: "040 6696 91", kind: "mobile" }],
      companies: [{ companyName: "Ärger & Söhne OHG", role: "Chef" }],
      tags: ["API"],
    }),
  );
  equal(made.status, 201);
  equal(made.headers.get("Location"), `/api/v1/contacts/${made.json.id}`);
  deepEqual(made.json.emails, [{ kind: "work", address: "joerg@aerger.example" }]);
  equal(made.json.phones[0].number, "+4940669691");
  deepEqual(
    [made.json.source, made.json.legalBasis, made.json.sourceChannel],
    ["Anfrage der Person", "pre_contract", "api"],
  );
  const path = `/contacts/${made.json.id}`;
  const read = await api.get(path);
  deepEqual(read.json, made.json);
  const etag = read.headers.get("ETag")!;
  for (const method of ["GET", "HEAD"]) {
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await api.ask(method, path, { headers: { "If-None-Match": known } });
      equal(answer.status, 304, `${method} ${known}`);
    }
  }
  const changed = await api.patch(path, { position: "Inhaber", notes: "a\0b" }, etag);
  deepEqual(
    [changed.status, changed.json.position, changed.json.notes, changed.json.version],
    [200, "Inhaber", "ab", 2],
  );
  deepEqual(changed.json.companies, made.json.companies);
  equal((await alice.get(`/contacts/${made.json.id}`)).status, 200);
  const late = await api.patch(path, { position: "Chef" }, etag);
  deepEqual([late.status, late.json.code], [412, "stale"]);
  equal((await api.ask("PATCH", path, { body: {} })).json.code, "if_match_missing");
  equal((await api.delete(path, { "If-Match": etag })).status, 412);
  equal((await api.delete(path)).status, 204);
  equal((await api.get(path)).json.code, "missing");
  const actions = await owner<{ action: string; actorId: string }[]>`
    select action, actor_id from changes where record_id = ${made.json.id} order by id
  `;
  deepEqual(actions.map(({ action }) => action), ["created", "updated", "deleted"]);
  ok(actions.every(({ actorId }) => actorId === alice.userId));
});

Deno.test("a contact without source, legal basis or name is refused, each field by name", async () => {
  const { status, json } = await api.post("/contacts", { firstName: "", colour: "red" });
  equal(status, 422);
  deepEqual(
    json.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]),
    [["/colour", "api.unknown_field"], ["/origin", "option"], ["/legalBasis", "option"]],
  );
  const nameless = await api.post("/contacts", newContact(""));
  deepEqual(nameless.json.errors.map(({ pointer }: Record<string, string>) => pointer), [
    "/lastName",
  ]);
  const wrong = await api.post(
    "/contacts",
    newContact("Feld", {
      emails: [{ address: "x" }],
      companies: [{ companyName: "A", sinceOn: "2026-02-01", untilOn: "2025-01-01" }],
    }),
  );
  deepEqual(
    wrong.json.errors.map(({ pointer }: Record<string, string>) => pointer).sort(),
    ["/companies/0/untilOn", "/emails/0/address"],
  );
  equal(wrong.json.type, `${origin}/api#problem-invalid`);
});

Deno.test("what somebody else changes behind a request's If-Match is not written over", async () => {
  const { json: { id } } = await api.post("/contacts", newContact("Eilig"));
  const etag = (await api.get(`/contacts/${id}`)).headers.get("ETag")!;
  const waiting = async (words: string) => {
    for (let tries = 0; tries < 200; tries++) {
      const [row] = await owner`
        select 1 from pg_stat_activity
        where wait_event_type = 'Lock' and position(${words} in query) > 0 and pid <> pg_backend_pid()
      `;
      if (row) return true;
      await new Promise((done) => setTimeout(done, 25));
    }
    return false;
  };
  let other: Promise<unknown> = Promise.resolve();
  let patched: ReturnType<typeof api.patch>;
  await owner.begin(async (sql) => {
    // The record has been read by then, and its custom fields have not.
    await sql`lock table custom_fields in access exclusive mode`;
    patched = api.patch(`/contacts/${id}`, { firstName: "Danach" }, etag);
    ok(await waiting("from custom_fields"));
    let done = false;
    other = owner`
      update contacts set first_name = 'Anderswer', version = version + 1 where id = ${id}
    `.then(() => done = true);
    while (!done && !await waiting("Anderswer")) continue;
  });
  await Promise.all([patched!, other]);
  const { firstName, version } = (await api.get(`/contacts/${id}`)).json;
  deepEqual([firstName, version], ["Anderswer", (await patched!).status === 200 ? 3 : 2]);
});

Deno.test("possible duplicates come back, unless they are wanted", async () => {
  const person = newContact("Doppel", { emails: [{ address: "d@doppel.example" }] });
  const first = await api.post("/contacts", person);
  const second = await api.post("/contacts", person);
  deepEqual([second.status, second.json.code], [409, "duplicate"]);
  equal(second.json.candidates[0].id, first.json.id);
  equal((await api.post("/contacts", { ...person, allowDuplicate: true })).status, 201);
});

Deno.test("a person who was erased or objects is not created again", async () => {
  await alice.scope((scope) => {
    const hash = suppressions.hasher(test.services.config.secretKey, alice.tenantId);
    return suppressions.add(scope, hash("weg@person.example"), "all", "erasure");
  });
  const gone = await api.post(
    "/contacts",
    newContact("Weg", { emails: [{ address: "Weg@person.example" }] }),
  );
  deepEqual([gone.json.code, gone.json.errors[0].pointer], ["suppressed", "/emails/0/address"]);
  await alice.scope((scope) => {
    const hash = suppressions.hasher(test.services.config.secretKey, alice.tenantId);
    return suppressions.add(scope, hash("+49301234599"), "phone", "objection");
  });
  const phones = [{ number: "030 1111" }, { number: "030 1234599" }];
  const called = await api.post("/contacts", newContact("Ruft", { phones }));
  deepEqual([called.json.code, called.json.errors[0].pointer], [
    "suppressed",
    "/phones/1/number",
  ]);
});

Deno.test("an address that left the record of who objects comes back to it, as on the page (Art. 21)", async () => {
  const emails = [{ address: "wieder@person.example" }];
  const made = await api.post("/contacts", newContact("Wieder", { emails }));
  const { id } = made.json;
  await alice.post(`/contacts/${id}/objections`, { channels: "email" });
  const change = async (body: Record<string, unknown>, of = id) => {
    const read = await api.get(`/contacts/${of}`);
    return await api.patch(`/contacts/${of}`, body, read.headers.get("ETag")!);
  };
  equal((await change({ emails: [] })).status, 200);
  const other = await api.post("/contacts", newContact("Fremd"));
  equal((await change({ emails }, other.json.id)).json.code, "suppressed", "of nobody else");
  const back = await change({ emails });
  equal(back.status, 200);
  equal(back.json.emails[0].address, "wieder@person.example");
  equal(back.json.objections[0].channel, "email");
  await change({ emails: [] });
  await alice.scope((scope) => {
    const hash = suppressions.hasher(test.services.config.secretKey, alice.tenantId);
    return suppressions.add(scope, hash("wieder@person.example"), "all", "erasure");
  });
  equal((await change({ emails })).json.code, "suppressed", "what was erased stays erased");
});

Deno.test("an Idempotency-Key makes one record, whatever comes back or meets", async () => {
  const key = { "Idempotency-Key": `order-${newId()}` };
  const body = newContact("Einmal", { allowDuplicate: true });
  const answers = await Promise.all([1, 2, 3].map(() => api.post("/contacts", body, key)));
  deepEqual(answers.map(({ status }) => status), [201, 201, 201]);
  equal(new Set(answers.map(({ json }) => json.id)).size, 1);
  equal(answers.filter(({ headers }) => headers.get("Idempotent-Replayed")).length, 2);
  const other = await api.post("/contacts", newContact("Anders"), key);
  deepEqual([other.status, other.json.code], [422, "key_reused"]);
  const refused = { "Idempotency-Key": `order-${newId()}` };
  equal((await api.post("/contacts", newContact(""), refused)).status, 422);
  equal((await api.post("/contacts", newContact("Nachher"), refused)).status, 201);
  for (const wrong of ["", "with space", "x".repeat(256), "\u00fc"]) {
    equal((await api.post("/contacts", body, { "Idempotency-Key": wrong })).status, 422, wrong);
  }
  for (const status of [201, 201]) {
    equal((await api.post("/contacts", body, { "Idempotency-Key": "1" })).status, status);
  }
  const [kept] = await owner`
    select count(*)::int from api_requests where tenant_id = ${alice.tenantId}
  `;
  equal(kept!.count, 3);
});

Deno.test("a list is filtered as on the pages and walked to its end without a gap", async () => {
  const mark = newId().slice(0, 8);
  for (let n = 0; n < 12; n++) {
    await api.post("/companies", { name: `Liste ${n}`, industry: "Holz", tags: [mark] });
  }
  const [tag] = await owner`select id from tags where name = ${mark}`;
  const seen: string[] = [];
  let next: string | null = `/companies?tag=${tag!.id}&limit=10&sort=created&dir=asc`;
  while (next) {
    const { status, json } = await api.get(next);
    equal(status, 200);
    seen.push(...json.data.map(({ name }: { name: string }) => name));
    next = json.next?.replace("/api/v1", "") ?? null;
  }
  deepEqual(seen, Array.from({ length: 12 }, (_, n) => `Liste ${n}`));
  for (
    const [path, wrong] of [
      ["/companies?sotr=name", "sotr"],
      ["/companies?tag=1", "tag"],
      ["/companies?limit=1000", "limit"],
      ["/contacts?q=a&q=b", "q"],
      [`/contacts?after=${newId()}&before=${newId()}`, "before"],
    ]
  ) {
    const { status, json } = await api.get(path!);
    deepEqual([status, json.errors[0].pointer], [400, wrong], path);
  }
  equal((await api.get(`/companies?after=${newId()}`)).json.code, "cursor_gone");
});

Deno.test("what filters and bodies name can be looked up: teams, tags and custom fields", async () => {
  const team = { id: newId(), name: `Team ${newId().slice(0, 8)}` };
  equal((await alice.post("/settings/teams", team)).status, 303);
  const members = { ...team, members: bob.userId };
  equal((await alice.post(`/settings/teams/${team.id}`, members)).status, 303);
  const { json: { data: teams } } = await api.get("/teams");
  ok(teams.some(({ id, name }: Record<string, string>) => id === team.id && name === team.name));
  const mark = newId().slice(0, 8);
  for (const ownerId of [bob.userId, alice.userId]) {
    await api.post("/companies", { name: `Teamfirma ${mark}`, ownerId, tags: [mark] });
  }
  const { json: { data: tags } } = await api.get("/tags");
  const { id: tag } = tags.find(({ name }: Record<string, string>) => name === mark);
  const listed = await api.get(`/companies?tag=${tag}&owner=team.${team.id}`);
  deepEqual(listed.json.data.map((each: { ownerId: string }) => each.ownerId), [bob.userId]);
  equal((await api.get("/companies?owner=team.x")).status, 400);
  const task = { kind: "task", subject: `Rückruf ${mark}`, ownerId: bob.userId };
  equal((await api.post("/activities", task)).status, 201);
  const whose = `/activities?q=${mark}&owner=team.${team.id}`;
  deepEqual(
    (await api.get(whose)).json.data.map((each: { subject: string }) => each.subject),
    [task.subject],
  );
  const words = { "choices.0.labelDe": "Holz", "choices.1.labelDe": "Metall" };
  await define(alice, { recordKind: "deal", kind: "choice", labelDe: "Sparte", ...words });
  const { json: { data: fields } } = await api.get("/fields");
  const { label, choices } = fields.find((each: { name: string }) => each.name === "sparte");
  deepEqual([label, choices], ["Sparte", ["Holz", "Metall"]]);
});

Deno.test("a method that an address does not take is refused with a list of those that it takes", async () => {
  const wrong = await api.ask("PUT", "/contacts");
  deepEqual([wrong.status, wrong.json.code], [405, "wrong_method"]);
  equal(wrong.headers.get("Allow"), "GET, HEAD, POST");
  const one = await api.ask("POST", `/contacts/${newId()}`, { body: {} });
  equal(one.headers.get("Allow"), "GET, HEAD, PATCH, DELETE");
  equal((await api.get("/nothing")).status, 404);
  equal((await api.ask("POST", "/contacts/x", { body: {} })).status, 404);
});

Deno.test("a deal goes through its stages, its amount exact", async () => {
  const { json: { data: [line] } } = await api.get("/pipelines");
  const open = line.stages.find(({ kind }: { kind: string }) => kind === "open");
  const won = line.stages.find(({ kind }: { kind: string }) => kind === "won");
  const { json: firm } = await api.post("/companies", { name: "Kupfer GmbH" });
  const { json: person } = await api.post("/contacts", newContact("Kaufmann"));
  const made = await api.post("/deals", {
    title: "1.000 Rohre",
    stageId: open.id,
    companyId: firm.id,
    amountCents: 123_456_701,
    contactIds: [person.id],
  });
  deepEqual(
    [made.status, made.json.amountCents, made.json.companyName, made.json.contacts[0].id],
    [201, 123_456_701, "Kupfer GmbH", person.id],
  );
  const path = `/deals/${made.json.id}`;
  const etag = made.headers.get("ETag")!;
  const done = await api.patch(path, { stageId: won.id }, etag);
  deepEqual([done.json.status, done.json.amountCents], ["won", 123_456_701]);
  equal((await api.get(`/deals?status=won&company=${firm.id}`)).json.data.length, 1);
  for (
    const [body, pointer] of [
      [{ title: "x", stageId: newId() }, "/stageId"],
      [{ title: "x", stageId: open.id, companyId: newId() }, "/companyId"],
      [{ title: "x", stageId: open.id, contactIds: [newId()] }, "/contactIds"],
      [{ title: "x", stageId: open.id, amountCents: 1.5 }, "/amountCents"],
    ] as const
  ) {
    const { status, json } = await api.post("/deals", body);
    deepEqual([status, json.errors[0].pointer], [422, pointer]);
  }
});

Deno.test("an activity is planned, moved, done and opened again", async () => {
  const { json: person } = await api.post("/contacts", newContact("Termin"));
  const made = await api.post("/activities", {
    kind: "call",
    subject: "Rückruf",
    dueDay: "2027-03-01",
    dueTime: "09:30",
    minutes: 15,
    repeat: { cycle: "week", days: ["MO"] },
    about: [{ kind: "contact", id: person.id }],
    userIds: [bob.userId],
  });
  deepEqual(
    [made.status, made.json.dueAt, made.json.endsAt, made.json.about[0].id, made.json.userIds],
    [201, "2027-03-01T08:30:00.000Z", "2027-03-01T08:45:00.000Z", person.id, [bob.userId]],
  );
  const path = `/activities/${made.json.id}`;
  const moved = await api.patch(path, { dueDay: "2027-03-08" }, made.headers.get("ETag")!);
  deepEqual(
    [moved.json.dueAt, moved.json.repeat.cycle, moved.json.minutes],
    ["2027-03-08T08:30:00.000Z", "week", 15],
  );
  equal((await api.get(`/activities?contact=${person.id}`)).json.data.length, 1);
  const done = await api.ask("PUT", `${path}/completion`);
  match(done.json.doneAt, /Z$/);
  equal((await api.delete(`${path}/completion`)).json.doneAt, null);
  const { json } = await api.post("/activities", { kind: "task", subject: "x", minutes: 5 });
  deepEqual(json.id && json.minutes, null);
});

Deno.test("days are left out of a series and taken up again by the list of them", async () => {
  const made = await api.post("/activities", {
    kind: "task",
    subject: "Runde",
    dueDay: "2027-03-01",
    repeat: { cycle: "week" },
  });
  deepEqual([made.json.omittedDays, made.json.seriesDay], [[], null]);
  const path = `/activities/${made.json.id}`;
  const omittedDays = ["2027-03-01", "2027-03-15"];
  const left = await api.patch(path, { omittedDays }, made.headers.get("ETag")!);
  deepEqual([left.json.dueDay, left.json.omittedDays], ["2027-03-08", omittedDays]);
  const again = await api.patch(path, { subject: "Wochenrunde" }, left.headers.get("ETag")!);
  deepEqual(again.json.omittedDays, omittedDays);
  const back = await api.patch(path, { omittedDays: ["2027-03-15"] }, "*");
  deepEqual([back.json.dueDay, back.json.omittedDays], ["2027-03-01", ["2027-03-15"]]);
  const wrong = await api.patch(path, { omittedDays: ["2027-03-02"] }, "*");
  deepEqual([wrong.status, wrong.json.errors[0].pointer], [422, "/omittedDays"]);
  const same = { omittedDays: ["2027-03-15"] };
  await api.ask("PUT", `${path}/completion`);
  const done = await api.patch(path, { subject: "Runden", ...same }, "*");
  deepEqual([done.status, done.json.omittedDays], [200, same.omittedDays]);
  await api.delete(`${path}/completion`);
  const once = await api.patch(path, { repeat: null, omittedDays: [] }, "*");
  deepEqual([once.status, once.json.repeat, once.json.omittedDays], [200, null, []]);
  const single = await api.post("/activities", { kind: "task", subject: "x" });
  const none = await api.patch(`/activities/${single.json.id}`, { omittedDays }, "*");
  deepEqual([none.status, none.json.errors[0].pointer], [422, "/omittedDays"]);
});

Deno.test("a list of activities is about one record: a second one is refused, not passed over", async () => {
  const { json: person } = await api.post("/contacts", newContact("Zweierlei"));
  const about = [{ kind: "contact", id: person.id }];
  await api.post("/activities", { kind: "call", subject: "Anruf", about });
  equal((await api.get(`/activities?contact=${person.id}`)).json.data.length, 1);
  const both = await api.get(`/activities?contact=${person.id}&deal=${newId()}`);
  deepEqual([both.status, both.json.errors?.[0].pointer], [400, "deal"]);
});

Deno.test("an activity about what is not there is refused, and nothing falls out of it", async () => {
  const { json: person } = await api.post("/contacts", newContact("Dabei"));
  const about = [{ kind: "contact", id: person.id }];
  const made = await api.post("/activities", { kind: "call", subject: "Anruf", about });
  const path = `/activities/${made.json.id}`;
  const wrong = [...about, { kind: "deal", id: newId() }];
  const refused = [
    await api.post("/activities", { kind: "call", subject: "Anruf", about: wrong }),
    await api.patch(path, { about: wrong }, "*"),
    await api.patch(path, { about: [{ kind: "company", id: person.id }] }, "*"),
  ];
  deepEqual(
    refused.map(({ status, json }) => [status, json.errors?.[0].pointer]),
    [[422, "/about/1/id"], [422, "/about/1/id"], [422, "/about/0/id"]],
  );
  const kept = await api.patch(path, { subject: "Rückruf" }, "*");
  deepEqual([kept.status, kept.json.about[0].id], [200, person.id]);
});

Deno.test("a file is uploaded, listed, downloaded unchanged, and moved to the trash", async () => {
  const { json: person } = await api.post("/contacts", newContact("Datei"));
  const form = new FormData();
  form.append("file", new File(["Angebot, Zeile 1\n"], "angebot.txt", { type: "text/plain" }));
  const made = await api.ask("POST", `/contacts/${person.id}/files`, { form });
  deepEqual([made.status, made.json.name, made.json.size], [201, "angebot.txt", 17]);
  const listed = await api.get(`/contacts/${person.id}/files`);
  equal(listed.json.data[0].id, made.json.id);
  const path = `/files/${made.json.id}`;
  deepEqual((await api.get(path)).json.record, { kind: "contact", id: person.id });
  equal((await api.get(`${path}/content`)).text, "Angebot, Zeile 1\n");
  const programs = new FormData();
  programs.append("file", new File(["MZ\x90\0\x03\0\0\0"], "a.exe"));
  const refused = await api.ask("POST", `/contacts/${person.id}/files`, { form: programs });
  equal(refused.json.code, "file_refused");
  equal((await api.ask("POST", `/contacts/${newId()}/files`, { form })).status, 404);
  equal((await api.delete(path)).status, 204);
  equal((await api.get(path)).status, 404);
});

Deno.test("asked for the head of a file alone, nothing of it stays open", async () => {
  const { json: person } = await api.post("/contacts", newContact("Kopf"));
  const form = new FormData();
  form.append("file", new File(["Zeile\n".repeat(200_000)], "lang.txt", { type: "text/plain" }));
  const made = await api.ask("POST", `/contacts/${person.id}/files`, { form });
  const open = () =>
    [...Deno.readDirSync("/proc/self/fd")].filter(({ name }) => {
      try {
        return Deno.readLinkSync(`/proc/self/fd/${name}`).includes("/files/");
      } catch {
        return false;
      }
    }).length;
  for (let n = 0; n < 5; n++) {
    const answer = await api.ask("HEAD", `/files/${made.json.id}/content`);
    deepEqual([answer.status, answer.headers.get("Content-Length")], [200, "1200000"]);
  }
  await eventually(() => open() === 0);
});

Deno.test("a file that is sent again under its Idempotency-Key is kept once", async () => {
  const { json: person } = await api.post("/contacts", newContact("Wiederholung"));
  const files = `/contacts/${person.id}/files`;
  const headers = { "Idempotency-Key": `upload-${newId()}` };
  const send = (content: string, more: Record<string, string> = headers) => {
    const form = new FormData();
    form.append("file", new File([content], "plan.txt", { type: "text/plain" }));
    return api.ask("POST", files, { form, headers: more });
  };
  const [first, again] = [await send("Plan A"), await send("Plan A")];
  deepEqual([first.status, again.status, again.json.id], [201, 201, first.json.id]);
  equal(again.headers.get("Idempotent-Replayed"), "true");
  equal(first.headers.get("Idempotent-Replayed"), null);
  equal((await send("Plan B")).json.code, "key_reused");
  equal((await send("Plan A", { "Idempotency-Key": "mit Leerzeichen" })).status, 422);
  const other = { "Idempotency-Key": `upload-${newId()}` };
  const two = await Promise.all([send("Plan C", other), send("Plan C", other)]);
  equal(two[0]!.json.id, two[1]!.json.id);
  equal((await api.get(files)).json.data.length, 2);
  // What was deleted meanwhile, with its person, counts as created; nothing new is created.
  await api.delete(`/contacts/${person.id}`);
  const late = await send("Plan A");
  deepEqual([late.status, late.json], [201, { id: first.json.id }]);
  equal((await send("Plan D", { "Idempotency-Key": `upload-${newId()}` })).status, 404);
});

Deno.test("restricted persons are not seen by any program, as on the pages", async () => {
  const { json: person } = await api.post("/contacts", newContact("Gesperrt"));
  await api.post("/activities", {
    kind: "note",
    subject: "Vermerk zu Gesperrt",
    about: [{ kind: "contact", id: person.id }],
  });
  await owner`update contacts set restricted_at = now() where id = ${person.id}`;
  equal((await api.get(`/contacts/${person.id}`)).status, 404);
  equal((await api.delete(`/contacts/${person.id}`)).status, 404);
  equal((await api.get(`/contacts/${person.id}/files`)).status, 404);
  for (const path of ["/contacts?q=Gesperrt", "/activities?share=done", "/contacts"]) {
    equal((await api.get(path)).text.includes("Gesperrt"), false, path);
  }
});

Deno.test("another tenant's records are not found, by id, by filter or by body", async () => {
  const his = await program(charlie);
  const { json: person } = await api.post("/contacts", newContact("Nordlicht"));
  const { json: firm } = await api.post("/companies", { name: "Nordlicht Werft" });
  equal((await his.get(`/contacts/${person.id}`)).status, 404);
  equal((await his.get(`/contacts?company=${firm.id}`)).json.data.length, 0);
  const smuggled = await his.post(
    "/contacts",
    newContact("Fremd", { companies: [{ companyId: firm.id }] }),
  );
  equal(smuggled.json.errors[0].pointer, "/companies/0/companyId");
  equal((await his.post("/companies", { name: "X", ownerId: alice.userId })).status, 422);
});

Deno.test("whatever a program sends, the answer is a documented one and never a server error", async () => {
  const { json: person } = await api.post("/contacts", newContact("Zufall"));
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom("\0", "\ud800", "a".repeat(30_000), 1e308, -1, [], {}, null, newId()),
  );
  const names = fc.constantFrom(
    ...["id", "lastName", "origin", "legalBasis", "emails", "companies", "tags", "ownerId"],
    ...["birthday", "title", "stageId", "amountCents", "kind", "subject", "repeat", "about"],
    ...["name", "parentId", "dueDay", "__proto__", "constructor"],
  );
  const body = fc.oneof(value, fc.dictionary(names, value, { maxKeys: 8 }));
  await fc.assert(
    fc.asyncProperty(
      body,
      fc.constantFrom("contacts", "companies", "deals", "activities"),
      async (sent, noun) => {
        await api.post(`/${noun}`, sent);
        await api.ask("PATCH", `/contacts/${person.id}`, {
          body: sent,
          headers: { "If-Match": "*" },
        });
      },
    ),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (text, query) => {
      await api.ask("POST", "/deals", { text });
      await api.get(`/contacts?${encodeURI(query.toWellFormed()).replaceAll("#", "")}`);
    }),
    { numRuns: 40 },
  );
  equal((await api.ask("POST", "/deals", { text: "[".repeat(100_000) })).status, 400);
  equal((await api.post("/contacts", { notes: "a".repeat(300_000) })).json.code, "too_large");
  equal((await api.ask("POST", "/deals", { text: '{"custom": {"__proto__": 1}}' })).status, 400);
  const plain = { "Content-Type": "text/plain" };
  equal((await api.post("/contacts", {}, plain)).json.code, "unsupported_type");
  deepEqual(errors, []);
});

Deno.test("a slowly sent body holds no connection meanwhile", async () => {
  const from = { remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 } };
  const slow = Array.from({ length: 8 }, () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const headers = {
      Authorization: `Bearer ${api.token}`,
      "Content-Type": "application/json",
      "Content-Length": "2",
    };
    const request = new Request(`${origin}/api/v1/contacts`, {
      method: "POST",
      body: readable,
      headers,
    });
    return { answer: test.app.request(request, undefined, from), writer: writable.getWriter() };
  });
  for (let asked = 0; asked < 5; asked++) equal((await api.get("/users")).status, 200);
  for (const { writer } of slow) {
    await writer.write(new TextEncoder().encode("{}"));
    await writer.close();
  }
  const answers = await Promise.all(slow.map(({ answer }) => answer));
  deepEqual(answers.map(({ status }) => status), Array(8).fill(422));
});

Deno.test("no token, a wrong one and a cookie alone open nothing", async () => {
  const wrong = new Program(alice, `kcrm_${"x".repeat(43)}`);
  const answer = await wrong.get("/me");
  deepEqual([answer.status, answer.json.code], [401, "unauthorized"]);
  match(answer.headers.get("WWW-Authenticate")!, /^Bearer/);
  equal((await alice.get("/api/v1/me")).status, 401);
  const page = await alice.get("/contacts", { Authorization: `Bearer ${api.token}` });
  equal(page.status, 200);
  const stranger = new Program(alice, "");
  equal((await stranger.get("/nothing/here")).status, 401);
});
