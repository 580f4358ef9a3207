/** The log files: how long they stay, what became of them, extracts for incidents. */
import type { Messages } from "../de.ts";

export const logs: Messages["logs"] = {
  access: "Access log, days",
  addresses: "Whole IP addresses, days",
  app: "Program log, days",
  created: "Asked for",
  found: "Found not shortened",
  freeze: "Keep an extract",
  freezes: "Extracts kept",
  freezes_empty: "No extract kept",
  freezes_hint:
    "For an incident, the logs of some days can be kept beyond their period: as a copy with a reason, a checksum and an end.",
  frozen: "The extract is being made.",
  from_on: "From",
  lines: "Lines",
  packed: "Packed",
  periods: "Periods",
  reason: "Reason",
  reason_hint: "Without names of persons",
  removed: "Removed",
  run_at: "Run",
  runs: "Last runs",
  runs_empty: "No run yet",
  saved: "The periods are saved and hold from the next run at night.",
  sha256: "Checksum (SHA-256)",
  shortened: "Shortened",
  status_kept: "kept",
  status_removed: "removed",
  status_wanted: "asked for",
  to_on: "To",
  until_on: "Keep until",
};
