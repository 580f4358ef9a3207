/** How often a run reports its progress: often enough to be watched, seldom enough to stay fast. */
import assert from "node:assert/strict";
import { pauseAfter } from "../../../db/imports/progresses.ts";

/** When a run of so many milliseconds would report. */
function reports(taken: number): number[] {
  const all = [];
  for (let at = pauseAfter(0); at < taken; at += pauseAfter(at)) all.push(at);
  return all;
}

Deno.test("a run reports every second at first, and not two hundred times in ten hours", () => {
  assert.deepEqual(reports(6_000), [1_000, 2_000, 3_000, 4_000, 5_000]);
  assert(reports(60_000).length < 50);
  assert(reports(36_000_000).length < 200);
});

Deno.test("no report is later than a twentieth of what was waited for", () => {
  const all = reports(36_000_000);
  for (const [n, at] of all.entries()) {
    const before = all[n - 1] ?? 0;
    assert(at - before <= Math.max(1_000, before / 20) + 1);
  }
});
