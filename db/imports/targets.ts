/**
 * The targets of columns: the closed list that the mapping form offers and the reader understands.
 */

const person = [
  "salutation",
  "title",
  "firstName",
  "middleName",
  "namePrefix",
  "lastName",
  "suffix",
  "fullName",
  "nickname",
  "position",
  "department",
  "role",
  "birthday",
  "birthYear",
  "birthMonth",
  "birthDay",
  "language",
  "letterSalutation",
  "addressForm",
  "objections",
  "objection.all",
  "objection.email",
  "objection.phone",
  "objection.post",
  "objection.sms",
] as const;

const shared = [
  "name",
  "recordType",
  "customerNumber",
  "uid",
  "shortName",
  "website",
  "notes",
  "tags",
  "status",
  "owner",
  "deleted",
] as const;

const company = [
  "company.name",
  "company.nameExtra",
  "company.legalForm",
  "company.vatId",
  "company.vatCountry",
  "company.taxNumber",
  "company.registerCourt",
  "company.registerNumber",
  "company.customerNumber",
  "company.industry",
  "company.parent",
  "company.website",
  "company.email",
  "company.phone",
  "company.fax",
  "company.notes",
  "company.owner",
] as const;

const deal = [
  "deal.name",
  "deal.amount",
  "deal.currency",
  "deal.pipeline",
  "deal.stage",
  "deal.status",
  "deal.won",
  "deal.closed",
  "deal.probability",
  "deal.closeOn",
  "deal.closedOn",
  "deal.createdOn",
  "deal.lostReason",
  "deal.owner",
  "deal.person",
  "deal.personRole",
  "deal.source",
] as const;

const emails = ["email", "email.work", "email.home", "email.other"] as const;
const phones = [
  "phone",
  "phone.work",
  "phone.home",
  "phone.mobile",
  "phone.fax",
  "phone.other",
  "phone.areaCode",
  "phone.extension",
] as const;

const addressParts = [
  "whole",
  "street",
  "houseNumber",
  "extra",
  "poBox",
  "postalCode",
  "city",
  "region",
  "country",
] as const;
export type AddressPart = (typeof addressParts)[number];

const addressOwners = ["", "company."] as const;
const addressKinds = ["work", "home", "billing", "shipping", "visit", "other"] as const;

/** The word for the kind of an e-mail, phone or address in the same group ("Work", "Privat"). */
const labels = ["label"] as const;

/** What a row can contain about a second and third person of its company. */
export const furtherPersons = ["person2", "person3"] as const;
export const furtherParts = [
  "salutation",
  "title",
  "firstName",
  "lastName",
  "fullName",
  "position",
  "department",
  "email",
  "phone",
  "phone.mobile",
  "phone.fax",
] as const;
export type FurtherPart = (typeof furtherParts)[number];
export type FurtherTarget = `${(typeof furtherPersons)[number]}.${FurtherPart}`;

type AddressTarget =
  `${(typeof addressOwners)[number]}address.${(typeof addressKinds)[number]}.${AddressPart}`;

export type Target =
  | "ignore"
  | (typeof person)[number]
  | (typeof shared)[number]
  | (typeof company)[number]
  | (typeof deal)[number]
  | (typeof emails)[number]
  | (typeof phones)[number]
  | (typeof labels)[number]
  | AddressTarget
  | FurtherTarget
  /** A custom field, by its id. */
  | `custom.${string}`;

const addresses = addressOwners.flatMap((owner) =>
  addressKinds.flatMap((kind) =>
    addressParts.map((part): AddressTarget => `${owner}address.${kind}.${part}`)
  )
);

/** The targets for columns of persons and companies, in the order in which to offer them. */
export const recordTargets: readonly Target[] = [
  "ignore",
  ...person,
  ...emails,
  ...phones,
  ...shared,
  ...company,
  ...addresses,
  ...furtherPersons.flatMap((person) =>
    furtherParts.map((part): FurtherTarget => `${person}.${part}`)
  ),
  ...labels,
];

/** The same for deals. */
export const dealTargets: readonly Target[] = [
  "ignore",
  ...deal,
  "company.name",
  "email",
  "tags",
  "notes",
  "uid",
  "deleted",
];

const known = new Set<string>([...recordTargets, ...dealTargets]);

/** Whether a text from a form or a stored plan names a target. */
export function isTarget(text: string): text is Target {
  return known.has(text) || /^custom\.[0-9a-f-]{36}$/.test(text);
}
