/** What only a browser can show of the design: axe, width, contrast, htmx and life without script. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { Button } from "../../views/ui/button.tsx";
import { TextField } from "../../views/ui/field.tsx";
import { Form } from "../../views/ui/form.tsx";
import { viewOf } from "../views/gallery.tsx";
import { galleryPaths, serveGallery } from "../views/gallery_server.tsx";

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

interface Gallery {
  browser: Browser;
  origin: string;
  /** A fresh page; what the browser complains of or fetches elsewhere ends up in `complaints`. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  complaints: string[];
}

let browser: Browser;
Deno.test.beforeAll(async () => {
  browser = await openBrowser();
});
Deno.test.afterAll(async () => {
  await browser.close();
});

/** One browser for all; each test has a gallery of its own and only fresh profiles. */
async function withGallery(work: (gallery: Gallery) => Promise<void>) {
  const server = serveGallery();
  const complaints: string[] = [];
  const open = async (path: string, options: BrowserContextOptions = desk) => {
    const context = await browser.newContext({ locale: "de-DE", ...options });
    context.setDefaultTimeout(8_000);
    const page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.origin)) complaints.push(`foreign: ${request.url()}`);
    });
    await page.goto(server.origin + path);
    return page;
  };
  try {
    await work({ browser, origin: server.origin, open, complaints });
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await server.close();
  }
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.id || element?.className || element?.tagName.toLowerCase();
  });

Deno.test("every piece passes axe and fits, light and dark, phone and desk", async () => {
  await withGallery(async ({ open, complaints }) => {
    for (const size of [phone, desk]) {
      for (const path of galleryPaths) {
        const where = `${path} ${size.viewport?.width}`;
        const page = await open(path, { ...size, colorScheme: "light" });
        const menu = page.locator(".top summary");
        if (await menu.count()) await menu.click();
        assert.deepEqual(await violations(page), [], `${where} light`);
        await page.emulateMedia({ colorScheme: "dark" });
        assert.deepEqual(await violations(page, "color-contrast"), [], `${where} dark`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= size.viewport!.width, `${where} is ${width} px wide`);
        const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
        assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], `${where} ids`);
        assert.equal(await page.locator("h1").count(), 1, `${where} h1`);
        await page.context().close();
      }
    }
    assert.deepEqual(complaints, []);
  });
});

Deno.test("the check finds a picture without text and a pale text, on every page", async () => {
  await withGallery(async ({ open }) => {
    const page = await open("/login");
    await page.evaluate(() => {
      const pale = document.createElement("p");
      pale.textContent = "blass";
      pale.style.color = "#bbb";
      document.querySelector("main")!.append(new Image(), pale);
    });
    const seen = async (...rules: string[]) =>
      (await violations(page, ...rules)).map(({ id }) => id).sort();
    assert.deepEqual(await seen(), ["color-contrast", "image-alt"]);
    assert.deepEqual(await seen("color-contrast"), ["color-contrast"]);
  });
});

Deno.test("cells of a list that stay whole on a desk are wrapped on a phone", async () => {
  await withGallery(async ({ open }) => {
    const page = await open("/contacts", phone);
    const wraps = await page.evaluate(() => {
      const cell = document.querySelector("table.data tbody td:not(.tick)")!;
      cell.className = "whole";
      return getComputedStyle(cell).whiteSpace;
    });
    assert.equal(wraps, "normal");
  });
});

Deno.test("controls are at least 40 px high for fingers", async () => {
  await withGallery(async ({ open }) => {
    for (const path of ["/contacts", "/contacts/new", "/login"]) {
      const page = await open(path, phone);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll(
          "main :is(.button, input, select, label.choice), .sections a",
        )]
          .filter((control) => control.checkVisibility() && control.clientWidth > 2)
          .map((control) => {
            const box = (control.closest("label") ?? control).getBoundingClientRect();
            return { html: control.outerHTML.slice(0, 90), height: Math.round(box.height) };
          })
          .filter(({ height }) => height < 39)
      );
      assert.deepEqual(small, [], path);
    }
  });
});

Deno.test("a link in a line is at least 24 px high for fingers, and moves no line", async () => {
  await withGallery(async ({ open }) => {
    const [finger, mouse] = [await open("/contacts", phone), await open("/contacts", desk)];
    const measured = (page: typeof finger) =>
      page.evaluate(() => {
        const main = document.querySelector("main")!;
        main.innerHTML = '<p id="one">Siehe</p><p id="two"><a href="/x">Alle Aktivitäten</a></p>';
        const [one, two] = [...main.children].map((each) => each.getBoundingClientRect().height);
        return { line: two! - one!, link: main.querySelector("a")!.getBoundingClientRect().height };
      });
    const [small, large] = [await measured(finger), await measured(mouse)];
    assert.deepEqual([small.line, large.line], [0, 0]);
    assert.ok(small.link >= 24, `${small.link}`);
    assert.ok(large.link < 24, `${large.link}`);
  });
});

Deno.test("a button is beside its field, with a fault and without", async () => {
  await withGallery(async ({ open }) => {
    const view = viewOf({ asset: (name) => name, path: "/contacts" });
    for (const errors of [{}, { name: "required" }] as Record<string, string>[]) {
      const html = String(
        <Form view={view} form={{ values: {}, errors }}>
          <div class="inline-form" id="tried">
            <TextField view={view} form={{ values: {}, errors }} name="name" label="Name" />
            <Button view={view} label="Anlegen" />
          </div>
        </Form>,
      );
      for (const size of [phone, desk]) {
        const page = await open("/login", size);
        const [control, button] = await page.evaluate((html) => {
          document.querySelector("main")!.innerHTML = html;
          return ["input[name=name]", ".button"].map((each) => {
            const { top, height } = document.querySelector(`#tried ${each}`)!
              .getBoundingClientRect();
            return top + height / 2;
          });
        }, html);
        assert.ok(Math.abs(control! - button!) <= 1, `${control} and ${button}`);
      }
    }
  });
});

Deno.test("a boosted link renews page, title, address and focus; Back comes back", async () => {
  await withGallery(async ({ open, origin, complaints }) => {
    const page = await open("/contacts");
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await page.mouse.wheel(0, 900);
    await page.locator(".row-link").nth(45).click();
    await page.waitForURL("**/contacts/c45");
    await page.locator("h1", { hasText: "von der Heide" }).waitFor();
    assert.equal(await page.title(), "Dr. Sabine von der Heide – kompaktCRM");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.equal(await page.evaluate(() => "sameDocument" in globalThis), true);
    await page.goBack();
    await page.locator("h1", { hasText: "Kontakte" }).waitFor();
    assert.equal(page.url(), `${origin}/contacts`);
    assert.equal(await page.title(), "Kontakte – kompaktCRM");
    await page.waitForFunction(() => scrollY > 300);
    assert.deepEqual(complaints, []);
  });
});

Deno.test("a refused form keeps its address and puts the focus on the summary", async () => {
  await withGallery(async ({ open, origin }) => {
    const page = await open("/contacts/new");
    const entries = await page.evaluate(() => history.length);
    await page.getByLabel("Vorname").fill("Çağla");
    const refused = page.waitForResponse((response) => response.status() === 422);
    await page.getByRole("button", { name: "Speichern" }).click();
    await refused;
    await page.waitForFunction(() => document.activeElement?.className === "error-summary");
    assert.equal(await page.getByLabel("Vorname").inputValue(), "Çağla");
    assert.equal(page.url(), `${origin}/contacts/new`);
    assert.equal(await page.evaluate(() => history.length), entries);
    await page.getByRole("link", { name: /^Nachname:/ }).click();
    assert.equal(await focused(page), "f-last");
    await page.getByLabel("Nachname").fill("Röder");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/contacts/c0");
    assert.match(await page.locator(".flash-ok").innerText(), /Gespeichert/);
  });
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  Deno.test(`rows are added and removed ${how} script`, async () => {
    await withGallery(async ({ open }) => {
      const page = await open("/contacts/new", { ...desk, javaScriptEnabled });
      const rows = page.locator("#rows-emails .field-row");
      await page.getByLabel("Adresse").nth(1).fill("zweite@firma.example");
      await page.getByRole("button", { name: "Weitere E-Mail" }).click();
      await page.locator("#f-emails-2-address").waitFor();
      assert.equal(await rows.count(), 3);
      await page.locator("#f-emails-2-address:focus").waitFor();
      await page.getByRole("button", { name: "E-Mail entfernen (1)" }).click();
      await page.locator("#f-emails-2-address").waitFor({ state: "detached" });
      // Between two pages there are no rows at all.
      await rows.nth(1).waitFor();
      assert.equal(await rows.count(), 2);
      assert.equal(
        await page.getByLabel("Adresse").first().inputValue(),
        "zweite@firma.example",
      );
    });
  });
}

Deno.test("choosing a filter renews the list in place and keeps the address true", async () => {
  await withGallery(async ({ open, origin }) => {
    const page = await open("/contacts");
    await page.getByLabel("Status", { exact: true }).selectOption("Lead");
    await page.waitForURL("**/contacts?**status=Lead**");
    assert.ok(page.url().startsWith(`${origin}/contacts?`));
    await page.getByLabel("Name, Firma, Ort …").pressSequentially("rö", { delay: 20 });
    await page.waitForURL("**text=r%C3%B6**");
    assert.equal(await focused(page), "filter-text");
  });
});

Deno.test("ticks, the tick for all and a click on a row work together", async () => {
  await withGallery(async ({ open }) => {
    const page = await open("/contacts");
    const ticks = page.locator("tbody .tick input");
    await ticks.nth(2).click();
    await ticks.nth(5).click({ modifiers: ["Shift"] });
    assert.equal(await page.locator("tbody .tick input:checked").count(), 4);
    const all = page.locator("[data-select-all]");
    assert.equal(await all.evaluate((box: HTMLInputElement) => box.indeterminate), true);
    await all.check();
    assert.equal(await page.locator("tbody .tick input:checked").count(), 50);
    await page.locator("tbody tr").nth(3).locator("td").nth(5).click();
    await page.waitForURL("**/contacts/c3");
  });
});

Deno.test("a server error is shown on the page, and the page stays", async () => {
  await withGallery(async ({ open, origin }) => {
    const page = await open("/contacts/c0");
    await page.getByRole("button", { name: "Rückgängig" }).click();
    await page.getByText("Der Fehler liegt bei uns").waitFor();
    assert.equal(await page.locator("h1").innerText(), "Dr. Sabine von der Heide");
    assert.equal(page.url(), `${origin}/contacts/c0`);
  });
});

Deno.test("menus open without script and close by Escape with it", async () => {
  await withGallery(async ({ open }) => {
    const plain = await open("/contacts", { ...phone, javaScriptEnabled: false });
    await plain.locator(".top summary").click();
    assert.ok(await plain.getByRole("button", { name: "Abmelden" }).isVisible());
    const page = await open("/contacts");
    await page.locator(".top summary").click();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("button", { name: "Abmelden" }).isVisible(), false);
  });
});

Deno.test("the chosen colours win over those of the device", async () => {
  await withGallery(async ({ open }) => {
    const background = (page: Page) =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await open("/contacts?theme=dark", { ...desk, colorScheme: "light" });
    const light = await open("/contacts?theme=light", { ...desk, colorScheme: "dark" });
    assert.equal(await background(dark), "rgb(20, 24, 29)");
    assert.equal(await background(light), "rgb(255, 255, 255)");
  });
});

Deno.test("the first load of a page stays under 60 KB, compressed", async () => {
  await withGallery(async ({ browser, origin }) => {
    for (const path of galleryPaths) {
      const page = await (await browser.newContext()).newPage();
      const sizes: Promise<{ responseBodySize: number; responseHeadersSize: number }>[] = [];
      page.on("requestfinished", (request) => sizes.push(request.sizes()));
      await page.goto(origin + path, { waitUntil: "networkidle" });
      const bytes = (await Promise.all(sizes))
        .reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0);
      assert.ok(bytes > 15_000, `${path}: ${bytes} bytes cannot be all`);
      assert.ok(bytes <= 60_000, `${path}: ${bytes} bytes`);
      await page.context().close();
    }
  });
});
