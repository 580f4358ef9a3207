/** Memory that only a start needed is given back once. */
import { equal, ok } from "node:assert/strict";
import { pause } from "../db/clock.ts";
import { tidyOnce } from "../jobs/heaps.ts";
import { eventually } from "./runtime/service.ts";

/** Counts collections, in a process whose heap grows by what `growth` says at each look. */
function counting(growth: () => number) {
  const { memoryUsage } = Deno;
  const here = globalThis as { gc?: unknown };
  const found = { looks: 0, collections: 0 };
  let heapUsed = 50_000_000;
  Deno.memoryUsage = () => {
    found.looks++;
    return { rss: 0, heapTotal: 0, external: 0, heapUsed: heapUsed += growth() };
  };
  here.gc = () => found.collections++;
  return {
    found,
    [Symbol.dispose]() {
      Deno.memoryUsage = memoryUsage;
      delete here.gc;
    },
  };
}

Deno.test("a process collects once, when it has become idle", async () => {
  let busy = true;
  using process = counting(() => busy ? 2_000_000 : 10_000);
  const stop = new AbortController();
  tidyOnce(stop.signal, { lookMs: 2 });
  await eventually(() => process.found.looks > 4);
  equal(process.found.collections, 0);
  busy = false;
  await eventually(() => process.found.collections > 0);
  const { looks } = process.found;
  await pause(30);
  equal(process.found.collections, 1);
  ok(process.found.looks === looks, "and looks no more");
});

Deno.test("a process that is told to stop collects nothing", async () => {
  using process = counting(() => 0);
  const stop = new AbortController();
  tidyOnce(stop.signal, { lookMs: 5 });
  stop.abort();
  await pause(30);
  equal(process.found.collections, 0);
});
