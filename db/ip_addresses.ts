/** Which addresses belong to the public network, and which only somebody's own machines have. */
import ipaddr from "ipaddr.js";

/** Private, shared and link-local networks, as Deno's permissions can name them: those of IPv6 not. */
const ownRanges = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
] as const;

/** Whether an IP address is of the public network; an IPv4 address in IPv6 dress counts as itself. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/** Whether an IP address is of this machine. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}

/** Whether a text is an IP address rather than a name. */
export const isAddress = (text: string): boolean => ipaddr.isValid(text.replace(/^\[|\]$/g, ""));

/** The own ranges that hold none of these addresses: what a process can do without altogether. */
export function unneededRanges(addresses: readonly string[]): string[] {
  const needed = addresses.filter((each) => ipaddr.isValid(each)).map((each) =>
    ipaddr.process(each)
  );
  return ownRanges.filter((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return !needed.some((address) => address.kind() === base.kind() && address.match(base, bits));
  });
}
