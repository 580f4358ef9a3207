/**
 * No regular expression takes more than linear time: each is tried on texts designed to be slow.
 */
import { deepEqual, ok } from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { type Source, sources } from "../support/sources.ts";

/** A literal where a value may be; divisions and comments do not count. */
const literal =
  /(?<=[=(,:[!&|?{};>\s]|return)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s.,;:)\]}]|$)/gm;

interface Found {
  where: string;
  pattern: RegExp;
}

/** Every expression in the code, once. */
function expressionsOf(files: Source[]): Found[] {
  const found = new Map<string, Found>();
  for (const { path, text } of files) {
    for (const [whole, source = "", flags = ""] of text.matchAll(literal)) {
      try {
        const pattern = new RegExp(source, flags.replace("y", "").replace("g", ""));
        if (!found.has(whole)) found.set(whole, { where: `${path} ${whole}`, pattern });
      } catch {
        // A division that looks like one.
      }
    }
  }
  return [...found.values()];
}

/** What to repeat: parts of the expression itself, and one character of each kind. */
function pumpsOf({ source }: RegExp): string[] {
  const words = source.match(/[\p{L}\p{N}]{2,12}/gu) ?? [];
  const own = new Set([
    ...'a1 .@-,\n\t"<(A',
    ...source.replace(/\\[a-zA-Z]/g, "").match(/[^\w\s]/gu) ?? [],
  ]);
  const singles = [...own].slice(0, 24);
  const pairs = singles.slice(0, 9).flatMap((one) =>
    singles.slice(0, 9).flatMap((two) => one === two ? [] : [one + two])
  );
  return [...singles, ...pairs, ...words.slice(0, 4)];
}

/**
 * Milliseconds of processor time, because on a busy machine even a fast expression may have to
 * wait.
 */
const took = (pattern: RegExp, text: string): number => {
  const from = process.cpuUsage();
  pattern.test(text);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
};

/** Nearly all are fast by the clock already, which is cheaper to read than the processor time. */
const quick = (pattern: RegExp, text: string): boolean => {
  const from = elapsed();
  pattern.test(text);
  return elapsed() - from <= most;
};

/** Texts on which many expressions are tried, made once. */
const made = new Map<string, string>();
function textOf(pump: string, size: number, end: string): string {
  const key = `${size}${end}${pump}`;
  const text = made.get(key) ?? pump.repeat(Math.ceil(size / pump.length)) + end;
  made.set(key, text);
  return text;
}

/** Longer than a line of a form, shorter than a form. */
const length = 6_000;
/**
 * Milliseconds: a linear expression takes a hundredth of it, a quadratic one many times as long.
 */
const most = 15;

/** A text on which an expression takes too long; one is enough. */
function slowOn(pattern: RegExp): string | null {
  for (const pump of pumpsOf(pattern)) {
    // Short ones first, or an exponential expression would never return.
    for (const size of [20, 22, 25, 28, 600, length]) {
      for (const end of ["", "\0"]) {
        const text = textOf(pump, size, end);
        if (quick(pattern, text)) continue;
        // Repeated, because compilation and garbage collection are counted as well.
        if ([1, 2, 3, 4].every(() => took(pattern, text) > most)) return pump;
      }
    }
  }
  return null;
}

Deno.test("no regular expression of ours is super-linear", async () => {
  const found = expressionsOf(await sources("db", "routes", "views", "jobs"));
  ok(found.length > 400, `${found.length} found`);
  const slow = found.flatMap(({ where, pattern }) => {
    const pump = slowOn(pattern);
    return pump === null ? [] : [`${where} on ${JSON.stringify(pump)}`];
  });
  deepEqual(slow, []);
});

Deno.test("the rule finds a super-linear one", () => {
  const text = "const bad = [/^(a+)+$/, /\\s+$/, /(.*),(.*);(.*)x/];\n";
  const found = expressionsOf([{ path: "db/x.ts", text }]);
  deepEqual(found.map(({ pattern }) => slowOn(pattern) !== null), [true, true, true]);
});
