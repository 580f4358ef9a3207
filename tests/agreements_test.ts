/** Art. 28 GDPR: the processing agreement of a tenant, accepted by an owner with name and time. */
import { equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as agreements from "../db/processing_agreements.ts";
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

Deno.test("a text that has changed since wants to be accepted anew, the old one stays as it was", async () => {
  const { alice, test } = await cast();
  await alice.post("/settings/agreement", { name: "Alice Ahrens" });
  await test.db.owner`
    update tenants
    set name = 'Nordlicht Handel KG'
    where id = ${alice.tenantId}
  `;
  match(await text(await alice.get("/settings/agreement")), /Text hat sich seit der Annahme/);
  const kept = (await alice.scope(agreements.lookup))!;
  equal(agreements.digestOf(kept.content), kept.sha256);
  ok(!JSON.stringify(kept.content).includes("Nordlicht Handel KG"));
  const pdf = await alice.get(`/settings/agreement.pdf?x=${newId()}`);
  ok(new TextDecoder("latin1").decode(await pdf.bytes()).includes("pdfaid:part>2<"));
});
