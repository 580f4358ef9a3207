/** A mailbox is looked into: every few minutes, or at once where a person asks. */
import type { ListResponse } from "imapflow";
import { elapsed } from "../db/clock.ts";
import * as contactedHosts from "../db/contacted_hosts.ts";
import { enqueue } from "../db/jobs.ts";
import * as mailboxes from "../db/mailboxes.ts";
import * as folders from "../db/mailboxes/folders.ts";
import * as runs from "../db/mailboxes/runs.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { houseJob, type Tools } from "./job.ts";
import { faultOf, open } from "./mailboxes/connections.ts";
import { type Progress, readFolder } from "./mailboxes/readings.ts";

/** Milliseconds that a run may take; what is left is read in the next. */
const longest = 8 * 60_000;

/** Reads what is new in one mailbox. A second run beside it finds the mailbox taken and leaves. */
export const checkMailbox = houseJob(
  "check_mailbox",
  async ({ tenantId, ...tools }, { mailboxId }) => {
    if (tenantId === null) throw new TypeError("a mailbox has a tenant");
    const inHouse = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
      withScope(tools.pool, { tenantId, actor: system }, work);
    const progress = { received: 0, saidAt: elapsed() };
    let ended = { code: null as string | null, more: false };
    try {
      const { config } = tools;
      const mailbox = await inHouse((scope) => mailboxes.take(scope, config, mailboxId));
      if (!mailbox) return;
      ended = await readAll(tools, tenantId, mailbox, progress);
    } catch (error) {
      // Told to stop, it goes on where it was left.
      const code = tools.signal.aborted ? null : faultOf(error);
      ended = { code, more: code === null };
      if (code === "unexpected") {
        tools.log.error("a mailbox cannot be read", error, { tenantId, recordId: mailboxId });
      } else if (code) {
        tools.log.warn("a mailbox cannot be read", { tenantId, recordId: mailboxId, code });
      }
    }
    await inHouse(async (scope) => {
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
      // What the house answered from there is no request.
      if (mailbox.privacy && folder.role === "sent") continue;
      const run = { tools, tenantId, mailbox, client, until, progress };
      try {
        more ||= (await readFolder(run, folder)).more;
      } catch (error) {
        // A folder that is gone keeps nobody from reading the other one.
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

/** Notes which folders there are; at the first time the one for sent mail is chosen by its mark. */
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
