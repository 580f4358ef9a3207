/** A day's work: entered on a record's page, completed by a key, undone, planned in the calendar. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { now } from "../../db/clock.ts";
import { dayOf } from "../../db/local_times.ts";
import { violations } from "../support/axe.ts";
import { openTenant, type TestTenant } from "../support/tenants.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
  await product.fill({ contacts: 6, companies: 2 });
});
Deno.test.afterEach(() => product.closePages());
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

const heading = (page: Page, text: string | RegExp) =>
  page.locator("h1", { hasText: text }).waitFor();

const focused = (page: Page) =>
  page.evaluate(() => document.querySelector("a:focus")?.textContent ?? "");

const today = () => dayOf(now());

async function accessible(page: Page): Promise<void> {
  assert.deepEqual(await violations(page), []);
}

/** Waits until the new page takes the next entry, wherever this one was sent from. */
async function typedNext(page: Page): Promise<void> {
  await page.locator("#quick-subject:focus").waitFor();
  assert.equal(await page.locator("#quick-subject").inputValue(), "");
}

/** Enters a task on the page of the first contact. */
async function enter(page: Page, subject: string): Promise<void> {
  await page.keyboard.press("a");
  await page.keyboard.type(subject);
  await page.locator("#quick-day").fill(today());
  await page.keyboard.press("Enter");
  await page.locator(".open-activities a", { hasText: subject }).waitFor();
  await typedNext(page);
  await page.locator("h1").focus();
}

/** Where what is in these places has its middle, from the top. */
const middles = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) =>
    all.map((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      const { top, bottom } = each.matches("input, button")
        ? each.getBoundingClientRect()
        : range.getBoundingClientRect();
      return (top + bottom) / 2;
    })
  );

/** In the trash a row is level: its tick, name and button are in one line, on a desk and a phone. */
async function levelTrash(page: Page): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(`${product.url}/trash`);
    const names = await middles(page, "tbody th");
    assert.ok(names.length >= 2);
    for (const part of ["tbody .tick input", "tbody button"]) {
      const found = await middles(page, part);
      assert.ok(found.every((at, row) => Math.abs(at - names[row]!) <= 2), `${part} ${width}`);
    }
    const heights = await page.locator("tbody tr").evaluateAll((all) =>
      all.map((each) => each.clientHeight)
    );
    assert.ok(heights.every((height) => height < 60), `${heights} at ${width}`);
  }
}

Deno.test("entered on a contact's page by keys, completed in the list by d, undone by a click", async () => {
  const page = await product.openSignedIn("/contacts");
  await page.locator("tbody .row-link").first().click();
  await page.locator("#quick-subject").waitFor();
  await accessible(page);
  for (const subject of ["Muster schicken", "Preise klären", "Rechnung prüfen"]) {
    await enter(page, subject);
  }
  await page.goto(`${product.url}/activities?share=today`);
  await accessible(page);
  const names = () => page.locator("tbody .row-link").allTextContents();
  const before = await names();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await focused(page), before[1]);
  await page.keyboard.press("d");
  await page.locator(".flash", { hasText: "Erledigt." }).waitFor();
  assert.deepEqual(await names(), before.filter((_, index) => index !== 1));
  assert.equal(await focused(page), before[2], "the focus moves to the next row");
  assert.equal(new URL(page.url()).search, "?share=today");
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await page.locator(".flash", { hasText: "wieder offen" }).waitFor();
  await page.goto(`${product.url}/activities?share=today`);
  assert.deepEqual(await names(), before);
  await page.getByRole("button", { name: `Erledigen: ${before[0]!.split(": ").at(-1)!.trim()}` })
    .focus();
  await page.keyboard.press("Enter");
  const next = page.locator("button:focus", { hasText: before[1]!.split(": ").at(-1)!.trim() });
  await next.waitFor();
});

Deno.test("rows are ticked, completed together by one press, and undone by another", async () => {
  const page = await product.openSignedIn("/activities?kind=task");
  const names = () => page.locator("tbody .row-link").allTextContents();
  const before = await names();
  const ticks = page.locator("tbody .tick input");
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await page.locator(".bulk-bar output", { hasText: "2 ausgewählt" }).waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Erledigen", exact: true }).click();
  await page.locator(".flash", { hasText: "2 Aktivitäten erledigt." }).waitFor();
  assert.deepEqual(await names(), before.slice(2));
  assert.equal(new URL(page.url()).search, "?kind=task");
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await page.locator(".flash", { hasText: "rückgängig gemacht" }).waitFor();
  assert.deepEqual(await names(), before);
  await page.locator("tbody .tick input").first().check();
  await page.locator("#batch-day").fill("2030-01-02");
  await page.locator("#batch-day").press("Enter");
  await page.locator(".flash", { hasText: "Neuer Termin für 1 Aktivität" }).waitFor();
  const after = [...before.slice(1), before[0]!];
  assert.deepEqual(await names(), after, "Enter moves, and does nothing else");
  await page.setViewportSize({ width: 360, height: 740 });
  const circles = await middles(page, "tbody .done-button button");
  for (const [row, at] of (await middles(page, "tbody .tick input")).entries()) {
    assert.ok(Math.abs(at - circles[row]!) <= 3, "tick and circle are side by side");
  }
  await page.setViewportSize({ width: 1280, height: 740 });
  for (const row of [0, 1]) await page.locator("tbody .tick input").nth(row).check();
  await page.getByRole("button", { name: "In den Papierkorb" }).click();
  await page.locator(".flash", { hasText: "Papierkorb" }).waitFor();
  await levelTrash(page);
  await page.locator("tbody .tick input").nth(0).check();
  await page.locator("tbody .tick input").nth(1).check();
  await page.locator("#trash-form button").click();
  await page.locator(".flash", { hasText: "wiederhergestellt" }).waitFor();
});

Deno.test("suggested days fill the date, a menu puts it off, Ctrl+S saves", async () => {
  const page = await product.openSignedIn("/activities/new");
  await page.getByLabel("Betreff").fill("Nachfassen");
  await page.getByRole("button", { name: "heute" }).click();
  await page.keyboard.press("Control+s");
  await heading(page, "Nachfassen");
  await page.getByText("heute", { exact: true }).first().waitFor();
  await page.locator("summary", { hasText: "Verschieben" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "morgen" }).click();
  await page.locator(".flash", { hasText: "Neuer Termin: morgen" }).waitFor();
});

Deno.test("a day suggested and taken by keys leads to its field, where Enter saves", async () => {
  const page = await product.openSignedIn("/start");
  await page.locator("#quick-subject").fill("Angebot besprechen");
  await page.getByRole("button", { name: "morgen" }).press("Space");
  await page.locator("[name=dueDay]:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Die Aktivität ist angelegt.").waitFor();
  await page.locator("li", { hasText: "Angebot besprechen" }).getByText("morgen").waitFor();
});

Deno.test("a non-existent day is refused beside its field, not saved as empty", async () => {
  const page = await product.openSignedIn("/activities/new");
  await page.getByLabel("Betreff").fill("Halbes Datum");
  const day = page.getByLabel("Tag", { exact: true });
  await day.focus();
  await page.keyboard.type("31");
  assert.deepEqual(
    await day.evaluate((field: HTMLInputElement) => [field.value, field.validity.badInput]),
    ["", true],
  );
  await page.keyboard.press("Control+s");
  await page.locator(".error-summary:focus", { hasText: "Tag: Kein gültiges Datum." }).waitFor();
  await page.locator("#f-dueDay-error", { hasText: "Kein gültiges Datum." }).waitFor();
  assert.equal(await page.getByLabel("Betreff").inputValue(), "Halbes Datum");
  await accessible(page);
});

Deno.test("on its own page d does it, e edits it, and records are picked while typing", async () => {
  const page = await product.openSignedIn("/activities/new");
  await page.getByLabel("Betreff").fill("Vorführung");
  await page.getByLabel("Termin", { exact: true }).check();
  await page.getByLabel("Tag", { exact: true }).fill(today());
  await page.getByLabel("Uhrzeit").fill("10:30");
  const name = await firstContact(page);
  await page.getByLabel("Kontakt, Firma oder Deal suchen").pressSequentially(name.slice(0, 5));
  const hit = page.locator("#picker-list label", { hasText: name }).first();
  await hit.waitFor();
  await hit.locator("input").check();
  await accessible(page);
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await heading(page, "Vorführung");
  await page.locator("#about a", { hasText: name }).waitFor();
  await accessible(page);
  await page.locator("h1").focus();
  await page.keyboard.press("e");
  await heading(page, "Aktivität bearbeiten");
  assert.equal(await page.locator("#picker-list input:checked").count(), 1);
  await page.getByRole("button", { name: "Speichern" }).click();
  await heading(page, "Vorführung");
  await page.locator("h1").focus();
  await page.keyboard.press("d");
  await page.locator(".flash", { hasText: "Erledigt." }).waitFor();
});

Deno.test("on the start page a record is picked by keys, and the next entry typed at once", async () => {
  const page = await product.openSignedIn("/start");
  const name = await firstContact(page);
  await page.keyboard.press("a");
  await page.keyboard.type("Angebot nachfassen");
  await page.keyboard.press("Tab");
  await page.keyboard.type(name.slice(0, 5));
  const hit = page.locator("#picker-list label", { hasText: name }).first();
  await hit.waitFor();
  await accessible(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.locator("#picker-list :checked:focus").waitFor();
  const picked = await page.locator("#picker-list label:has(:checked) span").evaluate((span) =>
    span.firstChild!.textContent!
  );
  await page.locator("#quick-day").fill(today());
  await page.locator("#quick-time").focus();
  await page.keyboard.press("Enter");
  const entry = page.locator("#today li", { hasText: "Angebot nachfassen" });
  await entry.getByRole("link", { name: picked }).waitFor();
  await typedNext(page);
  await page.keyboard.type("Danach");
  await page.locator("#quick-about").fill("Niemandsonst");
  await page.locator("#picker-list .hint").waitFor();
  await page.locator("#quick-about").press("Enter");
  await page.locator(".error-summary:focus", { hasText: "Kreuzen Sie einen Treffer an" }).waitFor();
  assert.equal(await page.getByLabel("Betreff").inputValue(), "Danach");
  await accessible(page);
  await page.getByLabel("Kontakt, Firma oder Deal suchen").fill(name.slice(0, 5));
  await page.locator("#picker-list input").first().check();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await page.locator(".flash", { hasText: "Die Aktivität ist angelegt." }).waitFor();
  await heading(page, "Start");
  await page.close();
});

/** The surname of a contact there is. */
async function firstContact(page: Page): Promise<string> {
  const other = await page.context().newPage();
  await other.goto(`${product.url}/contacts`);
  const name = await other.locator("tbody .row-link").first().innerText();
  await other.close();
  return name.split(",")[0]!;
}

Deno.test("the calendar is walked by month, week and agenda, on a desk and on a phone", async () => {
  const page = await product.openSignedIn("/activities/calendar");
  await heading(page, "Kalender");
  await accessible(page);
  await page.getByRole("link", { name: "Weiter", exact: true }).click();
  await page.getByRole("link", { name: "Heute", exact: true }).click();
  for (const view of ["Woche", "Agenda", "Monat"]) {
    await page.getByRole("navigation", { name: "Ansicht" }).getByRole("link", { name: view })
      .click();
    await page.locator(`.tabs [aria-current]`, { hasText: view }).waitFor();
    await accessible(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  for (const view of ["month", "week", "agenda"]) {
    await page.goto(`${product.url}/activities/calendar?view=${view}&owner=all`);
    const overflow = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
    assert.ok(overflow <= 0, view);
    await accessible(page);
  }
  await page.close();
});

Deno.test("keys lead through the calendar, and complete what is in its agenda", async () => {
  const page = await product.openSignedIn("/activities/new");
  for (const subject of ["Mit Tasten eins", "Mit Tasten zwei"]) {
    await page.goto(`${product.url}/activities/new`);
    await page.getByRole("button", { name: "heute", exact: true }).click();
    await page.getByLabel("Betreff").fill(subject);
    await page.getByLabel("Betreff").press("Enter");
    await heading(page, subject);
  }
  const focused = () => page.evaluate(() => document.querySelector("a:focus")?.textContent ?? "");
  const walk = async (to: string) => {
    for (let steps = 0; steps < 50 && !(await focused()).includes(to); steps++) {
      await page.keyboard.press("j");
    }
    assert.ok((await focused()).includes(to), `${to} is reached by j`);
  };
  await page.goto(`${product.url}/activities/calendar?view=week`);
  await walk("Mit Tasten eins");
  await page.goto(`${product.url}/activities/calendar?view=agenda`);
  await walk("Mit Tasten eins");
  await page.keyboard.press("d");
  await page.locator(".agenda .entry-done", { hasText: "Mit Tasten eins" }).waitFor();
  await walk("Mit Tasten zwei");
  await page.close();
});

Deno.test("at this work no browser complained", () => {
  assert.deepEqual(product.complaints, []);
});

Deno.test("one date of a series is left out, moved and restored with keys alone, and by phone", async () => {
  const page = await product.openSignedIn("/activities/new");
  await page.getByLabel("Betreff").fill("Wochenrunde");
  await page.locator('[name="dueDay"]').fill("2031-03-03");
  await page.locator("details", { has: page.locator('[name="repeatCycle"]') }).locator("summary")
    .first().click();
  await page.locator('[name="repeatCycle"]').selectOption("week");
  await page.keyboard.press("Control+s");
  await heading(page, "Wochenrunde");
  const panel = page.locator("#series");
  await accessible(page);
  await panel.getByLabel("Termin").focus();
  await page.keyboard.press("ArrowDown");
  const skip = panel.getByRole("button", { name: "Auslassen" });
  await skip.press("Enter");
  await panel.getByText("Mo., 10.03.2031 ausgelassen").waitFor();
  await panel.getByLabel("Termin").selectOption("2031-03-17");
  await panel.getByLabel("Neuer Tag").fill("2031-03-19");
  await page.keyboard.press("Enter");
  await panel.getByText("Mo., 17.03.2031 verschoben auf Mi., 19.03.2031").waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await accessible(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await panel.getByRole("button", { name: "Mo., 10.03.2031 wieder aufnehmen" }).click();
  await page.locator(".flash", { hasText: "steht wieder in der Serie" }).waitFor();
  await page.setViewportSize({ width: 1280, height: 740 });
});
