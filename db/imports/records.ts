/** The normalised record an import makes of one row or card. */

import type { Channel } from "../objections.ts";
import type { Problem, ProblemCode } from "./problems.ts";
import type { StageKind } from "../stages.ts";
import type { Status } from "./standings.ts";

export type EmailKind = "work" | "home" | "other";
export type PhoneKind = "work" | "home" | "mobile" | "fax" | "other";
export type AddressKind = "work" | "home" | "billing" | "shipping" | "visit" | "other";
export type Salutation = "mr" | "ms" | "divers" | "";

export interface ImportedEmail {
  address: string;
  kind: EmailKind;
}

export interface ImportedPhone {
  /** E.164 (with `;ext=` when there is an extension) if the number is valid, else the text as it came. */
  number: string;
  raw: string;
  kind: PhoneKind;
  valid: boolean;
}

export interface ImportedAddress {
  street: string;
  extra: string;
  poBox: string;
  postalCode: string;
  city: string;
  region: string;
  /** ISO 3166-1 alpha-2, or empty when unknown. */
  country: string;
  kind: AddressKind;
}

/** What a person and a company both have. */
interface Reachable {
  /** Empty where the file does not say: the run's purpose decides. */
  status: Status | "";
  /** Name or e-mail address of the user who is responsible. */
  owner: string;
  customerNumber: string;
  notes: string;
  website: string;
  /** The identifier in the old system: makes a second import of the same file find its records. */
  uid: string;
  emails: ImportedEmail[];
  phones: ImportedPhone[];
  addresses: ImportedAddress[];
  tags: string[];
  /** Values of own fields by their ids, and the words that they add to the search. */
  custom: Record<string, string[]>;
  customWords: string[];
}

export interface ImportedContact extends Reachable {
  salutation: Salutation;
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  suffix: string;
  position: string;
  department: string;
  role: string;
  /** `YYYY-MM-DD`, or `--MM-DD` when the year is unknown, or empty. */
  birthday: string;
  /** Lower-case ISO 639-1, or empty. */
  language: string;
  letterSalutation: string;
  addressForm: "formal" | "informal" | "";
  /** Channels of marketing that the person does not want (Art. 21(2) GDPR). */
  objections: Channel[];
}

export interface ImportedCompany extends Reachable {
  /** The whole name with its legal form, as it came. */
  name: string;
  legalForm: string;
  vatId: string;
  taxNumber: string;
  registerCourt: string;
  registerNumber: string;
  industry: string;
  /** The name of the company that it belongs to. */
  parent: string;
  /** What the contact of this record is and where it works in this company. */
  role: string;
  department: string;
}

/** A deal as its row tells it, in words that the house's own are then found for. */
export interface ImportedDeal {
  name: string;
  amountCents: number | null;
  /** Empty where the file names none. */
  currency: string;
  pipeline: string;
  stage: string;
  /** Empty where nothing but the stage may tell it. */
  status: StageKind | "";
  /** In hundredths. */
  probability: number | null;
  expectedCloseOn: string | null;
  closedOn: string | null;
  createdOn: string | null;
  lostReason: string;
  /** Name or e-mail address of a user. */
  owner: string;
  /** Names or e-mail addresses of persons. */
  persons: string[];
  source: string;
  notes: string;
  uid: string;
  tags: string[];
  custom: Record<string, string[]>;
  customWords: string[];
}

/**
 * One row or card. Exactly one of these holds: `rejected` (the user should mend it), `skipped` (it
 * holds nothing to import), `deal` (with its company), `contact` (with its companies), or
 * `companies[0]` (the row is a company).
 */
export interface ImportedRecord {
  /** Row of the spreadsheet (header = 1 when it comes first) or number of the card. */
  row: number;
  contact: ImportedContact | null;
  deal?: ImportedDeal;
  /** Further persons of the row's company. */
  others?: ImportedContact[];
  /** Tells the persons of one row apart, while they are looked up. */
  key?: number;
  companies: ImportedCompany[];
  warnings: Problem[];
  rejected: Problem | null;
  skipped: ProblemCode | null;
}

/** A contact with every field empty. */
export function blankContact(): ImportedContact {
  return {
    salutation: "",
    title: "",
    firstName: "",
    namePrefix: "",
    lastName: "",
    suffix: "",
    position: "",
    department: "",
    role: "",
    birthday: "",
    language: "",
    letterSalutation: "",
    addressForm: "",
    objections: [],
    ...blankReach(),
  };
}

/** A company with every field empty. */
export function blankCompany(): ImportedCompany {
  return {
    name: "",
    legalForm: "",
    vatId: "",
    taxNumber: "",
    registerCourt: "",
    registerNumber: "",
    industry: "",
    parent: "",
    role: "",
    department: "",
    ...blankReach(),
  };
}

/** A deal with every field empty. */
export function blankDeal(): ImportedDeal {
  return {
    name: "",
    amountCents: null,
    currency: "",
    pipeline: "",
    stage: "",
    status: "",
    probability: null,
    expectedCloseOn: null,
    closedOn: null,
    createdOn: null,
    lostReason: "",
    owner: "",
    persons: [],
    source: "",
    notes: "",
    uid: "",
    tags: [],
    custom: {},
    customWords: [],
  };
}

function blankReach(): Reachable {
  return {
    status: "",
    owner: "",
    customerNumber: "",
    notes: "",
    website: "",
    uid: "",
    emails: [],
    phones: [],
    addresses: [],
    tags: [],
    custom: {},
    customWords: [],
  };
}
