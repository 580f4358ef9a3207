/** Webhooks: queued in the transaction of the change, signed, only to public receivers, tried again. */
import { deepEqual, doesNotMatch, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import * as egressHosts from "../db/egress_hosts.ts";
import { EgressError } from "../db/egress.ts";
import { directEgress } from "../db/egress_direct.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as transmissions from "../db/transmissions.ts";
import * as deliveries from "../db/webhook_deliveries.ts";
import * as webhooks from "../db/webhooks.ts";
import { createApp } from "../routes/app.tsx";
import { newContact, program } from "./support/api.ts";
import { Client } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { decode, formOf } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const { test, alice, bob, charlie } = await cast();
const { owner } = test.db;

interface Call {
  headers: Headers;
  body: string;
}

/** A receiver on this machine that answers as configured. */
function receiver(answer: (call: Call) => Response = () => new Response(null, { status: 204 })) {
  const calls: Call[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (r) => {
    const call = { headers: r.headers, body: await r.text() };
    calls.push(call);
    return answer(call);
  });
  return { calls, url: `http://localhost:${server.addr.port}/hook`, stop: () => server.shutdown() };
}

const fields = (url: string, more: object = {}) => ({
  id: newId(),
  name: "Lagerhaus GmbH",
  country: "DE",
  reach: "datenschutz@lagerhaus.example",
  url,
  kinds: ["contact", "deal"],
  ...more,
});

/** Makes a webhook on its page; its id and the secret that was shown. */
async function make(who: Person, url: string, more: object = {}) {
  const sent = fields(url, more);
  const answer = await who.post("/settings/webhooks/new", sent);
  const html = await answer.text();
  equal(answer.status, 200, html);
  return { id: sent.id, secret: /whsec_[A-Za-z0-9+/=]+/.exec(html)![0], html };
}

const rowOf = async (
  id: string,
) => (await owner`select * from webhook_deliveries where webhook_id = ${id} order by created_at, id`);

/** Sends whatever is due of a webhook. */
async function send(id: string): Promise<void> {
  await enqueue(test.db.app, "send_webhook", alice.tenantId, { webhookId: id });
  await drain(test);
}

Deno.test("a change is sent from its own transaction, with ids alone, and signed", async () => {
  const { calls, url, stop } = receiver();
  const { id, secret, html } = await make(alice, url);
  match(html, /nur dieses eine Mal/);
  const api = await program(alice);
  const { json: person } = await api.post(
    "/contacts",
    newContact("Empfänger", { emails: [{ address: "geheim@person.example" }] }),
  );
  await send(id);
  equal(calls.length, 1);
  const { headers, body } = calls[0]!;
  const event = JSON.parse(body);
  deepEqual([event.event, event.records], ["contact.created", [{
    id: person.id,
    href: `http://localhost:8000/api/v1/contacts/${person.id}`,
  }]]);
  deepEqual(Object.keys(event).sort(), ["at", "event", "id", "records"]);
  ok(!body.includes("geheim") && !body.includes("Empfänger"));
  const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(signed).digest("base64");
  equal(headers.get("webhook-signature"), `v1,${expected}`);
  deepEqual((await rowOf(id)).map(({ status, answerCode }) => [status, answerCode]), [[
    "sent",
    204,
  ]]);
  const recipients = await alice.scope((scope) => transmissions.recipientsOf(scope, [person.id]));
  ok(recipients.some(({ recipient }) => recipient === "Lagerhaus GmbH"));
  const page = await (await alice.get(`/settings/webhooks/${id}`)).text();
  match(page, /contact\.created[\s\S]*angekommen/);
  equal(page.includes(secret), false);
  await alice.post(`/settings/webhooks/${id}/removal`);
  await stop();
});

Deno.test("what is rolled back is never sent, nor what nobody subscribed to", async () => {
  const { id } = await make(alice, "http://localhost:1/hook", { kinds: ["deal"] });
  const api = await program(alice);
  await api.post("/contacts", newContact("Still"));
  equal((await rowOf(id)).length, 0);
  const { json: { data: [line] } } = await api.get("/pipelines");
  const deal = newId();
  await rejects(alice.scope(async (scope) => {
    await deliveries.emit(scope, { kind: "deal", ids: [deal], action: "created" });
    throw new Error("rolled back");
  }));
  equal((await rowOf(id)).length, 0);
  await api.post("/deals", { title: "Laut", stageId: line.stages[0].id });
  deepEqual((await rowOf(id)).map(({ event }) => event), ["deal.created"]);
  await alice.post(`/settings/webhooks/${id}/removal`);
});

Deno.test("of restricted persons nothing is sent but that they were erased", async () => {
  const { id } = await make(alice, "http://localhost:1/hook");
  const api = await program(alice);
  const { json: person } = await api.post("/contacts", newContact("Verborgen"));
  await owner`update contacts set restricted_at = now() where id = ${person.id}`;
  await alice.scope((scope) =>
    deliveries.emit(scope, { kind: "contact", ids: [person.id], action: "updated" })
  );
  await alice.scope((scope) =>
    deliveries.emit(scope, { kind: "contact", ids: [person.id], action: "erased" })
  );
  deepEqual((await rowOf(id)).map(({ event }) => event), ["contact.created", "contact.erased"]);
  await alice.post(`/settings/webhooks/${id}/removal`);
});

Deno.test("many records at once are sent in calls of a hundred", async () => {
  const { id } = await make(alice, "http://localhost:1/hook", { kinds: ["company"] });
  const ids = Array.from({ length: 250 }, () => newId());
  await alice.scope((scope) =>
    deliveries.emit(scope, { kind: "company", ids, action: "imported" })
  );
  const sent = await rowOf(id);
  deepEqual(sent.map(({ recordIds }) => recordIds.length).sort(), [100, 100, 50]);
  deepEqual(new Set(sent.flatMap(({ recordIds }) => recordIds)), new Set(ids));
  await alice.post(`/settings/webhooks/${id}/removal`);
});

Deno.test("a receiver that fails gets a rest, then the same call again, and is paused in the end", async () => {
  let up = false;
  const { calls, url, stop } = receiver(() => new Response("x", { status: up ? 200 : 503 }));
  const { id } = await make(alice, url);
  await alice.post(`/settings/webhooks/${id}/tests`);
  await send(id);
  const [failed] = await rowOf(id);
  deepEqual(
    [failed!.status, failed!.attempts, failed!.answerCode, failed!.errorCode],
    ["waiting", 1, 503, "refused"],
  );
  await send(id);
  equal(calls.length, 1, "it rests");
  const due = () => deliveries.listDue(test.db.app, 10);
  equal((await due()).length, 0);
  await owner`update webhooks set rests_until = now() - interval '1 second' where id = ${id}`;
  up = true;
  deepEqual((await due()).map(({ webhookId }) => webhookId), [id]);
  await send(id);
  equal(calls.length, 2);
  equal(calls[0]!.headers.get("webhook-id"), calls[1]!.headers.get("webhook-id"));
  equal((await rowOf(id))[0]!.status, "sent");
  up = false;
  await alice.post(`/settings/webhooks/${id}/tests`);
  await owner`
    update webhook_deliveries set created_at = now() - interval '4 days' where status = 'waiting'
  `;
  await send(id);
  const [hook] = await owner`select paused_at from webhooks where id = ${id}`;
  notEqual(hook!.pausedAt, null);
  match(await (await alice.get(`/settings/webhooks/${id}`)).text(), /Angehalten am/);
  const edit = await (await alice.get(`/settings/webhooks/${id}/edit`)).text();
  const version = /name="version" value="(\d+)"/.exec(edit)![1]!;
  equal((await alice.post(`/settings/webhooks/${id}/edit`, fields(url, { version }))).status, 303);
  const [again] = await owner`select paused_at from webhooks where id = ${id}`;
  equal(again!.pausedAt, null);
  await alice.post(`/settings/webhooks/${id}/removal`);
  await stop();
});

Deno.test("a test is sent at once, ahead of what waits for a resting receiver; none while it is paused", async () => {
  let up = false;
  const { calls, url, stop } = receiver(() => new Response("x", { status: up ? 200 : 503 }));
  const { id } = await make(alice, url);
  const at = `/settings/webhooks/${id}`;
  await (await program(alice)).post("/contacts", newContact("Wartet"));
  await send(id);
  up = true;
  await send(id);
  equal(calls.length, 1, "it rests");
  await alice.post(`${at}/tests`);
  await drain(test);
  deepEqual(calls.map(({ body }) => JSON.parse(body).event), [
    ...["contact.created", "test", "contact.created"],
  ]);
  deepEqual((await rowOf(id)).map(({ status }) => status), ["sent", "sent"]);
  await owner`update webhooks set paused_at = now() where id = ${id}`;
  ok(!(await (await alice.get(at)).text()).includes(`${at}/tests`), "nothing is offered in vain");
  equal((await alice.post(`${at}/tests`)).status, 303);
  equal((await rowOf(id)).length, 2);
  await alice.post(`${at}/removal`);
  await stop();
});

Deno.test("after the contract nobody is called any more, whatever still waits", async () => {
  const { calls, url, stop } = receiver();
  const { id } = await make(alice, url);
  await alice.post(`/settings/webhooks/${id}/tests`);
  for (const phase of ["closed", "erasing"]) {
    await owner`update tenants set phase = ${phase} where id = ${alice.tenantId}`;
    await send(id);
    deepEqual([phase, calls.length, (await rowOf(id))[0]!.attempts], [phase, 0, 0]);
  }
  await owner`update tenants set phase = 'open' where id = ${alice.tenantId}`;
  await send(id);
  equal(calls.length, 1);
  await alice.post(`/settings/webhooks/${id}/removal`);
  await stop();
});

Deno.test("a redirect is not followed, a private address not spoken to", async () => {
  const inner = receiver();
  const { url, stop } = receiver(() =>
    new Response(null, { status: 302, headers: { Location: inner.url } })
  );
  const { id } = await make(alice, url);
  await alice.post(`/settings/webhooks/${id}/tests`);
  await send(id);
  equal((await rowOf(id))[0]!.errorCode, "redirect");
  equal(inner.calls.length, 0);
  // As in production, where a name that leads to this machine is a private address.
  await owner`update webhooks set host = 'localhost', port = 443 where id = ${id}`;
  const strict = directEgress(test.db.app, { appEnv: "production" });
  const asked = (address: string) =>
    strict.request(id, "provision", { method: "POST", url: address }, {
      timeoutMs: 2_000,
      maxBytes: 100,
    });
  const code = (wanted: string) => (error: unknown) =>
    error instanceof EgressError && error.code === wanted;
  await rejects(asked("http://localhost:443/hook"), code("insecure"));
  await rejects(asked("https://elsewhere.example/hook"), code("host"));
  await rejects(
    strict.request(newId(), "provision", { method: "POST", url: "https://localhost/" }, {
      timeoutMs: 2_000,
      maxBytes: 100,
    }),
    code("closed"),
  );
  const { port } = new URL(inner.url);
  await owner`update webhooks set port = ${port} where id = ${id}`;
  await rejects(asked(`https://localhost:${port}/hook`), code("address"));
  await alice.post(`/settings/webhooks/${id}/removal`);
  await Promise.all([stop(), inner.stop()]);
});

Deno.test("only public addresses by https are taken, and receivers inside the EEA", async () => {
  for (
    const url of [
      "http://hook.example.com/",
      "https://localhost/",
      "https://10.0.0.1/",
      "https://[::1]/",
      "https://2130706433/",
      "https://user:pass@hook.example.com/",
      "https://router.local/",
      "https://intranet/",
      "ftp://hook.example.com/",
      "javascript:alert(1)",
    ]
  ) equal(webhooks.addressOf(url, true), null, url);
  equal(
    webhooks.addressOf("https://hook.example.com:8443/a?b=c#d", true)?.href,
    "https://hook.example.com:8443/a?b=c",
  );
  const config = { ...test.services.config, appEnv: "production" as const };
  const strict = new Client({ ...test, app: createApp({ ...test.services, config }) });
  strict.cookies.set("__Host-session", alice.cookies.get("session")!);
  const refused = await strict.post("/settings/webhooks/new", fields("https://127.0.0.1/"));
  match(await refused.text(), /öffentliche Adresse/);
  const outside = await alice.post(
    "/settings/webhooks/new",
    fields("https://a.example.com/", {
      country: "US",
    }),
  );
  equal(outside.status, 422);
  match(await outside.text(), /EU und des EWR/);
});

Deno.test("a new receiver is in the list that the processes' permissions are made of", async () => {
  const hosts = async () =>
    (await egressHosts.list(owner)).filter(({ role }) => role === "egress").map(({ host }) => host);
  const { id } = await make(alice, "https://hook.lager.example.com:8443/in");
  ok((await hosts()).includes("hook.lager.example.com"));
  await alice.post(`/settings/webhooks/${id}/removal`);
  equal((await hosts()).includes("hook.lager.example.com"), false);
});

Deno.test("a new secret made while another writes the address leaves the new address", async () => {
  const { id } = await make(alice, "https://alt.lager.example.com/in");
  const fresh = "https://neu.lager.example.com/in";
  const waits = async () => {
    const [row] = await owner`
      select from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%webhooks%' and pid <> pg_backend_pid()
    `;
    return row !== undefined;
  };
  let renewed: Promise<Response>;
  await alice.scope(async (scope) => {
    const { id: _, ...input } = { ...fields(fresh), kinds: ["contact"] as const };
    await webhooks.update(scope, test.services.config, id, 1, input);
    renewed = alice.post(`/settings/webhooks/${id}/secret`);
    while (!await waits()) await new Promise((done) => setTimeout(done, 25));
  });
  match(await (await renewed!).text(), /whsec_/);
  match(decode(await (await alice.get(`/settings/webhooks/${id}`)).text()), /neu\.lager\.example/);
});

Deno.test("secret and address are stored encrypted, and a new secret replaces the old one", async () => {
  const { id, secret } = await make(alice, "https://hook.lager.example.com/in?key=verraten");
  const [row] = await owner`select w::text as text from webhooks w where id = ${id}`;
  ok(!row!.text.includes("verraten") && !row!.text.includes(secret.slice(8, 30)));
  const answer = await (await alice.post(`/settings/webhooks/${id}/secret`)).text();
  const renewed = /whsec_[A-Za-z0-9+/=]+/.exec(answer)![0];
  notEqual(renewed, secret);
  const prove = (minutes: number) =>
    owner`
    update sessions
    set confirmed_at = now() - make_interval(mins => ${minutes})
    where identity_id = ${alice.identityId}
  `;
  await prove(11);
  const asked = await alice.post(`/settings/webhooks/${id}/secret`);
  equal(asked.status, 422);
  doesNotMatch(await asked.text(), /whsec_/);
  const another = fields("https://hook.werk.example.com/in");
  for (const path of ["/settings/webhooks/new", `/settings/webhooks/${id}/edit`]) {
    const answer = await alice.post(path, { ...another, version: "2" });
    equal(answer.status, 422, `${path}: a new address asks for the same proof`);
    match(await answer.text(), /confirmation\.seal/);
  }
  const form = formOf(await (await alice.get(`/settings/webhooks/${id}/edit`)).text());
  const renamed = { ...form, kinds: ["contact", "deal"], name: "Lagerhaus KG" };
  equal((await alice.post(`/settings/webhooks/${id}/edit`, renamed)).status, 303);
  await prove(0);
  equal((await bob.get(`/settings/webhooks/${id}`)).status, 403);
  equal((await charlie.get(`/settings/webhooks/${id}`)).status, 404);
  equal((await charlie.post(`/settings/webhooks/${id}/secret`)).status, 404);
  await owner`
    update webhook_deliveries set created_at = now() - interval '31 days' where webhook_id = ${id}
  `;
  await alice.post(`/settings/webhooks/${id}/tests`);
  await deliveries.removeOld(test.db.app);
  equal((await rowOf(id)).length, 1);
  await alice.post(`/settings/webhooks/${id}/removal`);
});
