/** Turns clean markup into plain text, for mails that have no text of their own. */
import { introduces } from "./replies.ts";

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

/** Signs for where a quotation begins and ends; both are white space to `\s` and to no reader. */
const [opens, closes] = ["\u2028", "\u2029"];

/**
 * The text of markup made by `cleanMarkup`: lines for blocks, addresses after links, and the mail
 * being answered marked as in plain text.
 */
export function textOf(markup: string): string {
  return marked(linesOf(markup)).replace(/\n{3,}/g, "\n\n").trim();
}

/**
 * Marks the lines of a quotation below "… schrieb:" and of all that follow it; others are mostly
 * indented for their looks, as a claim below "Mein Anliegen:" is.
 */
function marked(text: string): string {
  if (!text.includes(opens)) return text;
  const depths: boolean[] = [];
  let [above, answers] = ["", false];
  return text.split("\n").flatMap((line) => {
    if (line === opens) depths.push(answers ||= introduces(above));
    else if (line === closes) depths.pop();
    else if (line === "" || !depths.at(-1)) {
      above = line || above;
      return [line];
    } else return [`> ${line}`];
    return [];
  }).join("\n");
}

function linesOf(markup: string): string {
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
    .replace(/<(\/?)blockquote(?: [^>]*)?>/g, (_, end: string) => `\n${end ? closes : opens}\n`)
    .replace(/<\/(td|th)>/g, " ")
    .replace(new RegExp(`</?(?:${blocks})(?: [^>]*)?/?>`, "g"), "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|nbsp|#39|#x27);/g, (_, name: string) => entities[name]!)
    .replace(/(?:(?<![ \t])[ \t]+)?\n[ \t]*/g, "\n");
}

/** What programs write in place of a plain text: that the reader should show the markup. */
const placeholder =
  /multi-?part message in mime format|(?:kein|nicht) (?:in )?html\b|html-(?:e-?mail|format|fähig|ansicht|darstellung|version)|(?:not|doesn't|does not|cannot|can't) (?:\w+ )?(?:support|display|view|show|read)\w* html|html (?:e-?)?(?:mail|message|version|format|compatible|enabled)/i;

/** Whether the plain text of a mail with markup says nothing by itself. */
export function standsIn(text: string): boolean {
  const said = text.trim();
  return said.length <= 250 && (said === "" || placeholder.test(said));
}

const silent = new Set(["script", "style", "title", "textarea", "noscript", "template", "xml"]);
const tag = /<(\/?)([a-z][a-z0-9:-]*)/iy;
const lineTag = new RegExp(`^(?:br|${blocks})$`);

/**
 * Strangers' markup with line breaks as its only elements, in a single pass: for markup too large
 * or too odd to be read as it is. It comes before `cleanMarkup` and does not replace it.
 */
export function flattened(html: string, longest: number): string {
  // Only A to Z: some other letters become two in lower case, which would shift all positions.
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const kept: string[] = [];
  const endless = new Set<string>();
  let size = 0;
  const keep = (words: string) => {
    if (words === "<br>" && kept.at(-1) === words) return;
    kept.push(words);
    size += words.length;
  };
  for (let at = 0; at < html.length && size < longest;) {
    const open = html.indexOf("<", at);
    if (open !== at) keep(html.slice(at, open < 0 ? html.length : open).replaceAll(">", "&gt;"));
    if (open < 0) break;
    at = endOf(lower, open, endless);
    tag.lastIndex = open;
    const name = tag.exec(lower)?.[2];
    if (name && lineTag.test(name)) keep("<br>");
    else if (at === open + 1) keep("&lt;");
  }
  return kept.join("").slice(0, longest);
}

/** Where to continue after something that begins with `<`; `endless` are elements never closed. */
function endOf(html: string, open: number, endless: Set<string>): number {
  const behind = (sign: string, from: number) => {
    const found = html.indexOf(sign, from);
    return found < 0 ? html.length : found + sign.length;
  };
  if (html.startsWith("<!--", open)) {
    const last = endless.has("!--") ? -1 : html.indexOf("-->", open);
    if (last >= 0) return last + 3;
    endless.add("!--");
    return open + 4;
  }
  if (/[!?]/.test(html[open + 1] ?? "")) return behind(">", open);
  tag.lastIndex = open;
  const [, slash, name] = tag.exec(html) ?? [];
  if (!name) return open + 1;
  const end = behind(">", open);
  if (slash || !silent.has(name) || endless.has(name)) return end;
  const last = html.indexOf(`</${name}`, end);
  if (last >= 0) return behind(">", last);
  endless.add(name);
  return end;
}
