/** The packages that the program is made of, with the day on which each was released. */
import releases from "./dependencies/releases.json" with { type: "json" };

/** Exact version and day of release, by the package's name. */
export const list: Readonly<Record<string, readonly [version: string, released: string]>> =
  releases as never;

/** Whoever keeps packages up to date has one in use that is not older. */
const renewal = { days: 180 };

/** How old they are: the oldest, the newest; whether they were renewed within half a year. */
export function look(
  day: string,
  packages = list,
): { passed: boolean; values: Record<string, string | number> } {
  const days = Object.values(packages).map(([, released]) => released).sort();
  const [oldest = "", newest = ""] = [days[0], days.at(-1)];
  const until = newest && Temporal.PlainDate.from(newest).add(renewal).toString();
  return { passed: until >= day, values: { count: days.length, oldest, newest } };
}
