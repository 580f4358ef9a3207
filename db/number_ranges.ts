/**
 * Document numbers without gaps: a series' row is locked from the moment a number is taken until
 * the transaction that uses it ends, and a rollback returns the number.
 */
import * as changes from "./changes.ts";
import { Invalid } from "./errors.ts";
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";

/** `{JJJJ}` or `{YYYY}`, `{JJ}` or `{YY}`, `{MM}`; and, once, `{N}` to `{NNNNNNNN}`. */
const dateParts = /\{(JJJJ|YYYY|JJ|YY|MM)\}/g;
const counter = /\{(N{1,8})\}/g;

/** Whether a format contains exactly one running number and nothing unknown. */
export const isFormat = (format: string): boolean =>
  (format.match(counter) ?? []).length === 1 &&
  !/[{}]/.test(format.replaceAll(counter, "").replaceAll(dateParts, ""));

/** The format with the letters of a language; both are accepted, and both mean the same series. */
export const inLetters = (format: string, locale: "de" | "en"): string =>
  format.replace(
    dateParts,
    (part) => locale === "de" ? part.replaceAll("Y", "J") : part.replaceAll("J", "Y"),
  );

/** The number that a format gives for a day and a running number. */
function written(format: string, day: string, running: number): string {
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

const seriesOf = (format: string, day: string): string => dated(format, day).replace(counter, "#");

/** The next running number of a format's series. */
export async function next({ sql, tenantId, now }: Scope, format: string): Promise<number> {
  const [row] = await sql<{ last: number }[]>`
    select last
    from number_ranges
    where tenant_id = ${tenantId}
      and series = ${seriesOf(format, dayOf(now))}
  `;
  return (row?.last ?? 0) + 1;
}

/**
 * Makes a format's series continue with a running number, for those who numbered elsewhere before.
 * Throws Invalid if the series is already past it: no number is given twice.
 */
export async function skipTo(scope: Scope, format: string, running: number): Promise<void> {
  const { sql, tenantId, now } = scope;
  if (running === await next(scope, format)) return;
  const rows = await sql`
    insert into number_ranges (tenant_id, series, last)
    values (${tenantId}, ${seriesOf(format, dayOf(now))}, ${Math.max(1, running - 1)})
    on conflict (tenant_id, series) do update
    set last = excluded.last
    where number_ranges.last < excluded.last
    returning last
  `;
  if (rows.length === 0) {
    throw new Invalid(`offers.next_past?next=${await next(scope, format)}`, "nextNumber");
  }
  const fields = [{ name: "offer_nextNumber" }];
  await changes.record(scope, { kind: "tenant", id: tenantId, action: "updated", fields });
}

/**
 * The next number of a format; each value of its date part is a series of its own. `isTaken` says
 * whether another format has used it already.
 */
export async function take(
  { sql, tenantId, now }: Scope,
  format: string,
  isTaken: (number: string) => Promise<boolean>,
): Promise<string> {
  const day = dayOf(now);
  const series = seriesOf(format, day);
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
