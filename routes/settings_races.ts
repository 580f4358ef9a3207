/** Settings that two people edit at once: the second is shown what the first has just saved. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { FormState } from "../views/ui/form.tsx";

type Values = FormState["values"];

/** What was seen, by field: a mark of each value, so that no page carries it twice. */
const Seen = z.record(z.string(), z.string());

const textOf = (value: Values[string] | undefined): string => [value ?? ""].flat().join("\n");

const markOf = (value: Values[string] | undefined): string =>
  createHash("sha256").update(textOf(value)).digest("base64url").slice(0, 12);

/** The form with marks of what is stored, which come back with it. */
export function marked(form: FormState, stored: Values = form.values): FormState {
  const marks = Object.entries(stored).map(([name, value]) => [name, markOf(value)]);
  return { ...form, values: { ...form.values, _seen: JSON.stringify(Object.fromEntries(marks)) } };
}

/**
 * The form again, where what somebody saved since it was made would be overwritten: said beside each
 * such field, a choice by the words that `say` finds, and saved over when it is sent once more. Null
 * where nothing would be lost.
 */
export function raced(
  sent: FormState,
  stored: Values,
  say: (name: string, value: string) => string = (_, value) => value,
): FormState | null {
  const seen = seenIn(sent.values);
  const errors: FormState["errors"] = {};
  for (const [name, value] of Object.entries(stored)) {
    if (seen[name] === undefined || seen[name] === markOf(value)) continue;
    if (textOf(sent.values[name]) === textOf(value)) continue;
    const stands = textOf(value);
    const shown = stands === "" ? [] : [...say(name, stands)];
    const text = shown.length > 200 ? `${shown.slice(0, 200).join("")} …` : shown.join("");
    errors[name] = text === ""
      ? "emptied_meanwhile"
      : `changed_meanwhile?${new URLSearchParams({ value: text })}`;
  }
  return Object.keys(errors).length === 0 ? null : marked({ values: sent.values, errors }, stored);
}

function seenIn({ _seen }: Values): z.output<typeof Seen> {
  try {
    return Seen.safeParse(JSON.parse(String(_seen))).data ?? {};
  } catch {
    return {};
  }
}
