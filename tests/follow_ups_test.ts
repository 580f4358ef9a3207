/** After something is done its next step is offered, about the same records. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { attribute, idOf, text, values } from "./support/html.ts";

const make = async (who: Person, noun: string, fields: Record<string, string>) =>
  idOf(await who.post(`/${noun}/new`, fields));

const offered = (html: string): string | null => {
  const link = /<a href="[^"]*">Nächsten Schritt planen<\/a>/.exec(html)?.[0];
  return link === undefined ? null : attribute(link, "href")!;
};

Deno.test("after completing something the next step is planned with one press, for the same records", async () => {
  const { alice } = await cast();
  const contact = await make(alice, "contacts", { lastName: "Amsel", origin: "card" });
  const company = await make(alice, "companies", { name: "Haselbrook GmbH" });
  const id = idOf(
    await alice.post("/activities/new", {
      kind: "call",
      subject: "Anrufen",
      about: [`contact:${contact}`, `company:${company}`],
    }),
  );
  await alice.post(`/activities/${id}/completion`, { back: `/contacts/${contact}` });
  const page = await (await alice.get(`/contacts/${contact}`)).text();
  const href = offered(page);
  ok(href, "the message offers it");
  equal(offered(await (await alice.get(`/contacts/${contact}`)).text()), null, "once");
  const form = await (await alice.get(href)).text();
  deepEqual(values(form, "about"), [`contact:${contact}`, `company:${company}`]);
  const fields = { kind: "task", subject: "Angebot", about: `contact:${contact}` };
  const [back] = values(form.slice(form.indexOf("<main")), "back");
  const saved = await alice.post("/activities/new", { ...fields, back: back! });
  equal(saved.headers.get("Location"), `/contacts/${contact}`);
});

Deno.test("what is about nothing offers no next step, and a series has its own", async () => {
  const { alice } = await cast();
  const plain = idOf(await alice.post("/activities/new", { kind: "task", subject: "Aufräumen" }));
  await alice.post(`/activities/${plain}/completion`, { back: "/activities" });
  const page = await alice.get("/activities");
  equal(offered(await page.clone().text()), null);
  match(await text(page), /Erledigt\./);
});
