/** A real SMTP server in the test's own process, and the mails that reached it. */
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { drain } from "./worker.ts";
import type { TestApp } from "./app.ts";

export interface Mailbox {
  smtpUrl: string;
  mails: ParsedMail[];
  /** The recipients of each mail, including blind copies. */
  envelopes: string[][];
  /** The return address of each. */
  senders: string[];
  /** Refuses senders that begin like this; empty for none. */
  refuseSender(part: string): void;
  /** Refuses recipients from now on with this SMTP code; 0 accepts them again. */
  refuse(code: number): void;
  /** Refuses only recipients whose address contains this text. */
  refuseOnly(part: string): void;
  /** Refuses the next text after receiving it, with this code. */
  refuseText(code: number): void;
  /** Does not answer for so many milliseconds after the next text. */
  hesitate(ms: number): void;
  /** Breaks the next connection after receiving the text, before confirming it. */
  breakOff(): void;
  /** Runs the queue with this server and returns the mails to an address, oldest first. */
  collect(test: TestApp, to: string): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

export interface Login {
  user: string;
  password: string;
}

/** Starts the server on a free port of this machine. */
export async function mailbox(secure = false, login?: Login): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const envelopes: string[][] = [];
  const senders: string[] = [];
  let refusedSender = "";
  let refusedPart = "";
  let refusedText = 0;
  let pause = 0;
  let refusal = 0;
  let breaking = false;
  const server = new SMTPServer({
    secure,
    authOptional: !login,
    allowInsecureAuth: true,
    disabledCommands: secure ? [] : ["STARTTLS"],
    onAuth({ username, password }, _session, done) {
      if (login && username === login.user && password === login.password) {
        return done(null, { user: username });
      }
      done(Object.assign(new Error("wrong"), { responseCode: 535 }));
    },
    onMailFrom({ address }, _session, done) {
      if (!refusedSender || !address.startsWith(refusedSender)) return done();
      done(Object.assign(new Error("not your address"), { responseCode: 553 }));
    },
    onRcptTo({ address }, _session, done) {
      const code = refusedPart && address.includes(refusedPart) ? 550 : refusal;
      if (!code) return done();
      done(Object.assign(new Error("refused"), { responseCode: code }));
    },
    onData(stream, session, done) {
      simpleParser(stream).then(async (mail) => {
        if (refusedText) {
          const responseCode = refusedText;
          refusedText = 0;
          return done(Object.assign(new Error("refused"), { responseCode }));
        }
        mails.push(mail);
        const { mailFrom } = session.envelope;
        senders.push(mailFrom ? mailFrom.address : "");
        envelopes.push(session.envelope.rcptTo.map(({ address }) => address));
        if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
        pause = 0;
        if (!breaking) return done();
        breaking = false;
        for (const connection of server.connections) connection._socket?.destroy();
      }, done);
    },
  });
  server.on("error", () => {});
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      resolve((listening.address() as { port: number }).port);
    });
  });
  const smtpUrl = `${secure ? "smtps" : "smtp"}://127.0.0.1:${port}`;
  return {
    smtpUrl,
    mails,
    envelopes,
    senders,
    refuseSender: (part) => refusedSender = part,
    refuseOnly: (part) => refusedPart = part,
    refuseText: (code) => refusedText = code,
    hesitate: (ms) => pause = ms,
    refuse: (code) => refusal = code,
    breakOff: () => breaking = true,
    async collect(test, to) {
      await drain(test, { smtpUrl });
      return mails.filter((mail) => addressesOf(mail).includes(to.toLowerCase()));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The recipients of a mail, in lower case. */
export function addressesOf(mail: ParsedMail): string[] {
  return [mail.to ?? []].flat().flatMap(({ value }) => value)
    .map(({ address }) => (address ?? "").toLowerCase());
}

/** The first link in a mail's text to a part of the site, without the host. */
export function linkIn(mail: ParsedMail, part: string): string {
  const url = new RegExp(`https?://[^\\s/]+(/${part}/\\S+)`).exec(mail.text ?? "");
  if (!url) throw new Error(`the mail has no link to ${part}`);
  return url[1]!;
}
