/** The OWASP ASVS table names only existing files and tests, and every gap. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { type Requirement, requirements } from "../../db/asvs.ts";
import { asvs } from "../../views/i18n/de/asvs.ts";
import { files } from "../support/sources.ts";

/** What is wrong with rows of the table. */
async function faults(rows: Record<string, Requirement>): Promise<string[]> {
  const texts = new Map((await files()).map(({ path, text }) => [path, text]));
  return Object.entries(rows).flatMap(([name, { ids, standing, code, tests }]) => [
    ...code.filter((path) => path !== "deno.lock" && !texts.has(path))
      .map((path) => `${name}: no file ${path}`),
    ...tests.filter(([path, sentence]) => !texts.get(path)?.includes(`Deno.test("${sentence}"`))
      .map(([path, sentence]) => `${name}: ${path} has no test "${sentence}"`),
    ...ids.split(" ").filter((id) => !/^\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(id))
      .map((id) => `${name}: ${id} is no number`),
    ...standing === "part" && !(`gap_${name}` in asvs) ? [`${name}: its gap is not named`] : [],
    ...standing === "met" && `gap_${name}` in asvs ? [`${name}: met, and yet a gap`] : [],
    ...tests.length === 0 ? [`${name}: nothing shows it`] : [],
  ]);
}

Deno.test("the ASVS table names existing files and tests, and every gap", async () => {
  deepEqual(await faults(requirements), []);
});

Deno.test("no requirement is in two rows, and all chapters that apply are there", () => {
  const ids = Object.values(requirements).flatMap(({ ids }) => ids.split(" "));
  equal(new Set(ids).size, ids.length);
  const chapters = new Set(ids.map((id) => id.split(".")[0]));
  for (const chapter of ["1", "2", "3", "4", "5", "6", "7", "8", "11", "13", "14", "15", "16"]) {
    ok(chapters.has(chapter), chapter);
  }
});

Deno.test("the check finds a row that promises too much", async () => {
  const row = {
    ids: "1.2.3 x",
    standing: "part",
    code: ["db/nothing.ts"],
    tests: [["tests/session_test.ts", "nobody wrote this"]],
  } as const;
  equal((await faults({ invented: row })).length, 4);
});
