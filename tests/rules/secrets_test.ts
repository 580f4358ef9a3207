/** Nothing in the project reveals a secret, a machine, or where packages come from. */
import { deepEqual, equal } from "node:assert/strict";
import { connectionFields } from "../../db/processor_forms.ts";
import { isSecret } from "../../routes/fields.ts";
import { files, type Source } from "../support/sources.ts";

// Written in parts, so that this file does not contain what it forbids.
const hosts = [
  "registry." + "npmjs",
  "jsr" + ".io",
  "npm." + "jsr",
  "deno" + ".land",
  "esm" + ".sh",
];
const cdns = ["unpkg" + ".com", "jsdelivr" + ".net", "cdnjs" + ".com", "skypack" + ".dev"];
const places = [
  "/ro" + "ot/",
  "/ho" + "me/",
  "/wo" + "rk/",
  "/tm" + "p/team",
  "shared/" + "design",
];
const keys = [
  "BEGIN (RSA |EC |OPENSSH )?PRIVATE " + "KEY",
  "AKIA[0-9A-Z]{16}",
  "gh[pousr]_[A-Za-z0-9]{30,}",
  "xox[baprs]-[A-Za-z0-9-]{10,}",
];

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const forbidden = new RegExp([...[...hosts, ...cdns, ...places].map(literal), ...keys].join("|"));

/** Public data with other people's addresses, which are not ours. */
const data = ["db/authorities/authorities.json"];

/** Lines that reveal what they should not. */
function leaksOf({ path, text }: Source): string[] {
  if (data.includes(path)) return [];
  return text.split("\n").flatMap((line, index) =>
    forbidden.test(line) ? [`${path}:${index + 1} ${line.match(forbidden)![0]}`] : []
  );
}

Deno.test("no file names a registry, a foreign server or a place on one machine, nor holds a key", async () => {
  deepEqual((await files()).flatMap(leaksOf), []);
});

Deno.test("the rule finds such a line", () => {
  const found = (text: string) => leaksOf({ path: "a.ts", text }).length;
  equal(found(`fetch("https://${cdns[0]}/htmx.js")`), 1);
  equal(found(`// see ${places[0]}notes`), 1);
  equal(found("-----BEGIN PRIVATE " + "KEY-----"), 1);
  equal(found("const at = 1;"), 0);
});

Deno.test("no module is imported from the network", async () => {
  const remote = /from\s+["'](https?:|jsr:)|import\(\s*["'](https?:|jsr:)/;
  const sources = (await files()).filter(({ path }) => /\.(tsx?|js|json)$/.test(path));
  deepEqual(sources.filter(({ text }) => remote.test(text)).map(({ path }) => path), []);
  const lock = JSON.parse((await files()).find(({ path }) => path === "deno.lock")!.text);
  deepEqual(Object.keys(lock.remote ?? {}), []);
  equal(remote.test(["import x from", `"https://example.org/x.ts"`].join(" ")), true);
});

Deno.test("clause 3.7: no cookie but the log-in's, and the browser keeps a choice of keys alone", async () => {
  const all = await files();
  const lines = (part: RegExp, folder: string) =>
    all.filter(({ path }) => path.startsWith(folder)).flatMap(({ path, text }) =>
      [...text.matchAll(part)].map(([line]) => `${path} ${line}`)
    );
  const cookies = lines(/setCookie\(c, [^,]+|Set-Cookie"?, [^)]+|document\.cookie/g, "routes/");
  deepEqual([...new Set(cookies.map((each) => each.split(" ").slice(1).join(" ")))], [
    "setCookie(c, cookieName(c)",
  ]);
  const kept = lines(
    /(local|session)Storage\.\w+\([^)]*|indexedDB|caches\.open|document\.cookie/g,
    "static/js/",
  );
  equal(kept.length > 0 && kept.every((each) => /localStorage\.\w+\("keys"/.test(each)), true);
});

Deno.test("every field for a secret is known as one: no page repeats what was typed there", async () => {
  const views = (await files()).filter(({ path }) => /^views\/.*\.tsx$/.test(path));
  const tags = views.flatMap(({ text }) => text.match(/<(PasswordField|CodeField)\b[^>]*/g) ?? []);
  const named = tags.flatMap((tag) =>
    /\bname="([^"]+)"|field\("([^"]+)"\)/.exec(tag)?.slice(1) ?? []
  )
    .filter((name) => name !== undefined);
  equal(named.includes("confirmation.code") && named.includes("secret"), true);
  const settings = Object.values(connectionFields).flat().filter(({ secret }) => secret);
  const others = ["old", "confirmation.response", "confirmation.seal"];
  const all = [...named, ...settings.map(({ name }) => name), ...others];
  deepEqual(all.filter((name) => !isSecret(name)), []);
  for (const name of ["roles", "email", "clientId", "postalCode", "days"]) {
    equal(isSecret(name), false, name);
  }
});
