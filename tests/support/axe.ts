/** What axe finds on a page. Its program is loaded once per page load, however often it is run. */

/// <reference lib="dom" />

import { AxeBuilder } from "@axe-core/playwright";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const require = createRequire(import.meta.resolve("@axe-core/playwright"));
const source = Deno.readTextFileSync(require.resolve("axe-core/axe.min.js"));

/** What axe reports, by all rules or these alone: the rule and the first offending element. */
export async function violations(
  page: Page,
  ...rules: string[]
): Promise<{ id: string; html: string }[]> {
  for (const frame of page.frames()) {
    if (!await frame.evaluate(() => "axe" in globalThis)) await frame.evaluate(source);
  }
  // No frame here has another origin, so no further tab is needed to combine the findings.
  const axe = new AxeBuilder({ page, axeSource: "0" }).options({ resultTypes: ["violations"] })
    .setLegacyMode();
  const found = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return found.violations.map(({ id, nodes }) => ({ id, html: nodes[0]?.html ?? "" }));
}
