/** Templates: fields without logic, filled once; a user's own and shared ones; inserted without loss. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { newId } from "../db/ids.ts";
import { type Field, fields, fill, left, unknown } from "../db/mail_fields.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { addressOf, contactOf, mailForm, send } from "./support/messages.ts";

Deno.test("fields are known by German and English names, in any case, and only by those", () => {
  const values = { salutation: "Sehr geehrte Frau Müller,", first_name: "Nora" };
  equal(
    fill("{{anrede}}\n{{ Anrede }} {{SALUTATION}}", values),
    Array(3).fill(values.salutation).join("\n").replace(/\n(?=[^\n]*$)/, " "),
  );
  equal(fill("{{anrede}}, Sie", values), "Sehr geehrte Frau Müller, Sie");
  equal(fill("{{vorname}}{{firma}}{{nix}}", values), "Nora{{firma}}{{nix}}");
  deepEqual(left("{{firma}} {{nix}} {{firma}} {x} {{"), ["{{firma}}", "{{nix}}"]);
  deepEqual(unknown("{{firma}} {{nix}} {{constructor}} {{__proto__}}"), [
    "{{nix}}",
    "{{constructor}}",
    "{{__proto__}}",
  ]);
});

Deno.test("a value is never read as a template again", () => {
  const names = Object.keys(fields) as Field[];
  fc.assert(fc.property(
    fc.array(
      fc.oneof(fc.constantFrom(...names.map((name) => `{{${fields[name].de}}}`)), fc.string()),
    ),
    fc.dictionary(
      fc.constantFrom(...names),
      fc.constantFrom("{{name}}", "{{anrede}}", "}}{{", "$&", "x"),
    ),
    (parts, values) => {
      const filled = fill(parts.join(""), values);
      const once = parts.join("").replace(/\{\{([^{}]{0,80})\}\}/g, (whole, name) => {
        const field = names.find((each) =>
          Object.values(fields[each]).includes(name.trim().toLowerCase())
        );
        return field && values[field]?.trim() || whole;
      });
      equal(filled, once);
    },
  ));
});

const make = async (person: Person, fields: Record<string, string> = {}) => {
  const id = newId();
  const answer = await person.post("/settings/mail-templates/new", {
    id,
    name: "Begrüßung",
    language: "de",
    subject: "Willkommen, {{name}}",
    body: "{{anrede}},\n\nwillkommen bei {{firma}}.\n\n{{mein_name}}",
    ...fields,
  });
  return { id, answer };
};

Deno.test("a template is filled from the person, and what was typed stays", async () => {
  const { alice } = await cast();
  const { id } = await make(alice);
  const contact = await contactOf(alice, {
    lastName: "Müller",
    "companies.0.name": "Muster Bau GmbH",
  });
  const form = mailForm(await (await alice.get(`/messages/new?contact=${contact}`)).text());
  const put = async (change: Record<string, string>) =>
    mailForm(
      await (await alice.post("/messages/new", {
        ...form,
        template: id,
        _next: "template",
        ...change,
      }))
        .text(),
    );
  const filled = await put({});
  equal(filled.subject, "Willkommen, Nora Müller");
  equal(
    filled.body!.trim(),
    "Sehr geehrte Frau Müller,\n\nwillkommen bei Muster Bau GmbH.\n\nAlice Ahrens",
  );
  const typed = await put({ subject: "Meiner", body: "Schon getippt" });
  equal(typed.subject, "Meiner");
  match(typed.body!, /Alice Ahrens\n\nSchon getippt$/);
  // To somebody else than the form began with: the recipient counts.
  const other = await contactOf(alice, { salutation: "mr", firstName: "Otto", lastName: "Ohm" });
  match(
    (await put({ to: addressOf(other) })).body!,
    /Sehr geehrter Herr Ohm,\n\nwillkommen bei \{\{firma\}\}/,
  );
  match((await put({ to: "fremd@example.org" })).body!, /^Guten Tag,/);
  const english = await make(alice, { language: "en", body: "{{salutation}}\n\nwelcome." });
  match((await put({ template: english.id })).body!, /^Dear Ms Müller,/);
  equal(
    (await alice.post("/messages/new", { ...form, template: newId(), _next: "template" })).status,
    404,
  );
});

Deno.test("an English template puts what was only quoted into English, and leaves what was typed", async () => {
  const { alice } = await cast();
  const answered = await send(alice, { to: "x@example.org", subject: "Dach", body: "Zeile 1" });
  const { id } = await make(alice, { language: "en", body: "Thank you." });
  const form = mailForm(await (await alice.get(`/messages/new?reply=${answered}`)).text());
  match(form.quoted!, /schrieb am .*:\r?\n> Zeile 1/);
  const put = async (quoted: string) => {
    const sent = { ...form, quoted, template: id, _next: "template" };
    return mailForm(await (await alice.post("/messages/new", sent)).text());
  };
  const filled = await put(form.quoted!.replace(/\r?\n/g, "\r\n"));
  equal(filled.language, "en");
  match(filled.quoted!, /wrote on .*:\r?\n> Zeile 1/);
  match((await put(`${form.quoted}\n> und mehr`)).quoted!, /schrieb am [^]*\n> und mehr/);
});

Deno.test("own templates are private, shared ones are managed by admins", async () => {
  const { alice, bob, vera, charlie } = await cast();
  const own = (await make(bob, { name: "Bobs Vorlage" })).id;
  const shared = (await make(alice, { name: "Für alle", shared: "on" })).id;
  match(await text(await bob.get("/settings/mail-templates")), /Bobs Vorlage.*Für alle/s);
  ok(!(await text(await alice.get("/settings/mail-templates"))).includes("Bobs Vorlage"));
  ok(!(await text(await charlie.get("/settings/mail-templates"))).includes("Für alle"));
  const edit = { name: "Anders", body: "x", version: "1" };
  equal((await alice.post(`/settings/mail-templates/${own}/edit`, edit)).status, 404);
  equal((await bob.post(`/settings/mail-templates/${shared}/edit`, edit)).status, 403);
  equal(
    (await bob.post(`/settings/mail-templates/${own}/edit`, { ...edit, shared: "on" })).status,
    403,
  );
  equal((await make(bob, { shared: "on" })).answer.status, 403);
  equal((await vera.get("/settings/mail-templates")).status, 403);
  match(await text(await bob.get(`/settings/mail-templates/${shared}/edit`)), /gilt für alle/);
  equal((await bob.post(`/settings/mail-templates/${own}/edit`, edit)).status, 303);
  const stale = await bob.post(`/settings/mail-templates/${own}/edit`, {
    ...edit,
    name: "Noch anders",
  });
  equal(stale.status, 409);
  match(await stale.text(), /noch einmal speichern, gilt Ihre Fassung[^]*value="Noch anders"/);
  equal((await bob.post(`/settings/mail-templates/${own}/deletion`)).status, 303);
  equal((await bob.get(`/settings/mail-templates/${own}/edit`)).status, 404);
});

Deno.test("an unknown field is reported beside the text, and the form sent twice makes one", async () => {
  const { alice } = await cast();
  const refused = (await make(alice, { body: "{{anrede}} {{vornahme}} {{ if x }}" })).answer;
  equal(refused.status, 422);
  match(
    await refused.text(),
    /f-body-error">Dieses Feld gibt es nicht: \{\{vornahme\}\} \{\{ if x \}\}/,
  );
  equal((await make(alice, { body: "" })).answer.status, 422);
  equal((await make(alice, { name: "" })).answer.status, 422);
  equal((await make(alice, { body: "x".repeat(50_001) })).answer.status, 422);
  const { id } = await make(alice, { name: "Einmal" });
  await make(alice, { name: "Einmal", id });
  equal((await text(await alice.get("/settings/mail-templates"))).split("Einmal").length, 2);
});
