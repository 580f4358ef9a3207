/** The property test of all routes: whatever is sent, nothing ends in a server error. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { Hono } from "hono";
import { arrived, bounded } from "../routes/bodies.ts";
import type { Env } from "../routes/web.tsx";
import { errors, origin } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { requests, sendJunk } from "./support/junk.ts";
import { newMark, stock } from "./support/stock.ts";

Deno.test("thousands of requests of junk over all routes end in no server error", async () => {
  const { test, alice, vera } = await cast();
  const own = await stock(alice, newMark());
  const seed = crypto.getRandomValues(new Int32Array(1))[0]!;
  const found = await sendJunk(test, [alice, vera, null], own, { requests, seed });
  deepEqual(found, [], `seed ${seed}: ${Deno.inspect(errors.at(-1))}`);
});

Deno.test("ten thousand fields and deep JSON are read or refused, never a server error", async () => {
  const { alice } = await cast();
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}.a.b.c`, "x"]));
  for (const path of ["/contacts/new", "/login", "/privacy/requests/new", "/account/name"]) {
    const { status } = await alice.post(path, many);
    ok([200, 303, 413, 422].includes(status), `${path} ${status}`);
  }
  const same = await alice.post("/account/name", { name: Array(10_000).fill("x") });
  equal(same.status, 422);
  for (const deep of ["[".repeat(200_000), '{"a":'.repeat(80_000)]) {
    const answer = await alice.send("/api/v1/contacts", {
      method: "POST",
      body: deep,
      headers: { "Content-Type": "application/json" },
    });
    await answer.body?.cancel();
    ok(answer.status < 500, String(answer.status));
  }
});

/** A body of which nothing comes after the first bytes. */
const endless = () =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("name=A")),
  });

Deno.test("forms that never end hold no connection: others are served meanwhile", async () => {
  const { test, alice } = await cast();
  const stop = new AbortController();
  const slow = Array.from(
    { length: 30 },
    () =>
      Promise.resolve(test.app.request(`${origin}/contacts/new`, {
        method: "POST",
        body: endless(),
        signal: stop.signal,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "Content-Length": "100000",
          "Sec-Fetch-Site": "same-origin",
          Origin: origin,
          Cookie: `session=${alice.cookies.get("session")}`,
        },
      }, { remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 } })).catch(() => null),
  );
  for (let i = 0; i < 20; i++) equal((await alice.get("/contacts")).status, 200);
  stop.abort();
  await Promise.race([Promise.all(slow), alice.get("/contacts")]);
});

Deno.test("what does not arrive in time is answered with 408", async () => {
  const { test } = await cast();
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("services", test.services);
    await next();
  });
  app.post("/", arrived(50), (c) => c.text("read"));
  app.post("/bounded", bounded(1_000, undefined, 50), (c) => c.text("read"));
  app.onError((error) => new Response(null, { status: (error as { status?: number }).status }));
  const post = async (path: string, body: BodyInit) =>
    (await app.request(path, { method: "POST", body })).status;
  const broken = () => new ReadableStream({ start: (to) => to.error(new Error("no chunk")) });
  for (const path of ["/", "/bounded"]) {
    equal(await post(path, endless()), 408);
    equal(await post(path, broken()), 400);
    equal(await post(path, "name=A"), 200);
  }
  equal(await post("/bounded", "a".repeat(1_001)), 413);
});
