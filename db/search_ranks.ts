/** The order of hits on the search page: whose name begins with what was typed comes first. */

/** One spelling for all ways to write a name, as the database's `fold`, near enough to compare. */
function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss")
    .replaceAll("ł", "l").replaceAll("ı", "i").replaceAll("ø", "o")
    .replace(/([aou])e/g, "$1");
}

const words = (text: string): string[] => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** The hits anew: first those with a name where each word of the query begins one of its own. */
export function rank<Row>(
  rows: readonly Row[],
  query: string,
  nameOf: (row: Row) => string,
): Row[] {
  const asked = words(query);
  const begins = (row: Row) => {
    const own = words(nameOf(row));
    return asked.every((word) => own.some((each) => each.startsWith(word)));
  };
  const [ahead, behind] = [rows.filter(begins), rows.filter((row) => !begins(row))];
  return [...ahead, ...behind];
}
