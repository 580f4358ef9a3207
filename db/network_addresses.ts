/**
 * Which network addresses belong to the public internet: nobody may make us reach into our own
 * network.
 */
import ipaddr from "ipaddr.js";

const bare = (address: string) => address.replace(/^\[|\]$/g, "");

/**
 * The kind of an address; an IPv4 address mapped into IPv6 counts as itself; null if it is none.
 */
const rangeOf = (address: string): string | null => {
  const text = bare(address);
  if (!ipaddr.isValid(text) || text.includes("%")) return null;
  const parsed = ipaddr.process(text);
  const range = parsed.range();
  // Only 2000::/3 is assigned in IPv6: other unnamed ranges may be an IPv4 address in an old form.
  const outside = range === "unicast" && parsed instanceof ipaddr.IPv6 &&
    parsed.parts[0]! >> 13 !== 1;
  return outside ? "reserved" : range;
};

/** Public addresses at which a cloud serves its own machines. */
const innerServices = new Set(["168.63.129.16"]);

/** Whether an IP address can be reached from the whole internet; false for anything else. */
export const isPublic = (address: string): boolean =>
  rangeOf(address) === "unicast" && !innerServices.has(ipaddr.process(bare(address)).toString());

/**
 * Whether an IP address is public and belongs to another machine: at one of our own, services meant
 * only for this machine may answer. Own addresses are looked up each time, as networks can change
 * while the service runs.
 */
export const isElsewhere = (
  address: string,
  own: readonly { address: string }[] = Deno.networkInterfaces(),
): boolean => {
  if (!isPublic(address)) return false;
  const plain = (text: string) => ipaddr.process(bare(text)).toString();
  return !own.some((each) => isPublic(each.address) && plain(each.address) === plain(address));
};

/** Whether an IP address belongs to this machine (loopback). */
export const isLoopback = (address: string): boolean => rangeOf(address) === "loopback";

/** Whether a text is an IP address rather than a name. */
export const isAddress = (text: string): boolean => ipaddr.isValid(bare(text));
