/** How the operator specifies where ClamAV listens: a host and port, or a local socket. */
import { isIP } from "node:net";

/** Where clamd accepts streams. */
export type Scanner = { readonly host: string; readonly port: number } | { readonly path: string };

/** The address meant by `host:port` or `/path/of/socket`; null if it makes no sense. */
export function scannerAt(text: string): Scanner | null {
  // In Deno's permission flags a comma starts the next entry.
  if (text.startsWith("/")) return text.includes(",") ? null : { path: text };
  const url = URL.parse(`tcp://${text}`);
  if (!url || url.username || url.search || url.hash || url.pathname !== "") return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!isIP(host) && !/^[a-zA-Z0-9._-]+$/.test(host)) return null;
  return url.port && url.port !== "0" ? { host, port: Number(url.port) } : null;
}
