/** The growth table: the same asked of stocks of several sizes, and how much longer it takes. */
import { measure } from "./run.ts";
import { type Options, tenantsFor } from "./options.ts";
import type { Report } from "./report.ts";

/** What a page may take more with the largest stock than with the smallest. */
const mostGrowth = 1.5;

const rows = ["list", "search", "record", "create", "command", "erasure"];

/** A line of the table: milliseconds in each stock. */
export interface Line {
  name: string;
  times: number[];
  /** Held to `mostGrowth`: what somebody waits for before the screen. */
  page: boolean;
}

/** Measures each stock in a product of its own and prints the table; whether a row had errors. */
export async function compare(options: Options): Promise<boolean> {
  const reports: Report[] = [];
  for (const contacts of options.growth) {
    console.log(`\n${contacts.toLocaleString("en")} contacts`);
    const tenants = tenantsFor(contacts);
    const wanted = { ...options, contacts, tenants, erasure: contacts, rows: options.rows ?? rows };
    reports.push(await measure(wanted));
  }
  console.log(`\n${growth(options.growth, linesOf(reports))}`);
  if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(reports, null, 2));
  return reports.some(({ results }) => results.some(({ errors }) => errors > 0));
}

/**
 * Medians of pages, and p95 of the worst search; of imports and erasures the time for each thousand
 * contacts, for with ten times as many they may take ten times as long.
 */
export function linesOf(reports: readonly Report[]): Line[] {
  const page = (name: string, of: (report: Report) => number) => ({
    name,
    times: reports.map(of),
    page: true,
  });
  const row = (name: string) => page(name, ({ results }) => median(results, name));
  const thousand = (name: string, start: string) => ({
    name,
    page: false,
    times: reports.map(({ measures, contacts }) => {
      const found = measures.find((measure) => measure.name.startsWith(start));
      return (found?.value ?? NaN) * 1_000_000 / contacts;
    }),
  });
  const searches = (of: "p50" | "p95") => ({ results }: Report) =>
    Math.max(...results.filter(({ row }) => row.startsWith("search:")).map((each) => each[of]));
  return [
    row("contact list"),
    page("slowest search", searches("p50")),
    page("slowest search, p95", searches("p95")),
    row("record page"),
    row("create a contact"),
    thousand("crm import, for each 1,000", "crm import of"),
    thousand("erasing a tenant, for each 1,000", "erasure: "),
  ].filter(({ times }) => times.every(Number.isFinite));
}

const median = (results: Report["results"], name: string): number =>
  results.find(({ row }) => row === name)?.p50 ?? NaN;

/** The lines as text, with the factor from the smallest stock to the largest. */
export function growth(sizes: readonly number[], lines: readonly Line[]): string {
  const cells = (first: string, rest: string[]) =>
    first.padEnd(36) + rest.map((text) => text.padStart(12)).join("");
  const head = cells("milliseconds", [...sizes.map((size) => size.toLocaleString("en")), "factor"]);
  return [
    head,
    ...lines.map(({ name, times, page }) => {
      const factor = times.at(-1)! / times[0]!;
      const over = page && factor > mostGrowth ? " !" : "";
      return cells(name, [...times.map((time) => time.toFixed(1)), factor.toFixed(2)]) + over;
    }),
    `!: a page that takes over ${mostGrowth} times as long`,
  ].join("\n");
}
