/**
 * Runs the test files that its arguments name in one process, one after the other: the product is
 * loaded and compiled once for all of them. Each keeps its own database, app and hooks.
 */

import { currentFile, enterFile, leaveAll, leaveFile, whenLeft } from "./support/test_files.ts";

type Fn = (t: Deno.TestContext) => void | Promise<void>;
type Hook = () => void | Promise<void>;

const root = new URL("../", import.meta.url);
const { test } = Deno;

for (const path of Deno.args) {
  const before: Hook[] = [];
  const after: Hook[] = [];
  const afterEach: Hook[] = [];
  const within = (fn: Fn): Fn => async (t) => {
    if (currentFile() !== path) {
      await leaveFile();
      await enterFile(path);
      for (const hook of after) whenLeft(hook);
      for (const hook of before) await hook();
    }
    try {
      await fn(t);
    } finally {
      for (const hook of afterEach) await hook();
    }
  };
  const named = (name: string) => `${path.replace(/^tests\//, "")}: ${name}`;
  const register = (what: string | Deno.TestDefinition, fn?: Fn) =>
    typeof what === "string"
      ? test(named(what), within(fn!))
      : test({ ...what, name: named(what.name), fn: within(what.fn) });
  const hooks = {
    beforeAll: (hook: Hook) => void before.push(hook),
    afterAll: (hook: Hook) => void after.push(hook),
    afterEach: (hook: Hook) => void afterEach.push(hook),
  };
  Object.assign(Deno, { test: Object.assign(register, hooks) });
  await enterFile(path);
  await import(new URL(path, root).href);
}
await enterFile("");
test.afterAll(async () => {
  await leaveFile();
  await leaveAll();
});
