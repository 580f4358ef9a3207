/** Values that no form of ours sends but somebody may: refused or ignored, never a server error. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { clean } from "../db/imports/cells.ts";
import { program } from "./support/api.ts";
import { answered } from "./support/answers.ts";
import { cast } from "./support/cast.ts";
import { define, newContact } from "./support/custom_fields.ts";
import { contactOf } from "./support/messages.ts";

Deno.test("a form's invalid id is ignored", async () => {
  const { alice, bob } = await cast();
  const account = {
    version: "0",
    senderName: "Alice",
    address: "alice@firma.example.org",
    host: "smtp.firma.example.org",
    port: "465",
    security: "tls",
    username: "",
  };
  for (const [person, id] of [[alice, "abc"], [bob, ""]] as const) {
    equal((await person.post("/account/mail", { ...account, id })).status, 303, id);
  }
  const own = await alice.test.db.owner`
    select id
    from mail_accounts
    where user_id = any (${[alice.userId, bob.userId]}::uuid[])
  `;
  equal(own.length, 2);
});

Deno.test("of choices that claim to be the same one, the second is new", async () => {
  const { alice } = await cast();
  const id = await define(alice, {
    kind: "choice",
    labelDe: "Stufe",
    "choices.0.labelDe": "Gold",
  });
  const stored = () =>
    alice.test.db.owner<{ id: string; labelDe: string }[]>`
      select id, label_de
      from custom_choices
      where field_id = ${id}
      order by position
    `;
  const [gold] = await stored();
  const answer = await alice.post(`/settings/fields/${id}`, {
    labelDe: "Stufe",
    category: "classification",
    purpose: "sales",
    legalBasis: "contract",
    "choices.0.id": gold!.id,
    "choices.0.labelDe": "Gold",
    "choices.1.id": gold!.id.toUpperCase(),
    "choices.1.labelDe": "Silber",
  });
  equal(answer.status, 303);
  const after = await stored();
  deepEqual(after.map(({ labelDe }) => labelDe), ["Gold", "Silber"]);
  equal(after[0]!.id, gold!.id);
});

Deno.test("a day of the year zero is no day, wherever one is asked for", async () => {
  const { alice, test } = await cast();
  const contact = await newContact(alice);
  const [{ slug }] = await test.db.owner<[{ slug: string }]>`
    update identities i
    set operator = true
    from tenants t
    where i.id = ${alice.identityId}
      and t.id = ${alice.tenantId}
    returning t.slug
  `;
  const day = "0000-01-01";
  const bill = { number: newId(), slug, customer: "Muster", amount: "1", issuedOn: day };
  const review = { interest: "a", necessity: "b", balance: "c", reviewer: "d", reviewedOn: day };
  const processor = {
    id: newId(),
    name: "Muster Hosting",
    role: "processor",
    serviceDe: "Hosting",
    serviceEn: "Hosting",
    dataCategories: "logs",
    processingCountries: "DE",
    seatCountry: "DE",
    agreementOn: day,
  };
  const officer = {
    deputyName: "Dora",
    deputyEmail: "d@house.example",
    awayFrom: day,
    awayUntil: day,
  };
  const forms: [string, Record<string, string>][] = [
    ["/operator/invoices", bill],
    ["/operator/measures", { measure: "backups", note: "x", changedOn: day }],
    ["/operator/records", review],
    ["/operator/processors/new", processor],
    ["/settings/officer", officer],
  ];
  for (const [path, fields] of forms) {
    const answer = await alice.post(path, fields);
    await answer.body?.cancel();
    equal(answer.status, 422, path);
  }
  for (
    const path of [
      `/contacts/${contact}/access?seen=${day}_${newId()}`,
      `/dpo?of=${alice.tenantId}&after=${day}_${newId()}`,
    ]
  ) {
    const answer = await alice.get(path);
    await answer.body?.cancel();
    ok(answer.status < 500, `${path} ${answer.status}`);
  }
});

Deno.test("a program's day before the year 1000 is refused, as the pages refuse it", async () => {
  const { alice } = await cast();
  await define(alice, { kind: "date", labelDe: "Läuft bis" });
  const api = await program(alice);
  const body = (day: string) => ({
    lastName: "Röder",
    origin: "inquiry",
    legalBasis: "pre_contract",
    custom: { laeuft_bis: day },
  });
  equal((await api.post("/contacts", body("0999-12-31"))).status, 422);
  equal((await api.post("/contacts", body("1000-01-01"))).status, 201);
});

Deno.test("a program's words with a NUL find nothing, and break nothing", async () => {
  const { alice } = await cast();
  const api = await program(alice);
  equal((await api.get("/offers?q=a%00b")).status, 200);
});

Deno.test("an invalid duration is reported beside its field", async () => {
  const { alice } = await cast();
  const task = {
    id: newId(),
    kind: "meeting",
    subject: "Runde",
    dueDay: "2031-05-15",
    dueTime: "10:00",
  };
  for (const minutes of ["1e400", "9".repeat(30), "7.5"]) {
    const answer = await alice.post("/activities/new", { ...task, minutes });
    equal(answer.status, 422, minutes);
    match(await answer.text(), /id="f-minutes-error"/, minutes);
  }
});

Deno.test("a tenant's short name with a NUL is nobody's", async () => {
  const { visitor } = await cast();
  for (const path of ["/p/a%00b/requests/new", "/f/a%00b/anfrage"]) {
    const answers = [await visitor.get(path), await visitor.post(path, {})];
    deepEqual(answers.map(({ status }) => status), [404, 404], path);
    for (const answer of answers) await answer.body?.cancel();
  }
});

Deno.test("names that only look like days or moments stop neither history nor access answer", async () => {
  const { alice } = await cast();
  for (const text of ["9999-99-99", "0000-00-00", "2023-02-29", "2024-13-45T99:99:99"]) {
    const id = await contactOf(alice, { lastName: text, jobTitle: text });
    const edited = await alice.post(`/contacts/${id}/edit`, {
      version: "1",
      lastName: `${text}, B`,
    });
    await edited.body?.cancel();
    for (const path of ["", "/access", "/history"]) {
      const answer = await alice.get(`/contacts/${id}${path}`);
      await answer.body?.cancel();
      ok(answer.status < 500, `${text}${path} ${answer.status}`);
    }
    const answer = await answered(alice, id, { language: "de", words: "" });
    equal(answer.status, 200, text);
    await answer.body?.cancel();
  }
});

Deno.test("characters that turn or hide letters are no part of a name", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, {
    firstName: "Mi\u200ba \u202egpj.exe\u202c",
    lastName: "\u2067O\u200dk\u2069\ufeff",
  });
  const [row] = await alice.test.db.owner`
    select first_name, last_name
    from contacts
    where id = ${id}
  `;
  deepEqual({ ...row }, { firstName: "Mia gpj.exe", lastName: "O\u200dk" });
  const unseen = await alice.post("/settings/teams", { id: newId(), name: "\u200b\u2060\u200d" });
  equal(unseen.status, 422);
  match(await unseen.text(), /Diese Angabe fehlt/);
  equal(clean("Mi\u202ea\u2066 \u200eBo"), "Mia Bo");
});

Deno.test("an address whose domain only looks like another one shows that it is not", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, {
    lastName: "Falsch",
    "emails.0.address": "eva@p\u0430ypal.example",
  });
  const page = await (await alice.get(`/contacts/${id}`)).text();
  ok(page.includes("eva@xn--pypal-4ve.example"));
  ok(!page.includes("p\u0430ypal"));
});

Deno.test("a text of several lines keeps breaks and joiners, but nothing that turns or hides", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, {
    lastName: "Unsichtbar",
    notes:
      "\u200bRech\u00adnung\u202egpj.exe\u202c\r\n\r\n\t\u0645\u06cc\u200c\u062e 👩\u200d💻\u2028Ende\ufeff",
  });
  const [row] = await alice.test.db.owner`
    select notes
    from contacts
    where id = ${id}
  `;
  equal(row!.notes, "Rechnunggpj.exe\n\n\t\u0645\u06cc\u200c\u062e 👩\u200d💻\nEnde");
});

Deno.test("an activity's field that is far too long is refused, not compared with others", async () => {
  const { alice } = await cast();
  const call = { kind: "task", subject: "Anruf", dueDay: "2026-12-01", repeatCycle: "day" };
  for (
    const name of [
      "dueDay",
      "dueTime",
      "minutes",
      "lastDay",
      "repeatUntil",
      "repeatTimes",
      "repeatInterval",
    ]
  ) {
    const answer = await alice.post("/activities/new", { ...call, [name]: "9".repeat(400) });
    equal(answer.status, 422, name);
    await answer.body?.cancel();
  }
});

Deno.test("a program's answer says what is wrong with a number, or that a value has the wrong type", async () => {
  const { alice } = await cast();
  const api = await program(alice);
  const tries: [string, Record<string, unknown>, string, string][] = [
    ["/deals", { title: "x", amountCents: -5 }, "/amountCents", "too_small"],
    ["/deals", { title: "x", amountCents: 1.5 }, "/amountCents", "integer"],
    ["/contacts", { lastName: 1 }, "/lastName", "invalid"],
    ["/contacts", { tags: "x" }, "/tags", "invalid"],
    ["/deals", { title: "x" }, "/stageId", "required"],
  ];
  for (const [path, body, pointer, code] of tries) {
    const answer = await api.post(path, body);
    equal(answer.status, 422);
    const { errors } = JSON.parse(answer.text) as { errors: { pointer: string; code: string }[] };
    equal(errors.find((each) => each.pointer === pointer)?.code, code, JSON.stringify(body));
  }
});
