/** Repeated groups of fields (e-mails, phones, addresses) that grow and shrink without script. */

import type { Child } from "hono/jsx";
import type { View } from "../view.ts";
import { Button } from "./button.tsx";
import type { FormState } from "./form.tsx";

type Values = FormState["values"];

/** Few groups have more rows; a forged number must not make millions. */
const usual = 100;

/** How many rows `emails.0.address`, `emails.1.address` … make; at least `least`, at most `most`. */
export function countRows(values: Values, group: string, least = 1, most = usual): number {
  const start = `${group}.`;
  let count = least;
  for (const name of Object.keys(values)) {
    if (!name.startsWith(start)) continue;
    const index = Number.parseInt(name.slice(start.length), 10);
    if (index >= count && index < most) count = index + 1;
  }
  return count;
}

/**
 * The values after a press of "add" or "remove", or null when the form was sent to be saved.
 * The buttons send `_add=emails` and `_remove=emails.1`; rows behind a removed one move up.
 */
export function changeRows(values: Values, most = usual): Values | null {
  const { _add: add, _remove: remove, ...rest } = values;
  if (typeof add === "string") {
    return { ...rest, [`${add}.${countRows(rest, add, 1, most)}.`]: "" };
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

/**
 * The values after a press of "up" (`_up=items.2`) or "down", or null. What is beyond the first and the
 * last row stays where it is.
 */
export function moveRows(values: Values, group: string, most = usual): Values | null {
  const { _up: up, _down: down, ...rest } = values;
  const pressed = typeof up === "string" ? up : down;
  if (typeof pressed !== "string") return null;
  const start = `${group}.`;
  const place = (name: string) =>
    name.startsWith(start) ? /^(\d{1,3})(?:\.(.*))?$/s.exec(name.slice(start.length)) : null;
  const at = Number(place(pressed)?.[1] ?? -1);
  const other = at + (typeof up === "string" ? -1 : 1);
  if (at < 0 || other < 0 || other >= countRows(rest, group, 0, most)) return rest;
  const swapped: Record<number, number> = { [at]: other, [other]: at };
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => {
      const [, index = "", field = ""] = place(name) ?? [];
      return [field ? `${start}${swapped[Number(index)] ?? index}.${field}` : name, value];
    }),
  );
}

/** One row as sent: its place on the form (for errors) and its fields by their last name. */
export interface Row {
  prefix: string;
  fields: Record<string, string>;
}

/** The rows of a group in order, empty ones too; the caller knows which field makes a row count. */
export function readRows(values: Values, group: string, most = usual): Row[] {
  const length = countRows(values, group, 0, most);
  const rows = Array.from(
    { length },
    (_, index): Row => ({ prefix: `${group}.${index}`, fields: {} }),
  );
  for (const [name, value] of Object.entries(values)) {
    const [, index = "", field = ""] = /^(0|[1-9]\d*)\.(.*)$/s
      .exec(name.startsWith(`${group}.`) ? name.slice(group.length + 1) : "") ?? [];
    const row = index === "" ? undefined : rows[Number(index)];
    if (row) row.fields[field] = [value].flat().at(-1) ?? "";
  }
  return rows;
}

interface RowsProps {
  view: View;
  form: FormState;
  /** The first part of the field names: `emails`. */
  group: string;
  legend: string;
  addLabel: string;
  removeLabel: string;
  /** Where their order counts: the words of the buttons that move a row. */
  moves?: { up: string; down: string };
  least?: number;
  /** The most rows, where there may be fewer than usual. */
  most?: number;
  /** The address the form posts to, when it is not its own. */
  action?: string;
  /** The fields of one row, named `${prefix}.address`; `fresh` when just added: autofocus it. */
  row: (prefix: string, fresh: boolean) => Child;
}

type Press = "_up" | "_down" | "_remove";
type PressIcon = "arrow-up" | "arrow-down" | "x";

/** A button that does something to one row: `changeRows` and `moveRows` do it without scripts. */
export const RowButton = (
  { view, name, label, icon, group, at, formaction }: {
    view: View;
    name: Press;
    label: string;
    icon: PressIcon;
    group: string;
    at: number;
    /** Where the form posts to, with the place to go back to. */
    formaction: string;
  },
) => (
  <Button
    view={view}
    label={`${label} (${at + 1})`}
    icon={icon}
    iconOnly
    variant="quiet"
    name={name}
    value={`${group}.${at}`}
    formaction={formaction}
    formnovalidate
  />
);

/** The rows of a group, each with a button to remove it, and one button to add another. */
export const Rows = (props: RowsProps) => {
  const { view, form, group, least = 1, row } = props;
  // Back to these rows after one is removed; after one is added, autofocus leads there, which
  // browsers ignore where the address names a place.
  const here = `${props.action ?? view.path}#rows-${group}`;
  const count = countRows(form.values, group, least);
  const press = (name: Press, label: string, icon: PressIcon, at: number) => (
    <RowButton
      view={view}
      name={name}
      label={label}
      icon={icon}
      group={group}
      at={at}
      formaction={here}
    />
  );
  const buttons = (at: number) => (
    <>
      {props.moves && at > 0 ? press("_up", props.moves.up, "arrow-up", at) : null}
      {props.moves && at < count - 1 ? press("_down", props.moves.down, "arrow-down", at) : null}
      {press("_remove", props.removeLabel, "x", at)}
    </>
  );
  return (
    <fieldset class="rows" id={`rows-${group}`}>
      <legend>{props.legend}</legend>
      {Array.from({ length: count }, (_, index) => (
        <div class="field-row">
          {row(`${group}.${index}`, `${group}.${index}.` in form.values)}
          {props.moves ? <div class="row-actions">{buttons(index)}</div> : buttons(index)}
        </div>
      ))}
      {count < (props.most ?? usual)
        ? (
          <Button
            view={view}
            label={props.addLabel}
            icon="plus"
            variant="quiet"
            name="_add"
            value={group}
            formnovalidate
          />
        )
        : null}
    </fieldset>
  );
};
