/** Buttons, links that look like buttons, and one-button forms. */

import type { Child } from "hono/jsx";
import type { View } from "../view.ts";
import { Icon, type IconName } from "./icon.tsx";

/** `primary` once a page; `quiet` in rows and toolbars; `danger` where something is lost. */
export type Variant = "primary" | "plain" | "quiet" | "danger";

interface Look {
  view: View;
  label: string;
  variant?: Variant;
  icon?: IconName;
  /** Shows the icon alone; the label stays for screen readers and as tooltip. */
  iconOnly?: boolean;
}

const Face = ({ view, label, icon, iconOnly }: Look) => (
  <>
    {icon ? <Icon view={view} name={icon} /> : null}
    <span class={iconOnly ? "visually-hidden" : undefined}>{label}</span>
  </>
);

const look = ({ variant = "plain", iconOnly }: Look) =>
  `button button-${variant}${iconOnly ? " button-icon" : ""}`;

/** A submit button; `form` names a form elsewhere on the page by id. */
export const Button = (
  props: Look & {
    name?: string;
    value?: string;
    form?: string;
    disabled?: boolean;
    type?: "submit" | "button";
    formnovalidate?: boolean;
    formaction?: string;
    /** A key that presses it. */
    shortcut?: string;
  },
) => (
  <button
    type={props.type ?? "submit"}
    class={look(props)}
    name={props.name}
    value={props.value}
    form={props.form}
    formaction={props.formaction}
    formnovalidate={props.formnovalidate}
    disabled={props.disabled}
    aria-keyshortcuts={props.shortcut}
    title={props.iconOnly ? props.label : undefined}
  >
    <Face {...props} />
  </button>
);

/** A link as a button. `download` keeps htmx away, for files; `shortcut` is a key that follows it. */
export const LinkButton = (
  props: Look & { href: string; download?: boolean; shortcut?: string },
) => (
  <a
    class={look(props)}
    href={props.href}
    download={props.download}
    aria-keyshortcuts={props.shortcut}
    title={props.iconOnly ? props.label : undefined}
  >
    <Face {...props} />
  </a>
);

/** A form of one button: POSTs `fields` to `action`. For actions that need no further input. */
export const PostButton = (
  props: Look & { action: string; fields?: Record<string, string>; children?: Child },
) => (
  <form method="post" action={props.action} class="post-button">
    {Object.entries(props.fields ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {props.children}
    <Button {...props} />
  </form>
);
