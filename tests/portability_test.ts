/** Portability: what a person has provided as JSON, CSV and vCard, and its transfer to another installation. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { TextWriter, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { compactVerify, createLocalJWKSet } from "jose";
import * as caseItems from "../db/case_items.ts";
import type { Egress } from "../db/egress.ts";
import { directEgress } from "../db/egress_direct.ts";
import { newId } from "../db/ids.ts";
import { useOf } from "../db/incoming_transfers.ts";
import * as tenantSeals from "../db/tenant_seals.ts";
import { openPool, type Sql } from "../db/pool.ts";
import * as portability from "../db/portability.ts";
import { portabilitySchema, type PortableDocument } from "../db/portability_documents.ts";
import { prepareDatabase, servingUrl } from "../db/prepare.ts";
import { createApp } from "../routes/app.tsx";
import { app, Client, type TestApp } from "./support/app.ts";
import { cast, person, provider, tenant } from "./support/cast.ts";
import { emptyPlace, secretKey } from "./support/db.ts";
import { formOf, idOf } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { code, link, post, request } from "./support/officers.ts";
import { openProcessor } from "./support/processors.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const box = await mailbox();
const { visitor } = await cast();

/** Somebody with everything a person can provide, whose portability the officer has approved. */
async function approved() {
  const { alice, test } = await cast();
  const mark = newMark();
  const [officer, email] = [`dsb.${mark}@officer.example`, `${mark}@person.example`];
  await test.db.owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${officer}, now())
  `;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      salutation: "ms",
      title: "Dr.",
      firstName: "Jörg;Ä",
      namePrefix: "von",
      lastName: `${mark} "Zitat"`,
      position: "Leitung",
      birthday: "06.05.1980",
      customerNumber: "K-7",
      website: "https://person.example",
      "emails.0.address": email,
      "emails.0.kind": "work",
      "emails.1.address": `privat.${email}`,
      "emails.1.kind": "home",
      "phones.0.number": "+49 30 1234567",
      "phones.0.kind": "mobile",
      "addresses.0.street": "Weg 1",
      "addresses.0.postalCode": "10115",
      "addresses.0.city": "Berlin",
      "addresses.0.country": "DE",
      "companies.0.name": `${mark} GmbH`,
      "companies.0.role": "Einkauf",
      notes: "Was wir von ihr halten",
      _anyway: "1",
    }),
  );
  const { id, number } = await request(test, alice.tenantId, ["portability"], {
    personEmail: email,
  });
  const letter = (await post(test, box, officer, number)).at(-1)!;
  await visitor.post(link(letter, "Freigeben"), { code: code(letter, "Datenübertragung") });
  const mails = await box.collect(test, email);
  const [item] = await alice.scope((scope) => caseItems.list(scope, id));
  return { alice, test, mark, email, contact, item: item!, mails };
}

const documentOf = (text: string): PortableDocument => JSON.parse(text);

Deno.test("many that ask for a code at once do not wait for each other's connections", async () => {
  const { test, mails } = await approved();
  const path = linkIn(mails.at(-1)!, "deliveries");
  const answers = await Promise.all(
    Array.from(
      { length: 24 },
      (_, i) => new Client(test, { "X-Forwarded-For": `198.51.${i}.1` }).post(`${path}/codes`),
    ),
  );
  const by = Map.groupBy(answers, ({ status }) => status);
  // Whichever of them came first: the order of the answers means nothing.
  deepEqual([by.get(200)?.length, by.get(429)?.length, by.size], [10, 14, 2]);
});

Deno.test("the person takes JSON by a published schema, CSV and a card, and no internal data", async () => {
  const { test, email, mark, item, mails } = await approved();
  equal(item.status, "done");
  const path = linkIn(mails.at(-1)!, "deliveries");
  await visitor.post(`${path}/codes`);
  const sent = (await box.collect(test, email)).at(-1)!.text!;
  const typed = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(sent)![1]!;
  const file = await visitor.post(path, { code: typed });
  const zip = new ZipReader(new Uint8ArrayReader(new Uint8Array(await file.arrayBuffer())));
  const parts = new Map<string, string>();
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) {
      parts.set(entry.filename.split(".").at(-1)!, await entry.getData!(new TextWriter()));
    }
  }
  const document = documentOf(parts.get("json")!);
  const schema = await (await visitor.get("/.well-known/portability.schema.json")).json();
  equal(document.$schema, schema.$id);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  ok(validate(document), JSON.stringify(validate.errors));
  ok(!validate({ ...document, persons: [{ ...document.persons[0], emails: "none" }] }));
  const [first] = document.persons;
  deepEqual(first!.emails.map(({ address }) => address), [email, `privat.${email}`]);
  deepEqual([first!.birthday, first!.last_name], ["1980-05-06", `${mark} "Zitat"`]);
  match(parts.get("csv")!, /Jörg;Ä/);
  match(parts.get("csv")!, new RegExp(`"${mark} ""Zitat"""`));
  match(parts.get("vcf")!, /BEGIN:VCARD\r\nVERSION:4\.0/);
  match(parts.get("vcf")!, /BDAY:19800506/);
  for (const [kind, text] of parts) ok(!text.includes("Was wir"), kind);
  const names = Object.keys(first!);
  deepEqual(portability.provided().filter((name) => !names.includes(name)), []);
});

Deno.test("what rests on a legitimate interest is not covered: the officer is informed, and can refuse (Art. 12(4))", async () => {
  const { alice, test } = await cast();
  const dpo = `dsb.${newMark()}@example.org`;
  await test.db.owner`
    insert into officers (tenant_id, name, email, updated_at)
    values (${alice.tenantId}, 'Dora', ${dpo}, now())
  `;
  const email = `${newMark()}@person.example`;
  await alice.post("/contacts/new", {
    origin: "card",
    lastName: "Karte",
    "emails.0.address": email,
    _anyway: "1",
  });
  const asked = await request(test, alice.tenantId, ["portability"], { personEmail: email });
  const warning = /beruht weder auf Einwilligung noch auf Vertrag/;
  const [letter] = await post(test, box, dpo, asked.number);
  match(letter!.text!, warning);
  match(await (await visitor.get(link(letter!, "Freigeben"))).text(), warning);
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, asked.id);
    const by = { kind: "officer", id: null } as const;
    await caseItems.decide(scope, asked.id, item!.id, { kind: "approve" }, by);
  });
  const letters = await post(test, box, dpo, asked.number);
  equal(letters.length, 2, "what cannot be carried out comes back");
  match(letters[1]!.text!, warning);
  match(letters[1]!.text!, /ABLEHNEN \d{4}: Grund/);
  const [item] = await alice.scope((scope) => caseItems.list(scope, asked.id));
  equal(item!.status, "review");
});

Deno.test("a person who is not found gets an answer that nothing is held", async () => {
  const { alice, test } = await cast();
  const email = `${newMark()}@person.example`;
  const asked = await request(test, alice.tenantId, ["portability"], { personEmail: email });
  await drain(test);
  await alice.scope(async (scope) => {
    const [item] = await caseItems.list(scope, asked.id);
    const by = { kind: "officer", id: null } as const;
    await caseItems.decide(scope, asked.id, item!.id, { kind: "approve" }, by);
  });
  const mails = await box.collect(test, email);
  ok(mails.some(({ text }) => /Wir haben keine Daten zu Ihnen gefunden/.test(text ?? "")));
  const [item] = await alice.scope((scope) => caseItems.list(scope, asked.id));
  equal(item!.status, "no_data");
});

Deno.test("a link gives the signed document out once; looking at it gives out nothing", async () => {
  const { alice, test, item, mark, email, mails } = await approved();
  const at = `/settings/requests/items/${item.id}/transfers/link`;
  equal((await alice.post(at, { recipient: " " })).status, 422);
  const page = await (await alice.post(at, { recipient: "Anderes Haus" })).text();
  const path = /\/transfers\/[A-Za-z0-9_-]{43}/.exec(page)![0];
  for (let n = 0; n < 2; n++) match(await (await visitor.get(path)).text(), /einmal abrufen/);
  // A program, which sends no origin.
  const asked = await Promise.all(
    [1, 2, 3].map(() => new Client(visitor.test).send(path, { method: "POST" })),
  );
  deepEqual(asked.map(({ status }) => status).sort(), [200, 410, 410]);
  const answer = asked.find(({ status }) => status === 200)!;
  const body = await answer.text();
  const [header, , signature] = answer.headers.get("X-Signature")!.split(".");
  const keys = createLocalJWKSet(await (await visitor.get("/.well-known/jwks.json")).json());
  const payload = new TextEncoder().encode(body).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  await compactVerify(`${header}.${payload}.${signature}`, keys);
  match(documentOf(body).persons[0]!.last_name, new RegExp(mark));
  equal((await visitor.get(path)).status, 410);
  const seen = await (await alice.get(`/settings/requests/${item.caseId}`)).text();
  match(seen, /Anderes Haus, per Link/);
  const told = (await box.collect(test, email)).slice(mails.length);
  equal(told.length, 1, "the person learns that it was done (Art. 12(3)), once");
  match(told[0]!.subject!, /Ihre Daten sind übertragen/);
  match(told[0]!.text!, /– Anderes Haus, \d\d\.\d\d\.\d{4}/);
});

/** Another installation: a database, keys and files of its own, and a port. */
async function installation(): Promise<{ other: TestApp; url: string; close(): Promise<void> }> {
  const here = await app();
  const { url: ownerUrl, sql: owner } = await emptyPlace();
  await prepareDatabase(ownerUrl, { secretKey });
  const appUrl = await servingUrl(owner, ownerUrl, secretKey);
  const pool = openPool(appUrl, { max: 4 });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const base = `http://127.0.0.1:${port}`;
  const config = {
    ...here.services.config,
    secretKey: btoa("another server's key of 32 bytes"),
    dataDir: await Deno.makeTempDir(),
    baseUrl: base,
  };
  const services = { ...here.services, config, pool, egress: directEgress(pool, config) };
  const db = { ownerUrl, owner, appUrl, app: pool };
  const other = { app: createApp(services), services, db, queue: here.queue };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen() {} },
    (request, info) => other.app.fetch(request, info),
  );
  return {
    other,
    url: base,
    close: async () => {
      await server.shutdown();
      await Promise.all([owner.end({ timeout: 1 }), pool.end({ timeout: 1 })]);
    },
  };
}

/** Transactions of the product that wait for something else than the database. */
async function inTransaction(owner: Sql): Promise<number> {
  const [row] = await owner<{ n: number }[]>`
    select count(*)::int as n
    from pg_stat_activity
    where datname = current_database()
      and state = 'idle in transaction'
  `;
  return row!.n;
}

Deno.test("a person goes over HTTP to another installation and is equal there", async () => {
  const { alice, test, contact, item } = await approved();
  const { other, url, close } = await installation();
  await provider(other);
  const emil = await person(other, await tenant(other, "Neues Haus"), "Emil Eder", "owner");
  const own = { Origin: url, "Sec-Fetch-Site": "same-origin" };
  const expected = await emil.post("/settings/transfers", { id: newId(), note: "Von A" }, own);
  const address = /http:\/\/127\.0\.0\.1:\d+\/incoming-transfers\/[A-Za-z0-9_-]{43}/
    .exec(await expected.text())![0];

  const port = Number(new URL(url).port);
  const entry = await openProcessor(test.db.owner, [{ host: "127.0.0.1", port }]);
  const at = `/settings/requests/items/${item.id}/transfers/push`;
  const push = (to: string, processorId = entry) => alice.post(at, { processorId, url: to });
  equal((await push(address)).status, 422, "a processor is no controller");
  await test.db.owner`update processors set role = 'controller' where id = ${entry}`;
  for (const to of ["https://evil.example/x", "http://127.0.0.1:1/x", "ftp://127.0.0.1/", "x"]) {
    const refused = await push(to);
    equal(refused.status, 422, to);
    match(await refused.text(), /gehört nicht zu den Servern/);
  }
  equal((await push(address, newId())).status, 422);
  equal((await push(address)).status, 303);
  const held: number[] = [];
  const egress: Egress = {
    async request(...asked) {
      held.push(await inTransaction(test.db.owner));
      return await test.services.egress.request(...asked);
    },
  };
  await drain({ ...test, services: { ...test.services, egress } });
  deepEqual(held, [0], "a slow controller holds no transaction open");
  match(
    await (await alice.get(`/settings/requests/${item.caseId}`)).text(),
    /gesendet.*übertragen/s,
  );

  const read = (who: typeof alice, id: string) =>
    who.scope((scope) =>
      portability.read(scope, url, {
        contactIds: [id],
        emails: [],
        phones: [],
        names: [],
        numbers: [],
      })
    );
  // The address has served: a second document, a wrong one and a guess are refused.
  const put = (to: string, body: string) =>
    fetch(to, { method: "PUT", body }).then(async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    });
  equal(await put(address, "{}"), 422);
  equal(await put(address, JSON.stringify(await read(alice, contact))), 410);
  equal(await put(`${address.slice(0, -3)}abc`, "{}"), 404);
  const large = await fetch(address, { method: "PUT", body: "x".repeat(600_000) });
  equal(large.status, 413);
  deepEqual(await large.json(), { error: "too_large" });

  const list = await (await emil.get("/settings/transfers")).text();
  const path = /\/settings\/transfers\/[0-9a-f-]{36}/.exec(list)![0];
  match(await (await emil.get(path)).text(), /Weg 1, 10115 Berlin/);
  const taken = await emil.post(`${path}/acceptance`, {}, own);
  equal(taken.status, 303);
  equal((await emil.post(`${path}/acceptance`, {}, own)).status, 404, "taken once");
  const there = await read(emil, idOf(taken));
  deepEqual(there!.persons, (await read(alice, contact))!.persons);
  const [row] = await other.db.owner`select source, legal_basis from contacts`;
  match(row!.source, /Art\. 20 DSGVO: Nordlicht Handel/);
  await close();
});

/** A value of a JSON Schema with texts as long as it permits. */
function longest(schema: Schema): unknown {
  const { properties, items, maxLength, enum: options } = schema;
  if (properties) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, longest(each)]),
    );
  }
  if (items) return [longest(items)];
  return options ? options.at(-1) : "x".repeat(maxLength ?? 0);
}
interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  maxLength?: number;
  enum?: string[];
}

Deno.test("a person with the longest texts a document may have can be saved again unchanged", async () => {
  const { alice, visitor } = await cast();
  const document = longest(portabilitySchema("https://a.example")) as PortableDocument;
  const [person] = document.persons;
  const whole = (start: string, most: number) => start.padEnd(most, "x");
  const website = whole("https://a.example/", person!.website.length);
  Object.assign(person!, { language: "de", birthday: "1980-05-06", website });
  Object.assign(person!.emails[0]!, { address: "eva@a.example" });
  Object.assign(person!.companies[0]!, { since_on: "1900-01-01", until_on: "2199-12-31" });
  Object.assign(document, {
    ...{ $schema: "https://a.example", format: "kompaktcrm-portability-1" },
    issuedAt: "2026-01-01T00:00:00Z",
  });
  const send = async (changed: object) => {
    const made = await alice.post("/settings/transfers", { id: newId(), note: "Von A" });
    const [path] = /\/incoming-transfers\/[A-Za-z0-9_-]{43}/.exec(await made.text())!;
    const body = { ...document, persons: [{ ...person, ...changed }] };
    return (await visitor.send(path, { method: "PUT", body: JSON.stringify(body) })).status;
  };
  const value = "x".repeat(9_000);
  const custom = Array.from({ length: 3 }, () => ({ name: "a", label: "a", value }));
  equal(await send({ custom }), 422, "more than notes hold");
  equal(await send({ website: "keine" }), 422);
  equal(await send({ companies: [{ ...person!.companies[0], since_on: "0900-01-01" }] }), 422);
  equal(await send({}), 204);
  const [at] = /\/settings\/transfers\/[0-9a-f-]{36}/.exec(
    await (await alice.get("/settings/transfers")).text(),
  )!;
  const taken = await alice.post(`${at}/acceptance`);
  const edit = `/contacts/${idOf(taken)}/edit`;
  const saved = await alice.post(edit, formOf(await (await alice.get(edit)).text()));
  equal(saved.status, 303, await saved.text());
});

Deno.test("a document that arrived under older rules names what is wrong and can be discarded", async () => {
  const { alice, test, contact } = await approved();
  const id = newId();
  equal((await alice.post("/settings/transfers", { id, note: "Von A" })).status, 200);
  await alice.scope(async (scope) => {
    const { sql, tenantId, now } = scope;
    const asked = { contactIds: [contact], emails: [], phones: [], names: [], numbers: [] };
    const document = (await portability.read(scope, "https://old.example", asked))!;
    Object.assign(document.persons[0]!, { birthday: "2023-02-30" });
    const { config } = test.services;
    const text = JSON.stringify(document);
    const sealed = await tenantSeals.seal(scope, config, useOf(tenantId, id), text);
    await sql`
      update incoming_transfers
      set content_sealed = ${sealed}, received_at = ${now}
      where id = ${id}
    `;
  });
  const at = `/settings/transfers/${id}`;
  const page = await (await alice.get(at)).text();
  match(page, /lässt sich nicht übernehmen[^]*<code>persons\.0\.birthday<\/code>/);
  ok(!page.includes("/acceptance"));
  equal((await alice.post(`${at}/acceptance`)).headers.get("Location"), at);
  equal((await alice.post(`${at}/refusal`)).status, 303);
  equal((await alice.get(at)).status, 404);
});
