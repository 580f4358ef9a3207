/**
 * `deno task bench`: starts the product as in production, fills it, loads it row by row and prints
 * what it managed. Stops all it started, whatever happens.
 */
import { help, optionsOf } from "./options.ts";

const options = optionsOf(Deno.args);
if (options === null) {
  console.log(help);
  Deno.exit(0);
}
if (options.junk !== undefined) {
  const { junk } = await import("./junk.ts");
  Deno.exit(await junk(options.junk) > 0 ? 1 : 0);
}
const failed = options.growth.length > 0
  ? await (await import("./growth.ts")).compare(options)
  : await one(options);
Deno.exit(failed ? 1 : 0);

/** Measures one stock and prints its table; whether a row had errors. */
async function one(wanted: NonNullable<typeof options>): Promise<boolean> {
  const { measure } = await import("./run.ts");
  const { table } = await import("./report.ts");
  const report = await measure(wanted);
  console.log(`\n${table(report)}`);
  if (wanted.json) await Deno.writeTextFile(wanted.json, JSON.stringify(report, null, 2));
  return report.results.some((result) => result.errors > 0);
}
