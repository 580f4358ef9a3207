/** How dates, numbers, money and telephone numbers are written. */
import { equal } from "node:assert/strict";
import { formatter } from "../../views/format.ts";
import { fixedNow } from "./gallery.tsx";

const german = formatter("de", fixedNow);
const english = formatter("en", fixedNow);

/** Intl writes narrow and hard spaces; eyes cannot distinguish them. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

Deno.test("a calendar day stays the same day in every time zone", () => {
  for (const timeZone of ["Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin"]) {
    equal(formatter("de", fixedNow, { timeZone }).date("1990-05-06"), "06.05.1990");
  }
});

Deno.test("a day begins and ends at midnight of the place, beside moments of the same hour", () => {
  const { date, day } = german;
  for (const [last, first] of [["21:59:59", "22:00:00"], ["21:46:00", "22:14:59"]]) {
    equal(date(new Date(`2026-06-30T${last}Z`)), "30.06.2026");
    equal(date(new Date(`2026-06-30T${first}Z`)), "01.07.2026");
    equal(day(new Date(`2026-06-30T${last}Z`)), "2026-06-30");
    equal(day(new Date(`2026-06-30T${first}Z`)), "2026-07-01");
  }
});

Deno.test("an instant shows the clock of the place", () => {
  equal(german.dateTime("2026-11-23T23:30:00Z"), "24.11.2026, 00:30");
  equal(german.date(fixedNow), "23.11.2026");
  equal(english.dateTime(fixedNow), "23/11/2026, 10:30");
});

Deno.test("numbers and money follow the language, cents the currency", () => {
  equal(german.number(1234567.5), "1.234.567,5");
  equal(plain(german.money(123450)), "1.234,50 €");
  equal(plain(german.money(-5n)), "-0,05 €");
  equal(plain(german.money(500, "JPY")), "500 ¥");
  equal(english.money(123450), "€1,234.50");
  equal(german.bytes(12_345_678), "12,3 MB");
  equal(german.bytes(0), "0 B");
});

Deno.test("telephone numbers are national at home and international abroad", () => {
  equal(german.phone("+493012345678"), "030 12345678");
  equal(german.phone("+33123456789"), "+33 1 23 45 67 89");
  equal(formatter("de", fixedNow, { country: "AT" }).phone("+493012345678"), "+49 30 12345678");
  equal(german.phone("intern 12"), "intern 12");
});

Deno.test("distances from now are shown in the unit that fits", () => {
  const ago = (seconds: number) => german.relative(new Date(fixedNow.getTime() - seconds * 1000));
  equal(ago(5), "jetzt");
  equal(ago(125), "vor 2 Minuten");
  equal(ago(86_400), "gestern");
  equal(ago(-3 * 3600), "in 3 Stunden");
  equal(ago(3 * 365 * 86_400), "vor 3 Jahren");
});

Deno.test("a day ago is told by the calendar, and months and years are only counted", () => {
  const at = (now: string, then: string) => formatter("de", new Date(now)).relative(new Date(then));
  equal(at("2026-11-25T22:00:00Z", "2026-11-24T09:00:00Z"), "gestern", "37 hours before");
  equal(at("2026-11-25T07:00:00Z", "2026-11-23T21:00:00Z"), "vorgestern", "34 hours before");
  equal(at("2026-11-25T22:00:00Z", "2026-11-27T08:00:00Z"), "übermorgen");
  equal(at("2026-04-10T08:00:00Z", "2026-02-25T08:00:00Z"), "vor 1 Monat", "in February");
  equal(at("2027-01-20T08:00:00Z", "2025-11-20T08:00:00Z"), "vor 1 Jahr", "in 2025");
  equal(at("2026-11-25T08:00:00Z", "2026-11-15T08:00:00Z"), "vor 1 Woche");
});
