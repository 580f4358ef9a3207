/** The clock that deadlines are rehearsed with. */

import { equal, match, ok, throws } from "node:assert/strict";
import { elapsed, now, pause, setOffset, today } from "../../db/clock.ts";

const dayMs = 86_400_000;

Deno.test("an offset moves the clock by that much, and taking it away sets it right", () => {
  const before = now().getTime();
  try {
    setOffset("P31D");
    const moved = now().getTime() - before;
    ok(moved >= 31 * dayMs && moved < 31 * dayMs + 60_000, `${moved} ms`);
    setOffset("-PT2H");
    ok(now().getTime() < before - 7_000_000);
    throws(() => setOffset("tomorrow"), RangeError);
  } finally {
    setOffset(undefined);
  }
  ok(Math.abs(now().getTime() - before) < 60_000);
});

Deno.test("today is the day in the zone that is asked for", () => {
  match(today(), /^\d{4}-\d\d-\d\d$/);
  equal(today("UTC"), now().toISOString().slice(0, 10));
  const [east, west] = [today("Pacific/Kiritimati"), today("Pacific/Niue")];
  ok(east > west, `${east} on Kiritimati is a day ahead of ${west} on Niue`);
});

Deno.test("a pause ends when its signal aborts, and leaves nothing on it", async () => {
  const stop = new AbortController();
  let [added, removed] = [0, 0];
  const { addEventListener, removeEventListener } = stop.signal;
  stop.signal.addEventListener = (...all: Parameters<typeof addEventListener>) => {
    added++;
    addEventListener.apply(stop.signal, all);
  };
  stop.signal.removeEventListener = (...all: Parameters<typeof removeEventListener>) => {
    removed++;
    removeEventListener.apply(stop.signal, all);
  };
  for (let turn = 0; turn < 3; turn++) await pause(1, stop.signal);
  equal(added, 3);
  equal(removed, 3);
  const from = elapsed();
  setTimeout(() => stop.abort(), 10);
  await pause(60_000, stop.signal);
  await pause(60_000, stop.signal);
  ok(elapsed() - from < 10_000);
});
