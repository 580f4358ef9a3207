/**
 * What a part of a Word document refers to; read as XML, because other spellings (quotes, prefixes,
 * characters by number) mean the same to Word.
 */
import { SaxesParser } from "saxes";

/** Why a document is refused, as a code of the catalogue `letters`. */
export type PartFault = "document_active" | "document_broken" | "document_outside";

/** Relationships to anything more than text and pictures, wherever it is. */
const active =
  /\/(attachedtemplate|afchunk|control|frame|oleobject|package|subdocument|vbaproject)$/i;
/** Word fields that fetch, run or import something else; a field begins with its name. */
const reaching = /^[ \t]*(ddeauto|dde|includepicture|includetext|link|import|embed)\b/im;
/** What a document may consist of: texts, and pictures and fonts in formats with nothing else. */
const harmless = /\.(xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|svg|odttf|ttf)$/i;
const isText = (name: string) => /\.(xml|rels)$/i.test(name);

/** Whether a part is allowed at all, by its name. */
export const isHarmless = (name: string): boolean => harmless.test(name);
/** Deeper than any letter is nested. */
const deepest = 256;

/** What is wrong with a part; null if it is harmless. */
export function faultOf(name: string, bytes: Uint8Array): PartFault | null {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "document_broken";
  }
  const found: PartFault[] = [];
  let instructions = "";
  let inside = false;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("doctype", () => void found.push("document_active"));
  parser.on("opentag", ({ name: tag, attributes }) => {
    if (++depth > deepest) throw new Error("too deep");
    const own = local(tag);
    if (own === "instrtext") inside = true;
    // Simple fields stand alone; others begin and end with marks, across several pieces of text.
    if (own === "fldsimple") instructions += `\n${valueOf(attributes, "instr")}\n`;
    if (own === "fldchar") instructions += "\n";
    if (own === "altchunk") found.push("document_active");
    const content = valueOf(attributes, "contenttype");
    if (/macroenabled|vnd\.ms-office/i.test(content)) found.push("document_active");
    // We must not take for a picture what Word reads as text.
    if (/xml$/i.test(content) && own === "override" && !isText(valueOf(attributes, "partname"))) {
      found.push("document_active");
    }
    if (own !== "relationship" || !/\.rels$/i.test(name)) return;
    const type = valueOf(attributes, "type");
    if (active.test(type)) found.push("document_active");
    const outside = valueOf(attributes, "targetmode").trim().toLowerCase() === "external";
    // A link may lead out; a template or picture from elsewhere would be fetched automatically.
    if (outside && !/\/hyperlink$/i.test(type)) found.push("document_outside");
  });
  parser.on("closetag", ({ name: tag }) => {
    depth--;
    if (local(tag) === "instrtext") inside = false;
  });
  parser.on("text", (piece) => void (instructions += inside ? piece : ""));
  try {
    parser.write(text).close();
  } catch {
    return "document_broken";
  }
  const outside = found.find((each) => each === "document_outside");
  return outside ?? found[0] ?? (reaching.test(instructions) ? "document_active" : null);
}

const local = (name: string) => name.slice(name.indexOf(":") + 1).toLowerCase();

/** An attribute by its name without prefix, in any case. */
function valueOf(attributes: Readonly<Record<string, string>>, wanted: string): string {
  return Object.entries(attributes).find(([name]) => local(name) === wanted)?.[1] ?? "";
}
