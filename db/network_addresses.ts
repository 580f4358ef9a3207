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
