/**
 * Names of fields and queries that forms and pages know, for tests that fill in all of them at
 * once.
 */

/** Choices, numbers and other checked values in the form that pages require. */
export const plausible: Record<string, string> = {
  _anyway: "1",
  id: "",
  role: "member",
  trashDays: "7",
  version: "1",
  status: "lead",
  origin: "card",
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
  ownerId: "",
  birthday: "",
  website: "",
  vatId: "",
  registerNumber: "",
  email: "nora.neu@example.org",
  "emails.0.kind": "work",
  "emails.0.address": "nora.neu@example.org",
  "phones.0.kind": "work",
  "phones.0.number": "040 123456",
  "addresses.0.kind": "work",
  "addresses.0.country": "DE",
  "companies.0.id": "",
  "companies.0.since": "",
  "companies.0.until": "",
  "provider.country": "DE",
  "provider.email": "haus@example.org",
  "provider.dpoEmail": "dsb@example.org",
  "provider.vatId": "",
  parentId: "",
};

/** Free texts for form fields. */
export const words: Record<string, string> = {
  name: "Neu",
  tenantName: "Neu",
  firstName: "Nora",
  lastName: "Neu",
  source: "Gespräch",
  sourceDetail: "Gespräch",
  reason: "so",
  "companies.0.name": "Neu GmbH",
};

export const fieldNames: readonly string[] = [
  ...Object.keys(plausible),
  ...Object.keys(words),
  ...[
    "recipient password old current back tenantId title namePrefix nameSuffix letterSalutation",
    "position notes customerNumber taxNumber registerCourt industry legalForm tags newTags q sort",
    "companies.0.role companies.0.department addresses.0.street addresses.0.extra addresses.0.poBox",
    "addresses.0.postalCode addresses.0.city addresses.0.region names.tag channels file mapping.0",
    "columns.0 options.0 noticeDueOn retainUntil provider.name provider.street provider.postalCode",
    "provider.city provider.dpoName provider.phone provider.representedBy provider.registerEntry",
    "admin.name admin.email admin.password samples action list all ids counted value newTag query",
    "shared usual renew companyName amount currency expectedCloseOn stageId lostReasonId contactIds",
    "contactId parentName stage board reason probability rottingDays colour way textVersion givenOn givenHow proof consent",
  ].join(" ").split(" "),
];

export const queryNames: readonly string[] =
  ("q after before tag owner status company sort dir order page lang next notice backwards history " +
    "format kind part name place firm source basis created_from created_to touch_from touch_to empty cols view action list all ids " +
    "pipeline stage reason person amount_from amount_to close_from close_to rotting lost board company children")
    .split(" ");
