/** The networks that addresses belong to, by which visitors are counted. */

/** The network an address belongs to: /24 of IPv4, /56 of IPv6, which is what one customer gets. */
export function prefixOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip);
  if (v4) return `${v4[1]}.0/24`;
  if (!ip.includes(":")) return ip;
  const [head = "", tail] = ip.toLowerCase().split("%")[0]!.split("::", 2);
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array(zeros).fill("0"), ...right].map((g) => g.padStart(4, "0"));
  return `${groups.slice(0, 3).join(":")}:${(groups[3] ?? "0000").slice(0, 2)}00::/56`;
}

/** The network that a hoster or a tunnel gives a customer: /48 of IPv6, which is 256 prefixes. */
export const siteOf = (prefix: string): string =>
  prefix.replace(/^((?:[0-9a-f]+:){3})[0-9a-f]+::\/56$/, "$1:/48");

/** The part of a network that stays when addresses change daily: /16 of IPv4, /32 of IPv6. */
export const neighbourhoodOf = (ip: string): string =>
  prefixOf(ip).replace(/^(\d+\.\d+)\..*$/, "$1").replace(/^([^:]*:[^:]*):.*$/, "$1");
