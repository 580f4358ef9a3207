/** Too many attempts: guessing is slow, and nobody can lock another person out. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { spend } from "../db/api_quotas.ts";
import { now, setOffset } from "../db/clock.ts";
import { TooMany } from "../db/errors.ts";
import { newId } from "../db/ids.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { prefixOf } from "../db/network_prefixes.ts";
import { Client, type TestApp } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { givePassword, goodPassword, visitor } from "./support/passwords.ts";

const from = (test: TestApp, ip: string) => new Client(test, { "X-Forwarded-For": ip });
const wrong = (email: string) => ({ email, password: "falsch geraten!" });
const right = (email: string) => ({ email, password: goodPassword });

Deno.test("the eleventh wrong password from one network is refused, with the time to wait", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const guesser = visitor(test);
  for (let i = 0; i < 10; i++) {
    equal((await guesser.post("/login", wrong(alice.email))).status, 422);
  }
  const refused = await guesser.post("/login", right(alice.email));
  equal(refused.status, 429);
  const wait = Number(refused.headers.get("Retry-After"));
  ok(wait > 0 && wait <= 990, `${wait} s`);
  match(await text(refused), /Zu viele Versuche/);
});

Deno.test("an account has the same tries however its address is written", async () => {
  const { test } = await cast();
  const guesser = visitor(test);
  const spellings = ["info@example.de", "INFO@example.de", "İnfo@example.de", "ｉnfo@example.de"];
  for (let i = 0; i < 10; i++) {
    equal((await guesser.post("/login", wrong(spellings[i % 4]!))).status, 422);
  }
  for (const email of spellings) {
    equal((await guesser.post("/login", wrong(email))).status, 429, email);
  }
});

Deno.test("another network, and the owner's own, are not locked by a stranger's guesses", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const home = visitor(test);
  equal((await home.post("/login", right(alice.email))).status, 303);
  for (let network = 0; network < 30; network++) {
    for (let i = 0; i < 3; i++) {
      await from(test, `203.0.${network}.9`).post("/login", wrong(alice.email));
    }
  }
  for (let i = 0; i < 9; i++) await home.post("/login", wrong(alice.email));
  equal((await home.post("/login", right(alice.email))).status, 303);
  equal((await visitor(test).post("/login", right(alice.email))).status, 303);
});

Deno.test("an account under attack from everywhere slows strange networks to two guesses", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  for (let i = 0; i < 51; i++) {
    await from(test, `192.0.${i}.9`).post("/login", wrong(alice.email));
  }
  const stranger = visitor(test);
  equal((await stranger.post("/login", wrong(alice.email))).status, 422);
  equal((await stranger.post("/login", wrong(alice.email))).status, 422);
  equal((await stranger.post("/login", wrong(alice.email))).status, 429);
});

Deno.test("then a network of many prefixes has no more guesses than any other", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  for (let i = 0; i < 51; i++) {
    await from(test, `2001:db8:${i}::9`).post("/login", wrong(alice.email));
  }
  const statuses: number[] = [];
  for (const part of ["100", "200", "ff00"]) {
    const guesser = from(test, `2001:db8:77:${part}::9`);
    statuses.push((await guesser.post("/login", wrong(alice.email))).status);
  }
  deepEqual(statuses, [422, 422, 429]);
  equal((await from(test, "2001:db8:78::9").post("/login", wrong(alice.email))).status, 422);
});

Deno.test("then right passwords from prefixes of one network are not taken for guesses", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  for (let i = 0; i < 51; i++) {
    await from(test, `2001:db8:${i}::9`).post("/login", wrong(alice.email));
  }
  for (const part of ["100", "200", "300", "400"]) {
    const owner = from(test, `2001:db8:99:${part}::9`);
    equal((await owner.post("/login", right(alice.email))).status, 303, part);
  }
});

Deno.test("links to new passwords cannot be tried out without end", async () => {
  const { test } = await cast();
  const guesser = from(test, "198.51.107.9");
  const statuses = [];
  for (let n = 0; n < rateLimits.limits.links.most; n++) {
    statuses.push((await guesser.get(`/passwords/${"x".repeat(43)}`)).status);
  }
  deepEqual([...new Set(statuses)], [410]);
  equal((await guesser.get(`/passwords/${"x".repeat(43)}`)).status, 429);
  equal((await guesser.post(`/passwords/${"x".repeat(43)}`, { password: "x" })).status, 429);
  equal((await guesser.get("/passwords/new")).status, 200);
});

Deno.test("one network cannot try many accounts", async () => {
  const { test, bob } = await cast();
  await givePassword(bob);
  const counters = { sql: test.db.app, secretKey };
  for (let i = 0; i < 100; i++) {
    await rateLimits.count(counters, rateLimits.signIn.prefix, "198.51.100.0/24");
  }
  const answer = await from(test, "198.51.100.77").post("/login", right(bob.email));
  equal(answer.status, 429);
});

Deno.test("parallel guesses are counted one by one", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const guesser = visitor(test);
  const answers = await Promise.all(
    Array.from({ length: 25 }, () => guesser.post("/login", wrong(alice.email))),
  );
  equal(answers.filter((answer) => answer.status === 422).length, 10);
});

Deno.test("the window slides, and a right password wipes the count", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const guesser = visitor(test);
  try {
    for (let i = 0; i < 11; i++) await guesser.post("/login", wrong(alice.email));
    equal((await guesser.post("/login", right(alice.email))).status, 429);
    setOffset("PT31M");
    equal((await guesser.post("/login", right(alice.email))).status, 303);
    for (let i = 0; i < 9; i++) await guesser.post("/login", wrong(alice.email));
    equal((await guesser.post("/login", right(alice.email))).status, 303);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a stranger can make us send three letters an hour to one address", async () => {
  const { test, alice } = await cast();
  const stranger = visitor(test);
  for (let i = 0; i < 3; i++) {
    equal((await stranger.post("/passwords/new", { email: alice.email })).status, 200);
  }
  equal((await stranger.post("/passwords/new", { email: alice.email })).status, 429);
});

Deno.test("strangers' requests for a link block neither the owner's network nor a new one", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const home = visitor(test);
  equal((await home.post("/login", right(alice.email))).status, 303);
  for (let network = 0; network < 15; network++) {
    for (let i = 0; i < 5; i++) {
      await from(test, `203.1.${network}.9`).post("/passwords/new", { email: alice.email });
    }
  }
  equal((await visitor(test).post("/passwords/new", { email: alice.email })).status, 200);
  for (let network = 15; network < 25; network++) {
    for (let i = 0; i < 3; i++) {
      await from(test, `203.1.${network}.9`).post("/passwords/new", { email: alice.email });
    }
  }
  equal((await visitor(test).post("/passwords/new", { email: alice.email })).status, 429);
  equal((await home.post("/passwords/new", { email: alice.email })).status, 200);
});

Deno.test("a neighbour's guesses at many accounts do not lock out known users", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const home = from(test, "198.51.102.8");
  equal((await home.post("/login", right(alice.email))).status, 303);
  const counters = { sql: test.db.app, secretKey };
  for (let i = 0; i < 100; i++) {
    await rateLimits.count(counters, rateLimits.signIn.prefix, "198.51.102.0/24");
  }
  equal((await home.post("/login", right(alice.email))).status, 303);
});

Deno.test("the time to wait is exact: then one attempt passes, shortly before none", async () => {
  const { test } = await cast();
  const counters = { sql: test.db.app, secretKey };
  const limit = { name: "test_wait", most: 5, window: 600_000 };
  const wait = async (key: string) => {
    try {
      await rateLimits.count(counters, limit, key);
    } catch (error) {
      if (error instanceof TooMany) return error.retryAfter;
      throw error;
    }
    return 0;
  };
  for (const [times, later] of [[6, 0], [9, 0], [5, 400], [8, 700], [4, 590]] as const) {
    try {
      const key = newId();
      const base = startsIn(limit.window);
      setOffset(`PT${base}S`);
      for (let i = 0; i < times; i++) await wait(key);
      setOffset(`PT${base + later}S`);
      let seconds = 0;
      while (seconds === 0) seconds = await wait(key);
      setOffset(`PT${base + later + seconds + 2}S`);
      equal(await wait(key), 0, `${times} ${later} ${seconds}`);
    } finally {
      setOffset(undefined);
    }
  }
});

/** Seconds from now until a window begins. */
const startsIn = (window: number) => Math.ceil((window - now().getTime() % window) / 1000) + 1;

Deno.test("counters hold digests, neither addresses nor networks, and are deleted when they expire", async () => {
  const { test, alice } = await cast();
  await from(test, "198.51.101.42").post("/login", wrong(alice.email));
  const rows = await test.db.owner`select r::text as line from rate_limits r`;
  ok(rows.length > 0);
  for (const { line } of rows) ok(!line.includes("198.51") && !line.includes("example.org"));
  try {
    setOffset("P91D");
    await rateLimits.removeExpired(test.db.app);
    const left = await test.db.owner`select from rate_limits`;
    equal(left.length, 0);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("the digests of two installations differ", async () => {
  const { test } = await cast();
  const limit = { name: "test_limit", most: 1, window: 60_000 };
  await rateLimits.count({ sql: test.db.app, secretKey }, limit, "same");
  await rateLimits.count({ sql: test.db.app, secretKey: btoa("x".repeat(32)) }, limit, "same");
  await rejects(
    rateLimits.count({ sql: test.db.app, secretKey }, limit, "same"),
    (error) => error instanceof TooMany && error.retryAfter <= 91,
  );
});

Deno.test("an address belongs to its /24 or /56", () => {
  deepEqual(["203.0.113.9", "::ffff:203.0.113.200"].map(prefixOf), [
    "203.0.113.0/24",
    "203.0.113.0/24",
  ]);
  const same = ["2001:db8:1:2ff::1", "2001:0DB8:0001:0200:ffff::", "2001:db8:1:234:5:6:7:8"];
  deepEqual(same.map(prefixOf), Array(3).fill("2001:0db8:0001:0200::/56"));
  equal(prefixOf("2001:db8:1:300::1"), "2001:0db8:0001:0300::/56");
  equal(prefixOf("::1"), "0000:0000:0000:0000::/56");
  equal(prefixOf(""), "");
  fc.assert(fc.property(fc.ipV6(), (ip) => {
    match(prefixOf(ip), /^(?:([0-9a-f]{4}:){4}:\/56|\d+\.\d+\.\d+\.0\/24|.*\/56)$/);
  }));
});

Deno.test("after an upgrade nobody is notified of a device on which they are signed in", async () => {
  const { test, alice } = await cast();
  await givePassword(alice);
  const box = await mailbox();
  const signIn = (from: string, agent = "Firefox/130.0 (Windows)") =>
    new Client(test, { "X-Forwarded-For": from, "User-Agent": agent })
      .post("/login", { email: alice.email, password: goodPassword });
  const letters = async () => (await box.collect(test, alice.email)).length;
  /** The version before noted no devices. */
  const upgrade = () => test.db.owner`delete from rate_limits where scope = 'device'`;
  await signIn("198.51.7.7");
  equal(await letters(), 1);
  await upgrade();
  await signIn("198.51.7.8");
  equal(await letters(), 1, "an earlier device");
  await signIn("198.51.7.8", "Safari/605 (Mac OS X)");
  equal(await letters(), 2, "another device, though the network is known");
  await upgrade();
  await test.db.owner`delete from rate_limits`;
  await signIn("198.51.200.9", "Safari/605 (Mac OS X)");
  equal(await letters(), 2, "an earlier session");
  await box.close();
});

Deno.test("what a program draws as its minute ends counts for no other minute", async () => {
  const { test } = await cast();
  const token = newId();
  const gate = Promise.withResolvers<void>();
  let draws = 0;
  const sql = (async (...query: Parameters<typeof test.db.app>) => {
    if (++draws === 1) await gate.promise;
    return await test.db.app(...query);
  }) as unknown as typeof test.db.app;
  const counters = { sql, secretKey };
  try {
    const late = spend(counters, token);
    // Ten seconds into the next minute, so that all that follows is within it.
    setOffset(`PT${70 - now().getUTCSeconds()}S`);
    await spend(counters, token);
    gate.resolve();
    equal((await late).allowed, true);
    // One parcel is drawn for twenty requests; the next one asks again.
    for (let n = 2; n <= 20; n++) await spend(counters, token);
    equal(draws, 2);
    await spend(counters, token);
    equal(draws, 3);
  } finally {
    setOffset(undefined);
  }
});
