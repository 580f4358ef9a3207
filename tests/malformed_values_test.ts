/** Values that no form of ours sends and somebody may: refused or passed over, never a server error. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { program } from "./support/api.ts";
import { cast } from "./support/cast.ts";
import { define, newContact } from "./support/custom_fields.ts";

Deno.test("a form's id that is none is passed over", async () => {
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

Deno.test("a day of the year nought is no day, wherever one is asked for", async () => {
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

Deno.test("a length of time that is none is said beside its field", async () => {
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

Deno.test("a house's short name with a NUL is nobody's", async () => {
  const { visitor } = await cast();
  for (const path of ["/p/a%00b/requests/new", "/f/a%00b/anfrage"]) {
    const answers = [await visitor.get(path), await visitor.post(path, {})];
    deepEqual(answers.map(({ status }) => status), [404, 404], path);
    for (const answer of answers) await answer.body?.cancel();
  }
});
