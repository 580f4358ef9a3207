/**
 * The personal-data map of what the database knows about log files: their periods, runs and
 * extracts.
 */
import { type Defaults, table } from "./columns.ts";

const ownState: Defaults = {
  subject: "none",
  purpose: "security",
  basis: "f",
  role: "controller",
  retention: "machine",
  erasure: "overwritten",
};

export const logs = {
  /** A fingerprint of the secret, which reveals nothing about it. */
  "public.installation_secrets": table(ownState, { technical: "only_row fingerprint" }),

  "public.ledger_heads": table(ownState, { technical: "only_row seq hash" }),
  "public.log_periods": table(ownState, {
    technical: "only_row addresses access app audit jobs mail",
  }),
  "public.log_runs": table({ ...ownState, retention: "log", erasure: "job:rotate_logs" }, {
    technical: "id at packed shortened removed looked whole control",
  }),
  "public.log_freezes": table({
    ...ownState,
    subject: "provider",
    retention: "proof",
    erasure: "job:remove_stale",
  }, {
    reference: "id created_by",
    content: "reason",
    technical: "from_on to_on until_on status line_count sha256 created_at removed_at",
  }),
};
