/** The chunks of a PNG: those that its picture needs are kept, unless they unpack to far more. */
import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";

/** Bytes of a colour profile, unpacked; those of printers reach three megabytes. */
const largestProfile = 4_000_000;

/** What the picture is drawn from; none of the others, such as remarks, is ever shown. */
const needed = new Set(
  ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "sBIT", "cICP", "pHYs"],
);

/**
 * A PNG with nothing but its picture and one colour profile of a usual size. Some 200 kB of any
 * other chunk may unpack to hundreds of megabytes in whatever reads it. What follows a broken
 * chunk stays: whoever draws the picture reports it.
 */
export function pictureOnly(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [file.subarray(0, 8)];
  let profiles = 0;
  for (let at = 8; at < file.length;) {
    const end = at + 12 <= file.length ? at + 12 + file.readUInt32BE(at) : Infinity;
    if (end > file.length) {
      kept.push(file.subarray(at));
      break;
    }
    const type = file.toString("latin1", at + 4, at + 8);
    const stays = type === "iCCP"
      ? profiles++ === 0 && isUsual(file.subarray(at + 8, end - 4))
      : needed.has(type);
    if (stays) kept.push(file.subarray(at, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat(kept));
}

/** Whether a profile unpacks, and to no more than profiles have: a name, a zero, the method, data. */
function isUsual(profile: Buffer): boolean {
  const name = profile.indexOf(0);
  if (name < 1) return false;
  try {
    inflateSync(profile.subarray(name + 2), { maxOutputLength: largestProfile });
    return true;
  } catch {
    return false;
  }
}
