/** An instant is written as the engine itself writes it. */
import { equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { database } from "../support/db.ts";
import { rewriteInstant, writeInstant } from "../../db/instants.ts";

Deno.test("an instant is written as toISOString writes it", () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      equal(writeInstant(date), date.toISOString());
    }),
    { numRuns: 2_000 },
  );
  throws(() => writeInstant(new Date(NaN)), RangeError);
});

Deno.test("an instant of PostgreSQL is written as toISOString writes it", async () => {
  const { owner } = await database();
  const instants = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(8e13) });
  await fc.assert(
    fc.asyncProperty(instants, fc.integer({ min: 0, max: 999 }), async (date, micro) => {
      for (const zone of ["UTC", "Asia/Kolkata"]) {
        const [row] = await owner.begin(async (sql) => {
          await sql`select set_config('timezone', ${zone}, true)`;
          return await sql<{ text: string }[]>`
            select (${date}::timestamptz + make_interval(secs => ${micro / 1e6}))::text as text
          `;
        });
        equal(rewriteInstant(row!.text), date.toISOString());
      }
    }),
    { numRuns: 200 },
  );
  throws(() => rewriteInstant("infinity"), RangeError);
});
