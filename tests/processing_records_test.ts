/** Art. 30 GDPR: the records of processing come from the map; interests are weighed every year. */
import { equal, match, ok } from "node:assert/strict";
import * as balancing from "../db/balancing_tests.ts";
import { setOffset, today } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { mapped } from "../db/personal_data.ts";
import * as records from "../db/processing_records.ts";
import { type Cast, cast } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { openProcessor } from "./support/processors.ts";

async function castWithProvider(): Promise<Cast> {
  const here = await cast();
  const { alice, test } = here;
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  return here;
}

const review = {
  activity: "security.f",
  interest: "Angriffe erkennen",
  necessity: "Ohne Protokoll unmöglich",
  balance: "Kurze Frist, enger Zweck",
  reviewer: "Dora Schutz",
};

Deno.test("every column about somebody belongs to an activity of its role", () => {
  for (const role of ["controller", "processor"] as const) {
    const ids = records.list(role).map(({ id }) => id);
    equal(new Set(ids).size, ids.length);
    for (const [name, column] of mapped()) {
      if (column.role !== role || column.subject === "none") continue;
      if (["reference", "copy", "technical"].includes(column.category)) continue;
      ok(ids.includes(`${column.purpose}.${column.basis}`), name);
    }
  }
});

Deno.test("GET /operator/records names purposes, bases, subjects, kinds of data and periods", async () => {
  const { alice, bob } = await castWithProvider();
  const shown = await text(await alice.get("/operator/records"));
  match(shown, /Als Verantwortlicher \(Art\. 30 Abs\. 1 DSGVO\)/);
  // Art. 30(1)(a): who is responsible, and their officer, with how to reach them.
  match(shown, /Verantwortlicher \S[^@]+ \S+@\S+ Datenschutzbeauftragte Person [^@]+, \S+@\S+/);
  match(shown, /Sicherheit berechtigtes Interesse \(Art\. 6 Abs\. 1 lit\. f DSGVO\)/);
  match(shown, /vollständige IP-Adressen: 7 Tage nach der Entstehung/);
  match(shown, /Als Auftragsverarbeiter.*Nordlicht Handel \(Alice Ahrens, alice\S+@example\.org\)/);
  match(shown, /Empfänger Derzeit niemand außerhalb des Unternehmens/);
  await openProcessor(alice.test.db.owner, [{ host: "druck.example", port: 443 }]);
  match(await text(await alice.get("/operator/records")), /Empfänger [^.]+ \(Deutschland\)/);
  equal((await bob.get("/operator/records")).status, 403);
});

Deno.test("the records leave as CSV for Excel and as PDF/A", async () => {
  const { alice } = await castWithProvider();
  const csv = await alice.get("/operator/records.csv");
  const lines = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await csv.bytes());
  ok(lines.startsWith("\ufeff"));
  match(lines, /Sicherheit \(Interesse\);Sicherheit;/);
  match(
    lines,
    /^\ufeff[^\r]+;Verantwortlicher;Auftragsverarbeiter;Datenschutzbeauftragte Person\r\n/,
  );
  const [own, onBehalf] = ["Als Verantwortlicher", "Als Auftragsverarbeiter"].map((role) =>
    lines.split("\r\n").find((line) => line.startsWith(`${role} `))!.split(";")
  );
  // Art. 30(2)(a): the customers are the controllers, and the provider is their processor.
  match(onBehalf!.join("|"), /Nordlicht Handel \(Alice Ahrens/);
  equal(onBehalf!.at(-2), own!.at(-3));
  ok(lines.trimEnd().split("\r\n").slice(1).every((line) => /@.*;[^;]+@/.test(line)));
  const pdf = await alice.get("/operator/records.pdf");
  ok(new TextDecoder("latin1").decode(await pdf.bytes()).includes("pdfaid:part>2<"));
});

Deno.test("no customer is missing in the record, however many are read at once", async () => {
  const { alice, test } = await castWithProvider();
  const twin = newId();
  // Two of one name, across the end of a page.
  await test.db.owner`
    insert into tenants (id, slug, name, created_at)
    values (${twin}, ${`haus-${twin}`}, 'Nordlicht Handel', now())
  `;
  const names = async (atOnce?: number) =>
    (await records.listCustomers(test.db.app, { atOnce })).map(({ slug }) => slug);
  const slugs = await test.db.owner<{ slug: string }[]>`
    select slug from tenants where id in (${alice.tenantId}, ${twin})
  `;
  for (const atOnce of [1, 2, undefined]) {
    const found = await names(atOnce);
    equal(new Set(found).size, found.length, "each once");
    for (const { slug } of slugs) ok(found.includes(slug), slug);
  }
  equal((await records.listCustomers(test.db.app, { most: 1 })).length, 1);
});

Deno.test("policy 3.3: an interest without a test is missing, one of 12 months is due again", async () => {
  const { alice, test } = await castWithProvider();
  const state = async () => {
    const all = await balancing.list(test.db.app);
    return all.find(({ activity }) => activity === "security.f")!;
  };
  equal((await state()).overdue, true);
  const wrong = await alice.post("/operator/records", {
    ...review,
    balance: "",
    reviewedOn: "2999-01-01",
  });
  equal(wrong.status, 422);
  match(await wrong.text(), /Angriffe erkennen/);
  const answer = await alice.post("/operator/records", { ...review, reviewedOn: today() });
  equal(answer.status, 303);
  equal((await state()).overdue, false);
  try {
    setOffset("P12M");
    equal((await state()).overdue, false, "the very day is still in time");
    setOffset("P12M1D");
    equal((await state()).overdue, true);
  } finally {
    setOffset(undefined);
  }
});

Deno.test("a review or a change of a measure sent twice at once is once in its register", async () => {
  const { alice, test: { db: { owner } } } = await castWithProvider();
  const mark = `Doppelt ${newId()}`;
  for (
    const [at, fields] of [
      ["/operator/records", { ...review, balance: mark, reviewedOn: today() }],
      ["/operator/measures", { measure: "passwords", note: mark, changedOn: today() }],
    ] as const
  ) {
    const shown = await (await alice.get(at)).text();
    const [id] = values(shown.slice(shown.indexOf(`action="${at}"`)), "id");
    const presses = [1, 2, 3].map(() => alice.post(at, { id: id!, ...fields }));
    for (const { status } of await Promise.all(presses)) equal(status, 303);
  }
  const kept = await owner`
    select note from measure_changes where note = ${mark}
    union all
    select balance from balancing_tests where balance = ${mark}
  `;
  equal(kept.length, 2);
});
