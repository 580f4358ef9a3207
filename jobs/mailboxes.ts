/** Reads a mailbox every few minutes, or at once on request. */
import type { ListResponse } from "imapflow";
import { elapsed } from "../db/clock.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import { enqueue } from "../db/jobs.ts";
import * as mailboxes from "../db/mailboxes.ts";
import * as folders from "../db/mailboxes/folders.ts";
import * as runs from "../db/mailboxes/runs.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { plainJob, type Tools } from "./job.ts";
import { faultOf, open } from "./mailboxes/connections.ts";
import { type Progress, readFolder } from "./mailboxes/readings.ts";

/** Milliseconds a run may take; the next run reads the rest. */
const longest = 8 * 60_000;

/** Reads new mail in one mailbox. A second run at the same time finds it taken and ends. */
export const checkMailbox = plainJob(
  "check_mailbox",
  async ({ tenantId, ...tools }, { mailboxId }) => {
    if (tenantId === null) throw new TypeError("a mailbox has a tenant");
    const inTenant = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
      withScope(tools.pool, { tenantId, actor: system }, work);
    const progress = { received: 0, saidAt: elapsed() };
    let ended = { code: null as string | null, more: false };
    try {
      const { config } = tools;
      const mailbox = await inTenant((scope) => mailboxes.take(scope, config, mailboxId));
      if (!mailbox) return;
      ended = await readAll(tools, tenantId, mailbox, progress);
    } catch (error) {
      // When stopped, the next run continues here.
      const code = tools.signal.aborted ? null : faultOf(error);
      ended = { code, more: code === null };
      if (code === "unexpected") {
        tools.log.error("a mailbox cannot be read", error, { tenantId, recordId: mailboxId });
      } else if (code) {
        tools.log.warn("a mailbox cannot be read", { tenantId, recordId: mailboxId, code });
      }
    }
    await inTenant(async (scope) => {
      await runs.end(scope, mailboxId, { ...ended, received: progress.received });
      if (ended.more && !tools.signal.aborted) {
        await enqueue(scope.sql, "check_mailbox", tenantId, { mailboxId });
      }
    });
  },
);

async function readAll(
  tools: Tools,
  tenantId: string,
  mailbox: mailboxes.Claimed,
  progress: Progress,
) {
  const until = elapsed() + longest;
  const { host, port } = mailbox;
  const client = await open(mailbox, tools.config.appEnv === "production");
  await contactedHosts.noteServer(tools.pool, {
    host,
    port,
    purpose: "communication",
    answered: true,
    namedByCustomer: true,
  });
  const leave = () => client.close();
  tools.signal.addEventListener("abort", leave, { once: true });
  try {
    const who = { tenantId, actor: system };
    const listed = await client.list();
    await withScope(tools.pool, who, (scope) => settleFolders(scope, listed, mailbox.id));
    const read = await withScope(tools.pool, who, (scope) => folders.list(scope, mailbox.id));
    let more = false;
    let code: string | null = null;
    for (const folder of read) {
      // In a privacy mailbox, sent mails are our own answers and not requests.
      if (mailbox.privacy && folder.role === "sent") continue;
      const run = { tools, tenantId, mailbox, client, until, progress };
      try {
        more ||= (await readFolder(run, folder)).more;
      } catch (error) {
        // A missing folder must not prevent the other one from being read.
        if (faultOf(error) !== "folder") throw error;
        code = "folder";
      }
    }
    await client.logout();
    return { more, code };
  } finally {
    tools.signal.removeEventListener("abort", leave);
    client.close();
  }
}

/** Records the folders. The first time, it selects the one that the server marks as sent mail. */
async function settleFolders(
  scope: Scope,
  listed: readonly ListResponse[],
  mailboxId: string,
): Promise<void> {
  const open = listed.filter(({ flags }) =>
    !flags.has("\\Noselect") && !flags.has("\\NonExistent")
  );
  const first = await runs.noteFolders(scope, mailboxId, open.map(({ path }) => path));
  const sent = open.find(({ specialUse }) => specialUse === "\\Sent");
  if (first && sent) await folders.choose(scope, mailboxId, "sent", sent.path);
}
