/** Reads the mails that are attached to a mail, as programs do to forward them unchanged. */
import { type Contents, type MailFile, read } from "./contents.ts";
import type { MailAddress } from "./headers.ts";
import { keyOf } from "./keys.ts";

export interface AttachedMail extends Contents {
  from: MailAddress;
  /** Identifies the mail, should it arrive directly as well. */
  key: string;
  /** What it was read from. */
  file: MailFile;
}

/** Nobody passes on more letters at once; a mail with more is none that passes letters on. */
const most = 20;

/** Whether a file is a mail. */
const isMail = ({ mediaType, name }: MailFile): boolean =>
  /^message\/(?:rfc822|global)$/i.test(mediaType) || /\.eml$/i.test(name);

/** The attached mails whose author and words can be read; none where there are too many. */
export async function attachedIn(files: readonly MailFile[]): Promise<AttachedMail[]> {
  const found: AttachedMail[] = [];
  const mails = files.filter(isMail);
  if (mails.length > most) return found;
  for (const file of mails) {
    const contents = await read(file.bytes);
    const { from, kind, subject, text } = contents;
    if (from && kind === "mail" && (subject + text).trim() !== "") {
      found.push({ ...contents, from, key: keyOf(file.bytes), file });
    }
  }
  return found;
}
