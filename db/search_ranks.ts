/** The order of hits on the search page: names that begin with what was typed come first. */

/** One spelling for all ways to write a name, close enough to the database's `fold`. */
function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss")
    .replaceAll("ł", "l").replaceAll("ı", "i").replaceAll("ø", "o")
    .replace(/([aou])e/g, "$1");
}

const words = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Reorders the hits: the more query words begin a word of its name, the earlier a hit comes. */
export function rank<Row>(
  rows: readonly Row[],
  query: string,
  nameOf: (row: Row) => string,
): Row[] {
  const asked = words(query);
  const begun = (row: Row) => {
    const own = words(nameOf(row));
    return asked.filter((word) => own.some((each) => each.startsWith(word))).length;
  };
  const places = new Map(rows.map((row) => [row, begun(row)]));
  return rows.toSorted((a, b) => places.get(b)! - places.get(a)!);
}
