/** IP addresses in log lines: found where an address can occur, and shortened to their network. */
import { isIP } from "node:net";

/**
 * Where an address may start: at the beginning of a line, after a blank, bracket, quote, comma,
 * `=`, `@`, `//` or the colon of a field. `Firefox/3.0.0.10` and `rv:1.9.0.8` are versions, as
 * other characters precede them.
 */
const placed =
  /(^|[\s"'=,;()[{<]|\/\/|::ffff:(?=\d)|(?:@|(?<!rv|\d):)(?=(?:\d{1,3}\.){3}))((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:%\w+)?)(?=$|[\s"'=,;)\]}>/]|:\d)/gim;

/**
 * The first three bytes of an IPv4 address or the first 48 bits of an IPv6 address; the rest is
 * zero.
 */
export function shortenAddress(ip: string): string {
  const v4 = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip);
  if (v4) return `${v4[1]}.0`;
  const [head = "", tail] = ip.split("%", 1)[0]!.split("::", 2);
  const groups = head.split(":").filter(Boolean);
  const rest = (tail ?? "").split(":").filter(Boolean);
  while (tail !== undefined && groups.length + rest.length < 8) groups.push("0");
  return `${[...groups, ...rest].slice(0, 3).join(":")}::`;
}

/** The text with every address in it shortened; already shortened ones stay as they are. */
export const shortenText = (text: string): string =>
  text.replace(
    placed,
    (whole, before: string, ip: string) => isIP(ip) ? before + shortenAddress(ip) : whole,
  );

/** How many addresses in a text are not shortened. */
export function countWhole(text: string): number {
  let count = 0;
  for (const [, , ip] of text.matchAll(placed)) {
    if (isIP(ip!) && shortenAddress(ip!) !== ip) count++;
  }
  return count;
}
