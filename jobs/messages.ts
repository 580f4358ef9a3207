/** Sends users' mails after one more check, through their own server or the installation's. */
import { Buffer } from "node:buffer";
import type { Config } from "../db/config.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import * as dataKeys from "../db/data_keys.ts";
import { clean } from "../db/email_addresses.ts";
import { enqueue, queues } from "../db/jobs.ts";
import * as mailAccounts from "../db/mail_accounts.ts";
import * as mails from "../db/mails.ts";
import * as messageFiles from "../db/message_files.ts";
import { judge as judgeAddresses } from "../db/outgoing_gate.ts";
import * as outgoing from "../db/outgoing_messages.ts";
import type { Sql } from "../db/pool.ts";
import type { MailAddress } from "../db/received_mails/headers.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as sentCopies from "../db/sent_copies.ts";
import * as senders from "../db/senders.ts";
import * as unsubscriptions from "../db/unsubscriptions.ts";
import * as vault from "../db/vault.ts";
import { withUnsubscription } from "../views/mail/messages.tsx";
import { plainJob, type Tools } from "./job.ts";
import { deliver, faultOf, judge, ownServer, type Server, Unclear } from "./wire.ts";

/** Milliseconds for one mail, which may have large files and a slow line: less than its job has. */
const longest = 240_000;
/** The first attempt and the queue's retries; after that the author decides. */
const mostAttempts = (queues.send_message.retryLimit ?? 0) + 1;

/**
 * Sends a queued mail. If nobody knows whether it arrived, it is not sent again automatically: its
 * author is notified and may send it again under the same Message-ID.
 */
export const sendMessage = plainJob("send_message", async (tools, { messageId: id }) => {
  const { pool, config, log, tenantId } = tools;
  if (tenantId === null) throw new TypeError("send_message needs a tenant");
  const inTenant = <T>(work: (scope: Scope) => Promise<T>) =>
    withScope(pool, { tenantId, actor: system }, work);
  const mail = await inTenant((scope) => outgoing.take(scope, id));
  if (!mail) {
    const startAfter = await inTenant((scope) => outgoing.claimedUntil(scope, id));
    // If the attempt that claims it was cut short, nobody else would come back to the mail.
    if (startAfter) {
      await enqueue(pool, "send_message", tenantId, { messageId: id }, { startAfter });
    }
    return;
  }
  const fail = async (code: string, final: boolean) => {
    await inTenant((scope) => outgoing.markFailed(scope, id, code, final));
    log.warn("message not sent", { tenantId, recordId: id, code, attempt: mail.attempts });
  };
  if (mail.unclear) return await fail("unclear", true);
  // Only attempts that were cut short come so far: it would end further processes.
  if (mail.attempts > mostAttempts) return await fail("unexpected", true);
  let ready: Ready | undefined;
  let barred: string | null = null;
  let accepted = false;
  try {
    const prepared = await inTenant((scope) => prepare(scope, config, mail));
    if (typeof prepared === "string") return await fail(prepared, true);
    ready = prepared;
    const bytes = await write(config, mail, ready);
    const sent = { from: ready.from, replyTo: ready.replyTo, size: bytes.length };
    if (ready.server) {
      // Collecting large files takes a while: leave out anybody who objected meanwhile.
      const handOver = () =>
        inTenant(async (scope) => {
          barred = await barredBy(scope, config, mail);
          if (barred) throw new Error(barred);
          await outgoing.noteHandedOver(scope, id);
        });
      const envelope = envelopeOf(mail, ready.from);
      const rejected = await deliver(ready.server, envelope, bytes, handOver, longest);
      accepted = true;
      const refused = envelope.to.flatMap((to, at) => rejected.includes(to) ? [at] : []);
      const copy = await copyOf(tools, inTenant, mail.userId, ready.from, bytes);
      await inTenant(async (scope) => {
        await outgoing.markSent(scope, id, { ...sent, refused });
        if (copy) await sentCopies.create(scope, id, copy.mailboxId, copy.objectId);
      });
    } else {
      const to = mail.to[0]?.address ?? "";
      await mails.keep(pool, { ...letterOf(mail, ready), tenantId, kind: "message", to });
      await inTenant((scope) => outgoing.markSent(scope, id, { ...sent, refused: [] }));
    }
  } catch (error) {
    if (barred) return await fail(barred, true);
    if (accepted) {
      // Another attempt would send a second one, and one more each time that noting it fails.
      log.error("a mail was taken but not noted as sent", error, { tenantId, recordId: id });
      return await fail("unclear", true);
    }
    const { code, final } = verdict(error, ready?.own ?? false);
    const last = final || mail.attempts >= mostAttempts;
    await fail(code, last);
    if (ready?.server) await noteContact(pool, ready, ready.server, code.startsWith("smtp_"));
    if (!last) throw error;
    return;
  }
  if (ready.server) await noteContact(pool, ready, ready.server, true);
});

/**
 * The bytes of a sent mail for its author's own mailbox; a fault here must not undo the sending.
 */
async function copyOf(
  { config, log }: Tools,
  inTenant: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>,
  userId: string | null,
  from: MailAddress,
  bytes: Uint8Array,
): Promise<{ mailboxId: string; objectId: string } | null> {
  try {
    const mailboxId = await inTenant((scope) => sentCopies.mailboxFor(scope, userId, from.address));
    if (!mailboxId) return null;
    const keyId = await inTenant((scope) => dataKeys.current(scope, config));
    return { mailboxId, objectId: await sentCopies.keepBytes(config, keyId, bytes) };
  } catch (error) {
    log.error("a copy could not be kept", error);
    return null;
  }
}

const noteContact = (
  pool: Sql,
  { own }: { own: boolean },
  { host, port }: Server,
  answered: boolean,
) =>
  contactedHosts.noteServer(pool, {
    host,
    port,
    purpose: mails.purposes.message,
    answered,
    namedByCustomer: own,
  });

/** On a user's own server a wrong password is final: further attempts could lock the account. */
function verdict(error: unknown, own: boolean): { code: string; final: boolean } {
  if (error instanceof Unclear) return { code: "unclear", final: true };
  if (error instanceof vault.FileBroken) return { code: "files", final: true };
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  if (responseCode && code !== "EAUTH") return judge(error);
  const fault = faultOf(error);
  if (fault === "auth") return { code: fault, final: own };
  return {
    code: fault,
    final: ["private", "secret", "certificate", "not_encrypted"].includes(fault),
  };
}

/** What sending needs besides the mail itself. */
interface Ready {
  /** Null if there is none, and the mail is only stored (development). */
  server: Server | null;
  /** Whether this is the author's own server. */
  own: boolean;
  from: MailAddress;
  replyTo: MailAddress[];
  files: messageFiles.Attachment[];
  /** The link by which the recipient of a marketing mail objects to further ones. */
  unsubscribe: string | null;
}

/**
 * Checks the recipients' current state and collects what the mail needs, or a code if it may not be
 * sent.
 */
async function prepare(
  scope: Scope,
  config: Config,
  mail: outgoing.Outgoing,
): Promise<Ready | string> {
  const { secretKey } = config;
  const everyone = everyoneOf(mail);
  if (everyone.length === 0) return "no_recipient";
  const barred = await barredBy(scope, config, mail);
  if (barred) return barred;
  const files = await messageFiles.list(scope, mail.id);
  if (messageFiles.areTooMuch(files)) return "too_large";
  const account = mail.userId
    ? await mailAccounts.open(scope, config, { userId: mail.userId })
    : null;
  const sender = await senders.find(scope, mail.userId, account, clean(config.mailFrom));
  const unsubscribe = mail.kind === "marketing"
    ? `${config.baseUrl}/unsubscriptions/${await unsubscriptions.offer(scope, secretKey, {
      messageId: mail.id,
      address: everyone[0]!,
      contactId: await senders.contactOf(scope, mail.id, everyone[0]!),
      language: mail.language,
    })}`
    : null;
  const server = serverFor(config, account);
  return { server, own: account !== null, ...sender, files, unsubscribe };
}

const everyoneOf = ({ to, cc, bcc }: outgoing.Outgoing): string[] =>
  [...to, ...cc, ...bcc].map(({ address }) => address);

/** Why the mail may not be sent to its recipients in their current state; null if it may. */
async function barredBy(
  scope: Scope,
  { secretKey }: Config,
  mail: outgoing.Outgoing,
): Promise<string | null> {
  const judged = await judgeAddresses({ scope, secretKey }, mail.kind, everyoneOf(mail));
  const bar = judged.find((each) => each.bar !== null)?.bar;
  return bar ? `gate_${bar}` : null;
}

function serverFor(config: Config, account: mailAccounts.Opened | null): Server | null {
  const production = config.appEnv === "production";
  if (account) return accountServer(account, production);
  return config.smtpUrl ? ownServer(config.smtpUrl, production) : null;
}

/** A user's own server: encrypted unless the user opted out, and always in production. */
export const accountServer = (
  { host, port, security, username, password }: mailAccounts.Opened,
  production: boolean,
): Server => ({
  host,
  port,
  secure: security === "tls",
  requireTLS: security === "starttls" || production && security === "none",
  ignoreTLS: security === "none" && !production,
  publicOnly: production,
  ...(username ? { auth: { user: username, pass: password } } : {}),
});

const envelopeOf = (mail: outgoing.Outgoing, from: MailAddress) => ({
  from: from.address,
  to: everyoneOf(mail),
});

/** The mail's words; those of marketing end with the link to object. */
const letterOf = (mail: outgoing.Outgoing, { unsubscribe }: Ready): outgoing.Outgoing =>
  unsubscribe ? withUnsubscription(mail, mail.language, unsubscribe) : mail;

/** The mail as it is transmitted; blind-copy recipients appear only in the envelope. */
async function write(config: Config, mail: outgoing.Outgoing, ready: Ready): Promise<Uint8Array> {
  const { unsubscribe } = ready;
  const letter = letterOf(mail, ready);
  const attachments = [];
  for (const { name, mediaType, object } of ready.files) {
    attachments.push({
      filename: name,
      contentType: mediaType,
      content: Buffer.from(await new Response(vault.open(config, object)).arrayBuffer()),
    });
  }
  const bracketed = (ids: readonly string[]) => ids.map((each) => `<${each}>`);
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  return await new MailComposer({
    from: ready.from,
    replyTo: ready.replyTo,
    to: mail.to,
    cc: mail.cc,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    date: mail.at,
    messageId: `<${mail.messageId}>`,
    inReplyTo: bracketed(mail.references.slice(-1))[0],
    references: bracketed(mail.references),
    attachments,
    headers: unsubscribe
      ? {
        "List-Unsubscribe": `<${unsubscribe}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      }
      : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile().build();
}
