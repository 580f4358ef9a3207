/** What each environment variable may hold; the sentences complete "NAME …". */
import { resolve } from "node:path";
import { z } from "zod";
import { offsetOf } from "./clock.ts";
import { inboundAt, pem } from "./inbound_settings.ts";
import { keyBytes } from "./key_texts.ts";
import { listenAt } from "./metric_settings.ts";
import { scannerAt } from "./scanner_settings.ts";

const wholeNumber = (from: number, to: number) =>
  z.string().regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}.`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be a whole number from ${from} to ${to}.`);

const url = (protocols: string[], fault: string) =>
  z.string().refine((text) => {
    const parsed = URL.parse(text);
    return parsed !== null && parsed.hostname !== "" && protocols.includes(parsed.protocol);
  }, fault);

const origin = url(["http:", "https:"], "must be an address such as https://crm.example.com.")
  .refine((text) => {
    const { pathname, search, hash, username } = URL.parse(text) ?? new URL("x:/x");
    return pathname === "/" && !search && !hash && !username;
  }, "must be a bare address without path, query or user, such as https://crm.example.com.")
  .transform((text) => new URL(text).origin);

/** Exactly one host name over TCP: processes may connect to nothing else. */
const databaseUrl = url(
  ["postgres:", "postgresql:"],
  "must look like postgres://user:password@host:5432/database, with one host name.",
).refine((text) => {
  const { hostname, searchParams } = URL.parse(text) ?? new URL("x:/x");
  return !/[,%]/.test(hostname) && !searchParams.has("host") && !searchParams.has("port");
}, "must name one host before the database: no lists, no sockets, no host or port parameter.");

const duration = z.string().refine((text) => {
  try {
    offsetOf(text);
    return true;
  } catch {
    return false;
  }
}, "must be an ISO 8601 duration such as P31D that leads to a year from 1 to 9999.");

/** Deno's permission lists separate folders by commas. */
const folder = z.string().refine(
  (text) => !resolve(text).includes(","),
  "must be a folder without a comma in its path.",
);

/** The shape of each variable, with the sentence that refuses anything else. */
export const variables = {
  APP_ENV: z.enum(["development", "production"], "must be development or production."),
  PORT: wholeNumber(1, 65535),
  HOST: z.string().regex(/^[a-zA-Z0-9.:_-]+$/, "must be an IP address or a host name."),
  BASE_URL: origin,
  CLAMAV_SOCKET: z.string().refine(
    (text) => scannerAt(text) !== null,
    "must look like 127.0.0.1:3310, or be the absolute path of a socket.",
  ),
  DATA_DIR: folder,
  DATABASE_DIRECT_URL: databaseUrl,
  DATABASE_URL: databaseUrl,
  DATABASE_REPLICA_URL: databaseUrl,
  SECRET_KEY: z.string().refine(
    (text) => keyBytes(text)?.length === 32,
    "must be 32 bytes in base64, for example from `openssl rand -base64 32`.",
  ),
  SMTP_URL: url(["smtp:", "smtps:"], "must look like smtps://user:password@host:465."),
  INBOUND_SMTP: z.string().refine(
    (text) => inboundAt(text) !== null,
    "must look like 127.0.0.1:2525, or lmtp://127.0.0.1:2424.",
  ),
  INBOUND_DOMAIN: z.string().toLowerCase().regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be a domain such as in.crm.example.com.",
  ),
  INBOUND_AUTHSERV: z.string().toLowerCase().regex(
    /^[a-z0-9._-]{1,253}$/,
    "must be the name that your mail server writes into Authentication-Results.",
  ),
  INBOUND_TLS_CERT: z.string().refine(pem("CERTIFICATE"), "must be a certificate in PEM."),
  INBOUND_TLS_KEY: z.string().refine(pem("PRIVATE KEY"), "must be a private key in PEM."),
  MAIL_FROM: z.string().regex(
    /^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
    "must be an e-mail address, or a name and an address in angle brackets.",
  ),
  CLOCK_OFFSET: duration,
  METRICS_LISTEN: z.string().refine(
    (text) => listenAt(text) !== null,
    "must look like 127.0.0.1:9464.",
  ),
  METRICS_TOKEN: z.string().regex(/^[\x21-\x7e]{16,200}$/, "must have at least 16 characters."),
  WEB_PROCESSES: wholeNumber(1, 64),
};

export type Name = keyof typeof variables;
/** What a variable's text is read as. */
export type Output<N extends Name> = z.output<typeof variables[N]>;
/** The text of each variable that is set. */
export type Texts = Partial<Record<Name, string>>;
