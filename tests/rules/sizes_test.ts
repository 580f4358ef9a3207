/** Files stay readable in one sitting, and the top level stays as agreed. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { files, root, type Source } from "../support/sources.ts";

const limit = 300;
/** Tests list cases: they may be longer, but not endless. */
const testLimit = 600;
const top = [
  ".ci",
  ".gitignore",
  "LICENSE",
  "README.md",
  "db",
  "deno.json",
  "deno.lock",
  "jobs",
  "main.ts",
  "routes",
  "static",
  "tests",
  "views",
];
/** What a clone does not contain: created by git, by the installation, or at run time. */
const made = [".git", "data", "node_modules"];

/** Catalogues of texts and generated files may be long. */
const long = /^(views\/i18n\/|db\/schema\.sql$)/;

function tooLong(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => /\.(tsx?|js|css|sql)$/.test(path) && !long.test(path))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ path, lines }) => lines > (path.startsWith("tests/") ? testLimit : limit))
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

Deno.test("no file is longer than 300 lines", async () => {
  deepEqual(tooLong(await files()), []);
});

Deno.test("the rule finds a longer one, unless it is a catalogue", () => {
  const text = "a\n".repeat(limit + 1);
  deepEqual(tooLong([{ path: "db/a.ts", text }]), ["db/a.ts has 301 lines"]);
  deepEqual(tooLong([{ path: "views/i18n/de/a.ts", text }]), []);
});

Deno.test("the README has at most 150 lines", async () => {
  const readme = (await files()).find(({ path }) => path === "README.md");
  ok(readme, "there is no README.md");
  ok(readme.text.trimEnd().split("\n").length <= 150);
});

Deno.test("the top level holds what was agreed and nothing else", () => {
  const names = [...Deno.readDirSync(root)].map(({ name }) => name);
  deepEqual(names.filter((name) => !made.includes(name)).sort(), top);
});

Deno.test("every source file begins with a sentence about itself", async () => {
  const silent = (await files()).filter(({ path, text }) =>
    /\.tsx?$/.test(path) && !/^(#!.*\n)?\/\*\*/.test(text)
  );
  deepEqual(silent.map(({ path }) => path), []);
});

Deno.test("no name says nothing: utils, helpers, managers, services", async () => {
  const vague = /(^|[/_])(utils?|helpers?|managers?|services?|misc|common|lib)(_|\.|\/)/;
  const named = (await files()).map(({ path }) => path)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("views/i18n/"));
  // The runtime tests are about the system service that an operator runs.
  deepEqual(named.filter((path) => vague.test(path) && !path.startsWith("tests/runtime/")), []);
  equal(vague.test("db/contact_helpers.ts"), true);
});

Deno.test("nothing is left to do, and nothing filled in for show", async () => {
  const leftover = new RegExp(
    ["TO" + "DO", "FIX" + "ME", "XX" + "X", "lorem " + "ipsum"].join("|"),
    "i",
  );
  const found = (await files()).filter(({ path, text }) =>
    /\.(tsx?|js|css|sql|md)$/.test(path) && leftover.test(text)
  );
  deepEqual(found.map(({ path }) => path), []);
});
