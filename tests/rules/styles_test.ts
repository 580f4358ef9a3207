/** Stylesheets, pages and scripts name the same classes: a renamed one is renamed everywhere. */
import { deepEqual } from "node:assert/strict";
import { files } from "../support/sources.ts";

/** Set by htmx itself. */
const ofLibraries = new Set(["htmx-request"]);
/** Named without a rule of their own: the plain look of their kind. */
const plain = new Set(["flash-info"]);

const read = async (folder: string, ending: RegExp): Promise<string> =>
  (await files()).filter(({ path }) => path.startsWith(`${folder}/`) && ending.test(path))
    .map(({ text }) => text).join("\n");

/** The classes that a stylesheet or script selects. */
const selected = (text: string): string[] =>
  [
    ...text.replace(/\/\*[^*]*\*\//g, "").matchAll(
      /(?<![\w)])\.(-?[a-z][a-z0-9-]*)(?=[\s.:,>+~[{)"'`])/g,
    ),
  ].map(([, name]) => name!);

/** Whether a page writes the class, whole or with an ending that comes later: `badge-${kind}`. */
function isWritten(name: string, pages: string): boolean {
  if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(pages)) return true;
  const parts = name.split("-");
  return parts.some((_, at) => at > 0 && pages.includes(`${parts.slice(0, at).join("-")}-\${`));
}

Deno.test("each class that is styled or looked for is in a page or set by a script", async () => {
  const css = await read("static/css", /\.css$/);
  const js = await read("static/js", /\.js$/);
  const pages = await read("views", /\.tsx?$/) + await read("routes", /\.tsx?$/);
  const inScripts = [...js.matchAll(/["'`(] ?(?:[^"'`]*\s)?(\.[a-z][a-z-]*-[a-z-]+)/g)]
    .map(([, name]) => name!.slice(1));
  const names = new Set([...selected(css), ...inScripts]);
  const missing = [...names].filter((name) =>
    !ofLibraries.has(name) && !isWritten(name, pages) &&
    !new RegExp(`(?<![\\w.-])${name}(?![\\w-])`).test(js)
  );
  deepEqual(missing, []);
});

Deno.test("each class of a page is styled or looked for", async () => {
  const known = new Set([
    ...selected(await read("static/css", /\.css$/)),
    ...selected(await read("static/js", /\.js$/)),
    ...selected(await read("tests", /\.tsx?$/)),
  ]);
  const pages = await read("views", /\.tsx$/);
  const written = [...pages.matchAll(/\bclass="([a-z][a-z0-9 -]*)"/g)]
    .flatMap(([, names]) => names!.split(" "));
  deepEqual([...new Set(written)].filter((name) => !known.has(name) && !plain.has(name)), []);
});
