/** One connection per request: who holds one and waits for another stops everybody when all do. */
import { equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { openPool } from "../db/pool.ts";
import { createApp } from "../routes/app.tsx";
import { app, Client } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { plausible, words } from "./support/fields.ts";
import { idOf, pathOf, table } from "./support/routes.ts";
import { newMark, stock, upload } from "./support/stock.ts";

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
      for (const id of [newId(), idOf(row, own)]) {
        const path = pathOf(narrow, route, id);
        for (const fields of [{}, { ...words, ...plausible, ...row.fields?.(alice) }]) {
          const asked = route.startsWith("GET ") ? client.get(path) : client.post(path, fields);
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
