/** The bell's stream over a real port: who is notified, when it ends, and what it costs. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { elapsed } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { notify } from "../db/notifications.ts";
import { openPool } from "../db/pool.ts";
import * as sessions from "../db/sessions.ts";
import { most } from "../routes/streams.ts";
import { cast, type Person, person } from "./support/cast.ts";
import { headersOf, Listening, serve, type Web } from "./support/streams.ts";
import { eventually } from "./runtime/service.ts";

/** Notifies a person of something that somebody else gave them. */
async function give(by: Person, to: Person): Promise<void> {
  await by.scope((scope) =>
    notify(scope, { userId: to.userId, kind: "assigned", recordKind: "contact", count: 2 })
  );
}

/** Connections of the processes under test, by what they do. */
async function connections({ test }: Person, state = "%"): Promise<number> {
  const [row] = await test.db.owner<{ n: number }[]>`
    select count(*)::int as n
    from pg_stat_activity
    where datname = current_database()
      and application_name = 'kompaktcrm streams'
      and state like ${state}
  `;
  return row!.n;
}

Deno.test("each process notifies its open pages of what was done in another, within a second", async () => {
  const { test, alice, bob, charlie } = await cast();
  const webs = [await serve(test), await serve(test)];
  const his = await Promise.all(webs.map((web) => Listening.open(web, bob)));
  const others = await Promise.all([alice, charlie].map((who) => Listening.open(webs[0]!, who)));
  equal(his[0]!.headers.get("Content-Type"), "text/event-stream");
  equal(his[0]!.headers.get("Cache-Control"), "no-store");
  await eventually(() => his.every(({ counts }) => counts.length === 1));
  const from = elapsed();
  await give(alice, bob);
  await eventually(() => his.every(({ counts }) => counts.at(-1) === 1));
  ok(elapsed() - from < 1_000);
  equal(his[0]!.labels.at(-1), "Eine ungelesene Mitteilung");
  await bob.post("/notifications/reading", { upTo: newId() });
  await eventually(() => his.every(({ counts }) => counts.at(-1) === 0));
  deepEqual(his[1]!.counts, [0, 1, 0]);
  for (const other of others) deepEqual(other.counts, [0]);
  await Promise.all(webs.map((web) => web.stop()));
  await eventually(() => [...his, ...others].every(({ ended }) => ended));
});

Deno.test("a stream starts with the count of this moment, in the person's language", async () => {
  const { test, alice, bob } = await cast();
  await give(alice, bob);
  await test.db.owner`update identities set locale = 'en' where id = ${bob.identityId}`;
  const web = await serve(test);
  const stream = await Listening.open(web, bob);
  await eventually(() => stream.labels.length > 0);
  equal(stream.labels[0], "One unread notification");
  const answer = await fetch(`${web.url}/notifications/unread`, { headers: headersOf(bob) });
  deepEqual(await answer.json(), { unread: 1, label: "One unread notification" });
  await web.stop();
});

/** What ends a stream at once, each in a tenant of its own. */
const endings: Record<string, (people: { alice: Person; bob: Person }) => Promise<unknown>> = {
  "signing out": ({ bob }) => bob.post("/logout"),
  "ending all other sessions": async ({ bob }) => {
    const token = await sessions.create(bob.test.db.app, {
      identityId: bob.identityId,
      tenantId: bob.tenantId,
      ip: "127.0.0.1",
      userAgent: "other",
    });
    const other = Object.assign(Object.create(bob), { cookies: new Map([["session", token]]) });
    return await other.post("/account/sessions/end");
  },
  "being shut out": ({ alice, bob }) => alice.post(`/settings/team/${bob.userId}/deactivate`),
  "going over to another tenant": async ({ bob }) => {
    const { owner } = bob.test.db;
    const tenantId = newId();
    await owner`insert into tenants (id, slug, name, created_at) values (${tenantId}, ${tenantId}, 'Zweithaus', now())`;
    await owner`
      insert into users (tenant_id, id, identity_id, role, created_at)
      values (${tenantId}, ${newId()}, ${bob.identityId}, 'member', now())
    `;
    return await bob.post("/tenants", { tenantId });
  },
};

for (const [name, action] of Object.entries(endings)) {
  Deno.test(`${name} ends the stream at once, that of others goes on`, async () => {
    const { test, alice, bob } = await cast();
    const web = await serve(test);
    const stream = await Listening.open(web, bob);
    const hers = await Listening.open(web, alice);
    await eventually(() => stream.counts.length === 1 && hers.counts.length === 1);
    await action({ alice, bob });
    await eventually(() => stream.ended, 1_000);
    ok(!hers.ended);
    equal(web.streams.size, 1);
    await web.stop();
  });
}

Deno.test("without a signal the periodic check finds an ended session and a changed count", async () => {
  const { test, alice, bob } = await cast();
  const web = await serve(test, { beat: 100 });
  const [stream, hers] = [await Listening.open(web, bob), await Listening.open(web, alice)];
  await eventually(() => stream.beats > 2);
  await test.db.owner`
    insert into notifications (tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at)
    values (${bob.tenantId}, ${newId()}, ${bob.userId}, 'assigned', 'contact', true, false, now())
  `;
  await eventually(() => stream.counts.at(-1) === 1);
  await test.db
    .owner`update sessions set expires_at = created_at where identity_id = ${bob.identityId}`;
  await eventually(() => stream.ended);
  ok(!hers.ended);
  await test.db.owner`update users set deactivated_at = now() where id = ${alice.userId}`;
  await eventually(() => hers.ended);
  await web.stop();
});

Deno.test("an open page keeps no session alive, looking at a page does", async () => {
  const { test, bob } = await cast();
  const web = await serve(test, { beat: 100 });
  const seen = async () => {
    const [row] = await test.db.owner<{ at: Date }[]>`
      select last_seen_at as at
      from sessions
      where identity_id = ${bob.identityId}
    `;
    return row!.at.getTime();
  };
  await test.db
    .owner`update sessions set last_seen_at = now() - interval '2 hours' where identity_id = ${bob.identityId}`;
  const before = await seen();
  const stream = await Listening.open(web, bob);
  await eventually(() => stream.beats > 1);
  await (await bob.get("/notifications/unread")).body?.cancel();
  equal(await seen(), before);
  await (await bob.get("/notifications")).body?.cancel();
  ok(await seen() > before);
  await web.stop();
});

Deno.test("hundreds of open streams hold one connection, and pages are answered beside them", async () => {
  const { test, alice, bob } = await cast();
  const web = await serve(test, { max: 2, beat: 200 });
  const crowd = await Promise.all(
    Array.from({ length: 40 }, (_, n) => person(test, bob.tenantId, `Person ${n}`, "member")),
  );
  const streams = await Promise.all(
    crowd.flatMap((who) => [1, 2, 3, 4, 5].map(() => Listening.open(web, who))),
  );
  await eventually(() => streams.every(({ counts }) => counts.length === 1));
  equal(web.streams.size, 200);
  ok(await connections(alice) <= 3, "the pool's two and the one that hears");
  equal(await connections(alice, "%in transaction%"), 0);
  const pages = await Promise.all(
    Array.from({ length: 20 }, () => fetch(`${web.url}/contacts`, { headers: headersOf(bob) })),
  );
  for (const page of pages) {
    equal(page.status, 200);
    await page.body?.cancel();
  }
  for (const who of crowd) await give(alice, who);
  await eventually(() => streams.every(({ counts }) => counts.at(-1) === 1));
  await web.stop();
});

Deno.test("one person's streams are limited; beyond that the page polls", async () => {
  const { test, alice, bob } = await cast();
  const web = await serve(test);
  const open = () => Listening.open(web, bob);
  const streams = await Promise.all(Array.from({ length: most.perUser }, open));
  equal((await open()).status, 429);
  equal((await Listening.open(web, alice)).status, 200);
  streams[0]!.leave();
  await eventually(() => web.streams.size === most.perUser);
  equal((await open()).status, 200);
  await web.stop();
});

Deno.test("a closed page is forgotten, and one that reads nothing is disconnected", async () => {
  const { test, bob } = await cast();
  const web = await serve(test, { beat: 20 });
  const stream = await Listening.open(web, bob);
  await eventually(() => stream.counts.length === 1);
  stream.leave();
  await eventually(() => web.streams.size === 0);
  // A reader that never reads: its few kilobytes fill up with beats.
  const body = web.streams.open({
    sessionId: newId(),
    digest: sessions.tokenDigest(bob.cookies.get("session")!).toHex(),
    tenantId: bob.tenantId,
    userId: bob.userId,
    write: () => "x".repeat(8_100),
  }, 0);
  ok(body);
  equal(web.streams.size, 1);
  await eventually(() => web.streams.size === 0);
  await web.stop();
});

Deno.test("asked for its head alone, a stream is not opened for anybody", async () => {
  const { test, bob } = await cast();
  const web = await serve(test);
  for (let n = 0; n < most.perUser; n++) {
    const head = await fetch(`${web.url}/notifications/stream`, {
      method: "HEAD",
      headers: headersOf(bob),
    });
    equal(head.status, 200);
  }
  equal(web.streams.size, 0);
  await web.stop();
});

Deno.test("a lost connection is reopened, and what was missed meanwhile is sent", async () => {
  const { test, alice, bob } = await cast();
  const web = await serve(test);
  const stream = await Listening.open(web, bob);
  await eventually(() => stream.counts.length === 1);
  // The stream may get its count before the connection has begun to listen.
  await eventually(async () =>
    (await test.db.owner`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where application_name = 'kompaktcrm streams'
        and query like 'listen%'
    `).length === 1
  );
  await test.db.owner`
    insert into notifications (tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at)
    values (${bob.tenantId}, ${newId()}, ${bob.userId}, 'assigned', 'contact', true, false, now())
  `;
  await eventually(() => stream.counts.at(-1) === 1);
  await give(alice, bob);
  await eventually(() => stream.counts.at(-1) === 2);
  await web.stop();
});

Deno.test("a stop ends every stream and waits for none", async () => {
  const { test, bob } = await cast();
  const web: Web = await serve(test);
  const streams = await Promise.all([1, 2, 3].map(() => Listening.open(web, bob)));
  const from = elapsed();
  await web.stop();
  ok(elapsed() - from < 2_000);
  await eventually(() => streams.every(({ ended }) => ended));
});

Deno.test("visitors are led to the log-in, people without a tenant to the choice of one", async () => {
  const { test, bob, visitor } = await cast();
  const web = await serve(test);
  match((await Listening.open(web, visitor)).headers.get("Location")!, /^\/login/);
  await test.db.owner`update users set deactivated_at = now() where id = ${bob.userId}`;
  equal((await Listening.open(web, bob)).headers.get("Location"), "/tenants");
  const answer = await bob.get("/notifications/unread");
  equal(answer.headers.get("Location"), "/tenants");
  await web.stop();
});

Deno.test("a stray word on the channel harms no stream", async () => {
  const { test, bob } = await cast();
  const web = await serve(test);
  const stream = await Listening.open(web, bob);
  await eventually(() => stream.counts.length === 1);
  const pool = openPool(test.db.appUrl, { max: 1 });
  for (
    const odd of ["", "user", "user x", `user ${newId()}`, "session ' or 1=1", "x".repeat(7_000)]
  ) {
    await pool`select pg_notify('kompaktcrm', ${odd})`;
  }
  await pool.end();
  ok(!stream.ended);
  deepEqual(stream.counts, [0]);
  await web.stop();
});
