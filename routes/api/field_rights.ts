/** Field rights for programs: hidden fields are left out; forbidden changes and filters are refused. */
import { closed, hiddenProperties, refused } from "../../db/field_rights.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { parametersOf } from "../addresses.ts";
import type { Ctx } from "../web.tsx";
import { fault, Problem } from "./problems.ts";

/** How records, or rows of a list, are shown to the program's user. */
export function seenBy(c: Ctx, kind: Kind | undefined): <R extends object>(record: R) => R {
  const hidden = kind ? hiddenProperties(c.var.scope, kind) : [];
  if (hidden.length === 0) return (record) => record;
  return <R extends object>(record: R) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.includes(name))) as R;
}

/** A record as the program's user may see it. */
export const seen = <R extends object>(c: Ctx, kind: Kind | undefined, record: R): R =>
  seenBy(c, kind)(record);

/** Throws a Problem that names each field sent that the program's user may not write. */
export function assertWritable(c: Ctx, kind: Kind | undefined, body: object): void {
  if (!kind) return;
  const names = refused(c.var.scope, kind, Object.keys(body));
  if (names.length === 0) return;
  throw new Problem("invalid", {
    errors: names.map((name) => fault(c.var, `/${name}`, "field_rights.read_only")),
  });
}

/** Throws a Problem that names each parameter that asks for a field that is hidden. */
export function assertAskable(c: Ctx, kind: Kind): void {
  const hidden = closed(c.var.scope, kind, true);
  if (hidden.length === 0) return;
  const sent = parametersOf(c);
  const named = hidden.flatMap(({ parameters = [] }) => parameters).filter((name) =>
    sent.has(name)
  );
  const words = hidden.flatMap(({ sort, lacks = [] }) => [
    ...(sent.get("sort") === sort ? ["sort"] : []),
    ...(lacks.some((each) => sent.get("empty") === each) ? ["empty"] : []),
  ]);
  const wrong = [...new Set([...named, ...words])];
  if (wrong.length === 0) return;
  throw new Problem("unknown_parameter", {
    errors: wrong.map((name) => fault(c.var, name, "field_rights.hidden")),
  });
}
