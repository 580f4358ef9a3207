/** Large files are read beside everything else that the process does, and as long as their format makes them. */

import { equal, ok } from "node:assert/strict";
import { open as openArchive } from "../../../db/imports/archives.ts";
import * as files from "../../../db/imports/files.ts";
import { line, openBook } from "./open_books.ts";
import { sourceOf } from "./sources.ts";

/** How often others had their turn while the file was inspected. */
async function turnsDuring(content: string | Uint8Array): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  try {
    const { records } = await files.inspect(sourceOf(content));
    equal(records, rows);
  } finally {
    clearInterval(timer);
  }
  return turns;
}

const rows = 12_000;
const people = Array.from({ length: rows }, (_, at) => ["Eva", `Klein${at}`, `e${at}@k.example`]);
const all = [["Vorname", "Nachname", "E-Mail"], ...people];

Deno.test("reading a large spreadsheet yields to other work", async () => {
  const sheet = await openBook({ A: all.map((cells) => line(cells)).join("") });
  ok(await turnsDuring(sheet) > 2);
  const page = all.map((cells) => `<tr><td>${cells.join("</td><td>")}</td></tr>`).join("");
  ok(await turnsDuring(`<html><table>${page}</table></html>`) > 1);
  const [heads, ...others] = all;
  const objects = others.map((cells) =>
    Object.fromEntries(heads!.map((head, at) => [head, cells[at]]))
  );
  ok(await turnsDuring(JSON.stringify(objects)) > 1);
});

Deno.test("rows that are passed over, blank or remarks, yield to other work as well", async () => {
  const table = all.map((cells) => cells.join(";")).join("\n");
  const turns = await turnsDuring(table);
  for (const passed of ["\n", "# x\n"]) {
    ok(await turnsDuring(`${table}\n${passed.repeat(300_000)}`) > turns + 3, passed);
  }
});

Deno.test("an archive may hold as much as its opening allows", async () => {
  const bytes = await openBook({ A: line(["x".repeat(5_000)]) });
  await openArchive(sourceOf(bytes), 20_000);
  const code = await openArchive(sourceOf(bytes), 4_000).then(() => "", (error) => error.code);
  equal(code, "xlsx_too_large");
});
