/** A mail to the privacy address becomes a case: its text and files kept, its rights recognised. */
import * as caseFiles from "./case_files.ts";
import * as cases from "./cases.ts";
import type { Case } from "./cases.ts";
import { recognise } from "./letters.ts";
import { dayOf } from "./local_times.ts";
import type { Scope } from "./scope.ts";
import type { MailKind } from "./received_mails/automatics.ts";
import type { MailAddress } from "./received_mails/headers.ts";
import type { MailFile } from "./received_mails/contents.ts";

/** A letter by mail. */
export interface ArrivedLetter {
  /** Of the mail as it was kept: a second reading finds the case that is there. */
  id: string;
  receivedAt: Date;
  kind: MailKind;
  from: MailAddress | null;
  subject: string;
  text: string;
  files: readonly MailFile[];
}

/** Characters of a letter that are kept; no request is longer. */
const longest = 50_000;

/**
 * Takes a letter in; the clock runs from the day on which it reached us, whatever it says and
 * whoever wrote it. Null for what programs send by themselves, and for a letter taken before.
 */
export async function receiveLetter(
  scope: Scope,
  secretKey: string,
  letter: ArrivedLetter,
): Promise<Case | null> {
  const { id, kind, from, subject, files } = letter;
  if (kind !== "mail" || from === null) return null;
  const text = clean(letter.text);
  const whole = [clean(subject), text].filter(Boolean).join("\n\n").slice(0, longest);
  const { language, items } = recognise(whole);
  const found = await cases.create(scope, secretKey, {
    id,
    channel: "email",
    language,
    personName: (clean(from.name) || from.address).slice(0, 200),
    personEmail: from.address,
    personAddress: "",
    body: whole,
    receivedOn: dayOf(letter.receivedAt),
    claims: items,
  }, { kind: "person", id: null });
  if (!found) return null;
  const leftOut = await caseFiles.keep(scope, secretKey, id, files);
  if (leftOut > 0) await cases.noteLeftOut(scope, id, leftOut);
  return found;
}

/** PostgreSQL keeps no NUL in a text. */
const clean = (text: string): string => text.replaceAll("\0", "").trim();
