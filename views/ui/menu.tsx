/** A menu of further actions behind a button, which works without script. */

import type { Child } from "hono/jsx";
import type { View } from "../view.ts";
import { Icon, type IconName } from "./icon.tsx";

/** Children are `MenuLink`, `MenuPost` or `MenuText`. `id` keeps it open through a morph. */
export const Menu = (
  { view, label, icon = "ellipsis", iconOnly, align = "end", children }: {
    view: View;
    label: string;
    icon?: IconName;
    iconOnly?: boolean;
    align?: "start" | "end";
    children?: Child;
  },
) => (
  <details class={`menu menu-${align}`} data-menu>
    <summary class={`button button-plain${iconOnly ? " button-icon" : ""}`}>
      <Icon view={view} name={icon} />
      <span class={iconOnly ? "visually-hidden" : undefined}>{label}</span>
      {iconOnly ? null : <Icon view={view} name="chevron-down" />}
    </summary>
    <ul>{children}</ul>
  </details>
);

export const MenuLink = (
  { href, label, download }: { href: string; label: string; download?: boolean },
) => (
  <li>
    <a href={href} download={download}>{label}</a>
  </li>
);

/** An action in the menu, by POST. `boost: false` reloads the whole document. */
export const MenuPost = (
  { action, label, fields = {}, danger, pressed, boost }: {
    action: string;
    label: string;
    fields?: Record<string, string>;
    danger?: boolean;
    pressed?: boolean;
    boost?: boolean;
  },
) => (
  <li>
    <form method="post" action={action} {...(boost === false ? { "data-hx-boost": "false" } : {})}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button
        type="submit"
        class={danger ? "danger" : undefined}
        aria-pressed={pressed === undefined ? undefined : String(pressed)}
      >
        {label}
      </button>
    </form>
  </li>
);

/** A line that groups what follows. */
export const MenuText = ({ text }: { text: string }) => <li class="menu-text">{text}</li>;
