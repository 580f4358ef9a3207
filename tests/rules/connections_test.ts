/**
 * Behind `scoped` a request holds a connection, so nothing there may ask the pool for a second one.
 */
import { deepEqual, equal } from "node:assert/strict";
import { importsOf, resolved, type Source, sources } from "../support/sources.ts";

/** Files that may name the pool although pages behind `scoped` use or include them, and why. */
const allowed: Record<string, string> = {
  "routes/guards.ts": "finds the session before the transaction, and opens it",
  "routes/own_scopes.ts": "opens scopes one after another where none is around them",
  "routes/replicas.ts": "chooses the pool before the transaction is opened",
  "routes/web.tsx": "takes the scope's connection where there is one",
  "routes/sign_in.ts": "signs in and out where no scope is; the counters prefer the scope's",
  "routes/exports.tsx": "the file is streamed without a scope, over connections of its own",
  "routes/files.tsx": "the upload is taken without a scope, before the records' own routes",
  "routes/imports.tsx": "the upload is taken without a scope",
  "routes/import_previews.ts": "the stream goes on after the scope has ended, and waits for nobody",
};

const ways = [
  /\bservices(?:"\))?\.pool\b/,
  /\bservices: \{[^}]*\bpool\b[^}]*\}/,
  /\{[^{}]*\bpool\b[^{}]*\} = c\.(?:var\.services|get\("services"\))/,
];
const namesPool = (text: string) => ways.some((way) => way.test(text));

/** The route files that open a scope, and all route files they consist of. */
function behindScope(files: Source[]): Source[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = new Set<string>();
  const visit = (path: string) => {
    const file = byPath.get(path);
    if (!file || found.has(path)) return;
    found.add(path);
    for (const { from } of importsOf(file)) visit(resolved(file, from) ?? "");
  };
  for (const { path, text } of files) {
    if (/\bscoped\b[^;]*from "\.\/guards\.ts"/.test(text)) visit(path);
  }
  return [...found].sort().map((path) => byPath.get(path)!);
}

Deno.test("only listed files behind a scope name the pool", async () => {
  const files = behindScope(await sources("routes"));
  deepEqual(
    files.filter(({ text }) => namesPool(text)).map(({ path }) => path),
    Object.keys(allowed).sort(),
  );
});

Deno.test("the rule finds every way to the pool", () => {
  const page = `import { scoped } from "./guards.ts";\n`;
  const ways = [
    "c.var.services.pool",
    "const { scope, services: { config, pool } } = c.var;",
    "const { pool, config } = c.var.services;",
    'c.get("services").pool',
    'const { pool, config } = c.get("services");',
  ];
  for (const way of ways) {
    const files = [
      { path: "routes/a.tsx", text: `${page}import { b } from "./b.ts";` },
      { path: "routes/b.ts", text: way },
      { path: "routes/c.ts", text: way },
    ];
    equal(behindScope(files).filter(({ text }) => namesPool(text)).length, 1, way);
  }
});
