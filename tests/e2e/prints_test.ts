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
