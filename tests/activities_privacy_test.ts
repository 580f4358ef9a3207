/** Activities and the persons in them: restricted ones are named nowhere, erased ones leave nothing. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { addDays, dayOf } from "../db/local_times.ts";
import { eraseTrash } from "../jobs/trash.ts";
import { sendReminders } from "../jobs/reminders.ts";
import * as samples from "../db/samples.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";

const today = dayOf(now());

/** A contact with a firm; both ids. */
async function person(by: Person): Promise<{ id: string; firm: string }> {
  const id = idOf(
    await by.post("/contacts/new", {
      lastName: "Weißhaupt",
      origin: "card",
      "companies.0.name": "Möbel Kern",
      "companies.0.isPrimary": "on",
    }),
  );
  const [row] = await by.scope(({ sql }) =>
    sql`select company_id from affiliations where contact_id = ${id}`
  );
  return { id, firm: row!.companyId };
}

const enter = async (by: Person, fields: Record<string, string | string[]>) =>
  idOf(
    await by.post("/activities/new", {
      id: newId(),
      kind: "meeting",
      subject: "Gespräch mit Weißhaupt",
      dueDay: today,
      dueTime: "10:00",
      ownerId: by.userId,
      ...fields,
    }),
  );

const tools = (by: Person) =>
  ({
    pool: by.test.db.app,
    config: by.test.services.config,
    log: by.test.services.log,
    signal: new AbortController().signal,
  }) as unknown as Parameters<typeof eraseTrash.run>[0];

async function feedOf(by: Person): Promise<string> {
  const html = await (await by.post("/account/calendar-feed", { detail: "subject" })).text();
  const address = /value="(http[^"]+\.ics)"/.exec(html)![1]!;
  return await (await by.get(new URL(address).pathname)).text();
}

Deno.test("what is about a restricted person is shown nowhere, not by its words either", async () => {
  const { alice, bob } = await cast();
  const { id, firm } = await person(alice);
  const meeting = await enter(bob, {
    about: [`contact:${id}`, `company:${firm}`],
    ownerId: bob.userId,
    remindBefore: "0",
    dueDay: addDays(today, 1),
  });
  const trashed = await enter(bob, { about: `contact:${id}` });
  await bob.post(`/activities/${trashed}/deletion`);
  const pages = [
    "/activities",
    "/activities?owner=all",
    `/activities?company=${firm}&owner=all`,
    "/activities/calendar",
    "/activities/calendar?view=agenda",
    `/companies/${firm}`,
    "/trash",
  ];
  for (const path of pages.slice(0, 6)) {
    assertStringIncludes(await text(await bob.get(path)), "Gespräch mit Weißhaupt", path);
  }
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  for (const path of [...pages, `/notifications`]) {
    const html = await (await bob.get(path)).text();
    assert(!html.includes("Gespräch mit"), path);
  }
  assert(!(await feedOf(bob)).includes("Gespräch"), "the feed");
  for (const path of ["", "/edit"]) {
    assertEquals((await bob.get(`/activities/${meeting}${path}`)).status, 404);
  }
  assertEquals((await bob.post(`/activities/${meeting}/completion`)).status, 404);
  assertEquals((await bob.post(`/activities/${meeting}/deletion`)).status, 404);
  assertEquals((await bob.post(`/trash/activities/${trashed}/restoration`)).status, 404);
  // Nobody is reminded of it either.
  await alice.test.db.owner`
    update reminders
    set remind_at = now() - interval '1 minute'
    where activity_id = ${meeting}
  `;
  await sendReminders.run(tools(alice), { tenantId: null });
  const [written] = await alice.test.db.owner`
    select count(*)::int as n
    from notifications
    where activity_id = ${meeting}
      and kind = 'reminder'
  `;
  assertEquals(written!.n, 0);
});

Deno.test("an activity about several persons is hidden if one of them is restricted", async () => {
  const { alice } = await cast();
  const { id } = await person(alice);
  const other = idOf(await alice.post("/contacts/new", { lastName: "Kern", origin: "card" }));
  await enter(alice, { about: [`contact:${id}`, `contact:${other}`] });
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  assert(!(await text(await alice.get(`/contacts/${other}`))).includes("Gespräch"));
});

Deno.test("what is about a deleted person alone waits with them, and comes back with them", async () => {
  const { alice } = await cast();
  const { id, firm } = await person(alice);
  await enter(alice, { about: `contact:${id}` });
  await enter(alice, { about: [`contact:${id}`, `company:${firm}`], subject: "Preise für Kern" });
  await alice.post(`/contacts/${id}/deletion`);
  const page = await text(await alice.get(`/companies/${firm}`));
  assert(!page.includes("Gespräch mit"));
  assertStringIncludes(page, "Preise für Kern");
  assert(!(await text(await alice.get("/activities"))).includes("Gespräch mit"));
  await alice.post(`/trash/contacts/${id}/restoration`);
  assertStringIncludes(await text(await alice.get("/activities")), "Gespräch mit");
});

Deno.test("with an erased person goes what was about them alone, in the trash or not", async () => {
  const { alice, test } = await cast();
  const { id, firm } = await person(alice);
  const alone = await enter(alice, { about: `contact:${id}`, users: "" });
  const trashed = await enter(alice, { about: `contact:${id}` });
  const shared = await enter(alice, { about: [`contact:${id}`, `company:${firm}`] });
  const free = await enter(alice, {});
  await alice.post(`/activities/${trashed}/deletion`);
  await alice.post(`/contacts/${id}/deletion`);
  await test.db
    .owner`update contacts set erase_after = now() - interval '1 second' where id = ${id}`;
  await eraseTrash.run(tools(alice), { tenantId: null });
  const left = await test.db.owner<{ id: string }[]>`
    select id
    from activities
    where tenant_id = ${alice.tenantId}
  `;
  assertEquals(left.map((row) => row.id).sort(), [shared, free].sort());
  const orphans = await test.db.owner`
    select activity_id
    from activity_links
    where activity_id in (${alone}, ${trashed})
  `;
  assertEquals(orphans.length, 0);
});

Deno.test("a deleted activity is erased after its days, and history keeps no word of it", async () => {
  const { alice, test } = await cast();
  const id = await enter(alice, { subject: "Kanarienvogel füttern" });
  await alice.post(`/activities/${id}/deletion`);
  await eraseTrash.run(tools(alice), { tenantId: null });
  const [young] = await test.db.owner`select id from activities where id = ${id}`;
  assert(young, "not before its days are over");
  await test.db
    .owner`update activities set erase_after = now() - interval '1 second' where id = ${id}`;
  await eraseTrash.run(tools(alice), { tenantId: null });
  assertEquals((await test.db.owner`select id from activities where id = ${id}`).length, 0);
  const history = await test.db.owner`
    select action, fields
    from changes
    where record_id = ${id}
    order by at, id
  `;
  assertEquals(history.map(({ action }) => action), ["created", "deleted", "erased"]);
  assert(!JSON.stringify(history).includes("Kanarien"));
});

Deno.test("sample data take along what was noted about them alone", async () => {
  const { alice, test } = await cast();
  await alice.scope((scope) => samples.create(scope, { contacts: 3, companies: 1 }));
  const [sample] = await alice.scope(({ sql }) =>
    sql`select id from contacts where source_channel = 'sample' limit 1`
  );
  const about = await enter(alice, { about: `contact:${sample!.id}` });
  const own = await enter(alice, {});
  await alice.scope((scope) => samples.remove(scope));
  const left = await test.db.owner<{ id: string }[]>`
    select id
    from activities
    where tenant_id = ${alice.tenantId}
  `;
  assertEquals(left.map((row) => row.id), [own]);
  assert(about !== own);
});
