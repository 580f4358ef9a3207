/**
 * Decodes HTML entities in cells, as web programs leave them in their lists: "M&uuml;ller &amp;
 * Sohn".
 */

const latin1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 " +
  "sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute " +
  "Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH " +
  "Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig " +
  "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc " +
  "iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
  "thorn yuml";
const named = new Map<string, string>([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["euro", "€"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["bdquo", "„"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["sbquo", "‚"],
  ["Scaron", "Š"],
  ["scaron", "š"],
  ...latin1.split(" ").map((name, at): [string, string] => [name, String.fromCharCode(160 + at)]),
]);

const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,7}));/g;

/** The text with entities decoded; unknown ones, and "AT&T", stay as they are. */
export function decoded(text: string): string {
  const once = text.replace(entity, (all, decimal, hexadecimal, name) => {
    if (name) return named.get(name) ?? all;
    const code = decimal ? Number(decimal) : parseInt(hexadecimal, 16);
    const letter = code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return letter ? String.fromCodePoint(code) : all;
  });
  // Some programs encode twice: "&amp;uuml;".
  return once !== text && text.includes("&amp;") && once.includes("&")
    ? once.replace(entity, (all, _1, _2, name) => name ? named.get(name) ?? all : all)
    : once;
}
