/**
 * The SMTP or LMTP listener: it accepts our own addresses only, never relays, and acknowledges only
 * stored mail.
 */
import type { Socket } from "node:net";
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from "smtp-server";
import { FileTooLarge } from "../../db/vault.ts";
import { type Inbound, isLoopback } from "../../db/inbound_settings.ts";
import type { AppLog } from "../../db/log.ts";
import type { Sql } from "../../db/pool.ts";
import * as rawMails from "../../db/raw_mails.ts";
import { recipientOf } from "./handlers.ts";
import { AddressCounter, OpenConnections, type Rate, rates, SenderCounter } from "./limits.ts";

export interface Listener {
  /** The actual port: tests ask for port 0. */
  port: number;
  /** Stops accepting connections and gives the open ones this many milliseconds. */
  close(graceMs: number): Promise<void>;
}

interface Setting {
  inbound: Inbound;
  store: { dataDir: string; secretKey: string };
  pool: Sql;
  log: Pick<AppLog, "debug" | "warn" | "error">;
  /** Milliseconds a connection may last, however busy it is. */
  longest?: number;
  /** How many mails one address of ours takes. */
  address?: Rate;
}

/** What the other side receives: a code and a sentence, but nothing about us. */
class Refusal extends Error {
  constructor(readonly responseCode: number, message: string) {
    super(message);
  }
}

const nobody = () => new Refusal(550, "No such address here");
const later = () => new Refusal(451, "Try again later");

/** Starts listening. Throws if the port is not available. */
export async function listen(setting: Setting): Promise<Listener> {
  const { inbound, log } = setting;
  const door = new Door(setting);
  const server = new SMTPServer({
    lmtp: inbound.protocol === "lmtp",
    name: inbound.domain,
    banner: "kompaktCRM",
    ...(inbound.tls ? { ...inbound.tls, minVersion: "TLSv1.2" } : {}),
    disabledCommands: inbound.tls ? ["AUTH"] : ["AUTH", "STARTTLS"],
    authOptional: true,
    // We do not need the name of a stranger's machine, and looking it up would be an outgoing
    // request.
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    size: rawMails.largest,
    maxClients: 100,
    maxRecipients: 50,
    maxAllowedUnauthenticatedCommands: 200,
    socketTimeout: 60_000,
    closeTimeout: 10_000,
    logger: false,
    onConnect: (session, done) => door.enter(session).then(done),
    onClose: (session) => door.leave(session),
    onRcptTo: (address, session, done) => {
      door.judge(address, session).then(() => done(), done);
    },
    onData: (stream, session, done) => {
      door.keep(stream, session).then(() => done(), (error) => done(refusalOf(error, log)));
    },
  });
  door.hangUp = (id) => {
    for (const connection of server.connections) if (connection.id === id) connection.close();
  };
  const socket = await new Promise<{ port: number }>((resolve, fail) => {
    server.once("error", fail);
    const listening = server.listen(inbound.port, inbound.host, () => {
      server.removeListener("error", fail);
      resolve(listening.address() as { port: number });
    });
  });
  // A broken connection of a stranger; anything that matters was already reported to its owner.
  server.on("error", (error) => log.debug("a connection failed", { code: codeOf(error) }));
  return {
    port: socket.port,
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(resolve));
      const late = setTimeout(() => {
        for (const connection of server.connections) (connection._socket as Socket).destroy();
      }, graceMs);
      await closed;
      clearTimeout(late);
    },
  };
}

/** Handles a connection step by step. */
class Door {
  hangUp: (id: string) => void = () => {};
  private readonly mails = new SenderCounter(rates.mails);
  private readonly guesses = new SenderCounter(rates.guesses);
  private readonly addresses: AddressCounter;
  private readonly open = new OpenConnections();
  private readonly alarms = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly found = new WeakMap<SMTPServerSession, Map<string, rawMails.Recipient>>();

  constructor(private readonly setting: Setting) {
    this.addresses = new AddressCounter(setting.address ?? rates.address);
  }

  /** Returns null, or why a connection is refused. */
  enter({ id, remoteAddress }: SMTPServerSession): Promise<Refusal | null> {
    const fits = this.open.enter(id, remoteAddress);
    const { longest = 10 * 60_000 } = this.setting;
    this.alarms.set(id, setTimeout(() => this.hangUp(id), longest));
    if (isLoopback(remoteAddress)) return Promise.resolve(null);
    const tooMany = !fits || this.guesses.isSpent(remoteAddress);
    return Promise.resolve(tooMany ? new Refusal(421, "Too many connections, try later") : null);
  }

  /** Called for each connection that ends, including those that left before they were let in. */
  leave({ id }: SMTPServerSession): void {
    clearTimeout(this.alarms.get(id));
    this.alarms.delete(id);
    this.open.leave(id);
  }

  /** Remembers the recipient behind an address. Throws Refusal. */
  async judge({ address }: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    const at = address.lastIndexOf("@");
    const domain = address.slice(at + 1).toLowerCase();
    const { inbound, pool, log, store: { secretKey } } = this.setting;
    const stranger = session.remoteAddress;
    if (at < 1 || domain !== inbound.domain) throw new Refusal(550, "We do not relay");
    if (!isLoopback(stranger) && this.guesses.isSpent(stranger)) throw later();
    const recipient = await recipientOf(pool, address.slice(0, at), secretKey).catch((error) => {
      log.error("an address cannot be looked up", error);
      throw later();
    });
    if (!recipient) {
      this.guesses.take(stranger);
      throw nobody();
    }
    if (this.addresses.isSpent(recipient.sourceId, this.senderOf(session))) {
      throw new Refusal(450, "This address gets too much mail, try later");
    }
    const known = this.found.get(session) ?? new Map();
    this.found.set(session, known.set(address, recipient));
  }

  /** Stores the mail for all its recipients; it is acknowledged only after that. Throws. */
  async keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { pool, store } = this.setting;
    const { rcptTo } = session.envelope;
    const known = this.found.get(session) ?? new Map<string, rawMails.Recipient>();
    const recipients = new Map<string, rawMails.Recipient>();
    for (const { address } of rcptTo) {
      const recipient = known.get(address);
      if (!recipient) throw later();
      recipients.set(`${recipient.handler} ${recipient.sourceId}`, recipient);
    }
    const stranger = session.remoteAddress;
    if (!isLoopback(stranger) && !this.mails.take(stranger)) {
      throw new Refusal(450, "Too many mails, try later");
    }
    const whole = this.withEnvelope(stream, session);
    await rawMails.store(pool, store, [...recipients.values()], whole);
    // Not where it is only named: a few hundred short lines would close it to everybody.
    for (const { sourceId } of recipients.values()) {
      this.addresses.take(sourceId, this.senderOf(session));
    }
  }

  /** The machine that a mail comes from; null if that is a mail server of the operator's own. */
  private senderOf({ remoteAddress }: SMTPServerSession): string | null {
    const { protocol, authserv } = this.setting.inbound;
    const own = protocol === "lmtp" || authserv !== undefined || isLoopback(remoteAddress);
    return own ? null : remoteAddress;
  }

  /**
   * The envelope's sender belongs to the mail: an empty one marks a bounce. If no mail server of
   * ours checked the sender, we put our own statement of that on top, above anything the mail
   * claims, and not last: a mail that begins with a blank continues the field above it.
   */
  private async *withEnvelope(
    stream: SMTPServerDataStream,
    { id: sessionId, envelope: { mailFrom }, remoteAddress }: SMTPServerSession,
  ): AsyncGenerator<Uint8Array> {
    const sender = mailFrom ? mailFrom.address.replace(/[\r\n<>]/g, "") : "";
    const { protocol, domain } = this.setting.inbound;
    const relayed = protocol === "lmtp" || isLoopback(remoteAddress);
    const unseen = relayed ? "" : `Authentication-Results: ${domain}; none\r\n`;
    yield new TextEncoder().encode(`${unseen}Return-Path: <${sender}>\r\n`);
    let size = 0;
    // Read to the end even if it is too large, so that the sender hears why; but not for ever.
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size <= rawMails.largest) yield chunk;
      if (size > 2 * rawMails.largest) this.hangUp(sessionId);
    }
    if (size > rawMails.largest) throw new FileTooLarge(rawMails.largest);
  }
}

/** What the sender receives about a fault: only excess size is permanent, all else may pass. */
function refusalOf(error: unknown, log: Setting["log"]): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof FileTooLarge) return new Refusal(552, "This mail is too large");
  if (codeOf(error) === "ECONNECTION") log.debug("a mail was cut off");
  else log.error("a mail could not be kept", error);
  return later();
}

const codeOf = (error: unknown) => String((error as { code?: unknown })?.code ?? "unknown");
