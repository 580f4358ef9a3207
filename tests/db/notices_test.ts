/** When a person has to be informed, by article. */
import { assertEquals } from "deno-std/assert/mod.js";
import fc from "fast-check";
import { dayOf } from "../../db/local_times.ts";
import { dueOn } from "../../db/notices.ts";

Deno.test("Art. 13(1) GDPR: data from the person, informed at collection", () => {
  assertEquals(dueOn("from_person", "2026-03-15"), "2026-03-15");
});

Deno.test("Art. 14(3)(a) GDPR: data from elsewhere, informed within one month", () => {
  assertEquals(dueOn("elsewhere", "2026-03-15"), "2026-04-15");
  assertEquals(dueOn("elsewhere", "2026-12-31"), "2027-01-31");
});

Deno.test("Art. 3(2)(c) of Regulation 1182/71: without such a day the month's last day counts", () => {
  assertEquals(dueOn("elsewhere", "2026-01-31"), "2026-02-28");
  assertEquals(dueOn("elsewhere", "2028-01-31"), "2028-02-29");
  assertEquals(dueOn("elsewhere", "2026-05-31"), "2026-06-30");
});

Deno.test("a month is never longer than 31 days nor shorter than 28", () => {
  const start = Temporal.PlainDate.from("2024-01-01");
  fc.assert(
    fc.property(fc.nat(5000), (days) => {
      const day = start.add({ days });
      const due = Temporal.PlainDate.from(dueOn("elsewhere", day.toString()));
      const { days: between } = day.until(due, { largestUnit: "days" });
      return between >= 28 && between <= 31;
    }),
  );
});

Deno.test("the day of an instant is the one in Berlin", () => {
  assertEquals(dayOf(new Date("2026-06-30T22:30:00Z")), "2026-07-01");
  assertEquals(dayOf(new Date("2026-12-31T22:30:00Z")), "2026-12-31");
  assertEquals(dayOf(new Date("2026-12-31T23:30:00Z")), "2027-01-01");
});
