/**
 * Interprets names of nested values from other programs: `emailAddresses.2.address`,
 * `name.firstName`.
 */

import type { Reading } from "./readings.ts";
import type { Target } from "./targets.ts";

/** What a group of values is about. */
const groups: readonly [RegExp, "email" | "phone" | "address" | "company" | "website" | "name"][] =
  [
    [/^(?:primary)?(?:e?mails?|emailaddress(?:es)?)(?:primary)?$/, "email"],
    [/^(?:primary)?(?:phones?|phonenumbers?|telephones?)(?:primary)?$/, "phone"],
    [/^(?:primary)?(?:postal)?address(?:es)?(?:primary)?$/, "address"],
    [
      /^(?:organi[sz]ations?|employer(?:id)?|company|companies|(?:org|organi[sz]ation|company|account)(?:id)?)$/,
      "company",
    ],
    [/^(?:urls?|urladdresses|websites?)$/, "website"],
    [/^(?:names?|biograph(?:y|ies))$/, "name"],
  ];
const values: Readonly<Record<string, RegExp>> = {
  email: /^(?:value|address|email|emailaddress|primaryemail|additionalemails)$/,
  phone: /^(?:value|number|phone|phonenumber|primaryphonenumber|additionalphones)$/,
  website: /^(?:value|url|href|link)$/,
};
const label = /^(?:label|type|kind|context)$/;
const employment: Readonly<Record<string, Target>> = {
  name: "company.name",
  displayname: "company.name",
  title: "position",
  jobtitle: "position",
  department: "department",
  address: "company.address.work.whole",
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** What such a name means, if its last part alone is not enough; null for any other heading. */
export function readWithin(
  heading: string,
  read: (heading: string) => Reading | null,
): Reading | null {
  // CiviCRM puts the kind of the value after a colon.
  const path = heading.replace(/:(?:label|name)$/, "");
  if (path === heading && !path.includes(".") || !/^[\w.]{3,200}$/.test(path)) return null;
  const parts = path.split(".").filter((part, at, all) =>
    part !== "value" || at === all.length - 1
  );
  const [name, leaf] = [parts[0]!, plain(parts.at(-1)!)];
  if (parts.length === 1) return read(name);
  const index = parts.length > 2 && /^\d{1,2}$/.test(parts[1]!) ? parts[1]! : "";
  if (parts.length > (index ? 3 : 2)) return null;
  const about = groups.find(([pattern]) => pattern.test(plain(name)))?.[1];
  const found = (target: Target, group = ""): Reading => ({ target, group, confidence: 0.9 });
  // Only the first name and employer count.
  if (about === "name") {
    return index > "1" ? null : leaf === "value" ? found("notes") : read(parts.at(-1)!);
  }
  if (about === "company") {
    const target = index > "1" ? undefined : employment[leaf];
    return target ? found(target, target.includes("address") ? "address" : "") : null;
  }
  if (about === "website") return values.website!.test(leaf) ? found("website") : null;
  if (!about) return null;
  const group = `${about}${index}`;
  if (label.test(leaf)) return found("label", group);
  if (about !== "address") return values[about]!.test(leaf) ? found(about, group) : null;
  const part = read(`address ${parts.at(-1)}`) ?? read(parts.at(-1)!);
  return part?.target.startsWith("address.") ? { ...part, group } : null;
}

const containers =
  /^(?:information|info|career|dates|details|profile|fields|data|node|contact|person|properties|attributes|record|card)$/i;
const whole =
  /country$|^(?:tags|company\.name|status|birthday|position|company\.industry|language)$/;

/**
 * "information.career.company", "address.country.name": what the inner names mean by themselves.
 */
export function readPath(
  heading: string,
  read: (heading: string) => Reading | null,
): Reading | null {
  const names = heading.split(".");
  const from = names.findIndex((name) => !containers.test(name));
  if (names.length < 2 || from < 0) return null;
  const inner = names.slice(from);
  if (inner.length > 1 && /^(?:name|value|iso2?|code|label|title|date)$/i.test(inner.at(-1)!)) {
    const found = read(inner.slice(0, -1).join("."));
    if (found && whole.test(found.target)) return found;
  }
  return from > 0 ? read(inner.join(".")) : null;
}
