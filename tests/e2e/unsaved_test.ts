/** What is typed and not sent yet is not lost by a press elsewhere: the page asks first. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openTenant, type TestTenant } from "../support/tenants.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
  await product.fill({ contacts: 4, companies: 2 });
});
Deno.test.afterEach(() => product.closePages());
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

const heading = (page: Page, text: string | RegExp) =>
  page.locator("h1", { hasText: text }).waitFor();

/** Answers what the page asks. */
function answering(page: Page) {
  const question = page.getByRole("alertdialog", { name: "Eingaben verwerfen?" });
  const answer = async (name: string) => {
    await question.getByRole("button", { name }).click();
    await question.waitFor({ state: "hidden" });
  };
  return {
    stay: () => answer("Weiter bearbeiten"),
    leave: () => answer("Verwerfen"),
    isOpen: () => question.isVisible(),
  };
}

const elsewhere = (page: Page) =>
  page.getByRole("navigation").first().getByRole("link", { name: "Firmen" });

Deno.test("a link, Back and a search ask before they take what was typed", async () => {
  const page = await product.openSignedIn("/contacts");
  const asked = answering(page);
  await page.getByRole("link", { name: "Neuer Kontakt" }).click();
  await heading(page, "Neuer Kontakt");
  const name = page.locator("input[name=lastName]");
  await name.fill("Wattenbek");
  await elsewhere(page).click();
  await asked.stay();
  await page.evaluate(() => history.back());
  await asked.stay();
  await page.locator("#global-search").fill("Bauer");
  await page.locator("#global-search").press("Enter");
  await page.keyboard.press("Escape");
  assert.equal(await asked.isOpen(), false);
  assert.match(page.url(), /\/contacts\/new$/);
  assert.equal(await name.inputValue(), "Wattenbek");
  await page.keyboard.press("Escape");
  await elsewhere(page).click();
  await asked.leave();
  await heading(page, "Firmen");
  await page.getByRole("link", { name: "Neue Firma" }).click();
  await heading(page, "Neue Firma");
  await page.locator("main [name=name]").fill("Wattenbek Bau");
  await page.evaluate(() => history.back());
  await asked.leave();
  await heading(page, "Firmen");
});

Deno.test("nobody is asked who typed nothing, saves or cancels; who was refused is", async () => {
  const page = await product.openSignedIn("/contacts/new");
  const asked = answering(page);
  const name = page.locator("input[name=lastName]");
  await name.fill("Wattenbek");
  await name.fill("");
  await page.getByRole("link", { name: "Abbrechen" }).click();
  await heading(page, "Kontakte");
  await page.goto(`${product.url}/contacts/new`);
  await name.fill("Wattenbek");
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await page.locator(".error-summary").waitFor();
  await elsewhere(page).click();
  await asked.stay();
  assert.equal(await name.inputValue(), "Wattenbek");
  await page.getByLabel("Visitenkarte oder Messe").check();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await heading(page, "Wattenbek");
  await elsewhere(page).click();
  await heading(page, "Firmen");
});

Deno.test("a link that fills the choices of a form takes their place without a question", async () => {
  const page = await product.openSignedIn("/contacts");
  const hrefs = await page.locator("tbody .row-link").evaluateAll((links) =>
    links.map((link) => (link as HTMLAnchorElement).pathname)
  );
  const ids = hrefs.slice(0, 2).map((href) => `&ids=${href.split("/").at(-1)}`).join("");
  await page.goto(`${product.url}/merges/new?kind=contact${ids}`);
  const merge = page.getByRole("button", { name: "2 Einträge zusammenführen" });
  await merge.click();
  await page.locator(".error-summary").waitFor();
  const takes = page.locator(".merge-take");
  for (const at of [0, 1]) {
    const place = await takes.nth(at).getAttribute("href");
    await takes.nth(at).click();
    await page.waitForFunction((place) => location.href.endsWith(place!), place);
    await page.locator(".error-summary").waitFor({ state: "detached" });
    const names = await page.getByRole("radio", { name: /^Nachname: / }).all();
    assert.ok(await names[at]!.isChecked());
    await names[1 - at]!.check();
  }
});

Deno.test("a half-typed activity of a record is asked about, its timeline may still be turned", async () => {
  const page = await product.openSignedIn("/contacts");
  const asked = answering(page);
  await page.locator("tbody .row-link").first().click();
  const subject = page.locator("#quick-subject");
  await subject.fill("Rückruf");
  await page.locator(".timeline-kinds").getByRole("link", { name: "Notizen" }).click();
  await page.locator(".timeline-kinds [aria-current]", { hasText: "Notizen" }).waitFor();
  await elsewhere(page).click();
  await asked.stay();
  assert.equal(await subject.inputValue(), "Rückruf");
  await subject.press("Enter");
  await page.locator(".open-activities a", { hasText: "Rückruf" }).waitFor();
  await elsewhere(page).click();
  await heading(page, "Firmen");
});

Deno.test("a form that comes back with a row more, or overtaken, is asked about", async () => {
  const page = await product.openSignedIn("/contacts/new");
  const asked = answering(page);
  const name = page.locator("input[name=lastName]");
  await name.fill("Wattenbek");
  await page.locator("button[name=_add][value=emails]").click();
  await page.locator("input[name='emails.1.address']").waitFor();
  await elsewhere(page).click();
  await asked.stay();
  assert.equal(await name.inputValue(), "Wattenbek");
  await elsewhere(page).click();
  await asked.leave();
  await heading(page, "Firmen");
  await page.locator("tbody .row-link").first().click();
  await page.locator("#quick-subject").waitFor();
  const edit = `${page.url().split("?")[0]}/edit`;
  await page.goto(edit);
  const other = await product.openSignedIn("/contacts");
  await other.goto(edit);
  await page.locator("input[name=name]").fill("Wattenbek Bau");
  await other.locator("input[name=name]").fill("Wattenbek Holz");
  await other.getByRole("button", { name: "Speichern", exact: true }).click();
  await heading(other, "Wattenbek Holz");
  await page.locator("input[name=name]").press("Control+s");
  await page.getByText("Wattenbek Holz").first().waitFor();
  await page.waitForFunction(() =>
    /^Während Sie daran/.test((document.activeElement as HTMLElement).innerText.trim())
  );
  await elsewhere(page).click();
  await asked.stay();
  assert.equal(await page.locator("input[name=name]").inputValue(), "Wattenbek Bau");
});

Deno.test("nobody is asked for a download, a call or a choice taken back; another form asks", async () => {
  const page = await product.openSignedIn("/contacts/new");
  const asked = answering(page);
  const select = page.locator("main form.form select").first();
  const before = await select.inputValue();
  await select.selectOption({ index: 1 });
  await select.selectOption(before);
  await elsewhere(page).click();
  await heading(page, "Firmen");
  await page.goto(`${product.url}/contacts`);
  await page.locator("tbody .row-link").first().click();
  const subject = page.locator("#quick-subject");
  await subject.fill("Rückruf");
  await page.evaluate(() => {
    const links = ['<a href="/contacts" download>Liste</a>', '<a href="tel:+4943">Anruf</a>'];
    document.querySelector("main")!.insertAdjacentHTML("beforeend", links.join(" "));
  });
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Liste", exact: true }).click();
  await file;
  await page.getByRole("link", { name: "Anruf" }).click();
  await page.waitForTimeout(500);
  assert.equal(await asked.isOpen(), false);
  await page.evaluate(() =>
    document.querySelector<HTMLFormElement>("main form.post-button:not([data-hx-target])")!
      .requestSubmit()
  );
  await asked.stay();
  assert.equal(await subject.inputValue(), "Rückruf");
});

Deno.test("a refused form is asked about when another one of its page is sent", async () => {
  const page = await product.openSignedIn("/account");
  const asked = answering(page);
  const current = page.locator("form[action='/account/email'] [name=email]");
  await current.fill("keine Adresse");
  await page.locator("form[action='/account/email'] .button").click();
  await page.locator(".error-summary").waitFor();
  const name = page.locator("form[action='/account/name'] [name=name]");
  const before = await name.inputValue();
  await name.fill(`${before} Berg`);
  await page.locator("form[action='/account/name'] .button").click();
  await asked.stay();
  assert.equal(await current.inputValue(), "keine Adresse");
  await page.locator("form[action='/account/name'] .button").click();
  await asked.leave();
  await page.locator(".flash-ok").waitFor();
  assert.equal(await name.inputValue(), `${before} Berg`);
});

Deno.test("a browser that suppresses its own questions still lets somebody leave", async () => {
  const page = await product.openSignedIn("/contacts/new");
  await page.evaluate(() => globalThis.confirm = () => false);
  const asked = answering(page);
  await page.locator("input[name=lastName]").fill("Wattenbek");
  await elsewhere(page).click();
  await asked.leave();
  await heading(page, "Firmen");
});
