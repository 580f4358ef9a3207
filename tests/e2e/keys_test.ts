/** With keys alone: through a list, into a record, over the palette, and warned while typing. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { type House, openHouse } from "../support/houses.ts";

let product: House;
Deno.test.beforeAll(async () => {
  product = await openHouse();
  await product.fill({ contacts: 12, companies: 3 });
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

const heading = (page: Page, text: string | RegExp) =>
  page.locator("h1", { hasText: text }).waitFor();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

async function accessible(page: Page): Promise<void> {
  assert.deepEqual(await violations(page), []);
}

Deno.test("j, k, Enter, e, n and / lead through list and record, and are silent in fields", async () => {
  const page = await product.openSignedIn("/contacts");
  const press = (key: string) => page.keyboard.press(key);
  const names = await page.locator("tbody .row-link").allInnerTexts();
  await press("j");
  await press("j");
  assert.equal(await focused(page), names[1]);
  await press("k");
  assert.equal(await focused(page), names[0]);
  await press("Enter");
  await heading(page, names[0]!.split(",")[0]!);
  await page.getByRole("link", { name: "Nächster Eintrag" }).click();
  await heading(page, names[1]!.split(",")[0]!);
  await press("k");
  await heading(page, names[0]!.split(",")[0]!);
  await press("j");
  await heading(page, names[1]!.split(",")[0]!);
  await press("e");
  await heading(page, "Kontakt bearbeiten");
  await page.goto(`${product.url}/contacts`);
  await press("/");
  await page.keyboard.type("jken?/");
  assert.equal(await page.locator("#global-search").inputValue(), "jken?/");
  await page.locator("#global-search").fill("");
  await page.locator("h1").focus();
  await press("n");
  await heading(page, "Neuer Kontakt");
});

Deno.test("the key map opens by ?, closes by Escape and switches single keys off", async () => {
  const page = await product.openSignedIn("/contacts");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Tastenkürzel" });
  await dialog.getByText("Eintrag bearbeiten").waitFor();
  await accessible(page);
  await dialog.getByRole("checkbox").check();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.locator("h1").focus();
  await page.keyboard.press("n");
  await page.waitForTimeout(300);
  assert.equal(new URL(page.url()).pathname, "/contacts");
});

Deno.test("Ctrl+K finds a record, an action and a page, by Enter and by arrow", async () => {
  const page = await product.openSignedIn("/contacts");
  const name = (await page.locator("tbody .row-link").first().innerText()).split(",")[0]!;
  const jump = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox", { name: "Suchen und springen" }).waitFor();
    await page.keyboard.type(text);
    await page.locator(`#palette-hits [data-q="${text}"]`).waitFor();
  };
  await jump(name);
  await accessible(page);
  await page.keyboard.press("Enter");
  await heading(page, name);
  await jump("neue firma");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await heading(page, "Neue Firma");
  await jump("papierkorb");
  await page.keyboard.press("Enter");
  await heading(page, "Papierkorb");
});

Deno.test("likely duplicates come and go while a name is typed, and the form keeps its words", async () => {
  const page = await product.openSignedIn("/contacts/new");
  await page.getByLabel("Vorname").fill("Jörg");
  await page.getByLabel("Nachname").fill("Röder");
  await page.locator('[name="origin"]').first().check();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await heading(page, "Jörg Röder");
  await page.goto(`${product.url}/contacts/new`);
  await page.getByLabel("Vorname").fill("Joerg");
  await page.getByLabel("Nachname").fill("Roeder");
  const status = page.locator("#duplicates");
  await status.getByRole("link", { name: /Jörg Röder/ }).waitFor();
  await accessible(page);
  await page.getByLabel("Nachname").fill("Rodenstock");
  await status.getByRole("link").waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("Vorname").inputValue(), "Joerg");
});

Deno.test("with keys no browser complained", () => {
  assert.deepEqual(product.complaints, []);
});
