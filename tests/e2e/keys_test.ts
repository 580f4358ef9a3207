/** With keys alone: through a list, into a record, over the palette, and warned while typing. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openTenant, type TestTenant } from "../support/tenants.ts";
import { phone } from "../support/server.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
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

let last: Page | undefined;

/** A fresh profile; that of the test before is closed, as its pages hold streams of events. */
async function opened(...of: Parameters<typeof product.openSignedIn>): Promise<Page> {
  await last?.context().close();
  return last = await product.openSignedIn(...of);
}

Deno.test("j, k, Enter, e, n and / lead through list and record, and are silent in fields", async () => {
  const page = await opened("/contacts");
  const press = (key: string) => page.keyboard.press(key);
  const names = await page.locator("tbody .row-link").allInnerTexts();
  await press("j");
  await press("j");
  assert.equal(await focused(page), names[1]);
  const ticked = page.locator("tbody .tick input:checked");
  await press("x");
  assert.deepEqual(await ticked.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel)), [
    `${names[1]} auswählen`,
  ]);
  assert.equal(await focused(page), names[1]);
  await press("x");
  assert.equal(await ticked.count(), 0);
  await press("b");
  assert.equal(await page.locator("#bulk-action:focus").count(), 1);
  await page.locator(".row-link").nth(1).focus();
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

Deno.test("j and k from record to record touch no line of a panel on the way", async () => {
  const page = await opened("/contacts");
  const employed = page.locator("tbody tr", { has: page.locator("td a[href^='/companies/']") });
  const names = await page.locator("tbody .row-link").allInnerTexts();
  const at = names.indexOf(await employed.first().locator(".row-link").innerText());
  await employed.first().locator(".row-link").click();
  await heading(page, names[at]!.split(",")[0]!);
  await page.evaluate(() => {
    addEventListener("focusin", ({ target }) => {
      if (target instanceof Element && target.closest("main table")) document.title = "touched";
    });
  });
  await page.keyboard.press(at === 0 ? "j" : "k");
  const touched = await page.title();
  await heading(page, names[at === 0 ? 1 : at - 1]!.split(",")[0]!);
  assert.notEqual(touched, "touched");
});

Deno.test("on the start page a task is entered, reached and done with keys alone", async () => {
  const page = await opened("/start");
  const press = (key: string) => page.keyboard.press(key);
  const lines = page.locator(".open-activities > li > span > a");
  for (const subject of ["Muster packen", "Rechnung prüfen"]) {
    await press("a");
    await page.keyboard.type(subject);
    await page.getByRole("button", { name: "morgen", exact: true }).click();
    await page.locator("#quick-subject").focus();
    await press("Enter");
    await lines.filter({ hasText: subject }).waitFor();
  }
  const subjects = await lines.allInnerTexts();
  await page.locator("h1").focus();
  await press("j");
  assert.equal(await focused(page), subjects[0]);
  await press("j");
  assert.equal(await focused(page), subjects[1]);
  await press("k");
  await press("d");
  await page.locator(".flash", { hasText: "Erledigt" }).waitFor();
  await page.waitForFunction((left) => document.activeElement?.textContent === left, subjects[1]);
});

Deno.test("the key map opens by ?, closes by Escape and switches single keys off", async () => {
  const page = await opened("/contacts");
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
  const page = await opened("/contacts");
  const name = (await page.locator("tbody .row-link").first().innerText()).split(",")[0]!;
  const jump = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Suchen und springen" }).waitFor();
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

const suggestions = (page: Page) => page.locator("#search-hits");
const answer = (page: Page, text: string) => suggestions(page).locator(`[data-q="${text}"]`);

Deno.test("the search in the header suggests records, chosen by arrows and Enter", async () => {
  const page = await opened("/contacts");
  const name = (await page.locator("tbody .row-link").first().innerText()).split(",")[0]!;
  const box = page.getByRole("combobox", { name: /suchen$/ });
  await page.keyboard.press("/");
  await page.keyboard.type(name);
  await answer(page, name).waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const chosen = suggestions(page).getByRole("option", { selected: true });
  assert.match(await chosen.innerText(), new RegExp(name));
  assert.equal(await box.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
  await accessible(page);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen.count(), 0);
  await page.keyboard.press("Escape");
  await suggestions(page).waitFor({ state: "hidden" });
  assert.equal(await box.inputValue(), name);
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("ArrowDown");
  await suggestions(page).waitFor();
  await page.keyboard.press("Tab");
  await suggestions(page).waitFor({ state: "hidden" });
  await box.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await heading(page, name);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await page.close();
});

Deno.test("Enter without a choice goes to the page of hits, a press on one to its record", async () => {
  const page = await opened("/companies");
  const name = await page.locator("tbody .row-link").first().innerText();
  await page.keyboard.press("/");
  await page.keyboard.type(name);
  await answer(page, name).waitFor();
  await page.keyboard.press("Enter");
  await heading(page, `Treffer für „${name}“`);
  await suggestions(page).waitFor({ state: "hidden" });
  assert.equal(await page.locator("#global-search").inputValue(), name);
  await page.locator("#global-search").focus();
  await page.keyboard.press("ArrowDown");
  await suggestions(page).locator('[href^="/companies/"]', { hasText: name }).first().click();
  await heading(page, name);
  await page.close();
});

Deno.test("typing on cancels the previous search, whose result is never shown", async () => {
  const page = await opened("/contacts");
  const held = Promise.withResolvers<void>();
  await page.route("**/search?q=zzerste", async (route) => {
    await held.promise;
    await route.continue().catch(() => {});
  });
  const given = page.waitForEvent("requestfailed", (each) => each.url().endsWith("q=zzerste"));
  const asked = page.waitForRequest("**/search?q=zzerste");
  await page.keyboard.press("/");
  await page.keyboard.type("zzerste");
  await asked;
  await page.keyboard.type("r");
  await answer(page, "zzerster").waitFor();
  held.resolve();
  await given;
  assert.equal(await answer(page, "zzerster").innerText(), "0 Treffer");
  const box = page.locator("#global-search");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  await box.fill("");
  await suggestions(page).waitFor({ state: "hidden" });
  await page.close();
});

Deno.test("a step within a page keeps the focus, to be taken again", async () => {
  const page = await opened("/contacts");
  const take = async (link: Locator, parameter: string, value: string | null) => {
    await link.evaluate((old: HTMLElement) => old.dataset.old = "");
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get(parameter) === value);
    await page.waitForFunction(() => document.activeElement?.matches("a:not([data-old])"));
    assert.equal(await focused(page), await link.textContent());
  };
  const byName = page.locator("thead a").first();
  await take(byName, "dir", "desc");
  await take(byName, "dir", null);
  await page.goto(`${product.url}/activities/calendar?view=week&day=2026-03-02`);
  const next = page.getByRole("link", { name: "Weiter", exact: true });
  await take(next, "day", "2026-03-09");
  await take(next, "day", "2026-03-16");
  await page.goto(`${product.url}/contacts`);
  await page.locator("tbody .row-link").first().click();
  const kinds = page.locator(".timeline-kinds");
  const changes = kinds.getByRole("link", { name: "Änderungen" });
  await changes.focus();
  await page.keyboard.press("Enter");
  await kinds.locator("[aria-current]:focus", { hasText: "Änderungen" }).waitFor();
  await page.close();
});

Deno.test("likely duplicates come and go while a name is typed, and the form keeps its words", async () => {
  const page = await opened("/contacts/new");
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

Deno.test("a question before a form is saved is visible on a phone", async () => {
  const page = await opened("/contacts/new", phone);
  for (const time of ["first", "again"]) {
    await page.goto(`${product.url}/contacts/new`);
    await page.getByLabel("Vorname").fill("Jördis");
    await page.getByLabel("Nachname").fill("Sichtbar");
    await page.locator('[name="origin"]').first().check();
    await page.getByRole("button", { name: "Anlegen", exact: true }).click();
    if (time === "first") await heading(page, "Jördis Sichtbar");
  }
  await page.waitForFunction(
    () => {
      const asked = document.activeElement?.closest(".duplicates");
      const top = asked?.getBoundingClientRect().top ?? -1;
      return top >= 0 && top < innerHeight;
    },
    undefined,
    { timeout: 10_000 },
  );
  await page.close();
});

Deno.test("with keys no browser complained", () => {
  assert.deepEqual(product.complaints, []);
});
