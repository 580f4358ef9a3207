/** The size of a picture, read from its header before anything decodes it. */

export interface ImageSize {
  type: "png" | "jpg";
  width: number;
  height: number;
}

/** The size of a PNG or JPEG; null for everything else and for broken files. */
export function sizeOf(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a) return png(view);
    if (view.getUint16(0) === 0xffd8) return jpeg(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

function png(view: DataView): ImageSize | null {
  // The first chunk has to be IHDR.
  if (view.getUint32(12) !== 0x49484452) return null;
  return shown({ type: "png", width: view.getUint32(16), height: view.getUint32(20) });
}

function jpeg(view: DataView): ImageSize | null {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    // Start-of-frame markers of all kinds; C4, C8 and CC are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return shown({ type: "jpg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) });
    }
  }
  return null;
}

const shown = (size: ImageSize) => size.width > 0 && size.height > 0 ? size : null;
