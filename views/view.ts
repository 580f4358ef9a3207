/** What every page is given to speak, show and link with: one value per request, passed as `view`. */

import type { Phase } from "../db/contracts.ts";
import type { Kind } from "../db/record_kinds.ts";
import type { Action, Role } from "../db/roles.ts";
import type { Format } from "./format.ts";
import type { Locale, Translate } from "./i18n/translate.ts";

/** The stored choice of colours; `auto` follows the device. */
export type Theme = "auto" | "light" | "dark";

/** The message shown once, on the page after an action. `undo.action` is the address to POST to. */
export interface FlashMessage {
  kind: "ok" | "error" | "info";
  text: string;
  undo?: { action: string; label: string };
  /** Where what mostly follows is begun. */
  next?: { href: string; label: string };
  /** The id of the field in which the work goes on. */
  focus?: string;
}

/** The signed-in person, in the current tenant. */
export interface ViewUser {
  name: string;
  email: string;
  role: Role;
  tenantName: string;
  tenantSlug: string;
  /** Whether the person also runs the installation. */
  operator: boolean;
  /** How many tenants the identity belongs to; the switch is shown from two. */
  tenants: number;
  /** Unread notifications; 100 stands for more. */
  unread: number;
}

/** Language, rights, clock and person of one request. */
export interface View {
  t: Translate;
  locale: Locale;
  format: Format;
  /** Rights of the signed-in user; always false when signed out. */
  can: (action: Action) => boolean;
  /** Whether the role sees, or may write, a field of records; its values are left out in db already. */
  shows: (kind: Kind, field: string) => boolean;
  edits: (kind: Kind, field: string) => boolean;
  /** Whether any field of any record is hidden from the role. */
  hides: boolean;
  /** The columns of a kind of record that the role may look at only. */
  fixed: (kind: Kind) => string[];
  now: Date;
  /** Path and query of this request. */
  path: string;
  theme: Theme;
  user: ViewUser | null;
  flash: FlashMessage | null;
  /** The number of a version of the policy that its reader has not acknowledged yet. */
  policy: number | null;
  /** The tenant's contract, once notice was given. */
  contract?: { phase: Phase; endsOn: string } | null;
  /** The immutable address of a static file: `css/app.css`, `js/app.js`, `vendor/icons.svg`. */
  asset: (name: string) => string;
}
