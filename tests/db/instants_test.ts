/** Instants that are read from PostgreSQL's texts are those that `Date` reads. */
import { equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { parseInstant, writeInstant } from "../../db/instants.ts";
import { database } from "../support/db.ts";

Deno.test("a timestamp in UTC is read as Date reads it, whatever its fraction", () => {
  const fraction = fc.stringMatching(/^(\.\d{1,5}[1-9])?$/);
  const instant = fc.date({
    min: new Date("0100-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(instant, fraction, (date, digits) => {
    const text = `${date.toISOString().slice(0, 19).replace("T", " ")}${digits}+00`;
    equal(parseInstant(text).getTime(), new Date(text).getTime(), text);
  }));
});

Deno.test("what is no timestamp of this age in UTC is left to Date", () => {
  for (
    const text of [
      "2026-11-27 05:30:00.1+01",
      "2026-11-27 05:30:00",
      "2026-11-27",
      "0044-03-15 12:00:00+00",
      "10000-01-01 00:00:00+00",
      "2026-11-27 05:30:00+05:30",
    ]
  ) equal(parseInstant(text).getTime(), new Date(text).getTime(), text);
  equal(Number.isNaN(parseInstant("infinity").getTime()), true);
});

Deno.test("an instant comes back from the database to the millisecond", async () => {
  const { app } = await database();
  for (const at of ["2026-11-27T05:30:00.120Z", "1969-07-20T20:17:40.007Z"]) {
    const [row] = await app<[{ at: Date }]>`select ${new Date(at)}::timestamptz as at`;
    equal(row.at.toISOString(), at);
  }
});

Deno.test("an instant is written as toISOString writes it", () => {
  fc.assert(fc.property(fc.date({ noInvalidDate: true }), (date) => {
    equal(writeInstant(date), date.toISOString());
  }));
  throws(() => writeInstant(new Date(NaN)), RangeError);
});
