/** Every fault there is, and the table of what came of them. */
import { databases } from "./databases.ts";
import { disks } from "./disks.ts";
import type { Fault, Outcome, Tested } from "./fault.ts";
import { kills } from "./kills.ts";
import { mails } from "./mails.ts";

export const faults: readonly Fault[] = [...kills, ...databases, ...mails, ...disks];

/** Those that tests make elsewhere: their outcome is what the test asserts. */
export const tested: readonly Tested[] = [
  {
    name: "killed at each step of a person's erasure",
    file: "tests/erasures_test.ts",
    filter: "an erasure killed at its start",
    outcome: { lost: "done once, reported once", saw: "it takes longer" },
  },
  {
    name: "killed at each step of a tenant's erasure",
    file: "tests/tenant_erasures_test.ts",
    filter: "killed at every step",
    outcome: { lost: "nothing of the tenant is left", saw: "nothing" },
  },
  {
    name: "disk full for backup, logs and archives",
    file: "tests/full_disk_test.ts",
    filter: "disk is full",
    outcome: { lost: "nothing, nothing half", saw: "the reason, at contract and measures" },
  },
  {
    name: "two supervisors on one database",
    file: "tests/runtime/machines_test.ts",
    filter: "two machines",
    outcome: { lost: "each tick of the timetable has one effect", saw: "one service" },
  },
  {
    name: "nights in which the clocks change",
    file: "tests/jobs_test.ts",
    filter: "clocks change",
    outcome: { lost: "each job of the timetable runs once", saw: "nothing" },
  },
];

/** A row of the table. */
export interface Row extends Outcome {
  name: string;
}

/** The table as it is in README.md. */
export function table(rows: readonly Row[]): string {
  const cells = [["fault", "lost", "seen"], ...rows.map((row) => [row.name, row.lost, row.saw])];
  const widths = [0, 1, 2].map((at) => Math.max(...cells.map((row) => row[at]!.length)));
  const lines = cells.map((row) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(" | ")} |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}
