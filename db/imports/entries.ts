/** Reads LDIF (RFC 2849), as address books and directories write it, into lists of attributes. */

/** Lower-case names without options ("cn;lang-de"), each with its values in order. */
export type Entry = ReadonlyMap<string, readonly string[]>;

/** Pictures, sounds and keys: their presence is noted, but they are never decoded. */
const binary =
  /^(?:jpegphoto|photo|thumbnail(?:photo|logo)|audio|(?:user|ca)certificate|usersmimecertificate|userpkcs12)$/;
/** Credentials are not kept even while the entry is read. */
const secret = /password|pwd|secret|credential|(?:private|ssh)?key$/;
const longestLine = 4 * 1024 * 1024;
const mostValues = 1000;

/** Reads entries from text, piece by piece; each begins at its `dn`, whatever comes before it. */
export class EntryReader {
  #rest = "";
  /** The current line, including its folded parts. */
  #pieces: string[] = [];
  /**
   * Its characters; each fold counts as more than its length, so that even empty ones reach the
   * limit.
   */
  #length = 0;
  #entry: Map<string, string[]> | null = null;
  #values = 0;

  write(text: string): Entry[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > longestLine) this.#rest = "";
    const done: Entry[] = [];
    for (const line of lines) this.#take(line, done);
    return done;
  }

  end(): Entry[] {
    const done = this.write("\n\n");
    this.#close(done);
    return done;
  }

  #take(line: string, done: Entry[]): void {
    if (/^[ \t]/.test(line) && this.#pieces.length > 0) {
      this.#length += line.length + 16;
      const head = this.#pieces[0]!;
      if (this.#length <= longestLine && !binary.test(nameOf(head))) {
        this.#pieces.push(line.slice(1));
      }
      return;
    }
    this.#flush(done);
    if (line === "") this.#close(done);
    else {
      this.#pieces = [line];
      this.#length = line.length;
    }
  }

  #flush(done: Entry[]): void {
    const line = this.#pieces.join("");
    this.#pieces = [];
    // What follows `:<` names a file on the machine that wrote the entry.
    const [, way = "", raw = ""] = /^[a-z][\w.;-]*:(:|<)?(.*)$/is.exec(line) ?? [];
    const name = nameOf(line);
    if (/^dn:/i.test(line)) {
      this.#close(done);
      this.#entry = new Map();
      this.#values = 0;
    }
    if (!this.#entry || name === "" || way === "<" || secret.test(name)) return;
    if (++this.#values > mostValues) return;
    const value = binary.test(name) ? "" : way === ":" ? decoded(raw) : raw.trim();
    const present = this.#entry.get(name);
    if (present) present.push(value);
    else this.#entry.set(name, [value]);
  }

  #close(done: Entry[]): void {
    if (this.#entry) done.push(this.#entry);
    this.#entry = null;
  }
}

/** Counts the beginnings of entries without reading them. */
export class EntryCount {
  count = 0;
  #tail = "\n";

  take(piece: string): void {
    const text = this.#tail + piece;
    this.count += text.match(/[\r\n]dn:/gi)?.length ?? 0;
    // A beginning split between two pieces is counted with the second.
    this.#tail = /[\r\n](?:dn?)?$/i.exec(text)?.[0] ?? text.slice(-1);
  }
}

/** The lower-case name a line begins with, without options; empty for comments and separators. */
function nameOf(line: string): string {
  return /^([a-z][\w.-]*)(?:;[\w.;-]*)?:/i.exec(line.slice(0, 200))?.[1]?.toLowerCase() ?? "";
}

/** The value after `::`, in UTF-8 as the format requires, or in Windows-1252 as some write it. */
function decoded(base64: string): string {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(base64.replace(/\s/g, "")), (each) => each.charCodeAt(0));
  } catch {
    return "";
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim();
  } catch {
    return new TextDecoder("windows-1252").decode(bytes).trim();
  }
}
