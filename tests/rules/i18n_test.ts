/** Both catalogues have the same messages, and none that no page uses. */
import { deepEqual, ok } from "node:assert/strict";
import { de } from "../../views/i18n/de.ts";
import { en } from "../../views/i18n/en.ts";
import type { Message } from "../../views/i18n/translate.ts";
import { actions } from "../../db/roles.ts";
import { nouns } from "../../views/records/nouns.ts";
import { inspect, sources } from "../support/sources.ts";

type Catalogue = Record<string, Record<string, Message>>;

const flat = (catalogue: Catalogue) =>
  new Map<string, Message>(
    Object.entries(catalogue).flatMap(([noun, messages]) =>
      Object.entries(messages).map(([key, message]) => [`${noun}.${key}`, message] as const)
    ),
  );

const german = flat(de);
const english = flat(en);

const forms = (message: Message) =>
  typeof message === "string" ? { other: message } : { ...message };

/** The placeholders of a message; a plural's `one` may write its number as a word. */
const gaps = (message: Message) => [...(forms(message).other.match(/\{\w+\}/g) ?? [])].sort();

Deno.test("German and English have the same keys, kinds of message and gaps", () => {
  deepEqual([...english.keys()].sort(), [...german.keys()].sort());
  const differing = [...german].filter(([key, message]) => {
    const other = english.get(key)!;
    return typeof other !== typeof message || `${gaps(other)}` !== `${gaps(message)}`;
  });
  deepEqual(differing.map(([key]) => key), []);
});

Deno.test("no text is empty, and no singular has a gap that its plural lacks", () => {
  const faulty = [...german, ...english].filter(([, message]) => {
    const known = gaps(message);
    return Object.values(forms(message)).some((text) =>
      text.trim() === "" || (text.match(/\{\w+\}/g) ?? []).some((gap) => !known.includes(gap))
    );
  });
  deepEqual(faulty.map(([key]) => key), []);
});

Deno.test("English uses typographic apostrophes, and German typographic quotation marks", () => {
  const straight = [...english].filter(([, message]) =>
    Object.values(forms(message)).some((text) => /[A-Za-z]'/.test(text))
  );
  deepEqual(straight.map(([key]) => key), []);
});

/** Texts in quotes, and patterns for those assembled at run time. */
async function spoken() {
  const texts = new Set<string>();
  /** Codes that a route handles itself and never shows. */
  const answered = new Set<string>();
  /** Names of fields, which look like keys (`provider.name`). */
  const fields = new Set<string>();
  const patterns: RegExp[] = [];
  for (const source of await sources("views", "routes", "jobs", "db")) {
    if (source.path.startsWith("views/i18n/")) continue;
    inspect(source, () => ({
      Literal(node) {
        if (typeof node.value === "string") texts.add(node.value);
      },
      BinaryExpression(node) {
        if (node.right.type === "Literal") answered.add(String(node.right.value));
      },
      Property(node) {
        if (node.key.type === "Literal") fields.add(String(node.key.value));
      },
      TemplateLiteral(node) {
        const parts = node.quasis.map(({ cooked }) => cooked);
        if (parts.length === 1) texts.add(parts[0]!);
        else if (/^\w+\?/.test(parts[0]!)) texts.add(parts[0]!);
        else if (/^\w+\./.test(parts[0]!)) {
          const escaped = parts.map((part) => part.replaceAll(/[^\w]/g, "\\$&"));
          patterns.push(new RegExp(`^${escaped.join("\\w+").split("\\?", 1)[0]}$`));
        } else if (parts.length === 2 && parts[0] === "" && /^\.\w+$/.test(parts[1]!)) {
          // Texts about records of all kinds alike.
          patterns.push(new RegExp(`^(?:${Object.values(nouns).join("|")})\\${parts[1]}$`));
        }
      },
    }));
  }
  return { texts, patterns, answered, fields };
}

/** Codes of faults are used alone (`required`) or with parameters (`too_long?max=9`). */
const codes = (texts: Set<string>) => new Set([...texts].map((text) => text.split("?", 1)[0]!));

Deno.test("every text is asked for by a page, a letter or a fault", async () => {
  const { texts, patterns } = await spoken();
  const alone = codes(texts);
  const unused = [...german.keys()].filter((key) => {
    if (texts.has(key) || alone.has(key)) return false;
    const [noun, name] = key.split(".") as [string, string];
    if (noun === "errors" && alone.has(name)) return false;
    return !patterns.some((pattern) => pattern.test(key));
  });
  ok(unused.length === 0, `nobody asks for ${unused.join(" ")}`);
});

Deno.test("every key that is asked for exists", async () => {
  const { texts, patterns, answered, fields } = await spoken();
  const nouns = new Set(Object.keys(de));
  const taken = new Set<string>(actions);
  const unknown = [...codes(texts)].filter((text) => {
    const [noun = "", name = "", ...rest] = text.split(".");
    if (rest.length || !nouns.has(noun) || !/^[a-z][a-z0-9_]*$/.test(name)) return false;
    return !german.has(text) && !taken.has(text) && !answered.has(text) && !fields.has(text) &&
      !/^(csv|json|vcf|ts|tsx)$/.test(name);
  });
  deepEqual(unknown, []);
  const barren = patterns.filter((pattern) =>
    nouns.has(pattern.source.slice(1).split("\\.", 1)[0]!) &&
    ![...german.keys()].some((key) => pattern.test(key))
  );
  deepEqual(barren.map(String), []);
});
