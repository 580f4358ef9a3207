/** Translates the meaning of a heading into the field of a record that its column fills. */
import type { Meaning } from "./meanings.ts";
import type { AddressPart, Target } from "./targets.ts";

export interface Reading {
  target: Target;
  group: string;
  confidence: number;
}

export type Kind = "work" | "home" | "billing" | "shipping" | "visit" | "other";

/** The number in a heading, and the one at its end, which may be the line of an address. */
export interface Index {
  value: number;
  last: boolean;
  line: number;
}

/** The target of a column with this meaning; the index is the number in its heading. */
export function reading(
  meaning: Meaning,
  kind: Kind | null,
  owner: string,
  index: Index,
  confidence: number,
): Reading {
  const own = owner === "company";
  if (meaning.startsWith("address.")) return addressReading(meaning, kind, own, index, confidence);
  const number = index.value > 0 ? String(index.value) : "";
  if (meaning === "email") {
    const target = own ? "company.email" : kind && kind !== "visit" ? emailTarget(kind) : "email";
    return { target, group: `email${number}`, confidence };
  }
  if (meaning === "phone" || meaning === "phone.fax" || meaning === "phone.mobile") {
    return { target: phoneTarget(meaning, kind, own), group: `phone${number}`, confidence };
  }
  if (meaning === "emaillabel" || meaning === "phonelabel" || meaning === "addresslabel") {
    return { target: "label", group: meaning.slice(0, -5) + number, confidence };
  }
  if (meaning === "unused") return { target: "ignore", group: "", confidence };
  if (own) return { target: companyTarget(meaning), group: "", confidence };
  if (meaning === "name" && owner === "person") {
    return { target: "fullName", group: "", confidence };
  }
  // A delivery address repeats the customer's name; the billing address is the customer's own.
  if (kind === "shipping") return { target: "ignore", group: "", confidence };
  return { target: meaning as Target, group: "", confidence };
}

function addressReading(
  meaning: Meaning,
  kind: Kind | null,
  own: boolean,
  index: Index,
  confidence: number,
): Reading {
  const named = meaning.slice("address.".length) as AddressPart;
  const line = index.line > 1 && (named === "street" || named === "whole");
  const part: AddressPart = line ? "extra" : named;
  const group = index.last || index.value === 0 ? "address" : `address${index.value}`;
  return {
    target: `${own ? "company." : ""}address.${kind ?? "work"}.${part}`,
    group,
    confidence,
  };
}

function emailTarget(kind: Kind): Target {
  return kind === "home" ? "email.home" : kind === "other" ? "email.other" : "email.work";
}

/** The target of a number of this kind. */
export function phoneTarget(meaning: Meaning, kind: Kind | null, own: boolean): Target {
  if (own) return meaning === "phone.fax" ? "company.fax" : "company.phone";
  if (meaning !== "phone") return meaning as Target;
  // Who pays says nothing about the number.
  if (kind === null || kind === "billing") return "phone";
  return kind === "home"
    ? "phone.home"
    : kind === "other" || kind === "shipping"
    ? "phone.other"
    : "phone.work";
}

function companyTarget(meaning: Meaning): Target {
  const twins: Partial<Record<Meaning, Target>> = {
    name: "company.name",
    fullName: "company.name",
    website: "company.website",
    notes: "company.notes",
    customerNumber: "company.customerNumber",
    department: "department",
    position: "position",
    tags: "tags",
    owner: "company.owner",
    // A client's first name belongs to no other person.
    salutation: "salutation",
    title: "title",
    firstName: "firstName",
    lastName: "lastName",
    birthday: "birthday",
    language: "language",
  };
  return twins[meaning] ?? (meaning.startsWith("company.") ? meaning as Target : "ignore");
}
