/**
 * Imports go in one direction: main, then routes and jobs, then views, then db; SQL stays in db.
 */
import { deepEqual, ok } from "node:assert/strict";
import { importsOf, inspect, resolved, type Source, sources } from "../support/sources.ts";

const floors = ["main.ts", "starts", "routes", "views", "db", "jobs", "static", "tests"];

/** Which layer may import which; `types` means nothing that remains at run time. */
const allowed: Record<string, Record<string, "all" | "types">> = {
  "main.ts": { starts: "all", jobs: "all", db: "all" },
  // The entry points of the processes, which like main.ts are above all layers.
  starts: { starts: "all", routes: "all", jobs: "all", db: "all" },
  routes: { routes: "all", views: "all", db: "all" },
  views: { views: "all", db: "types" },
  db: { db: "all" },
  jobs: { jobs: "all", db: "all", views: "all" },
  // The task that fetches the icons asks the views which ones.
  static: { views: "all" },
};

/**
 * The only views that jobs use: letters and documents need words, dates and links, but no pages.
 */
const letters =
  /^views\/(mail\/|i18n\/|(business_)?documents\.ts$|(access_(files|letters)|format|path|letters\/paper|offers\/document)\.ts$)/;

const floorOf = (path: string) => path.startsWith("jobs/starts/") ? "starts" : path.split("/")[0]!;

/** What is wrong with a file's imports, one sentence each. */
function faults(source: Source): string[] {
  const floor = floorOf(source.path);
  if (floor === "tests") return [];
  return importsOf(source).flatMap(({ from, typeOnly }) => {
    const path = resolved(source, from);
    if (path === null) return from === "?" ? [`${source.path} imports what only it knows`] : [];
    const right = allowed[floor]?.[floorOf(path)];
    if (!right) return [`${source.path} must not import ${path}`];
    if (right === "types" && !typeOnly) return [`${source.path} may import only types of ${path}`];
    if (floor === "jobs" && floorOf(path) === "views" && !letters.test(path)) {
      return [`${source.path} must not import the page ${path}`];
    }
    return [];
  });
}

Deno.test("imports go one way", async () => {
  deepEqual((await sources()).flatMap(faults), []);
});

Deno.test("the rule finds an import in the wrong direction", () => {
  const wrong: [string, string][] = [
    ["db/a.ts", `import { page } from "../routes/web.tsx";`],
    ["db/a.ts", `export * from "../views/view.ts";`],
    ["views/a.tsx", `import { can } from "../db/roles.ts";`],
    ["views/a.tsx", `export { can } from "../db/roles.ts";`],
    ["routes/a.tsx", `import { send } from "../jobs/mail.ts";`],
    ["routes/a.tsx", `const jobs = await import("../jobs/mail.ts");`],
    ["routes/a.tsx", `const jobs = await import(name);`],
    ["jobs/a.ts", `import { Shell } from "../views/layout.tsx";`],
    ["db/a.ts", `import { cast } from "../tests/support/cast.ts";`],
  ];
  for (const [path, text] of wrong) ok(faults({ path, text }).length === 1, text);
  const right: [string, string][] = [
    ["views/a.tsx", `import type { Role } from "../db/roles.ts";`],
    ["views/a.tsx", `import { type Role } from "../db/roles.ts";`],
    ["routes/a.tsx", `import { can } from "../db/roles.ts";`],
    ["jobs/a.ts", `import { letter } from "../views/mail/invitation.tsx";`],
  ];
  for (const [path, text] of right) deepEqual(faults({ path, text }), [], text);
});

Deno.test("every file belongs to a layer", async () => {
  const homeless = (await sources()).filter(({ path }) => !floors.includes(floorOf(path)));
  deepEqual(homeless.map(({ path }) => path), []);
});

Deno.test("no file imports itself indirectly", async () => {
  const graph = new Map<string, string[]>();
  for (const source of await sources()) {
    const paths = importsOf(source).filter(({ typeOnly }) => !typeOnly)
      .map(({ from }) => resolved(source, from));
    graph.set(source.path, paths.filter((path) => path !== null));
  }
  deepEqual(cycles(graph), []);
});

Deno.test("the rule finds an indirect cycle", () => {
  const graph = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["a"]], ["d", ["a"]]]);
  deepEqual(cycles(graph), ["a > b > c > a"]);
});

function cycles(graph: Map<string, string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].join(" > "));
    if (at >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

const statement =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into|update\s+\S+\s+set|delete\s+from|with\s+\S+\s+as\s*\(|alter\s+table|create\s+(table|index|function)|drop\s+table)\b/i;

/** Tagged queries, and texts that are SQL. */
function queries(source: Source): string[] {
  return inspect(source, (say, textOf) => ({
    TaggedTemplateExpression(node) {
      const tag = textOf(node.tag);
      if (/(^|\.)(sql|pool|tx|connection|owner)$/.test(tag)) say(node, "SQL outside db");
    },
    TemplateLiteral(node) {
      const text = textOf(node).slice(1);
      if (/^\s*[a-z]/.test(text) && statement.test(text)) say(node, "SQL outside db");
    },
    Literal(node) {
      const { value } = node;
      if (typeof value !== "string" || !/^\s*[a-z]/.test(value)) return;
      if (value.split(" ").length > 3 && statement.test(value)) say(node, "SQL outside db");
    },
  }));
}

Deno.test("SQL is written in db only", async () => {
  const above = (await sources()).filter(({ path }) => !/^(db|tests)\//.test(path));
  deepEqual(above.flatMap(queries), []);
});

Deno.test("the rule finds SQL outside db", () => {
  for (
    const text of [
      "await pool`select 1`;",
      "await c.var.scope.sql`vacuum`;",
      "await run('select id from contacts where id = 1');",
      "await run(`update contacts set name = ${name}`);",
    ]
  ) ok(queries({ path: "routes/a.ts", text }).length > 0, text);
  for (const text of ['say("select a contact first, then a company");', "tag`select`;"]) {
    deepEqual(queries({ path: "routes/a.ts", text }), [], text);
  }
});
