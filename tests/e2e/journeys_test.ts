/** Journeys of people through the really started product: first run, keyboard, no script, phone. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { admin, desk, phone, type Product, startProduct } from "../support/server.ts";

let product: Product;
Deno.test.beforeAll(async () => {
  product = await startProduct();
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

const heading = (page: Page, text: string | RegExp) =>
  page.locator("h1", { hasText: text }).waitFor();
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);

Deno.test("from the link in the terminal to the first contact", async () => {
  const page = await product.open(product.setupLink);
  await heading(page, "kompaktCRM einrichten");
  const entered = {
    "admin.name": admin.name,
    "admin.email": admin.email,
    "admin.password": "zu kurz",
    "provider.name": "Lüttfeld Handels GmbH",
    "provider.street": "Am Güterbahnhof 7",
    "provider.postalCode": "20457",
    "provider.city": "Hamburg",
    "provider.email": "info@luettfeld.example",
    "provider.dpoName": "Wiebke Uhlenkamp",
    "provider.dpoEmail": "dsb@luettfeld.example",
  };
  for (const [name, value] of Object.entries(entered)) await field(page, name).fill(value);
  await page.getByRole("button", { name: "Einrichten" }).click();
  const fault = page.getByRole("alert").getByRole("link", { name: /^Passwort:/ });
  await fault.click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "f-admin-password");
  assert.equal(await field(page, "provider.city").inputValue(), "Hamburg");

  await field(page, "admin.password").fill(admin.password);
  await page.getByRole("button", { name: "Einrichten" }).click();
  await heading(page, "Start");
  await page.getByText("Hier ist noch nichts gespeichert").waitFor();
  await page.getByRole("link", { name: "Neuer Kontakt" }).first().click();
  await heading(page, "Neuer Kontakt");
  await page.getByLabel("Vorname").fill("Jörg");
  await page.getByLabel("Nachname").fill("Röder");
  await field(page, "emails.0.address").fill("joerg.roeder@kupferhof.example");
  await field(page, "companies.0.name").fill("Kupferhof Metallbau GmbH");
  await page.getByText("Anfrage der Person").click();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await heading(page, "Jörg Röder");
  assert.match(page.url(), /\/contacts\/[0-9a-f-]{36}$/);
  await page.getByRole("main").getByRole("link", { name: "Kupferhof Metallbau GmbH" }).first()
    .waitFor();

  const again = await product.open(product.setupLink);
  assert.equal(new URL(again.url()).pathname, "/login", "the link works once");
});

/** Presses Tab until an element has the focus; fails when it is never reached. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 90; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${wanted} is not reached by Tab`);
}

Deno.test("with the keyboard alone: sign in, create a contact, find it", async () => {
  const page = await product.open("/login");
  const type = (text: string) => page.keyboard.type(text);
  await tabTo(page, page.getByLabel("E-Mail-Adresse"));
  await type(admin.email);
  await tabTo(page, page.getByLabel("Passwort"));
  await type(admin.password);
  await page.keyboard.press("Enter");
  await heading(page, "Start");
  await tabTo(page, page.getByRole("link", { name: "Kontakte", exact: true }));
  await page.keyboard.press("Enter");
  await heading(page, "Kontakte");

  await page.keyboard.press("Tab");
  await page.evaluate(() => document.body.focus());
  await tabTo(page, page.getByRole("link", { name: "Neuer Kontakt" }).first());
  await page.keyboard.press("Enter");
  await heading(page, "Neuer Kontakt");
  await tabTo(page, page.getByLabel("Vorname"));
  await type("Şükrü");
  await tabTo(page, page.getByLabel("Nachname"));
  await type("Öztürk");
  await tabTo(page, field(page, "origin").first());
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await heading(page, "Şükrü Öztürk");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");

  await page.keyboard.press("/");
  await type("oeztuerk");
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: /Öztürk/ }).first());
  await page.keyboard.press("Enter");
  await heading(page, "Şükrü Öztürk");
});

Deno.test("without JavaScript: create, edit, filter, page through", async () => {
  await product.fill({ contacts: 120, companies: 20 });
  const page = await product.openSignedIn("/contacts/new", { ...desk, javaScriptEnabled: false });
  const submit = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await page.getByLabel("Vorname").fill("Ælfric");
  await page.getByLabel("Nachname").fill("Zzymański");
  await field(page, "origin").first().check();
  await page.getByRole("button", { name: "E-Mail hinzufügen" }).click();
  await field(page, "emails.0.address").fill("ae@zzymanski.example");
  await field(page, "emails.1.address").fill("ae@example.org");
  await field(page, "newTags").fill("Nordlager");
  await submit("Anlegen");
  await heading(page, "Ælfric Zzymański");
  await page.getByRole("link", { name: "ae@example.org" }).waitFor();
  await page.getByRole("link", { name: "Bearbeiten" }).first().click();
  await page.getByLabel("Position").fill("Disposition");
  await submit("Speichern");
  await page.getByText("Disposition").first().waitFor();

  await page.goto(`${product.url}/contacts`);
  const first = await page.locator("tbody th").first().innerText();
  await page.getByRole("link", { name: "Nächste Seite" }).click();
  await page.getByRole("link", { name: "Nächste Seite" }).click();
  await page.getByRole("link", { name: /Zzymański/ }).waitFor();
  await page.getByRole("link", { name: "Vorherige Seite" }).click();
  await page.getByRole("link", { name: "Vorherige Seite" }).click();
  assert.equal(await page.locator("tbody th").first().innerText(), first);

  await field(page, "tag").selectOption({ label: "Nordlager" });
  await submit("Filtern");
  await page.getByRole("link", { name: /Zzymański/ }).waitFor();
  assert.equal(await page.locator("tbody tr").count(), 1);
  await page.goto(`${product.url}/contacts?q=aelfric`);
  await page.getByRole("link", { name: /Zzymański/ }).waitFor();
});

Deno.test("on a phone: the sections are reached, a contact is opened and changed", async () => {
  const page = await product.openSignedIn("/contacts", phone);
  for (const section of ["Firmen", "Importe", "Papierkorb", "Einstellungen", "Kontakte"]) {
    const inBar = page.getByRole("navigation", { name: "Hauptnavigation" })
      .getByRole("link", { name: section });
    if (await inBar.count() > 0) await inBar.tap();
    else {
      await page.locator("header.top summary").tap();
      await page.locator("header.top").getByRole("link", { name: section }).tap();
    }
    await heading(page, section);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${section} is ${width} px wide`);
  }
  await page.goto(`${product.url}/contacts?q=joerg+roeder`);
  await page.getByRole("link", { name: "Röder, Jörg" }).tap();
  await heading(page, "Jörg Röder");
  await page.getByRole("link", { name: "Bearbeiten" }).first().tap();
  await page.getByLabel("Position").fill("Einkauf");
  await page.getByRole("button", { name: "Speichern", exact: true }).tap();
  await heading(page, "Jörg Röder");
  await page.getByText("Einkauf").first().waitFor();
});

Deno.test("from page to page nothing jumps, Back comes back and passes a saved form, all in silence", async () => {
  const page = await product.openSignedIn("/contacts?sort=created");
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  await page.mouse.wheel(0, 600);
  await page.waitForFunction(() => scrollY > 200);
  const link = page.locator(".row-link").nth(30);
  const name = (await link.innerText()).split(",")[0]!;
  await link.click();
  await heading(page, name);
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.goBack();
  await heading(page, "Kontakte");
  await page.waitForFunction(() => scrollY > 200);
  // A keyboard user continues where they left the list, not at its top.
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  assert.ok(focused?.startsWith(name), String(focused));
  await page.goForward();
  await heading(page, name);
  assert.ok((await page.title()).includes(name));
  const record = page.url();
  await page.getByRole("link", { name: "Bearbeiten" }).first().click();
  await heading(page, "Kontakt bearbeiten");
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await page.waitForURL(record);
  await heading(page, name);
  await page.goBack();
  assert.equal(page.url(), record, "not the form that is saved already");
  await page.goBack();
  await heading(page, "Kontakte");
  assert.equal(await page.evaluate(() => "sameDocument" in globalThis), true);
});

Deno.test("rows ticked far down are counted, and the possible actions are visible", async () => {
  const page = await product.openSignedIn("/contacts?sort=created");
  const ticks = page.locator("tbody .tick input");
  await ticks.nth(30).check();
  await ticks.nth(31).click({ modifiers: ["Shift"] });
  const bar = page.locator(".bulk-bar");
  assert.equal(await bar.locator("output").innerText(), "2 ausgewählt");
  assert.ok(await page.evaluate(() => scrollY > 200));
  const { y } = (await bar.boundingBox())!;
  assert.ok(y >= 0 && y < 20, String(y));
  const head = (await page.locator("thead th").nth(1).boundingBox())!;
  assert.ok(head.y >= y + 30, "the headings are below it");
  await page.setViewportSize({ width: 660, height: 800 });
  const { height } = (await bar.boundingBox())!;
  assert.ok(height < 60, `one line, since the headings keep room for one: ${height}`);
  await page.setViewportSize({ width: 1280, height: 800 });
  await ticks.nth(30).uncheck();
  await ticks.nth(31).uncheck();
  assert.equal(await bar.locator("output").isVisible(), false);
  // Each open page holds a stream of notifications, and a person may have a few only.
  await page.context().close();
});

Deno.test("two people edit one contact: the second sees both values and decides", async () => {
  const first = await product.openSignedIn("/contacts?q=roeder");
  await first.getByRole("link", { name: "Röder, Jörg" }).click();
  await heading(first, "Jörg Röder");
  const address = new URL(first.url()).pathname;
  const second = await product.openSignedIn(`${address}/edit`);
  await first.getByRole("link", { name: "Bearbeiten" }).first().click();
  await first.getByLabel("Position").fill("Leitung Einkauf");
  await first.getByRole("button", { name: "Speichern", exact: true }).click();
  await heading(first, "Jörg Röder");
  await second.getByLabel("Position").fill("Prokurist");
  await second.getByRole("button", { name: "Speichern", exact: true }).click();
  const row = second.getByRole("row", { name: /Position/ });
  await row.getByText("Prokurist").waitFor();
  await row.getByText("Leitung Einkauf").waitFor();
  await second.getByRole("button", { name: "Speichern", exact: true }).click();
  await heading(second, "Jörg Röder");
  await second.getByText("Prokurist").first().waitFor();
});

Deno.test("on all these journeys no browser complained and nobody else was asked", () => {
  assert.deepEqual(product.complaints, []);
});
