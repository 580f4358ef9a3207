/** A mail to the privacy address becomes a case, or an answer in one: text and files kept, rights recognised. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as caseEvents from "./case_events.ts";
import * as caseFiles from "./case_files.ts";
import * as cases from "./cases.ts";
import type { Case } from "./cases.ts";
import { providerId } from "./controllers.ts";
import { type Claim, recognise, type Recognised } from "./letters.ts";
import { dayOf } from "./local_times.ts";
import * as mailReturns from "./mail_returns.ts";
import type { Scope } from "./scope.ts";
import type { MailKind, MailList } from "./received_mails/automatics.ts";
import { isForward, originalSender, originalText } from "./received_mails/forwards.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { MailFile } from "./received_mails/contents.ts";
import type { Report } from "./received_mails/reports.ts";
import { ownWords } from "./received_mails/replies.ts";

/** A letter by mail. */
export interface ArrivedLetter {
  /** Of the mail as it was kept: a second reading finds the case that is there. */
  id: string;
  /** By which the mail is known again, whichever way it comes: see received_mails/keys.ts. */
  key: string;
  receivedAt: Date;
  kind: MailKind;
  list: MailList;
  from: MailAddress | null;
  replyTo: readonly MailAddress[];
  subject: string;
  text: string;
  files: readonly MailFile[];
  /** What a server reports of a mail of ours. */
  report: Report | null;
}

/** Characters of a letter that are kept; no request is longer. */
const longest = 50_000;
const byPerson = { kind: "person", id: null } as const;

/**
 * Takes a letter in; the clock runs from the day on which it reached us, whatever it says and
 * whoever wrote it. Null for what programs send by themselves, and for a letter taken before.
 * Throws ScannerAway.
 */
export async function receiveLetter(
  scope: Scope,
  house: caseFiles.House,
  letter: ArrivedLetter,
): Promise<Case | null> {
  const { id, key, files } = letter;
  // The house's mails come back to its own mailbox.
  if (scope.tenantId === providerId) await mailReturns.noteReport(scope.sql, letter);
  const from = writerOf(letter);
  if (from === null || await isKnown(scope, key)) return null;
  const [subject, text] = [clean(letter.subject), clean(letter.text)];
  const whole = [subject, text].filter(Boolean).join("\n\n").slice(0, longest);
  const { language, items } = recognised(whole, subject, text);
  if (!isLetter(letter, items)) return null;
  const answered = await lookupAnswered(scope, subject, from);
  if (answered) return await answer(scope, house, answered, { ...letter, text });
  const person = await lookupPassedOn(scope, subject, text, from) ?? from;
  const found = await cases.create(scope, house.secretKey, {
    id,
    mailKey: key,
    channel: "email",
    language,
    personName: (clean(person.name) || person.address).slice(0, 200),
    personEmail: person.address,
    personAddress: "",
    body: whole,
    receivedOn: dayOf(letter.receivedAt),
    claims: items,
  }, byPerson);
  if (found) await keepFiles(scope, house, id, whole, files);
  return found;
}

/**
 * Whether a person claims something: what programs send by themselves does not, our own letters among
 * it. What came by a list may: an address of ours can be a group's, and some write for others.
 */
function isLetter({ kind, list }: ArrivedLetter, items: readonly Claim[]): boolean {
  if (kind === "mail" || list === "group") return true;
  return list === "circular" && items.some(({ right }) => right !== "objection");
}

/** Who wrote; where a list put its own address in place of theirs, whom an answer goes to. */
function writerOf({ list, from, replyTo }: ArrivedLetter): MailAddress | null {
  const [writer, ...more] = replyTo;
  const named = / via \S/i.exec(from?.name ?? "");
  if (list === null || !named || !writer || more.length > 0) return from;
  return { name: from!.name.slice(0, named.index).replace(/^'|'$/g, ""), address: writer.address };
}

/** What a letter claims; one that is passed on may say it further down alone. */
function recognised(whole: string, subject: string, text: string): Recognised {
  const own = recognise(whole);
  if (own.items.length > 0 || !isForward(subject)) return own;
  const below = recognise(originalText(text));
  return below.items.length > 0 ? below : own;
}

/** The writer of a letter that a colleague passes on: nobody else may name one. */
async function lookupPassedOn(
  { sql, tenantId }: Scope,
  subject: string,
  text: string,
  { address }: MailAddress,
): Promise<MailAddress | null> {
  const writer = isForward(subject) ? originalSender(text) : null;
  if (!writer) return null;
  const [colleague] = await sql`
    select
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and i.email_key = lower(${address})
      and u.deactivated_at is null
  `;
  return colleague ? writer : null;
}

/** The same mail by two ways, or from a mailbox that was connected anew, is one request. */
async function isKnown(scope: Scope, key: string): Promise<boolean> {
  const { sql, tenantId } = scope;
  await advisoryLocks.take(scope, "case", key);
  const rows = await sql`
    select
    from cases
    where tenant_id = ${tenantId}
      and mail_key = ${key}
  `;
  return rows.length > 0;
}

/** The open case whose number the subject names, where its own address writes. */
async function lookupAnswered(
  scope: Scope,
  subject: string,
  { address }: MailAddress,
): Promise<Case | null> {
  const number = /\bDS-[0-9A-Z]{4}-[0-9A-Z]{2}\b/i.exec(subject)?.[0];
  const found = number ? await cases.lookup(scope, number) : null;
  const same = found?.personEmail.toLowerCase() === address.toLowerCase();
  return found?.status === "open" && same ? found : null;
}

/** An answer is a step of its case; rights that it claims beyond are claimed there too. */
async function answer(
  scope: Scope,
  house: caseFiles.House,
  found: Case,
  { text, files }: ArrivedLetter,
): Promise<Case> {
  const words = ownWords(text).trim();
  // Beside the letter, with which it goes: steps stay as they are for ever.
  const { sql, tenantId, now } = scope;
  await sql`
    update cases
    set body = left(body || ${`\n\n— ${dayOf(now)} —\n${words}`}, ${longest}), updated_at = ${now},
      version = version + 1
    where tenant_id = ${tenantId}
      and id = ${found.id}
  `;
  await caseEvents.append(scope, { caseId: found.id, action: "answered", by: byPerson });
  await cases.addItems(scope, found.id, recognise(words).items, byPerson);
  await keepFiles(scope, house, found.id, words, files);
  return found;
}

async function keepFiles(
  scope: Scope,
  house: caseFiles.House,
  caseId: string,
  text: string,
  files: readonly MailFile[],
): Promise<void> {
  const { refused, papers } = await caseFiles.keep(scope, house, caseId, text, files);
  if (refused > 0) await cases.noteLeftOut(scope, caseId, "files_left_out", refused);
  if (papers > 0) await cases.noteLeftOut(scope, caseId, "papers_left_out", papers);
}

/** PostgreSQL keeps no NUL in a text. */
const clean = (text: string): string => text.replaceAll("\0", "").trim();
