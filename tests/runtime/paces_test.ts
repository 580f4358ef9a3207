/** Restarts of processes are paced, however often somebody names another mail server. */
import { equal, ok } from "node:assert/strict";
import { Pace } from "../../jobs/paces.ts";

Deno.test("a burst is free, then one goes each minute, and rest gives the burst back", () => {
  let at = 1_000_000;
  const pace = new Pace({ burst: 3, everyMs: 60_000, clock: () => at });
  for (let n = 0; n < 3; n++) {
    equal(pace.wait(), 0);
    pace.note();
  }
  equal(pace.wait(), 60_000);
  at += 59_999;
  equal(pace.wait(), 1);
  at += 1;
  equal(pace.wait(), 0);
  pace.note();
  equal(pace.wait(), 60_000);
  // An hour of somebody who asks every second brings about sixty, and the burst no more.
  let done = 0;
  for (let second = 0; second < 3_600; second++) {
    at += 1_000;
    if (pace.wait() > 0) continue;
    pace.note();
    done++;
  }
  equal(done, 60);
  at += 600_000;
  for (let n = 0; n < 3; n++) {
    equal(pace.wait(), 0);
    pace.note();
  }
  ok(pace.wait() > 0);
});
