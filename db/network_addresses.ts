/** Which network addresses are of the public internet: nobody may have us look into our own network. */
import ipaddr from "ipaddr.js";

const bare = (address: string) => address.replace(/^\[|\]$/g, "");

/** The kind of an address, an IPv4 address in IPv6 dress taken as itself; null for what is none. */
const rangeOf = (address: string): string | null => {
  const text = bare(address);
  if (!ipaddr.isValid(text) || text.includes("%")) return null;
  const parsed = ipaddr.process(text);
  const range = parsed.range();
  // Of IPv6 only 2000::/3 is given out: what else has no name may be an IPv4 address in old dress.
  const outside = range === "unicast" && parsed instanceof ipaddr.IPv6 &&
    parsed.parts[0]! >> 13 !== 1;
  return outside ? "reserved" : range;
};

/** Where a cloud answers its own machines by an address of the public internet. */
const innerServices = new Set(["168.63.129.16"]);

/** Whether an IP address is one that the whole internet can reach; what is no address is not. */
export const isPublic = (address: string): boolean =>
  rangeOf(address) === "unicast" && !innerServices.has(ipaddr.process(bare(address)).toString());

/**
 * Whether an IP address is public and of another machine: behind one of our own may stand what
 * answers this machine alone. Looked up each time, networks change under a running service.
 */
export const isElsewhere = (
  address: string,
  own: readonly { address: string }[] = Deno.networkInterfaces(),
): boolean => {
  if (!isPublic(address)) return false;
  const plain = (text: string) => ipaddr.process(bare(text)).toString();
  return !own.some((each) => isPublic(each.address) && plain(each.address) === plain(address));
};

/** Whether an IP address is of this machine. */
export const isLoopback = (address: string): boolean => rangeOf(address) === "loopback";

/** Whether a text is an IP address rather than a name. */
export const isAddress = (text: string): boolean => ipaddr.isValid(bare(text));

/** Private, shared and link-local networks, as Deno's permissions can name them: those of IPv6 not. */
const ownRanges = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
] as const;

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
