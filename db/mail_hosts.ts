/** Names of mail servers that users may enter: hosts on the internet, not in our own network. */
import { isIP } from "node:net";
import { isPublic } from "./network_addresses.ts";

const name = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
/** Last labels that some resolvers read as part of an IP address. */
const numeric = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;
/** Last labels that no public name server knows. */
const inner =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|arpa|test|invalid)$/;

/** The host as it is stored: lower case, without a trailing dot. */
export const cleanHost = (text: string): string => text.trim().toLowerCase().replace(/\.$/, "");

/**
 * Why a host cannot be used: a key of the catalogues `mail_accounts` and `mailboxes`; null for one
 * that can.
 */
export function faultOfHost(
  host: string,
  production: boolean,
): "host_wrong" | "host_private" | null {
  // A permission cannot contain a colon, so servers have a name or an IPv4 address.
  if (isIP(host) === 4) return production && !isPublic(host) ? "host_private" : null;
  if (host.length > 253 || !name.test(host) || numeric.test(host)) return "host_wrong";
  if (!production) return null;
  return inner.test(host) || !host.includes(".") ? "host_private" : null;
}
