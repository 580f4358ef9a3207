/** Clean markup as plain text: for mails that bring no text of their own. */

const blocks =
  "address|article|blockquote|caption|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tr|ul";
const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  "#39": "'",
  "#x27": "'",
};

/** The words of markup that `cleanMarkup` made: lines for blocks, addresses behind links. */
export function textOf(markup: string): string {
  return markup
    .replace(/[\s\u00a0]+/g, " ")
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, (_, href: string, words: string) => {
      const said = words.replace(/<[^<>]*>/g, "").trim();
      const plain = href.replace(/^mailto:/, "");
      if (said.includes(plain) || plain.includes(said)) return said || plain;
      return `${words} &lt;${href}&gt;`;
    })
    .replace(/<img[^>]*alt="([^"]*)"[^>]*>/g, (_, alt: string) => alt ? `[${alt}]` : "")
    .replace(/<br\s*\/?>/g, "\n")
    .replace(/<li>/g, "\n- ")
    .replace(/<\/(td|th)>/g, " ")
    .replace(new RegExp(`</?(?:${blocks})(?: [^>]*)?/?>`, "g"), "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|nbsp|#39|#x27);/g, (_, name: string) => entities[name]!)
    .replace(/(?:(?<![ \t])[ \t]+)?\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
