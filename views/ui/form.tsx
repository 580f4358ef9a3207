/** The form around the fields: what was entered, what is wrong, and the summary of faults. */

import type { Child } from "hono/jsx";
import { errorText } from "../i18n/translate.ts";
import type { View } from "../view.ts";

/**
 * What was entered and what is wrong with it: error codes by field name (see `errorText`). The value
 * `_seen` marks what the form was made from, where two may have it open at once.
 */
export interface FormState {
  values: Record<string, string | string[]>;
  errors: Record<string, string>;
}

/** A form nobody has filled in yet. */
export const emptyForm: FormState = { values: {}, errors: {} };

/** The one value of a field, `""` when absent; of several values the last. */
export function valueOf(form: FormState, name: string): string {
  const value = form.values[name];
  return Array.isArray(value) ? value.at(-1) ?? "" : value ?? "";
}

/** All values of a field. */
export function valuesOf(form: FormState, name: string): string[] {
  const value = form.values[name];
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The id of a field's control; hints, errors and the summary build on it. */
export const fieldId = (name: string) => `f-${name.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;

/** The words for field names. */
export type Labels = Record<string, string>;

interface FormProps {
  view: View;
  form: FormState;
  /** Where to POST; without it the form posts to its own address, as it should. */
  action?: string;
  id?: string;
  /** With files. */
  multipart?: boolean;
  /** False sends the form without htmx: language, colours, downloads. */
  boost?: boolean;
  /** Its result is a preview: Back returns to the form. */
  kept?: true;
  /** Field names in words, for the summary; `emails.address` speaks for `emails.0.address` too. */
  labels?: Labels;
  children?: Child;
}

/** A file takes as long as its line needs: what the server says of slow ones counts. */
export const unhurried = JSON.stringify({ timeout: "0ms" });

/**
 * A POST form with the summary of its faults on top. The browser's own checks are off. Its unseen
 * first button is what Enter presses, so that Enter never adds or removes a row.
 */
export const Form = (
  { view, form, action, id, multipart, boost, kept, labels, children }: FormProps,
) => (
  <form
    id={id}
    class="form"
    method="post"
    action={action ?? view.path}
    enctype={multipart ? "multipart/form-data" : undefined}
    data-hx-config={multipart && boost !== false ? unhurried : undefined}
    novalidate
    {...sent(boost, !kept && (action === undefined || action === view.path))}
  >
    <ErrorSummary view={view} form={form} labels={labels} />
    <button type="submit" class="visually-hidden" tabindex={-1} aria-hidden="true" />
    {form.values._seen === undefined
      ? null
      : <input type="hidden" name="_seen" value={valueOf(form, "_seen")} />}
    {children}
  </form>
);

/** A form at its own address is replaced by its result: Back does not return to it. */
const sent = (boost: boolean | undefined, own: boolean) =>
  boost === false ? { "data-hx-boost": "false" } : own ? { "data-hx-replace-url": "true" } : {};

/** All faults with links to their fields; takes the focus. Nothing when there are none. */
export const ErrorSummary = (
  { view, form, labels = {} }: { view: View; form: FormState; labels?: Labels },
) => {
  const errors = Object.entries(form.errors);
  const words = (name: string, code: string) => {
    const label = labels[name] ?? labels[name.replaceAll(/\.\d+/g, "")];
    if (!label) return errorText(view.t, code);
    return `${label}${label.endsWith("?") ? "" : ":"} ${errorText(view.t, code)}`;
  };
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus>
      <p>{view.t("errors.summary", { count: errors.length })}</p>
      <ul>
        {errors.map(([name, code]) => (
          <li>
            {name === ""
              ? words(name, code)
              : <a href={`#${fieldId(name)}`}>{words(name, code)}</a>}
          </li>
        ))}
      </ul>
    </div>
  );
};

/** The row of buttons that ends a form; the main one first. */
export const FormActions = ({ children }: { children?: Child }) => (
  <div class="form-actions">{children}</div>
);
