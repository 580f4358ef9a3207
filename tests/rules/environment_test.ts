/** Settings are read once: only db/config.ts reads the environment. */
import { deepEqual, equal } from "node:assert/strict";
import { inspect, type Source, sources } from "../support/sources.ts";

/** The reader, and tests that start processes or show what a confined one cannot do. */
const readers = /^(db\/config\.ts|tests\/(run\.ts|support\/.*|runtime\/.*))$/;

/** Places that read the environment. */
function looks(source: Source): string[] {
  return inspect(source, (say) => ({
    MemberExpression(node) {
      const { object, property } = node;
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      if (["Deno", "process"].includes(object.name) && property.name === "env") {
        say(node, "reads the environment: ask for a Config instead");
      }
    },
    ImportDeclaration(node) {
      if (!/^(node:)?process$/.test(node.source.value)) return;
      say(node, "imports the process: ask for a Config instead");
    },
  }), /\b(env|process)\b/);
}

Deno.test("only db/config.ts reads the environment", async () => {
  const others = (await sources()).filter(({ path }) => !readers.test(path));
  deepEqual(others.flatMap(looks), []);
});

Deno.test("the rule finds reading the environment", () => {
  const found = (text: string) => looks({ path: "routes/a.ts", text }).length;
  equal(found(`const port = Deno.env.get("PORT");`), 1);
  equal(found("const port = process.env.PORT;"), 1);
  equal(found(`import { env } from "node:process";`), 1);
  equal(found("const port = services.config.port;"), 0);
});
