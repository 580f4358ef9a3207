/**
 * Public holidays by country and German state (Land), from a maintained library that is loaded on
 * first use.
 */
import type Holidays from "date-holidays";

/** Where a controller is based; the state by its code, empty if unknown or outside Germany. */
export interface Place {
  country: string;
  land: string;
}

/** Names of holidays by day (`YYYY-MM-DD`). */
export type HolidayNames = ReadonlyMap<string, string>;

/** Years covered by one answer: a deadline of three months and a long pause end within them. */
const years = 3;
const known = new Map<string, HolidayNames>();
const most = 500;

/**
 * The public holidays of a place from a year on, named in a language. Holidays of single
 * municipalities (Augsburg, Catholic places in Bavaria) are left out: a deadline must not end too
 * late.
 */
export async function holidaysFrom(
  year: number,
  { country, land }: Place,
  language: "de" | "en" = "de",
): Promise<HolidayNames> {
  const key = `${country} ${land} ${year} ${language}`;
  const found = known.get(key);
  if (found) return found;
  const { default: Library } = await import("date-holidays");
  const library: Holidays = new Library();
  const part = country === "DE" && land !== "" ? land : undefined;
  // Without other types of days, which would take two thirds of the time.
  library.init(country, part, undefined, { types: ["public"] });
  const names = new Map<string, string>();
  for (let each = year; each < year + years; each++) {
    for (const { date, name, type } of library.getHolidays(each, language) || []) {
      if (type === "public") names.set(date.slice(0, 10), name);
    }
  }
  if (known.size >= most) known.clear();
  known.set(key, names);
  return names;
}
