/** The board in a browser: cards moved by mouse, finger, keys and buttons, and the order of stages. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
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

type Open = (path: string, options?: BrowserContextOptions) => Promise<Page>;

/** A test whose pages are closed at its end: each holds a stream of notifications open. */
function journey(name: string, work: (open: Open) => Promise<void>): void {
  Deno.test(name, async () => {
    const pages: Page[] = [];
    try {
      await work(async (path, options) => {
        const page = await product.openSignedIn(path, options);
        pages.push(page);
        return page;
      });
    } finally {
      for (const page of pages) await page.context().close();
    }
  });
}

/** A new deal in the first stage; afterwards the page shows the board. */
async function newDeal(page: Page, title: string): Promise<void> {
  await page.goto(`${product.url}/deals/new`);
  await page.getByLabel("Titel").fill(title);
  await page.getByLabel("Betrag").fill("1.500");
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await page.locator("h1", { hasText: title }).waitFor();
  await page.goto(`${product.url}/deals/board`);
}

const column = (page: Page, name: string): Locator =>
  page.locator(".column", { has: page.getByRole("heading", { name }) });

const card = (page: Page, title: string): Locator => page.locator(".card", { hasText: title });

/** Waits until the server has a card in a column, and a fresh page shows it there. */
async function settled(page: Page, title: string, stage: string): Promise<void> {
  await page.locator(".flash", { hasText: `Verschoben nach „${stage}“.` }).waitFor();
  await column(page, stage).locator(".card", { hasText: title }).waitFor();
  await page.reload();
  await column(page, stage).locator(".card", { hasText: title }).waitFor();
}

const middle = async (of: Locator) => {
  const box = (await of.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 60) };
};

journey(
  "a card is dragged by mouse, also by its title, and a click on it still opens the deal",
  async (open) => {
    const page = await open("/deals/board");
    await newDeal(page, "Mit der Maus");
    const from = await middle(card(page, "Mit der Maus").locator(".card-title"));
    const to = await middle(column(page, "Angebot"));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 20, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 8 });
    assert.equal(await column(page, "Angebot").evaluate((each) => each.className), "column over");
    await page.mouse.up();
    await settled(page, "Mit der Maus", "Angebot");
    assert.match(
      await column(page, "Angebot").locator("header").innerText(),
      /Angebot\s*1\s+1\.500/,
    );
    await card(page, "Mit der Maus").locator(".card-title").click();
    await page.locator("h1", { hasText: "Mit der Maus" }).waitFor();
  },
);

journey(
  "a card let go outside of the columns, or with Escape, is back where it was",
  async (open) => {
    const page = await open("/deals/board");
    await newDeal(page, "Bleibt hier");
    const from = await middle(card(page, "Bleibt hier"));
    for (const end of ["outside", "escape"]) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 300, from.y + 10, { steps: 5 });
      if (end === "escape") await page.keyboard.press("Escape");
      else await page.mouse.move(600, 20, { steps: 3 });
      await page.mouse.up();
      await column(page, "Anfrage").locator(".card", { hasText: "Bleibt hier" }).waitFor();
      assert.equal(await page.locator(".dragged, .dragging, .card-gap, .held").count(), 0, end);
    }
    await page.reload();
    await column(page, "Anfrage").locator(".card", { hasText: "Bleibt hier" }).waitFor();
  },
);

journey(
  "with keys a card is picked up, carried over columns and put down, each step said aloud",
  async (open) => {
    const page = await open("/deals/board");
    await newDeal(page, "Mit Tasten");
    const said = () => page.locator("#board-status").innerText();
    await page.keyboard.press("j");
    const at = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(at, await page.locator(".card-title").first().innerText());
    const grip = card(page, "Mit Tasten").locator(".grip");
    // From the title, where the steps lead to, as from the grip.
    await card(page, "Mit Tasten").locator(".card-title").focus();
    await page.keyboard.press("Space");
    assert.match(await said(), /^Mit Tasten aufgenommen\./);
    assert.equal(await grip.getAttribute("aria-pressed"), "true");
    await page.keyboard.press("ArrowRight");
    assert.equal(await said(), "Bedarf geklärt, Spalte 2 von 6");
    await page.keyboard.press("ArrowRight");
    assert.equal(await said(), "Angebot, Spalte 3 von 6");
    await page.keyboard.press("Escape");
    assert.match(await said(), /bleibt, wo er war/);
    await column(page, "Anfrage").locator(".card", { hasText: "Mit Tasten" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Space");
    await page.locator(".flash", { hasText: "Verschoben nach „Bedarf geklärt“." }).waitFor();
    // The same card has the focus still: the next step needs no looking for it.
    await page.waitForFunction(() =>
      document.activeElement?.closest(".card")?.textContent?.includes("Mit Tasten")
    );
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await settled(page, "Mit Tasten", "Angebot");
  },
);

journey("more cards come by a key, and the first of them has the focus", async (open) => {
  const page = await open("/deals/board");
  await newDeal(page, "Einer von vielen");
  await product.asOwner(async (owner) => {
    await owner`
      insert into deals (
        tenant_id, id, title, currency, pipeline_id, stage_id, status, stage_since, last_touch_at,
        created_at, updated_at
      )
      select d.tenant_id, uuidv7(), 'Stapel ' || n, d.currency, d.pipeline_id, d.stage_id, d.status,
        d.stage_since - interval '1 hour', d.last_touch_at, d.created_at, d.updated_at
      from deals d, generate_series(1, 30) n
      where d.title = 'Einer von vielen'
    `;
  });
  await page.goto(`${product.url}/deals/board`);
  const cards = column(page, "Anfrage").locator(".card");
  const before = await cards.count();
  await column(page, "Anfrage").locator(".more a").focus();
  await page.keyboard.press("Enter");
  await cards.nth(before).waitFor();
  await page.waitForFunction(
    (at) => document.activeElement?.closest(".card") === document.querySelectorAll(".card")[at],
    before,
  );
  await product.asOwner((owner) => owner`delete from deals where title like 'Stapel %'`);
});

journey("arrows lead from a card to the column beside, past empty ones", async (open) => {
  const page = await open("/deals/board");
  await newDeal(page, "Nachbar links");
  await card(page, "Nachbar links").locator(".card-title").focus();
  const stageOf = () =>
    page.evaluate(() => {
      const column = document.activeElement?.closest(".column");
      return [...document.querySelectorAll(".column")].indexOf(column!);
    });
  const filled = await page.locator(".column").evaluateAll((all) =>
    all.flatMap((each, at) => each.querySelector(".card") ? [at] : [])
  );
  assert.equal(await stageOf(), filled[0]);
  for (const at of filled.slice(1)) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await stageOf(), at);
  }
  await page.keyboard.press("ArrowRight");
  assert.equal(await stageOf(), filled.at(-1), "at the end it stays");
  for (const _ of filled) await page.keyboard.press("ArrowLeft");
  assert.equal(await stageOf(), filled[0]);
  const heading = page.getByRole("heading", { name: /^Anfrage \d+$/ });
  assert.equal(await heading.count(), 1, "name and number are two words");
});

journey("the undo of a move puts the card back where it was", async (open) => {
  const page = await open("/deals/board");
  await newDeal(page, "Hin und zurück");
  const entries = await page.evaluate(() => history.length);
  const grip = card(page, "Hin und zurück").locator(".grip");
  await grip.focus();
  for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
  await page.locator(".flash", { hasText: "Verschoben nach" }).waitFor();
  // A move is no new place in the history: Back leads off the board.
  assert.equal(await page.evaluate(() => history.length), entries);
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await page.locator(".flash", { hasText: "wieder da, wo er war" }).waitFor();
  await column(page, "Anfrage").locator(".card", { hasText: "Hin und zurück" }).waitFor();
});

journey(
  "of two people at one board the second gets a message, and sees the card where the first put it",
  async (open) => {
    const first = await open("/deals/board");
    await newDeal(first, "Zu zweit");
    const second = await open("/deals/board");
    const move = async (page: Page, steps: number) => {
      await card(page, "Zu zweit").locator(".grip").focus();
      await page.keyboard.press("Space");
      for (let n = 0; n < steps; n++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Space");
    };
    await move(first, 1);
    await first.locator(".flash", { hasText: "Verschoben nach" }).waitFor();
    await move(second, 3);
    await second.locator(".flash-error", {
      hasText: "„Zu zweit“ ist nicht verschoben: Henrike Lüttfeld war schneller.",
    }).waitFor();
    await column(second, "Bedarf geklärt").locator(".card", { hasText: "Zu zweit" }).waitFor();
    assert.equal(await card(second, "Zu zweit").count(), 1);
    assert.equal(new URL(second.url()).pathname, "/deals/board");
    await move(second, 1);
    await settled(second, "Zu zweit", "Angebot");
  },
);

journey(
  "a finger drags a card by its grip and scrolls the board with the rest of it",
  async (open) => {
    const page = await open("/deals/board", phone);
    await newDeal(page, "Mit dem Finger");
    const client = await page.context().newCDPSession(page);
    const touch = (type: string, at?: { x: number; y: number }) =>
      client.send("Input.dispatchTouchEvent", {
        type: type as "touchStart",
        touchPoints: at ? [at] : [],
      });
    const from = await middle(card(page, "Mit dem Finger").locator(".grip"));
    await touch("touchStart", from);
    for (let x = from.x; x < 350; x += 10) await touch("touchMove", { x, y: from.y });
    // At the edge the board moves on below the finger.
    await page.waitForFunction(() => document.querySelector(".board")!.scrollLeft > 150);
    await touch("touchEnd");
    await page.locator(".flash", { hasText: "Verschoben nach" }).waitFor();
    const left = column(page, "Anfrage").locator(".card", { hasText: "Mit dem Finger" });
    assert.equal(await left.count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
  },
);

journey(
  "a finger at the rim of the screen lets the card go in the last column seen",
  async (open) => {
    const page = await open("/deals/board", phone);
    await newDeal(page, "Bis zum Rand");
    const client = await page.context().newCDPSession(page);
    const touch = (type: string, at?: { x: number; y: number }) =>
      client.send("Input.dispatchTouchEvent", {
        type: type as "touchStart",
        touchPoints: at ? [at] : [],
      });
    const from = await middle(card(page, "Bis zum Rand").locator(".grip"));
    await touch("touchStart", from);
    for (let x = from.x; x < 359; x += 10) await touch("touchMove", { x, y: from.y });
    await touch("touchMove", { x: 358, y: from.y });
    await page.waitForFunction(() => document.querySelector(".board")!.scrollLeft > 150);
    await page.locator(".column.over").waitFor();
    await touch("touchEnd");
    await page.locator(".flash", { hasText: "Verschoben nach" }).waitFor();
  },
);

journey("a card let go between two columns is in one of them", async (open) => {
  const page = await open("/deals/board");
  await newDeal(page, "In die Lücke");
  const from = await middle(card(page, "In die Lücke"));
  const right = (await column(page, "Angebot").boundingBox())!;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 10, { steps: 3 });
  await page.mouse.move(right.x - 4, from.y, { steps: 8 });
  await page.mouse.up();
  await page.locator(".flash", { hasText: "Verschoben nach" }).waitFor();
});

journey("on a phone without script a card is moved by a select and a button", async (open) => {
  const options = { ...phone, javaScriptEnabled: false };
  const page = await open("/deals/board", options);
  await newDeal(page, "Ohne Skript");
  const mine = card(page, "Ohne Skript");
  assert.equal(await mine.locator(".grip").isVisible(), false);
  await mine.locator("summary").click();
  await mine.getByLabel("Stufe: Ohne Skript").selectOption({ label: "Verloren" });
  await mine.getByRole("button", { name: "Verschieben", exact: true }).click();
  await page.locator(".flash", { hasText: "Verschoben nach „Verloren“." }).waitFor();
  await column(page, "Verloren").locator(".card", { hasText: "Ohne Skript" }).waitFor();
  await page.getByLabel("„Ohne Skript“ ist verloren. Woran lag es?").selectOption("Preis");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.locator(".flash", { hasText: "Der Verlustgrund ist gespeichert." }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360);
});

journey("further cards of a column come in place by a press on its link", async (open) => {
  const page = await open("/deals/board");
  await product.fill({ contacts: 60, companies: 400 });
  await page.goto(`${product.url}/deals/board`);
  const long = page.locator(".column", { has: page.getByText("Weitere anzeigen") }).first();
  const cards = long.locator(".card");
  const name = await long.locator("h2").getAttribute("id");
  assert.equal(await cards.count(), 20);
  await long.getByRole("link", { name: "Weitere anzeigen" }).click();
  await page.locator(`[aria-labelledby="${name}"] .card`).nth(20).waitFor();
  const further = page.locator(`[aria-labelledby="${name}"] .card`).nth(20).locator(".grip");
  assert.equal(await further.isHidden(), false);
});

journey(
  "a stage moved by keys keeps the focus, so that it goes on by the next press",
  async (open) => {
    const page = await open("/settings/pipelines");
    await page.locator("tbody a").first().click();
    const later = page.getByRole("button", { name: /^Nach hinten: Bedarf geklärt/ });
    const names = () => page.locator("tbody th").allInnerTexts();
    await later.press("Enter");
    await page.waitForFunction(() =>
      document.querySelectorAll("tbody th")[2]?.textContent?.includes("Bedarf geklärt")
    );
    await page.locator("button:focus", { hasText: "Bedarf geklärt" }).waitFor();
    // It stands last of its kind: what is left is the way back.
    await page.keyboard.press("Enter");
    await page.locator("button:focus", { hasText: "Nach vorn: Bedarf geklärt" }).waitFor();
    assert.ok((await names())[3]!.includes("Bedarf geklärt"));
    for (const place of [2, 1]) {
      await page.keyboard.press("Enter");
      await page.waitForFunction(
        (at) => document.querySelectorAll("tbody th")[at]?.textContent?.includes("Bedarf geklärt"),
        place,
      );
      await page.locator("button:focus", { hasText: "Nach vorn: Bedarf geklärt" }).waitFor();
    }
  },
);

journey(
  "a deal lost by keys leads to the question why, and the answer back to the board",
  async (open) => {
    const page = await open("/deals/board");
    await newDeal(page, "Leider verloren");
    await card(page, "Leider verloren").locator(".grip").focus();
    await page.keyboard.press("Space");
    while (!(await column(page, "Verloren").getAttribute("class"))?.includes("over")) {
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("Space");
    const question = page.getByLabel("Woran lag es?");
    await question.waitFor();
    await page.waitForFunction(() => document.activeElement?.matches(".ask-reason select"));
    await question.selectOption({ index: 1 });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.matches("main h1"));
  },
);
