/** Activities: entered anywhere, listed by due date, completed with one press and undone. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { newId } from "../db/ids.ts";
import { addDays, dayOf } from "../db/local_times.ts";
import { now } from "../db/clock.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";

const today = dayOf(now());
const call = { kind: "call", subject: "Angebot nachfassen", dueDay: today, dueTime: "10:00" };

async function contact(person: Person, lastName = "Weißhaupt"): Promise<string> {
  return idOf(await person.post("/contacts/new", { firstName: "Jonas", lastName, origin: "card" }));
}

async function company(person: Person, name = "Möbel Kern"): Promise<string> {
  return idOf(await person.post("/companies/new", { name }));
}

async function activity(person: Person, fields: Record<string, string | string[]> = {}) {
  return idOf(await person.post("/activities/new", { id: newId(), ...call, ...fields }));
}

/** The row as the database has it. */
async function row(person: Person, id: string) {
  const [found] = await person.test.db.owner`select * from activities where id = ${id}`;
  return found!;
}

Deno.test("an activity keeps what was entered, and its page shows it", async () => {
  const { alice, bob } = await cast();
  const about = await contact(alice);
  const id = await activity(alice, {
    kind: "meeting",
    subject: "Vorführung",
    body: "Muster mitnehmen\nParkplatz im Hof",
    dueDay: "2026-10-25",
    dueTime: "9:00",
    minutes: "90",
    priority: "high",
    ownerId: alice.userId,
    users: bob.userId,
    remindBefore: "60",
    about: `contact:${about}`,
  });
  const stored = await row(alice, id);
  assertEquals(stored.dueAt.toISOString(), "2026-10-25T08:00:00.000Z", "after the clock changed");
  assertEquals(stored.endsAt.toISOString(), "2026-10-25T09:30:00.000Z");
  const page = await text(await alice.get(`/activities/${id}`));
  for (
    const words of [
      "Vorführung",
      "Muster mitnehmen",
      "So., 25.10. 09:00–10:30",
      "Hoch",
      "Alice Ahrens",
      "Bob Brandt",
      "Jonas Weißhaupt",
      "1 Stunde vorher",
    ]
  ) assertStringIncludes(page, words);
});

Deno.test("a form sent twice makes one activity, another's form cannot take its id", async () => {
  const { alice, bob } = await cast();
  const id = newId();
  for (let i = 0; i < 2; i++) {
    assertEquals((await alice.post("/activities/new", { id, ...call })).status, 303);
  }
  assertEquals((await bob.post("/activities/new", { id, ...call, subject: "X" })).status, 404);
  const [{ n }] = await alice.test.db.owner<[{ n: number }]>`
    select count(*)::int as n
    from activities
    where tenant_id = ${alice.tenantId}
  `;
  assertEquals(n, 1);
});

Deno.test("what does not go together is reported beside its field, and nothing typed is lost", async () => {
  const { alice } = await cast();
  const cases: [Record<string, string>, string][] = [
    [{ subject: " " }, "Betreff: Diese Angabe fehlt."],
    [{ dueDay: "", dueTime: "10:00" }, "Tag: Diese Angabe fehlt."],
    [{ dueTime: "25:00" }, "Uhrzeit: Keine gültige Uhrzeit."],
    [{ dueDay: "2026-02-30" }, "Tag: Kein gültiges Datum."],
    [{ dueDay: "?" }, "Tag: Kein gültiges Datum."],
    [{ dueDay: "22026-02-03" }, "Tag: Kein gültiges Datum."],
    [{ dueTime: "viertel nach neun" }, "Uhrzeit: Keine gültige Uhrzeit."],
    [{ dueTime: "", minutes: "30" }, "Dauer: Eine Dauer braucht eine Uhrzeit."],
    [{ lastDay: "2026-12-31" }, "Mehrere Tage gibt es nur ohne Uhrzeit."],
    [{ dueTime: "", lastDay: "2020-01-01" }, "Das Ende liegt vor dem Anfang."],
    [{ dueTime: "", lastDay: addDays(today, 40) }, "Höchstens 31 Tage."],
    [{ dueDay: "", dueTime: "", repeatCycle: "week" }, "Eine Serie braucht einen Tag"],
    [{ repeatCycle: "week", repeatUntil: "2020-01-01" }, "Das Ende der Serie liegt vor"],
    [{ repeatCycle: "week", repeatInterval: "0" }, "Abstand: Eine Zahl von 1 bis 99."],
    [{ repeatCycle: "century" }, "Wiederholung: Wählen Sie einen der angebotenen Werte."],
    [{ kind: "party" }, "Art: Wählen Sie einen der angebotenen Werte."],
    [{ ownerId: newId() }, "Zuständig:"],
    [{ users: newId() }, "Teilnehmende: Wählen Sie einen der angebotenen Werte."],
    [{ minutes: "99999" }, "Dauer: Wählen Sie einen der angebotenen Werte."],
  ];
  for (const [fields, words] of cases) {
    const answer = await alice.post("/activities/new", {
      ...call,
      body: "bleibt stehen",
      ...fields,
    });
    assertEquals(answer.status, 422, JSON.stringify(fields));
    const shown = await text(answer);
    assertStringIncludes(shown, words, JSON.stringify(fields));
    assertStringIncludes(shown, "bleibt stehen");
  }
  assertEquals(errors, []);
});

Deno.test("no input causes a server error", async () => {
  const { alice } = await cast();
  const huge = "ä".repeat(100_000);
  const odd: Record<string, string | string[]>[] = [
    { subject: "a\0b", body: "c\0d" },
    { subject: huge },
    { body: huge },
    { subject: ["a", "b"], kind: ["call", "task"], dueDay: [today, today] },
    { about: ["contact:x", "deal:", `contact:${newId()}`, "user:1", ":", "\0"] },
    { about: Array.from({ length: 300 }, () => `company:${newId()}`) },
    { users: ["x", "\0"], version: "-1", remindBefore: "1e9", minutes: "-5" },
    { dueDay: "0000-00-00", dueTime: "::", lastDay: "x", repeatUntil: "+999999-01-01" },
    { dueDay: "9999-12-31", repeatCycle: "year", repeatInterval: "99" },
    { dueDay: "2199-12-31", dueTime: "23:59", minutes: "1440", repeatCycle: "year" },
    { repeatDays: ["XX", "MO", "MO"], repeatCycle: "week" },
    { back: "//evil.example/x", find: "\0%_\\" },
    { ownerId: "x", id: "x" },
  ];
  for (const fields of odd) {
    const answer = await alice.post("/activities/new", { ...call, ...fields });
    assert(answer.status < 500, JSON.stringify(fields).slice(0, 100));
    assert(!(answer.headers.get("Location") ?? "").includes("evil"));
  }
  const paths = [
    "/activities?share=x&kind=x&priority=x&owner=x&contact=x&after=x",
    `/activities?after=${newId()}&contact=${newId()}&owner=all`,
    "/activities?owner=%00&share=%ff",
    "/activities/new?kind=x&day=2026-99-99&contact=x&back=//x",
    `/activities/new?contact=${newId()}&company=${newId()}`,
    "/activities/candidates?find=%00&about=x&about=contact:1",
    "/activities/calendar?view=x&day=2026-02-31&owner=x",
    "/activities/calendar?day=9999-12-31",
    "/activities/calendar?day=2199-12-31&view=agenda",
    "/activities/calendar?day=1970-01-01&owner=all",
    `/tasks?before=${newId()}`,
  ];
  for (const path of paths) {
    const answer = await alice.get(path);
    assertEquals(answer.status, 200, path);
    await answer.body?.cancel();
  }
  assertEquals(errors, []);
});

Deno.test("the lists separate what is overdue, due today, due in the next days, undated, and done", async () => {
  const { alice, bob } = await cast();
  const at = (days: number, subject: string, more = {}) =>
    activity(alice, {
      subject,
      dueDay: addDays(today, days),
      dueTime: "",
      ownerId: alice.userId,
      ...more,
    });
  await at(-1, "Gestern");
  await at(0, "Heute ganztags");
  await at(6, "In sechs Tagen");
  await at(7, "In sieben Tagen");
  await at(0, "Irgendwann", { dueDay: "", kind: "task" });
  await at(0, "Erledigtes", { done: "on" });
  await at(0, "Bobs Sache", { ownerId: bob.userId });
  const shown = async (path: string) => {
    const html = await (await alice.get(path)).text();
    return [
      "Gestern",
      "Heute ganztags",
      "In sechs Tagen",
      "In sieben Tagen",
      "Irgendwann",
      "Erledigtes",
      "Bobs Sache",
    ].filter((subject) => html.includes(`${subject}<`) || html.includes(`${subject} <`));
  };
  const open = ["Gestern", "Heute ganztags", "In sechs Tagen", "In sieben Tagen", "Irgendwann"];
  assertEquals(await shown("/activities"), open);
  assertEquals(await shown("/activities?share=overdue"), ["Gestern"]);
  assertEquals(await shown("/activities?share=today"), ["Heute ganztags"]);
  assertEquals(await shown("/activities?share=week"), ["Heute ganztags", "In sechs Tagen"]);
  assertEquals(await shown("/activities?share=done"), ["Erledigtes"]);
  assertEquals(await shown("/activities?owner=all"), [...open, "Bobs Sache"]);
  assertEquals(await shown(`/activities?owner=${bob.userId}`), ["Bobs Sache"]);
  assertEquals(await shown("/activities?kind=task"), ["Irgendwann"]);
  assertEquals(await shown("/tasks"), ["Irgendwann"]);
  const order = await (await alice.get("/activities")).text();
  const places = open.map((subject) => order.indexOf(subject));
  assertEquals(places, [...places].sort((a, b) => a - b), "by when it is due, undated last");
  const page = await text(await alice.get("/activities"));
  for (const words of ["Offen 5", "Überfällig 1", "Heute 1", "Nächste 7 Tage 2"]) {
    assertStringIncludes(page, words);
  }
});

Deno.test("the list is paged both ways, each once", async () => {
  const { alice } = await cast();
  await alice.scope(({ sql, tenantId, actor, now }) =>
    sql`
      insert into activities (
        tenant_id, id, kind, subject, due_at, owner_id, at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'task', 'Aufgabe ' || i,
        case when i % 3 > 0 then ${now}::timestamptz + make_interval(hours => i / 5) end,
        ${actor.userId}, ${now}, ${now}, ${now}
      from generate_series(1, 120) as i
    `
  );
  const seen: string[] = [];
  let html = await (await alice.get("/activities")).text();
  for (;;) {
    seen.push(...[...html.matchAll(/id="activity-([^"]+)"/g)].map((hit) => hit[1]!));
    const next = /href="([^"]+)" rel="next"/.exec(html)?.[1];
    if (!next) break;
    html = await (await alice.get(next)).text();
  }
  assertEquals([seen.length, new Set(seen).size], [120, 120]);
  const previous = /href="([^"]+)" rel="prev"/.exec(html)![1]!;
  const back = await (await alice.get(previous)).text();
  const shown = [...back.matchAll(/id="activity-([^"]+)"/g)].map((hit) => hit[1]!);
  assertEquals(shown, seen.slice(50, 100));
});

Deno.test("an activity is completed with one press, undone from the message, and updates its contact", async () => {
  const { alice, bob } = await cast();
  const about = await contact(alice);
  const id = await activity(alice, { about: `contact:${about}` });
  await alice.test.db.owner`update contacts set last_touch_at = '2020-01-01' where id = ${about}`;
  const answer = await bob.post(`/activities/${id}/completion`, { back: "/activities?owner=all" });
  assertEquals(answer.headers.get("Location"), "/activities?owner=all");
  const stored = await row(alice, id);
  assertEquals(stored.doneBy, bob.userId);
  const [touched] = await alice.test.db.owner`
    select last_touch_at > now() - interval '1 minute' as fresh
    from contacts
    where id = ${about}
  `;
  assertEquals(touched!.fresh, true);
  const html = await (await bob.get("/activities?owner=all")).text();
  const undo = `/activities/${id}/completion/withdrawal?back=%2Factivities%3Fowner%3Dall`;
  assertStringIncludes(html, `action="${undo}"`);
  assert(!html.includes("Angebot nachfassen"), "no longer open");
  assertEquals((await bob.post(`/activities/${id}/completion`)).status, 303, "twice is once");
  const undone = await bob.post(undo);
  assertEquals(undone.headers.get("Location"), "/activities?owner=all", "where it was done");
  assertEquals((await row(alice, id)).doneAt, null);
  assertStringIncludes(await text(await bob.get("/activities?owner=all")), "Angebot nachfassen");
});

Deno.test("an activity is postponed with one press, keeps time and length, and the message undoes it", async () => {
  const { alice, bob } = await cast();
  const id = await activity(alice, { minutes: "30", remindBefore: "10" });
  const page = await (await bob.get(`/activities/${id}`)).text();
  const offered = [...page.matchAll(/name="day" value="([^"]+)"/g)].map((hit) => hit[1]!);
  assertEquals(offered[0], addDays(today, 1), "today it is due already");
  const before = await row(alice, id);
  await bob.post(`/activities/${id}/postponement`, { day: addDays(today, 7) });
  const after = await row(alice, id);
  assertEquals(after.dueAt.toISOString().slice(0, 10), addDays(today, 7));
  assertEquals(after.endsAt - after.dueAt, 30 * 60_000);
  assertEquals([after.remindBefore, after.subject], [10, call.subject]);
  const undo = `/activities/${id}/postponement?day=${today}`;
  assertStringIncludes(await (await bob.get(`/activities/${id}`)).text(), `action="${undo}"`);
  await bob.post(undo);
  assertEquals((await row(alice, id)).dueAt, before.dueAt);
});

Deno.test("an activity of several days moves as one; a completed one or an invalid day leads to the form", async () => {
  const { alice } = await cast();
  const fair = await activity(alice, { dueTime: "", lastDay: addDays(today, 2) });
  await alice.post(`/activities/${fair}/postponement`, { day: addDays(today, 10) });
  const form = await (await alice.get(`/activities/${fair}/edit`)).text();
  assertStringIncludes(form, `value="${addDays(today, 10)}"`);
  assertStringIncludes(form, `value="${addDays(today, 12)}"`);
  for (const day of ["", "morgen", "2026-02-30", "a\0b", "9999-01-01"]) {
    const answer = await alice.post(`/activities/${fair}/postponement`, { day });
    assertEquals(answer.headers.get("Location"), `/activities/${fair}/edit`, day);
  }
  await alice.post(`/activities/${fair}/completion`);
  const { dueAt } = await row(alice, fair);
  await alice.post(`/activities/${fair}/postponement`, { day: today });
  assertEquals((await row(alice, fair)).dueAt, dueAt);
  assertEquals(errors, []);
});

Deno.test("completing one of a series creates the next one with everything linked to it, once", async () => {
  const { alice, bob } = await cast();
  const about = await contact(alice);
  const day = addDays(today, 1);
  const id = await activity(alice, {
    kind: "task",
    subject: "Umsatz melden",
    dueDay: day,
    dueTime: "09:00",
    minutes: "30",
    repeatCycle: "week",
    ownerId: alice.userId,
    users: bob.userId,
    about: `contact:${about}`,
    remindBefore: "10",
  });
  await alice.post(`/activities/${id}/completion`);
  assertStringIncludes(await text(await alice.get("/activities")), "Nächster Termin der Serie");
  await alice.post(`/activities/${id}/completion`);
  const next = await alice.test.db.owner`
    select id, subject, due_at, ends_at, rrule, owner_id, remind_before
    from activities
    where previous_id = ${id}
  `;
  assertEquals(next.length, 1);
  assertEquals(dayOf(next[0]!.dueAt), addDays(day, 7));
  assertEquals(next[0]!.endsAt - next[0]!.dueAt, 30 * 60_000);
  const [hanging] = await alice.test.db.owner`
    select
      (select count(*)::int from activity_links where activity_id = ${next[0]!.id}) as links,
      (select count(*)::int from activity_participants where activity_id = ${
    next[0]!.id
  }) as people,
      (select count(*)::int from reminders where activity_id = ${next[0]!.id}) as reminders
  `;
  assertEquals({ ...hanging }, { links: 1, people: 2, reminders: 2 });
  await alice.post(`/activities/${id}/completion/withdrawal`);
  const [gone] = await alice.test.db.owner`
    select count(*)::int as n
    from activities
    where previous_id = ${id}
  `;
  assertEquals(gone!.n, 0, "the next one goes when the first comes back");
});

Deno.test("a next one that was worked on stays, and the first leaves the series", async () => {
  const { alice } = await cast();
  const id = await activity(alice, { repeatCycle: "day", dueDay: today });
  await alice.post(`/activities/${id}/completion`);
  const [next] = await alice.test.db.owner`select id from activities where previous_id = ${id}`;
  await alice.post(`/activities/${next!.id}/completion`);
  await alice.post(`/activities/${id}/completion/withdrawal`);
  assertEquals((await row(alice, id)).rrule, null);
  assert((await row(alice, next!.id)).doneAt);
  await alice.post(`/activities/${id}/completion`);
  const [{ n }] = await alice.test.db.owner<[{ n: number }]>`
    select count(*)::int as n
    from activities
    where tenant_id = ${alice.tenantId}
  `;
  assertEquals(n, 3, "the first, the second, and the one after that");
});

Deno.test("a finished series creates no further one; a late one continues from today", async () => {
  const { alice } = await cast();
  const last = await activity(alice, { repeatCycle: "day", repeatUntil: today });
  await alice.post(`/activities/${last}/completion`);
  const late = await activity(alice, {
    repeatCycle: "day",
    dueDay: addDays(today, -10),
    dueTime: "",
  });
  await alice.post(`/activities/${late}/completion`);
  const next = await alice.test.db.owner`
    select previous_id, due_at
    from activities
    where tenant_id = ${alice.tenantId}
      and previous_id is not null
  `;
  assertEquals(next.map((each) => [each.previousId, dayOf(each.dueAt)]), [[late, today]]);
});

Deno.test("the quick entry of a record's page returns there, and appears on its company's page", async () => {
  const { alice } = await cast();
  const firm = await company(alice, "Kern KG");
  const id = idOf(
    await alice.post("/contacts/new", {
      lastName: "Kern",
      origin: "card",
      "companies.0.name": "Kern KG",
      "companies.0.isPrimary": "on",
    }),
  );
  const html = await (await alice.get(`/contacts/${id}`)).text();
  assertStringIncludes(html, `value="contact:${id}"`);
  const quick = {
    _quick: "1",
    id: newId(),
    about: `contact:${id}`,
    back: `/contacts/${id}`,
    kind: "task",
    subject: "Muster schicken",
    dueDay: today,
  };
  const answer = await alice.post("/activities/new", quick);
  assertEquals(answer.headers.get("Location"), `/contacts/${id}`);
  for (const path of [`/contacts/${id}`, `/companies/${firm}`]) {
    assertStringIncludes(await text(await alice.get(path)), "Muster schicken", path);
  }
  const [made] = await alice.test.db.owner`select owner_id from activities where id = ${quick.id}`;
  assertEquals(made!.ownerId, alice.userId);
  const refused = await alice.post("/activities/new", { ...quick, id: newId(), subject: "" });
  assertEquals(refused.status, 422);
  const form = await refused.text();
  assertStringIncludes(form, `value="contact:${id}" checked`);
  assertStringIncludes(form, `value="${today}"`);
});

Deno.test("a contact moves to another company: earlier activities stay with the old one", async () => {
  const { alice } = await cast();
  const old = await company(alice, "Alt GmbH");
  const id = idOf(
    await alice.post("/contacts/new", {
      lastName: "Kern",
      origin: "card",
      "companies.0.name": "Alt GmbH",
      "companies.0.isPrimary": "on",
    }),
  );
  const call = await activity(alice, { about: `contact:${id}`, subject: "Vor dem Wechsel" });
  await alice.post(`/contacts/${id}/move`, { from: old, companyName: "Neu GmbH", on: today });
  await activity(alice, { about: `contact:${id}`, subject: "Nach dem Wechsel" });
  const page = await text(await alice.get(`/companies/${old}`));
  assertStringIncludes(page, "Vor dem Wechsel");
  assert(!page.includes("Nach dem Wechsel"));
  // Saved again without a change of what it is about, it keeps its place.
  await alice.post(`/activities/${call}/edit`, {
    version: "1",
    kind: "call",
    subject: "Vor dem Wechsel, ergänzt",
    about: `contact:${id}`,
  });
  assertStringIncludes(await text(await alice.get(`/companies/${old}`)), "ergänzt");
});

Deno.test("records are found and ticked without script, and what was typed stays", async () => {
  const { alice } = await cast();
  const id = await contact(alice);
  const firm = await company(alice);
  const answer = await alice.post("/activities/new", {
    ...call,
    subject: "",
    about: `company:${firm}`,
    find: "weisshaupt",
    _find: "1",
    dueTime: "11:11",
  });
  assertEquals(answer.status, 200, "a search is no attempt to save");
  const html = await answer.text();
  assertStringIncludes(html, `value="company:${firm}" checked`);
  assertStringIncludes(html, `value="contact:${id}"`);
  assertStringIncludes(html, "11:11");
  const part = await (await alice.get(
    `/activities/candidates?find=kern&about=contact:${id}`,
    { "HX-Request-Type": "partial" },
  )).text();
  assertStringIncludes(part, `value="contact:${id}" checked`);
  assertStringIncludes(part, `value="company:${firm}"`);
  assert(!part.includes("<html"));
});

Deno.test("of two who edit at once the second is shown the conflict, in words, and can overwrite it", async () => {
  const { alice, bob } = await cast();
  const id = await activity(alice, { ownerId: alice.userId });
  const edit = { ...call, version: "1", ownerId: alice.userId };
  assertEquals(
    (await alice.post(`/activities/${id}/edit`, { ...edit, dueTime: "12:00" })).status,
    303,
  );
  const answer = await bob.post(`/activities/${id}/edit`, {
    ...edit,
    ownerId: bob.userId,
    priority: "high",
  });
  assertEquals(answer.status, 409);
  const html = await answer.text();
  assertStringIncludes(html, `name="version" value="2"`);
  const page = html.replace(/<[^>]+>/g, " ");
  for (const words of ["Bob Brandt", "Alice Ahrens", "12:00", "Hoch"]) {
    assertStringIncludes(page, words);
  }
  assertEquals(
    (await bob.post(`/activities/${id}/edit`, { ...edit, version: "2", priority: "high" })).status,
    303,
  );
});

Deno.test("the history says who did what, in words, and contains none of the person's data", async () => {
  const { alice, bob, test } = await cast();
  const id = await activity(alice, { ownerId: alice.userId, subject: "Rückruf Kanarienvogel" });
  await bob.post(`/activities/${id}/edit`, {
    ...call,
    version: "1",
    subject: "Rückruf Buchfink",
    dueTime: "15:30",
    priority: "high",
    ownerId: bob.userId,
  });
  await bob.post(`/activities/${id}/completion`);
  const page = await text(await alice.get(`/activities/${id}`));
  for (
    const words of [
      "angelegt",
      "Betreff; Termin:",
      "15:30",
      "Priorität: Normal → Hoch",
      "Zuständig: Alice Ahrens → Bob Brandt",
      "erledigt Bob Brandt",
    ]
  ) assertStringIncludes(page, words);
  const rows = await test.db.owner`select fields from changes where record_id = ${id}`;
  assert(!/Kanarienvogel|Buchfink/.test(JSON.stringify(rows)));
});

Deno.test("a call to somebody who objects to calls shows a warning, other kinds do not", async () => {
  const { alice } = await cast();
  const about = await contact(alice);
  await alice.post(`/contacts/${about}/objections`, { channels: "phone" });
  const called = await activity(alice, { about: `contact:${about}` });
  assertStringIncludes(
    await text(await alice.get(`/activities/${called}`)),
    "Der Werbung per Telefon widersprochen: Jonas Weißhaupt.",
  );
  const met = await activity(alice, { about: `contact:${about}`, kind: "meeting" });
  assert(!(await text(await alice.get(`/activities/${met}`))).includes("widersprochen"));
});

Deno.test("a call shows the number, in the list of calls and on its page", async () => {
  const { alice } = await cast();
  const person = { firstName: "Jonas", lastName: "Weißhaupt", origin: "card" };
  const phones = { "phones.0.number": "040 123456", "phones.0.kind": "work" };
  const made = await alice.post("/contacts/new", { ...person, ...phones });
  const id = await activity(alice, { about: `contact:${idOf(made)}` });
  const link = /<a class="call" href="tel:\+4940123456">040 123456<\/a>/g;
  const times = async (page: string) => (await (await alice.get(page)).text()).match(link)?.length;
  assertEquals(await times(`/activities/${id}`), 1);
  assertEquals(
    await times("/activities?owner=all&kind=call"),
    2,
    "its column, and the line for phones",
  );
  assertEquals(await times("/activities?owner=all"), 1, "among others the line for phones alone");
  await alice.post(`/activities/${id}/edit`, {
    ...call,
    kind: "task",
    version: "1",
    about: `contact:${idOf(made)}`,
  });
  assertEquals(await times("/activities?owner=all"), undefined);
});

Deno.test("a note is never open, and has no time", async () => {
  const { alice } = await cast();
  const id = await activity(alice, { kind: "note", subject: "Spricht Dänisch" });
  const stored = await row(alice, id);
  assert(stored.doneAt);
  assertEquals(stored.dueAt, null);
  assertEquals((await alice.post(`/activities/${id}/completion/withdrawal`)).status, 404);
  assert(!(await text(await alice.get("/activities"))).includes("Dänisch"));
  assertStringIncludes(await text(await alice.get("/activities?share=done&owner=all")), "Dänisch");
});

Deno.test("a deleted activity is in the trash and can be restored in full", async () => {
  const { alice, bob } = await cast();
  const id = await activity(alice);
  await alice.post(`/activities/${id}/deletion`);
  assertEquals((await bob.get(`/activities/${id}`)).status, 404);
  const html = await (await alice.get("/trash")).text();
  assertStringIncludes(html, "Angebot nachfassen");
  assertStringIncludes(html, `action="/trash/activities/${id}/restoration"`);
  await alice.post(`/trash/activities/${id}/restoration`);
  assertEquals((await bob.get(`/activities/${id}`)).status, 200);
});

Deno.test("vera reads and changes nothing, charlie sees nothing", async () => {
  const { alice, vera, charlie } = await cast();
  const about = await contact(alice);
  await activity(alice, { about: `contact:${about}` });
  const page = await (await vera.get("/activities?owner=all")).text();
  assertStringIncludes(page, "Angebot nachfassen");
  assert(!page.includes("/completion"));
  assert(!(await (await vera.get(`/contacts/${about}`)).text()).includes("quick-entry"));
  assert(!(await text(await charlie.get("/activities?owner=all"))).includes("Angebot"));
  assert(!(await text(await charlie.get("/activities/calendar?owner=all"))).includes("Angebot"));
  const theirs = await activity(charlie, { about: `contact:${about}`, users: "" });
  const [{ n }] = await alice.test.db.owner<[{ n: number }]>`
    select count(*)::int as n
    from activity_links
    where activity_id = ${theirs}
  `;
  assertEquals(n, 0, "another's contact is not linked");
});
