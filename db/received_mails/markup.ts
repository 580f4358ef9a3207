/**
 * Makes strangers' HTML harmless: text, tables, links, small pictures of the mail itself; nothing
 * else.
 */
// deno-lint-ignore-file no-explicit-any
import { createHash } from "node:crypto";

/** Most characters of HTML that are read; no letter has more. */
export const longest = 1_000_000;
/** Most characters of resulting markup that are kept: escaping and naming pictures make it grow. */
export const longestMade = 2 * longest;
/** Most characters of pictures in one mail, counted each time the mail refers to one. */
const longestPictures = longest;
/** How deep elements may be nested, as in browsers; parsing time grows with the square of it. */
const deepest = 500;

const allowedTags = [
  "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup",
  "dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins",
  "kbd li main mark nav ol p pre q s samp section small span strike strong sub summary sup table",
  "tbody td tfoot th thead time tr tt u ul var wbr",
].join(" ").split(" ");

/** Elements that are removed together with their contents. */
const silentTags = [
  "script style textarea option noscript title head xml template svg math iframe object embed",
  "applet frameset audio video canvas select datalist",
].join(" ").split(" ");
/** Those of them that would swallow the rest of the mail if they are not closed. */
const greedyTags = new Set(
  "option svg math object embed applet frameset audio video canvas select datalist".split(" "),
);

const allowedAttributes = {
  a: ["href", "target", "rel", "title"],
  img: ["src", "alt"],
  td: ["colspan", "rowspan", "align"],
  th: ["colspan", "rowspan", "align"],
  ol: ["start"],
  "*": ["dir", "lang"],
};

/** Pictures from the mail itself, as `cleanMarkup` inserted them. */
const picture = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/;

interface Frame {
  tagName: string;
  attribs: Record<string, string>;
}

/**
 * The markup without anything that runs, loads, sends or covers the page. `pictures` are the mail's
 * own by Content-ID, as data addresses; every other picture is replaced by its alternative text.
 */
export const cleanMarkup = (html: string, pictures: Pictures = new Map()): Promise<string> =>
  sanitize(html, { img: pictureOr(pictures) });

/** The same, with links that leave the frame and whose target is shown after their text. */
export async function linkedMarkup(html: string): Promise<string> {
  const clean = await sanitize(html, {
    img: pictureOr(new Map()),
    a(_: string, { href = "" }: Frame["attribs"]) {
      if (!href) return { tagName: "span", attribs: {} };
      const safe = { href, target: "_blank", rel: "noopener noreferrer nofollow" };
      return { tagName: "a", attribs: { ...safe, title: href } };
    },
  });
  return apart(clean).replace(
    /<a href="([^"]*)"([^>]*)>([^]*?)<\/a>/g,
    (whole, href: string, _rest, words: string) => {
      const target = targetOf(href);
      // A direction of its own: no turned text around an address turns it too.
      if (target && says(words, target)) return whole.replace("<a", `<a dir="ltr"`);
      return target ? `${whole} <small dir="ltr">(${target})</small>` : whole;
    },
  );
}

/** Ends a link where another begins within it, as browsers do: a hint stands after its own link. */
function apart(clean: string): string {
  let isOpen = false;
  return clean.replace(/<a href=|<\/a>/g, (tag) => {
    const wasOpen = isOpen;
    isOpen = tag !== "</a>";
    return wasOpen && isOpen ? `</a>${tag}` : tag;
  });
}

/** Whether a link's words are its target's address and nothing else, in the direction they come. */
function says(words: string, target: string): boolean {
  const said = words.replace(/<[^<>]*>/g, "").trim().toLowerCase();
  const host = said.replace(/^https?:\/\/|^&lt;|&gt;$/g, "").split(/[/?#]/)[0];
  return host === target.toLowerCase() && !/\s/.test(said) && !/<[^<>]*\sdir=/.test(words);
}

type Pictures = ReadonlyMap<string, string>;

const pictureOr = (pictures: Pictures) => {
  // Each picture has room once; what is left is for repeated ones.
  const once = new Set(pictures.keys());
  let left = longestPictures - [...pictures.values()].reduce((sum, own) => sum + own.length, 0);
  return (_: string, { src = "", alt = "" }: Frame["attribs"]) => {
    const isNamed = /^cid:/i.test(src);
    const own = isNamed ? pictures.get(src.slice(4)) : src;
    const isFirst = isNamed && once.delete(src.slice(4));
    if (own && (!isNamed || isFirst || own.length <= left) && picture.test(own)) {
      if (isNamed && !isFirst) left -= own.length;
      return { tagName: "img", attribs: { src: own, alt } };
    }
    const words = alt.trim() ? `[${alt.trim().slice(0, 200)}]` : "";
    return { tagName: "span", attribs: {}, text: words };
  };
};

/** A link's target in short: the host, or the address; it is escaped as it came. */
function targetOf(href: string): string {
  if (/^(mailto|tel):/i.test(href)) return href.replace(/^\w+:/, "").replace(/\?.*$/s, "");
  const host = URL.parse(href.replaceAll("&amp;", "&"))?.host ?? "";
  return /^[a-z0-9.:\-[\]]+$/i.test(host) ? host : "";
}

async function sanitize(html: string, transformTags: Record<string, unknown>): Promise<string> {
  const { default: sanitizeHtml } = await import("sanitize-html");
  const lower = html.toLowerCase();
  const nonTextTags = silentTags.filter((tag) =>
    !greedyTags.has(tag) || lower.includes(`</${tag}`)
  );
  return (sanitizeHtml as any)(html, {
    allowedTags,
    allowedAttributes,
    nonTextTags,
    transformTags,
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["data"] },
    allowedSchemesAppliedToAttributes: ["href", "src"],
    allowProtocolRelative: false,
    disallowedTagsMode: "discard",
    enforceHtmlBoundary: false,
    nestingLimit: 200,
    parser: { lowerCaseTags: true, decodeEntities: true },
  });
}

const voids = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
);
const impliedEnds = new Set(
  "p li dt dd option optgroup tr td th thead tbody tfoot rt rp".split(" "),
);

/** Whether elements are nested so deep that parsing them would block everything. */
export function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name] of html.matchAll(/<(\/?)([a-z][a-z0-9:-]*)/gi)) {
    const tag = name!.toLowerCase();
    if (voids.has(tag) || impliedEnds.has(tag)) continue;
    depth = slash ? Math.max(0, depth - 1) : depth + 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** The style of a mail in its frame: the only style there, allowed by its digest. */
const style = `:root{color-scheme:light dark}
body{margin:8px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
img{max-width:100%;height:auto}
table{border-collapse:collapse}
td,th{padding:2px 4px;text-align:start;vertical-align:top}
blockquote{margin:0 0 0 .5em;padding-left:.75em;border-left:2px solid #8888}
small{color:#777}`;

const styleDigest = createHash("sha256").update(style).digest("base64");

/** What the frame may do: show the mail's own pictures, and open links in new windows. */
export const framePolicy = [
  "sandbox allow-popups allow-popups-to-escape-sandbox",
  "default-src 'none'",
  "img-src data:",
  `style-src 'sha256-${styleDigest}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

/** A mail's markup as a document of its own, for a frame under `framePolicy`. */
export const frameDocument = async (
  html: string,
  title: string,
  language: string,
): Promise<string> =>
  `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>${
    escape(title)
  }</title>` +
  `<style>${style}</style></head><body>${await linkedMarkup(html)}</body></html>`;

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
