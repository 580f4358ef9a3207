/** The way to a mailbox's server: encrypted, to public addresses only, its faults told in a word. */
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

/** Bytes of one answer of a server; a mail is fetched in pieces below that. */
const largestAnswer = 40 * 1024 * 1024;
/** Bytes of all that it answers to one command: many small answers weigh ten times as much in memory. */
const largestAnswers = 12 * 1024 * 1024;
/** By whose connection the next command brings a whole mail. */
const expecting = new WeakSet<ImapFlow>();

/** Has the answer to the next command be as large as a mail. */
export const expectMail = (client: ImapFlow): void => void expecting.add(client);

/**
 * Milliseconds until a server has let us in, and of a whole conversation: it may say something now and
 * then without end, and who waits for it in vain holds up the mailboxes of all others.
 */
const patience = { opening: 60_000, whole: 12 * 60_000 };

/**
 * A connection that is logged in; close it by `logout` or `close`. In production addresses of
 * private networks are refused before they are connected to. Throws what `faultOf` tells.
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
  // A lost connection is told to whoever waits for an answer; nobody else has to hear it.
  client.on("error", () => {});
  client.on("close", () => bounds.end());
  // Every command of the library goes through here, also those that it gives by itself.
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

/** What went wrong, in a word that tells nothing of anyone. */
export function faultOf(error: unknown): Fault {
  const { code, name, authenticationFailed, tlsFailed, message = "", mailboxMissing } = error as
    & Error
    & Record<"code" | "authenticationFailed" | "tlsFailed" | "mailboxMissing", unknown>;
  const word = String(code ?? name ?? "");
  if (name === "SecretBroken") return "secret";
  if (name === "ScannerAway") return "scanner";
  if (word === "EPRIVATE") return "private";
  if (authenticationFailed) return "auth";
  // A name that this process may not look up is refused as the system would refuse it.
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
