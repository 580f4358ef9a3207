/** Who opened which record: shown at once on the page, written in batches a moment later. */
import { deepEqual, equal } from "node:assert/strict";
import { elapsed, now, pause } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { endPool, openPool } from "../db/pool.ts";
import { Visits } from "../routes/visits.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf } from "./support/html.ts";

const { test, alice, bob, charlie } = await cast();
const { owner } = test.db;

const contact = async (who: Person, lastName: string) =>
  idOf(await who.post("/contacts/new", { lastName, origin: "card", _anyway: "1" }));

const errors: unknown[][] = [];
const log = {
  ...{ debug: () => {}, info: () => {}, warn: () => {} },
  error: (...all: unknown[]) => void errors.push(all),
};

/** Notes that a person opened contacts, one after the other. */
const note = (visits: Visits, who: Person, ids: string[], first = now()) =>
  who.scope((scope) => {
    for (const [at, id] of ids.entries()) {
      visits.note({ ...scope, now: new Date(first.getTime() + at) }, "contact", id);
    }
    return Promise.resolve();
  });

const seenBy = async (userId: string) =>
  (await owner<{ id: string }[]>`
    select record_id as id from visits where user_id = ${userId} order by seen_at desc, record_id
  `).map(({ id }) => id);

const looksAt = async (ids: string[]) =>
  (await owner<[{ n: number }]>`
    select count(*)::int as n from looks where contact_id = any(${ids})
  `)[0].n;

Deno.test("what several users of several tenants opened is written, each for itself", async () => {
  const visits = new Visits(test.db.app, log);
  const mine = await Promise.all(["Eins", "Zwei"].map((name) => contact(alice, name)));
  const theirs = await contact(charlie, "Fremd");
  await note(visits, alice, [...mine, mine[0]!]);
  await note(visits, bob, [mine[1]!]);
  await note(visits, charlie, [theirs]);
  equal(await looksAt([...mine, theirs]), 0);
  await visits.settled();
  deepEqual((await seenBy(alice.userId)).slice(0, 2).sort(), [...mine].sort());
  deepEqual(await seenBy(bob.userId), [mine[1]]);
  deepEqual(await seenBy(charlie.userId), [theirs]);
  equal(await looksAt([...mine, theirs]), 4);
});

Deno.test("a record removed meanwhile takes no other note with it", async () => {
  const visits = new Visits(test.db.app, log);
  const ids = await Promise.all(["Da", "Auch da", "Noch da"].map((name) => contact(bob, name)));
  const gone = newId();
  await note(visits, bob, [ids[0]!, gone, ...ids.slice(1)]);
  await visits.settled();
  equal(await looksAt([...ids, gone]), 3);
  deepEqual(errors, []);
});

Deno.test("records are held in their order, as a merge holds them, whoever opened them", async () => {
  const visits = new Visits(test.db.app, log);
  const [early, late] = await Promise.all([contact(alice, "Früh"), contact(alice, "Spät")])
    .then((ids) => ids.sort()) as [string, string];
  const [first, second] = [alice, bob].sort((a, b) => a.userId < b.userId ? -1 : 1);
  await note(visits, first!, [late]);
  await note(visits, second!, [early]);
  let written = Promise.resolve();
  await owner.begin(async (merge) => {
    const hold = (id: string) => merge`select from contacts where id = ${id} for update`;
    await hold(early);
    written = visits.settled();
    const waits = () =>
      owner<{ n: number }[]>`
        select count(*)::int as n
        from pg_stat_activity
        where datname = current_database()
          and wait_event_type = 'Lock'
          and query like '%insert into visits%'
      `;
    const until = elapsed() + 10_000;
    while ((await waits())[0]!.n === 0 && elapsed() < until) await pause(20);
    await merge`set local lock_timeout = '500ms'`;
    await hold(late);
  });
  await written;
  equal(await looksAt([early, late]), 2);
  deepEqual(errors, []);
});

Deno.test("of many opened at once the last ten of each user are kept, and every access log entry", async () => {
  const visits = new Visits(test.db.app, log);
  const ids: string[] = [];
  for (let i = 0; i < 14; i++) ids.push(await contact(alice, `Viele ${i}`));
  await note(visits, alice, ids, new Date(now().getTime() + 60_000));
  await visits.settled();
  deepEqual(await seenBy(alice.userId), ids.slice(4).reverse());
  equal(await looksAt(ids), 14);
});

Deno.test("an access is recorded on the page's day, even past midnight", async () => {
  const visits = new Visits(test.db.app, log);
  const id = await contact(alice, "Nacht");
  await alice.scope((scope) => {
    for (const at of ["2026-06-30T21:59:59.990Z", "2026-06-30T22:00:00.010Z"]) {
      visits.note({ ...scope, now: new Date(at) }, "contact", id);
    }
    return Promise.resolve();
  });
  await visits.settled();
  const days = await owner<{ day: string }[]>`
    select day from looks where contact_id = ${id} order by day
  `;
  deepEqual(days.map(({ day }) => day), ["2026-06-30", "2026-07-01"]);
});

Deno.test("access records wait while the database is away, and are written once it is back", async () => {
  const away = new URL(test.db.appUrl);
  away.port = "1";
  const lost = openPool(away.href, { max: 1 });
  let pool = lost;
  const visits = new Visits(lost, log);
  Object.defineProperty(visits, "pool", { get: () => pool });
  const id = await contact(alice, "Wartet");
  await note(visits, alice, [id]);
  await visits.settled();
  equal(await looksAt([id]), 0);
  pool = test.db.app;
  await visits.settled();
  equal(await looksAt([id]), 1);
  deepEqual(errors, []);
  await endPool(lost);
});

Deno.test("access records are written within a second by themselves", async () => {
  const visits = new Visits(test.db.app, log);
  const id = await contact(alice, "Von selbst");
  await note(visits, alice, [id]);
  const until = elapsed() + 10_000;
  while (await looksAt([id]) === 0 && elapsed() < until) {
    await pause(20);
  }
  equal(await looksAt([id]), 1);
});
