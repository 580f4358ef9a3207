/** Icons from the one sprite that `deno task vendor` makes of this list. */

import type { View } from "../view.ts";

/** Every icon in use, by its Lucide name; add a name here and run `deno task vendor`. */
export const iconNames = [
  "archive-restore",
  "arrow-left-right",
  "arrow-down",
  "arrow-up",
  "bell",
  "building-2",
  "calendar",
  "calendar-plus",
  "check",
  "chevron-down",
  "chevron-left",
  "chevron-right",
  "circle",
  "circle-alert",
  "circle-check",
  "circle-question-mark",
  "circle-user",
  "clock",
  "copy",
  "download",
  "ellipsis",
  "external-link",
  "file-text",
  "forward",
  "globe",
  "grip-vertical",
  "handshake",
  "history",
  "info",
  "key-round",
  "list",
  "list-filter",
  "lock",
  "log-out",
  "mail",
  "map-pin",
  "merge",
  "minus",
  "paperclip",
  "pencil",
  "phone",
  "plus",
  "printer",
  "refresh-cw",
  "reply",
  "repeat",
  "search",
  "send",
  "settings",
  "shield-check",
  "square-kanban",
  "square-check",
  "star",
  "tag",
  "trash-2",
  "triangle-alert",
  "undo-2",
  "upload",
  "user",
  "users",
  "x",
] as const;

export type IconName = typeof iconNames[number];

/** A picture beside words: hidden from screen readers, so never the only name of a control. */
export const Icon = ({ view, name }: { view: View; name: IconName }) => (
  <svg class="icon" aria-hidden="true" width="16" height="16">
    <use href={`${view.asset("vendor/icons.svg")}#${name}`} />
  </svg>
);
