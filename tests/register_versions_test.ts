/** Earlier versions of the record of processing (Art. 30) and of the register of breaches (33(5)). */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { setOffset, today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as versions from "../db/register_versions.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { drain } from "./support/worker.ts";

Deno.test.afterEach(() => setOffset(undefined));

const operating = async (person: Person) =>
  await person.test.db.owner`
    update identities set operator = true where id = ${person.identityId}
  `;

const breach = {
  title: "Verlorener Rechner",
  noticedOn: today(),
  noticedTime: "00:00",
  nature: "Ein Rechner ging verloren.",
  persons: "120",
  dataRecords: "",
  consequences: "",
  measures: "",
  risk: "risk",
  reason: "",
};

Deno.test("a breach keeps every state with who changed what, and the register as on a day (Art. 33(5))", async () => {
  const { alice } = await cast();
  await operating(alice);
  const id = newId();
  const base = `/operator/incidents/${id}`;
  equal((await alice.post("/operator/incidents/new", { ...breach, id })).status, 303);
  const first = today();
  setOffset("P2D");
  const page = await (await alice.get(base)).text();
  const marks = Object.fromEntries(
    [...page.matchAll(/<input[^>]* name="(_[^"]*)"[^>]* value="([^"]*)"/g)].map((
      [, n, v],
    ) => [n, v]),
  );
  const changed = {
    ...breach,
    id,
    persons: "4000",
    risk: "none",
    reason: "War verschlüsselt.",
    ...marks,
  };
  equal((await alice.post(base, changed)).status, 303);
  equal((await alice.post(`${base}/closing`)).status, 303);
  const { rows: kept } = await versions.listIncident(alice.test.db.app, id);
  deepEqual(kept.map(({ content }) => content.persons), [4000, 4000, 120]);
  deepEqual(kept.map(({ actor }) => actor), ["operator", "operator", "operator"]);
  ok(kept.every(({ name }) => name !== null));
  const { rows, earlier } = await versions.listIncident(alice.test.db.app, id, null, 2);
  deepEqual([rows.length, earlier?.id], [2, kept[2]!.id]);
  const rest = await versions.listIncident(alice.test.db.app, id, earlier!.id, 2);
  deepEqual([rest.rows.map((each) => each.id), rest.earlier], [[kept[2]!.id], null]);
  deepEqual([
    rest.later,
    (await versions.listIncident(alice.test.db.app, id, kept[0]!.id, 2)).later,
  ], [kept[0]!.id, null]);
  const last = await (await alice.get(`${base}?versions=${earlier!.id}`)).text();
  match(last, /Erste aufbewahrte Fassung/);
  match(last, new RegExp(`versions=${kept[0]!.id}#versions" rel="prev"`));
  const now = await text(await alice.get(base));
  match(now, /Fassungen/);
  match(now, /Risiko für die Personen, Begründung, Betroffene Personen, etwa/);
  const old = await text(await alice.get(`${base}?version=${kept[2]!.id}`));
  match(old, /120/);
  ok(!old.includes("War verschlüsselt"));
  equal((await alice.get(`${base}?version=${newId()}`)).status, 404);
  const csv = async (day: string) =>
    await (await alice.get(`/operator/incidents/register.csv?on=${day}`)).text();
  match(await csv(first), /Verlorener Rechner;.*;120;/);
  match(await csv(today()), /Verlorener Rechner;.*;4\.?000;/);
  const before = Temporal.PlainDate.from(first).subtract({ days: 1 }).toString();
  ok(!(await csv(before)).includes("Verlorener Rechner"));
  const pdf = await alice.get(`/operator/incidents/register.pdf?on=${first}`);
  equal(pdf.headers.get("Content-Type"), "application/pdf");
});

Deno.test("no version can be changed or removed by the service", async () => {
  const { alice, test } = await cast();
  await operating(alice);
  const id = newId();
  await alice.post("/operator/incidents/new", { ...breach, id });
  for (
    const statement of [
      "update register_versions set content = '{}'",
      "delete from register_versions",
    ]
  ) {
    const refused = await test.db.app.unsafe(statement).catch(({ code }) => code);
    equal(refused, "42501", statement);
  }
});

Deno.test("the record of processing keeps who changed what, and is exported as it stood (Art. 30)", async () => {
  const { alice, test } = await cast();
  await operating(alice);
  await enqueue(test.db.app, "prove_clauses", null, { proof: "mapped_columns" });
  await drain(test);
  const { rows: [first] } = await versions.listProcessing(test.db.app);
  equal(first!.actor, "program");
  await enqueue(test.db.app, "prove_clauses", null, { proof: "mapped_columns" });
  await drain(test);
  equal(
    (await versions.listProcessing(test.db.app)).rows[0]!.id,
    first!.id,
    "nothing changed, nothing kept",
  );
  const day = today();
  setOffset("P3D");
  const page = await (await alice.get("/operator/provider")).text();
  const form = page.slice(page.indexOf('action="/operator/provider"'));
  const fields: Record<string, string> = {};
  for (const [tag] of form.slice(0, form.indexOf("</form>")).matchAll(/<input[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
    if (of("name")) fields[of("name")!] = of("value") ?? "";
  }
  const place = {
    "provider.country": "DE",
    "provider.land": "",
    "provider.street": "Neuer Kai 99",
  };
  const saved = await alice.post("/operator/provider", { ...fields, ...place });
  equal(saved.status, 303, await text(saved));
  const { rows: [second] } = await versions.listProcessing(test.db.app);
  equal([second!.actor, second!.name].join(), "operator,Alice Ahrens");
  equal(second!.content.provider!.street, "Neuer Kai 99");
  match(await text(await alice.get("/operator/records")), /Fassungen/);
  const old = await text(await alice.get(`/operator/records?version=${first!.id}`));
  ok(!old.includes("Neuer Kai 99"));
  match(old, /Fassung vom/);
  const csv = async (on: string) =>
    await (await alice.get(`/operator/records.csv?on=${on}`)).text();
  ok((await csv(today())).includes("Neuer Kai 99"));
  ok(!(await csv(day)).includes("Neuer Kai 99"));
  const before = Temporal.PlainDate.from(day).subtract({ years: 5 }).toString();
  equal((await alice.get(`/operator/records.csv?on=${before}`)).status, 404);
  const pdf = await alice.get(`/operator/records.pdf?on=${day}`);
  equal(pdf.headers.get("Content-Type"), "application/pdf");
  // Three years to the end of their year after it was replaced, a version proves nothing any more.
  setOffset("P1500D");
  await enqueue(test.db.app, "remove_stale", null, {});
  await drain(test);
  deepEqual((await versions.listProcessing(test.db.app)).rows.map(({ id }) => id), [second!.id]);
});
