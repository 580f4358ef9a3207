/**
 * Numbers of papers, without a gap: the row of a series is held from the moment a number is taken
 * until the transaction that uses it ends, and a rollback gives the number back.
 */
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";

/** `{JJJJ}` or `{YYYY}`, `{JJ}` or `{YY}`, `{MM}`; and, once, `{N}` to `{NNNNNNNN}`. */
const dateParts = /\{(JJJJ|YYYY|JJ|YY|MM)\}/g;
const counter = /\{(N{1,8})\}/g;

/** Whether a format names exactly one running number and nothing unknown. */
export const isFormat = (format: string): boolean =>
  (format.match(counter) ?? []).length === 1 &&
  !/[{}]/.test(format.replaceAll(counter, "").replaceAll(dateParts, ""));

/** The format with the letters of a language; both are read, and both name the same series. */
export const inLetters = (format: string, locale: "de" | "en"): string =>
  format.replace(
    dateParts,
    (part) => locale === "de" ? part.replaceAll("Y", "J") : part.replaceAll("J", "Y"),
  );

/** The number that a format makes on a day of the running number. */
export function written(format: string, day: string, running: number): string {
  return dated(format, day).replace(
    counter,
    (_, digits: string) => String(running).padStart(digits.length, "0"),
  );
}

const dated = (format: string, day: string) =>
  format.replace(dateParts, (_, part: string) => {
    const [year = "", month = ""] = day.split("-");
    return part === "MM" ? month : part.length === 4 ? year : year.slice(2);
  });

/**
 * The next number of a format; each spelling of the date is a series of its own. `isTaken` says
 * whether another format has used it already.
 */
export async function take(
  { sql, tenantId, now }: Scope,
  format: string,
  isTaken: (number: string) => Promise<boolean>,
): Promise<string> {
  const day = dayOf(now);
  const series = dated(format, day).replace(counter, "#");
  for (;;) {
    const [row] = await sql<[{ last: number }]>`
      insert into number_ranges (tenant_id, series, last)
      values (${tenantId}, ${series}, 1)
      on conflict (tenant_id, series) do update
      set last = number_ranges.last + 1
      returning last
    `;
    const number = written(format, day, row.last);
    if (!await isTaken(number)) return number;
  }
}
