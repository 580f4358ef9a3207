/** A user's calendar for other programs: secret, revocable, small and readable. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "deno-std/assert/mod.js";
import ICAL from "ical.js";
import { most } from "../db/calendar_feeds.ts";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { addDays, dayOf, instantOf } from "../db/local_times.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf } from "./support/html.ts";

const today = dayOf(now());

const enter = async (by: Person, fields: Record<string, string | string[]> = {}) =>
  idOf(
    await by.post("/activities/new", {
      id: newId(),
      kind: "meeting",
      subject: "Besuch; mit, Zeichen",
      body: "Streng vertraulich",
      dueDay: today,
      dueTime: "10:00",
      minutes: "60",
      ownerId: by.userId,
      ...fields,
    }),
  );

/** Makes an address; its path. */
async function address(by: Person, detail = "subject"): Promise<string> {
  const html = await (await by.post("/account/calendar-feed", { detail })).text();
  const found = /value="http:\/\/localhost:8000(\/calendar-feeds\/[A-Za-z0-9_-]{43}\.ics)"/.exec(
    html,
  );
  assert(found, "the address is shown");
  return found![1]!;
}

function events(file: string) {
  return new ICAL.Component(ICAL.parse(file)).getAllSubcomponents("vevent")
    .map((each) => new ICAL.Event(each));
}

Deno.test("an address is made only by who has just proved to be the one", async () => {
  const { alice, test } = await cast();
  await test.db.owner`
    update sessions
    set confirmed_at = confirmed_at - interval '11 minutes'
    where identity_id = ${alice.identityId}
  `;
  const asked = await alice.post("/account/calendar-feed", { detail: "busy" });
  assertEquals(asked.status, 422);
  const page = await asked.text();
  assertMatch(page, /confirmation\.seal/);
  assert(!page.includes("/calendar-feeds/"));
});

Deno.test("the file needs no log-in, is text/calendar, and holds what concerns the user", async () => {
  const { alice, bob, visitor } = await cast();
  const own = await enter(alice);
  const invited = await enter(bob, { subject: "Mit Alice", users: alice.userId });
  await enter(bob, { subject: "Bobs Sache" });
  const task = await enter(alice, { kind: "task", subject: "Angebot", minutes: "" });
  const done = await enter(alice, { kind: "task", subject: "Fertig", done: "on" });
  await enter(alice, { dueDay: "", dueTime: "", minutes: "", kind: "task", subject: "Irgendwann" });
  await enter(alice, { dueDay: addDays(today, -90), subject: "Lange her" });
  const answer = await visitor.get(await address(alice));
  assertEquals(answer.status, 200);
  assertEquals(answer.headers.get("Content-Type"), "text/calendar; charset=utf-8");
  const file = await answer.text();
  const found = events(file);
  assertEquals(
    found.map(({ uid }) => uid).sort(),
    [own, invited, task].map((id) => `${id}@localhost:8000`).sort(),
  );
  const visit = found.find(({ uid }) => uid.startsWith(own))!;
  assertEquals(visit.summary, "Besuch; mit, Zeichen");
  assertEquals(visit.startDate.toJSDate().toISOString(), instantOf(today, "10:00").toISOString());
  assertStringIncludes(file, `URL:http://localhost:8000/activities/${own}`);
  const offer = found.find(({ uid }) => uid.startsWith(task))!;
  assertEquals(offer.summary, "Aufgabe: Angebot");
  assertEquals(offer.component.getFirstPropertyValue("transp"), "TRANSPARENT");
  assert(!file.includes("vertraulich"), "notes are not in the feed");
  assert(!file.includes(done));
});

Deno.test("unchanged it is not sent again, changed it is", async () => {
  const { alice, visitor } = await cast();
  const id = await enter(alice);
  const path = await address(alice);
  const first = await visitor.get(path);
  const etag = first.headers.get("ETag")!;
  assertMatch(etag, /^"[\w-]{43}"$/);
  await first.text();
  for (const header of [etag, `W/${etag}`, `"x", ${etag}`]) {
    const again = await visitor.get(path, { "If-None-Match": header });
    assertEquals([again.status, await again.text()], [304, ""]);
    assertEquals(again.headers.get("ETag"), etag);
  }
  await alice.post(`/activities/${id}/completion`);
  const changed = await visitor.get(path, { "If-None-Match": etag });
  assertEquals(changed.status, 200);
  await changed.body?.cancel();
});

Deno.test("only busy times: no subject, no link, no task", async () => {
  const { alice, visitor } = await cast();
  const id = await enter(alice);
  await enter(alice, { kind: "task", subject: "Geheime Aufgabe" });
  const file = await (await visitor.get(await address(alice, "busy"))).text();
  const found = events(file);
  assertEquals(found.map(({ summary }) => summary), ["Belegt"]);
  for (const word of ["Besuch", "Geheim", `activities/${id}`]) assert(!file.includes(word), word);
});

Deno.test("a series comes as a rule in its zone, over the change of the clock", async () => {
  const { alice, visitor } = await cast();
  await enter(alice, { dueDay: today, dueTime: "09:00", repeatCycle: "week" });
  const file = await (await visitor.get(await address(alice))).text();
  assertStringIncludes(file, "BEGIN:VTIMEZONE");
  const root = new ICAL.Component(ICAL.parse(file));
  ICAL.TimezoneService.register(root.getFirstSubcomponent("vtimezone")!);
  const iterator = new ICAL.Event(root.getFirstSubcomponent("vevent")!).iterator();
  for (let week = 0; week < 60; week++) {
    assertEquals(
      iterator.next().toJSDate().toISOString(),
      instantOf(addDays(today, 7 * week), "09:00").toISOString(),
    );
  }
});

Deno.test("the address is stored nowhere; after renewal the old one is invalid, after closing each is", async () => {
  const { alice, visitor, test } = await cast();
  const first = await address(alice);
  const token = first.split("/").at(-1)!.slice(0, 43);
  const [stored] = await test.db.owner`
    select f::text as row
    from calendar_feeds f
    where user_id = ${alice.userId}
  `;
  assert(!stored!.row.includes(token));
  const page = await (await alice.get("/account/calendar-feed")).text();
  assert(!page.includes("/calendar-feeds/"), "it is shown once");
  const second = await address(alice);
  assertEquals((await visitor.get(first)).status, 404);
  assertEquals((await visitor.get(second)).status, 200);
  await alice.post("/account/calendar-feed/removal");
  assertEquals((await visitor.get(second)).status, 404);
});

Deno.test("a user who was shut out has no calendar any more, nor by guessing", async () => {
  const { alice, bob, visitor, test } = await cast();
  const path = await address(bob);
  await test.db.owner`update users set deactivated_at = now() where id = ${bob.userId}`;
  assertEquals((await visitor.get(path)).status, 404);
  const own = await address(alice);
  for (
    const wrong of [
      own.replace(".ics", ""),
      own.replace(/.{4}\.ics$/, "AAAA.ics"),
      own.replace(/\.ics$/, ".ICS"),
      "/calendar-feeds/%00.ics",
      `/calendar-feeds/${"a".repeat(4000)}.ics`,
    ]
  ) {
    const answer = await visitor.get(wrong);
    assertEquals(answer.status, 404, wrong);
    await answer.body?.cancel();
  }
  assertEquals(errors, []);
});

Deno.test("a user who is let in again starts without the former address", async () => {
  const { alice, bob, visitor } = await cast();
  const path = await address(bob);
  for (const action of ["deactivate", "reactivate"]) {
    assertEquals((await alice.post(`/settings/team/${bob.userId}/${action}`)).status, 303);
    assertEquals((await visitor.get(path)).status, 404, action);
  }
});

Deno.test("a calendar ends with the contract", async () => {
  const { alice, visitor, test } = await cast();
  const path = await address(alice);
  const phase = async (phase: string) => {
    await test.db.owner`update tenants set phase = ${phase} where id = ${alice.tenantId}`;
    return (await visitor.get(path)).status;
  };
  assertEquals(await phase("read_only"), 200);
  assertEquals(await phase("closed"), 404);
  assertEquals(await phase("erasing"), 404);
  assertEquals(await phase("open"), 200);
});

Deno.test("each user has their own, charlie's holds nothing of alice's tenant", async () => {
  const { alice, vera, charlie, visitor } = await cast();
  await enter(alice, { users: "" });
  for (const other of [vera, charlie]) {
    const file = await (await visitor.get(await address(other))).text();
    assertEquals(events(file).length, 0);
  }
});

Deno.test("a calendar of thousands is cut to what comes next", async () => {
  const { alice, visitor } = await cast();
  await alice.scope(({ sql, tenantId, actor, now }) =>
    sql`
      insert into activities (
        tenant_id, id, kind, subject, due_at, owner_id, at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'meeting', 'Termin ' || i,
        ${now}::timestamptz + make_interval(hours => i - 1000), ${actor.userId}, ${now}, ${now}, ${now}
      from generate_series(1, 3000) as i
    `
  );
  const found = events(await (await visitor.get(await address(alice))).text());
  const coming = found.filter((event) => event.startDate.toJSDate() >= now());
  assertEquals([coming.length, found.length], [most.ahead, most.ahead + most.back]);
  const latest = Math.max(...found.map((event) => event.startDate.toJSDate().getTime()));
  assert(latest - now().getTime() <= most.ahead * 3_600_000, "the next ones, not the last ones");
});

Deno.test("a date that a series leaves out is excluded in the file, a moved one is in its place", async () => {
  const { alice, visitor } = await cast();
  const series = await enter(alice, { subject: "Runde", repeatCycle: "week" });
  const [second, third] = [addDays(today, 7), addDays(today, 14)];
  await alice.post(`/activities/${series}/omissions`, { day: second });
  await alice.post(`/activities/${series}/moves`, { day: third, to: addDays(today, 15) });
  const file = await (await visitor.get(await address(alice))).text();
  const plain = (day: string) => day.replaceAll("-", "");
  assertStringIncludes(file, `EXDATE;TZID=Europe/Berlin:${plain(second)}T100000\r\n`);
  assertStringIncludes(file, `RECURRENCE-ID;TZID=Europe/Berlin:${plain(third)}T100000\r\n`);
  assertEquals(
    events(file).map(({ uid, summary }) => [uid, summary]),
    [0, 1].map(() => [`${series}@localhost:8000`, "Runde"]),
  );
  assertEquals(events(file).filter((each) => each.isRecurrenceException()).length, 1);
});
