/** What the mailbox that took a mail in found out about its sender (RFC 8601), as it wrote it down. */
import parse from "mailauth/lib/parse-dkim-headers.js";

/** `none` where nothing was said. */
export type Verdict = "pass" | "fail" | "none";

export interface Authentication {
  dkim: Verdict;
  spf: Verdict;
}

/** What is read of a mail's head, in bytes. */
const longestHead = 256 * 1024;

/**
 * The verdicts of the topmost field: each server writes above what it was given, so the first one is
 * of the nearest. A signature counts only where it is one of the sender's own domain.
 */
export function authenticationOf(raw: Uint8Array, sender: string): Authentication {
  const head = new TextDecoder("latin1").decode(raw.subarray(0, longestHead))
    .split(/\r?\n\r?\n/, 1)[0]!;
  const field = /^authentication-results:(?:.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[0];
  if (!field) return { dkim: "none", spf: "none" };
  const domain = sender.slice(sender.lastIndexOf("@") + 1).toLowerCase();
  const { dkim, spf } = read(field);
  return {
    dkim: verdict(dkim, ({ header }) => sameHouse(header?.d ?? header?.i, domain)),
    spf: verdict(spf, ({ smtp }) => sameHouse(smtp?.mailfrom, domain)),
  };
}

interface Result {
  value?: unknown;
  header?: { d?: unknown; i?: unknown };
  smtp?: { mailfrom?: unknown };
}

function read(field: string): { dkim?: unknown; spf?: unknown } {
  try {
    return parse(field.replace(/\0/g, "")).parsed;
  } catch {
    return {};
  }
}

/** Pass where one of the sender's own passes; fail where one was judged and none does. */
function verdict(found: unknown, own: (result: Result) => boolean): Verdict {
  const results = [found ?? []].flat() as Result[];
  const values = results.map((each) => ({ each, value: String(each.value).toLowerCase() }));
  if (values.some(({ each, value }) => value === "pass" && own(each))) return "pass";
  return values.some(({ value }) => /^(?:fail|softfail|policy)$/.test(value)) ? "fail" : "none";
}

/** Whether a domain, or an address in it, is the sender's or stands above it. */
function sameHouse(found: unknown, domain: string): boolean {
  if (typeof found !== "string") return false;
  const house = found.slice(found.lastIndexOf("@") + 1).toLowerCase();
  return house.includes(".") && (domain === house || domain.endsWith(`.${house}`));
}
