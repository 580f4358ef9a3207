/** The cancel link of a form looks the same everywhere: a quiet link beside its button. */
import { deepEqual, equal } from "node:assert/strict";
import { inspect, type Source, sources } from "../support/sources.ts";

const faults = (source: Source) =>
  inspect(source, (say, textOf) => ({
    JSXOpeningElement(node) {
      const text = textOf(node);
      const cancels = textOf(node.name) === "LinkButton" && text.includes(`t("common.cancel")`);
      if (cancels && !text.includes(`variant="quiet"`)) say(node, "a framed way out of a form");
    },
  }));

Deno.test("every cancel link of a form is a quiet link", async () => {
  deepEqual((await sources("views")).flatMap(faults), []);
});

Deno.test("the rule finds a framed one", () => {
  const text = `const a = <LinkButton view={view} href="/" label={t("common.cancel")} />;`;
  equal(faults({ path: "views/x.tsx", text }).length, 1);
});
