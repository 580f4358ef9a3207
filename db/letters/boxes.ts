/** Reads the boxes of a form: what is ticked is wanted, what is not is left out. */

const empty = "[☐□❏❐▢◻◯○]";
const full = "[☒☑✓✔✗✘■▣🗹🗷]";
/** Brackets are boxes only at the beginning of a line, or among others in it. */
const box = new RegExp(
  `(?<empty>${empty}|(?<=^|[ \\t])(?:\\[[ _\\u00a0]{0,3}\\]|\\([ _\\u00a0]{1,3}\\))(?=[ \\t]))` +
    `|(?<full>${full}|(?<=^|[ \\t])(?:\\[ ?[xX✓✔] ?\\]|\\( ?[xX✓✔] ?\\))(?=[ \\t]))`,
  "gu",
);

/** Squares and circles that stand before the points of a list where there is no empty square. */
const bullet = /[■▣◯○]/g;
const square = /[☐□❏❐▢◻]/;

/** The mark that stands for a ticked box in text returned by `withoutEmpty`. */
export const tick = "☒ ";

/**
 * A text without the words behind empty boxes, each ticked box at the beginning of a line of its
 * own. A form in which nothing is ticked stays as it is: the ticks may have been lost.
 */
export function withoutEmpty(text: string): string {
  const listed = /[■▣]/.test(text) && !square.test(text);
  // As long as before, so that the places stay the same.
  const marked = listed ? text.replace(bullet, "•") : text;
  const boxes = [...marked.matchAll(new RegExp(box.source, "gmu"))];
  if (boxes.length < 2 || !boxes.some(({ groups }) => groups!.full)) return text;
  return marked.split("\n").map((line) => {
    const found = [...line.matchAll(box)];
    if (found.length === 0) return line;
    const before = line.slice(0, found[0]!.index).trimEnd();
    const wanted = found.flatMap(({ index, 0: { length }, groups }, at) =>
      groups!.full ? tick + line.slice(index + length, found[at + 1]?.index).trim() : []
    );
    return [before, ...wanted].filter((each) => each !== "").join("\n");
  }).join("\n");
}
