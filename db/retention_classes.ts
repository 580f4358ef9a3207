/** How long each kind of data may be kept: period, what starts it, and the rule behind it. */

import type { RetentionClass } from "./retention_rules.ts";

export type { RetentionClass, StartEvent } from "./retention_rules.ts";

/**
 * The classes, by name. Whatever belongs to a tenant ends 30 days after its contract at the latest,
 * whatever its own class says: clause 5.2 of the privacy policy.
 */
export const retentionClasses = {
  /** Who the provider is: kept until it is overwritten. */
  imprint: {
    period: "P0D",
    starts: "replaced",
    setBy: "law",
    source: "Art. 13(1)(a), (b) GDPR; DDG 5",
  },
  /** The customer company and everything in its tenant that has no shorter class. */
  tenant: {
    period: "P30D",
    starts: "contract_end",
    setBy: "law",
    source: "policy clause 5.2; Art. 28(3)(g) GDPR",
  },
  /** The provider's invoices to its customers. */
  invoice: {
    period: "P8Y",
    starts: "issued",
    toYearEnd: true,
    setBy: "law",
    source: "AO 147(3); UStG 14b(1); HGB 257(4)",
  },
  /** A person's log-in, once it no longer belongs to any tenant. */
  account: {
    period: "P30D",
    starts: "account_end",
    setBy: "provider",
    source: "Art. 17(1)(a) GDPR; policy clauses 5.1, 5.2",
  },
  /** Persons and companies: as long as the tenant's purpose lasts, then the days in the trash. */
  record: {
    period: "P7D",
    starts: "trashed",
    setBy: "tenant",
    source: "Art. 5(1)(e), 28(3)(a) GDPR: the tenant decides, 1 to 30 days in the trash",
  },
  /** Proof that consent was given. */
  consent: {
    period: "P3Y",
    starts: "consent_end",
    toYearEnd: true,
    setBy: "law",
    source: "Art. 7(1), 17(3)(e) GDPR; BGB 195, 199",
  },
  /** Hashes of addresses that must not be written to: needed while the objection lasts. */
  suppression: {
    period: "P30D",
    starts: "contract_end",
    setBy: "law",
    source: "Art. 21(3), 17(3)(b) GDPR; policy clause 5.2",
  },
  /** What a user opened last: ten records, each until a newer one replaces it. */
  visit: {
    period: "P0D",
    starts: "replaced",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR",
  },
  /** Who opened which person's record, by day only. */
  look: {
    period: "P12M",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(2), 15, 32(1) GDPR",
  },
  /** Who changed or exported what, by identifiers only. */
  history: {
    period: "P12M",
    starts: "written",
    setBy: "tenant",
    source: "Art. 5(2), 32(1) GDPR; policy clause 7.1: the tenant decides, 3 to 12 months",
  },
  /** That a program's request was already carried out: digests only. */
  api_request: {
    period: "P1D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR",
  },
  /** Calls to a tenant's webhooks: ids and the outcome. */
  webhook_delivery: {
    period: "P30D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR",
  },
  /** What was entered into a tenant's form and not confirmed. */
  form_entry: {
    period: "P7D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR: the days in which its address can confirm it",
  },
  session: {
    period: "P30D",
    starts: "signed_in",
    setBy: "provider",
    source: "Art. 5(1)(e), 32(1)(b) GDPR",
  },
  /** Links for set-up, invitation, password and change of address. */
  link: {
    period: "P14D",
    starts: "issued",
    setBy: "provider",
    source: "Art. 5(1)(e), 32(1)(b) GDPR",
  },
  /** Counters against guessing, and where an account was signed in from; digests only. */
  throttle: {
    period: "P90D",
    starts: "first_hit",
    setBy: "provider",
    source: "Art. 32(1)(b) GDPR",
  },
  mail: {
    period: "P3D",
    starts: "final_status",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR",
  },
  /** A received mail until it is read, or one that cannot be read. */
  raw_mail: {
    period: "P30D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR: what was read stands in its message",
  },
  /** Received mails that nobody assigned to a record and that were discarded. */
  discarded_mail: {
    period: "P30D",
    starts: "trashed",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR: the days in which a mistake can be undone",
  },
  /** Uploaded files and their rejected rows. */
  import: {
    period: "P30D",
    starts: "finished",
    setBy: "provider",
    source: "Art. 5(1)(e) GDPR: the days in which an import can be undone",
  },
  /** The contents of records before a bulk change. */
  bulk_change: {
    period: "P30D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(e) GDPR: the days in which the change can be undone",
  },
  /** Records merged into others, and what those others were before. */
  merge: {
    period: "P30D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(e) GDPR: the days in which the merge can be undone",
  },
  /** A user's notifications, from when they are read; unread ones are removed after a year. */
  notification: {
    period: "P90D",
    starts: "read",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR",
  },
  /** All data of a tenant, exported by its owners. */
  export: {
    period: "P14D",
    starts: "finished",
    setBy: "provider",
    source: "Art. 5(1)(e) GDPR: the days in which it can be fetched",
  },
  job: {
    period: "P7D",
    starts: "final_status",
    setBy: "provider",
    source: "Art. 5(1)(c), (e) GDPR",
  },
  /** Full IP addresses in sessions and in the access log; shortened after this. */
  ip_address: {
    period: "P7D",
    starts: "written",
    setBy: "provider",
    source: "Art. 6(1)(f) GDPR; BGH III ZR 391/13",
  },
  /** The access log with its addresses shortened to /24 or /48. */
  ip_prefix: {
    period: "P90D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(c), 32(1) GDPR",
  },
  /** Log extracts needed for an incident, each with an end of its own. */
  log_freeze: {
    period: "P90D",
    starts: "written",
    setBy: "provider",
    source: "Art. 6(1)(f), 32(1), 33(5) GDPR",
  },
  /** The program's own log: identifiers, no content. */
  log: {
    period: "P90D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(e), 32(1)(b) GDPR",
  },
  /** Who signed in and what operators changed, by ids. */
  log_audit: {
    period: "P12M",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(e), (2), 32(1)(b) GDPR",
  },
  /** The results of jobs and mails, by ids. */
  log_work: {
    period: "P30D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(c), (e), 32(1)(b) GDPR",
  },
  /** Copies for restoring: the newest of them no longer contains what was erased that long ago. */
  backup: {
    period: "P14D",
    starts: "written",
    setBy: "provider",
    source: "Art. 32(1)(c), 5(1)(e) GDPR; policy clause 5.2",
  },
  /** Identifiers of what was erased, until no backup can contain it any more. */
  ledger: {
    period: "P21D",
    starts: "written",
    setBy: "provider",
    source: "Art. 17(1), 32(1)(c) GDPR; policy clause 5.2",
  },
  /** Who was told of which version of the policy, and when (clause 8.2). */
  policy_notice: {
    period: "P3Y",
    starts: "issued",
    toYearEnd: true,
    setBy: "provider",
    source: "Art. 5(2), 13(3) GDPR; BGB 195, 199",
  },
  /** Which other hosts were contacted, and what for. */
  egress: {
    period: "P30D",
    starts: "written",
    setBy: "provider",
    source: "Art. 32(1) GDPR; policy clause 4.3",
  },
  /** What was asked and decided in a data subject's request; after that only counters. */
  case: {
    period: "P3Y",
    starts: "case_closed",
    toYearEnd: true,
    setBy: "law",
    source: "Art. 5(2) GDPR; BDSG 41; OWiG 31(2) no. 1",
  },
  /** The copy of the data in an answer; the fact that it was given stays with the request. */
  delivery: {
    period: "P14D",
    starts: "written",
    setBy: "provider",
    source: "Art. 5(1)(e), 15(3), 32(1) GDPR",
  },
  /** Proof of customers' erasures, closed breaches and log extracts: counts and ids. */
  proof: {
    period: "P3Y",
    starts: "finished",
    toYearEnd: true,
    setBy: "provider",
    source: "Art. 5(2), 33(5) GDPR; BGB 195, 199",
  },
  /** Agreements and evidence about processors that were replaced. */
  evidence: {
    period: "P3Y",
    starts: "replaced",
    toYearEnd: true,
    setBy: "law",
    source: "Art. 5(2), 28(3) GDPR; BGB 195, 199",
  },
  /** The program's own state: contains no personal data and lasts as long as the installation. */
  machine: {
    period: "P0D",
    starts: "replaced",
    setBy: "provider",
    source: "no personal data",
  },
} as const satisfies Record<string, RetentionClass>;

export type RetentionName = keyof typeof retentionClasses;
