/** Reminders: once, to those concerned, at the right moment, in the app and by mail. */
import { assert, assertEquals } from "deno-std/assert/mod.js";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { addDays, dayOf, instantOf } from "../db/local_times.ts";
import { momentOf } from "../db/reminders.ts";
import { sendReminders } from "../jobs/reminders.ts";
import { mailNotifications } from "../jobs/notifications.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf } from "./support/html.ts";

const tomorrow = addDays(dayOf(now()), 1);

const enter = async (by: Person, fields: Record<string, string> = {}) =>
  idOf(
    await by.post("/activities/new", {
      id: newId(),
      kind: "call",
      subject: "Rückruf Weißhaupt",
      dueDay: tomorrow,
      dueTime: "10:00",
      remindBefore: "30",
      ownerId: by.userId,
      ...fields,
    }),
  );

async function remind(by: Person) {
  const tools = {
    pool: by.test.db.app,
    config: by.test.services.config,
    log: by.test.services.log,
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof sendReminders.run>[0];
  await sendReminders.run(tools, { tenantId: null });
  return { tools };
}

const due = (by: Person, id: string) =>
  by.test.db.owner`
    update reminders
    set remind_at = now() - interval '1 minute'
    where activity_id = ${id}
  `;

const remindedBy = async (by: Person, id: string) => {
  const rows = await by.test.db.owner<{ userId: string }[]>`
    select user_id
    from notifications
    where activity_id = ${id}
      and kind = 'reminder'
  `;
  return rows.map(({ userId }) => userId).sort();
};

Deno.test("owner and participants are reminded once, nobody else, and by mail too", async () => {
  const { alice, bob, test } = await cast();
  const id = await enter(alice, { users: bob.userId });
  await remind(alice);
  assertEquals(await remindedBy(alice, id), [], "not before its moment");
  await due(alice, id);
  const { tools } = await remind(alice);
  await remind(alice);
  assertEquals(await remindedBy(alice, id), [alice.userId, bob.userId].sort());
  await mailNotifications.run(tools, { tenantId: null });
  const mails = await test.db.owner`
    select subject, body_text
    from mails
    where recipient in (${alice.email}, ${bob.email})
  `;
  assertEquals(mails.length, 2);
  for (const mail of mails) {
    assert(mail.bodyText.includes("Eine Erinnerung ist fällig"));
    assert(!JSON.stringify(mail).includes("Weißhaupt"), "the letter names nobody");
  }
});

Deno.test("a completed activity does not remind; reopened it does", async () => {
  const { alice } = await cast();
  const id = await enter(alice);
  await alice.post(`/activities/${id}/completion`);
  const count = async () =>
    (await alice.test.db.owner`select from reminders where activity_id = ${id}`).length;
  assertEquals(await count(), 0);
  await alice.post(`/activities/${id}/completion/withdrawal`);
  assertEquals(await count(), 1);
});

Deno.test("a postponed activity reminds again; one changed otherwise does not", async () => {
  const { alice } = await cast();
  const id = await enter(alice);
  await due(alice, id);
  await alice.test.db.owner`
    update reminders
    set remind_at = ${new Date(
    instantOf(tomorrow, "10:00").getTime() - 30 * 60_000,
  )}, sent_at = now()
    where activity_id = ${id}
  `;
  const sent = async () => {
    const [row] = await alice.test.db
      .owner`select sent_at from reminders where activity_id = ${id}`;
    return row!.sentAt !== null;
  };
  const edit = { kind: "call", dueDay: tomorrow, remindBefore: "30", ownerId: alice.userId };
  await alice.post(`/activities/${id}/edit`, {
    ...edit,
    version: "1",
    subject: "Rückruf",
    dueTime: "10:00",
  });
  assertEquals(await sent(), true);
  await alice.post(`/activities/${id}/edit`, {
    ...edit,
    version: "2",
    subject: "Rückruf",
    dueTime: "15:00",
  });
  assertEquals(await sent(), false);
});

Deno.test("whole days are announced from eight in the morning, over a change of the clock too", () => {
  const iso = (day: string, minutes: number, clock?: string) =>
    momentOf(instantOf(day, clock), clock === undefined, minutes).toISOString();
  assertEquals(iso("2026-05-06", 0), "2026-05-06T06:00:00.000Z");
  assertEquals(iso("2026-05-06", 1_440), "2026-05-05T06:00:00.000Z");
  assertEquals(iso("2026-03-29", 1_440), "2026-03-28T07:00:00.000Z");
  assertEquals(iso("2026-03-30", 1_440, "09:00"), "2026-03-29T07:00:00.000Z");
  assertEquals(
    iso("2026-03-29", 1_440, "09:00"),
    "2026-03-28T08:00:00.000Z",
    "a day, not 24 hours",
  );
  assertEquals(iso("2026-05-06", 30, "09:00"), "2026-05-06T06:30:00.000Z");
});
