/** Fields with label, hint and error tied together; each reads its value and fault from the form. */

import type { Child } from "hono/jsx";
import { errorText } from "../i18n/translate.ts";
import type { View } from "../view.ts";
import { fieldId, type FormState, valueOf, valuesOf } from "./form.tsx";

/** How wide a control is, by what goes in: a postcode, a number, a name, a sentence, all there is. */
export type Size = "xs" | "s" | "m" | "l" | "full";

export interface FieldProps {
  view: View;
  form: FormState;
  name: string;
  label: string;
  hint?: Child;
  required?: boolean;
  size?: Size;
  autofocus?: boolean;
  /** Keeps the label for screen readers only: in rows whose columns are labelled already. */
  hideLabel?: boolean;
}

interface TextProps extends UncutProps {
  maxlength?: number;
}

/** For what is pasted unseen: a bound in the browser would cut it off without a word. */
interface UncutProps extends FieldProps {
  autocomplete?: string;
  placeholder?: string;
  inputmode?: "text" | "numeric" | "decimal" | "tel" | "email" | "url" | "search";
  readonly?: boolean;
  list?: string;
  /** The id of the element that receives suggestions during typing (static/js/suggestions.js). */
  suggests?: string;
}

const hintId = (name: string) => `${fieldId(name)}-hint`;
const errorId = (name: string) => `${fieldId(name)}-error`;

/** The attributes every control of a field carries. */
const control = ({ form, name, hint, required, autofocus }: FieldProps) => {
  const described = [hint && hintId(name), form.errors[name] && errorId(name)].filter(Boolean);
  return {
    id: fieldId(name),
    name,
    required: required || undefined,
    // With faults the summary has the focus.
    autofocus: autofocus && Object.keys(form.errors).length === 0 || undefined,
    "aria-invalid": form.errors[name] ? "true" : undefined,
    "aria-describedby": described.length ? described.join(" ") : undefined,
  };
};

const Notes = ({ view, form, name, hint }: FieldProps) => (
  <>
    {hint ? <p class="hint" id={hintId(name)}>{hint}</p> : null}
    {form.errors[name]
      ? <p class="error" id={errorId(name)}>{errorText(view.t, form.errors[name])}</p>
      : null}
  </>
);

const Star = ({ required }: { required?: boolean }) =>
  required ? <span class="required" aria-hidden="true">&nbsp;*</span> : null;

/** Label, control, hint and error of one field, for controls that are not here yet. */
const Field = (props: FieldProps & { children?: Child }) => (
  <div class={`field field-${props.size ?? "m"}`}>
    <label for={fieldId(props.name)} class={props.hideLabel ? "visually-hidden" : undefined}>
      {props.label}
      <Star required={props.required} />
    </label>
    {props.children}
    <Notes {...props} />
  </div>
);

const Input = (props: TextProps & { type: string; value?: string }) => (
  <Field {...props}>
    <input
      type={props.type}
      value={props.value ?? valueOf(props.form, props.name)}
      autocomplete={props.autocomplete ?? "off"}
      maxlength={props.maxlength}
      placeholder={props.placeholder}
      inputmode={props.inputmode}
      readonly={props.readonly}
      list={props.list}
      data-suggests={props.suggests}
      {...control(props)}
    />
  </Field>
);

/** One line of text. `autocomplete` is off unless named: these are other people's data. */
export const TextField = (props: TextProps) => <Input {...props} type="text" />;

export const EmailField = (props: TextProps) => (
  <Input size="l" maxlength={254} {...props} type="email" inputmode="email" />
);

export const PhoneField = (props: TextProps) => <Input {...props} type="tel" inputmode="tel" />;

export const UrlField = (props: TextProps) => (
  <Input size="l" {...props} type="text" inputmode="url" />
);

export const NumberField = (props: TextProps) => (
  <Input size="s" inputmode="decimal" {...props} type="text" />
);

/** A calendar day by the browser's own picker; the value is `2026-12-31`. */
export const DateField = (props: TextProps) => <Input size="s" {...props} type="date" />;

/** A clock time by the browser's own picker; the value is `14:30`. */
export const TimeField = (props: TextProps) => <Input size="s" {...props} type="time" />;

/** Never filled in again from the server. `autocomplete`: `current-password` or `new-password`. */
export const PasswordField = (
  props: UncutProps & { autocomplete: "current-password" | "new-password" },
) => (
  <>
    {props.autocomplete === "current-password" && props.view.user
      ? <AccountName email={props.view.user.email} />
      : null}
    <Input size="l" {...props} type="password" value="" />
  </>
);

/** Tells password managers whose password is asked for; without a name it is not sent. */
const AccountName = ({ email }: { email: string }) => (
  <input type="text" autocomplete="username" value={email} readonly hidden />
);

export const FileField = (props: FieldProps & { accept?: string; multiple?: boolean }) => (
  <Field {...props} size={props.size ?? "l"}>
    <input type="file" accept={props.accept} multiple={props.multiple} {...control(props)} />
  </Field>
);

export const TextArea = (props: UncutProps & { rows?: number }) => (
  <Field {...props} size={props.size ?? "full"}>
    <textarea rows={props.rows ?? 4} {...control(props)}>
      {valueOf(props.form, props.name)}
    </textarea>
  </Field>
);

/** One value to choose from. */
export interface Option {
  value: string;
  label: string;
  hint?: string;
}

/** A drop-down list; `empty` is the words for choosing nothing. */
export const Select = (props: FieldProps & { options: readonly Option[]; empty?: string }) => {
  const chosen = valueOf(props.form, props.name);
  return (
    <Field {...props}>
      <select {...control(props)}>
        {props.empty === undefined ? null : <option value="">{props.empty}</option>}
        {props.options.map(({ value, label }) => (
          <option value={value} selected={value === chosen}>{label}</option>
        ))}
      </select>
    </Field>
  );
};

/** Fields that belong together, under a legend. `quiet` shows the legend as a plain label. */
export const Fieldset = (
  { legend, hint, quiet, children }: {
    legend: string;
    hint?: string;
    quiet?: boolean;
    children?: Child;
  },
) => {
  const described = hint ? `of-${legend.replace(/\P{L}+/gu, "-")}` : undefined;
  return (
    <fieldset class={quiet ? "quiet" : undefined} aria-describedby={described}>
      <legend>{legend}</legend>
      {hint ? <p class="hint" id={described}>{hint}</p> : null}
      {children}
    </fieldset>
  );
};

/** Fields side by side where there is room. */
export const FieldRow = ({ children }: { children?: Child }) => (
  <div class="field-row">{children}</div>
);

const choices =
  (type: "radio" | "checkbox") =>
  (props: FieldProps & { options: readonly Option[]; inline?: boolean; explained?: boolean }) => {
    const chosen = valuesOf(props.form, props.name);
    const { id, name, autofocus, ...aria } = control(props);
    return (
      <fieldset class="field choices" aria-describedby={aria["aria-describedby"]}>
        <legend>
          {props.label}
          <Star required={props.required} />
        </legend>
        <div
          class={props.inline
            ? "choices-inline"
            : props.explained
            ? "choices-explained"
            : undefined}
        >
          {props.options.map((option, i) => (
            <label class="choice">
              <input
                type={type}
                id={i === 0 ? id : undefined}
                name={name}
                value={option.value}
                checked={chosen.includes(option.value)}
                autofocus={i === 0 ? autofocus : undefined}
                aria-invalid={aria["aria-invalid"]}
              />
              <span>
                {option.label}
                {option.hint ? <small>{option.hint}</small> : null}
              </span>
            </label>
          ))}
        </div>
        <Notes {...props} />
      </fieldset>
    );
  };

/** One of a few, all in sight. */
export const RadioGroup = choices("radio");

/** Any of a few; the values arrive under one name. */
export const CheckboxGroup = choices("checkbox");

/** A single tick; sends `value` (`on` by default) when ticked. */
export const Checkbox = (props: FieldProps & { value?: string }) => {
  const value = props.value ?? "on";
  return (
    <div class="field field-check">
      <label class="choice">
        <input
          type="checkbox"
          value={value}
          checked={valuesOf(props.form, props.name).includes(value)}
          {...control(props)}
        />
        <span>
          {props.label}
          <Star required={props.required} />
        </span>
      </label>
      <Notes {...props} />
    </div>
  );
};

export const HiddenField = ({ name, value }: { name: string; value: string }) => (
  <input type="hidden" name={name} value={value} />
);
