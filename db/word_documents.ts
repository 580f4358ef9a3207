/**
 * Customers' own templates, Word documents with `{fields}`, inspected before they are stored: no
 * program, nothing embedded, nothing fetched from elsewhere, no zip bomb, no unknown field.
 */
import type { Entry, FileEntry } from "@zip.js/zip.js";
import type PizZip from "pizzip";
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

/**
 * Inspects a document and returns it with nothing but the parts that were inspected. Throws Invalid
 * with the reason, on the field `document`.
 */
export async function inspect(
  bytes: Uint8Array,
  own: readonly CustomField[],
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length > largest) throw refuse("document_large");
  const parts = await unpack(bytes);
  const types = new TextDecoder().decode(parts.get("[Content_Types].xml"));
  if (!types.includes(kind) || !parts.has("word/document.xml")) throw refuse("document_broken");
  for (const [name, part] of parts) {
    const fault = isText(name) ? faultOf(name, part) : null;
    if (fault) throw refuse(fault);
  }
  const unknown = (await tags(parts)).filter((tag) => !isKnown(tag, own));
  if (unknown.length > 0) {
    throw new Invalid(unknownFields(unknown.map((name) => `{${name}}`)), "document");
  }
  const whole = generated(await packed(parts));
  if (whole.length > largest) throw refuse("document_large");
  return whole;
}

const refuse = (code: string) => new Invalid(`letters.${code}`, "document");
const isText = (name: string) => /\.(xml|rels)$/i.test(name);

/** The files of a document by name. */
type Parts = ReadonlyMap<string, Uint8Array>;

const unknownFields = (written: readonly string[]): string =>
  `letters.field_unknown?${new URLSearchParams({ fields: written.slice(0, 10).join(" ") })}`;

/** The parts; declared sizes are checked first, and no part may exceed its size. */
async function unpack(bytes: Uint8Array): Promise<Parts> {
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
async function tags(parts: Parts): Promise<string[]> {
  const inspector = await inspectModule();
  try {
    await templater(parts, [inspector]);
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
  const document = await templater(await unpack(bytes), [], (name) => {
    const value = valueOf(name, values);
    if (value === undefined) gone.add(`{${name}}`);
    return (value ?? "").replace(unwritable, "");
  });
  document.render({});
  if (gone.size > 0) throw new Invalid(unknownFields([...gone]), "template");
  return generated(document.getZip());
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

/**
 * The parts as an archive of our own. A given one may contain files that one reader sees and the
 * other does not: behind the announced end of its directory, or twice by the same name.
 */
async function packed(parts: Parts): Promise<PizZip> {
  const { default: Archive } = await import("pizzip");
  const archive = new Archive();
  for (const [name, part] of parts) {
    archive.file(name, part, { binary: true, createFolders: false });
  }
  return archive;
}

const generated = (archive: PizZip): Uint8Array<ArrayBuffer> =>
  new Uint8Array(archive.generate({ type: "uint8array", compression: "DEFLATE" }));

async function templater(
  parts: Parts,
  modules: unknown[],
  valueFor: (name: string) => string = () => "",
) {
  const { default: Docxtemplater } = await import("docxtemplater");
  return new Docxtemplater(await packed(parts), {
    modules: modules as never,
    linebreaks: true,
    // Otherwise it would write the document's content to the console.
    errorLogging: false,
    nullGetter: () => "",
    // Only names are looked up: a field is no expression.
    parser: (name: string) => ({ get: () => valueFor(name) }),
  });
}
