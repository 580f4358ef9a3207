/**
 * E-mail addresses as a CRM should accept them: what mailboxes really use, without the RFC's
 * oddities.
 */
import { domainToASCII, domainToUnicode } from "node:url";

const local =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
const bytes = new TextEncoder();

/**
 * Whether the address is well-formed enough to deliver to: dot-atom before the `@` (64 octets, RFC
 * 5321 4.5.3.1.1), a domain of at least two labels (63 each, 254 for the whole address), last label
 * not all digits.
 */
export function isValid(address: string): boolean {
  if (address.length > 254) return false;
  const at = address.lastIndexOf("@");
  if (at < 1 || octets(address) > 254) return false;
  const name = address.slice(0, at);
  if (!local.test(name) || octets(name) > 64) return false;
  const labels = address.slice(at + 1).split(".");
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? "")) return false;
  return labels.every((part) => label.test(part) && octets(part) <= 63);
}

function octets(text: string): number {
  // deno-lint-ignore no-control-regex
  return /^[\x00-\x7f]*$/.test(text) ? text.length : bytes.encode(text).length;
}

/**
 * The address from `Max <max@example.de>`, `mailto:…` and the like, with the domain in lower case.
 */
export function clean(text: string): string {
  const inner = /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text;
  const bare = inner.replace(/^\s*mailto:/i, "").replace(
    /\?.*$/s,
    (tail) => tail.includes("@") ? tail : "",
  ).replace(/^[\s"'(\[]+|(?<![\s"')\],;:.])[\s"')\],;:.]+$/g, "").normalize("NFC");
  const at = bare.lastIndexOf("@");
  return at < 0 ? bare : bare.slice(0, at + 1) + bare.slice(at + 1).toLowerCase();
}

/**
 * The address with its domain in Unicode, as mails and people write it: `info@xn--mller-kva.de` and
 * `info@müller.de` are the same. What cannot be decoded stays as it is.
 */
export function readable(address: string): string {
  const at = address.lastIndexOf("@") + 1;
  if (at === 0 || !/(?:^|\.)xn--/i.test(address.slice(at))) return address;
  const said = address.slice(0, at) + domainToUnicode(address.slice(at));
  return isValid(said) ? said : address;
}

/** Scripts with letters that look like Latin ones, or like each other's. */
const alike = [/\p{sc=Latin}/u, /\p{sc=Cyrillic}/u, /\p{sc=Greek}/u, /\p{sc=Armenian}/u];

/**
 * The address with its domain in ASCII (DNS) form if a label mixes scripts that look alike: a Cyrillic
 * а among Latin letters would pass for another domain.
 */
export function unmixed(address: string): string {
  const at = address.lastIndexOf("@") + 1;
  const domain = address.slice(at);
  const mixes = at > 0 && /[^ -~]/.test(domain) &&
    domain.split(".").some((part) => alike.filter((script) => script.test(part)).length > 1);
  return mixes ? address.slice(0, at) + (domainToASCII(domain) || domain) : address;
}

/** The address in readable form, followed by its ASCII (DNS) form where that differs. */
export function spellings(address: string): string[] {
  const said = readable(address);
  const at = said.lastIndexOf("@") + 1;
  const ascii = at > 0 && /[^ -~]/.test(said.slice(at)) ? domainToASCII(said.slice(at)) : "";
  return ascii === "" ? [said] : [said, said.slice(0, at) + ascii];
}

/** All addresses in a cell that may hold several, cleaned but not validated. */
export function split(text: string): string[] {
  if (text.length > 4096) return [text];
  const parts = text.includes("<")
    ? text.split(/[;,\n]|:::/).filter((part, _, all) => part.includes("@") || all.length === 1)
    : text.split(/:::|[;,|\s]+/);
  return parts.map(clean).filter((part) => part !== "");
}
