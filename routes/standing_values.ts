/**
 * What a record holds that its form would refuse, because it came before a rule or past one: it may
 * stay as it is while other fields are changed.
 */
import { z } from "zod";
import { oneLine } from "../db/text_lines.ts";
import { errorsOf } from "./web.tsx";

/** Such texts by field; those of rows by group and column, such as `addresses.street`. */
export type Standing = Readonly<Record<string, readonly string[]>>;

/** The texts of a record, given as its form would send them, that the form would refuse. */
export function standingOf(schema: z.ZodType, sent: object): Standing {
  const read = schema.safeParse(sent);
  if (read.success) return {};
  const standing: Record<string, string[]> = {};
  for (const { path } of read.error.issues) {
    const text = path.reduce<unknown>((all, part) => (all as never)?.[part as never], sent);
    const name = path.filter((part) => typeof part === "string").join(".");
    if (typeof text === "string" && text !== "") (standing[name] ??= []).push(text);
  }
  return standing;
}

/** The field, which takes these texts as well. */
export function stays<S extends z.ZodType>(field: S, standing: readonly string[] = []): S {
  if (standing.length === 0) return field;
  const known = new Map(standing.map((text) => [oneLine(text), text]));
  return z.unknown().transform((sent, refusal) => {
    const stored = typeof sent === "string" ? known.get(oneLine(sent)) : undefined;
    if (stored !== undefined) return stored;
    const read = field.safeParse(sent);
    if (read.success) return read.data;
    for (const message of Object.values(errorsOf(read.error))) {
      refusal.addIssue({ code: "custom", message });
    }
    return z.NEVER;
  }) as unknown as S;
}
