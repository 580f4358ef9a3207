/** Names of fields and queries that forms and pages know, for tests that fill them all at once. */

/** Choices and numbers as most forms want them. */
export const plausible: Record<string, string> = {
  role: "member",
  trashDays: "7",
  version: "1",
  status: "lead",
  legalBasis: "contract",
  purpose: "sales",
  locale: "de",
  theme: "auto",
  format: "csv",
  kind: "contacts",
  channel: "email",
  salutation: "ms",
  addressForm: "formal",
  language: "de",
  "emails.0.kind": "work",
  "phones.0.kind": "work",
  "addresses.0.kind": "work",
  "addresses.0.country": "DE",
  email: "nora.neu@example.org",
  "emails.0.address": "nora.neu@example.org",
};

/** Free texts as most forms want them. */
export const words: Record<string, string> = {
  name: "Neu",
  tenantName: "Neu",
  firstName: "Nora",
  lastName: "Neu",
  source: "Gespräch",
  reason: "so",
};

export const fieldNames: readonly string[] = [
  "name tenantName email recipient password old current role locale theme back trashDays tenantId",
  "firstName lastName salutation title position birthday website notes language addressForm source",
  "legalBasis purpose status ownerId owner customerNumber vatId taxNumber industry legalForm version",
  "emails.0.address emails.0.kind phones.0.number phones.0.kind phones.0.country addresses.0.street",
  "addresses.0.postalCode addresses.0.city addresses.0.country companies.0.name companies.0.id tags",
  "noticeDueOn retainUntil reason channel kind format file mapping.0 columns.0 options.0 q sort",
].join(" ").split(" ");

export const queryNames: readonly string[] =
  "q after before tag owner status company sort order page lang next notice backwards format kind part"
    .split(" ");
