/**
 * What a part of a document of Word leads to: read as XML, for another way to write it (quotes,
 * prefixes, characters by number) means the same to Word.
 */
import { SaxesParser } from "saxes";

/** Why a document is not taken, as a code of the catalogue `letters`. */
export type PartFault = "document_active" | "document_broken" | "document_outside";

/** Relationships to what is more than text and pictures, wherever it lies. */
const active =
  /\/(attachedtemplate|afchunk|control|frame|oleobject|package|subdocument|vbaproject)$/i;
/** Fields of Word that fetch, run or bring in something else; a field begins with its name. */
const reaching = /^[ \t]*(ddeauto|dde|includepicture|includetext|link|import|embed)\b/im;
/** What a document is made of: texts, and pictures and fonts in forms that hold nothing else. */
const harmless = /\.(xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|svg|odttf|ttf)$/i;
const isText = (name: string) => /\.(xml|rels)$/i.test(name);

/** Whether a part may be there at all, by its name. */
export const isHarmless = (name: string): boolean => harmless.test(name);
/** Deeper than any letter goes. */
const deepest = 256;

/** What is wrong with a part; null where it is harmless. */
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
    // Simple fields stand alone; the others begin and end by marks, over several pieces of text.
    if (own === "fldsimple") instructions += `\n${valueOf(attributes, "instr")}\n`;
    if (own === "fldchar") instructions += "\n";
    if (own === "altchunk") found.push("document_active");
    const content = valueOf(attributes, "contenttype");
    if (/macroenabled|vnd\.ms-office/i.test(content)) found.push("document_active");
    // Nothing is read by us as a picture that Word reads as a text.
    if (/xml$/i.test(content) && own === "override" && !isText(valueOf(attributes, "partname"))) {
      found.push("document_active");
    }
    if (own !== "relationship" || !/\.rels$/i.test(name)) return;
    const type = valueOf(attributes, "type");
    if (active.test(type)) found.push("document_active");
    const outside = valueOf(attributes, "targetmode").trim().toLowerCase() === "external";
    // A link may lead out; a template or a picture from elsewhere would be fetched unasked.
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
