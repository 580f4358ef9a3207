/** A real file on its way in and out again, with JavaScript and without. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { openTenant, type TestTenant } from "../support/tenants.ts";
import { desk } from "../support/server.ts";

const sample = (name: string) =>
  fileURLToPath(new URL(`../data/samples/contacts-csv/${name}`, import.meta.url));

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Waits for what a job brings about; without JavaScript a person presses the link for it. */
async function awaitJob(page: Page, button: string, script: boolean): Promise<void> {
  const wanted = page.getByRole("button", { name: button, exact: true })
    .or(page.getByRole("link", { name: button, exact: true }));
  const refresh = page.getByRole("link", { name: "Stand aktualisieren" });
  for (let tries = 0; !script && tries < 100 && await wanted.count() === 0; tries++) {
    await refresh.click({ timeout: 2_000 }).catch(() => {});
  }
  await wanted.waitFor();
}

/** The figures of a report by their words. */
const tally = async (page: Page) =>
  Object.fromEntries(
    await page.locator(".tally > div").evaluateAll((all) =>
      all.map((each) => [
        each.querySelector("dt")!.textContent,
        Number(each.querySelector("dd")!.textContent),
      ])
    ),
  );

for (const script of [true, false]) {
  const file = script ? "shopware_customer_import.csv" : "atomic_crm_contacts_export.csv";
  const [someone, persons] = script ? ["Mustermann", 4] : ["Doe", 2];
  Deno.test(`${file} is imported and undone ${script ? "with" : "without"} script`, async () => {
    const page = await product.openSignedIn("/imports", { ...desk, javaScriptEnabled: script });
    await page.getByRole("link", { name: "Neuer Import" }).first().click();
    await page.locator("input[type=file]").setInputFiles(sample(file));
    await press(page, "Datei hochladen");
    await page.getByRole("heading", { name: "Herkunft und Grundlage" }).waitFor();
    await press(page, "Probelauf starten");
    await page.getByRole("alert").getByRole("link", { name: /Woher stammen/ }).waitFor();
    await page.getByText("Kundenbeziehung oder Vertrag").click();
    await press(page, "Probelauf starten");
    await awaitJob(page, "Jetzt importieren", script);
    const trial = await tally(page);
    await press(page, "Jetzt importieren");
    await awaitJob(page, "Zu den Kontakten", script);
    const result = await tally(page);
    assert.deepEqual(result, trial, "the run does what the trial run said");
    assert.equal(result["neue Kontakte"], persons);
    const report = page.url();

    await page.getByRole("link", { name: "Zu den Kontakten" }).click();
    await page.getByRole("link", { name: new RegExp(`^${someone}, `) }).first().waitFor();
    assert.equal(await page.locator("tbody tr").count(), persons);
    assert.ok(!(await page.content()).includes("$2y$10$"), "a password's hash is no contact data");

    await page.goto(report);
    await page.getByRole("link", { name: "Import rückgängig machen" }).click();
    await press(page, "Endgültig rückgängig machen");
    const undone = page.getByText("Rückgängig gemacht am");
    for (let tries = 0; !script && tries < 100 && await undone.count() === 0; tries++) {
      await page.goto(report);
    }
    await undone.waitFor();
    await page.goto(`${product.url}/contacts`);
    await page.getByText("Noch keine Kontakte").waitFor();
  });
}

Deno.test("no browser complained on the way", () => {
  assert.deepEqual(product.complaints, []);
});
