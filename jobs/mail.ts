/** Mail on the wire: one attempt per run, the queue keeps the intervals between them. */
import { connect, type Socket } from "node:net";
import nodemailer from "nodemailer";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import * as mails from "../db/mails.ts";
import { queues } from "../db/jobs.ts";
import * as tokens from "../db/tokens.ts";
import { houseJob } from "./job.ts";

/** The first attempt and the queue's retries; after them the operator decides. */
const mostAttempts = (queues.send_mail.retryLimit ?? 0) + 1;
/** Milliseconds; all together stay below the job's own end and the mail's claim. */
const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 40_000,
};

/**
 * Sends a queued mail. When the connection is lost after the text went out, nobody knows whether
 * it arrived: it is sent again under the same Message-ID, for a lost reset link is worse than two.
 */
export const sendMail = houseJob("send_mail", async ({ pool, config, log }, { mailId }) => {
  const mail = await mails.take(pool, mailId);
  if (!mail) return;
  if (isOutdated(mail)) return await mails.markFailed(pool, mail.id, "expired", true);
  if (!config.smtpUrl) return await mails.markKept(pool, mail.id);
  const { host, port } = server(config.smtpUrl, config.appEnv === "production");
  const note = (answered: boolean) =>
    contactedHosts.noteServer(pool, { host, port, purpose: mails.purposes[mail.kind], answered });
  try {
    await deliver(config.smtpUrl, config, mail);
  } catch (error) {
    const { code, final } = judge(error);
    const last = final || mail.attempts >= mostAttempts;
    await mails.markFailed(pool, mail.id, code, last);
    await note(code.startsWith("smtp_"));
    log.warn("mail not sent", { recordId: mail.id, kind: mail.kind, code, attempt: mail.attempts });
    if (!last) throw error;
    return;
  }
  await mails.markSent(pool, mail.id);
  await note(true);
});

/** Whether the link in a mail has ended while it waited: such a letter only confuses. */
function isOutdated({ kind, createdAt }: mails.Mail): boolean {
  return kind in tokens.lifetimes && tokens.deadline(kind as tokens.TokenKind, createdAt) <= now();
}

async function deliver(smtpUrl: string, config: Config, mail: mails.Mail): Promise<void> {
  const transport = nodemailer.createTransport({
    ...server(smtpUrl, config.appEnv === "production"),
    ...timeouts,
    getSocket: dial,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: config.mailFrom,
      to: { name: "", address: mail.recipient },
      subject: mail.subject,
      text: mail.bodyText,
      html: mail.bodyHtml,
      date: mail.createdAt,
      messageId: `<${mail.id}@${new URL(config.baseUrl).hostname}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } finally {
    transport.close();
  }
}

/** Connects by the name that this process may reach: nodemailer would ask name servers itself. */
function dial(
  { host, port }: { host?: string; port?: number | string },
  done: (error: Error | null, opened?: { connection: Socket }) => void,
): void {
  const socket = connect({ host, port: Number(port) });
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

/** `smtps` encrypts from the start; `smtp` by STARTTLS, which production demands of other machines. */
function server(smtpUrl: string, production: boolean) {
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

/** A code without personal data, and whether another attempt is of no use: the server said never. */
export function judge(error: unknown): { code: string; final: boolean } {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode) {
    return { code: `smtp_${responseCode}`, final: responseCode >= 500 && code !== "EAUTH" };
  }
  return { code: (code ?? "unknown").toLowerCase(), final: false };
}
