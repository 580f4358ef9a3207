/**
 * The personal-data map of data outside the database: the files in `DATA_DIR`, by their path there.
 */
import type { Category, Column, Defaults } from "./columns.ts";

export interface Store extends Defaults, Pick<Column, "protection"> {
  readonly categories: readonly Category[];
}

export const files: Readonly<Record<string, Store>> = {
  /** Each file is sealed with its own key until the import is over. */
  "files/imports": {
    categories: ["name", "contact", "address", "content"],
    subject: "contact",
    purpose: "tenant",
    basis: "tenant",
    role: "processor",
    retention: "import",
    protection: "high",
    erasure: "job:expire_imports",
  },
  /** Answers to requests, each sealed with its own key until fetched or 14 days old. */
  "files/deliveries": {
    categories: ["name", "contact", "address", "content", "communication"],
    subject: "contact",
    purpose: "legal",
    basis: "c",
    role: "controller",
    retention: "delivery",
    protection: "high",
    erasure: "job:expire_deliveries",
  },
  /** Each file is sealed with its own key until the mail is read. */
  "files/inbound": {
    categories: ["communication", "name", "contact", "content"],
    subject: "contact",
    purpose: "tenant",
    basis: "tenant",
    role: "processor",
    retention: "raw_mail",
    protection: "high",
    erasure: "job:remove_raw_mails",
  },
  /** Sealed with the tenant's key; a sweep removes files that no row refers to any more. */
  "files/records": {
    categories: ["content"],
    subject: "contact",
    purpose: "tenant",
    basis: "tenant",
    role: "processor",
    retention: "record",
    protection: "high",
    erasure: "job:sweep_files",
  },
  /** Copies of sent mails to be put into their author's own mailbox. */
  "files/copies": {
    categories: ["communication", "name", "contact", "content"],
    subject: "contact",
    purpose: "tenant",
    basis: "tenant",
    role: "processor",
    retention: "mail",
    protection: "high",
    erasure: "job:remove_raw_mails",
  },
  /** The only log that holds IP addresses. */
  "logs/access": {
    categories: ["network", "trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "ip_address",
    protection: "high",
    erasure: "job:rotate_logs",
  },
  /** The access log after seven days, its addresses shortened to a prefix. */
  "logs/access (shortened)": {
    categories: ["network", "trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "ip_prefix",
    protection: "normal",
    erasure: "job:rotate_logs",
  },
  /** Extracts that an incident needs for longer, documented and with an end date. */
  "logs/frozen": {
    categories: ["network", "trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "log_freeze",
    protection: "high",
    erasure: "job:rotate_logs",
  },
  "logs/app": {
    categories: ["trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "log",
    protection: "normal",
    erasure: "job:rotate_logs",
  },
  /** Log-ins, log-outs and changes by operators: ids, no names. */
  "logs/audit": {
    categories: ["trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "log_audit",
    protection: "normal",
    erasure: "job:rotate_logs",
  },
  /** The outcome of jobs and mails: their ids and kinds, no recipients. */
  "logs/jobs": {
    categories: ["trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "log_work",
    protection: "normal",
    erasure: "job:rotate_logs",
  },
  "logs/mail": {
    categories: ["trace", "reference"],
    subject: "user",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "log_work",
    protection: "normal",
    erasure: "job:rotate_logs",
  },
  /**
   * The tenants' data keys, each wrapped by the installation's key: destroying one erases what it
   * sealed.
   */
  "keys/data": {
    categories: ["technical"],
    subject: "none",
    purpose: "security",
    basis: "f",
    role: "processor",
    retention: "tenant",
    protection: "normal",
    erasure: "row",
  },
  /** Copies of the database and the stored files, each sealed with a key stored beside it. */
  "backups": {
    categories: ["name", "contact", "address", "communication", "content"],
    subject: "contact",
    purpose: "security",
    basis: "f",
    role: "processor",
    retention: "backup",
    protection: "high",
    erasure: "kept: until its key is destroyed, for restoring (Art. 32(1)(c) GDPR)",
  },
  /**
   * Identifiers of what has been erased or restricted, so that a restore brings none of it back.
   */
  "ledger": {
    categories: ["reference"],
    subject: "contact",
    purpose: "legal",
    basis: "c",
    role: "processor",
    retention: "ledger",
    protection: "normal",
    erasure: "kept: for as long as a backup may hold what was erased (Art. 17(1), 5(2) GDPR)",
  },
  /** The secret key and the database's password: not personal data. */
  "keys": {
    categories: ["technical"],
    subject: "none",
    purpose: "security",
    basis: "f",
    role: "controller",
    retention: "machine",
    protection: "normal",
    erasure: "overwritten",
  },
};
