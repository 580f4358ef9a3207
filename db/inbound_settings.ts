/**
 * How the operator sets where incoming mail is accepted: by SMTP, or by LMTP from their own mail
 * server.
 */
import { isIP } from "node:net";

/** A listener for incoming mail. */
export interface Inbound {
  readonly protocol: "smtp" | "lmtp";
  readonly host: string;
  readonly port: number;
  /** The part after the `@` of all addresses that mail is accepted for. */
  readonly domain: string;
  /** The name under which the operator's mail server states whom it authenticated (RFC 8601). */
  readonly authserv?: string;
  /** Certificate and key in PEM, for STARTTLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/**
 * The listener that `host:port`, `smtp://host:port` or `lmtp://host:port` names; null if invalid.
 */
export function inboundAt(text: string): Pick<Inbound, "protocol" | "host" | "port"> | null {
  const url = URL.parse(/^\w+:\/\//.test(text) ? text : `smtp://${text}`);
  if (!url || (url.protocol !== "smtp:" && url.protocol !== "lmtp:")) return null;
  const { hostname, port, username, pathname, search, hash } = url;
  if (!hostname || !port || port === "0" || username || search || hash) return null;
  if (pathname !== "" && pathname !== "/") return null;
  const host = hostname.replace(/^\[|\]$/g, "");
  if (!isIP(host) && !/^[a-zA-Z0-9._-]+$/.test(host)) return null;
  return { protocol: url.protocol === "lmtp:" ? "lmtp" : "smtp", host, port: Number(port) };
}

/** Whether a text contains a PEM block of this kind; validates a setting. */
export const pem = (kind: string) => (text: string): boolean =>
  new RegExp(`-----BEGIN (?:[A-Z]+ )?${kind}-----[^]+-----END (?:[A-Z]+ )?${kind}-----`).test(text);

/** The combined settings; undefined if none, or not all that are needed, are set. */
export function inboundOf(
  { at, domain, authserv, cert, key }: {
    at?: string;
    domain?: string;
    authserv?: string;
    cert?: string;
    key?: string;
  },
): Inbound | undefined {
  const place = at === undefined ? null : inboundAt(at);
  if (!place || !domain) return undefined;
  return {
    ...place,
    domain,
    ...(authserv ? { authserv } : {}),
    ...(cert && key ? { tls: { cert, key } } : {}),
  };
}

type Texts = Partial<
  Record<"INBOUND_SMTP" | "INBOUND_DOMAIN" | "INBOUND_TLS_CERT" | "INBOUND_TLS_KEY", string>
>;

/** What does not fit together, one sentence each. */
export function inboundFaults(texts: Texts, production: boolean): string[] {
  const { INBOUND_SMTP: at, INBOUND_DOMAIN: domain } = texts;
  const { INBOUND_TLS_CERT: cert, INBOUND_TLS_KEY: key } = texts;
  const faults: string[] = [];
  if (at && !domain) faults.push("INBOUND_DOMAIN must be set where INBOUND_SMTP is.");
  if (Boolean(cert) !== Boolean(key)) {
    faults.push("INBOUND_TLS_CERT and INBOUND_TLS_KEY must be set together.");
  }
  const place = at ? inboundAt(at) : null;
  if (production && place && !isLoopback(place.host) && !(cert && key)) {
    faults.push(
      "INBOUND_TLS_CERT and INBOUND_TLS_KEY must be set in production, unless INBOUND_SMTP listens on this machine only.",
    );
  }
  return faults;
}

/** Whether an address can be reached only by programs on this machine. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(host);
