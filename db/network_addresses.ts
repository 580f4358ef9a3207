/** Which network addresses are of the public internet: users may not have us look into our own network. */
import { BlockList, isIP } from "node:net";

const closed = new BlockList();
const networks: [string, number, "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 127, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];
for (const [network, prefix, family] of networks) closed.addSubnet(network, prefix, family);

/** Whether an IP address is one that the whole internet can reach; what is no address is not. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").replace(/^::ffff:(?=\d+\.)/i, "");
  const family = isIP(plain);
  if (family === 0 || plain.includes("%")) return false;
  // An IPv4 address in the dress of IPv6, in hexadecimal digits.
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(plain);
  if (mapped) {
    const [high, low] = mapped.slice(1).map((part) => parseInt(part, 16)) as [number, number];
    return isPublic([high >> 8, high & 255, low >> 8, low & 255].join("."));
  }
  return !closed.check(plain, family === 4 ? "ipv4" : "ipv6");
}
