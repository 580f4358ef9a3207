/** Gives attributes the prefixes that are usual in OpenDocument, whatever prefixes a file uses. */

/** `xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"` declares "o" for "office". */
const space = /^urn:oasis:names:tc:opendocument:xmlns:(office|table|text|style):1\.0$/;
const extension = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";

type Attributes = Readonly<Record<string, string>>;

export class Prefixes {
  /** The usual prefix by the file's own, as far as they differ. */
  #usual = new Map<string, string>();

  /** Remembers the prefixes that an element declares. */
  learn(attributes: Attributes): void {
    for (const name in attributes) {
      if (!name.startsWith("xmlns:")) continue;
      const own = name.slice("xmlns:".length);
      const uri = attributes[name]!;
      const usual = uri === extension ? "calcext" : space.exec(uri)?.[1];
      if (usual && usual !== own && this.#usual.size < 10) this.#usual.set(own, usual);
    }
  }

  /** The attributes of an element with usual prefixes. */
  usual(attributes: Attributes): Attributes {
    if (this.#usual.size === 0) return attributes;
    return Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [this.#renamed(name), value]),
    );
  }

  #renamed(name: string): string {
    const colon = name.indexOf(":");
    const usual = colon < 0 ? undefined : this.#usual.get(name.slice(0, colon));
    return usual === undefined ? name : `${usual}${name.slice(colon)}`;
  }
}
