/** What a file is according to its first bytes, and what it must not be, whatever its name. */
import { endingOf } from "./file_names.ts";

/** How many bytes are examined: as many as the library recommends. */
export const headSize = 4100;

/** Media types of programs. */
const programTypes = new Set([
  "application/x-msdownload",
  "application/x-elf",
  "application/x-mach-binary",
  "application/java-vm",
  "application/x-ms-shortcut",
  "application/vnd.android.package-archive",
  "application/x-deb",
  "application/x-rpm",
  "application/wasm",
]);

/** Extensions of files that run when opened, whatever they contain. */
const programEndings = new Set(
  ("ade adp apk app application bat chm cmd com cpl dll exe gadget hta inf ins iso isp jar jnlp js jse " +
    "lnk mde msc msi msix msp mst pif ps1 psm1 reg scf scr sct sh sys url vb vbe vbs vhd vhdx wsc wsf wsh " +
    "xll").split(" "),
);

const office = "application/vnd.openxmlformats-officedocument.";
const open = "application/vnd.oasis.opendocument.";
/**
 * Document types that are archives inside; what tells them apart may lie beyond the bytes examined.
 */
const zipped: Record<string, string> = {
  docx: `${office}wordprocessingml.document`,
  xlsx: `${office}spreadsheetml.sheet`,
  pptx: `${office}presentationml.presentation`,
  odt: `${open}text`,
  ods: `${open}spreadsheet`,
  odp: `${open}presentation`,
};
const compound: Record<string, string> = {
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
  msg: "application/vnd.ms-outlook",
};

const image = /^image\//;
const zip = /^application\/(zip|vnd\.)/;
const text = /^text\/|^application\/(xml|rtf|postscript)$/;
const film = /^(video|audio)\//;

/** What an extension promises, where the bytes can confirm it; other extensions promise nothing. */
const promises: Record<string, RegExp> = {
  pdf: /^application\/pdf$/,
  ...all("png jpg jpeg gif webp bmp tif tiff heic heif avif", image),
  ...all("docx xlsx pptx odt ods odp zip", zip),
  ...all("docm xlsm pptm dotx xltx", zip),
  // Old systems often export HTML or text tables under these extensions.
  ...all("doc xls ppt", /^application\/(msword|vnd\.|x-cfb|rtf|xml|zip)|^text\//),
  msg: /^application\/vnd\.ms-outlook$/,
  ...all("txt csv tsv md json xml html htm eml ics vcf log", text),
  rtf: /^application\/rtf$/,
  ...all("mp4 mov m4v avi mkv webm mp3 m4a wav ogg flac", film),
};

function all(endings: string, promise: RegExp): Record<string, RegExp> {
  return Object.fromEntries(endings.split(" ").map((ending) => [ending, promise]));
}

/** Why a file is not accepted. */
export type Objection = "program" | "mismatch";

/**
 * The media type that the bytes show, or why the file is not accepted: a program, or something
 * other than its name says. `head` is the file's first `headSize` bytes, or all of them if it is
 * shorter.
 */
export async function recognise(
  head: Uint8Array,
  name: string,
): Promise<{ mediaType: string } | { objection: Objection }> {
  const ending = endingOf(name);
  const mediaType = await typeOf(head, ending);
  if (programTypes.has(mediaType) || programEndings.has(ending)) return { objection: "program" };
  const promise = promises[ending];
  return promise && !promise.test(mediaType) ? { objection: "mismatch" } : { mediaType };
}

async function typeOf(head: Uint8Array, ending: string): Promise<string> {
  const { fileTypeFromBuffer } = await import("file-type");
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? null;
  if (isText(head)) {
    // A text is not a program only because it begins with the same two letters.
    return found && /^(application\/(pdf|xml|rtf|postscript)|text\/.*)$/.test(found)
      ? found
      : "text/plain";
  }
  if (found === "application/zip") return zipped[ending] ?? found;
  if (found === "application/x-cfb") return compound[ending] ?? found;
  return found ?? "application/octet-stream";
}

/** Whether bytes are text in any encoding: no control characters except those used in text. */
function isText(head: Uint8Array): boolean {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13) || byte === 27);
}
