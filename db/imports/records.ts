/** The normalised record that an import creates from a row or card. */

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
  /** E.164 (with `;ext=` for an extension) if the number is valid, otherwise the original text. */
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
  /** ISO 3166-1 alpha-2, or empty if unknown. */
  country: string;
  kind: AddressKind;
}

/** What persons and companies have in common. */
interface Reachable {
  /** Empty if the file does not say: the run's purpose decides. */
  status: Status | "";
  /** Name or e-mail address of the responsible user. */
  owner: string;
  customerNumber: string;
  notes: string;
  website: string;
  /**
   * The identifier in the old system, by which a second import of the same file finds its records.
   */
  uid: string;
  emails: ImportedEmail[];
  phones: ImportedPhone[];
  addresses: ImportedAddress[];
  tags: string[];
  /** Values of custom fields by their ids, and the words they add to the search. */
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
  /** `YYYY-MM-DD`, or `--MM-DD` if the year is unknown, or empty. */
  birthday: string;
  /** Lower-case ISO 639-1, or empty. */
  language: string;
  letterSalutation: string;
  addressForm: "formal" | "informal" | "";
  /** Marketing channels to which the person objects (Art. 21(2) GDPR). */
  objections: Channel[];
}

export interface ImportedCompany extends Reachable {
  /** The full name with its legal form, as in the file. */
  name: string;
  legalForm: string;
  vatId: string;
  taxNumber: string;
  registerCourt: string;
  registerNumber: string;
  industry: string;
  /** The name of the parent company. */
  parent: string;
  /** The contact's role and department in this company. */
  role: string;
  department: string;
}

/** A deal as its row describes it; its words are matched to our own later. */
export interface ImportedDeal {
  name: string;
  amountCents: number | null;
  /** Empty if the file names none. */
  currency: string;
  pipeline: string;
  stage: string;
  /** Empty if only the stage indicates it. */
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
 * One row or card. Exactly one of these applies: `rejected` (the user should fix it), `skipped` (it
 * contains nothing to import), `deal` (with its company), `contact` (with its companies), or
 * `companies[0]` (the row is a company).
 */
export interface ImportedRecord {
  /** Row of the spreadsheet (the header is 1 if it comes first) or number of the card. */
  row: number;
  contact: ImportedContact | null;
  deal?: ImportedDeal;
  /** Further persons of the row's company. */
  others?: ImportedContact[];
  /** Distinguishes the persons of one row during the lookup. */
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
