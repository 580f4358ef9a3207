/** Signs of life between a child and the supervisor. */
import { deepEqual, equal } from "node:assert/strict";
import { pause } from "../../db/clock.ts";
import { beat, follow, pulseMark } from "../../jobs/pulses.ts";
import { eventually } from "./service.ts";

Deno.test("a child that gives no sign is reported once", async () => {
  let reports = 0;
  const pulse = follow(() => void reports++, { lookMs: 5, atStart: 3 });
  await eventually(() => reports > 0);
  await pause(50);
  equal(reports, 1);
  pulse.end();
});

Deno.test("a child that starts has longer, and any sign resets the count of missed ones", () => {
  const looks: (() => void)[] = [];
  const { setInterval } = globalThis;
  globalThis.setInterval =
    ((look: () => void) => (looks.push(look), -1)) as unknown as typeof setInterval;
  let reports = 0;
  const pulse = follow(() => void reports++, { missed: 3, atStart: 9 });
  globalThis.setInterval = setInterval;
  const look = () => looks[0]!();
  for (let n = 0; n < 8; n++) look();
  equal(reports, 0);
  pulse.heard();
  for (let n = 0; n < 5; n++) {
    look();
    look();
    pulse.heard();
  }
  equal(reports, 0);
  look();
  look();
  equal(reports, 0);
  look();
  equal(reports, 1);
});

Deno.test("nobody waits for a child that is gone", async () => {
  let reports = 0;
  follow(() => void reports++, { lookMs: 5, atStart: 3 }).end();
  await pause(50);
  equal(reports, 0);
});

Deno.test("a process beats until it is stopped, each time on a line of its own", () => {
  const stop = new AbortController();
  const said: string[] = [];
  const beats: (() => void)[] = [];
  const { setInterval } = globalThis;
  const { writeSync } = Deno.stderr;
  globalThis.setInterval =
    ((tick: () => void) => (beats.push(tick), -1)) as unknown as typeof setInterval;
  Deno.stderr.writeSync = (bytes) => said.push(new TextDecoder().decode(bytes)) && bytes.length;
  try {
    beat(stop.signal);
    beats[0]!();
  } finally {
    Deno.stderr.writeSync = writeSync;
    globalThis.setInterval = setInterval;
  }
  deepEqual(said, [`${pulseMark}\n`, `${pulseMark}\n`]);
});
