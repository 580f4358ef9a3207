/** Texts of arbitrary characters, for property tests. */
import fc from "fast-check";

const [surrogates, surrogatesEnd, last] = [0xd800, 0xe000, 0x10ffff];
const gap = surrogatesEnd - surrogates;

/**
 * One of all possible characters. The library's own unit, "binary", builds a map of all of them:
 * two and a half seconds and 136 MB in each process.
 */
const character = fc.nat({ max: last - gap }).map(
  (place) => String.fromCodePoint(place < surrogates ? place : place + gap),
  (text) => {
    const point = typeof text === "string" ? text.codePointAt(0) : undefined;
    if (point === undefined || text !== String.fromCodePoint(point)) {
      throw new Error("no character");
    }
    if (point >= surrogates && point < surrogatesEnd) throw new Error("half a character");
    return point < surrogates ? point : point - gap;
  },
);

/** Texts of characters from all of Unicode, without lone surrogates. */
export const anyText = (bounds: { minLength?: number; maxLength?: number } = {}) =>
  fc.string({ ...bounds, unit: character });
