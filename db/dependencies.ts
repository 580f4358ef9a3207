/** The program's dependencies, each with its release date. */
import releases from "./dependencies/releases.json" with { type: "json" };

/** Exact version and release date, by package name. */
export const list: Readonly<Record<string, readonly [version: string, released: string]>> =
  releases as never;

/** If packages are kept up to date, at least one in use is newer than this. */
const renewal = { days: 180 };

/**
 * The age of the oldest and the newest package; passes if the newest is at most half a year old.
 */
export function look(
  day: string,
  packages = list,
): { passed: boolean; values: Record<string, string | number> } {
  const days = Object.values(packages).map(([, released]) => released).sort();
  const [oldest = "", newest = ""] = [days[0], days.at(-1)];
  const until = newest && Temporal.PlainDate.from(newest).add(renewal).toString();
  return { passed: until >= day, values: { count: days.length, oldest, newest } };
}
