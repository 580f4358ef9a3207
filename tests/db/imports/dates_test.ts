/** Birthdays in many spellings, and the order a column of dates agrees on. */

import { deepEqual, equal } from "node:assert/strict";
import { birthday, DateCount, DecimalCount } from "../../../db/imports/dates.ts";
import { importAll, sourceOf } from "./sources.ts";

Deno.test("a birthday is read in every usual spelling", () => {
  const spellings: [string, "dmy" | "mdy" | null, string | null][] = [
    ["1970-12-24", null, "1970-12-24"],
    ["1970-12-24T00:00:00Z", null, "1970-12-24"],
    ["19701224", null, "1970-12-24"],
    ["24.12.1970", null, "1970-12-24"],
    ["1.2.70", "dmy", "1970-02-01"],
    ["1/2/1970", "mdy", "1970-01-02"],
    ["01.02.15", null, "2015-02-01"],
    ["24. Dezember 1970", null, "1970-12-24"],
    ["3. März 1980", null, "1980-03-03"],
    ["March 3, 1980", null, "1980-03-03"],
    ["--0203", null, "--02-03"],
    ["--02-29", null, "--02-29"],
    ["24.12.", null, "--12-24"],
    ["1604-05-06", null, "--05-06"],
    ["29221", null, "1980-01-01"],
    ["1-Mar-1980", null, "1980-03-01"],
    ["01-Mär-80", null, "1980-03-01"],
    ["1. Mrz. 1980", null, "1980-03-01"],
    ["Sa, 01.03.1980", null, "1980-03-01"],
    ["Samstag, 1. März 1980", null, "1980-03-01"],
    ["Saturday, March 1, 1980", null, "1980-03-01"],
    ["01 03 1980", null, "1980-03-01"],
    ["01.03.1980, 10:30", null, "1980-03-01"],
    ["3.4.29", null, "1929-04-03"],
    ["", null, ""],
    ["0001-01-01T00:00:00", null, ""],
    ["30.12.1899", null, ""],
    ["31.12.2199", null, null],
    ["01.03.1066", null, null],
    ["00.00.0000", null, ""],
    ["0/0/00", null, ""],
    ["31.02.1980", null, null],
    ["29.02.1981", null, null],
    ["unbekannt", null, null],
    ["1980-05-16T22:00:00.000Z", null, "1980-05-17"],
    ["1980-05-17T00:00:00Z", null, "1980-05-17"],
    ["1980-05-17 04:00:00+0000", null, "1980-05-17"],
    ["1980-05-16T22:00:00", null, "1980-05-16"],
    ["1604-05-17T00:00:00Z", null, "--05-17"],
    ["1980-02-31T00:00:00Z", null, null],
  ];
  for (const [text, order, expected] of spellings) equal(birthday(text, order), expected, text);
});

Deno.test("the order of a column of dates is determined from all of its rows", () => {
  const decide = (cells: string[], locale: "de" | "en" = "de") => {
    const count = new DateCount();
    cells.forEach((cell) => count.take(cell));
    return count.decide(locale);
  };
  deepEqual(decide(["1/2/1980", "13/2/1980"]), { order: "dmy", certain: true });
  deepEqual(decide(["1/2/1980", "2/13/1980"]), { order: "mdy", certain: true });
  deepEqual(decide(["1.2.1980", "3.4.1980"]), { order: "dmy", certain: true });
  deepEqual(decide(["1/2/1980", "3/4/1980"]), { order: "dmy", certain: false });
  deepEqual(decide(["1/2/1980"], "en"), { order: "mdy", certain: false });
  deepEqual(decide(["13/2/1980", "2/13/1980"]), { order: "dmy", certain: false });
  deepEqual(decide(["1980-02-13"]), { order: "ymd", certain: true });
});

Deno.test("the decimal sign of a column of numbers is determined from its cells", () => {
  const decide = (...cells: string[]) => {
    const count = new DecimalCount();
    cells.forEach((cell) => count.take(cell));
    return [count.decide("de").choice, count.decide("de").certain];
  };
  deepEqual(decide("1.234,56", "7,5"), ["comma", true]);
  deepEqual(decide("1,234.56"), ["point", true]);
  deepEqual(decide("1.234"), ["comma", false]);
});

Deno.test("an open question about dates comes with samples, and the answer is used", async () => {
  const content = "Vorname;Nachname;Geburtstag\nMax;Muster;03/04/1980\nEva;Beispiel;05/06/1981\n";
  const { inspection, records } = await importAll(sourceOf(content));
  deepEqual(inspection.decisions, [{
    column: 2,
    name: "Geburtstag",
    used: true,
    kind: "date",
    choice: "dmy",
    certain: false,
    samples: ["03/04/1980", "05/06/1981"],
  }]);
  equal(records[0]?.contact?.birthday, "1980-04-03");
  inspection.plan.columns[2]!.dates = "mdy";
  const { read } = await import("../../../db/imports/files.ts");
  const [again] = await Array.fromAsync(read(sourceOf(content), inspection.plan));
  equal(again?.contact?.birthday, "1980-03-04");
});
