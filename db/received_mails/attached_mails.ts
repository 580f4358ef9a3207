/** Reads the mails that are attached to a mail, as programs do to forward them unchanged. */
import { type Contents, type MailFile, read } from "./contents.ts";
import type { MailAddress } from "./headers.ts";
import { keyOf } from "./keys.ts";

export interface AttachedMail extends Contents {
  from: MailAddress;
  /** Identifies the mail, should it arrive directly as well. */
  key: string;
}

/** Nobody passes on more letters at once. */
const most = 5;

/** Whether a file is a mail. */
export const isMail = ({ mediaType, name }: MailFile): boolean =>
  /^message\/(?:rfc822|global)$/i.test(mediaType) || /\.eml$/i.test(name);

/** The attached mails whose author and words can be read. */
export async function attachedIn(files: readonly MailFile[]): Promise<AttachedMail[]> {
  const found: AttachedMail[] = [];
  for (const file of files.filter(isMail).slice(0, most)) {
    const contents = await read(file.bytes);
    const { from, kind, subject, text } = contents;
    if (from && kind === "mail" && (subject + text).trim() !== "") {
      found.push({ ...contents, from, key: keyOf(file.bytes) });
    }
  }
  return found;
}
