/** What must hold on every page: found by following the links, so that a new page cannot hide. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import { HtmlValidate } from "html-validate";
import type { BrowserContext, Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { shapeOf, shapesFile, visit } from "../support/pictures.ts";
import { desk, phone, type Product, startProduct } from "../support/server.ts";

const most = 60_000;
const publicPages = ["/login", "/passwords/new", "/imprint", "/privacy"];

/** A desk of 1280 px whose owner reads at twice the size. */
const enlarged = { width: 640, height: 400 };

/** As many pages at once as keep two cores busy while each comes to rest. */
const tabs = 3;

/** Everything that is wrong with the pages of a profile, page by page. */
async function faults(product: Product, context: BrowserContext, starts: string[]) {
  const { pages, broken } = await reachable(product, context, starts);
  const found = broken;
  const storageState = await context.storageState();
  const left = [...pages];
  const work = async () => {
    // One profile for many pages, but nothing it has loaded for one is there for the next.
    const page = await product.page({ ...phone, storageState });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [path, html] = next;
      await page.setViewportSize(phone.viewport!);
      await page.emulateMedia({ colorScheme: "light" });
      const bytes = await weigh(page, product.url + path);
      const all = [
        ...(bytes > most ? [`${bytes} bytes at the first load`] : []),
        ...(bytes < 15_000 ? [`${bytes} bytes cannot be all`] : []),
        ...await frame(page),
        ...await access(page),
        ...await marks(html),
      ];
      await page.setViewportSize(enlarged);
      all.push(...await frame(page));
      await page.setViewportSize(desk.viewport!);
      await page.emulateMedia({ colorScheme: "dark" });
      all.push(
        ...await frame(page),
        ...await access(page, "color-contrast"),
      );
      found.push(...all.map((what) => `${path}: ${what}`));
    }
    await page.context().close();
  };
  await Promise.all(Array.from({ length: tabs }, work));
  return { paths: pages.map(([path]) => path), found };
}

/**
 * Pages that links lead to, one of each kind: ids and queries are not followed twice, and where many
 * addresses lead to one page, as a visitor's to the log-in, that page is one.
 */
async function reachable(product: Product, context: BrowserContext, starts: string[]) {
  const reader = await context.newPage();
  const kinds = new Set<string>();
  const pages: [path: string, html: string][] = [];
  const broken: string[] = [];
  const queue = [...starts];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const kind = kindOf(path);
    if (kinds.has(kind)) continue;
    const answer = await context.request.get(product.url + path);
    if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
    kinds.add(kind);
    if (answer.status() !== 200) {
      broken.push(`${path}: ${answer.status()}`);
      continue;
    }
    const shown = kindOf(new URL(answer.url()).pathname);
    if (shown !== kind && kinds.has(shown)) continue;
    kinds.add(shown);
    const html = await answer.text();
    pages.push([path, html]);
    queue.push(...await links(reader, html, answer.url()));
  }
  await reader.close();
  return { pages, broken };
}

const kindOf = (path: string) => path.split("?")[0]!.replace(/[0-9a-f-]{36}/g, ":id");

/** Where the links of a page lead within the product; parsed by the browser, but not loaded again. */
function links(reader: Page, html: string, address: string): Promise<string[]> {
  return reader.evaluate(([html, address]) => {
    const parsed = new DOMParser().parseFromString(html!, "text/html");
    return [...parsed.querySelectorAll("a[href]:not([download])")]
      .map((link) => new URL(link.getAttribute("href")!, address))
      .filter(({ origin }) => origin === new URL(address!).origin)
      .map(({ pathname, search }) => pathname + search);
  }, [html, address]);
}

/** Bytes over the wire until the page is at rest. */
async function weigh(page: Page, url: string): Promise<number> {
  const sizes: Promise<{ responseBodySize: number; responseHeadersSize: number }>[] = [];
  page.on("requestfinished", (request) => sizes.push(request.sizes()));
  await page.goto(url, { waitUntil: "networkidle" });
  page.removeAllListeners("requestfinished");
  return (await Promise.all(sizes))
    .reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0);
}

/** No wider than the window, one h1, a title. */
async function frame(page: Page): Promise<string[]> {
  // Not innerWidth: on a phone that grows with the page.
  const room = page.viewportSize()!.width;
  const { width, headings, title } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    headings: document.querySelectorAll("h1").length,
    title: document.title,
  }));
  return [
    ...(width > room ? [`${width} px wide in ${room}`] : []),
    ...(headings === 1 ? [] : [`${headings} h1`]),
    ...(/^.+ – kompaktCRM$/.test(title) ? [] : [`title “${title}”`]),
  ];
}

async function access(page: Page, ...rules: string[]): Promise<string[]> {
  return (await violations(page, ...rules)).map(({ id, html }) => `axe ${id}: ${html}`);
}

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Bytes: the renderer writes neither; both are valid.
    "doctype-style": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    "no-implicit-button-type": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
  },
});

async function marks(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector}`)
  );
}

Deno.test("every page is accessible, valid, narrow, light and loads nothing from elsewhere", async () => {
  await using product = await startProduct();
  const fresh = await product.open("/");
  const setup = new URL(product.setupLink).pathname;
  const first = await faults(product, fresh.context(), [setup]);
  await product.setUp({ samples: true });
  const visitor = await product.open("/login");
  const outside = await faults(product, visitor.context(), publicPages);
  const admin = await product.openSignedIn("/contacts");
  const inside = await faults(product, admin.context(), ["/contacts"]);

  assert.deepEqual([...first.found, ...outside.found, ...inside.found], []);
  assert.deepEqual(product.complaints, []);
  const shapes: Record<string, string[]> = JSON.parse(await Deno.readTextFile(shapesFile));
  const shown: Record<string, string[]> = {};
  await visit(product, "de", async (topic, page) => {
    shown[topic] = await shapeOf(page);
  });
  assert.deepEqual(shown, shapes, "a page of the help's pictures changed: deno task pictures");
  for (const wanted of ["/settings", "/account", "/imports", "/companies", "/trash"]) {
    assert.ok(inside.paths.includes(wanted), `${wanted} is reached from /contacts`);
  }
});
