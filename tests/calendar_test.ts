/** The calendar page: weeks from Monday on, series laid out, long ones on every day. */
import { match } from "node:assert/strict";
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { instantOf } from "../db/local_times.ts";
import { cast, type Person } from "./support/cast.ts";
import { decode, idOf, text } from "./support/html.ts";

const enter = async (by: Person, fields: Record<string, string | string[]>) =>
  idOf(
    await by.post("/activities/new", {
      id: newId(),
      kind: "meeting",
      subject: "Jour fixe",
      dueDay: "2026-10-19",
      dueTime: "09:00",
      ownerId: by.userId,
      ...fields,
    }),
  );

/** The days of a grid on which a subject is shown, by the cells' long dates. */
function daysOf(html: string, subject: string): string[] {
  return html.split("<td").slice(1).filter((cell) => cell.includes(subject))
    .map((cell) => /calendar-long">([^<]+)</.exec(cell)![1]!);
}

const get = async (by: Person, query: string) =>
  await (await by.get(`/activities/calendar?${query}`)).text();

Deno.test("a month shows whole weeks from Monday to Sunday with their ISO numbers", async () => {
  const { alice } = await cast();
  const html = await get(alice, "day=2027-01-15");
  assertStringIncludes(html, "Januar 2027");
  const cells = [...html.matchAll(/calendar-long">([^<]+)</g)].map((hit) => hit[1]!);
  assertEquals(cells.length, 35);
  assertEquals(cells[0], "Mo., 28.12.");
  assertEquals(cells.at(-1), "So., 31.01.2027");
  const numbers = [...html.matchAll(/aria-hidden="true">(\d+)<\/span><\/a><\/th>/g)]
    .map((hit) => hit[1]);
  assertEquals(numbers, ["53", "1", "2", "3", "4"]);
});

Deno.test("of the month that holds today the days before it can fold away, of others none", async () => {
  const { alice } = await cast();
  const past = async (query: string) =>
    (await get(alice, query)).split("<td").slice(1)
      .filter((cell) => /^[^>]*is-past/.test(cell)).length;
  const first = Temporal.PlainDate.from(today()).with({ day: 1 });
  const before = first.subtract({ days: first.dayOfWeek - 1 }).until(today()).days;
  assertEquals(await past(""), before);
  assertEquals(await past("day=2020-10-19"), 0);
  assertEquals(await past("view=week"), 0);
});

Deno.test("the columns of a month are headed by the weekday alone, in either language", async () => {
  const { alice } = await cast();
  const heads = async () =>
    [...(await (await alice.get("/activities/calendar")).text())
      .matchAll(/<th scope="col">([^<]*)<\/th>/g)].map((found) => found[1]);
  assertEquals(await heads(), ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]);
  await alice.post("/account/language", { locale: "en" });
  assertEquals(await heads(), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
});

Deno.test("a series is on each of its days, at nine before and after the clock changes", async () => {
  const { alice } = await cast();
  await enter(alice, { repeatCycle: "week", repeatUntil: "2026-11-09" });
  const html = await get(alice, "day=2026-10-15");
  assertEquals(daysOf(html, "Jour fixe"), ["Mo., 19.10.", "Mo., 26.10."]);
  assertEquals(html.match(/>09:00<\/time>/g)?.length, 2);
  assertEquals(daysOf(await get(alice, "day=2026-11-15"), "Jour fixe"), [
    "Mo., 26.10.",
    "Mo., 02.11.",
    "Mo., 09.11.",
  ]);
  const week = await get(alice, "view=week&day=2026-10-28");
  assertStringIncludes(week, "KW 44");
  assertEquals(daysOf(week, "Jour fixe"), ["Mo., 26.10."]);
});

Deno.test("an entry of several whole days is on every one of them, whatever month they began in", async () => {
  const { alice } = await cast();
  await enter(alice, {
    subject: "Messe",
    dueDay: "2026-10-30",
    dueTime: "",
    lastDay: "2026-11-03",
  });
  await enter(alice, {
    subject: "Nachtschicht",
    dueDay: "2026-11-04",
    dueTime: "22:00",
    minutes: "240",
  });
  await enter(alice, {
    subject: "Bis Mitternacht",
    dueDay: "2026-11-05",
    dueTime: "22:00",
    minutes: "120",
  });
  const html = await get(alice, "day=2026-11-15");
  assertEquals(daysOf(html, "Messe"), [
    "Fr., 30.10.",
    "Sa., 31.10.",
    "So., 01.11.",
    "Mo., 02.11.",
    "Di., 03.11.",
  ]);
  assertEquals(daysOf(html, "Nachtschicht"), ["Mi., 04.11.", "Do., 05.11."]);
  assertEquals(daysOf(html, "Bis Mitternacht"), ["Do., 05.11."]);
});

Deno.test("on a later day a long one says when it ends, never that it begins there", async () => {
  const { alice } = await cast();
  const night = { subject: "Nachtschicht", dueDay: "2026-11-04", dueTime: "22:00", minutes: "240" };
  await enter(alice, night);
  const agenda = decode(await get(alice, "view=agenda&day=2026-11-04"));
  assertEquals(timesOf(agenda), ["22:00–02:00", "bis 02:00"]);
  const week = decode(await get(alice, "view=week&day=2026-11-04"));
  assertEquals(timesIn(week), ["22:00–02:00", "bis 02:00"]);
  const month = decode(await get(alice, "day=2026-11-04"));
  assertEquals(timesIn(month), ["22:00", "bis 02:00"]);
});

const timesOf = (html: string) =>
  [...html.matchAll(/class="agenda-time">([^<]+)</g)].map(([, words]) => words);

const timesIn = (html: string) =>
  [...html.matchAll(/<time [^>]*>([^<]+)<\/time>/g)].map(([, words]) => words);

Deno.test("what lasts several whole days comes first on each, so that it reads as one", async () => {
  const { alice } = await cast();
  await enter(alice, { subject: "Inventur", dueDay: "2026-11-03", dueTime: "" });
  await enter(alice, { subject: "Nacht", dueDay: "2026-11-02", dueTime: "22:00", minutes: "240" });
  const fair = { subject: "Messe", dueDay: "2026-11-03", dueTime: "", lastDay: "2026-11-04" };
  await enter(alice, fair);
  const html = await get(alice, "view=week&day=2026-11-03");
  const cells = html.split("<td").slice(1).map((cell) =>
    [...cell.matchAll(/<span>([^<]+)<\/span><\/a>/g)].map(([, subject]) => subject)
  );
  assertEquals(cells.slice(0, 3), [["Nacht"], ["Messe", "Inventur", "Nacht"], ["Messe"]]);
});

Deno.test("users see their own entries and those they take part in, all on request", async () => {
  const { alice, bob } = await cast();
  await enter(alice, { subject: "Alices Termin" });
  await enter(bob, { subject: "Mit Alice", users: alice.userId });
  await enter(bob, { subject: "Bobs Termin" });
  const mine = await get(alice, "day=2026-10-19");
  assertEquals(
    ["Alices Termin", "Mit Alice", "Bobs Termin"].map((subject) => mine.includes(subject)),
    [true, true, false],
  );
  assertStringIncludes(await get(alice, "day=2026-10-19&owner=all"), "Bobs Termin");
  assertStringIncludes(await get(alice, `day=2026-10-19&owner=${bob.userId}`), "Bobs Termin");
});

Deno.test("the agenda lists the days with entries, each with a button to complete it", async () => {
  const { alice } = await cast();
  const id = await enter(alice, { dueDay: "2026-12-01", minutes: "60", kind: "call" });
  const page = await get(alice, "view=agenda&day=2026-11-20");
  assertStringIncludes(decode(page), "09:00–10:00");
  assertStringIncludes(page, `/activities/${id}/completion`);
  assertEquals(page.match(/<h3>/g)?.length, 1);
  assertStringIncludes(
    await text(await alice.get("/activities/calendar?view=agenda&day=2020-01-01")),
    "In diesem Zeitraum ist nichts geplant.",
  );
});

Deno.test("what is done or late says so in a word, in a cell and in the agenda", async () => {
  const { alice } = await cast();
  await enter(alice, { subject: "Offen", dueDay: "2020-10-19" });
  const done = await enter(alice, { subject: "Fertig", dueDay: "2020-10-20" });
  await enter(alice, { subject: "Später", dueDay: "2199-10-18" });
  await alice.post(`/activities/${done}/completion`);
  for (const view of ["month", "week", "agenda"]) {
    const words = await text(
      await alice.get(`/activities/calendar?view=${view}&day=2020-10-19`),
    );
    match(words, /09:00 (Termin: )?Überfällig: Offen/, view);
    match(words, /09:00 (Termin: )?Erledigt: Fertig/, view);
    const later = await text(await alice.get(`/activities/calendar?view=${view}&day=2199-10-18`));
    match(later, /09:00 (Termin: )?Später/, view);
  }
});

Deno.test("a full calendar stays small: a day shows four and a link to the rest", async () => {
  const { alice } = await cast();
  await alice.scope(({ sql, tenantId, actor, now }) =>
    sql`
      insert into activities (
        tenant_id, id, kind, subject, due_at, owner_id, at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'meeting', 'Termin ' || i,
        ${instantOf("2026-10-19", "08:00")}::timestamptz + make_interval(mins => i),
        ${actor.userId}, ${now}, ${now}, ${now}
      from generate_series(1, 600) as i
    `
  );
  const html = await get(alice, "day=2026-10-19");
  assertEquals(html.match(/class="entry /g)?.length, 4);
  assertStringIncludes(html, "496 weitere");
  assertStringIncludes(html, "Hier liegt mehr, als ein Kalender zeigt.");
});

Deno.test("a calendar asks the database the same, however many days it shows", async () => {
  const { alice } = await cast();
  await enter(alice, { repeatCycle: "day" });
  const { sql, counted } = counting(alice);
  for (const view of ["week", "month", "agenda"]) {
    counted.length = 0;
    await sql(`/activities/calendar?view=${view}&day=2026-11-01`);
    const asked = counted.filter((query) => query.includes("from activities"));
    assertEquals(asked.length, 1, view);
  }
});

/** Counts the queries that a request sends, by the statistics of the connection's debug hook. */
function counting(by: Person) {
  const counted: string[] = [];
  const { pool } = by.test.services;
  const options = pool.options as unknown as { debug?: unknown };
  return {
    counted,
    async sql(path: string) {
      options.debug = (_: number, query: string) => counted.push(query);
      try {
        const answer = await by.get(path);
        assertEquals(answer.status, 200);
        await answer.body?.cancel();
      } finally {
        options.debug = false;
      }
      assert(counted.length > 0, "the hook hears queries");
    },
  };
}
