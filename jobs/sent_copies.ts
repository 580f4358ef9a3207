/**
 * Puts the copy of a sent mail into its author's own folder, once, whatever the mail server does.
 */
import { Buffer } from "node:buffer";
import * as mailboxes from "../db/mailboxes.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as sentCopies from "../db/sent_copies.ts";
import { plainJob, type Tools } from "./job.ts";
import { faultOf, open } from "./mailboxes/connections.ts";

/** Files one copy. Some servers keep what they send, in which case it is already there. */
export const fileSentCopy = plainJob("file_sent_copy", async ({ tenantId, ...tools }, payload) => {
  if (tenantId === null) throw new TypeError("a copy has a tenant");
  const { messageId } = payload;
  const inTenant = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    withScope(tools.pool, { tenantId, actor: system }, work);
  const copy = await inTenant((scope) => sentCopies.take(scope, messageId));
  if (!copy) return;
  let code: string | null = null;
  try {
    const { config } = tools;
    const mailbox = await inTenant((scope) => mailboxes.access(scope, config, copy.mailboxId));
    await file(tools, mailbox, copy);
  } catch (error) {
    code = faultOf(error);
    tools.log.warn("a copy could not be filed", { tenantId, recordId: messageId, code });
  }
  const final = code !== null && copy.attempts >= sentCopies.mostAttempts;
  await inTenant((scope) => sentCopies.note(scope, messageId, code, final));
  if (code === null || final) await sentCopies.removeBytes(tools.config, copy.objectId);
  else throw Object.assign(new Error("not filed yet"), { code });
});

async function file(
  { config }: Tools,
  mailbox: mailboxes.Access,
  { path, messageIdHeader, objectId, at }: sentCopies.SentCopy,
): Promise<void> {
  const bytes = await sentCopies.open(config, objectId);
  const client = await open(mailbox, config.appEnv === "production");
  try {
    const lock = await client.getMailboxLock(path);
    try {
      const header = { "message-id": `<${messageIdHeader}>` };
      const there = await client.search({ header }, { uid: true });
      if (!there || there.length === 0) {
        await client.append(path, Buffer.from(bytes), ["\\Seen"], at);
      }
    } finally {
      lock.release();
    }
    await client.logout();
  } finally {
    client.close();
  }
}
