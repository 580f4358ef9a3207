/** No regular expression takes much longer than its text is long: each is tried on texts that hurt. */
import { deepEqual, ok } from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { type Source, sources } from "../support/sources.ts";

/** A literal where a value may stand; divisions and comments are none. */
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

/** What to repeat: what stands in the expression itself, and one of each kind of character. */
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

const took = (pattern: RegExp, text: string): number => {
  const from = elapsed();
  pattern.test(text);
  return elapsed() - from;
};

/** Longer than a line of a form, shorter than a form. */
const length = 6_000;
/** Milliseconds: a linear expression takes a hundredth of it, a quadratic one many times as long. */
const most = 15;

/** The texts on which an expression takes too long; one is enough. */
function slowOn(pattern: RegExp): string | null {
  for (const pump of pumpsOf(pattern)) {
    // Short ones first, or an exponential one would never come back.
    for (const size of [28, 600, length]) {
      for (const end of ["", "\0"]) {
        const text = pump.repeat(Math.ceil(size / pump.length)) + end;
        if (took(pattern, text) <= most) continue;
        // Once more: the machine may have been busy.
        if (took(pattern, text) > most) return pump;
      }
    }
  }
  return null;
}

/**
 * Quadratic ones that are left, by file: a backlog, of which each text is bounded (a line of a form,
 * a cell, a mail of 512 KB). None may be added, and whoever mends one takes it out here.
 */
const left: Readonly<Record<string, number>> = {
  "db/countries.ts": 1,
  "db/custom_persons.ts": 1,
  "db/custom_texts.ts": 1,
  "db/email_addresses.ts": 1,
  "db/imports/contact_points.ts": 2,
  "db/imports/kinds.ts": 1,
  "db/legal_forms.ts": 1,
  "db/letters/sentences.ts": 1,
  "db/log.ts": 4,
  "db/money.ts": 1,
  "db/person_names.ts": 2,
  "db/postal_addresses.ts": 5,
  "db/processor_forms.ts": 1,
  "db/received_mails/forwards.ts": 6,
  "db/received_mails/headers.ts": 1,
  "db/received_mails/markup.ts": 1,
  "db/received_mails/replies.ts": 1,
  "db/received_mails/texts.ts": 1,
  "db/schema.ts": 1,
  "routes/assets.ts": 1,
  "routes/operator_policies.tsx": 1,
  "views/messages/text.tsx": 1,
};

Deno.test("no regular expression of ours is super-linear, save those that are listed", async () => {
  const found = expressionsOf(await sources("db", "routes", "views", "jobs"));
  ok(found.length > 400, `${found.length} found`);
  const slow = found.flatMap(({ where, pattern }) => {
    const pump = slowOn(pattern);
    return pump === null ? [] : [`${where} on ${JSON.stringify(pump)}`];
  });
  const counted = Object.entries(Object.groupBy(slow, (each) => each.split(" ")[0]!));
  const more = counted.filter(([path, found]) => found!.length > (left[path] ?? 0));
  deepEqual(more, []);
});

Deno.test("a super-linear one is seen", () => {
  const text = "const bad = [/^(a+)+$/, /\\s+$/, /(.*),(.*);(.*)x/];\n";
  const found = expressionsOf([{ path: "db/x.ts", text }]);
  deepEqual(found.map(({ pattern }) => slowOn(pattern) !== null), [true, true, true]);
});
