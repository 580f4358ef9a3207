/** What a file is, by its first bytes; and what it must not be, whatever it is called. */
import { endingOf } from "./file_names.ts";

/** How many bytes are looked at: as many as the library finds reasonable. */
export const headSize = 4100;

/** Programs by their bytes. */
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

/** What runs when it is opened, whatever is in it. */
const programEndings = new Set(
  ("ade adp apk app application bat chm cmd com cpl dll exe gadget hta inf ins iso isp jar jnlp js jse " +
    "lnk mde msc msi msix msp mst pif ps1 psm1 reg scf scr sct sh sys url vb vbe vbs vhd vhdx wsc wsf wsh " +
    "xll").split(" "),
);

const office = "application/vnd.openxmlformats-officedocument.";
const open = "application/vnd.oasis.opendocument.";
/** Documents that are archives within: which one it is may stand behind the bytes that are read. */
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

/** What a name promises, as far as it can be told from the bytes; other names promise nothing. */
const promises: Record<string, RegExp> = {
  pdf: /^application\/pdf$/,
  ...all("png jpg jpeg gif webp bmp tif tiff heic heif avif", image),
  ...all("docx xlsx pptx odt ods odp zip", zip),
  ...all("docm xlsm pptm dotx xltx", zip),
  // What old systems call so is a table of HTML or text as often as not.
  ...all("doc xls ppt", /^application\/(msword|vnd\.|x-cfb|rtf|xml|zip)|^text\//),
  msg: /^application\/vnd\.ms-outlook$/,
  ...all("txt csv tsv md json xml html htm eml ics vcf log", text),
  rtf: /^application\/rtf$/,
  ...all("mp4 mov m4v avi mkv webm mp3 m4a wav ogg flac", film),
};

function all(endings: string, promise: RegExp): Record<string, RegExp> {
  return Object.fromEntries(endings.split(" ").map((ending) => [ending, promise]));
}

/** Why a file is not taken. */
export type Objection = "program" | "mismatch";

/**
 * The media type that the bytes show, or why they are not taken: a program, or something else
 * than the name says. `head` are the file's first bytes, `headSize` of them where there are so many.
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
    // Two letters at its beginning make no program of a text.
    return found && /^(application\/(pdf|xml|rtf|postscript)|text\/.*)$/.test(found)
      ? found
      : "text/plain";
  }
  if (found === "application/zip") return zipped[ending] ?? found;
  if (found === "application/x-cfb") return compound[ending] ?? found;
  return found ?? "application/octet-stream";
}

/** Whether bytes are text of whatever encoding: no control characters but those of texts. */
function isText(head: Uint8Array): boolean {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13) || byte === 27);
}
