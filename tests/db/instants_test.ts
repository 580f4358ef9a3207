/** An instant is written as the engine itself writes it. */
import { equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { writeInstant } from "../../db/instants.ts";

Deno.test("an instant is written as toISOString writes it", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      equal(writeInstant(date), date.toISOString());
    }),
    { numRuns: 2_000 },
  );
  throws(() => writeInstant(new Date(NaN)), RangeError);
});
