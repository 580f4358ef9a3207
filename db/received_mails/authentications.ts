/**
 * What the receiving mail server found out about the sender, as it recorded it in the mail (RFC
 * 8601).
 */
import parse from "mailauth/lib/parse-dkim-headers.js";

/** `none` if the server recorded nothing. */
export type Verdict = "pass" | "fail" | "none";

export interface Authentication {
  dkim: Verdict;
  spf: Verdict;
}

/** How many bytes of a mail's head are read. */
const longestHead = 256 * 1024;

/**
 * The verdicts of the topmost field: each server writes above what it received, so the first one is
 * from the nearest. Where the name of that server is set, another's field says nothing (RFC 8601,
 * section 5). A signature counts only if it is of the sender's own domain.
 */
export function authenticationOf(
  raw: Uint8Array,
  sender: string,
  authserv?: string,
): Authentication {
  const head = new TextDecoder("latin1").decode(raw.subarray(0, longestHead))
    .split(/\r?\n\r?\n/, 1)[0]!;
  const field = /^authentication-results:(?:.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[0];
  const nothing: Authentication = { dkim: "none", spf: "none" };
  if (!field) return nothing;
  const domain = sender.slice(sender.lastIndexOf("@") + 1).toLowerCase();
  const { value, dkim, spf } = read(field);
  if (authserv && serverIn(value) !== authserv) return nothing;
  return {
    dkim: verdict(dkim, ({ header }) => isSameDomain(header?.d ?? header?.i, domain)),
    spf: verdict(spf, ({ smtp }) => isSameDomain(smtp?.mailfrom, domain)),
  };
}

interface Result {
  value?: unknown;
  header?: { d?: unknown; i?: unknown };
  smtp?: { mailfrom?: unknown };
}

/** The server that a field names, without the version that may follow. */
const serverIn = (value: unknown): string => String(value).trim().split(/\s/, 1)[0]!.toLowerCase();

function read(field: string): { value?: unknown; dkim?: unknown; spf?: unknown } {
  try {
    return parse(field.replace(/\0/g, "")).parsed;
  } catch {
    return {};
  }
}

/** Pass if one result for the sender's domain passes; fail if there are results and none passes. */
function verdict(found: unknown, own: (result: Result) => boolean): Verdict {
  const results = [found ?? []].flat() as Result[];
  const values = results.map((each) => ({ each, value: String(each.value).toLowerCase() }));
  if (values.some(({ each, value }) => value === "pass" && own(each))) return "pass";
  return values.some(({ value }) => /^(?:fail|softfail|policy)$/.test(value)) ? "fail" : "none";
}

/** Whether a domain, or that of an address, is the sender's or a parent of it. */
function isSameDomain(found: unknown, domain: string): boolean {
  if (typeof found !== "string") return false;
  const other = found.slice(found.lastIndexOf("@") + 1).toLowerCase();
  return other.includes(".") && (domain === other || domain.endsWith(`.${other}`));
}
