/** One connection per request: requests that hold one and wait for another can block each other. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { answers, giveUp, openPool } from "../db/pool.ts";
import { createApp } from "../routes/app.tsx";
import { statusOf } from "../routes/errors.tsx";
import { unlessSilent } from "../routes/silences.ts";
import { web } from "../routes/web.tsx";
import { app, Client, type Fields } from "./support/app.ts";
import { eventually } from "./runtime/service.ts";
import { cast } from "./support/cast.ts";
import { plausible, words } from "./support/fields.ts";
import { idOf, pathOf, table } from "./support/routes.ts";
import { newMark, stock, upload } from "./support/stock.ts";
import { wire } from "./support/wires.ts";

const test = await app();

/** The answer, or null when it does not come. */
async function within(seconds: number, asked: Promise<Response>): Promise<Response | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => timer = setTimeout(() => done(null), seconds * 1000));
  const answer = await Promise.race([asked, late]);
  clearTimeout(timer);
  return answer;
}

Deno.test("every route is content with one connection, right or wrong", async () => {
  const pool = openPool(test.db.appUrl, { max: 1 });
  const narrow = { ...test, app: createApp({ ...test.services, pool }) };
  const { alice } = await cast();
  const own = await stock(alice, newMark());
  own["open import"] = await upload(alice, newMark());
  const client = new Client(narrow);
  client.cookies.set("session", alice.cookies.get("session")!);
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  try {
    for (const [route, row] of Object.entries(table)) {
      if (/^POST \/(logout|account\/sessions|setup|login)/.test(route)) continue;
      const whole = { ...words, ...plausible, ...row.fields?.(alice) };
      const forms = route.startsWith("GET ") ? [undefined] : [{}, whole];
      for (const id of [newId(), idOf(row, own)]) {
        const path = pathOf(narrow, route, id);
        for (const fields of forms) {
          const asked = fields ? client.post(path, fields) : client.get(path);
          const answer = await within(10, asked);
          ok(answer, `${route} waits for a second connection`);
          await answer.body?.cancel();
          ok(answer.status < 500, `${route} ${answer.status}`);
        }
      }
    }
  } finally {
    await pool.end({ timeout: 1 });
  }
});

Deno.test("ten times as many requests at once as connections all get their answer", async () => {
  const { alice } = await cast();
  const own = await stock(alice, newMark());
  const paths = ["/contacts", `/contacts/${own.contact}`, "/companies", "/settings/team"];
  const asked = Array.from({ length: 60 }, (_, index) => alice.get(paths[index % paths.length]!));
  for (const answer of asked) {
    const came = await within(20, answer);
    equal(came?.status, 200);
    await came!.body?.cancel();
  }
});

/** The fields that a page keeps for sending a form once more. */
function kept(html: string, path: string): Record<string, string[]> {
  const form = html.split("<form ").find((part) => part.includes(`action="${path}`)) ?? "";
  const fields: Record<string, string[]> = {};
  const hidden = /<input type="hidden" name="([^"]+)" value="([^"]*)"/g;
  for (const [, name, value] of form.split("</form>")[0]!.matchAll(hidden)) {
    (fields[name!] ??= []).push(value!);
  }
  return fields;
}

Deno.test("a form sent while the database is away comes back complete, to be sent again; secrets do not", async () => {
  const { alice, bob } = await cast();
  const pool = openPool("postgres://app:x@127.0.0.1:1/nowhere", { max: 1 });
  const away = { ...test, app: createApp({ ...test.services, pool }) };
  const client = new Client(away);
  client.cookies.set("session", alice.cookies.get("session")!);
  const send = async (path: string, fields: Fields) => {
    const answer = await client.post(path, fields);
    equal(answer.status, 503);
    ok(Number(answer.headers.get("Retry-After")) > 0);
    const html = await answer.text();
    if (/Noch einmal senden/.test(html)) equal(answer.headers.get("Cache-Control"), "no-store");
    return html;
  };
  try {
    const typed = { id: newId(), lastName: "Wartel", tags: ["a", "b"], notes: "eins\r\nzwei" };
    const html = await send("/contacts/new?from=1", typed);
    match(html, /Noch einmal senden/);
    deepEqual(kept(html, "/contacts/new?from=1"), {
      id: [typed.id],
      lastName: ["Wartel"],
      tags: ["a", "b"],
      notes: ["eins\r\nzwei"],
    });
    const action = /action="([^"]*again=[^"]*)"/.exec(html)![1]!.replaceAll("&amp;", "&");
    const made = async () =>
      await test.db.owner`select owner_id from contacts where id = ${typed.id}`;
    // A user who signed in meanwhile is asked first; a visitor too, and nothing typed is lost.
    for (const other of [bob, new Client(test)]) {
      const asked = await other.post(action, typed);
      equal(asked.status, 409);
      const page = await asked.text();
      match(page, /Aus einer anderen Anmeldung/);
      deepEqual(kept(page, "/contacts/new?from=1").notes, ["eins\r\nzwei"]);
      equal((await made()).length, 0);
    }
    equal((await alice.post(action, { ...typed, origin: "card" })).status, 303);
    equal((await made()).length, 1);
    for (
      const [path, fields] of [
        ["/login", { email: "a@example.org", password: "drehstrom-kupfer-91" }],
        ["/contacts/new", { lastName: "X", file: new File(["x"], "x.txt") }],
        ["/confirmation", { "confirmation.code": "123456" }],
      ] as [string, Fields][]
    ) {
      const text = await send(path, fields);
      ok(!/Noch einmal senden|drehstrom|123456/.test(text), path);
    }
    equal((await client.get("/health/live")).status, 200);
    equal((await client.get("/health/ready")).status, 503);
  } finally {
    await pool.end({ timeout: 1 });
  }
});

Deno.test("a database that does not answer counts as unavailable: 503, and its dead connections are given up", async () => {
  const url = new URL(test.db.appUrl);
  const line = wire(Number(url.port));
  url.port = String(line.port);
  const pool = openPool(url.href, { max: 1 });
  const app = web.createApp()
    .use(async (c, next) => {
      c.set("services", { ...test.services, pool });
      await next();
    })
    .use(unlessSilent(50))
    .get("/", async (c) => c.json(await c.var.services.pool`select pg_sleep(0.2)`))
    .onError((error, c) => c.body(null, statusOf(error)));
  try {
    equal((await app.request("/")).status, 200, "slow is not silent");
    line.mute();
    const waiting = pool`select 1`.then(() => "answered", (error) => error.code);
    equal(await answers(pool), false);
    equal((await app.request("/")).status, 503);
    giveUp(pool);
    equal(await waiting, "CONNECTION_CLOSED");
    await eventually(async () => (await app.request("/")).status === 200);
  } finally {
    await pool.end({ timeout: 1 });
    line.cut();
  }
});

Deno.test("however a connection breaks, the database counts as unavailable: 503", () => {
  // EPIPE: the server ended it, and the next query was written before that was noticed.
  for (const code of ["EPIPE", "ECONNRESET", "ECONNREFUSED", "CONNECTION_CLOSED", "57P01"]) {
    equal(statusOf(Object.assign(new Error(), { code })), 503, code);
  }
});

Deno.test("of two who take a name at the same moment the second gets a message, and loses nothing", async () => {
  const { alice } = await cast();
  const [one, two] = [newId(), newId()];
  for (const id of [one, two]) {
    equal((await alice.post("/settings/teams", { id, name: `Team ${id}` })).status, 303);
  }
  const { owner } = test.db;
  const { asked } = await owner.begin(async (sql) => {
    await sql`update teams set name = 'Nord' where tenant_id = ${alice.tenantId} and id = ${one}`;
    const asked = alice.post(`/settings/teams/${two}`, { name: "Nord" });
    await eventually(async () => {
      const [{ waiting }] = await owner<[{ waiting: number }]>`
        select count(*)::int as waiting
        from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
      `;
      return waiting > 0;
    });
    return { asked };
  });
  const answer = await asked;
  const page = await answer.text();
  deepEqual([answer.status, page.includes("Gleichzeitig gespeichert")], [409, true]);
  match(page, /name="name" value="Nord"/);
  equal((await alice.post(`/settings/teams/${two}`, { name: "Nord" })).status, 422);
});
