/** Two people have the same settings open: what the first saves is not lost silently. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as pipelines from "../db/pipelines.ts";
import { raced } from "../routes/settings_races.ts";
import { cast } from "./support/cast.ts";
import { define } from "./support/custom_fields.ts";
import { decode, formOf } from "./support/html.ts";

/** A form, what the first one changes in it and what the second one does. */
const forms: [string, Record<string, string>, Record<string, string>][] = [
  ["/settings", { trashDays: "9" }, { name: "Nordlicht & Töchter" }],
  ["/settings/retention", { prospect: "11" }, { lost_deal: "13" }],
  [
    "/settings/officer",
    { deputyName: "Vera Tretung", deputyEmail: "vera@house.example" },
    { name: "Dora Schutz", email: "dora@house.example" },
  ],
  ["/settings/requests/letterhead", { street: "Neue Straße 1" }, { phone: "040 99" }],
  ["/settings/offers", { validDays: "33" }, { openingDe: "Guten Tag" }],
  ["/operator/provider", { "provider.phone": "040 98" }, {
    "provider.representedBy": "Ute Beispiel",
  }],
  ["/operator/logs", { jobs: "29" }, { mail: "28" }],
  ["/settings/sight", { "member.deals": "team" }, { "member.contacts": "own" }],
  ["/settings/field-rights", { "right.notes.member": "hidden" }, {
    "right.notes.read_only": "hidden",
  }],
];

/** The text of a choice, as people read it. */
const words: Record<string, string> = { "member.deals": "Team", "right.notes.member": "verborgen" };

for (const [path, first, second] of forms) {
  Deno.test(`${path} shows the second what the first has saved, and overwrites it when sent again`, async () => {
    const { alice, test } = await cast();
    if (path.startsWith("/operator/")) {
      await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
    }
    const open = async () => formOf(await (await alice.get(path)).text());
    const seen = await open();
    ok(seen._seen, "the form says what it was made from");
    equal((await alice.post(path, { ...seen, ...first })).status, 303);
    const refused = await alice.post(path, { ...seen, ...second });
    equal(refused.status, 422);
    const page = await refused.text();
    match(page, /Wenn Sie noch einmal speichern, gilt Ihre Eingabe\./);
    for (const [name, value] of Object.entries(first)) {
      ok(decode(page).includes(`steht hier „${words[name] ?? value}“`), name);
    }
    const again = formOf(page);
    for (const [name, value] of Object.entries(second)) equal(again[name], value, name);
    for (const [name, value] of Object.entries(first)) {
      equal((await open())[name], value, `${name} still stands`);
    }
    equal((await alice.post(path, again)).status, 303);
    const after = await open();
    for (const [name, value] of Object.entries(second)) equal(after[name], value, name);
    // Who saves what is already stored gets no message.
    equal((await alice.post(path, { ...seen, ...second })).status, 303);
  });
}

Deno.test("of the roles that need a second factor, the second is shown what the first has saved", async () => {
  const { alice } = await cast();
  const path = "/settings/sign-in";
  const { _seen = "" } = formOf(await (await alice.get(path)).text());
  ok(_seen, "the form says what it was made from");
  equal((await alice.post(path, { _seen, roles: ["admin", "member"] })).status, 303);
  const refused = await alice.post(path, { _seen, roles: "read_only" });
  equal(refused.status, 422);
  const page = await refused.text();
  match(decode(page), /steht hier „Verwaltung, Mitarbeit“/);
  const [before] = await alice.test.db
    .owner`select factor_roles from tenants where id = ${alice.tenantId}`;
  deepEqual(before!.factorRoles, ["admin", "member"]);
  equal((await alice.post(path, { _seen: formOf(page)._seen!, roles: "read_only" })).status, 303);
  const [after] = await alice.test.db
    .owner`select factor_roles from tenants where id = ${alice.tenantId}`;
  deepEqual(after!.factorRoles, ["read_only"]);
});

Deno.test("renaming a pipeline or changing a stage shows what another has saved meanwhile", async () => {
  const { alice } = await cast();
  const [{ id, stages }] = await alice.scope(pipelines.list);
  const cases: [string, Record<string, string>, Record<string, string>, RegExp][] = [
    [`/settings/pipelines/${id}`, { name: "Neugeschäft" }, { name: "Vertrieb" }, /„Neugeschäft“/],
    [
      `/settings/stages/${stages[0]!.id}`,
      { name: "Erstkontakt", colour: "red" },
      { probability: "15" },
      /„Erstkontakt“.*„Rot“/i,
    ],
  ];
  for (const [path, first, second, message] of cases) {
    const seen = formOf(await (await alice.get(path)).text());
    ok(seen._seen, path);
    equal((await alice.post(path, { ...seen, ...first })).status, 303);
    const refused = await alice.post(path, { ...seen, ...second });
    equal(refused.status, 422, path);
    const page = await refused.text();
    match(decode(page).replaceAll("\n", " "), message);
    equal((await alice.post(path, formOf(page))).status, 303, "sent once more it is saved");
  }
});

Deno.test("renaming a team removes nobody whom another has just added", async () => {
  const { alice, bob, vera } = await cast();
  const made = await alice.post("/settings/teams", { name: "Vertrieb" });
  const path = made.headers.get("Location")!;
  const { _seen = "" } = formOf(await (await alice.get(path)).text());
  const members = async () =>
    (await alice.test.db.owner<{ userId: string }[]>`
      select user_id
      from team_members
      where tenant_id = ${alice.tenantId}
    `).map(({ userId }) => userId).sort();
  const added = { _seen, name: "Vertrieb", members: [bob.userId!, vera.userId!] };
  equal((await alice.post(path, added)).status, 303);
  const refused = await alice.post(path, { _seen, name: "Vertrieb Nord" });
  equal(refused.status, 422);
  const page = await refused.text();
  match(decode(page), /steht hier „Bob Brandt, Vera [^“]+“/);
  deepEqual(await members(), [bob.userId, vera.userId].sort());
  const again = { _seen: formOf(page)._seen!, name: "Vertrieb Nord", members: bob.userId! };
  equal((await alice.post(path, again)).status, 303);
  deepEqual(await members(), [bob.userId]);
});

Deno.test("that no role needs a second factor any more is said in words", async () => {
  const { alice } = await cast();
  const path = "/settings/sign-in";
  const seen = async () => {
    const html = await (await alice.get(path)).text();
    return decode(/name="_seen" value="([^"]+)"/.exec(html)![1]!);
  };
  equal((await alice.post(path, { _seen: await seen(), roles: "read_only" })).status, 303);
  const _seen = await seen();
  equal((await alice.post(path, { _seen })).status, 303);
  const refused = await alice.post(path, { _seen, roles: ["read_only", "member"] });
  equal(refused.status, 422);
  const page = decode(await refused.text());
  equal(page.includes("team.role_"), false);
  match(page, /Inzwischen ist dieses Feld leer\./);
});

Deno.test("of a breach the second is shown what the first has written", async () => {
  const { alice, test } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const id = newId();
  const path = `/operator/incidents/${id}`;
  const incident = { title: "Rechner", noticedOn: "2026-03-02", noticedTime: "08:00", nature: "A" };
  const noted = await alice.post("/operator/incidents/new", { id, ...incident, risk: "none" });
  equal(noted.status, 303);
  const seen = formOf(await (await alice.get(path)).text());
  equal((await alice.post(path, { ...seen, measures: "Gesperrt", risk: "high" })).status, 303);
  const refused = await alice.post(path, { ...seen, consequences: "Anrufe" });
  equal(refused.status, 422);
  const page = await refused.text();
  match(decode(page), /steht hier „Gesperrt“/);
  match(decode(page), /steht hier „hoch: auch die Personen/);
  equal((await alice.post(path, { ...formOf(page), measures: "Gesperrt" })).status, 303);
  const after = formOf(await (await alice.get(path)).text());
  deepEqual([after.measures, after.consequences], ["Gesperrt", "Anrufe"]);
});

Deno.test("of a custom field the second is shown choices added meanwhile, and removes none unasked", async () => {
  const { alice } = await cast();
  const colours = { "choices.0.labelDe": "Rot", "choices.1.labelDe": "Blau" };
  const id = await define(alice, { kind: "choice", labelDe: "Farbe", ...colours });
  const path = `/settings/fields/${id}`;
  const seen = formOf(await (await alice.get(path)).text());
  const first = { ...seen, "choices.2.labelDe": "Grün", purpose: "customer_care" };
  equal((await alice.post(path, first)).status, 303);
  const refused = await alice.post(path, { ...seen, helpDe: "Welche?" });
  equal(refused.status, 422);
  const page = await refused.text();
  match(decode(page), /steht hier „Rot, Blau, Grün“/);
  const choices = () =>
    alice.test.db.owner`select label_de from custom_choices where field_id = ${id}`;
  equal((await choices()).length, 3);
  const fresh = formOf(await (await alice.get(path)).text());
  equal((await alice.post(path, { ...fresh, helpDe: "Welche?" })).status, 303);
  equal((await choices()).length, 3);
});

Deno.test("of the letterhead's footer the second is shown what the first has saved", async () => {
  const { alice } = await cast();
  const path = "/settings/letterhead";
  const { _seen, footer } = formOf(await (await alice.get(path)).text());
  ok(_seen, "the form says what it was made from");
  equal(footer, "");
  equal((await alice.post(path, { _seen, footer: "HRB 1" })).status, 303);
  const refused = await alice.post(path, { _seen, footer: "HRB 2" });
  equal(refused.status, 422);
  const page = await refused.text();
  match(decode(page), /steht hier „HRB 1“/);
  const again = formOf(page);
  equal(again.footer, "HRB 2");
  equal((await alice.post(path, { _seen: again._seen!, footer: "HRB 2" })).status, 303);
  equal(formOf(await (await alice.get(path)).text()).footer, "HRB 2");
});

Deno.test("forged marks of what was seen refuse nothing and throw nothing", () => {
  for (const _seen of ["", "x", "null", "[]", '{"a":1}', '{"__proto__":{"a":"b"}}', "{"]) {
    equal(raced({ values: { a: "1", _seen }, errors: {} }, { a: "2" }), null, _seen);
  }
  const conflict = raced({ values: { a: "1", _seen: '{"a":"x"}' }, errors: {} }, { a: "" });
  deepEqual(conflict?.errors, { a: "emptied_meanwhile" });
});
