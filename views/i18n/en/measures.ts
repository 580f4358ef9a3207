/** The technical and organisational measures. */
import type { Messages } from "../de.ts";

export const measures: Messages["measures"] = {
  group_access: "Access control",
  group_admission: "Admission control",
  group_availability: "Availability and resilience",
  group_input: "Input control",
  group_orders: "Control of instructions",
  group_review: "Regular review",
  group_separation: "Separation and encryption",
  group_transfer: "Transfer control",

  agreements: "A processing agreement with every customer, accepted with name and time",
  attempts: "Limited sign-in attempts per account and address range",
  content_policy: "Pages load nothing from other servers; a content security policy without gaps",
  database_recovery: "A database with checksums that recovers by itself after a crash",
  egress: "Server processes reach only the hosts in the register",
  file_encryption: "Files encrypted by AES-256-GCM, one key per customer",
  history: "Unchangeable history: who changed what and when",
  passwords: "Passwords as Argon2id hashes only, common passwords refused",
  personal_data_map: "A map of every data field; without an entry nothing starts",
  process_permissions: "Processes run with exactly the rights they need",
  processes_restart: "Processes that fail are started again by themselves",
  processors: "Service providers only with contract, evidence and a seat in the EU or EEA",
  roles: "Roles with graded rights, checked at every request",
  row_level_security: "Customers' data kept apart in the database (row-level security)",
  serving_role: "The application owns no table and cannot switch the separation off",
  sessions: "Sign-ins end after 7 days of rest, and after 30 days in any case",
  tests: "Automatic tests at every change, against access across customers too",
  tls: "Encrypted transmission (TLS) to browsers, mail servers and service providers",
};
