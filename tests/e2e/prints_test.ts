/** Lists on paper: an upright sheet holds all columns of the table, each within the sheet. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import { openTenant, type TestTenant } from "../support/tenants.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
  await product.fill({ contacts: 60, companies: 20 });
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

/** Pixels between the margins of an upright A4 sheet, with a little to spare. */
const sheet = 718;

for (const path of ["/contacts", "/companies", "/deals", "/activities"]) {
  Deno.test(`an upright sheet holds all columns of ${path}`, async () => {
    const page = await product.openSignedIn(path);
    await page.setViewportSize({ width: 1600, height: 900 });
    const headings = page.locator("table.data thead th:not(.tick):not(.priority-4)");
    const words = await headings.allInnerTexts();
    await page.setViewportSize({ width: sheet, height: 1000 });
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await headings.allInnerTexts(), words);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= sheet, `${width} px wide`);
    await page.context().close();
  });
}

Deno.test("a list is printed across the sheet, other pages upright", async () => {
  const page = await product.openSignedIn("/contacts");
  const across = async () => {
    const pdf = new TextDecoder("latin1").decode(await page.pdf({ preferCSSPageSize: true }));
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    return Number(width) > Number(height);
  };
  assert.equal(await across(), true);
  await page.goto(`${product.url}/reports`);
  assert.equal(await across(), false);
  await page.context().close();
});
