/** Nothing enters a page unescaped, and nothing in a page is script or style of its own. */
import { deepEqual, ok } from "node:assert/strict";
import { inspect, type Source, sources } from "../support/sources.ts";

const faults = (source: Source) =>
  inspect(source, (say, textOf) => ({
    JSXAttribute(node) {
      const name = textOf(node.name);
      if (name === "dangerouslySetInnerHTML") say(node, "markup from a text");
      // Mails have no stylesheet, and none of our policies.
      if (name === "style" && !source.path.startsWith("views/mail/")) {
        say(node, "an inline style, which the policy forbids");
      }
      if (/^on[a-z]/i.test(name)) say(node, "an inline handler, which the policy forbids");
    },
    JSXElement(node) {
      const name = textOf(node.openingElement.name);
      const empty = node.children.every((child) => textOf(child).trim() === "");
      if ((name === "script" || name === "style") && !empty) say(node, `an inline ${name}`);
    },
    ImportSpecifier(node) {
      if (textOf(node.imported) === "raw") say(node, "raw() lets text pass as markup");
    },
    CallExpression(node) {
      if (textOf(node.callee) === "raw") say(node, "raw() lets text pass as markup");
    },
    TaggedTemplateExpression(node) {
      if (textOf(node.tag) === "html") say(node, "html`` beside JSX");
    },
  }));

Deno.test("nothing enters a page unescaped or inline", async () => {
  deepEqual((await sources("views", "routes", "jobs")).flatMap(faults), []);
});

Deno.test("the rule finds a way around the escaping", () => {
  const wrong = [
    `const a = <p dangerouslySetInnerHTML={{ __html: name }} />;`,
    `const a = <p style="color: red" />;`,
    `const a = <p onclick="x()" />;`,
    `const a = <script>alert(1)</script>;`,
    `const a = <style>{css}</style>;`,
    `import { raw } from "hono/html";`,
    "const a = raw(name);",
    "const a = html`<p>${name}</p>`;",
  ];
  for (const text of wrong) ok(faults({ path: "views/a.tsx", text }).length === 1, text);
  const right = [
    `const a = <script defer src={view.asset("js/app.js")}></script>;`,
    `const a = request.raw;`,
  ];
  for (const text of right) deepEqual(faults({ path: "views/a.tsx", text }), [], text);
  deepEqual(faults({ path: "views/mail/a.tsx", text: `const a = <p style="color: red" />;` }), []);
});
