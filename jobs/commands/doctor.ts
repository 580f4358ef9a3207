/** `crm doctor`: examines the installation and says how to fix any faults. */
import type { Config } from "../../db/config.ts";
import { openDatabase } from "../../db/embedded.ts";
import { pendingOf, readMigrations } from "../../db/migrate.ts";
import { openPool } from "../../db/pool.ts";
import { type Command, inDatabase, parse } from "../command.ts";
import { examine, examineClosed, examineOlder } from "../diagnoses.ts";
import type { Diagnosis } from "../diagnosis.ts";

const marks = { ok: "ok   ", warn: "warn ", fault: "FAULT" };

export const doctor: Command = {
  summary: "Check the installation, and say how to fix what is wrong",
  help: `Usage: deno task crm doctor [--json]

Checks, from this machine: settings, folder permissions, disk, clock, database and its replica,
keys, ledger, what machines share, mail server, the public address, backups, queue and open hosts.
Each line says what was found, with what to do below it. The service may keep running.

  --json   one line of JSON: [{"subject", "state": "ok" | "warn" | "fault", "found", "mend"}]

Exit codes: 0 no fault, 1 a fault, 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values } = parse(args, { json: { type: "boolean" } });
    try {
      const found = await look(config);
      print(found, values.json);
      return found.some(({ state }) => state === "fault") ? 1 : 0;
    } catch (error) {
      print(await examineClosed(config, error as Error), values.json);
      throw error;
    }
  },
};

/**
 * Examines without changing anything: an older version's database is reported and left as it is.
 */
async function look(config: Config): Promise<Diagnosis[]> {
  const { adminUrl, close } = await openDatabase(config);
  const owner = openPool(adminUrl, { max: 1, name: "kompaktcrm doctor" });
  try {
    const waiting = await pendingOf(owner, await readMigrations());
    return waiting === null || waiting.length > 0
      ? await examineOlder(owner, config, waiting)
      : await inDatabase(config, ({ owner }) => examine(owner, config));
  } finally {
    await owner.end({ timeout: 1 });
    await close();
  }
}

function print(all: Diagnosis[], json = false): void {
  if (json) return console.log(JSON.stringify(all));
  for (const { subject, state, found, mend } of all) {
    console.log(`${marks[state]} ${subject.padEnd(12)}${found}`);
    if (mend) console.log(`      → ${mend}`);
  }
}
