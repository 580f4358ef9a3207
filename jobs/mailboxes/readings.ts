/**
 * Reads one folder of a mailbox from where the last run stopped, each mail once even if the server
 * renumbers.
 */
import type { FetchMessageObject, ImapFlow } from "imapflow";
import * as arrivals from "../../db/arrivals.ts";
import { receiveLetter } from "../../db/case_arrivals.ts";
import { elapsed } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { scanFirst, type Verdicts } from "../../db/file_verdicts.ts";
import type { Claimed } from "../../db/mailboxes.ts";
import * as folders from "../../db/mailboxes/folders.ts";
import * as mails from "../../db/mailboxes/mails.ts";
import * as runs from "../../db/mailboxes/runs.ts";
import { clean } from "../../db/email_addresses.ts";
import { noteReport } from "../../db/mail_returns.ts";
import { dayOf } from "../../db/local_times.ts";
import { largest } from "../../db/raw_mails.ts";
import { type Contents, read } from "../../db/received_mails/contents.ts";
import { fieldsIn, keyFields, keyOf, mailKey, suffice } from "../../db/received_mails/keys.ts";
import { type Scope, system, withScope } from "../../db/scope.ts";
import type { Tools } from "../job.ts";
import { isPassing } from "../../db/passing_faults.ts";
import { expectMail } from "./connections.ts";

export interface Run {
  tools: Tools;
  tenantId: string;
  mailbox: Claimed;
  client: ImapFlow;
  /** When the run has to end, measured by `elapsed`. */
  until: number;
  progress: Progress;
}

/** The progress of a run across all its folders. */
export interface Progress {
  /** Number of new mails that were stored. */
  received: number;
  /** When the run last reported that it is alive, measured by `elapsed`. */
  saidAt: number;
}

export interface Reading {
  /** Whether there is more than the time allowed to read. */
  more: boolean;
}

interface Numbering extends Omit<mails.Place, "uid"> {
  run: Run;
}

/** A mail as it was fetched. */
interface Fetched {
  contents: Contents;
  key: string;
  size: number;
  internalDate: FetchMessageObject["internalDate"];
}

/** How many mails' header fields are requested at once. */
const batch = 50;
/** How many bytes are fetched of a mail that is too large to be stored. */
const beginning = 256 * 1024;
/** How often a run reports that it is alive, in milliseconds. */
const pace = 5_000;

const within = <T>({ tools, tenantId }: Run, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withScope(tools.pool, { tenantId, actor: system }, work);

/** Reads new mail in a folder, and once a day checks whether anything is missing. */
export async function readFolder(run: Run, folder: folders.Folder): Promise<Reading> {
  const { client, mailbox } = run;
  const lock = await client.getMailboxLock(folder.path, { readOnly: true });
  try {
    if (!client.mailbox) throw Object.assign(new Error("no folder"), { mailboxMissing: true });
    const uidValidity = Number(client.mailbox.uidValidity);
    const numbering = { run, mailboxId: mailbox.id, role: folder.role, uidValidity };
    const renumbered = folder.uidValidity !== uidValidity;
    if (renumbered) {
      await within(run, (scope) => folders.number(scope, mailbox.id, folder.role, uidValidity));
    }
    const last = renumbered ? 0 : folder.lastUid;
    const fresh = await search(run, `${last + 1}:*`);
    const again = await within(run, (scope) => mails.failed(scope, numbering));
    const uids = [...new Set([...fresh.filter((uid) => uid > last), ...again])];
    const reading = await readMails(numbering, uids.sort((a, b) => a - b));
    if (reading.more) return reading;
    await within(run, (scope) => folders.forgetOld(scope, mailbox.id, folder.role, uidValidity));
    return await count(numbering, folder);
  } finally {
    lock.release();
  }
}

/** The numbers of the mails in a range that arrived since the first day to be read. */
async function search({ client, mailbox }: Run, uid: string): Promise<number[]> {
  const found = await client.search({ uid, since: mailbox.sinceOn }, { uid: true });
  // A refused search does not mean an empty folder.
  if (!found) throw Object.assign(new Error("search refused"), { code: "SearchRefused" });
  return found;
}

async function readMails(numbering: Numbering, uids: readonly number[]): Promise<Reading> {
  const { run } = numbering;
  for (let at = 0; at < uids.length; at += batch) {
    const some = uids.slice(at, at + batch);
    const heads = await run.client.fetchAll(
      some.join(","),
      { uid: true, size: true, internalDate: true, headers: [...keyFields] },
      { uid: true },
    );
    const keys = new Map(heads.map((head) => [head.uid, keyOfHead(head)]));
    const known = await within(
      run,
      (scope) => mails.seen(scope, numbering, [...keys.values()].flatMap((key) => key ?? [])),
    );
    for (const head of heads.sort((a, b) => a.uid - b.uid)) {
      if (run.tools.signal.aborted || elapsed() > run.until) return { more: true };
      await sayAlive(run);
      const key = keys.get(head.uid) ?? null;
      const place = { ...numbering, uid: head.uid };
      if (key && known.has(key)) {
        await within(run, (scope) => mails.note(scope, place, key, "known"));
      } else if (await readMail(place, head)) run.progress.received++;
    }
  }
  return { more: false };
}

/**
 * Reports regularly that the run is alive: after a crash the reports stop, and another run may soon
 * take over.
 */
async function sayAlive(run: Run): Promise<void> {
  const { progress, mailbox } = run;
  if (elapsed() - progress.saidAt < pace) return;
  progress.saidAt = elapsed();
  await within(run, (scope) => runs.hold(scope, mailbox.id, progress.received));
}

/** The key of a mail from its header fields alone; null if the body is needed too. */
function keyOfHead({ headers }: FetchMessageObject): string | null {
  const fields = fieldsIn(headers ?? new Uint8Array());
  return suffice(fields) ? mailKey(fields) : null;
}

/** Fetches and stores one mail. Returns whether it was new. A mail that fails stops no other. */
async function readMail(
  { run, ...place }: Numbering & { uid: number },
  { uid, size = 0, internalDate }: FetchMessageObject,
): Promise<boolean> {
  const { client, tools } = run;
  const whole = size <= largest;
  const source = whole ? true : { start: 0, maxLength: beginning };
  expectMail(client);
  const found = await client.fetchOne(String(uid), { source }, { uid: true });
  // Deleted between the search and now.
  if (!found || !found.source) return false;
  const raw = new Uint8Array(found.source);
  const key = keyOf(raw);
  try {
    const contents = await read(raw, { cut: !whole });
    const fetched = { contents, key, size, internalDate };
    return await scanFirst(
      tools.config.clamavSocket,
      (verdicts) => within(run, (scope) => take(scope, run, place, fetched, verdicts)),
    );
  } catch (error) {
    // Not the mail's fault: the database or virus scanner is unreachable, or the process has to
    // end.
    if (isPassing(error) || (error as Error).name === "ScannerAway") throw error;
    tools.log.error("a mail could not be read", error, { tenantId: run.tenantId });
    await within(run, (scope) => mails.note(scope, place, key, "failed", "unexpected"));
    return false;
  }
}

/** Stores one mail. Returns whether it was new. */
async function take(
  scope: Scope,
  { mailbox, tools: { config } }: Run,
  place: mails.Place,
  { contents, key, size, internalDate }: Fetched,
  verdicts: Verdicts,
): Promise<boolean> {
  if ((await mails.seen(scope, place, [key])).has(key)) {
    await mails.note(scope, place, key, "known");
    return false;
  }
  // Mail that the installation could not deliver returns to the mailbox of its sender.
  if (mailbox.address.toLowerCase() === clean(config.mailFrom).toLowerCase()) {
    await noteReport(scope.sql, contents);
  }
  const store = { ...config, verdicts };
  const receivedAt = internalDate ? new Date(internalDate) : scope.now;
  if (mailbox.privacy) {
    const found = await receiveLetter(scope, store, { id: newId(), key, receivedAt, ...contents });
    await mails.note(scope, place, key, found ? "received" : "passed_over");
    return found !== null;
  }
  const { outcome } = await arrivals.take(scope, {
    contents,
    key,
    size,
    receivedAt,
    userId: mailbox.userId,
    way: place.role,
    domain: config.inbound?.domain,
    store,
  });
  await mails.note(scope, place, key, outcome);
  return outcome === "received";
}

/** The first run of a day asks for all numbers: missed mails are read, deleted ones forgotten. */
async function count(
  numbering: Numbering,
  { countedAt }: folders.Folder,
): Promise<Reading> {
  const { run, ...place } = numbering;
  const today = await within(run, (scope) => Promise.resolve(dayOf(scope.now)));
  if (countedAt && dayOf(countedAt) === today) return { more: false };
  const onServer = await search(run, "1:*");
  const known = await within(run, (scope) => mails.known(scope, place));
  const missed = onServer.filter((uid) => !known.has(uid));
  const there = new Set(onServer);
  const gone = [...known].filter((uid) => !there.has(uid));
  if (gone.length > 0) await within(run, (scope) => mails.forget(scope, place, gone));
  const reading = await readMails(numbering, missed);
  if (!reading.more) {
    const found = {
      onServer: onServer.length,
      known: known.size - gone.length,
      missing: missed.length,
    };
    await within(run, (scope) => folders.counted(scope, place.mailboxId, place.role, found));
  }
  return reading;
}
