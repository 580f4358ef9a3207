/**
 * Recognises texts sent as files: after the mail's own text, named, and marked inline or not at
 * all.
 */

const part = /\n--([^\r\n]+)\r?\n((?:[^\r\n]+\r?\n){1,30})\r?\n/g;
const alternatives =
  /^content-type:[ \t]*multipart\/(?:alternative|related)[^\n]*(?:\n[ \t][^\n]*){0,9}/gim;
const typed = /^content-type:[ \t]*text\/(?:plain|html)\b/im;
const named = /[;\s](?:file)?name(?:\*0)?\*?=/i;
const disposed = /^(content-disposition:[ \t]*)(?:inline\b)?/im;

/** The mail, given byte by byte, with such texts marked as attachments. */
export function asFiles(mail: string): string {
  if (!/^content-type:[ \t]*multipart\//im.test(mail) || !named.test(mail)) return mail;
  const shown = new Set(
    [...mail.matchAll(alternatives)].flatMap(([field]) =>
      /boundary="?([^";\s]+)/i.exec(field)?.[1] ?? []
    ),
  );
  let texts = 0;
  // A mail within the mail stays as it is.
  let within: string | null = null;
  return mail.replace(part, (all, line: string, head: string) => {
    const boundary = line.trim();
    if (within !== null && boundary !== within) return all;
    within = /^content-type:[ \t]*message\//im.test(head) ? boundary : null;
    if (!typed.test(head)) return all;
    const first = texts++ === 0;
    const said = /^content-disposition:[ \t]*([\w-]*)/im.exec(head)?.[1]?.toLowerCase() ?? "";
    if (first || !named.test(head) || shown.has(boundary) || !["", "inline"].includes(said)) {
      return all;
    }
    const filed = disposed.test(head)
      ? head.replace(disposed, "$1attachment")
      : `Content-Disposition: attachment\r\n${head}`;
    return all.replace(head, () => filed);
  });
}
