/** The scan for duplicates over the whole stock: how long it takes, and how much memory at most. */
import assert from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import type { Service } from "../runtime/service.ts";
import { post } from "./product.ts";
import type { Measure } from "./report.ts";
import { watched } from "./transfers.ts";

/** Asks for a look and waits for its end. */
export async function scanDuplicates(
  service: Service,
  headers: Record<string, string>,
  contacts: number,
): Promise<Measure[]> {
  const { seconds, peak } = await watched(service, async () => {
    await post(service, "/duplicates/scans", {}, headers);
    const found = await ended(service, headers);
    assert.ok(found.includes("pair-"), "something is found");
  });
  const size = contacts.toLocaleString("en");
  return [
    { name: `duplicates among ${size} contacts, and their companies`, value: seconds, unit: "s" },
    { name: "largest process meanwhile", value: peak, unit: "MB" },
  ];
}

/** The list once no look is running. */
async function ended(service: Service, headers: Record<string, string>): Promise<string> {
  for (const from = elapsed(); elapsed() - from < 600_000;) {
    const page = await (await fetch(`${service.url}/duplicates`, { headers })).text();
    if (!page.includes('data-hx-trigger="every 2s"')) return page;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error("the look does not come to an end");
}
