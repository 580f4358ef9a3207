/** Files made to exhaust memory or time are refused, and soon. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { inspect } from "../../../db/imports/files.ts";
import { limits } from "../../../db/imports/problems.ts";
import { glances } from "../../../routes/import_previews.ts";
import type { View } from "../../../views/view.ts";
import { archive, parts, row } from "./books.ts";
import { importAll, sourceOf } from "./sources.ts";

const sheet = "xl/worksheets/sheet1.xml";

const code = (bytes: Uint8Array) => importAll(sourceOf(bytes)).then(() => "read", (it) => it.code);

/** A workbook whose only sheet has this XML. */
async function holding(xml: string, more: Record<string, string> = {}): Promise<Uint8Array> {
  return await archive({ ...parts({ sheets: { A: "" } }), [sheet]: xml, ...more });
}

/** Where the directory of the archive describes an entry. */
function described(bytes: Uint8Array, name: string): number {
  const text = new TextDecoder("windows-1252").decode(bytes);
  for (let at = text.indexOf("PK\x01\x02"); at >= 0; at = text.indexOf("PK\x01\x02", at + 1)) {
    if (text.startsWith(name, at + 46)) return at;
  }
  throw new Error(`no entry ${name}`);
}

/** Announces another unpacked size for an entry, in the directory and before its data. */
function announcing(bytes: Uint8Array, name: string, size: number): Uint8Array {
  const made = bytes.slice();
  const view = new DataView(made.buffer);
  const at = described(made, name);
  const header = view.getUint32(at + 42, true);
  view.setUint32(at + 24, size, true);
  if (view.getUint32(header + 22, true) !== 0) view.setUint32(header + 22, size, true);
  return made;
}

const empty = `<row r="1"><c><v>1</v></c></row>`;
const full = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

Deno.test("a part that unpacks to more than it may is never unpacked", async () => {
  const bomb = await holding(full(" ".repeat(20_000_000)));
  ok(bomb.length < 40_000);
  equal(await code(bomb), "xlsx_too_large");
});

Deno.test("parts that together announce too much are refused", async () => {
  const bytes = await holding(full(empty));
  equal(await code(announcing(bytes, sheet, limits.unpacked + 1)), "xlsx_too_large");
  const media = await holding(full(empty), { "xl/media/a.png": "x" });
  equal(await code(announcing(media, "xl/media/a.png", 0xfffffff0)), "xlsx_too_large");
});

Deno.test("a part that holds more than it announces is cut short", async () => {
  const bytes = await holding(full(" ".repeat(20_000_000) + empty));
  equal(await code(announcing(bytes, sheet, 60)), "xlsx_broken");
});

Deno.test("an archive of thousands of parts is refused", async () => {
  const bytes = await archive({ "xl/workbook.xml": "<a/>" });
  const start = described(bytes, "xl/workbook.xml");
  const end = new TextDecoder("windows-1252").decode(bytes).indexOf("PK\x05\x06");
  const entry = bytes.slice(start, end);
  const tail = bytes.slice(end);
  const view = new DataView(tail.buffer);
  for (const at of [8, 10]) view.setUint16(at, 6_000, true);
  view.setUint32(12, entry.length * 6_000, true);
  const many = [bytes.slice(0, start), ...Array.from({ length: 6_000 }, () => entry), tail];
  equal(await code(new Uint8Array(await new Blob(many).arrayBuffer())), "xlsx_too_large");
});

Deno.test("XML made to grow in memory is refused", async () => {
  // Not so repetitive that the archive alone would give it away.
  const noise = (count: number, piece: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => piece(at * 7919 % 1_000_003)).join("");
  const depth = (count: number) => "<a>".repeat(count) + "</a>".repeat(count);
  equal(await code(await holding(full(depth(100)))), "xlsx_broken");
  equal(
    await code(await holding(full(`<row><c><v>${noise(300_000, String)}</v></c></row>`))),
    "xlsx_broken",
  );
  equal(
    await code(await holding(full(`<row ${noise(150_000, (at) => `a${at}="" `)}/>`))),
    "xlsx_broken",
  );
  equal(
    await code(await holding(`<worksheet><!--${noise(300_000, String)}--></worksheet>`)),
    "xlsx_broken",
  );
});

Deno.test("too many columns, rows and merges are refused", async () => {
  equal(
    await code(await holding(full('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'))),
    "too_many_columns",
  );
  equal(
    await code(await holding(full('<row r="1"><c r="ALM1"><v>1</v></c></row>'))),
    "too_many_columns",
  );
  equal(await code(await holding(full('<row r="1"><c r="ALL1"><v>1</v></c></row>'))), "read");
  const rows = Array.from({ length: limits.rows + 2 }, (_, at) => row(at + 1, [`Name ${at}`]));
  equal(await code(await holding(full(rows.join("")))), "too_many_rows");
  const merge = (at: number) => `<mergeCell ref="A${at}:A${at + 1}"/>`;
  const merges = Array.from({ length: 20_002 }, (_, at) => merge(at * 2 + 1)).join("");
  equal(
    await code(await holding(full(empty).replace("</worksheet>", `${merges}</worksheet>`))),
    "xlsx_too_large",
  );
});

Deno.test("merges that never end are looked for in time to their length", async () => {
  const bytes = await holding(full(empty).replace("</worksheet>", "<mergeCell ".repeat(300_000)));
  const from = process.cpuUsage();
  equal(await code(bytes), "xlsx_broken");
  const { user, system } = process.cpuUsage(from);
  ok((user + system) / 1_000_000 < 4, "in less than four seconds of processor time");
});

Deno.test("a page that shows a file's first rows reads its beginning alone", async () => {
  const [head, blank] = ["Nachname;Vorname\nGroß;Jürgen\n", "\n".repeat(65_536)]
    .map((text) => new TextEncoder().encode(text));
  const plan = (await inspect(() => ReadableStream.from([head!]))).plan;
  let given = 0;
  async function* pieces() {
    yield head!;
    for (let n = 0; n < 300; n++) {
      given += blank!.length;
      yield blank!;
    }
  }
  const shown = await glances({} as View, () => ReadableStream.from(pieces()), plan, {
    samples: [],
  });
  deepEqual(shown.map(({ name }) => name), ["Jürgen Groß"]);
  ok(given < 3_000_000, `${given} bytes`);
});
