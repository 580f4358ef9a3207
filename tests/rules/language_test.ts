/** English for those who read the code, German and English for those who read the pages. */
import { deepEqual, equal } from "node:assert/strict";
import { files, type Source, sources } from "../support/sources.ts";

const german =
  /\b(und|nicht|oder|wird|werden|für|eine[rnms]?|kein[e]?|der|das|dem|beim|damit|sollte|muss|über|auch)\b/;
const english = /\b(the|and|with|this|your|please|cannot|which|should)\b/i;

/** Comments that are not in English, as `path:line`. */
function comments({ path, text }: Source): string[] {
  return text.split("\n").flatMap((line, index) => {
    const comment = /^\s*(?:\/\/|\/?\*\*?|--)\s(.*)$/.exec(line)?.[1] ?? "";
    // Quoted words are what the code is about, not the language of the comment.
    const own = comment.replace(/`[^`]*`|"[^"]*"|'[^']*'|\([^)]*\)/g, "");
    return german.test(own) ? [`${path}:${index + 1} ${comment}`] : [];
  });
}

/** The texts of a catalogue, without keys and placeholders. */
const texts = ({ text }: Source) =>
  [...text.matchAll(/(?:^|[^\\])"((?:[^"\\]|\\.)*)"/g)].map(([, words]) =>
    words!.replace(/\{\w+\}|van der/g, "")
  );

Deno.test("comments are English", async () => {
  const all = (await files()).filter(({ path }) => /\.(tsx?|sql|js|css)$/.test(path));
  deepEqual(all.flatMap(comments), []);
  equal(comments({ path: "a.ts", text: "// Das wird nicht gebraucht" }).length, 1);
});

Deno.test("German texts are German, English ones English", async () => {
  const strays = async (folder: string, foreign: RegExp) =>
    (await sources(folder)).flatMap((source) =>
      texts(source).filter((words) => foreign.test(words)).map((words) => `${source.path} ${words}`)
    );
  deepEqual(await strays("views/i18n/de", english), []);
  deepEqual(await strays("views/i18n/en", german), []);
  equal(texts({ path: "", text: 'a: "Ein {name} und mehr"' })[0], "Ein  und mehr");
});
