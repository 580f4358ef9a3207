/** Texts that a form refuses, brought by what came before its rules: they may stay, not change. */
import { equal, match } from "node:assert/strict";
import { cast } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { formOf, idOf, text } from "./support/html.ts";
import { contactOf } from "./support/messages.ts";

const long = "Überlang ".repeat(50).trim();

Deno.test("what an older transfer brought too long stays while other fields are saved", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const company = idOf(await alice.post("/companies/new", { name: "Kern AG", _anyway: "1" }));
  const contact = await contactOf(alice, {
    "companies.0.name": "Kern AG",
    "companies.0.role": "Leitung",
    "addresses.0.street": "Kai 7",
    "addresses.0.city": "Hamburg",
    "phones.0.number": "+49 40 123456",
  });
  const deal = await newDeal(alice);
  await owner`
    update contacts
    set title = ${long}, last_name = ${long}, website = 'keine Adresse', source = ${long}
    where id = ${contact}
  `;
  await owner`update affiliations set role = ${long} where contact_id = ${contact}`;
  await owner`update addresses set street = ${long} where contact_id = ${contact}`;
  await owner`update phones set number = 'Zentrale fragen' where contact_id = ${contact}`;
  await owner`
    update companies
    set legal_form = ${long}, tax_number = ${long}, vat_id = 'DE123', register_number = 'HRB ?'
    where id = ${company}
  `;
  await owner`update deals set source = ${long} where id = ${deal}`;
  const changes: [path: string, name: string, value: string, odd: string][] = [
    [`/contacts/${contact}`, "position", "Einkauf", "title"],
    [`/contacts/${contact}`, "companies.0.department", "Lager", "companies.0.role"],
    [`/contacts/${contact}`, "addresses.0.city", "Kiel", "addresses.0.street"],
    [`/contacts/${contact}`, "customerNumber", "K 7", "phones.0.number"],
    [`/companies/${company}`, "industry", "Handel", "legalForm"],
    [`/companies/${company}`, "notes", "Kundin", "vatId"],
    [`/deals/${deal}`, "notes", "Eilt", "source"],
  ];
  for (const [path, name, value, odd] of changes) {
    const form = formOf(await (await alice.get(`${path}/edit`)).text());
    const answer = await alice.post(`${path}/edit`, { ...form, [name]: value });
    equal(answer.status, 303, answer.status === 422 ? await text(answer) : `${path} ${name}`);
    const saved = formOf(await (await alice.get(`${path}/edit`)).text());
    equal(saved[name], value);
    equal(saved[odd], form[odd]);
    const grown = await alice.post(`${path}/edit`, { ...saved, [odd]: `${form[odd]} 9${long}` });
    equal(grown.status, 422, `${path}: ${odd} may stay, not be written`);
  }
  const form = formOf(await (await alice.get(`/contacts/${contact}/edit`)).text());
  const refused = await alice.post(`/contacts/${contact}/edit`, { ...form, title: `${long} Dr.` });
  match(await text(refused), /Höchstens 60 Zeichen/);
});
