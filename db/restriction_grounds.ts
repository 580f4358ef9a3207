/** The ground of a restriction (Art. 18(1) (a) to (d) GDPR) as a person's own words name it. */
import type { Ground } from "./restrictions.ts";

const named: readonly [Ground, RegExp][] = [
  [
    "accuracy",
    /(?<!benach|auf)richtig|stimm\w{0,4} nicht|fehlerhaft|accura|incorrect|not correct|wrong/i,
  ],
  ["unlawful", /unrechtmäßig|rechtswidrig|unzulässig|unlawful|illegal/i],
  ["claims", /anspr[uü]ch|rechtsstreit|klage|gericht|legal claim|lawsuit|court/i],
  ["objection", /widerspr|object/i],
];

/** The first ground that a text names; null if it names none. */
export const groundIn = (text: string): Ground | null =>
  named.find(([, words]) => words.test(text))?.[0] ?? null;
