/** Five hundred signed-in browsers with an open event stream, and whether the list grows slower for it. */
import { equal } from "node:assert/strict";
import { elapsed, now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { openPool } from "../../db/pool.ts";
import * as sessions from "../../db/sessions.ts";
import type { Service } from "../runtime/service.ts";
import { type Load, load, type Row } from "./load.ts";
import { asOwner, memory } from "./product.ts";
import type { Measure } from "./report.ts";
import { firstTenant } from "./tenants.ts";

const browsers = 500;
const row: Row = { name: "contact list", status: 200, ask: () => ({ path: "/contacts" }) };

/** Measures the list without and with the streams, in turn; and how soon all of them are notified. */
export async function openStreams(
  service: Service,
  to: Load,
  runs: number,
): Promise<Measure[]> {
  const tokens = await signInAll(service);
  const idle = (await memory(service)).now;
  const rates: Record<"without" | "with", number[]> = { without: [], with: [] };
  let seconds = 0;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    await load(row, { ...to, seconds: 1 });
    rates.without.push((await load(row, to)).rate);
    const streams = await Promise.all(tokens.map((token) => listen(service, token)));
    held = (await memory(service)).now;
    rates.with.push((await load(row, to)).rate);
    seconds = await notifyAll(service, streams);
    for (const stream of streams) stream.leave();
    await Promise.all(streams.map(({ over }) => over));
  }
  const middle = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
  return [
    { name: "list without a stream", value: middle(rates.without), unit: "/s" },
    { name: `list beside ${browsers} open streams`, value: middle(rates.with), unit: "/s" },
    {
      name: "share of the first that the second reaches",
      value: middle(rates.with) / middle(rates.without),
      unit: "",
    },
    { name: `all ${browsers} browsers notified of a change`, value: seconds, unit: "s" },
    { name: "memory of all processes for the streams", value: held - idle, unit: "MB" },
  ];
}

/** So many people of the only tenant, each with a session; their tokens. */
async function signInAll(service: Service): Promise<string[]> {
  return await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 1 });
    try {
      return await owner.begin(async (sql) => {
        const tenantId = await firstTenant(sql);
        const tokens: string[] = [];
        for (let n = 0; n < browsers; n++) {
          const identityId = newId();
          await sql`
            insert into identities (id, email, name, created_at)
            values (${identityId}, ${`strom${n}@crm.example`}, ${`Strom ${n}`}, ${now()})
          `;
          await sql`
            insert into users (tenant_id, id, identity_id, role, created_at)
            values (${tenantId}, ${newId()}, ${identityId}, 'member', ${now()})
          `;
          const input = { identityId, tenantId, ip: "127.0.0.1", userAgent: "bench" };
          tokens.push(await sessions.create(sql, input));
        }
        return tokens;
      });
    } finally {
      await owner.end();
    }
  });
}

interface Stream {
  /** What came so far. */
  text: string;
  leave(): void;
  over: Promise<void>;
}

async function listen({ url }: Service, token: string): Promise<Stream> {
  const stop = new AbortController();
  const answer = await fetch(`${url}/notifications/stream`, {
    headers: { cookie: `__Host-session=${token}` },
    redirect: "manual",
  });
  equal(answer.status, 200);
  const stream: Stream = { text: "", leave: () => stop.abort(), over: Promise.resolve() };
  stream.over = (async () => {
    const { signal } = stop;
    const texts = answer.body!.pipeThrough(new TextDecoderStream(), { signal });
    for await (const text of texts) stream.text += text;
  })().catch(() => {});
  return stream;
}

/** Gives everybody a notification and signals each once; seconds until all have received it. */
async function notifyAll(service: Service, streams: readonly Stream[]): Promise<number> {
  const before = streams.map(({ text }) => text.length);
  const from = elapsed();
  await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 1 });
    await owner`
      with noted as (
        insert into notifications (
          tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at
        )
        select u.tenant_id, gen_random_uuid(), u.id, 'assigned', 'contact', true, false, ${now()}
        from users u
        join identities i on i.id = u.identity_id
        where i.email like 'strom%@crm.example'
        returning user_id
      )
      select pg_notify('kompaktcrm', 'user ' || user_id)
      from noted
    `.finally(() => owner.end());
  });
  const heard = () => streams.every(({ text }, at) => text.indexOf('"unread"', before[at]) >= 0);
  while (!heard()) {
    if (elapsed() - from > 30_000) throw new Error("not all were notified within 30 seconds");
    await new Promise((done) => setTimeout(done, 10));
  }
  return (elapsed() - from) / 1000;
}
