/** `deno task faults`: makes every fault on a product of its own, and prints what came of each. */
import { parseArgs } from "node:util";
import { NotHere } from "./fault.ts";
import { Installation } from "./installation.ts";
import { faults, type Row, table, tested } from "./table.ts";

const { values: args } = parseArgs({
  args: Deno.args,
  options: { only: { type: "string", default: "" }, help: { type: "boolean", default: false } },
});
if (args.help) {
  console.log("deno task faults [--only WORDS]: those whose name has these words");
  Deno.exit(0);
}

const rows: Row[] = [];
let failed = 0;

async function note(name: string, run: () => Promise<Omit<Row, "name">>): Promise<void> {
  if (!name.includes(args.only)) return;
  try {
    rows.push({ name, ...await run() });
    console.log(`ok      ${name}`);
  } catch (error) {
    const skipped = error instanceof NotHere;
    if (!skipped) failed++;
    const { message } = error as Error;
    console.log(`${skipped ? "SKIPPED" : "FAILED"} ${name}: ${skipped ? message : error}`);
    rows.push({ name, lost: skipped ? "not made here" : "FAILED", saw: skipped ? message : "" });
  }
}

{
  await using service = await Installation.open();
  for (const fault of faults) await note(fault.name, () => fault.run(service));
}
for (const { name, file, filter, outcome } of tested) {
  await note(name, async () => {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["test", "-A", "--no-remote", "--no-check", "--unstable-net", "--permit-no-files"],
        ...[`--filter=${filter}`, file],
      ],
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stdout);
    if (!success || !/[1-9]\d* passed/.test(said)) throw new Error(said.slice(-2_000));
    return outcome;
  });
}
console.log(`\n${table(rows)}`);
Deno.exit(failed > 0 ? 1 : 0);
