/** Two people have the same settings open: what the first saves is not lost without a word. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { raced } from "../routes/settings_races.ts";
import { cast } from "./support/cast.ts";
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

/** What stands in a choice, as people read it. */
const words: Record<string, string> = { "member.deals": "Team", "right.notes.member": "verborgen" };

for (const [path, first, second] of forms) {
  Deno.test(`${path} tells the second what the first has saved, and saves over it when asked again`, async () => {
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
    match(page, /Speichern Sie noch einmal, gilt Ihre Eingabe\./);
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
    // Who saves what already stands is told nothing.
    equal((await alice.post(path, { ...seen, ...second })).status, 303);
  });
}

Deno.test("of whom a factor is demanded, the second is told what the first has saved", async () => {
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

Deno.test("forged marks of what was seen refuse nothing and throw nothing", () => {
  for (const _seen of ["", "x", "null", "[]", '{"a":1}', '{"__proto__":{"a":"b"}}', "{"]) {
    equal(raced({ values: { a: "1", _seen }, errors: {} }, { a: "2" }), null, _seen);
  }
  const told = raced({ values: { a: "1", _seen: '{"a":"x"}' }, errors: {} }, { a: "" });
  deepEqual(told?.errors, { a: "emptied_meanwhile" });
});
