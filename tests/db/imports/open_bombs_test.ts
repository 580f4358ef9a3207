/** LibreOffice files made to exhaust memory or time are refused, and soon. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { limits } from "../../../db/imports/problems.ts";
import { blank, cell, content, line, openArchive, openBook, rowOf } from "./open_books.ts";
import { importAll, sourceOf } from "./sources.ts";

const code = (bytes: Uint8Array) => importAll(sourceOf(bytes)).then(() => "read", (it) => it.code);

const string = 'office:value-type="string"';
const across = (times: number) => `${string} table:number-columns-repeated="${times}"`;
const down = (times: number) => `table:number-rows-repeated="${times}"`;
const head = line(["Vorname", "Nachname"]);

Deno.test("a part that unpacks to more than it may is never unpacked", async () => {
  const bomb = await openArchive({ "content.xml": content({ A: head }) + " ".repeat(20_000_000) });
  ok(bomb.length < 40_000);
  equal(await code(bomb), "xlsx_too_large");
});

Deno.test("a few rows and cells that stand for millions are refused", async () => {
  const wide = rowOf(cell("x", across(1_000)), down(1_000_000));
  equal(await code(await openBook({ A: head + wide })), "xlsx_too_large");
  equal(await code(await openBook({ A: head + line(["x"], down(1_000_000)) })), "too_many_rows");
  equal(await code(await openBook({ A: head + line(["x"], down(1e15)) })), "xlsx_too_large");
  equal(
    await code(await openBook({ A: head + rowOf(cell("x", across(1e9))) })),
    "too_many_columns",
  );
  const twelve = Array.from({ length: 12 }, () => line(["x"], down(1_000_000))).join("");
  equal(await code(await openBook({ A: head + twelve })), "xlsx_too_large");
  equal(await code(await openBook({ A: head, B: twelve })), "xlsx_too_large");
});

Deno.test("too many columns and merges are refused, the last that may be is read", async () => {
  const far = (columns: number) =>
    rowOf(`<table:table-cell table:number-columns-repeated="${columns}"/>${cell("x")}`);
  equal(await code(await openBook({ A: far(limits.columns) })), "too_many_columns");
  equal(await code(await openBook({ A: far(limits.columns - 1) })), "read");
  const merged = rowOf(cell("x", `${string} table:number-rows-spanned="2"`));
  equal(await code(await openBook({ A: head + merged.repeat(20_001) })), "xlsx_too_large");
});

Deno.test("a cell that stands for a million spaces is reported as too long", async () => {
  const spaces = '<text:s text:c="1000000000"/>'.repeat(200);
  const long = `<table:table-cell ${string}><text:p>x${spaces}y</text:p></table:table-cell>`;
  const { records } = await importAll(
    sourceOf(await openBook({ A: head + rowOf(cell("Max") + long) + line(["Eva", "Klein"]) })),
  );
  deepEqual(records.map((it) => it.rejected?.code ?? it.contact?.lastName), [
    "cell_too_long",
    "Klein",
  ]);
});

Deno.test("XML made to grow in memory is refused", async () => {
  const deep = "<text:span>".repeat(100) + "</text:span>".repeat(100);
  const inside = `<table:table-cell ${string}><text:p>${deep}</text:p></table:table-cell>`;
  equal(await code(await openBook({ A: head + rowOf(inside) })), "xlsx_broken");
  const noise = Array.from({ length: 300_000 }, (_, at) => at * 7919 % 1_000_003).join("");
  equal(await code(await openBook({ A: head + line([noise]) })), "xlsx_broken");
});

Deno.test("the blank rows and columns to the end of a sheet are no burden", async () => {
  const { records } = await importAll(
    sourceOf(
      await openBook({ A: head + line(["Max", "Muster"]) + blank(1_048_574), B: blank(1e9) }),
    ),
  );
  deepEqual(records.map((it) => it.contact?.lastName), ["Muster"]);
});
