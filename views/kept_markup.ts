/** Markup that many pages share word for word: made at its first use, then kept by this process. */

/** A keeper for one place of the pages; its keys must be few and say all that the markup shows. */
export function keptMarkup<Markup>(): (key: string, make: () => Markup) => Markup {
  const known = new Map<string, Markup>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    return made;
  };
}
