/**
 * Customers' own templates, Word documents with `{fields}`, inspected before they are stored: no
 * program, nothing embedded, nothing fetched from elsewhere, no zip bomb, no unknown field.
 */
import type { Entry, FileEntry } from "@zip.js/zip.js";
import type { CustomField } from "./custom_fields.ts";
import { Invalid } from "./errors.ts";
import { isKnown, type LetterValues, valueOf } from "./letter_fields.ts";
import { faultOf, isHarmless } from "./word_parts.ts";

/** The most bytes of a document, as uploaded and unpacked. */
export const largest = 1_000_000;
const unpacked = 10_000_000;
const entries = 500;

/** What makes a document more than text and pictures. */
const forbidden = /(^|\/)(vbaproject|vbadata|activex|embeddings|macros)|\.(bin|exe|dll|js|vbs)$/i;
const kind = "wordprocessingml.document.main+xml";

/** Inspects a document. Throws Invalid with the reason, on the field `document`. */
export async function inspect(bytes: Uint8Array, own: readonly CustomField[]): Promise<void> {
  const refuse = (code: string) => new Invalid(`letters.${code}`, "document");
  if (bytes.length > largest) throw refuse("document_large");
  const parts = await unpack(bytes, refuse);
  const types = new TextDecoder().decode(parts.get("[Content_Types].xml"));
  if (!types.includes(kind) || !parts.has("word/document.xml")) throw refuse("document_broken");
  for (const [name, part] of parts) {
    const fault = faultOf(name, part);
    if (fault) throw refuse(fault);
  }
  const unknown = (await tags(bytes, refuse)).filter((tag) => !isKnown(tag, own));
  if (unknown.length > 0) {
    throw new Invalid(unknownFields(unknown.map((name) => `{${name}}`)), "document");
  }
}

const unknownFields = (written: readonly string[]): string =>
  `letters.field_unknown?${new URLSearchParams({ fields: written.slice(0, 10).join(" ") })}`;

/** The bytes of text parts; declared sizes are checked first, and no part may exceed its size. */
async function unpack(bytes: Uint8Array, refuse: (code: string) => Invalid) {
  const { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } = await import("@zip.js/zip.js");
  const options = { useWebWorkers: false, checkOverlappingEntry: true } as const;
  let found: Entry[];
  try {
    found = await new ZipReader(new Uint8ArrayReader(bytes), options).getEntries();
  } catch {
    throw refuse("document_broken");
  }
  const files = found.filter((entry): entry is FileEntry => !entry.directory);
  const announced = files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (found.length > entries || announced > unpacked) throw refuse("document_bomb");
  if (files.some(({ encrypted }) => encrypted)) throw refuse("document_broken");
  if (files.some(({ filename }) => forbidden.test(filename) || !isHarmless(filename))) {
    throw refuse("document_active");
  }
  const parts = new Map<string, Uint8Array>();
  for (const entry of files) {
    if (!/\.(xml|rels)$/i.test(entry.filename)) continue;
    try {
      const part = await entry.getData(new Uint8ArrayWriter(), {
        ...options,
        onprogress: (size) => {
          if (size > entry.uncompressedSize) throw refuse("document_bomb");
          return undefined;
        },
      });
      if (part.length > entry.uncompressedSize) throw refuse("document_bomb");
      parts.set(entry.filename, part);
    } catch {
      throw refuse("document_broken");
    }
  }
  return parts;
}

/** The fields of a document as written; loops, conditions and raw parts as unknown ones. */
async function tags(bytes: Uint8Array, refuse: (code: string) => Invalid): Promise<string[]> {
  const inspector = await inspectModule();
  try {
    await templater(bytes, [inspector]);
  } catch {
    throw refuse("document_syntax");
  }
  return inspector.getAllStructuredTags().map(({ module, value }) =>
    module === undefined ? value : `#${value}`
  );
}

/** Characters that XML cannot contain in any spelling. */
// deno-lint-ignore no-control-regex
const unwritable = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/**
 * The document with its fields filled in; empty ones disappear. Throws if it is broken, and Invalid
 * on `template` if it has a field that no longer exists: nobody would notice the gap in a letter.
 */
export async function fill(
  bytes: Uint8Array,
  values: LetterValues,
): Promise<Uint8Array<ArrayBuffer>> {
  const gone = new Set<string>();
  const document = await templater(bytes, [], (name) => {
    const value = valueOf(name, values);
    if (value === undefined) gone.add(`{${name}}`);
    return (value ?? "").replace(unwritable, "");
  });
  document.render({});
  if (gone.size > 0) throw new Invalid(unknownFields([...gone]), "template");
  return new Uint8Array(document.getZip().generate({ type: "uint8array", compression: "DEFLATE" }));
}

interface Inspector {
  /** The fields as written; `module` is set if one is more than a name. */
  getAllStructuredTags(): { module?: string; value: string }[];
}

/** The library's own module, whose types claim that it cannot be instantiated. */
async function inspectModule(): Promise<Inspector> {
  const { default: InspectModule } = await import("docxtemplater/inspect");
  return new (InspectModule as unknown as new () => Inspector)();
}

async function templater(
  bytes: Uint8Array,
  modules: unknown[],
  valueFor: (name: string) => string = () => "",
) {
  const { default: Docxtemplater } = await import("docxtemplater");
  const { default: PizZip } = await import("pizzip");
  return new Docxtemplater(new PizZip(bytes), {
    modules: modules as never,
    linebreaks: true,
    // Otherwise it would write the document's content to the console.
    errorLogging: false,
    nullGetter: () => "",
    // Only names are looked up: a field is no expression.
    parser: (name: string) => ({ get: () => valueFor(name) }),
  });
}
