/** Charts: the labels at the axis have room, however long they are. */

import { ok } from "node:assert/strict";
import { ColumnChart } from "../../views/reports/charts.tsx";
import type { View } from "../../views/view.ts";

const view = { t: (key: string) => key } as unknown as View;

Deno.test("the words at a chart's axis are not cut off, of small sums and of large ones", () => {
  for (const all of [5, 9_000, 1_000_000, 900_000_000_000]) {
    const chart = String(ColumnChart({
      view,
      name: "Summen",
      columns: [{ label: "01/27", all, part: all / 2 }],
      worth: (value) => `${value.toLocaleString("de")} EUR`,
    }));
    const texts = [...chart.matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="end">([^<]+)</g)];
    ok(texts.length > 2, chart);
    for (const [, end, words] of texts) ok(Number(end) >= words!.length * 6.5, words);
  }
});
