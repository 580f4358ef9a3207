/**
 * Settings that could make a statement of the policy untrue: their bounds, and the clause that sets
 * them.
 */
import type { ClauseNumber } from "./policies/clauses.ts";

/** The countries of the European Economic Area. */
export const eea: readonly string[] = (
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
).split(" ");

interface Bound {
  clause: ClauseNumber;
  /** Whether the policy remains true with this value. */
  holds: (value: string) => boolean;
  /** What is allowed, as the parameters of the message. */
  allowed: Record<string, string>;
}

const days = (least: number, most: number) => ({
  holds: (value: string) =>
    /^\d{1,4}$/.test(value) && Number(value) >= least && Number(value) <= most,
  allowed: { least: String(least), most: String(most) },
});

/** Every such setting. A value out of bounds is refused, citing the clause's number. */
export const bounds = {
  /** Days in the trash before a record is erased. */
  trash_days: { clause: "5.1", ...days(1, 30) },
  /** Days between the announcement of a material change and its effect. */
  notice_days: { clause: "8.2", ...days(14, 365) },
  /** Days that full addresses stay in the access log. */
  log_address_days: { clause: "3.1", ...days(2, 7) },
  /** Days that the access log is kept. */
  log_access_days: { clause: "3.1", ...days(7, 90) },
  /** Days that the program's own log is kept. */
  log_app_days: { clause: "5.1", ...days(7, 90) },
  /** Days that log lines about sign-ins and operators' actions, jobs, and mails are kept. */
  log_audit_days: { clause: "5.1", ...days(30, 365) },
  log_jobs_days: { clause: "5.1", ...days(7, 30) },
  log_mail_days: { clause: "5.1", ...days(7, 30) },
  /** Days that a log extract may be kept for an incident. */
  freeze_days: { clause: "3.1", ...days(1, 90) },
  /** A tenant's retention periods, in months, and its days to decide. */
  retention_prospect: { clause: "5.1", ...days(1, 36) },
  retention_lost_deal: { clause: "5.1", ...days(1, 36) },
  retention_applicant: { clause: "5.1", ...days(1, 6) },
  retention_claim: { clause: "5.1", ...days(12, 36) },
  retention_history: { clause: "5.1", ...days(3, 12) },
  retention_confirm_days: { clause: "5.1", ...days(0, 90) },
  /** Whether operators must use a second factor; only checked in production. */
  operator_factors: { clause: "7.1", holds: (value) => value === "on", allowed: {} },
  /** The country of a store. */
  store_country: { clause: "4.1", holds: (value) => eea.includes(value), allowed: {} },
  /** Where a processor works or has its seat. */
  processor_country: { clause: "4.3", holds: (value) => eea.includes(value), allowed: {} },
} as const satisfies Record<string, Bound>;

export type BoundName = keyof typeof bounds;

/** Null, or the refusal's code, which names the clause and what it allows. */
export function assertWithin(name: BoundName, value: string): string | null {
  const { clause, holds, allowed }: Bound = bounds[name];
  if (holds(value)) return null;
  return `bounds.${name}?${new URLSearchParams({ clause, ...allowed })}`;
}
