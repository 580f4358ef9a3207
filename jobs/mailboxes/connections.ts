/**
 * Connects to a mailbox's server: encrypted, to public addresses only, with faults as short codes.
 */
import { isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ImapFlow, ImapTransportConnectOptions } from "imapflow";
import * as dials from "../../db/dials.ts";
import type { MailboxFields } from "../../db/mailboxes.ts";
import { isElsewhere } from "../../db/network_addresses.ts";

/** Why a mailbox cannot be read: a key of the catalogue `mailboxes`. */
export type Fault =
  | "auth"
  | "certificate"
  | "closed"
  | "folder"
  | "host"
  | "not_encrypted"
  | "permission"
  | "private"
  | "refused"
  | "refused_search"
  | "scanner"
  | "secret"
  | "throttled"
  | "timeout"
  | "unexpected";

const timeouts = { connectionTimeout: 20_000, greetingTimeout: 16_000, socketTimeout: 120_000 };

/** Most bytes of one answer of a server; a mail is fetched in pieces smaller than that. */
const largestAnswer = 40 * 1024 * 1024;
/** Most bytes of all answers to one command: many small answers take ten times as much memory. */
const largestAnswers = 12 * 1024 * 1024;
/** The connections on which the next command fetches a whole mail. */
const expecting = new WeakSet<ImapFlow>();

/** Allows the answer to the next command to be as large as a mail. */
export const expectMail = (client: ImapFlow): void => void expecting.add(client);

/**
 * Milliseconds until a server must have let us in, and for the whole session: a server may send
 * something now and then without end, and waiting for it would hold up all other mailboxes.
 */
const patience = { opening: 60_000, whole: 12 * 60_000 };

/**
 * Opens a connection and logs in; close it by `logout` or `close`. In production, addresses of
 * private networks are refused before connecting. Throws errors that `faultOf` understands.
 */
export async function open(
  { host, port, security, username, password }: MailboxFields & { password: string },
  production: boolean,
  { opening, whole } = patience,
): Promise<ImapFlow> {
  const { ImapFlow } = await import("imapflow");
  const bounds = new dials.Bounds({ longest: whole, largest: largestAnswers });
  const client = new ImapFlow({
    host,
    port,
    secure: security === "tls",
    doSTARTTLS: security === "starttls" ? true : security === "none" ? false : undefined,
    servername: isIP(host) ? undefined : host,
    auth: { user: username, pass: password },
    clientInfo: { name: "kompaktCRM" },
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true },
    transport: {
      connect: (options, onConnect) => dial(options, production, bounds, onConnect),
      upgrade: (socket, { servername, tls }, onSecure) =>
        connectTls({ ...tls, socket: socket as Socket, servername }, onSecure),
    },
    disableAutoIdle: true,
    logger: false,
    maxLiteralSize: largestAnswer,
    maxResponseSize: largestAnswer,
    ...timeouts,
  });
  // Pending commands report a lost connection themselves; nobody else needs the event.
  client.on("error", () => {});
  client.on("close", () => bounds.end());
  // Every command of the library passes through here, including those it issues itself.
  const inner = client as unknown as { exec(...command: unknown[]): Promise<unknown> };
  const exec = inner.exec.bind(client);
  inner.exec = (...command) => {
    bounds.renew(expecting.delete(client) ? largestAnswer + largestAnswers : largestAnswers);
    return exec(...command);
  };
  const late = setTimeout(() => bounds.cut(), opening);
  try {
    await client.connect();
    return client;
  } catch (error) {
    bounds.end();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

function dial(
  { host, port, secure, servername, tls }: ImapTransportConnectOptions,
  production: boolean,
  bounds: dials.Bounds,
  onConnect: () => void,
) {
  const plain = dials.dial(
    host,
    port,
    (address) => !production || isElsewhere(address),
  );
  bounds.hold(plain);
  if (!secure) return plain.once("connect", onConnect);
  return connectTls({ ...tls, socket: plain, servername }, onConnect);
}

/** What went wrong, as a code without personal data. */
export function faultOf(error: unknown): Fault {
  const { code, name, authenticationFailed, tlsFailed, message = "", mailboxMissing } = error as
    & Error
    & Record<"code" | "authenticationFailed" | "tlsFailed" | "mailboxMissing", unknown>;
  const word = String(code ?? name ?? "");
  if (name === "SecretBroken") return "secret";
  if (name === "ScannerAway") return "scanner";
  if (word === "EPRIVATE") return "private";
  if (authenticationFailed) return "auth";
  // A name that this process may not look up: treat it like a refusal by the system.
  if (name === "NotCapable" || word === "EPERM" || /Requires net access/i.test(message)) {
    return "permission";
  }
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO|certificate|UnknownIssuer/i.test(`${word} ${message}`)) {
    return "certificate";
  }
  if (tlsFailed || word === "MissingServerExtension") return "not_encrypted";
  if (mailboxMissing || word === "NONEXISTENT") return "folder";
  if (word === "ETHROTTLE") return "throttled";
  if (word === "SearchRefused") return "refused_search";
  if (/ENOTFOUND|EAI_|ENODATA/.test(word)) return "host";
  if (/TIMEOUT|ETIMEDOUT|LockTimeout/i.test(word)) return "timeout";
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(word)) return "refused";
  if (/^(E?Connection|NoConnection|ECONN|EPIPE|Closed|StateLogout)/i.test(word)) return "closed";
  return "unexpected";
}
