/**
 * Sends the installation's own mail: one attempt per run, spaced by the queue's retry intervals.
 */
import { Buffer } from "node:buffer";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import { clean } from "../db/email_addresses.ts";
import * as mails from "../db/mails.ts";
import { enqueue, queues } from "../db/jobs.ts";
import { returnAddress } from "../db/mail_returns.ts";
import * as tokens from "../db/tokens.ts";
import { plainJob } from "./job.ts";
import { noteEnded } from "./returned_letters.ts";
import { deliver, judge, ownServer, type Server } from "./wire.ts";

/** The first attempt and the queue's retries; after that the operator decides. */
const mostAttempts = (queues.send_mail.retryLimit ?? 0) + 1;

/**
 * Sends a queued mail. If the connection is lost after the text was sent, nobody knows whether it
 * arrived: it is sent again under the same Message-ID, because a lost reset link is worse than two.
 */
export const sendMail = plainJob("send_mail", async ({ tenantId, ...tools }, { mailId }) => {
  const { pool, config, log } = tools;
  const mail = await mails.take(pool, mailId);
  if (!mail) {
    const startAfter = await mails.claimedUntil(pool, mailId);
    // If the attempt that claims it was cut short, nobody else would come back to the mail.
    if (startAfter) return await enqueue(pool, "send_mail", tenantId, { mailId }, { startAfter });
    // A mail that was sent already is queued again when it comes back, or when that was not noted.
    return await noteEnded({ pool, config }, mailId);
  }
  // Only attempts that were cut short come so far: it would end further processes.
  if (mail.attempts > mostAttempts) {
    return await mails.markFailed(pool, mail.id, "unexpected", true);
  }
  if (isOutdated(mail)) return await mails.markFailed(pool, mail.id, "expired", true);
  if (!config.smtpUrl) {
    await mails.markKept(pool, mail.id);
    return await noteEnded({ pool, config }, mail.id);
  }
  const server = ownServer(config.smtpUrl, config.appEnv === "production");
  const { host, port } = server;
  const note = (answered: boolean) =>
    contactedHosts.noteServer(pool, { host, port, purpose: mails.purposes[mail.kind], answered });
  try {
    await hand(server, config, mail);
  } catch (error) {
    const { code, final } = judge(error);
    const last = final || mail.attempts >= mostAttempts;
    await mails.markFailed(pool, mail.id, code, last);
    await note(code.startsWith("smtp_"));
    log.warn("mail not sent", { recordId: mail.id, kind: mail.kind, code, attempt: mail.attempts });
    if (!last) throw error;
    return await noteEnded({ pool, config }, mailId);
  }
  await mails.markSent(pool, mail.id);
  await note(true);
  await noteEnded({ pool, config }, mailId);
});

/** Whether the link in a mail expired while the mail waited: such a letter would only confuse. */
function isOutdated({ kind, createdAt }: mails.Mail): boolean {
  return kind in tokens.lifetimes && tokens.deadline(kind as tokens.TokenKind, createdAt) <= now();
}

/** Sends it under its own return address, or the sender's if the server accepts no other. */
async function hand(server: Server, config: Config, mail: mails.Mail): Promise<void> {
  const [sender, to] = [clean(config.mailFrom), [mail.recipient]];
  const own = returnAddress(config.secretKey, mail.id, sender, config.inbound?.domain);
  const bytes = await write(config, mail);
  try {
    await deliver(server, { from: own ?? sender, to }, bytes);
  } catch (error) {
    const { responseCode = 0, command } = error as { responseCode?: number; command?: string };
    if (!own || command !== "MAIL FROM" || responseCode < 500) throw error;
    // Both attempts together take less time than the claim on the mail lasts.
    await deliver(server, { from: sender, to }, bytes, undefined, 45_000);
  }
}

/** The mail as it is transmitted. */
async function write({ mailFrom, baseUrl }: Config, mail: mails.Mail): Promise<Uint8Array> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  return await new MailComposer({
    from: senderOf(mailFrom, mail.onBehalfOf),
    to: { name: "", address: mail.recipient },
    replyTo: mail.replyTo || undefined,
    subject: mail.subject,
    text: mail.bodyText,
    html: mail.bodyHtml,
    attachments: mail.attachment
      ? [{
        filename: mail.attachmentName,
        content: Buffer.from(mail.attachment),
        contentType: "application/pdf",
      }]
      : [],
    date: mail.createdAt,
    messageId: `<${mail.id}@${new URL(baseUrl).hostname}>`,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile().build();
}

/** Our address, under the name of the tenant that a mail speaks for, if there is one. */
function senderOf(mailFrom: string, tenant: string | null) {
  if (tenant === null) return mailFrom;
  const address = clean(mailFrom);
  const own = mailFrom.slice(0, Math.max(mailFrom.lastIndexOf("<"), 0)).replaceAll('"', "").trim();
  return { name: own && own !== tenant ? `${tenant} (${own})` : tenant, address };
}
