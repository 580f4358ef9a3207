/**
 * Sends mail over SMTP: one connection to one server, dialled by its name, and interprets its
 * faults.
 */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import * as dials from "../db/dials.ts";
import { isElsewhere } from "../db/network_addresses.ts";

/** A server as a transport needs it. */
export interface Server {
  host: string;
  port: number;
  /** Encrypted from the first byte. */
  secure: boolean;
  /** Fails if the server does not offer STARTTLS. */
  requireTLS: boolean;
  /** Does not use STARTTLS even if it is offered. */
  ignoreTLS?: boolean;
  auth?: { user: string; pass: string };
  /** Whether addresses of private networks are refused, because a user named this server. */
  publicOnly?: boolean;
}

export interface Envelope {
  from: string;
  to: string[];
}

/** Milliseconds; all together stay below a job's own time limit and the claim on its mail. */
const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 40_000,
};
/**
 * Milliseconds for a whole session: a server may send something now and then without end, and a job
 * waiting for it would hold up all others of its kind.
 */
const longest = 100_000;
/** Most bytes that a server may send. */
const largest = 1024 * 1024;
/** Bytes handed to the connection at once. */
const piece = 64 * 1024;

/** It is unknown whether the mail arrived: the connection broke after all of it was handed over. */
export class Unclear extends Error {
  override name = "Unclear";
  readonly code = "unclear";
}

/**
 * Delivers a whole mail. Returns the addresses that the server refused while it accepted others.
 * `before` runs when all but the last piece is sent, so that a crash after it can be recognised.
 * Throws Unclear.
 */
export async function deliver(
  server: Server,
  envelope: Envelope,
  mail: Uint8Array,
  before: () => Promise<void> = () => Promise.resolve(),
  within = longest,
): Promise<string[]> {
  let handedOver = false;
  const { transport, bounds } = await open(server, within);
  async function* pieces() {
    const last = Math.max(0, mail.length - piece);
    for (let at = 0; at < last; at += piece) {
      yield Buffer.from(mail.subarray(at, Math.min(at + piece, last)));
    }
    await before();
    handedOver = true;
    yield Buffer.from(mail.subarray(last));
  }
  // A stream that is read only when the server asks for the text, and no sooner.
  transport.use("stream", ({ message }, done) => {
    message.createReadStream = () => Readable.from(pieces(), { objectMode: false });
    done();
  });
  try {
    const { rejected } = await transport.sendMail({ envelope: { ...envelope }, text: "" });
    return (rejected ?? []).map((each: string | { address?: string }) =>
      typeof each === "string" ? each : each.address ?? ""
    );
  } catch (error) {
    const answered = (error as { responseCode?: number }).responseCode !== undefined;
    throw handedOver && !answered ? new Unclear("no answer after the text") : error;
  } finally {
    transport.close();
    bounds.end();
  }
}

/** Connects, logs in and disconnects. Throws errors that `judge` and `faultOf` understand. */
export async function tryOut(server: Server, within = 60_000): Promise<void> {
  const { transport, bounds } = await open(server, within);
  try {
    await transport.verify();
  } finally {
    transport.close();
    bounds.end();
  }
}

/** The library, twenty megabytes, is loaded with the first mail. */
async function open({ publicOnly = false, ...server }: Server, within: number) {
  const { default: nodemailer } = await import("nodemailer");
  const bounds = new dials.Bounds({ longest: within, largest });
  const transport = nodemailer.createTransport({
    ...server,
    ...timeouts,
    tls: { minVersion: "TLSv1.2" },
    getSocket: (where: Place, done: Dialled) => dial(where, publicOnly, bounds, done),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { transport, bounds };
}

interface Place {
  host?: string;
  port?: number | string;
}
type Dialled = (error: Error | null, opened?: { connection: Socket }) => void;

/**
 * Connects by the name that this process may reach, as nodemailer would query name servers itself.
 */
function dial(
  { host, port }: Place,
  publicOnly: boolean,
  bounds: dials.Bounds,
  done: Dialled,
): void {
  let socket: Socket;
  try {
    const isFit = publicOnly ? (address: string) => isElsewhere(address) : () => true;
    socket = dials.dial(host ?? "", Number(port), isFit);
    bounds.hold(socket);
  } catch (error) {
    return done(error as Error);
  }
  const failed = (error: Error) => {
    clearTimeout(late);
    done(error);
  };
  const late = setTimeout(() => {
    socket.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" }));
  }, timeouts.connectionTimeout);
  socket.once("error", failed).once("connect", () => {
    clearTimeout(late);
    socket.removeListener("error", failed);
    done(null, { connection: socket });
  });
}

/**
 * The installation's own mail server. `smtps` encrypts from the start, `smtp` by STARTTLS; in
 * production STARTTLS is required of every server on another machine.
 */
export function ownServer(smtpUrl: string, production: boolean): Server {
  const url = new URL(smtpUrl);
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const local = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  return {
    host,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTLS: production && !secure && !local,
    auth: url.username
      ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
      : undefined,
  };
}

/**
 * A code without personal data, and whether the server's refusal is final, so that a retry is
 * useless.
 */
export function judge(error: unknown): { code: string; final: boolean } {
  const { responseCode, code, command = "" } = error as {
    responseCode?: number;
    code?: string;
    command?: string;
  };
  if (responseCode) {
    // An error before a recipient is named is about us: our account needs fixing, the address is
    // not wrong.
    const ofUs = code === "EAUTH" || /^(?:CONN|EHLO|HELO|STARTTLS|AUTH|MAIL)/.test(command);
    return { code: `smtp_${responseCode}`, final: responseCode >= 500 && !ofUs };
  }
  return { code: (code ?? "unknown").toLowerCase(), final: code === "EPRIVATE" };
}

/**
 * Why a user's server does not work: keys of the catalogue `mail_accounts`, prefixed with `fault_`.
 */
export type Fault =
  | "auth"
  | "certificate"
  | "closed"
  | "host"
  | "not_encrypted"
  | "permission"
  | "private"
  | "refused"
  | "secret"
  | "timeout"
  | "unexpected";

/** What went wrong, as a code without personal data. */
export function faultOf(error: unknown): Fault {
  const { code = "", name, message = "", responseCode } = error as
    & Error
    & { code?: string; responseCode?: number };
  if (name === "SecretBroken") return "secret";
  if (code === "EPRIVATE") return "private";
  if (code === "EAUTH" || responseCode === 535 || responseCode === 530) return "auth";
  // A name that this process may not look up: treat it like a refusal by the system.
  if (name === "NotCapable" || code === "EPERM" || /Requires net access/i.test(message)) {
    return "permission";
  }
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO|certificate|UnknownIssuer/i.test(`${code} ${message}`)) {
    return "certificate";
  }
  if (/ENOTFOUND|EAI_|ENODATA|EDNS|lookup/i.test(`${code} ${message}`)) return "host";
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(`${code} ${message}`)) return "refused";
  if (code === "ETLS") return "not_encrypted";
  if (/ETIMEDOUT|timeout/i.test(`${code} ${message}`)) return "timeout";
  if (/ECONNECTION|ECONNRESET|EPIPE|ESOCKET|EPROTOCOL/.test(code)) return "closed";
  return "unexpected";
}
