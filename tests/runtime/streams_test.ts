/** Open pages of the running product: notified across processes, reconnected with the database, no obstacle to a stop. */
import { deepEqual, equal, ok } from "node:assert/strict";
import postgres from "postgres";
import { elapsed } from "../../db/clock.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { newId } from "../../db/ids.ts";
import { setupFields } from "../support/setup.ts";
import { eventually, newService, postmaster, type Service } from "./service.ts";

/** Sets the service up over HTTP; the cookie of its admin. */
async function admin(service: Service): Promise<string> {
  const link = /http:\S+(\/setup\/\S+)/.exec(service.output)![1]!;
  const answer = await fetch(service.url + link, {
    method: "POST",
    body: new URLSearchParams(setupFields),
    headers: { "Sec-Fetch-Site": "same-origin", Origin: `http://localhost:${service.port}` },
    redirect: "manual",
  });
  await answer.body?.cancel();
  return answer.headers.getSetCookie()[0]!.split(";")[0]!;
}

/** An open stream: its text so far, and whether the server has ended it in order. */
async function listen(service: Service, cookie: string) {
  const answer = await fetch(`${service.url}/notifications/stream`, { headers: { cookie } });
  equal(answer.status, 200);
  const heard = { text: "", ended: false, broken: false };
  (async () => {
    for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) heard.text += text;
    heard.ended = true;
  })().catch(() => heard.broken = true);
  return heard;
}

const owner = (service: Service) => {
  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port } = postmaster(service.dataDir);
  return postgres(`postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`, { max: 1 });
};

/** Adds an unread notification for the only user, and signals it. */
async function notify(service: Service): Promise<void> {
  const sql = owner(service);
  const [user] = await sql`select tenant_id, id from users`;
  await sql`
    insert into notifications (tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at)
    values (${user!.tenant_id}, ${newId()}, ${user!.id}, 'assigned', 'contact', true, false, now())
  `;
  await sql`select pg_notify('kompaktcrm', ${`user ${user!.id}`})`;
  await sql.end();
}

Deno.test("streams are notified in every process, survive a database's death, and stop at once", async () => {
  await using service = await newService();
  await service.ready();
  const cookie = await admin(service);
  const streams = await Promise.all([1, 2, 3, 4, 5].map(() => listen(service, cookie)));
  await eventually(() => streams.every(({ text }) => text.includes('"unread":0')));
  await notify(service);
  await eventually(() => streams.every(({ text }) => text.includes('"unread":1')), 2_000);

  const before = postmaster(service.dataDir).pid;
  Deno.kill(before, "SIGKILL");
  await eventually(() => {
    try {
      return ![before, NaN].includes(postmaster(service.dataDir).pid);
    } catch {
      return false;
    }
  });
  await eventually(() => notify(service).then(() => true, () => false));
  await eventually(() => streams.every(({ text }) => text.includes('"unread":2')));
  ok(streams.every(({ ended, broken }) => !ended && !broken));

  const from = elapsed();
  equal(await service.stop(), 0);
  ok(elapsed() - from < 5_000, `${elapsed() - from} ms`);
  deepEqual(streams.map(({ ended }) => ended), streams.map(() => true));
});
