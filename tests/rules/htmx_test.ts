/** Every hx- name is known to htmx, and written so that HTML checkers and our policy accept it. */
import { deepEqual, ok } from "node:assert/strict";
import { inspect, root, type Source, sources } from "../support/sources.ts";

const known = new Set([
  ...["hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-action", "hx-method"],
  ...["hx-trigger", "hx-target", "hx-swap", "hx-select", "hx-select-oob", "hx-swap-oob"],
  ...["hx-include", "hx-vals", "hx-headers", "hx-encoding", "hx-validate", "hx-config"],
  ...["hx-indicator", "hx-disable", "hx-confirm", "hx-sync", "hx-boost", "hx-ignore"],
  ...["hx-push-url", "hx-replace-url", "hx-preserve", "hx-morph-skip", "hx-morph-skip-children"],
  "hx-status",
]);

/** What is wrong with an attribute and its value; null if nothing is. */
function fault(name: string, value: string): string | null {
  // HTML checkers accept only data-… attributes.
  if (name.startsWith("hx-")) return `${name} is written data-${name}`;
  const [base = "", ...modifiers] = name.slice("data-".length).split(":");
  // htmx evaluates these as code, which the content security policy forbids.
  if (base === "hx-on") return `${name} is code in the page`;
  if (/^["'{`\s]*js:/.test(value)) return `${name} carries code`;
  if (base === "hx-trigger" && /(^|,)\s*["']?[\w:]+\[/.test(value)) return `${name} carries code`;
  if (!known.has(base)) return `${name} is unknown to htmx`;
  const allowed = base === "hx-status" ? /^[1-5][0-9x]{2}$/ : /^(inherited|append)$/;
  const odd = modifiers.find((modifier) => !allowed.test(modifier));
  return odd === undefined ? null : `${name} has the unknown modifier ${odd}`;
}

const contexts = /^(useContext|createContext|useRequestContext|jsxRenderer)$/;

const faults = (source: Source) =>
  inspect(source, (say, textOf) => ({
    JSXAttribute(node) {
      const name = textOf(node.name);
      if (!/^(data-)?hx-/.test(name)) return;
      const value = node.value ? textOf(node.value).slice(1, -1) : "";
      const wrong = fault(name, value);
      if (wrong) say(node, wrong);
    },
    Property(node) {
      if (node.key.type !== "Literal" || !/^(data-)?hx-/.test(`${node.key.value}`)) return;
      const wrong = fault(String(node.key.value), textOf(node.value).slice(1, -1));
      if (wrong) say(node, wrong);
    },
    JSXOpeningElement(node) {
      const name = textOf(node.name);
      if (name.startsWith("hx-") && name !== "hx-partial") {
        say(node, `<${name}> is unknown to htmx`);
      }
    },
    Identifier(node) {
      if (contexts.test(node.name)) say(node, `${node.name} does not work under precompile`);
    },
  }));

Deno.test("pages use only names that htmx knows, and no code in attributes", async () => {
  deepEqual((await sources("views", "routes")).flatMap(faults), []);
});

Deno.test("the vendored htmx and sprite hold all that the pages name", async () => {
  const script = await Deno.readTextFile(new URL("static/vendor/htmx-4.0.1.min.js", root));
  const missing = [...known].filter((name) => !script.includes(name.slice("hx-".length)));
  deepEqual(missing, []);
  const { iconNames } = await import("../../views/ui/icon.tsx");
  const sprite = await Deno.readTextFile(new URL("static/vendor/icons.svg", root));
  const drawn = [...sprite.matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name);
  deepEqual(drawn, [...iconNames], "run `deno task vendor`");
});

Deno.test("the rule finds a wrong hx- name", () => {
  const wrong = [
    `<a data-hx-taget="#x" />`,
    `<a data-hx-on:click="x()" />`,
    `<a data-hx-vals="js:{a: 1}" />`,
    `<a data-hx-vals={"js:{a: 1}"} />`,
    `<a data-hx-trigger="click[ctrlKey]" />`,
    `<a data-hx-target:inherit="#x" />`,
    `<a {...{ "data-hx-stauts:422": "swap:none" }} />`,
    `<a hx-get="/x" />`,
    `<hx-part />`,
    `useContext(Theme)`,
  ];
  for (const text of wrong) {
    ok(faults({ path: "views/a.tsx", text: `const a = ${text};` }).length === 1, text);
  }
  const right = [
    `<a data-hx-boost:inherited="true" data-hx-trigger="input delay:1s from:'find input[type=search]'" />`,
    `<a {...{ "data-hx-status:422": "swap:none" }} />`,
    `<hx-partial data-hx-target="#x" />`,
  ];
  for (const text of right) {
    deepEqual(faults({ path: "views/a.tsx", text: `const a = ${text};` }), []);
  }
});
