/**
 * Turns a mail to the privacy address into a case, or a reply within one: keeps text and files and
 * recognises rights.
 */
import * as advisoryLocks from "./advisory_locks.ts";
import * as caseEvents from "./case_events.ts";
import * as caseFiles from "./case_files.ts";
import * as cases from "./cases.ts";
import type { Case } from "./cases.ts";
import { providerId } from "./controllers.ts";
import { newId } from "./ids.ts";
import { type Claim, recognise, type Recognised } from "./letters.ts";
import { dayOf } from "./local_times.ts";
import * as mailReturns from "./mail_returns.ts";
import type { Scope } from "./scope.ts";
import type { MailKind, MailList } from "./received_mails/automatics.ts";
import { isForward, originalSender, originalText } from "./received_mails/forwards.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import { attachedIn } from "./received_mails/attached_mails.ts";
import type { Contents, MailFile } from "./received_mails/contents.ts";
import type { Report } from "./received_mails/reports.ts";
import { ownWords } from "./received_mails/replies.ts";

/** A letter received by mail. */
export interface ArrivedLetter {
  /** The id of the stored mail: reading it again finds the existing case. */
  id: string;
  /** Identifies the mail, whichever way it arrives: see received_mails/keys.ts. */
  key: string;
  receivedAt: Date;
  kind: MailKind;
  list: MailList;
  from: MailAddress | null;
  replyTo: readonly MailAddress[];
  subject: string;
  text: string;
  files: readonly MailFile[];
  /** What a server reports about one of our mails. */
  report: Report | null;
  incomplete: Contents["incomplete"];
}

/** The number of characters kept of a letter; no request is longer. */
const longest = 50_000;
const byPerson = { kind: "person", id: null } as const;

/**
 * Accepts a letter; the clock runs from the day we received it, whatever it says and whoever wrote
 * it. Returns null for automatic mails and for letters already accepted. Throws ScannerAway.
 */
export async function receiveLetter(
  scope: Scope,
  store: caseFiles.FileKeeping,
  letter: ArrivedLetter,
): Promise<Case | null> {
  // The provider's own mails bounce back to its own mailbox.
  if (scope.tenantId === providerId) await mailReturns.noteReport(scope.sql, letter);
  const from = writerOf(letter);
  if (from === null || await isKnown(scope, letter.key)) return null;
  const [subject, text] = [clean(letter.subject), clean(letter.text)];
  const whole = [subject, text].filter(Boolean).join("\n\n").slice(0, longest);
  const own = recognised(whole, subject, text);
  if (!isLetter(letter, own.items)) return null;
  const answered = await lookupAnswered(scope, subject, from);
  if (answered) return await answer(scope, store, answered, { ...letter, text });
  const attached = await attachedTo(letter);
  const theirs = attached.filter(({ from: { address } }) => !isSame(address, from.address));
  const meant = isForward(subject) || own.items.length === 0 ||
    theirs.some(({ claimed }) => claimed.items.length > 0);
  if (theirs.length > 0 && meant && await isColleague(scope, from)) {
    return await passOn(scope, store, letter, whole, theirs);
  }
  const person = await lookupPassedOn(scope, subject, text, from) ?? from;
  const below = own.items.length > 0
    ? undefined
    : attached.find(({ claimed }) => claimed.items.length > 0);
  return await open(scope, store, letter, {
    person,
    body: below ? `${whole}\n\n${below.body}` : whole,
    claimed: below?.claimed ?? own,
  });
}

/** A letter attached to another one. */
interface Attached {
  key: string;
  from: MailAddress;
  body: string;
  claimed: Recognised;
  files: readonly MailFile[];
  file: MailFile;
}

/** The letters attached to a letter that could be read whole: otherwise it is attached itself. */
async function attachedTo({ kind, incomplete, files }: ArrivedLetter): Promise<Attached[]> {
  if (kind !== "mail" || incomplete !== null) return [];
  return (await attachedIn(files)).map(({ key, from, subject, text, files, file }) => {
    const words = [clean(subject), clean(text)].filter(Boolean).join("\n\n");
    const body = `— ${clean(from.name)} <${from.address}> —\n\n${words}`;
    return { key, from, body, claimed: recognised(words, subject, text), files, file };
  });
}

/** What is known of a case when it is opened. */
interface Opened {
  person: MailAddress;
  body: string;
  claimed: Recognised;
}

/** Opens the case of a letter. Returns null if there is one already. */
async function open(
  scope: Scope,
  store: caseFiles.FileKeeping,
  { id, key, receivedAt, files }: ArrivedLetter,
  { person, body, claimed }: Opened,
): Promise<Case | null> {
  const found = await cases.create(scope, store.secretKey, {
    id,
    mailKey: key,
    channel: "email",
    language: claimed.language,
    personName: (clean(person.name) || person.address).slice(0, 200),
    personEmail: person.address,
    personAddress: "",
    body: body.slice(0, longest),
    receivedOn: dayOf(receivedAt),
    claims: claimed.items,
  }, byPerson);
  if (found) await keepFiles(scope, store, id, body, files);
  return found;
}

/** Each letter that a colleague attaches is a case of its writer, with nothing of another's. */
async function passOn(
  scope: Scope,
  store: caseFiles.FileKeeping,
  letter: ArrivedLetter,
  comment: string,
  attached: readonly Attached[],
): Promise<Case | null> {
  const read = new Set(attached.map(({ file }) => file));
  const others = letter.files.filter((file) => !read.has(file));
  let first: Case | null = null;
  for (const { key, from, body, claimed, files } of attached) {
    if (await isKnown(scope, key)) continue;
    const only = attached.length === 1;
    const own = { ...letter, id: newId(), key, files: only ? [...files, ...others] : files };
    const found = await open(scope, store, own, {
      person: from,
      body: only ? `${comment}\n\n${body}` : body,
      claimed,
    });
    if (found && !only && others.length > 0) {
      await cases.noteLeftOut(scope, found.id, "files_left_out", others.length);
    }
    first ??= found;
  }
  return first;
}

/**
 * Whether a person claims something: automatic mails, including our own letters, do not. Mails from
 * a list may: our address can belong to a group, and some lists write on behalf of persons.
 */
function isLetter({ kind, list }: ArrivedLetter, items: readonly Claim[]): boolean {
  if (kind === "mail" || list === "group") return true;
  return list === "circular" && items.some(({ right }) => right !== "objection");
}

/** The author; if a list replaced their address with its own, the person a reply would go to. */
function writerOf({ list, from, replyTo }: ArrivedLetter): MailAddress | null {
  const [writer, ...more] = replyTo;
  const named = / via \S/i.exec(from?.name ?? "");
  if (list === null || !named || !writer || more.length > 0) return from;
  return { name: from!.name.slice(0, named.index).replace(/^'|'$/g, ""), address: writer.address };
}

/** What a letter claims; a forwarded one may state the claim only in the quoted text. */
function recognised(whole: string, subject: string, text: string): Recognised {
  const own = recognise(whole);
  if (own.items.length > 0 || !isForward(subject)) return own;
  const below = recognise(originalText(text));
  return below.items.length > 0 ? below : own;
}

/** The author of a letter that a colleague forwards: nobody else may name one. */
async function lookupPassedOn(
  scope: Scope,
  subject: string,
  text: string,
  from: MailAddress,
): Promise<MailAddress | null> {
  const writer = isForward(subject) ? originalSender(text) : null;
  return writer && await isColleague(scope, from) ? writer : null;
}

/** Whether the address is that of an active user of the tenant. */
async function isColleague(
  { sql, tenantId }: Scope,
  { address }: MailAddress,
): Promise<boolean> {
  const [colleague] = await sql`
    select
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and i.email_key = lower(${address})
      and u.deactivated_at is null
  `;
  return colleague !== undefined;
}

const isSame = (one: string, two: string): boolean => one.toLowerCase() === two.toLowerCase();

/** The same mail arriving in two ways, or from a reconnected mailbox, is one request. */
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

/** The open case whose number is in the subject, if the case's own address sent the mail. */
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

/** A reply becomes a step of its case; rights it claims in addition are added to the case. */
async function answer(
  scope: Scope,
  store: caseFiles.FileKeeping,
  found: Case,
  { text, files }: ArrivedLetter,
): Promise<Case> {
  const words = ownWords(text).trim();
  // Store the text with the letter, so that both are erased together: steps are immutable.
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
  await keepFiles(scope, store, found.id, words, files);
  return found;
}

async function keepFiles(
  scope: Scope,
  store: caseFiles.FileKeeping,
  caseId: string,
  text: string,
  files: readonly MailFile[],
): Promise<void> {
  const { refused, papers } = await caseFiles.keep(scope, store, caseId, text, files);
  if (refused > 0) await cases.noteLeftOut(scope, caseId, "files_left_out", refused);
  if (papers > 0) await cases.noteLeftOut(scope, caseId, "papers_left_out", papers);
}

/** PostgreSQL text cannot contain NUL. */
const clean = (text: string): string => text.replaceAll("\0", "").trim();
