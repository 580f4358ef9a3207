/** Collects rows in the text format of COPY, for several tables at once. */

/** Rows by table; the caller counts how many records they make up. */
export class Lines<Table extends string> {
  #texts = new Map<Table, string[]>();

  constructor(readonly records: number) {}

  add(table: Table, ...values: (string | number | boolean | null)[]): void {
    const texts = this.#texts.get(table) ?? [];
    this.#texts.set(table, texts);
    texts.push(values.map(field).join("\t"));
  }

  of(table: Table): string {
    const texts = this.#texts.get(table) ?? [];
    return texts.length === 0 ? "" : `${texts.join("\n")}\n`;
  }
}

const special = /[\\\t\n\r\0]/;

function field(value: string | number | boolean | null): string {
  if (value === null) return "\\N";
  if (typeof value !== "string") return String(value);
  if (!special.test(value)) return value;
  return value.replaceAll("\0", "").replaceAll("\\", "\\\\").replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}
