/** `crm doctor`: looks at the installation and says how to mend what is wrong. */
import { type Command, inDatabase, parse } from "../command.ts";
import { type Diagnosis, examine, examineClosed } from "../diagnoses.ts";

const marks = { ok: "ok   ", warn: "warn ", fault: "FAULT" };

export const doctor: Command = {
  summary: "Look at the installation, and say how to mend what is wrong",
  help: `Usage: deno task crm doctor [--json]

Looks, from this machine, at settings, permissions of folders, disk, clock, database and its copy,
keys, ledger, what machines share, mail server, what is seen at the public address, backups, queue and open hosts. Each line
says what was found; below it stands what to do. The service may run.

  --json   one line of JSON: [{"subject", "state": "ok" | "warn" | "fault", "found", "mend"}]

Exit codes: 0 no fault, 1 a fault, 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values } = parse(args, { json: { type: "boolean" } });
    try {
      const found = await inDatabase(config, ({ owner }) => examine(owner, config));
      tell(found, values.json);
      return found.some(({ state }) => state === "fault") ? 1 : 0;
    } catch (error) {
      tell(await examineClosed(config, error as Error), values.json);
      throw error;
    }
  },
};

function tell(all: Diagnosis[], json = false): void {
  if (json) return console.log(JSON.stringify(all));
  for (const { subject, state, found, mend } of all) {
    console.log(`${marks[state]} ${subject.padEnd(12)}${found}`);
    if (mend) console.log(`      → ${mend}`);
  }
}
