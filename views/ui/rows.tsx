/** Repeated groups of fields (e-mails, phones, addresses) that grow and shrink without script. */

import type { Child } from "hono/jsx";
import type { View } from "../view.ts";
import { Button } from "./button.tsx";
import type { FormState } from "./form.tsx";

type Values = FormState["values"];

/** No group has more rows; a forged number must not make millions. */
const most = 100;

/** How many rows `emails.0.address`, `emails.1.address` … make; at least `least`, at most 100. */
export function countRows(values: Values, group: string, least = 1): number {
  const start = `${group}.`;
  const indexes = Object.keys(values)
    .filter((name) => name.startsWith(start))
    .map((name) => Number.parseInt(name.slice(start.length), 10))
    .filter((index) => index >= 0 && index < most);
  return Math.max(least, ...indexes.map((index) => index + 1));
}

/**
 * The values after a press of "add" or "remove", or null when the form was sent to be saved.
 * The buttons send `_add=emails` and `_remove=emails.1`; rows behind a removed one move up.
 */
export function changeRows(values: Values): Values | null {
  const { _add: add, _remove: remove, ...rest } = values;
  if (typeof add === "string") {
    return { ...rest, [`${add}.${countRows(rest, add)}.`]: "" };
  }
  if (typeof remove !== "string") return null;
  const dot = remove.lastIndexOf(".");
  const start = `${remove.slice(0, dot)}.`;
  const removed = Number(remove.slice(dot + 1));
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) => {
      if (!name.startsWith(start)) return [[name, value]];
      const [index = "", ...field] = name.slice(start.length).split(".");
      if (Number(index) === removed) return [];
      const moved = Number(index) > removed ? Number(index) - 1 : index;
      return [[`${start}${moved}.${field.join(".")}`, value]];
    }),
  );
}

/** One row as sent: its place on the form (for errors) and its fields by their last name. */
export interface Row {
  prefix: string;
  fields: Record<string, string>;
}

/** The rows of a group in order, empty ones too; the caller knows which field makes a row count. */
export function readRows(values: Values, group: string): Row[] {
  return Array.from({ length: countRows(values, group, 0) }, (_, index) => {
    const prefix = `${group}.${index}`;
    const fields = Object.entries(values)
      .filter(([name]) => name.startsWith(`${prefix}.`))
      .map(([name, value]) => [name.slice(prefix.length + 1), [value].flat().at(-1) ?? ""]);
    return { prefix, fields: Object.fromEntries(fields) };
  });
}

interface RowsProps {
  view: View;
  form: FormState;
  /** The first part of the field names: `emails`. */
  group: string;
  legend: string;
  addLabel: string;
  removeLabel: string;
  least?: number;
  /** The address the form posts to, when it is not its own. */
  action?: string;
  /** The fields of one row, named `${prefix}.address`; `fresh` when just added: autofocus it. */
  row: (prefix: string, fresh: boolean) => Child;
}

/** The rows of a group, each with a button to remove it, and one button to add another. */
export const Rows = (props: RowsProps) => {
  const { view, form, group, least = 1, row } = props;
  // Back to these rows after one is removed; after one is added, autofocus leads there, which
  // browsers ignore where the address names a place.
  const here = `${props.action ?? view.path}#rows-${group}`;
  return (
    <fieldset class="rows" id={`rows-${group}`}>
      <legend>{props.legend}</legend>
      {Array.from(
        { length: countRows(form.values, group, least) },
        (_, index) => (
          <div class="field-row">
            {row(`${group}.${index}`, `${group}.${index}.` in form.values)}
            <Button
              view={view}
              label={`${props.removeLabel} (${index + 1})`}
              icon="x"
              iconOnly
              variant="quiet"
              name="_remove"
              value={`${group}.${index}`}
              formaction={here}
              formnovalidate
            />
          </div>
        ),
      )}
      <Button
        view={view}
        label={props.addLabel}
        icon="plus"
        variant="quiet"
        name="_add"
        value={group}
        formnovalidate
      />
    </fieldset>
  );
};
