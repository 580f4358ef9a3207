/** Offers: from a deal's lines to document, mail and decision; what was issued stays as it was. */
import type { Config } from "../db/config.ts";
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { program } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { moveDeal, stagesOf } from "./support/deals.ts";
import { formOf, text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { emptyQueue } from "./support/messages.ts";
import { issuedOffer, newOffer, pricedDeal, twoLines } from "./support/offers.ts";
import { paperText } from "./support/papers.ts";
import { sight } from "./support/sights.ts";
import { drain } from "./support/worker.ts";

async function rowOf(person: Person, id: string) {
  const [row] = await person.test.db.owner`
    select state, number, version_no, net_cents::int, vat_cents::int, kept_until, message_id,
      encode(sha256(paper), 'hex') as sum, encode(paper_digest, 'hex') as digest
    from offers
    where id = ${id}
  `;
  return row!;
}

const year = () => now().toISOString().slice(0, 4);

Deno.test("an offer is proposed from its deal, person and tenant, and issued as PDF/A", async () => {
  const { alice, bob, charlie } = await cast();
  await alice.post("/settings/letterhead", { footer: "HRB 12345\nIBAN DE02 1234" });
  const { dealId } = await pricedDeal(bob);
  const proposed = formOf(await (await bob.get(`/deals/${dealId}/offers/new`)).text());
  equal(proposed.recipient, "Erika Muster\nMusterweg 3\n20095 Hamburg");
  match(proposed.opening!, /^Sehr geehrte Frau Muster,\n\nvielen Dank/);
  match(proposed.closing!, /Bob Brandt$/);
  const id = await newOffer(bob, dealId, { opening: "Guten Tag,\n\nhier unser #Angebot: [x]" });
  match(await paperText(await bob.get(`/offers/${id}/paper`)), /Angebotsnummer Entwurf/);
  const page = await (await bob.get(`/offers/${id}`)).text();
  const titleOf = (tag: string) => new RegExp(`<${tag}[^>]*>([^<]+)</${tag}>`).exec(page)![1]!;
  equal(titleOf("title").split(" &#8211; ")[0], titleOf("h1"), "a draft is called by its subject");
  equal((await bob.post(`/offers/${id}/issue`)).status, 303);
  const number = `AN-${year()}-0001`;
  const row = await rowOf(bob, id);
  deepEqual([row.state, row.number, row.netCents, row.vatCents], ["issued", number, 20_997, 3_630]);
  equal(row.sum, row.digest);
  const paper = await paperText(await bob.get(`/offers/${id}/paper`));
  for (
    const words of [
      "Nordlicht Handel",
      "Erika Muster Musterweg 3 20095 Hamburg",
      `Angebotsnummer ${number}`,
      "hier unser #Angebot: [x]",
      "1 Regal Typ A 2 Stück 100,00 € 10 % 19 % 180,00 €",
      "2 Handbuch 3 9,99 € 7 % 29,97 €",
      "zzgl. 19 % USt. auf 180,00 € 34,20 €",
      "zzgl. 7 % USt. auf 29,97 € 2,10 €",
      "Gesamtbetrag 246,27 €",
      "HRB 12345",
      "1 / 1",
    ]
  ) ok(paper.includes(words), `${words} in ${paper}`);
  match(
    await text(await bob.get(`/deals/${dealId}`)),
    new RegExp(`${number} 246,27 € ausgestellt`),
  );
  match(
    await text(await bob.get(`/deals/${dealId}?timeline=changes`)),
    new RegExp(`Angebot ausgestellt Angebotsnummer: ${number}`),
  );
  for (const way of ["", "/paper"]) equal((await charlie.get(`/offers/${id}${way}`)).status, 404);
});

Deno.test("an English reader gets an English document, gross prices include their tax", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  await bob.post(`/deals/${dealId}/items`, { version: "1", ...twoLines, gross: "on" });
  const id = await issuedOffer(bob, dealId, { language: "en", subject: "Shelves" });
  const paper = await paperText(await bob.get(`/offers/${id}/paper`));
  for (
    const words of [
      "Offer number",
      "Valid until",
      "Total €209.97",
      "including 19% VAT (net €151.26) €28.74",
      "including 7% VAT (net €28.01) €1.96",
    ]
  ) ok(paper.includes(words), `${words} in ${paper}`);
});

Deno.test("what was issued does not change, whatever becomes of its deal; the next version does", async () => {
  const { alice, bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  const before = await (await bob.get(`/offers/${id}/paper`)).bytes();
  const { digest } = await rowOf(bob, id);
  await bob.post(`/deals/${dealId}/items`, {
    ...{ version: "1", "items.0.name": "Anderes", "items.0.price": "1", "items.0.vatRate": "19" },
  });
  await alice.post("/settings/letterhead", { footer: "anders" });
  equal((await bob.post(`/offers/${id}/edit`, { subject: "anders" })).status, 422);
  equal((await bob.post(`/offers/${id}/deletion`)).status, 422);
  await bob.post(`/offers/${id}/issue`);
  deepEqual(await (await bob.get(`/offers/${id}/paper`)).bytes(), before);
  for (const column of ["subject", "items", "paper"]) {
    const { owner } = bob.test.db;
    const value = column === "items" ? "[]" : "anders";
    await rejects(
      owner.unsafe(`update offers set ${column} = '${value}' where id = '${id}'`),
      /an issued offer stays as it is/,
    );
  }
  const renewed = await bob.post(`/offers/${id}/versions`);
  const next = renewed.headers.get("Location")!.split("/")[2]!;
  equal((await bob.post(`/offers/${id}/versions`)).headers.get("Location"), `/offers/${next}/edit`);
  await bob.post(`/offers/${next}/issue`);
  const [old, fresh] = [await rowOf(bob, id), await rowOf(bob, next)];
  deepEqual([old.state, old.digest], ["replaced", digest]);
  deepEqual([fresh.number, fresh.versionNo, fresh.netCents], [old.number, 2, 100]);
  match(await paperText(await bob.get(`/offers/${next}/paper`)), /AN-\d{4}-0001 \(2\)/);
  match(await text(await bob.get(`/offers/${next}`)), /Fassung 1 ersetzt Fassung 2 ausgestellt/);
});

Deno.test("of all versions of an offer one is open or accepted, whatever is undone", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const renewed = async (id: string) =>
    (await bob.post(`/offers/${id}/versions`)).headers.get("Location")?.split("/")[2] ?? null;
  const decide = (id: string, state: string) => bob.post(`/offers/${id}/decision`, { state });
  const states = (...ids: string[]) =>
    Promise.all(ids.map(async (id) => (await rowOf(bob, id)).state));
  const first = await issuedOffer(bob, dealId);
  await decide(first, "declined");
  const second = (await renewed(first))!;
  await bob.post(`/offers/${second}/issue`);
  await bob.post(`/offers/${first}/decision/removal`);
  deepEqual(await states(first, second), ["replaced", "issued"], "a later one replaces it");
  equal((await decide(first, "accepted")).status, 422);
  const third = (await renewed(second))!;
  const issues = async () => (await (await bob.get(`/offers/${third}`)).text()).includes("/issue");
  equal(await issues(), true);
  await decide(second, "accepted");
  equal(await issues(), false, "no button for what is refused");
  match(await text(await bob.get(`/offers/${third}`)), /Eine andere Fassung ist angenommen/);
  equal((await bob.post(`/offers/${third}/issue`)).status, 422);
  deepEqual(await states(second, third), ["accepted", "draft"]);
  await bob.post(`/offers/${third}/deletion`);
  for (const id of [first, second]) equal(await renewed(id), null, "what was accepted holds");
  await bob.post(`/offers/${second}/decision/removal`);
  deepEqual(await states(first, second), ["replaced", "issued"]);
  const both = await Promise.all([renewed(first), renewed(second)]);
  ok(both[0] !== null && both[0] === both[1], "two who renew it get one draft");
});

Deno.test("a draft leads to the lines of its deal and back to itself", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await newOffer(bob, dealId);
  const way = `/deals/${dealId}/items?offer=${id}`;
  ok((await (await bob.get(`/offers/${id}`)).text()).includes(`href="${way}"`));
  match(await (await bob.get(way)).text(), new RegExp(`href="/offers/${id}"`));
  const saved = await bob.post(way, { version: "1", ...twoLines });
  equal(saved.headers.get("Location"), `/offers/${id}#items`);
  const beside = await bob.post(`/deals/${dealId}/items?offer=https://evil.example`, {
    version: "1",
    ...twoLines,
  });
  equal(beside.headers.get("Location"), `/deals/${dealId}#items`);
  await bob.post(`/offers/${id}/issue`);
  ok(!(await (await bob.get(`/offers/${id}`)).text()).includes("/items?offer="), "it is fixed");
});

Deno.test("numbers have no gap: not by rollbacks, discarded drafts, or many at once", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const ids = await Promise.all(Array.from({ length: 6 }, () => newOffer(bob, dealId)));
  await bob.post(`/offers/${ids.pop()}/deletion`);
  // Nothing to offer: the number goes back with the transaction.
  await bob.post(`/deals/${dealId}/items`, { version: "1" });
  equal((await bob.post(`/offers/${ids[0]}/issue`)).status, 422);
  await bob.post(`/deals/${dealId}/items`, { version: "2", ...twoLines });
  await Promise.all(ids.flatMap((id) => [0, 1].map(() => bob.post(`/offers/${id}/issue`))));
  const rows = await bob.test.db.owner<{ number: string }[]>`
    select number
    from offers
    where tenant_id = ${bob.tenantId}
    order by number
  `;
  const wanted = ids.map((_, i) => `AN-${year()}-000${i + 1}`);
  deepEqual(rows.map(({ number }) => number), wanted);
});

Deno.test("lines and their kind of price are of one moment, whoever writes them meanwhile", async () => {
  const { bob, test: { db: { owner } } } = await cast();
  const { dealId } = await pricedDeal(bob);
  const one = { "items.0.name": "Regal", "items.0.price": "100", "items.0.vatRate": "19" };
  await bob.post(`/deals/${dealId}/items`, { version: "1", ...one });
  const id = await newOffer(bob, dealId);
  const waits = async () => {
    const [row] = await owner`
      select 1 from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%from deal_items%' and pid <> pg_backend_pid()
    `;
    return row !== undefined;
  };
  let issued: Promise<Response>;
  await owner.begin(async (sql) => {
    await sql`lock table deal_items in access exclusive mode`;
    issued = bob.post(`/offers/${id}/issue`);
    while (!await waits()) await new Promise((done) => setTimeout(done, 25));
    await sql`update deal_items set price_cents = 11900 where deal_id = ${dealId}`;
    await sql`update deal_calculations set gross = true where deal_id = ${dealId}`;
  });
  equal((await issued!).status, 303);
  const { netCents, vatCents } = await rowOf(bob, id);
  deepEqual([netCents, vatCents], [10_000, 1_900]);
});

Deno.test("each pattern of numbers counts for itself; a wrong one is refused beside its field", async () => {
  const { alice, bob } = await cast();
  const form = formOf(await (await alice.get("/settings/offers")).text());
  for (const numberFormat of ["AN", "{N}{N}", "{X}-{N}", "AN-{JJJJ"]) {
    const answer = await alice.post("/settings/offers", { ...form, numberFormat });
    equal(answer.status, 422, numberFormat);
    match(await answer.text(), /f-numberFormat-error/);
  }
  const unknown = await alice.post("/settings/offers", { ...form, openingDe: "Hallo {wer}" });
  match(await text(unknown), /Dieses Feld gibt es nicht: \{wer\}/);
  const settings = { numberFormat: "{JJ}{MM}/{NN}", validDays: "14", vatRate: "7" };
  equal((await alice.post("/settings/offers", { ...form, ...settings })).status, 303);
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  match((await rowOf(bob, id)).number, /^\d{4}\/01$/);
  const now = formOf(await (await alice.get("/settings/offers")).text());
  await alice.post("/settings/offers", { ...now, numberFormat: "{JJ}{MM}/{NNN}" });
  match((await rowOf(bob, await issuedOffer(bob, dealId))).number, /^\d{4}\/002$/);
});

Deno.test("numbering continues from numbers given elsewhere, and never goes back", async () => {
  const { alice, bob } = await cast();
  const at = "/settings/offers";
  const form = formOf(await (await alice.get(at)).text());
  equal((await alice.post(at, { ...form, nextNumber: "188" })).status, 303);
  match(await text(await alice.get(at)), /jetzt mit 188/);
  const { dealId } = await pricedDeal(bob);
  match((await rowOf(bob, await issuedOffer(bob, dealId))).number, /-0188$/);
  for (const nextNumber of ["1", "188", "0", "-3", "x", "999999999"]) {
    const again = await alice.post(at, { ...form, nextNumber });
    equal(again.status, 422, nextNumber);
    match(await again.text(), /f-nextNumber-error/);
  }
  equal((await alice.post(at, { ...form, nextNumber: "189" })).status, 303, "unchanged");
  equal((await alice.post(at, { ...form, nextNumber: "" })).status, 303);
  match((await rowOf(bob, await issuedOffer(bob, dealId))).number, /-0189$/);
});

Deno.test("an offer is mailed with its document, after the consent check, and counts as sent when the mail is", async () => {
  const { test, bob } = await cast();
  await emptyQueue(bob);
  const box = await mailbox();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  const services = test.services as { config: Config };
  const { config } = services;
  services.config = { ...config, clamavSocket: { path: "/nowhere/clamd.ctl" } };
  const refused = await bob.post(`/offers/${id}/mail`).finally(() => services.config = config);
  equal(refused.headers.get("Location"), `/offers/${id}`);
  match(await text(await bob.get(`/offers/${id}`)), /Virenscanner ist gerade nicht erreichbar/);
  const begun = await bob.post(`/offers/${id}/mail`);
  const message = begun.headers.get("Location")!.split("/")[2]!;
  equal(
    (await bob.post(`/offers/${id}/mail`)).headers.get("Location"),
    begun.headers.get("Location"),
  );
  const draft = formOf(await (await bob.get(`/messages/${message}/edit`)).text());
  match(draft.subject!, /^Angebot AN-\d{4}-0001: (?!Angebot)/);
  match(draft.body!, /^Sehr geehrte Frau Muster,\n\nanbei/);
  const sent = await bob.post(`/messages/${message}/dispatch`);
  equal(sent.headers.get("Location"), `/deals/${dealId}`, "the user returns to the deal");
  equal((await rowOf(bob, id)).state, "issued");
  deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  equal((await rowOf(bob, id)).state, "sent");
  const [mail] = box.mails;
  equal(mail!.attachments[0]!.filename, `AN-${year()}-0001.pdf`);
  const paper = await (await bob.get(`/offers/${id}/paper`)).bytes();
  deepEqual(new Uint8Array(mail!.attachments[0]!.content), paper);
  match(await text(await bob.get(`/deals/${dealId}?timeline=mails`)), /Angebot AN-\d{4}-0001/);
});

Deno.test("the mail of an offer begun by two presses at once is one draft with one paper", async () => {
  const { bob, test: { db: { owner } } } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  const presses = Array.from({ length: 5 }, () => bob.post(`/offers/${id}/mail`));
  const led = (await Promise.all(presses)).map(({ headers }) => headers.get("Location"));
  deepEqual([...new Set(led)], [`/messages/${(await rowOf(bob, id)).messageId}/edit`]);
  const drafts = await owner`
    select message_id
    from outgoing_messages
    where tenant_id = ${bob.tenantId}
      and deal_id = ${dealId}
  `;
  equal(drafts.length, 1);
});

Deno.test("the mail of an offer greets in the offer's language, not its person's", async () => {
  const { bob, test: { db: { owner } } } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  await owner`update contacts set language = 'en' where id = ${contactId}`;
  const begun = await bob.post(`/offers/${id}/mail`);
  const draft = formOf(await (await bob.get(begun.headers.get("Location")!)).text());
  match(draft.body!, /^Sehr geehrte Frau Muster,\n\nanbei/);
});

Deno.test("another language or person brings its texts at a press, by mail and letter too", async () => {
  const { bob, test: { db: { owner } } } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  const at = `/deals/${dealId}/offers/new`;
  const proposed = formOf(await (await bob.get(at)).text());
  const pressed = { ...proposed, language: "en", validUntil: "", _next: "texts" };
  const answer = await bob.post(at, pressed);
  equal(answer.status, 200);
  const reply = formOf(await answer.text());
  match(reply.subject!, /^Offer: /);
  match(reply.opening!, /^Dear Ms Muster,\n\n/);
  deepEqual([reply.language, reply.id, reply.validUntil], ["en", proposed.id, ""]);
  const id = await newOffer(bob, dealId);
  const nobody = { ...proposed, contactId: "", language: "de", version: "1", _next: "texts" };
  const draft = formOf(await (await bob.post(`/offers/${id}/edit`, nobody)).text());
  match(draft.opening!, /^Sehr geehrte Damen und Herren,/);
  equal(await (await bob.get(`/offers/${id}`)).text().then((page) => /Damen/.test(page)), false);
  await owner`update contacts set letter_salutation = 'Moin Erika,' where id = ${contactId}`;
  match(formOf(await (await bob.post(at, pressed)).text()).opening!, /^Moin Erika,/);
});

Deno.test("a person addressed by first name gets an offer and a mail that say du", async () => {
  const { bob, test: { db: { owner } } } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  await owner`update contacts set address_form = 'informal' where id = ${contactId}`;
  const proposed = formOf(await (await bob.get(`/deals/${dealId}/offers/new`)).text());
  match(proposed.opening!, /^Liebe Erika,\n\nvielen Dank für deine Anfrage/);
  match(proposed.closing!, /auf deine Antwort/);
  const begun = await bob.post(`/offers/${await issuedOffer(bob, dealId)}/mail`);
  const draft = formOf(await (await bob.get(begun.headers.get("Location")!)).text());
  match(draft.body!, /^Liebe Erika,\n\nanbei bekommst du/);
});

Deno.test("a person who has objected gets no offer by mail", async () => {
  const { alice, bob } = await cast();
  const { dealId, contactId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  await bob.test.db.owner`
    insert into objections (tenant_id, id, contact_id, channel, objected_at, recorded_by)
    values (${bob.tenantId}, gen_random_uuid(), ${contactId}, 'all', now(), ${alice.userId})
  `;
  const begun = await bob.post(`/offers/${id}/mail`);
  const message = begun.headers.get("Location")!.split("/")[2]!;
  const answer = await bob.post(`/messages/${message}/dispatch`);
  equal(answer.status, 422);
  equal((await rowOf(bob, id)).state, "issued");
});

Deno.test("acceptance moves the deal where that is wanted, and keeps what became a contract", async () => {
  const { bob, vera } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  const stages = await stagesOf(bob);
  const won = Object.values(stages).find(({ kind }) => kind === "won")!;
  const page = await (await bob.get(`/offers/${id}`)).text();
  match(page, new RegExp(`value="${won.id}" selected`));
  const { version } = formOf(page);
  equal((await vera.post(`/offers/${id}/decision`, { state: "accepted" })).status, 403);
  const decision = { state: "accepted", stageId: won.id, version: version! };
  equal((await bob.post(`/offers/${id}/decision`, decision)).status, 303);
  equal((await bob.post(`/offers/${id}/decision`, decision)).status, 303);
  const row = await rowOf(bob, id);
  equal(row.state, "accepted");
  equal(row.keptUntil, `${Number(year()) + 6}-12-31`);
  const [deal] = await bob.test.db.owner`select status from deals where id = ${dealId}`;
  equal(deal!.status, "won");
  const [{ duties }] = await bob.test.db.owner<[{ duties: number }]>`
    select count(*)::int as duties
    from retention_duties
    where tenant_id = ${bob.tenantId}
      and class = 'letter'
  `;
  equal(duties, 2);
  equal((await bob.post(`/offers/${id}/versions`)).status, 422);
  equal((await bob.post(`/offers/${id}/decision/removal`)).status, 303);
  equal((await rowOf(bob, id)).keptUntil, null);
  await bob.post(`/offers/${id}/decision`, { state: "declined" });
  equal((await rowOf(bob, id)).state, "declined");
});

Deno.test("where the deal was changed meanwhile, the decision counts and says that the stage was kept", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  const won = Object.values(await stagesOf(bob)).find(({ kind }) => kind === "won")!;
  const { version } = formOf(await (await bob.get(`/offers/${id}`)).text());
  await bob.test.db.owner`update deals set version = version + 1 where id = ${dealId}`;
  const decision = { state: "accepted", stageId: won.id, version: version! };
  const answer = await bob.post(`/offers/${id}/decision`, decision);
  equal(answer.headers.get("Location"), `/deals/${dealId}`);
  match(await text(await bob.get(`/deals/${dealId}`)), /weil ihn inzwischen jemand bearbeitet hat/);
  equal((await rowOf(bob, id)).state, "accepted");
  const [deal] = await bob.test.db.owner`select status from deals where id = ${dealId}`;
  equal(deal!.status, "open");
});

Deno.test("an offer past its day is expired, in the list and by its filter", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await issuedOffer(bob, dealId);
  const { owner } = bob.test.db;
  await owner.begin(async (sql) => {
    await sql`set local app.erases = 'on'`;
    await sql`update offers set valid_until = current_date - 1 where id = ${id}`;
  });
  match(await text(await bob.get(`/offers/${id}`)), /abgelaufen/);
  match(
    await text(await bob.get("/offers?state=expired")),
    /AN-\d{4}-0001 Erika Muster · Regale für das Lager · 246,27 € Erika Muster abgelaufen /,
  );
  ok(!(await text(await bob.get("/offers?state=issued"))).includes("0001"));
  const csv = await (await bob.get("/offers/export")).text();
  match(csv, /AN-\d{4}-0001;1;abgelaufen;/);
  match(csv, /;Gültig bis;Empfänger\r?\n.*;Erika Muster\r?\n/, "the recipient is at the end");
  const late = await bob.post(`/deals/${dealId}/offers/new`, {
    ...{ subject: "x", recipient: "y", validUntil: "2020-01-01", opening: "getippt" },
  });
  equal(late.status, 422);
  match(await late.text(), /getippt/);
  const moved = await moveDeal(bob, dealId, (await stagesOf(bob)).Anfrage!);
  ok(moved.status < 500);
});

Deno.test("a draft that lay until its day was over is issued with a new one alone", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await newOffer(bob, dealId);
  await bob.test.db.owner`update offers set valid_until = current_date - 1 where id = ${id}`;
  const refused = await bob.post(`/offers/${id}/issue`);
  equal(refused.status, 422);
  match(await text(refused), /Ändern Sie zuerst „Gültig bis“/);
  equal((await rowOf(bob, id)).number, null);
  const form = formOf(await (await bob.get(`/offers/${id}/edit`)).text());
  await bob.post(`/offers/${id}/edit`, { ...form, validUntil: "2099-12-31" });
  equal((await bob.post(`/offers/${id}/issue`)).status, 303);
  equal((await rowOf(bob, id)).state, "issued");
});

Deno.test("the list shows an offer's recipient, and finds it by that name, not by the street", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const id = await newOffer(bob, dealId, { recipient: "Grünbach GmbH\nMusterweg 3" });
  const found = async (q: string) => {
    const html = await (await bob.get(`/offers?q=${q}`)).text();
    return html.includes(`href="/offers/${id}"`) && html.includes("Grünbach GmbH</td>");
  };
  ok(await found(""));
  ok(await found("gruenbach"));
  ok(!await found("musterweg"));
});

Deno.test("the sum of a deal's lines is written over by no form and no program, all else may change", async () => {
  const { bob } = await cast();
  const { dealId } = await pricedDeal(bob);
  const api = await program(bob);
  const stored = async () => {
    const { amountCents, currency, title } = (await api.get(`/deals/${dealId}`)).json;
    return [amountCents, currency, title];
  };
  const edit = async (fields: Record<string, string>) => {
    const form = formOf(await (await bob.get(`/deals/${dealId}/edit`)).text());
    return await bob.post(`/deals/${dealId}/edit`, { ...form, ...fields });
  };
  const others: Record<string, string>[] = [{ amount: "1,00" }, { amount: "" }, {
    currency: "CHF",
  }];
  for (const fields of others) {
    const refused = await edit(fields);
    equal(refused.status, 422, JSON.stringify(fields));
    match(await text(refused), /Ändern Sie ihn dort|Positionen/);
  }
  equal((await edit({ title: "Neuer Titel" })).status, 303);
  const patch = async (fields: object) => {
    const etag = (await api.get(`/deals/${dealId}`)).headers.get("ETag")!;
    return await api.patch(`/deals/${dealId}`, fields, etag);
  };
  const amount = await patch({ amountCents: 1 });
  const [{ code, pointer }] = amount.json.errors;
  deepEqual([amount.status, code, pointer], [422, "items.amount_fixed", "/amountCents"]);
  equal((await patch({ currency: "CHF" })).status, 422);
  equal((await patch({ title: "Letzter Titel" })).status, 200);
  deepEqual(await stored(), [20_997, "EUR", "Letzter Titel"]);
});

Deno.test("a program reads offers as their deal's owner sees them: list, one, paper", async () => {
  const { alice, bob } = await cast();
  const { dealId, contactId } = await pricedDeal(bob, { ownerId: bob.userId });
  const issued = await issuedOffer(bob, dealId, { subject: "Messestand", contactId });
  const draft = await newOffer(bob, dealId, { subject: "Später", contactId });
  const other = await newOffer(alice, (await pricedDeal(alice)).dealId);
  const [his, hers] = [await program(bob, ["offers:read"]), await program(alice)];
  const idsOf = async (who: typeof his, query = "") =>
    (await who.get(`/offers${query}`)).json.data.map(({ id }: { id: string }) => id);
  deepEqual(await idsOf(hers), [other, draft, issued]);
  for (const query of ["?state=issued", "?q=MESSE", `?deal=${dealId}&state=issued&limit=10`]) {
    deepEqual(await idsOf(his, query), [issued], query);
  }
  deepEqual(await idsOf(his, `?contact=${contactId}`), [draft, issued]);
  const next = (await his.get("/offers?limit=10&after=" + draft)).json;
  deepEqual([next.data[0].id, next.data[0].grossCents], [issued, 24_627]);
  equal((await his.get("/offers?state=lost")).json.code, "unknown_parameter");
  const one = await his.get(`/offers/${issued}`);
  const { number, netCents, vatCents, grossCents, lines, rates, dealId: of } = one.json;
  deepEqual([number, netCents, vatCents, grossCents, of], [
    ...[`AN-${year()}-0001`, 20_997, 3_630, 24_627, dealId],
  ]);
  deepEqual([lines[0].quantity, lines[0].discount, lines[0].cents], [2_000, 1_000, 18_000]);
  deepEqual(rates.map(({ vatRate }: { vatRate: number }) => vatRate), [1_900, 700]);
  equal(
    (await his.get(`/offers/${issued}`, { "If-None-Match": one.headers.get("ETag")! })).status,
    304,
  );
  const open = (await his.get(`/offers/${draft}`)).json;
  deepEqual([open.number, open.sha256, open.grossCents], [null, null, 24_627]);
  const paper = await bob.send(`/api/v1/offers/${issued}/paper`, {
    method: "GET",
    headers: { Authorization: `Bearer ${his.token}` },
  });
  equal(paper.headers.get("Content-Type"), "application/pdf");
  match(await paperText(paper), /Gesamtbetrag 246,27 €/);
  equal((await his.get("/deals")).status, 403, "offers alone were allowed");
  await sight(alice, "all", { deals: "own" });
  deepEqual(await idsOf(his), [draft, issued]);
  for (const way of ["", "/paper"]) equal((await his.get(`/offers/${other}${way}`)).status, 404);
});
