/** All code uses the one clock: asking for the time elsewhere cannot be tested by moving it. */
import { deepEqual, equal } from "node:assert/strict";
import { inspect, type Source, sources } from "../support/sources.ts";

/** Places that ask the machine for the time. */
function watches(source: Source): string[] {
  const seen = "asks the time: use now() of db/clock.ts";
  return inspect(source, (say) => ({
    NewExpression(node) {
      const isDate = node.callee.type === "Identifier" && node.callee.name === "Date";
      if (isDate && node.arguments.length === 0) say(node, seen);
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date") say(node, seen);
    },
    MemberExpression(node) {
      const { object, property } = node;
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      if (object.name === "Date" && property.name === "now") say(node, seen);
      if (object.name === "Temporal" && property.name === "Now") say(node, seen);
    },
  }), /\b(Date|Temporal)\b/);
}

Deno.test("only db/clock.ts reads the clock", async () => {
  const others = (await sources()).filter(({ path }) => path !== "db/clock.ts");
  deepEqual(others.flatMap(watches), []);
});

Deno.test("the rule finds asking for the time, not reading a date", () => {
  const found = (text: string) => watches({ path: "routes/a.ts", text }).length;
  equal(found("const at = new Date();"), 1);
  equal(found("const at = Date();"), 1);
  equal(found("const at = Date.now() + 5;"), 1);
  equal(found("const at = Temporal.Now.instant();"), 1);
  equal(found("const at = new Date(value); // not new Date()"), 0);
});
