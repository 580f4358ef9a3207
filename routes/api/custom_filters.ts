/** API lists filtered and sorted by custom fields, under the fields' names. */
import type { Order } from "../../db/record_lists.ts";
import * as customFields from "../../db/custom_fields.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import type { CustomFilter } from "../../db/custom_filters.ts";
import { parse } from "../../db/custom_texts.ts";
import { isId } from "../../db/ids.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { parametersOf } from "../addresses.ts";
import { text } from "../lists.ts";
import type { Ctx } from "../web.tsx";
import { type Fault, fault, Problem } from "./problems.ts";

/** `custom.points`, `custom.points.from`, `custom.points.to` and `custom.points.empty`. */
const form = /^custom\.([^.]+)(?:\.(from|to|empty))?$/;
/** The sort order if it is by a custom field. */
export const sort = /^custom\.([^.]+)$/;
/** Custom fields in one list, at most, as on the pages. */
const most = 10;

/** Whether a parameter names a custom field; no schema knows which ones exist. */
export const isCustom = (name: string): boolean => form.test(name);

/** How they are described: an object whose entries are parameters of their own. */
export const described = {
  name: "custom",
  in: "query",
  style: "form",
  explode: true,
  description:
    "Custom fields by their names: `custom.points=12.5` finds equal values, in texts those that " +
    "contain the words; `custom.points.from` and `.to` limit numbers, amounts and days, " +
    "`custom.points.empty=1` finds empty ones. `sort=custom.points` sorts",
  schema: { type: "object", additionalProperties: { type: "string", maxLength: 200 } },
};

/** The filters by custom fields; a Problem names each parameter that is invalid or hidden. */
export async function ownOf(
  c: Ctx,
  kind: Kind,
): Promise<{ custom?: CustomFilter[]; order?: Order }> {
  const sent = parametersOf(c);
  const names = [...sent.keys()].filter(isCustom);
  const sorted = sort.exec(sent.get("sort") ?? "")?.[1];
  if (names.length === 0 && sorted === undefined) return {};
  const fields = await customFields.list(c.var.scope, kind);
  const of = (name: string | undefined) => fields.find((field) => field.name === name);
  const found = new Map<string, CustomFilter>();
  const faults: Fault[] = [];
  for (const name of names) {
    const [, own, part] = form.exec(name)!;
    const field = of(own);
    const wanted = field && conditionOf(field, part, text(sent.get(name)!));
    if (!field) faults.push(fault(c.var, name, "api.unknown_parameter"));
    else if (!wanted) faults.push(fault(c.var, name, "invalid"));
    else found.set(field.id, { ...found.get(field.id), field: field.id, ...wanted });
  }
  const by = of(sorted);
  if (sorted !== undefined && !by) faults.push(fault(c.var, "sort", "invalid"));
  if (found.size > most) faults.push(fault(c.var, "custom", "invalid"));
  if (faults.length > 0) throw new Problem("unknown_parameter", { errors: faults.slice(0, 50) });
  return {
    ...(found.size > 0 ? { custom: [...found.values()] } : {}),
    ...(by ? { order: { sort: `custom:${by.id}`, descending: sent.get("dir") === "desc" } } : {}),
  };
}

/** What one parameter narrows a field to; null where it is nothing that the field could hold. */
function conditionOf(
  field: CustomField,
  part: string | undefined,
  asked: string,
): Omit<CustomFilter, "field"> | null {
  if (part === "empty") return asked === "1" ? { empty: true } : null;
  const bounded = ["number", "money", "date"].includes(field.kind);
  if (part !== undefined && !bounded) return null;
  if (["text", "long_text", "link"].includes(field.kind)) {
    return /[\p{L}\p{N}]/u.test(asked) ? { like: asked } : null;
  }
  if (field.kind === "person") return isId(asked) ? { is: asked } : null;
  const [value, ...more] = parse(field, asked, { point: true }) ?? [];
  if (value === undefined || more.length > 0) return null;
  if (!bounded) return { is: value };
  return part === undefined ? { from: value, to: value } : { [part]: value };
}
