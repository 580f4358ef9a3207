/** Word documents for tests, assembled part by part. */
import { Buffer } from "node:buffer";
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

const types = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
const relationships = (inner: string) =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const plainType =
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
export const macroType = "application/vnd.ms-word.document.macroEnabled.main+xml";

/** A document with these paragraphs; `parts` are further files, or replace the usual ones. */
export async function wordOf(
  paragraphs: readonly string[],
  { type = plainType, parts = {} }: {
    type?: string;
    parts?: Record<string, string | Uint8Array>;
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join("");
  const all: Record<string, string | Uint8Array> = {
    "[Content_Types].xml": types(type),
    "_rels/.rels": relationships(
      `<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`,
    ),
    "word/document.xml":
      `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ...parts,
  };
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(all)) {
    const reader = typeof content === "string"
      ? new TextReader(content)
      : new Uint8ArrayReader(content);
    await zip.add(name, reader);
  }
  return new Uint8Array(await zip.close());
}

/** The relationships of a document that fetches something from elsewhere. */
export const outside = (kind: string) =>
  relationships(
    `<Relationship Id="rId9" Type="${office}/${kind}" Target="https://example.org/x" TargetMode="External"/>`,
  );

/**
 * The same document with further parts behind the announced end of its directory, where one reader
 * stops and another goes on; one named like an earlier part takes its place there.
 */
export async function withHidden(parts: Record<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const names = Object.keys(parts);
  const placeholder = (name: string) => `${name.slice(0, -1)}~`;
  const hidden = Object.fromEntries(names.map((name) => [placeholder(name), parts[name]!]));
  const whole = await wordOf(["x"], { parts: hidden });
  const text = names.reduce(
    (sum, name) => sum.replaceAll(placeholder(name), name),
    Buffer.from(whole).toString("latin1"),
  );
  const bytes = new Uint8Array(Buffer.from(text, "latin1"));
  const view = new DataView(bytes.buffer);
  const end = text.lastIndexOf("PK\x05\x06");
  for (const at of [end + 8, end + 10]) {
    view.setUint16(at, view.getUint16(at, true) - names.length, true);
  }
  return bytes;
}
