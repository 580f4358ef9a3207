/** Finds out how the lines of a text hold a table, and puts them into the form of a plain one. */

import * as alignedTexts from "./aligned_texts.ts";
import * as dialects from "./dialects.ts";
import * as labelTexts from "./label_texts.ts";
import type { Dialect } from "./plans.ts";
import * as recipients from "./recipients.ts";
import { areWrapped, unwrapped, unwrappedStart } from "./wrapped_lines.ts";

/** For files that are no text of rows. */
export const usual: Dialect = { separator: ",", quote: '"', backslash: false };

/** The dialect of a text by its beginning, and that beginning as a plain table. */
export function guess(text: string, separator?: string): { dialect: Dialect; start: string } {
  if (recipients.areRecipients(text)) {
    const dialect = { ...usual, separator: ";", recipients: true as const };
    return { dialect, start: recipients.listedStart(text) };
  }
  if (separator === undefined && labelTexts.areLabels(text)) {
    const dialect = { ...usual, separator: ";", labels: true as const };
    return { dialect, start: labelTexts.listedStart(text) };
  }
  const aligned = separator && separator !== "\t" ? null : alignedTexts.columnsOf(text);
  if (aligned) {
    const dialect: Dialect = { separator: "\t", quote: "", backslash: false, aligned };
    return { dialect, start: alignedTexts.partedStart(text, aligned) };
  }
  const wrapped = areWrapped(text);
  const start = wrapped ? unwrappedStart(text) : text;
  return { dialect: { ...dialects.guess(start, separator), ...wrapped ? { wrapped } : {} }, start };
}

/** The text as a plain table, piece by piece. */
export function plainly(pieces: AsyncIterable<string>, dialect: Dialect): AsyncIterable<string> {
  if (dialect.recipients) return recipients.listed(pieces);
  if (dialect.labels) return labelTexts.listed(pieces);
  return dialect.aligned
    ? alignedTexts.parted(pieces, dialect.aligned)
    : unwrapped(pieces, dialect);
}
