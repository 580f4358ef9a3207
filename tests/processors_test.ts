/** The register of processors: what it refuses, how evidence opens it, what the public sees. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { setOffset, today } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { providerId } from "../db/controllers.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as officers from "../db/officers.ts";
import { coveredUntil, obstaclesBeforeSwitch } from "../db/processor_gates.ts";
import * as processors from "../db/processors.ts";
import { system, withScope } from "../db/scope.ts";
import { checkProcessors } from "../jobs/processors.ts";
import type { Fields } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { formOf, text, values } from "./support/html.ts";
import { linkIn, type Mailbox, mailbox } from "./support/mailbox.ts";
import { openProcessor, showEvidence } from "./support/processors.ts";
import { eicar, fakeScanner } from "./support/scanner.ts";
import { drain } from "./support/worker.ts";

const documentero = "019a0000-0000-7000-8000-000000000003";
const latenode = "019a0000-0000-7000-8000-000000000002";
const base = "/operator/processors";
const pdf = "%PDF-1.7 Vertrag";

async function operator(): Promise<Cast & { olga: Person }> {
  const people = await cast();
  await people.alice.test.db.owner`
    update identities
    set operator = true
    where id = ${people.alice.identityId}
  `;
  return { ...people, olga: people.alice };
}

const entry = (more: Fields = {}): Fields => ({
  id: newId(),
  name: `Postfach ${newId()}`,
  role: "processor",
  serviceDe: "Versand von E-Mails",
  serviceEn: "Sending mail",
  dataCategories: ["mails", "accounts"],
  processingCountries: "Deutschland, Frankreich",
  seatCountry: "Deutschland",
  location: "Berlin",
  agreementOn: today(),
  "subProcessors.0.name": "Rechenhaus",
  "subProcessors.0.service": "Hosting",
  "subProcessors.0.country": "Österreich",
  hosts: "mail.postfach.example:465",
  ...more,
});

/** Enters a processor and returns its id. */
async function entered(olga: Person, more: Fields = {}): Promise<string> {
  const fields = entry(more);
  const answer = await olga.post(`${base}/new`, fields);
  equal(answer.status, 303, await answer.text());
  return String(fields.id);
}

const upload = (content: string = pdf, more: Record<string, string> = {}): Fields => ({
  id: newId(),
  coversAgreement: "on",
  coversLocation: "on",
  datedOn: today(),
  ...more,
  file: new File([content], "av-vertrag.pdf"),
});

/** Uploads evidence and returns the path that the officer's mail leads to. */
async function asked(olga: Person, post: Mailbox, id: string): Promise<string> {
  const answer = await olga.post(`${base}/${id}/evidence`, upload());
  equal(answer.status, 303, await answer.text());
  const mails = await post.collect(olga.test, "dsb@example.org");
  return linkIn(mails.at(-1)!, "evidence-approvals");
}

const find = (olga: Person, id: string) => processors.find(olga.test.db.app, id);

Deno.test("the three processors of clause 4.2 are there, Latenode and Documentero closed", async () => {
  const { olga, visitor } = await operator();
  const page = await text(await visitor.get("/privacy/processors"));
  for (const name of ["IONOS Cloud", "Latenode", "Documentero"]) ok(page.includes(name), name);
  match(page, /Microsoft Azure \(Hosting, Vereinigte Staaten\)/);
  for (const id of [latenode, documentero]) {
    equal(processors.isOpen(await find(olga, id)), false);
    const answer = await olga.post(`${base}/${id}/activation`);
    equal(answer.status, 303);
    equal((await find(olga, id)).enabled, false);
  }
  const refusal = await text(await olga.get(`${base}/${latenode}`));
  match(refusal, /außerhalb von EU und EWR.*Ziffer 4\.3/);
});

Deno.test("the public register sets no cookie, speaks both languages and needs no log-in", async () => {
  const { visitor } = await operator();
  const answer = await visitor.get("/privacy/processors?lang=en");
  equal(answer.status, 200);
  equal(answer.headers.get("set-cookie"), null);
  match(await text(answer), /Sub-processors/);
});

Deno.test("every place outside the EU and the EEA is refused beside its field, with clause 4.3 named", async () => {
  const { olga } = await operator();
  const wrong: [Fields, string][] = [
    [{ processingCountries: "Deutschland, USA" }, "f-processingCountries"],
    [{ processingCountries: "Vereinigtes Königreich" }, "f-processingCountries"],
    [{ seatCountry: "Schweiz" }, "f-seatCountry"],
    [{ "subProcessors.0.country": "USA" }, "f-subProcessors-0-country"],
  ];
  for (const [more, id] of wrong) {
    const answer = await olga.post(`${base}/new`, entry(more));
    equal(answer.status, 422);
    const html = await answer.text();
    match(html, /Ziffer 4\.3/);
    ok(html.includes(`id="${id}-error"`), id);
    deepEqual(values(html, "serviceDe"), ["Versand von E-Mails"]);
  }
  for (const place of ["Island", "Norwegen, Liechtenstein", "EU"]) {
    await entered(olga, { processingCountries: place });
  }
});

Deno.test("POST /operator/processors/new refuses what is missing or makes no sense, losing nothing", async () => {
  const { olga } = await operator();
  const answer = await olga.post(`${base}/new`, {
    ...entry(),
    name: "",
    dataCategories: ["unknown"],
    seatCountry: "Atlantis",
    agreementOn: "gestern",
    hosts: "ohne-port",
    "subProcessors.0.name": "",
  });
  equal(answer.status, 422);
  const html = await answer.text();
  for (
    const id of [
      "name",
      "dataCategories",
      "seatCountry",
      "agreementOn",
      "hosts",
      "subProcessors-0-name",
    ]
  ) ok(html.includes(`href="#f-${id}"`), id);
  deepEqual(values(html, "location"), ["Berlin"]);
});

Deno.test("a form that is sent twice makes one entry, and rows of sub-processors grow without script", async () => {
  const { olga } = await operator();
  const fields = entry();
  await olga.post(`${base}/new`, fields);
  await olga.post(`${base}/new`, fields);
  const [row] = await olga.test.db.owner`
    select count(*)::int as n from processors where name = ${fields.name as string}
  `;
  equal(row!.n, 1);
  const grown = await olga.post(`${base}/new`, { ...entry(), _add: "subProcessors" });
  equal(grown.status, 422);
  match(await grown.text(), /name="subProcessors\.1\.name"/);
});

Deno.test("evidence opens a processor only when the officer approves it by the link in the mail", async () => {
  const { olga, visitor } = await operator();
  const post = await mailbox();
  const id = await entered(olga);
  const link = await asked(olga, post, id);
  equal(await olga.post(`${base}/${id}/activation`).then((a) => a.status), 303);
  equal((await find(olga, id)).enabled, false, "not before approval");

  const page = await visitor.get(link);
  equal(page.status, 200);
  match(await text(page), /Nachweis prüfen.*Postfach/);
  equal((await find(olga, id)).approved.location ?? null, null, "looking decides nothing");
  const file = await visitor.get(`${link}/file`);
  equal(await file.text(), pdf);
  match(file.headers.get("content-disposition")!, /^attachment/);

  equal((await visitor.post(link)).status, 422, "a scanner that presses the button ticks no box");
  equal((await find(olga, id)).approved.location ?? null, null);
  const done = await visitor.post(link, { read: "on" });
  match(await text(done), /freigegeben/);
  equal((await find(olga, id)).approved.location, today());

  for (const again of [await visitor.get(link), await visitor.post(link, { read: "on" })]) {
    equal(again.status, 410);
    match(await text(again), /Link gilt nicht mehr/);
  }
  await olga.post(`${base}/${id}/activation`);
  let after = await find(olga, id);
  equal(after.enabled, true);
  equal(processors.isOpen(after), false, "tenants are notified 30 days before");
  try {
    // Nobody was notified yet: that the day has come is not enough.
    setOffset("P31D");
    equal(processors.isOpen(await find(olga, id)), false);
    setOffset(undefined);
    await drain(olga.test, { smtpUrl: post.smtpUrl });
    setOffset("P31D");
    await enqueue(olga.test.db.app, "announce_processors", null, {});
    await drain(olga.test, { smtpUrl: post.smtpUrl });
    after = await find(olga, id);
    equal(processors.isOpen(after), true);
    setOffset("P13M");
    deepEqual(processors.closedBy(after), ["evidence_old_agreement", "evidence_old_location"]);
  } finally {
    setOffset(undefined);
  }
  await post.close();
});

Deno.test("evidence that the officer refuses opens nothing, and its reason is shown to the operator", async () => {
  const { olga, visitor } = await operator();
  const post = await mailbox();
  const id = await entered(olga);
  const link = await asked(olga, post, id);
  equal((await visitor.post(`${link}/refusal`, { reason: " " })).status, 422);
  await visitor.post(`${link}/refusal`, { reason: "Der Ort steht nicht darin." });
  const page = await text(await olga.get(`${base}/${id}`));
  match(page, /abgelehnt von Dora Schutz Der Ort steht nicht darin\./);
  match(page, /Ein freigegebener Nachweis des Orts fehlt/);
  await post.close();
});

Deno.test("a link that was sent again replaces the old one, and only the officer gets it", async () => {
  const { olga, visitor } = await operator();
  const post = await mailbox();
  const id = await entered(olga);
  const first = await asked(olga, post, id);
  const [{ id: evidenceId } = { id: "" }] = await olga.test.db.owner<{ id: string }[]>`
    select id from processor_evidence where processor_id = ${id}
  `;
  await olga.post(`/operator/evidence/${evidenceId}/request`);
  const mails = await post.collect(olga.test, "dsb@example.org");
  const second = linkIn(mails.at(-1)!, "evidence-approvals");
  equal((await visitor.get(first)).status, 410);
  equal((await visitor.get(second)).status, 200);
  await olga.post(`/operator/evidence/${evidenceId}/removal`);
  equal((await visitor.get(second)).status, 410);
  await post.close();
});

Deno.test("a former officer decides on no evidence", async () => {
  const { olga, visitor, test } = await operator();
  const post = await mailbox();
  try {
    const link = await asked(olga, post, await entered(olga));
    equal((await visitor.get(link)).status, 200);
    const provider = { tenantId: providerId, actor: system };
    await withScope(test.db.app, provider, officers.succeed);
    equal((await visitor.get(link)).status, 410);
  } finally {
    await post.close();
  }
});

Deno.test("uploads that are no evidence are refused beside their field", async () => {
  const { olga } = await operator();
  const id = await entered(olga);
  const year = Temporal.PlainDate.from(today());
  const wrong: [Fields, RegExp][] = [
    [upload("<html><script>alert(1)</script>"), /Nur PDF, PNG oder JPEG/],
    [upload(pdf, { datedOn: year.subtract({ years: 1 }).toString() }), /höchstens zwölf Monate/],
    [upload(pdf, { datedOn: year.add({ days: 1 }).toString() }), /liegt in der Zukunft/],
    [upload(pdf, { datedOn: "irgendwann" }), /Kein gültiges Datum/],
    [upload(pdf, { coversAgreement: "", coversLocation: "" }), /Diese Angabe fehlt/],
    [upload(pdf + "x".repeat(10 * 1024 * 1024)), /größer als 10 MB/],
  ];
  for (const [fields, message] of wrong) {
    const sent = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
    const answer = await olga.post(`${base}/${id}/evidence`, sent);
    equal(answer.status, 422, String(message));
    match(await text(answer), message);
  }
  const [row] = await olga.test.db.owner`
    select count(*)::int as n from processor_evidence where processor_id = ${id}
  `;
  equal(row!.n, 0);
});

Deno.test("another file under a form's old id is kept as well, the same one once", async () => {
  const { olga } = await operator();
  const id = await entered(olga);
  const form = { id: newId() };
  for (const content of [pdf, pdf, `${pdf}, zweiter Teil`]) {
    equal((await olga.post(`${base}/${id}/evidence`, upload(content, form))).status, 303);
  }
  const kept = await olga.test.db.owner<{ size: number }[]>`
    select size from processor_evidence where processor_id = ${id} order by size
  `;
  deepEqual(kept.map(({ size }) => size), [pdf.length, pdf.length + ", zweiter Teil".length]);
});

Deno.test("evidence is scanned before it is kept, and refused where the scanner is away", async () => {
  const { olga, test } = await operator();
  const id = await entered(olga);
  const services = test.services as { config: Config };
  const before = services.config;
  await using scanner = fakeScanner();
  const sent = async (at: Config["clamavSocket"], content: string) => {
    services.config = { ...before, clamavSocket: at };
    const answer = await olga.post(`${base}/${id}/evidence`, upload(content))
      .finally(() => services.config = before);
    return { status: answer.status, words: await text(answer) };
  };
  const here = { host: "127.0.0.1", port: scanner.port };
  match((await sent(here, `%PDF-1.7 ${eicar}`)).words, /Virenscanner hat in der Datei etwas/);
  match((await sent({ path: "/nowhere/clamd.ctl" }, pdf)).words, /nicht erreichbar/);
  const kept = () =>
    test.db.owner`select from processor_evidence where processor_id = ${id}`.then((rows) =>
      rows.length
    );
  equal(await kept(), 0);
  equal((await sent(here, pdf)).status, 303);
  equal(await kept(), 1);
});

Deno.test("an agreement that begins later opens nothing before its day", async () => {
  const { olga } = await operator();
  const tomorrow = Temporal.PlainDate.from(today()).add({ days: 1 }).toString();
  const id = await openProcessor(olga.test.db.owner, []);
  equal(processors.isOpen(await find(olga, id)), true);
  await olga.test.db.owner`update processors set agreement_on = ${tomorrow} where id = ${id}`;
  deepEqual(processors.closedBy(await find(olga, id)), ["no_agreement"]);
});

Deno.test("a recipient that is a controller of its own waits until customers were notified", async () => {
  const { olga } = await operator();
  const id = await openProcessor(olga.test.db.owner, []);
  const page = await (await olga.get(`${base}/${id}/edit`)).text();
  const before = await find(olga, id);
  const answer = await olga.post(`${base}/${id}/edit`, {
    ...entry(),
    ...{ id, name: before.name, serviceDe: before.serviceDe, serviceEn: before.serviceEn },
    role: "controller",
    version: values(page, "version")[0]!,
    reason: "Andere Rolle",
  });
  equal(answer.status, 303, await answer.text());
  equal((await find(olga, id)).role, "processor");
});

Deno.test("evidence is stored encrypted in the database", async () => {
  const { olga } = await operator();
  const id = await entered(olga);
  await olga.post(`${base}/${id}/evidence`, upload());
  const [row] = await olga.test.db.owner<{ content: Uint8Array }[]>`
    select content from processor_evidence where processor_id = ${id}
  `;
  const raw = new TextDecoder("latin1").decode(row!.content);
  ok(!raw.includes("PDF") && !raw.includes(btoa(pdf).slice(0, 12)));
});

Deno.test("changes are in the public history and the feed, with the day they take effect", async () => {
  const { olga, visitor } = await operator();
  const id = await openProcessor(olga.test.db.owner, []);
  const form = await (await olga.get(`${base}/${id}/edit`)).text();
  const name = `Umgezogen & <neu> ${id}`;
  const answer = await olga.post(`${base}/${id}/edit`, {
    ...entry(),
    id,
    name,
    version: values(form, "version")[0]!,
    location: "Paris",
    processingCountries: "Frankreich",
    reason: "Umzug des Anbieters",
  });
  equal(answer.status, 303, await answer.text());
  const [change] = await olga.test.db.owner<
    { material: boolean; takesEffectOn: string; differences: Record<string, unknown> }[]
  >`
    select material, takes_effect_on, differences
    from processor_changes
    where processor_id = ${id}
      and action = 'changed'
  `;
  equal(change!.material, true);
  equal(change!.takesEffectOn, Temporal.PlainDate.from(today()).add({ days: 30 }).toString());
  deepEqual(change!.differences.processingCountries, [["DE"], ["FR"]]);
  const page = await text(await visitor.get("/privacy/processors"));
  match(page, /Länder der Verarbeitung: Deutschland → Frankreich/);
  match(page, /Umzug des Anbieters/);

  const feed = await visitor.get("/privacy/processors.atom");
  match(feed.headers.get("content-type")!, /application\/atom\+xml/);
  const xml = await feed.text();
  ok(xml.includes(`Umgezogen &amp; &lt;neu&gt; ${id}`));
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser({ xmlns: true });
  const ids: string[] = [];
  let element = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local, uri }) => {
    element = local;
    equal(uri, "http://www.w3.org/2005/Atom");
  });
  parser.on("text", (words) => {
    if (element === "id" && words.trim().startsWith("urn:uuid:")) ids.push(words);
  });
  parser.write(xml).close();
  ok(ids.length > 0);
  equal(new Set(ids).size, ids.length);
});

Deno.test("somebody else's change in between is not overwritten", async () => {
  const { olga } = await operator();
  const id = await entered(olga);
  const edit = (version: string, name: string) =>
    olga.post(`${base}/${id}/edit`, { ...entry(), id, name, version });
  equal((await edit("1", "Erste Hand")).status, 303);
  const stale = await edit("1", "Zweite Hand");
  equal(stale.status, 409);
  equal((await find(olga, id)).name, "Erste Hand");
  const form = formOf(await stale.text());
  deepEqual([form.name, form.version], ["Zweite Hand", "2"], "nothing typed is lost");
  equal((await edit(form.version!, form.name!)).status, 303);
  equal((await find(olga, id)).name, "Zweite Hand");
});

Deno.test("a processor is switched off at once, and one of the program is never removed", async () => {
  const { olga } = await operator();
  const id = await openProcessor(olga.test.db.owner, []);
  equal(processors.isOpen(await find(olga, id)), true);
  await olga.post(`${base}/${id}/deactivation`);
  equal((await find(olga, id)).enabled, false);
  equal((await olga.post(`${base}/${id}/removal`)).status, 303);
  equal((await olga.get(`${base}/${id}`)).status, 404);
  await olga.post(`${base}/${documentero}/removal`);
  equal((await olga.get(`${base}/${documentero}`)).status, 200);
});

Deno.test("a connection's keys are sealed, never shown again, and kept only for the address they were given for", async () => {
  const { olga } = await operator();
  const { owner } = olga.test.db;
  const fields = { baseUrl: "https://app.documentero.com/api", apiKey: "canary-key-4711" };
  equal((await olga.post(`${base}/${documentero}/connection`, fields)).status, 303);
  const html = await (await olga.get(`${base}/${documentero}`)).text();
  ok(!html.includes("canary-key-4711"));
  deepEqual(values(html, "baseUrl"), [fields.baseUrl]);
  const [row] = await owner<{ secrets: Uint8Array; settings: unknown }[]>`
    select secrets, settings from processor_connections where processor_id = ${documentero}
  `;
  ok(!new TextDecoder("latin1").decode(row!.secrets).includes("canary"));
  deepEqual((await find(olga, documentero)).hosts, [{ host: "app.documentero.com", port: 443 }]);
  const kept = await olga.post(`${base}/${documentero}/connection`, { ...fields, apiKey: "" });
  equal(kept.status, 303);
  const moved = await olga.post(`${base}/${documentero}/connection`, {
    baseUrl: "https://evil.example/api",
    apiKey: "",
  });
  equal(moved.status, 422);
  match(await text(moved), /Geben Sie auch diesen Schlüssel noch einmal ein/);
  await olga.post(`${base}/${documentero}/connection/removal`);
  deepEqual((await find(olga, documentero)).hosts, []);
});

Deno.test("addresses that lead nowhere good are refused in a connection", async () => {
  const { olga } = await operator();
  for (
    const baseUrl of [
      "http://app.documentero.com/api",
      "https://10.0.0.5/api",
      "https://[fd00::1]/api",
      "https://user:pass@app.documentero.com/",
      "ftp://x",
      "",
    ]
  ) {
    const answer = await olga.post(`${base}/${documentero}/connection`, { baseUrl, apiKey: "k" });
    equal(answer.status, 422, baseUrl);
  }
  const ionos = "019a0000-0000-7000-8000-000000000001";
  const fields = {
    s3Endpoint: "https://s3.us-central-1.ionoscloud.com",
    region: "us-central-1",
    bucket: "crm-files",
    databaseUrl: "https://postgresql.us-ewr.ionos.com",
    clusterId: newId(),
    accessKey: "a",
    secretKey: "s",
    token: "t",
  };
  const answer = await olga.post(`${base}/${ionos}/connection`, fields);
  equal(answer.status, 422);
  match(await text(answer), /Ziffer 4\.3/);
  // Inside the EEA, but nobody was notified of Spain.
  const spain = await olga.post(`${base}/${ionos}/connection`, {
    ...fields,
    region: "eu-south-2",
    s3Endpoint: "https://s3.eu-south-2.ionoscloud.com",
    databaseUrl: "https://postgresql.es-vit.ionos.com",
  });
  equal(spain.status, 422);
  match(await text(spain), /Dieses Land steht nicht im Eintrag.*Ziffer 4\.2/);
  const fast = await olga.post(`${base}/${latenode}/connection`, {
    webhookHost: "https://webhook.latenode.com",
    webhookPath: "/1/prod/x?__ln.fast=1",
    signingSecret: "s".repeat(32),
  });
  equal(fast.status, 422);
  match(await text(fast), /Schnellmodus/);
});

Deno.test("register, public list and list of hosts agree: a closed processor is in none, an open one in all", async () => {
  const { olga } = await operator();
  const { owner } = olga.test.db;
  const { list } = await import("../db/egress_hosts.ts");
  const host = { host: "app.documentero.com", port: 443 };
  const id = await openProcessor(owner, [host], "documentero");
  const names = async () =>
    (await list(owner)).filter(({ role }) => role === "egress").map((each) => each.host);
  const allowed = async () =>
    (await processors.list(owner)).filter((each) => each.adapter && processors.isOpen(each))
      .flatMap(({ hosts }) => hosts.map((each) => each.host)).sort();
  deepEqual(await names(), await allowed());
  ok((await names()).includes(host.host));
  const page = await text(await olga.get("/operator/egress"));
  match(page, /app\.documentero\.com:443/);
  await olga.post(`${base}/${id}/deactivation`);
  ok(!(await names()).includes(host.host));
  const after = await text(await olga.get("/operator/egress"));
  ok(!after.includes("app.documentero.com:443"));
});

Deno.test("only operators see the operator's pages", async () => {
  const { bob, visitor } = await operator();
  for (const path of [base, `${base}/new`, `${base}/${latenode}`, "/operator/egress"]) {
    equal((await bob.get(path)).status, 403, path);
    equal((await visitor.get(path)).status, 303, path);
  }
});

Deno.test("evidence of a place counts no more once the data are elsewhere", async () => {
  const { olga } = await operator();
  const { owner } = olga.test.db;
  const id = await openProcessor(owner, []);
  await owner`update processors set enabled = false, enabled_from = null where id = ${id}`;
  const move = async (fields: Record<string, string>) => {
    const form = await (await olga.get(`${base}/${id}/edit`)).text();
    const version = values(form, "version")[0]!;
    const name = values(form, "name")[0]!;
    const place = { location: "Berlin", processingCountries: "Deutschland" };
    const more = { id, name, version, reason: "Umzug", ...place, ...fields };
    const answer = await olga.post(`${base}/${id}/edit`, { ...entry(), ...more });
    equal(answer.status, 303, await answer.text());
  };
  const before = async () => obstaclesBeforeSwitch(await find(olga, id), today());
  deepEqual(await before(), []);
  await move({ serviceDe: "Versand" });
  deepEqual(await before(), [], "another word for the service moves nobody");
  await move({ location: "Wien", processingCountries: "Österreich" });
  deepEqual(await before(), ["no_evidence_location"], "and the agreement remains");
  await showEvidence(owner, id, ["location"]);
  deepEqual(await before(), []);
  await move({});
  deepEqual(await before(), ["no_evidence_location"], "back again is a move as well");
});

Deno.test("the officer is reminded of evidence that expires, once for each day, and late if need be", async () => {
  const { test } = await operator();
  const { app, owner } = test.db;
  const id = await openProcessor(owner, []);
  const { name } = await processors.find(app, id);
  const end = Temporal.PlainDate.from(coveredUntil(await processors.find(app, id))!);
  const { services: { config, log, egress } } = test;
  const tools = { pool: app, config, log, egress, signal: new AbortController().signal };
  const reminders = async () => {
    await checkProcessors.run(tools, { tenantId: null });
    return (await owner`select from mails where subject = ${`Nachweis läuft ab: ${name}`}`).length;
  };
  const seen: [left: number, reminders: number][] = [];
  try {
    for (const left of [31, 30, 30, 20, 13, 8, 3, 3, 1, 0]) {
      const day = end.subtract({ days: left });
      setOffset(Temporal.PlainDate.from(today()).until(day, { largestUnit: "days" }).toString());
      seen.push([left, await reminders()]);
      setOffset(undefined);
    }
  } finally {
    setOffset(undefined);
  }
  deepEqual(
    seen,
    [[31, 0], [30, 1], [30, 1], [20, 1], [13, 2], [8, 2], [3, 3], [3, 3], [1, 4], [0, 4]],
  );
});
