/** Finds the header fields of a mail and its parts; anything between them is the writer's text. */

/** A range between a boundary line and the contents of a part. */
export interface Span {
  from: number;
  to: number;
}

/** Longer header fields are not genuine. */
const longest = 256 * 1024;
const mostParts = 2_000;
const named = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s";]{1,200}))/gi;
const within = /^content-type:[ \t]*message\/(?:rfc822|global)\b/im;
const sealed = /^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)/im;

/** Where the fields of the mail, of its parts and of mails within it are, in order. */
function headsIn(mail: string): Span[] {
  const spans: Span[] = [];
  const boundaries = new Set<string>();
  const blank = /\r?\n\r?\n/g;
  const take = (from: number): void => {
    for (let at = from; spans.length < mostParts;) {
      blank.lastIndex = at;
      // A part without fields begins with the blank line.
      const empty = /^\r?\n/.exec(mail.slice(at, at + 2));
      const found = empty ? null : blank.exec(mail);
      const to = empty ? at : found?.index ?? mail.length;
      const head = mail.slice(at, Math.min(to, at + longest));
      spans.push({ from: at, to });
      for (const [, quoted, plain] of head.matchAll(named)) {
        boundaries.add((quoted ?? plain)!.trim());
      }
      if (!found || !within.test(head) || sealed.test(head)) return;
      at = found.index + found[0].length;
    }
  };
  take(0);
  const parting = /\n--([^\r\n]{1,200})\r?\n/g;
  parting.lastIndex = spans.at(-1)!.to;
  for (let line = parting.exec(mail); line && spans.length < mostParts; line = parting.exec(mail)) {
    if (!boundaries.has(line[1]!.trim())) {
      // The next boundary may begin at the end of this one.
      parting.lastIndex--;
      continue;
    }
    take(line.index + line[0].length);
    parting.lastIndex = Math.max(spans.at(-1)!.to, line.index + line[0].length - 1);
  }
  return spans;
}

/** How much of the text below the fields is given to `mend`. */
const below = 1_000;

/**
 * The mail with its fields changed by `mend`, which also sees what follows, and everything else as
 * it is.
 */
export function inHeads(mail: string, mend: (head: string, follows: string) => string): string {
  let at = 0;
  const pieces: string[] = [];
  for (const { from, to } of headsIn(mail)) {
    pieces.push(mail.slice(at, from), mend(mail.slice(from, to), mail.slice(to, to + below)));
    at = to;
  }
  return [...pieces, mail.slice(at)].join("");
}
