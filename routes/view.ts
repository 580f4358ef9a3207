/** Builds the `view` that every page is given: language, rights, person, message. */
import { now } from "../db/clock.ts";
import { fixedColumns, hidesAny, isHidden, mayWrite } from "../db/field_rights.ts";
import { can } from "../db/roles.ts";
import type { Flash } from "../db/sessions.ts";
import { formatter } from "../views/format.ts";
import {
  isMessageKey,
  preferredLocale,
  type Translate,
  translator,
} from "../views/i18n/translate.ts";
import type { View } from "../views/view.ts";
import { pathOf } from "./addresses.ts";
import type { Ctx } from "./web.tsx";

function nextStep(t: Translate, next: NonNullable<Flash["next"]>) {
  const [href, key = "activities.plan_next"] = [next].flat() as [string, string?];
  return { href, label: isMessageKey(key) ? t(key) : href };
}

/** Sets `c.get("view")` from the session, or from what the visitor's browser says. */
export function loadView(c: Ctx): void {
  const [session, services] = [c.get("session"), c.get("services")];
  const wish = c.req.query("lang");
  const locale = session?.locale ??
    (wish === "de" || wish === "en" ? wish : preferredLocale(c.req.header("Accept-Language")));
  const t = translator(locale);
  const limited = { limits: session?.fieldLimits ?? null };
  const view: View = {
    t,
    locale,
    format: formatter(locale, now(), { country: session?.tenantCountry ?? undefined }),
    can: (action) => session?.role ? can(session.role, action) : false,
    shows: (kind, field) => !isHidden(limited, kind, field),
    edits: (kind, field) => mayWrite(limited, kind, field),
    hides: hidesAny(limited),
    fixed: (kind) => fixedColumns(limited, kind),
    now: now(),
    path: pathOf(c),
    theme: session?.theme ?? "auto",
    user: session?.role && session.tenantName !== null
      ? {
        name: session.name,
        email: session.email,
        role: session.role,
        tenantName: session.tenantName,
        tenantSlug: session.tenantSlug!,
        operator: session.operator,
        tenants: session.tenants,
        unread: session.unread,
      }
      : null,
    policy: session?.policy ?? null,
    contract: session?.tenantPhase && session.contractEndsOn
      ? { phase: session.tenantPhase, endsOn: session.contractEndsOn }
      : null,
    flash: session?.flash && isMessageKey(session.flash.key)
      ? {
        kind: session.flash.kind,
        text: t(session.flash.key, session.flash.params),
        focus: session.flash.focus,
        ...(session.flash.undo
          ? { undo: { action: session.flash.undo, label: t("common.undo") } }
          : {}),
        ...(session.flash.next ? { next: nextStep(t, session.flash.next) } : {}),
      }
      : null,
    asset: services.assets.url,
  };
  c.set("view", view);
}
