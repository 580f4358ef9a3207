/** Anybody claims their rights by form: no account, no script, no cookie, and nothing is revealed about others. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as items from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { setOffset } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { Client, type Fields } from "./support/app.ts";
import { cast, tenant } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { deliveryLetter } from "../views/mail/deliveries.tsx";

const here = await cast();
const { test, alice } = here;
const { owner, app } = test.db;
const [{ slug }] = await owner<[{ slug: string }]>`
  select slug from tenants where id = ${alice.tenantId}
`;
const publicOf = { provider: "/privacy/requests", tenant: `/p/${slug}/requests` };

/** A visitor from a network of its own, as limits are counted by network. */
let visitors = 0;
const visitor = () => new Client(test, { "X-Forwarded-For": `198.51.${++visitors}.7` });

const inside = <T>(tenantId: string, work: (scope: Scope) => Promise<T>) =>
  withScope(app, { tenantId, actor: system }, work);

let people = 0;
const someone = () => `person.${++people}@example.org`;

async function submit(base: string, email: string, more: Fields = {}, client = visitor()) {
  const form = await client.get(`${base}/new`);
  equal(form.status, 200);
  const [id] = values(await form.text(), "id");
  const fields = { id: id!, rights: ["access", "erasure"], name: "Petra Person", email, ...more };
  const answer = await client.post(`${base}/new`, fields);
  const shown = await text(answer);
  const number = /DS-\w{4}-\w{2}/.exec(shown)?.[0] ?? "";
  const [made] = await owner`select id from cases where number = ${number}`;
  return { answer, shown, id: made?.id as string, fields, number, client };
}

for (const [who, base] of Object.entries(publicOf)) {
  const tenantId = who === "provider" ? providerId : alice.tenantId;
  Deno.test(`a request to the ${who} is taken, acknowledged, confirmed by code and followed`, async () => {
    const box = await mailbox();
    const email = someone();
    const { answer, shown, id, number, client } = await submit(base, email);
    equal(answer.status, 200);
    match(shown, who === "provider" ? /Testhaus GmbH/ : /Nordlicht Handel/);
    deepEqual([...client.cookies], []);
    const [mail] = await box.collect(test, email);
    await box.close();
    match(mail!.subject!, new RegExp(number));
    match(mail!.text!, /Es geht um: Auskunft, Löschung\./);
    equal(mail!.subject!.includes("Petra") || mail!.subject!.includes(email), false);
    const found = await inside(tenantId, (scope) => cases.find(scope, id));
    deepEqual([found.number, found.confirmedAt, found.status], [number, null, "open"]);
    ok(found.acknowledgedAt);
    const code =
      /(?<![\w-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])/.exec(mail!.text!.replaceAll(number, ""))![0];
    const wrong = await client.post(`${base}/${number}`, { code: "AAAA-AAAA" });
    equal(wrong.status, 422);
    const status = await text(
      await client.post(`${base}/${number}`, { code: code.toLowerCase() }),
    );
    match(status, new RegExp(`^Antrag ${number} – kompaktCRM .* Antrag ${number} `));
    match(status, /Ihre Adresse ist bestätigt.*Worum es geht Auskunft in Bearbeitung/);
    ok((await inside(tenantId, (scope) => cases.find(scope, id))).confirmedAt);
  });
}

Deno.test("a right that was withdrawn, passed on or misread is not called answered", async () => {
  const box = await mailbox();
  const email = someone();
  const { id, number, client } = await submit(publicOf.tenant, email);
  const [mail] = await box.collect(test, email);
  await box.close();
  const code =
    /(?<![\w-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])/.exec(mail!.text!.replaceAll(number, ""))![0];
  const said = async (access: string, erasure: string) => {
    await owner`
      update case_items
      set status = case claimed_right when 'access' then ${access} else ${erasure} end,
        closed_at = now()
      where case_id = ${id}
    `;
    await owner`
      update cases
      set status = 'closed', closed_at = now(), erase_after = current_date + 1
      where id = ${id}
    `;
    return await text(await client.post(`${publicOf.tenant}/${number}`, { code }));
  };
  const nothing = await said("withdrawn", "dropped");
  match(nothing, /Auskunft zurückgezogen Löschung so verstehen wir/);
  ok(!nothing.includes("beantwortet"), "nor is the whole");
  match(
    await said("forwarded", "done"),
    /spätestens beantwortet .* an die zuständige .* Löschung beantwortet/,
  );
});

Deno.test("a letter of a tenant without a privacy address ends in a whole sentence", () => {
  const facts = { locale: "de", number: "DS-2222-22", receivedOn: "2026-11-27" } as const;
  const sender = {
    controller: "Haus GmbH",
    slug: "haus",
    country: "DE",
    contact: "",
    baseUrl: "https://x",
    now: new Date(0),
  };
  const closing = (contact: string) =>
    deliveryLetter({ ...facts, ...sender, contact }, "https://x/y", {
      ...{ right: "access", days: 14, downloads: 5 },
    }).text;
  match(closing("dsb@haus.example"), /Fragen dazu beantwortet Haus GmbH: dsb@haus\.example/);
  match(closing(""), /Fragen dazu beantwortet Haus GmbH\.\n/);
});

Deno.test("an authority that uses the form is told no day of ours, and of no code it did not get", async () => {
  const shownTo = async (email: string) => (await submit(publicOf.tenant, email)).shown;
  match(await shownTo(someone()), /Antwort spätestens .* mit einem Link und einem Code/);
  const box = await mailbox();
  const authority = `referat.${++people}@lda.bayern.de`;
  const shown = await shownTo(authority);
  ok(!/Antwort spätestens|Code|Antrag/.test(shown));
  match(shown, /Schreiben eingegangen/);
  const [mail] = await box.collect(test, authority);
  await box.close();
  ok(!/Code|Adresse bestätigen/.test(mail!.text!));
});

Deno.test("a form with nothing ticked is refused in one sentence", async () => {
  const refused = await submit(publicOf.tenant, someone(), { rights: [] });
  equal(refused.answer.status, 422);
  match(refused.shown, /Was möchten Sie\? Kreuzen Sie mindestens eines an\./);
});

Deno.test("the link shows by GET, confirms by POST, once; a used one says so", async () => {
  const box = await mailbox();
  const email = someone();
  const { id, client } = await submit(publicOf.provider, email);
  const [mail] = await box.collect(test, email);
  await box.close();
  const link = linkIn(mail!, "privacy/requests").trim();
  const confirmed = async () => (await inside(providerId, (s) => cases.find(s, id))).confirmedAt;
  for (let scan = 0; scan < 3; scan++) equal((await client.get(link)).status, 200);
  equal(await confirmed(), null);
  equal((await client.post(link)).status, 200);
  ok(await confirmed());
  const again = await client.post(link);
  equal(again.status, 410);
  match(await text(again), /Ihr Antrag wird trotzdem bearbeitet/);
  equal((await client.get(link.replace(/DS-\w{4}-\w{2}/, "DS-2222-22"))).status, 410);
});

Deno.test("a request whose address was never confirmed stays open, with its month from receipt (Art. 12(3))", async () => {
  const box = await mailbox();
  const email = someone();
  const { id, client } = await submit(publicOf.provider, email);
  const [mail] = await box.collect(test, email);
  await box.close();
  const link = linkIn(mail!, "privacy/requests").trim();
  const before = await inside(providerId, (scope) => cases.find(scope, id));
  setOffset("PT72H1M");
  try {
    const late = await client.post(link);
    equal(late.status, 410);
    match(await text(late), /Ihr Antrag wird trotzdem bearbeitet/);
    const after = await inside(providerId, (scope) => cases.find(scope, id));
    deepEqual(
      [after.status, after.confirmedAt, after.receivedOn, after.dueOn],
      ["open", null, before.receivedOn, before.dueOn],
    );
  } finally {
    setOffset(undefined);
  }
});

Deno.test("three wrong codes use the code up; a new one works", async () => {
  const box = await mailbox();
  const email = someone();
  const { number, client } = await submit(publicOf.provider, email);
  const codeOf = (body: string) => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(body.replaceAll(number, ""))![0];
  const [mail] = await box.collect(test, email);
  const enter = async (code: string) =>
    (await client.post(`${publicOf.provider}/${number}`, { code })).status;
  for (let failure = 0; failure < 3; failure++) equal(await enter("AAAA-AAAA"), 422);
  equal(await enter(codeOf(mail!.text!)), 422);
  await client.post(`${publicOf.provider}/${number}/codes`);
  const mails = await box.collect(test, email);
  await box.close();
  equal(await enter(codeOf(mails.at(-1)!.text!)), 200);
});

Deno.test("known and unknown numbers and addresses get the same pages", async () => {
  const email = someone();
  const first = await submit(publicOf.provider, email);
  const second = await submit(publicOf.provider, email);
  const plain = ({ shown, number }: { shown: string; number: string }) =>
    shown.replaceAll(number, "N");
  equal(plain(first), plain(second));
  const found = await inside(providerId, (scope) => cases.find(scope, second.id));
  equal(found.duplicateOf, first.id);
  const client = visitor();
  const answers = async (number: string) => {
    const at = `${publicOf.provider}/${number}`;
    const all = [
      await client.get(at),
      await client.post(at, { code: "AAAA-AAAA" }),
      await client.post(`${at}/codes`),
    ];
    return await Promise.all(all.map(async (each) => [
      each.status,
      (await each.text()).replaceAll(number, "N"),
    ]));
  };
  deepEqual(await answers(first.number), await answers("DS-2222-22"));
});

Deno.test("a form that is sent twice makes one case and gets the same answer", async () => {
  const email = someone();
  const { fields, shown, client } = await submit(publicOf.tenant, email);
  const again = await client.post(`${publicOf.tenant}/new`, fields);
  equal(await text(again), shown);
  const rows = await owner`select from cases where person_email = ${email}`;
  equal(rows.length, 1);
});

Deno.test("what the text claims beyond the ticks is claimed too, with its sentence", async () => {
  const { id } = await submit(publicOf.tenant, someone(), {
    rights: "access",
    text: "Guten Tag.\n\nBitte löschen Sie alle meine personenbezogenen Daten nach Art. 17 DSGVO.",
  });
  const list = await inside(alice.tenantId, (scope) => items.list(scope, id));
  deepEqual(list.map(({ right, sentence }) => [right, sentence !== ""]), [
    ["access", false],
    ["erasure", true],
  ]);
});

Deno.test("faults are shown beside their fields and nothing typed is lost", async () => {
  const { answer } = await submit(publicOf.provider, "no address", { rights: [], name: " " });
  equal(answer.status, 422);
  const again = await visitor().post(`${publicOf.provider}/new`, {
    rights: "nonsense",
    name: "Petra",
    email: "x",
    text: "Etwas",
  });
  equal(again.status, 422);
  const html = await again.text();
  match(html, /f-email-error/);
  match(html, /f-rights-error/);
  match(html, />Etwas</);
});

Deno.test("no input causes a server error", async () => {
  const { number } = await submit(publicOf.provider, someone());
  const evil = [
    { id: "x\0", rights: "access", name: "\0", email: "a@b.de\0" },
    { id: ["a", "b"], rights: ["access", "access", "\0"], name: ["a", "b"], email: ["x", "y"] },
    {
      "rights.0.x": "y",
      name: "x".repeat(100_000),
      email: "x".repeat(5_000),
      text: "y".repeat(200_000),
    },
    {},
  ];
  for (const fields of evil) {
    for (const path of ["new", number, `${number}/codes`]) {
      const answer = await visitor().post(`${publicOf.provider}/${path}`, fields as Fields);
      ok(answer.status < 500, `${path} ${answer.status}`);
    }
  }
  equal((await visitor().get("/p/nobody/requests/new")).status, 404);
});

Deno.test("requests of one network and of one address are limited", async () => {
  const email = someone();
  for (let count = 0; count < 5; count++) await submit(publicOf.provider, email);
  const { answer } = await submit(publicOf.provider, email);
  equal(answer.status, 429);
  ok(Number(answer.headers.get("Retry-After")) > 0);
  const client = visitor();
  const statuses: number[] = [];
  for (let count = 0; count < 22; count++) {
    statuses.push((await submit(publicOf.provider, someone(), {}, client)).answer.status);
  }
  deepEqual([statuses[0], statuses[19], statuses.at(-1)], [200, 200, 429]);
});

Deno.test("an address gets few mails of requests from all controllers together", async () => {
  const email = someone();
  const third = await tenant(test, "Drittes Haus");
  const bases = [publicOf.provider, publicOf.tenant, `/p/haus-${third}/requests`];
  const statuses: number[] = [];
  for (const base of bases) {
    for (let count = 0; count < 4; count++) {
      // A capital letter makes no other mailbox.
      const asked = await submit(base, count % 2 ? email : email.toUpperCase());
      statuses.push(asked.answer.status);
    }
  }
  deepEqual(statuses, [...Array(10).fill(200), 429, 429]);
});

Deno.test("a site with many networks sends few requests more than one network", async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 64; count++) {
    const address = `2001:db8:77:${(count % 8).toString(16)}00::1`;
    const client = new Client(test, { "X-Forwarded-For": address });
    statuses.push((await submit(publicOf.provider, someone(), {}, client)).answer.status);
  }
  deepEqual(statuses, [...Array(60).fill(200), ...Array(4).fill(429)]);
});
