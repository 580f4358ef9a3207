/** Series of activities: editing or postponing one date keeps the rule of the series. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { dayOf, timeOf } from "../db/local_times.ts";
import { program } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, send } from "./support/files.ts";
import { formOf, idOf } from "./support/html.ts";

const task = { kind: "task", subject: "Zahlen melden" };

/** A task of a series; its id. */
const begin = async (person: Person, dueDay: string, fields: Record<string, string>) =>
  idOf(await person.post("/activities/new", { id: newId(), ...task, dueDay, ...fields }));

/** Does one of a series; the id of the next. */
async function next(person: Person, id: string): Promise<string> {
  equal((await person.post(`/activities/${id}/completion`)).status, 303);
  const [made] = await person.test.db.owner<{ id: string }[]>`
    select id
    from activities
    where previous_id = ${id}
  `;
  return made!.id;
}

async function dayAt({ test }: Person, id: string): Promise<string> {
  const [row] = await test.db.owner<{ dueAt: Date }[]>`
    select due_at
    from activities
    where id = ${id}
  `;
  return dayOf(row!.dueAt);
}

/** Sends the form of an activity as it came, with these fields changed. */
async function edit(person: Person, id: string, fields: Record<string, string>): Promise<void> {
  const form = formOf(await (await person.get(`/activities/${id}/edit`)).text());
  equal((await person.post(`/activities/${id}/edit`, { ...form, ...fields })).status, 303);
}

/** The days of the next ones, each completed as soon as it exists. */
async function days(person: Person, id: string, count: number): Promise<string[]> {
  const found = [await dayAt(person, id)];
  for (let current = id; found.length < count;) {
    current = await next(person, current);
    found.push(await dayAt(person, current));
  }
  return found;
}

Deno.test("editing the date in a short month leaves the series as it is", async () => {
  const { alice } = await cast();
  const changes: Record<string, string>[] = [
    { subject: "Zahlen melden, auch die alten" },
    { repeatUntil: "2031-12-31" },
  ];
  for (const change of changes) {
    const first = await begin(alice, "2031-01-31", { repeatCycle: "month" });
    const second = await next(alice, first);
    equal(await dayAt(alice, second), "2031-02-28");
    await edit(alice, second, change);
    deepEqual(await days(alice, second, 3), ["2031-02-28", "2031-03-31", "2031-04-30"]);
  }
});

Deno.test("the last Monday of a month stays the last one, whoever edits a fourth", async () => {
  const { alice } = await cast();
  const first = await begin(alice, "2031-03-31", { repeatCycle: "month_weekday" });
  const second = await next(alice, first);
  equal(await dayAt(alice, second), "2031-04-28");
  await edit(alice, second, { subject: "Runde" });
  const third = await next(alice, second);
  deepEqual(await days(alice, third, 2), ["2031-05-26", "2031-06-30"]);
});

Deno.test("the last Friday of a month can begin on a fourth and says that it is the last", async () => {
  const { alice } = await cast();
  const first = await begin(alice, "2031-01-24", { repeatCycle: "month_last_weekday" });
  match(await (await alice.get(`/activities/${first}`)).text(), /dem letzten im Monat/);
  deepEqual(await days(alice, first, 3), ["2031-01-24", "2031-01-31", "2031-02-28"]);
});

Deno.test("a series ends after as many times as were asked for, shown as the day of the last", async () => {
  const { alice } = await cast();
  for (
    const [dueDay, fields, last] of [
      ["2027-01-31", { repeatCycle: "month", repeatTimes: "3" }, "2027-03-31"],
      ["2027-01-29", { repeatCycle: "month_last_weekday", repeatTimes: "2" }, "2027-02-26"],
      // It begins on a Monday, which is the first date, and continues on Tuesdays.
      ["2027-03-22", { repeatCycle: "week", repeatDays: "TU", repeatTimes: "3" }, "2027-03-30"],
      ["2027-03-27", { repeatCycle: "day", repeatInterval: "2", repeatTimes: "1" }, "2027-03-27"],
    ] as const
  ) {
    const id = await begin(alice, dueDay, fields);
    const form = formOf(await (await alice.get(`/activities/${id}/edit`)).text());
    deepEqual([form.repeatUntil, form.repeatTimes], [last, ""], dueDay);
  }
  const third = await next(
    alice,
    await next(alice, await begin(alice, "2027-01-31", { repeatCycle: "month", repeatTimes: "3" })),
  );
  equal(await dayAt(alice, third), "2027-03-31");
  await alice.post(`/activities/${third}/completion`);
  const after = await alice.test.db.owner`select from activities where previous_id = ${third}`;
  equal(after.length, 0);
  const both = { ...task, repeatCycle: "day", repeatUntil: "2027-02-01", repeatTimes: "3" };
  const answer = await alice.post("/activities/new", { ...both, dueDay: "2027-01-31" });
  equal(answer.status, 422);
  match(await answer.text(), /Ein Tag oder eine Anzahl, nicht beides\./);
});

Deno.test("a number of times that leads beyond the days of forms is refused, and ends no series early", async () => {
  const { alice } = await cast();
  const yearly = { ...task, repeatCycle: "year", dueDay: "2027-01-31" };
  const far: Record<string, string>[] = [
    { repeatTimes: "174" },
    { repeatTimes: "999", repeatInterval: "99" },
  ];
  for (const fields of far) {
    const refused = await alice.post("/activities/new", { ...yearly, ...fields });
    equal(refused.status, 422);
    match(await refused.text(), /Das letzte Mal wäre nach dem Jahr 2199\./);
  }
  const id = await begin(alice, "2027-01-31", { repeatCycle: "year", repeatTimes: "173" });
  const form = formOf(await (await alice.get(`/activities/${id}/edit`)).text());
  equal(form.repeatUntil, "2199-01-31");
  const faulty: Record<string, string>[] = [
    { dueDay: "31.31.2027" },
    { repeatInterval: "x" },
    { repeatCycle: "x" },
  ];
  for (const fields of faulty) {
    const refused = await alice.post("/activities/new", { ...yearly, repeatTimes: "3", ...fields });
    equal(refused.status, 422);
  }
});

Deno.test("an invalid interval is refused with a list of the valid ones", async () => {
  const { alice } = await cast();
  for (const repeatInterval of ["0", "-1"]) {
    const fields = { ...task, dueDay: "2031-03-31", repeatCycle: "day", repeatInterval };
    const refused = await alice.post("/activities/new", { id: newId(), ...fields });
    equal(refused.status, 422);
    match(await refused.text(), /1 bis 99/);
  }
});

Deno.test("a program that changes the subject leaves the series what it is", async () => {
  const { alice } = await cast();
  const api = await program(alice);
  const first = await begin(alice, "2031-01-30", { repeatCycle: "month" });
  const second = await next(alice, first);
  const read = await api.get(`/activities/${second}`);
  const changed = await api.patch(
    `/activities/${second}`,
    { subject: "Neu" },
    read.headers.get("ETag")!,
  );
  equal(changed.status, 200);
  deepEqual(await days(alice, second, 2), ["2031-02-28", "2031-03-30"]);
});

Deno.test("postponing one date moves it alone; the undo restores it", async () => {
  const { alice } = await cast();
  const put = (id: string, day: string) => alice.post(`/activities/${id}/postponement`, { day });
  const rent = await begin(alice, "2031-05-15", { repeatCycle: "month" });
  await put(rent, "2031-05-17");
  deepEqual(await days(alice, rent, 3), ["2031-05-17", "2031-06-15", "2031-07-15"]);
  const second = await next(alice, await begin(alice, "2031-01-31", { repeatCycle: "month" }));
  await put(second, "2031-03-03");
  await put(second, "2031-02-28");
  deepEqual(await days(alice, second, 2), ["2031-02-28", "2031-03-31"]);
});

Deno.test("a series whose day or interval is changed begins there", async () => {
  const { alice } = await cast();
  const moved = await begin(alice, "2031-05-15", { repeatCycle: "month" });
  await edit(alice, moved, { dueDay: "2031-05-20" });
  deepEqual(await days(alice, moved, 2), ["2031-05-20", "2031-06-20"]);
  const second = await next(alice, await begin(alice, "2031-01-31", { repeatCycle: "month" }));
  await edit(alice, second, { repeatInterval: "2" });
  deepEqual(await days(alice, second, 2), ["2031-02-28", "2031-04-28"]);
});

Deno.test("a series at an hour that the clock skips in spring is at that hour again the day after", async () => {
  const { alice } = await cast();
  // In Berlin two o'clock is three o'clock on 30 March 2031.
  const at = async (id: string) => {
    const [row] = await alice.test.db.owner<{ dueAt: Date }[]>`
      select due_at
      from activities
      where id = ${id}
    `;
    return `${dayOf(row!.dueAt)} ${timeOf(row!.dueAt)}`;
  };
  const first = await begin(alice, "2031-03-29", { dueTime: "02:30", repeatCycle: "day" });
  const second = await next(alice, first);
  equal(await at(second), "2031-03-30 03:30");
  const third = await next(alice, second);
  equal(await at(third), "2031-03-31 02:30");
  // A series that always meant half past three keeps it.
  const later = await begin(alice, "2031-03-29", { dueTime: "03:30", repeatCycle: "day" });
  const skipped = await next(alice, later);
  equal(await at(await next(alice, skipped)), "2031-03-31 03:30");
});

/** Leaves a day out, moves it or takes it up again; where that leads. */
const action = (person: Person, id: string, name: string, fields: Record<string, string>) =>
  person.post(`/activities/${id}/${name}`, fields);

/** What a calendar shows of a span, as days. */
async function shown(person: Person, id: string): Promise<string[]> {
  const text = await (await person.get("/activities/calendar?day=2031-03-03&owner=all")).text();
  return [...text.matchAll(new RegExp(`/activities/${id}\\?day=([\\d-]+)#series`, "g"))]
    .map(([, day]) => day!);
}

/** The activity that one of a series was moved to. */
async function movedFrom({ test }: Person, id: string): Promise<string> {
  const [row] = await test.db.owner<{ id: string }[]>`
    select id
    from activities
    where series_id = ${id}
  `;
  return row!.id;
}

Deno.test("one day of a series is left out and taken up again, the others stay", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { dueTime: "09:00", repeatCycle: "week" });
  deepEqual((await shown(alice, id)).slice(0, 2), ["2031-03-10", "2031-03-17"]);
  await action(alice, id, "omissions", { day: "2031-03-10" });
  deepEqual((await shown(alice, id)).slice(0, 2), ["2031-03-17", "2031-03-24"]);
  equal(await dayAt(alice, id), "2031-03-03");
  match(await (await alice.get(`/activities/${id}`)).text(), /Mo\., 10\.03\.2031 ausgelassen/);
  await action(alice, id, "omissions/withdrawal?day=2031-03-10", {});
  deepEqual((await shown(alice, id)).slice(0, 2), ["2031-03-10", "2031-03-17"]);
  // The series' current date: the series moves to the next one, and back.
  await action(alice, id, "omissions", { day: "2031-03-17" });
  await action(alice, id, "omissions", { day: "2031-03-03" });
  equal(await dayAt(alice, id), "2031-03-10");
  deepEqual(await days(alice, id, 3), ["2031-03-10", "2031-03-24", "2031-03-31"]);
});

Deno.test("restoring the first date puts it back on its day, with its distance to the next", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { repeatCycle: "week", repeatInterval: "2" });
  await action(alice, id, "omissions", { day: "2031-03-03" });
  equal(await dayAt(alice, id), "2031-03-17");
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-03" });
  deepEqual(await days(alice, id, 3), ["2031-03-03", "2031-03-17", "2031-03-31"]);
});

Deno.test("one day is moved to an activity of its own, and goes back as long as nobody touched it", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", {
    dueTime: "09:00",
    minutes: "30",
    repeatCycle: "week",
  });
  await action(alice, id, "moves", { day: "2031-03-10", to: "2031-03-12" });
  const moved = await movedFrom(alice, id);
  equal(await dayAt(alice, moved), "2031-03-12");
  deepEqual((await shown(alice, id)).slice(0, 1), ["2031-03-17"]);
  match(
    await (await alice.get(`/activities/${id}`)).text(),
    new RegExp(`href="/activities/${moved}"`),
  );
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-10" });
  equal((await alice.get(`/activities/${moved}`)).status, 404);
  await action(alice, id, "moves", { day: "2031-03-10", to: "2031-03-12" });
  const again = await movedFrom(alice, id);
  await edit(alice, again, { subject: "Mit der neuen Kollegin" });
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-10" });
  match(await (await alice.get(`/activities/${id}`)).text(), /wurde schon bearbeitet/);
  equal(await dayAt(alice, again), "2031-03-12");
  // It stays a part of the series that the next one carries on, and of the first when that is opened again.
  const second = await next(alice, id);
  equal(await dayAt(alice, second), "2031-03-17");
});

Deno.test("a moved one in the trash belongs to the series no more once its day is taken up again", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { dueTime: "09:00", repeatCycle: "week" });
  await action(alice, id, "moves", { day: "2031-03-10", to: "2031-03-12" });
  const moved = await movedFrom(alice, id);
  await alice.post(`/activities/${moved}/deletion`);
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-10" });
  equal((await shown(alice, id))[0], "2031-03-10");
  await alice.post(`/trash/activities/${moved}/restoration`);
  equal(await dayAt(alice, moved), "2031-03-12", "it comes back for itself");
  await action(alice, id, "moves", { day: "2031-03-10", to: "2031-03-13" });
  const again = await movedFrom(alice, id);
  ok(again !== moved);
  const page = await (await alice.get(`/activities/${id}`)).text();
  match(page, new RegExp(`href="/activities/${again}"`));
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-10" });
  equal((await alice.get(`/activities/${again}`)).status, 404);
  equal(await dayAt(alice, moved), "2031-03-12");
});

Deno.test("a moved one with a file is not removed", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { repeatCycle: "week" });
  await action(alice, id, "moves", { day: "2031-03-10", to: "2031-03-12" });
  const moved = await movedFrom(alice, id);
  await send(alice, `/activities/${moved}`, [fileOf("x", "notiz.txt")]);
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-10" });
  match(await (await alice.get(`/activities/${id}`)).text(), /schon bearbeitet/);
  equal(await dayAt(alice, moved), "2031-03-12");
  const second = await next(alice, id);
  await send(alice, `/activities/${second}`, [fileOf("x", "notiz.txt")]);
  await alice.post(`/activities/${id}/completion/withdrawal`);
  equal((await alice.get(`/activities/${second}`)).status, 200);
});

Deno.test("days left out that an edited series does not have are forgotten", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { repeatCycle: "week" });
  await action(alice, id, "omissions", { day: "2031-03-03" });
  await action(alice, id, "omissions", { day: "2031-03-17" });
  // Postponed to a day that was left out, it is there and nothing is left out any more.
  await edit(alice, id, { dueDay: "2031-03-17" });
  await action(alice, id, "omissions", { day: "2031-03-17" });
  equal(await dayAt(alice, id), "2031-03-24");
  await edit(alice, id, { dueDay: "2031-03-25", repeatCycle: "month" });
  await action(alice, id, "omissions/withdrawal", { day: "2031-03-03" });
  deepEqual(await days(alice, id, 2), ["2031-03-25", "2031-04-25"]);
});

Deno.test("a page that is asked for the last days there are shows what there is", async () => {
  const { alice } = await cast();
  for (const repeatCycle of ["day", "week", "month", "year"]) {
    const id = await begin(alice, "2031-03-31", { repeatCycle });
    for (const day of ["9999-12-20", "9999-12-31", "9999-03-31", "0001-01-01"]) {
      equal((await alice.get(`/activities/${id}?day=${day}`)).status, 200);
      equal((await action(alice, id, "omissions", { day })).status, 303);
      equal((await action(alice, id, "moves", { day: "2031-03-31", to: day })).status, 303);
      equal((await alice.get(`/activities/${id}`)).status, 200);
      await action(alice, id, "omissions/withdrawal", { day: "2031-03-31" });
    }
  }
});

Deno.test("what no longer repeats forgets the days that it left out", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { repeatCycle: "week" });
  await action(alice, id, "omissions", { day: "2031-03-10" });
  await edit(alice, id, { repeatCycle: "" });
  await edit(alice, id, { repeatCycle: "week" });
  deepEqual((await shown(alice, id)).slice(0, 1), ["2031-03-10"]);
});

Deno.test("what is no day of a series, its last one and a day that is missing are refused in words", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { repeatCycle: "week", repeatTimes: "2" });
  const said = async (name: string, fields: Record<string, string>) => {
    equal((await action(alice, id, name, fields)).status, 303);
    const page = await (await alice.get(`/activities/${id}`)).text();
    return page.match(/flash-error[^]*?<p>([^<]*)/)?.[1];
  };
  equal(
    await said("omissions", { day: "2031-03-04" }),
    "An diesem Tag hat die Serie keinen Termin.",
  );
  equal(await said("omissions", { day: "31.13." }), "An diesem Tag hat die Serie keinen Termin.");
  equal(await said("moves", { day: "2031-03-10", to: "" }), "Bitte wählen Sie den neuen Tag.");
  await action(alice, id, "omissions", { day: "2031-03-10" });
  match(await said("omissions", { day: "2031-03-03" }) ?? "", /letzte Termin der Serie/);
  const single = await begin(alice, "2031-03-03", {});
  await action(alice, single, "omissions", { day: "2031-03-03" });
  match(await (await alice.get(`/activities/${single}`)).text(), /keine offene Serie mehr/);
});

Deno.test("days left out and moved belong to the next one of the series, and to the one opened again", async () => {
  const { alice } = await cast();
  const id = await begin(alice, "2031-03-03", { repeatCycle: "week" });
  await action(alice, id, "omissions", { day: "2031-03-17" });
  await action(alice, id, "moves", { day: "2031-03-24", to: "2031-03-25" });
  const second = await next(alice, id);
  equal(await dayAt(alice, second), "2031-03-10");
  match(await (await alice.get(`/activities/${second}`)).text(), /verschoben auf/);
  const moved = await movedFrom(alice, second);
  await alice.post(`/activities/${id}/completion/withdrawal`);
  equal(await movedFrom(alice, id), moved);
  deepEqual((await shown(alice, id)).slice(0, 2), ["2031-03-10", "2031-03-31"]);
});
