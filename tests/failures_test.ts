/** The end of a run says why it failed. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { failuresIn, filesIn } from "./support/failures.ts";

/** What `deno test` says about a file with this content. */
async function outputOf(content: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-test-" });
  try {
    const path = join(folder, "a_test.js");
    await Deno.writeTextFile(path, content);
    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-config", "--no-lock", path],
      env: { NO_COLOR: "1" },
      stderr: "null",
    }).output();
    equal(success, false);
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("each failed test is reported with its name and its error, none that passed", async () => {
  const reports = failuresIn(
    await outputOf(`
      Deno.test("holds", () => {});
      Deno.test("breaks", () => { throw new Error("the first reason\\n\\nin two parts"); });
      Deno.test("has steps", async (t) => {
        await t.step("good", () => {});
        await t.step("bad", () => { throw new Error("the second reason"); });
      });
    `),
  );
  equal(reports.length, 2);
  match(
    reports[0]!,
    /^breaks => .*a_test\.js:3:\d+\nerror: Error: the first reason\n\nin two parts/,
  );
  match(reports[1]!, /^has steps \.\.\. bad => .*\nerror: Error: the second reason/);
});

Deno.test("long errors and many failures are bounded, first and last words kept", async () => {
  const reports = failuresIn(
    await outputOf(`
      Deno.test("long", () => { throw new Error("start " + "x".repeat(9_000)); });
      for (let n = 0; n < 20; n++) Deno.test("no " + n, () => { throw new Error("n"); });
    `),
  );
  ok(reports.join("\n").length < 12_000);
  match(reports[0]!, /^long => [^]*start x+\n…\n[^]*a_test\.js:2/);
  equal(reports.at(-1), "and 15 more");
});

Deno.test("a step that is no test, or broke before its tests, is reported by its last output", () => {
  deepEqual(failuresIn(`${"x".repeat(9_000)}\nerror: it broke\n`).map((text) => text.slice(-15)), [
    "error: it broke",
  ]);
});

Deno.test("the files of failed tests are listed, or all files where one is unknown", async () => {
  const paths = ["tests/db/pages_test.ts", "tests/pages_test.ts", "tests/links_test.ts"];
  const output = await outputOf(`
    Deno.test("pages_test.ts: turns", () => { throw new Error("late"); });
    Deno.test("pages_test.ts: ends", () => { throw new Error("later"); });
    Deno.test("links_test.ts: leads", () => {});
  `);
  deepEqual(filesIn(output, paths), ["tests/pages_test.ts"]);
  const strange = await outputOf(`
    Deno.test("pages_test.ts: turns", () => { throw new Error("late"); });
    Deno.test("nobody's", () => { throw new Error("lost"); });
  `);
  deepEqual(filesIn(strange, paths), paths);
  deepEqual(filesIn("error: it broke before its tests", paths), paths);
});
