/** Duplicates in a browser: scanned, compared, merged by keyboard alone, and separated again. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openTenant, type TestTenant } from "../support/tenants.ts";
import { phone } from "../support/server.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
});
Deno.test.afterAll(async () => {
  assert.deepEqual(product.complaints, []);
  await product[Symbol.asyncDispose]();
});

async function newContact(page: Page, firstName: string, lastName: string): Promise<void> {
  await page.goto(`${product.url}/contacts/new`);
  await page.getByLabel("Vorname").fill(firstName);
  await page.getByLabel("Nachname").fill(lastName);
  await page.locator('[name="emails.0.address"]').fill("ute@kupferhof.example");
  await page.getByLabel("Visitenkarte").check();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  const anyway = page.getByRole("button", { name: "Trotzdem anlegen" });
  const done = page.locator("h1", { hasText: lastName });
  await anyway.or(done).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await done.waitFor();
}

async function assertAccessible(page: Page): Promise<void> {
  assert.deepEqual(await violations(page), []);
  const [wide, wanted] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(wide! <= wanted!, `the page is ${wide} wide`);
}

Deno.test("a scan finds the two, keys alone merge them, one click separates them again", async () => {
  const page = await product.openSignedIn("/contacts");
  await newContact(page, "Ute", "Meyer");
  await newContact(page, "Uta", "Maier");
  await page.goto(`${product.url}/duplicates`);
  await page.getByRole("button", { name: "Jetzt suchen" }).click();
  const row = page.locator("tr", { hasText: "Ute Meyer" });
  await row.waitFor({ timeout: 30_000 });
  await assertAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Einträge zusammenführen" }).waitFor();
  await page.getByRole("button", { name: "2 Einträge zusammenführen" }).click();
  await page.getByText("Nachname: Bitte wählen Sie").waitFor();
  await assertAccessible(page);
  await page.getByRole("link", { name: "Nachname: Bitte wählen Sie" }).press("Enter");
  const last = page.getByRole("radio", { name: "Nachname: Meyer" });
  await page.waitForFunction(() =>
    (document.activeElement as HTMLInputElement).name === "choice.last_name"
  );
  await last.press("Space");
  await page.getByRole("radio", { name: "Vorname: Uta" }).press("Space");
  await page.getByRole("button", { name: "2 Einträge zusammenführen" }).press("Enter");
  await page.locator("h1", { hasText: "Uta Meyer" }).waitFor();
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await page.locator("h1", { hasText: "Ute Meyer" }).waitFor();
  await page.goto(`${product.url}/merges`);
  await page.getByText("rückgängig gemacht am").waitFor();
  await assertAccessible(page);
  const small = await product.openSignedIn("/duplicates", phone);
  await small.locator("tr", { hasText: "Ute Meyer" }).getByRole("link", { name: "Vergleichen" })
    .click();
  await small.locator("h1", { hasText: "Einträge zusammenführen" }).waitFor();
  await assertAccessible(small);
  await small.goto(`${product.url}/merges`);
  await assertAccessible(small);
});

Deno.test("the numbers can be narrowed to a person, read as tables, and taken out as a file", async () => {
  await product.fill({ contacts: 60, companies: 40 });
  const page = await product.openSignedIn("/reports");
  await page.getByRole("heading", { name: "Offene Deals nach Stufe" }).waitFor();
  await page.getByRole("img", { name: /Erwartete Abschlüsse nach Monat/ }).waitFor();
  await assertAccessible(page);
  const rows = page.locator("#pipeline tbody tr");
  const sum = async () => (await rows.first().textContent()) ?? "";
  const before = await sum();
  await page.getByLabel("Zuständig").selectOption({ index: 1 });
  await page.waitForURL(/owner=/);
  await rows.first().waitFor();
  assert.ok(before.length > 0);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Offene Deals nach Stufe als CSV" }).click(),
  ]);
  assert.match(file.suggestedFilename(), /^Offene Deals nach Stufe .*\.csv$/);
  await assertAccessible(await product.openSignedIn("/reports", phone));
});
