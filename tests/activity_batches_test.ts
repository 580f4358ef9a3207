/** Activities in their lists: searched, changed together and undone, planned from there. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { addDays } from "../db/local_times.ts";
import { today } from "../db/clock.ts";
import { cast, type Person } from "./support/cast.ts";
import { decode, idOf, text, values } from "./support/html.ts";
import { sight } from "./support/sights.ts";

const activity = async (person: Person, fields: Record<string, string> = {}) =>
  idOf(
    await person.post("/activities/new", {
      ...{ id: newId(), kind: "call", subject: "Nachfassen", dueDay: today(), dueTime: "10:00" },
      ownerId: person.userId,
      ...fields,
    }),
  );

interface Row {
  day: string | null;
  done: boolean;
  gone: boolean;
  ownerId: string | null;
}

const rows = async ({ test }: Person, ids: readonly string[]): Promise<Row[]> =>
  await test.db.owner<Row[]>`
    select (due_at at time zone 'Europe/Berlin')::date::text as day, done_at is not null as done,
      deleted_at is not null as gone, owner_id
    from activities
    where id = any (${[...ids]}::uuid[])
    order by array_position(${[...ids]}::uuid[], id)
  `;

/** Sends what was ticked; the words of the flash, and the address that takes it back. */
async function batch(
  person: Person,
  fields: Record<string, string | string[]>,
): Promise<{ words: string; undo: string }> {
  const answer = await person.post("/activities/batches", { back: "/activities", ...fields });
  equal(answer.status, 303);
  // A refused one returns to the same list, with the same ticks.
  const list = answer.headers.get("Location")!.replace(/[?&]ids=.*/, "");
  equal(list, fields.back ?? "/activities");
  const html = await (await person.get("/activities")).text();
  const undo = /action="(\/activities\/batches\/undo[^"]*)"/.exec(html)?.[1] ?? "";
  return { words: decode(/class="flash[\s\S]*?<p>([^<]*)/.exec(html)![1]!), undo: decode(undo) };
}

Deno.test("the list offers ticks and actions to writers, but not to read-only users", async () => {
  const { alice, vera } = await cast();
  const id = await activity(alice);
  const html = await (await alice.get("/activities")).text();
  deepEqual(values(html, "ids"), [id]);
  for (const action of ["done", "day", "owner", "delete"]) {
    ok(html.includes(`name="action" value="${action}"`), action);
  }
  const hers = await (await vera.get("/activities?owner=all")).text();
  equal(hers.includes("batch-form"), false);
  equal((await vera.post("/activities/batches", { action: "done", ids: id })).status, 403);
});

Deno.test("ticked activities are completed at once; what was done already is reported, and stays done after an undo", async () => {
  const { alice } = await cast();
  const [a, b, old] = [await activity(alice), await activity(alice), await activity(alice)];
  await alice.post(`/activities/${old}/completion`, {});
  const { words, undo } = await batch(alice, { action: "done", ids: [a, b, old] });
  equal(words, "2 Aktivitäten erledigt. Unverändert: 1.");
  deepEqual((await rows(alice, [a, b, old])).map(({ done }) => done), [true, true, true]);
  equal((await alice.post(undo)).headers.get("Location"), "/activities");
  deepEqual((await rows(alice, [a, b, old])).map(({ done }) => done), [false, false, true]);
  const same = await batch(alice, { action: "done", ids: old });
  match(same.words, /Nichts geändert/);
  equal(same.undo, "");
});

Deno.test("what somebody else completed since stays done when a batch is undone", async () => {
  const { alice, bob } = await cast();
  const [mine, theirs] = [await activity(alice), await activity(alice)];
  const { undo } = await batch(alice, { action: "done", ids: [mine, theirs] });
  equal((await bob.post(`/activities/${theirs}/completion/withdrawal`)).status, 303);
  deepEqual((await rows(alice, [mine, theirs])).map(({ done }) => done), [true, false]);
  await bob.post(`/activities/${theirs}/completion`);
  deepEqual((await rows(alice, [mine, theirs])).map(({ done }) => done), [true, true]);
  await alice.post(undo);
  deepEqual((await rows(alice, [mine, theirs])).map(({ done }) => done), [false, true]);
});

Deno.test("completing one of a series in a batch creates the next one, and the undo removes it", async () => {
  const { alice } = await cast();
  const id = await activity(alice, { repeatCycle: "week" });
  const count = async () => {
    const [row] = await alice.test.db.owner`
      select count(*)::int as n
      from activities
      where tenant_id = ${alice.tenantId}
    `;
    return row!.n;
  };
  const { undo } = await batch(alice, { action: "done", ids: id });
  equal(await count(), 2);
  await alice.post(undo);
  equal(await count(), 1);
});

Deno.test("a day is set and each one keeps its time; the undo restores each one's own day", async () => {
  const { alice } = await cast();
  const a = await activity(alice);
  const day = today();
  const later = addDays(day, 10);
  const b = await activity(alice, { dueDay: addDays(day, 3), dueTime: "16:30" });
  const undated = await activity(alice, { dueDay: "", dueTime: "", kind: "task" });
  const ids = [a, b, undated];
  const { words, undo } = await batch(alice, { action: "day", day: later, ids });
  match(words, /^Neuer Termin für 3 Aktivitäten: /);
  deepEqual((await rows(alice, ids)).map(({ day }) => day), [later, later, later]);
  const [row] = await alice.test.db.owner`
    select to_char(due_at at time zone 'Europe/Berlin', 'HH24:MI') as time
    from activities
    where id = ${b}
  `;
  equal(row!.time, "16:30");
  await alice.post(`/activities/${a}/postponement`, { day: addDays(day, 20) });
  await alice.post(undo);
  deepEqual(
    (await rows(alice, ids)).map(({ day }) => day),
    [addDays(day, 20), addDays(day, 3), null],
    "what was moved on since stays there",
  );
  for (const day of ["", "31.02.2027"]) {
    match((await batch(alice, { action: "day", day, ids })).words, /Wählen Sie den Tag/);
  }
  // Ticks and choices are kept, and are no longer in the address returned to.
  const back = "/activities?owner=all";
  const form = { action: "owner", ids, day: addDays(day, 4), ownerId: "", back };
  const refused = await alice.post("/activities/batches", form);
  const shown = await (await alice.get(refused.headers.get("location")!)).text();
  equal(shown.match(/name="ids"[^>]* checked/g)?.length, ids.length);
  ok(shown.includes(`value="${addDays(day, 4)}"`));
  ok(shown.includes(`name="back" value="${back}"`));
});

Deno.test("activities given away cause one notification, and the undo returns them to their owners", async () => {
  const { alice, bob } = await cast();
  const [mine, his] = [await activity(alice), await activity(alice, { ownerId: bob.userId })];
  const nobodys = await activity(alice, { ownerId: "" });
  const ids = [mine, nobodys, his];
  const { words, undo } = await batch(alice, { action: "owner", ownerId: bob.userId, ids });
  equal(words, "2 Aktivitäten übergeben. Unverändert: 1.");
  deepEqual((await rows(alice, ids)).map(({ ownerId }) => ownerId), [
    bob.userId,
    bob.userId,
    bob.userId,
  ]);
  const notified = await alice.test.db.owner`
    select record_kind, count
    from notifications
    where user_id = ${bob.userId}
    order by id desc
    limit 1
  `;
  deepEqual(notified.map((row) => ({ ...row })), [{ recordKind: "activity", count: 2 }]);
  equal((await bob.post(undo)).status, 303);
  equal((await rows(alice, [mine]))[0]!.ownerId, bob.userId, "another's action is not his to undo");
  await alice.post(undo);
  deepEqual((await rows(alice, ids)).map(({ ownerId }) => ownerId), [
    alice.userId,
    null,
    bob.userId,
  ]);
  const odd = await batch(alice, { action: "owner", ownerId: newId(), ids });
  match(odd.words, /kann nicht zuständig sein/);
  match((await batch(alice, { action: "owner", ids })).words, /Wählen Sie, wer/);
  await batch(alice, { action: "owner", ownerId: "none", ids });
  deepEqual((await rows(alice, ids)).map(({ ownerId }) => ownerId), [null, null, null]);
});

Deno.test("deleted activities are in the trash and can be restored", async () => {
  const { alice } = await cast();
  const ids = [await activity(alice), await activity(alice)];
  const { words, undo } = await batch(alice, { action: "delete", ids: [...ids, newId()] });
  equal(words, "2 Aktivitäten liegen im Papierkorb. Unverändert: 1.");
  deepEqual((await rows(alice, ids)).map(({ gone }) => gone), [true, true]);
  await alice.post(undo);
  deepEqual((await rows(alice, ids)).map(({ gone }) => gone), [false, false]);
  match((await batch(alice, { action: "delete" })).words, /Wählen Sie erst Aktivitäten aus/);
});

Deno.test("another tenant's activities are not touched, and the undo link leads to no other site", async () => {
  const { alice, charlie } = await cast();
  const id = await activity(alice);
  for (const action of ["done", "delete"]) {
    match((await batch(charlie, { action, ids: id })).words, /Nichts geändert/);
    await charlie.post(`/activities/batches/undo?action=${action}&ids=${id}`);
  }
  deepEqual((await rows(alice, [id])).map(({ done, gone }) => [done, gone]), [[false, false]]);
  const away = await alice.post("/activities/batches", {
    ...{ action: "done", ids: id, back: "https://example.org/" },
  });
  equal(away.headers.get("Location"), "/activities");
  equal((await alice.post("/activities/batches/undo?action=odd")).status, 303);
  for (const at of ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "gestern"]) {
    const odd = `/activities/batches/undo?action=day&ids=${newId()}&at=${at}`;
    equal((await alice.post(odd)).status, 303, at);
  }
});

Deno.test("a user limited to their own records reaches no others in a batch, and can take back what was given away", async () => {
  const { alice, bob } = await cast();
  const contact = idOf(
    await alice.post("/contacts/new", { lastName: "Fremd", origin: "card", ownerId: alice.userId }),
  );
  await sight(alice, "own");
  const hers = await activity(alice, { about: `contact:${contact}` });
  const his = await activity(bob);
  const { words } = await batch(bob, { action: "done", ids: [his, hers] });
  equal(words, "1 Aktivität erledigt. Unverändert: 1.");
  equal((await rows(alice, [hers]))[0]!.done, false);
  await alice.post(`/activities/${hers}/completion`, {});
  const done = async (who: Person) =>
    values(await (await who.get("/activities?owner=all&share=done&q=nachfassen")).text(), "ids");
  deepEqual(await done(bob), [his], "nor does a search of what is done");
  deepEqual((await done(alice)).sort(), [his, hers].sort());
});

Deno.test("activities are found by the words of subject and text, however they are spelled", async () => {
  const { alice, bob } = await cast();
  await activity(alice, { subject: "Müller anrufen" });
  await activity(alice, { subject: "Rückruf", body: "wegen Gerüstbau" });
  const done = await activity(alice, { subject: "Müllabfuhr bestellen" });
  await alice.post(`/activities/${done}/completion`, {});
  await activity(bob, { subject: "Mueller besuchen" });
  const found = async (address: string) =>
    [...(await (await alice.get(address)).text()).matchAll(
      /class="row-link"[^>]*>([\s\S]*?)<\/a>/g,
    )]
      .map(([, words]) => decode(words!.replaceAll(/<[^>]+>/g, "")).replace(/^\s*\S+:\s*/, ""));
  deepEqual(await found("/activities?q=mueller"), ["Müller anrufen"]);
  deepEqual(await found("/activities?q=geruestbau+ruck"), ["Rückruf"]);
  deepEqual((await found("/activities?q=muller&owner=all")).sort(), [
    "Mueller besuchen",
    "Müller anrufen",
  ]);
  deepEqual(await found("/activities?q=m%C3%BCll&share=done"), ["Müllabfuhr bestellen"]);
  deepEqual(await found("/activities?q=nirgends"), []);
  const page = await (await alice.get("/activities?q=mueller")).text();
  ok(page.includes('href="/activities?q=mueller&amp;share=today"'), "a tab keeps the search");
  ok((await text(await alice.get("/activities?q=mueller"))).includes("Offen 1"));
});

Deno.test("what is planned from a list or the calendar leads back there, and is about the list's record", async () => {
  const { alice } = await cast();
  const contact = idOf(await alice.post("/contacts/new", { lastName: "Weiß", origin: "card" }));
  const way = async (from: string, mark: string) =>
    decode(
      [...(await (await alice.get(from)).text()).matchAll(/href="(\/activities\/new\?[^"]*)"/g)]
        .map(([, href]) => href!).find((href) => href.includes(mark))!,
    );
  const list = `/activities?share=week&contact=${contact}`;
  const html = await (await alice.get(await way(list, "back="))).text();
  deepEqual(values(html, "about"), [`contact:${contact}`]);
  ok(values(html, "back").includes(list));
  const month = "/activities/calendar?day=2027-03-01";
  const form = await (await alice.get(await way(month, "day=2027-03-04"))).text();
  deepEqual(values(form, "dueDay"), ["2027-03-04"]);
  ok(values(form, "back").includes(month));
  const saved = await alice.post("/activities/new", {
    ...{ kind: "meeting", subject: "Vor Ort", dueDay: "2027-03-04", back: month },
  });
  equal(saved.headers.get("Location"), month);
});

Deno.test("a refused batch leads to a short address, whatever its form held", async () => {
  const { alice } = await cast();
  const id = await activity(alice);
  const long = "a".repeat(20_000);
  for (const [name, value] of Object.entries({ ids: [id, long], day: long, ownerId: long })) {
    const answer = await alice.post("/activities/batches", {
      ...{ action: "owner", ids: id, back: "/activities" },
      [name]: value,
    });
    equal(answer.status, 303, name);
    equal(answer.headers.get("Location"), `/activities?ids=${id}`, name);
  }
});

Deno.test("two who change the same activities at once, each in another order, both get an answer", async () => {
  const { alice, bob } = await cast();
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) ids.push(await activity(alice));
  for (const [mine, his] of [[2, 3], [4, 5]] as const) {
    const answers = await Promise.all(
      ([[alice, mine, ids], [bob, his, ids.toReversed()]] as const).map(([person, days, ids]) =>
        person.post("/activities/batches", {
          ...{ action: "day", day: addDays(today(), days), back: "/activities" },
          ids: [...ids],
        })
      ),
    );
    deepEqual(answers.map(({ status }) => status), [303, 303]);
  }
});
