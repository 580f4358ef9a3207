/** The map of what lies outside the database: the files in `DATA_DIR`, by path from there. */
import type { Category, Column, Defaults } from "./columns.ts";

export interface Store extends Defaults, Pick<Column, "protection"> {
  readonly categories: readonly Category[];
}

export const files: Readonly<Record<string, Store>> = {
  /** Sealed with a key of each file's own until the import is over. */
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
  /** Answers to rights, sealed with a key of their own each until they are fetched or 14 days old. */
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
  /** Sealed with a key of each file's own until the mail is read. */
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
  /** Sealed with the key of their tenant; a sweep takes away what no row knows any more. */
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
  /** Copies of sent mails on their way into their author's own mailbox. */
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
  /** What an incident needs for longer, by a documented copy with an end. */
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
  /** Who signed in, signed out, and what operators changed: ids, no names. */
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
  /** What became of jobs and of mails: their ids and kinds, no recipient. */
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
  /** The tenants' data keys, each wrapped by the installation's: destroyed, they erase what they sealed. */
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
  /** Copies of the database and the stored files, each sealed with a key that goes with it. */
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
  /** What was erased or restricted since, by identifiers: a restore must bring none of it back. */
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
  /** The secret key, the database's password: nobody's data. */
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
