/** Art. 28 GDPR: the processing agreement of a tenant, accepted by an owner with name and time. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { newId } from "../db/ids.ts";
import * as agreements from "../db/processing_agreements.ts";
import { agreements as words } from "../views/i18n/de/agreements.ts";
import { cast, person } from "./support/cast.ts";
import { text } from "./support/html.ts";

Deno.test("the agreement says all that Art. 28(3) demands, with both annexes", async () => {
  const { alice } = await cast();
  const shown = await text(await alice.get("/settings/agreement"));
  for (const letter of "bcdefgh") ok(shown.includes(`(lit. ${letter})`), letter);
  match(shown, /Art\. 28 Abs\. 3 lit\. a/);
  match(shown, /Testhaus GmbH.*Nordlicht Handel/);
  match(shown, /Anlage 1: Technische und organisatorische Maßnahmen.*Argon2id/);
  match(shown, /Anlage 2: Weitere Auftragsverarbeiter/);
});

Deno.test("an owner accepts it once; admins read it, nobody else does", async () => {
  const { alice, bob, charlie, test } = await cast();
  const adam = await person(test, alice.tenantId, "Adam Admin", "admin");
  const html = await (await alice.get("/settings/agreement")).text();
  match(html, /<div class="policy" lang="de">/, "whatever the page speaks");
  equal((await bob.get("/settings/agreement")).status, 403);
  equal((await adam.post("/settings/agreement", { name: "Adam Admin" })).status, 403);
  equal((await alice.post("/settings/agreement", { name: " " })).status, 422);
  equal((await alice.post("/settings/agreement", { name: "Alice Ahrens" })).status, 303);
  equal((await alice.post("/settings/agreement", { name: "Alice Ahrens" })).status, 303);
  match(await text(await adam.get("/settings/agreement")), /Angenommen am .* durch Alice Ahrens/);
  ok(!(await text(await charlie.get("/settings/agreement"))).includes("Alice Ahrens"));
  const rows = await test.db.owner`
    select from processing_agreements
    where tenant_id = ${alice.tenantId}
  `;
  equal(rows.length, 1);
});

Deno.test("who does not read German gets a translation beside the binding text", async () => {
  const { alice, test } = await cast();
  ok(!(await (await alice.get("/settings/agreement")).text()).includes("<summary>"), "in German");
  await test.db.owner`update identities set locale = 'en' where id = ${alice.identityId}`;
  const html = await (await alice.get("/settings/agreement")).text();
  match(html, /only the German text is binding/);
  const [, folded, binding] = /<details[^>]*>(.*)<\/details>(.*)/s.exec(html)!;
  match(folded!, /Subject matter, duration, nature and purpose.*Annex 2/s);
  match(binding!, /<div class="policy" lang="de">.*Gegenstand, Dauer, Art und Zweck/s);
});

Deno.test("a text that has changed since must be accepted again, the old one stays as it was", async () => {
  const { alice, test } = await cast();
  await alice.post("/settings/agreement", { name: "Alice Ahrens" });
  await test.db.owner`
    update tenants
    set name = 'Nordlicht Handel KG'
    where id = ${alice.tenantId}
  `;
  match(
    await text(await alice.get("/settings/agreement")),
    /Inhalt geändert: andere Namen der Parteien/,
  );
  const kept = (await alice.scope(agreements.lookup))!;
  equal(agreements.digestOf(kept.content), kept.sha256);
  ok(!JSON.stringify(kept.content).includes("Nordlicht Handel KG"));
  equal(kept.substance!.tenant, "Nordlicht Handel");
  const pdf = await alice.get(`/settings/agreement.pdf?x=${newId()}`);
  ok(new TextDecoder("latin1").decode(await pdf.bytes()).includes("pdfaid:part>2<"));
});

Deno.test("a text that is again what it was before is accepted again", async () => {
  const { alice, test } = await cast();
  const rename = (name: string) =>
    test.db.owner`update tenants set name = ${name} where id = ${alice.tenantId}`;
  const accept = () => alice.post("/settings/agreement", { name: "Alice Ahrens" });
  const shown = async () => await text(await alice.get("/settings/agreement"));
  await accept();
  await rename("Nordlicht Handel KG");
  await accept();
  ok(!/Inhalt geändert/.test(await shown()));
  await rename("Nordlicht Handel");
  match(await shown(), /Inhalt geändert/);
  await accept();
  ok(!/Inhalt geändert/.test(await shown()), "or it could never be agreed to any more");
  equal((await alice.scope(agreements.lookup))!.substance!.tenant, "Nordlicht Handel");
});

Deno.test("nobody accepts a text that has changed since it was read", async () => {
  const { alice, test } = await cast();
  const digest = async () =>
    /name="sha256" value="([0-9a-f]{64})"/.exec(
      await (await alice.get("/settings/agreement")).text(),
    )![1]!;
  const sha256 = await digest();
  await test.db.owner`
    update tenants set name = 'Nordlicht Handel KG' where id = ${alice.tenantId}
  `;
  const refused = await alice.post("/settings/agreement", { name: "Alice Ahrens", sha256 });
  equal(refused.status, 422);
  match(await text(refused), /Text hat sich inzwischen geändert/);
  equal(await alice.scope(agreements.lookup), null);
  const again = { name: "Alice Ahrens", sha256: await digest() };
  equal((await alice.post("/settings/agreement", again)).status, 303);
});

Deno.test("a different wording with the same meaning requires no new acceptance; new data, other terms, fewer measures do", async () => {
  const { alice, test } = await cast();
  await alice.post("/settings/agreement", { name: "Alice Ahrens" });
  const { owner } = test.db;
  const change = (content: string, substance: string) =>
    owner`
      update processing_agreements
      set sha256 = repeat('0', 64), content = ${owner.unsafe(content)},
        substance = ${owner.unsafe(substance)}
      where tenant_id = ${alice.tenantId}
    `;
  const shown = async () => await text(await alice.get("/settings/agreement"));
  const reworded = `jsonb_set(content, '{3,paragraphs}', '["Alle schweigen."]')`;
  await change(reworded, "substance");
  match(await shown(), /Angenommen am .*Wortlaut unten ist neuer.*Im Namen von/);
  // What was accepted before the substance was noted is read from its words.
  await change("content", "null");
  match(await shown(), /Inhalt geändert: andere Bedingungen\./);
  await change("content #- '{1,table,rows,0}'", "null");
  match(await shown(), /Inhalt geändert: andere Bedingungen, neue Arten von Daten\./);
  await alice.post("/settings/agreement", { name: "Alice Ahrens" });
  ok(!/Inhalt geändert|Wortlaut unten/.test(await shown()), "accepted again");
  const { substance } = (await alice.scope(agreements.lookup))!;
  const today = substance!;
  for (
    const [before, reasons] of [
      [{}, []],
      [{ terms: 0 }, ["terms"]],
      [{ provider: "Anderes Haus" }, ["parties"]],
      [{ data: today.data.slice(1) }, ["data"]],
      [{ data: [...today.data, "mehr"] }, []],
      [{ measures: [...today.measures, "one more"] }, ["measures"]],
      [{ measures: today.measures.slice(1) }, []],
    ] as const
  ) {
    const accepted = { substance: { ...today, ...before }, content: [] } as never;
    deepEqual(agreements.outdatedBy(accepted, today, []), reasons, JSON.stringify(before));
  }
});

Deno.test("whoever changes a clause states whether its meaning changed", () => {
  const clauses = Object.entries(words).filter(([name]) => /^p\d+/.test(name)).sort();
  const digest = createHash("sha256").update(JSON.stringify(clauses)).digest("hex");
  // A new wording gets a line: with the version it had, or with the next one.
  const versions: Record<string, number> = {
    "78cad6e92938dff8b34035881b86868d9146006e8ab420a15fb0fbf239724f24": 1,
    // Law that overrides instructions, liability and audits (Art. 28(3)(a), (h), (4) GDPR) came in, and
    // the contract ends with the days in which data can be taken out, no longer before them (Art. 28(3)(g)).
    "2a38bb1fc486eef97435fa2ae1c88e3113a1eb482e78a166da6a94469ce6d7cd": 2,
    // "Vorgänge" are called "Deals", as everywhere on the pages.
    "430af162c00fa80d90971a7a55258ce545deba4930791b94925d324e7a0c6671": 2,
  };
  equal(versions[digest], agreements.termsVersion, digest);
});
