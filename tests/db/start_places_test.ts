/** Places in what others did, as an address carries them: only those that PostgreSQL can read. */
import { equal } from "node:assert/strict";
import { newId } from "../../db/ids.ts";
import { isPlace, none } from "../../db/start_places.ts";

const place = (at: string, entry = newId(), record = newId()) => `${at}_${entry}_${record}`;

Deno.test("a place is a time, an entry and a record, and nothing else", () => {
  const at = "2026-11-29T14:00:00.123456Z";
  equal(isPlace(place(at)), true);
  equal(isPlace(place(at, newId(), none)), true);
  for (const text of ["", at, place(at, "x"), place(at, newId(), "y"), `${place(at)}_z`]) {
    equal(isPlace(text), false, text);
  }
});

Deno.test("a day that no calendar has, or a year that PostgreSQL has not, is no place", () => {
  for (const day of ["2026-02-30", "2026-13-01", "0000-01-01"]) {
    equal(isPlace(place(`${day}T00:00:00.000000Z`)), false, day);
  }
  for (const day of ["0001-01-01", "9999-12-31"]) {
    equal(isPlace(place(`${day}T00:00:00.000000Z`)), true, day);
  }
});
