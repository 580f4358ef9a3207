/** The contents of a ZIP file in an answer: names and texts. */
import { TextWriter, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";

/** Every file of it, read as text. */
export async function readZip(answer: Response): Promise<Map<string, string>> {
  const zip = new ZipReader(new Uint8ArrayReader(new Uint8Array(await answer.arrayBuffer())));
  const found = new Map<string, string>();
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) found.set(entry.filename, await entry.getData!(new TextWriter()));
  }
  await zip.close();
  return found;
}
