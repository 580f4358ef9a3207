/** Private networks, checked with the runtime alone: the supervisor loads no library for them. */
import { BlockList, isIP } from "node:net";

/** Private, shared and link-local networks that Deno's permissions can name, so none of IPv6. */
const ownRanges = [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const;

/**
 * The ranges that contain none of these addresses, so a process can do without them. An IPv4
 * address mapped into IPv6 counts as itself; anything that is no address is ignored.
 */
export function unneededRanges(addresses: readonly string[]): string[] {
  const needed = addresses.filter((each) => isIP(each) !== 0);
  return ownRanges.flatMap(([base, bits]) => {
    const range = new BlockList();
    range.addSubnet(base, bits);
    const held = needed.some((each) => range.check(each, isIP(each) === 6 ? "ipv6" : "ipv4"));
    return held ? [] : [`${base}/${bits}`];
  });
}
