/** The persons of deals: found, given a role, removed; restricted persons are hidden. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal, postDeal } from "./support/deals.ts";
import { idOf, text, values } from "./support/html.ts";

const contact = async (person: Person, lastName: string, company = "Haselbrook GmbH") =>
  idOf(
    await person.post("/contacts/new", {
      lastName,
      origin: "card",
      _anyway: "1",
      "companies.0.name": company,
    }),
  );

Deno.test("the persons of the deal's company are offered, others are found by their names", async () => {
  const { alice } = await cast();
  await contact(alice, "Amsel");
  await contact(alice, "Bussard", "Woanders AG");
  const id = await newDeal(alice, { companyName: "Haselbrook GmbH" });
  const offered = await text(await alice.get(`/deals/${id}/contacts`));
  deepEqual([offered.includes("Amsel"), offered.includes("Bussard")], [true, false]);
  const found = await text(await alice.get(`/deals/${id}/contacts?q=bussard`));
  deepEqual([found.includes("Amsel"), found.includes("Bussard")], [false, true]);
});

Deno.test("a person is added in a role, given another, and taken off, each in the history", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice);
  const contactId = await contact(alice, "Amsel");
  const page = async () => await text(await alice.get(`/deals/${id}`));
  const to = `/deals/${id}/contacts`;
  equal((await alice.post(to, { contactId, role: "Einkauf" })).status, 303);
  ok((await page()).includes("Amsel Einkauf Haselbrook GmbH"));
  await alice.post(to, { contactId, role: "Entscheidung" });
  ok((await page()).includes("Amsel Entscheidung Haselbrook GmbH"));
  equal((await alice.post(`${to}/removal`, { contactId })).status, 303);
  const after = await page();
  equal(after.includes("Amsel"), false);
  equal(after.match(/geändert Personen/g)?.length, 3, after);
});

Deno.test("the number of a deal's person is shown under the name where there is no column for it", async () => {
  const { alice } = await cast();
  const called = { lastName: "Amsel", origin: "card", "phones.0.number": "040 123456" };
  const contactIds = idOf(await alice.post("/contacts/new", called));
  const html = await (await alice.get(`/deals/${await newDeal(alice, { contactIds })}`)).text();
  const number = '<a class="call" href="tel:+4940123456">040 123456</a>';
  ok(html.includes(`<span class="phone-line">${number}</span>`));
});

Deno.test("a role that is too long is reported in the summary and beside its person, and the text is kept", async () => {
  const { alice } = await cast();
  const amsel = await contact(alice, "Amsel");
  const bussard = await contact(alice, "Bussard", "Woanders AG");
  const id = await newDeal(alice, { contactIds: amsel });
  const to = `/deals/${id}/contacts`;
  const role = "x".repeat(101);
  for (const [contactId, q] of [[amsel, ""], [bussard, "bussard"]] as const) {
    const answer = await alice.post(to, { contactId, role, q });
    equal(answer.status, 422);
    const html = await answer.text();
    const field = `f-role-${contactId}`;
    ok(html.includes(`href="#${field}"`), "the summary leads there");
    ok(new RegExp(`<input[^>]*id="${field}"[^>]*value="${role}"[^>]*aria-invalid`).test(html));
    ok(html.includes(`id="${field}-error"`));
    deepEqual(values(html, "role").filter((each) => each === role), [role], "no other has it");
    ok(values(html, "q").includes(q), "the query is kept");
  }
  const gone = await alice.post(to, { contactId: "x", role: "Einkauf" });
  equal(gone.status, 422);
  ok((await gone.text()).includes("error-summary"));
});

Deno.test("a deal begun at a person has that person and the company in its form", async () => {
  const { alice } = await cast();
  const contactId = await contact(alice, "Amsel");
  const html = await (await alice.get(`/deals/new?person=${contactId}`)).text();
  deepEqual(values(html, "contactIds"), [contactId]);
  deepEqual(values(html, "companyName"), ["Haselbrook GmbH"]);
  const id = await newDeal(alice, { contactIds: contactId, companyName: "Haselbrook GmbH" });
  const shown = await text(await alice.get(`/contacts/${contactId}`));
  ok(shown.includes("Regale für das Lager Anfrage"));
  ok((await text(await alice.get(`/deals?person=${contactId}`))).includes("Person: Amsel"));
  equal((await alice.get(`/deals/${id}`)).status, 200);
});

Deno.test("a deal begun at a company offers the persons there now, none of them chosen", async () => {
  const { alice, test } = await cast();
  const [amsel, bussard, gone] = [
    await contact(alice, "Amsel"),
    await contact(alice, "Bussard"),
    await contact(alice, "Drossel"),
  ];
  await test.db.owner`
    update affiliations set until_on = '2020-01-01' where contact_id = ${gone}
  `;
  const [{ companyId }] = await test.db.owner<[{ companyId: string }]>`
    select company_id from affiliations where contact_id = ${amsel}
  `;
  const html = await (await alice.get(`/deals/new?company=${companyId}`)).text();
  deepEqual(values(html, "contactIds"), [amsel, bussard]);
  const ticked = (page: string) =>
    page.match(/<input[^>]*name="contactIds"[^>]*>/g)!.filter((box) => / checked/.test(box));
  deepEqual(ticked(html), []);
  const company = { companyId, companyName: "Haselbrook GmbH" };
  const refused = await alice.post("/deals/new", { ...company, title: "", contactIds: bussard });
  equal(refused.status, 422);
  const again = await refused.text();
  deepEqual(values(again, "contactIds").toSorted(), [amsel, bussard].toSorted());
  equal(ticked(again).length, 1);
  ok(ticked(again)[0]!.includes(bussard));
  const other = await alice.post("/deals/new", { ...company, companyName: "Andere", title: "" });
  deepEqual(values(await other.text(), "contactIds"), []);
});

Deno.test("a restricted person is neither shown in deals, nor added, nor filtered by", async () => {
  const { alice, test } = await cast();
  const contactId = await contact(alice, "Amsel");
  const id = await newDeal(alice, { contactIds: contactId });
  await test.db.owner`update contacts set restricted_at = now() where id = ${contactId}`;
  const paths = [
    `/deals/${id}`,
    `/deals/${id}/contacts`,
    `/deals/${id}/contacts?q=amsel`,
    `/deals/new?person=${contactId}`,
    `/deals?person=${contactId}`,
    "/deals?q=amsel",
    "/deals",
    "/deals/board",
    "/search?q=amsel",
  ];
  for (const path of paths) {
    equal(
      (await text(await alice.get(path))).replaceAll("„amsel“", "").includes("Amsel"),
      false,
      path,
    );
  }
  equal((await text(await alice.get(`/deals?person=${contactId}`))).includes("Regale"), false);
  const other = await newDeal(alice, { title: "Ein anderer" });
  equal((await alice.post(`/deals/${other}/contacts`, { contactId, role: "" })).status, 404);
  // Left out of a new deal silently, like an unknown person.
  equal((await postDeal(alice, { contactIds: [contactId, newId()] })).status, 303);
  const rows = await test.db.owner`
    select deal_id
    from deal_contacts
    where contact_id = ${contactId}
  `;
  deepEqual(rows.map((row) => row.dealId), [id]);
});

Deno.test("an erased person leaves the deal, which stays", async () => {
  const { alice, test } = await cast();
  const contactId = await contact(alice, "Amsel");
  const id = await newDeal(alice, { contactIds: contactId });
  await alice.post(`/contacts/${contactId}/deletion`);
  equal((await text(await alice.get(`/deals/${id}`))).includes("Amsel"), false);
  await test.db.owner`delete from contacts where id = ${contactId}`;
  equal((await alice.get(`/deals/${id}`)).status, 200);
});
