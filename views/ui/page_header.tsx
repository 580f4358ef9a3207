/** The top of a page: breadcrumbs, its one h1, and actions. */

import type { Child } from "hono/jsx";
import type { View } from "../view.ts";

/** A place above this one. */
export interface Crumb {
  href: string;
  label: string;
}

/** The breadcrumb of the settings starts at their first page, for users who may open it. */
function wayOf({ t, can }: View, crumbs: readonly Crumb[]): readonly Crumb[] {
  const inside = crumbs[0]?.href.startsWith("/settings/") && can("settings.manage");
  return inside ? [{ href: "/settings", label: t("tenants.settings") }, ...crumbs] : crumbs;
}

/** The way from the list to this page; the page itself is the h1 below and not repeated. */
const Breadcrumb = ({ view, crumbs }: { view: View; crumbs: readonly Crumb[] }) => (
  <nav class="breadcrumb" aria-label={view.t("layout.you_are_here")}>
    <ol>
      {wayOf(view, crumbs).map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ol>
  </nav>
);

/** `sub` is a line under the title, `marks` are badges beside it, children the buttons. */
export const PageHeader = (
  { view, title, sub, marks, crumbs = [], children }: {
    view: View;
    title: string;
    sub?: Child;
    marks?: Child;
    crumbs?: readonly Crumb[];
    children?: Child;
  },
) => (
  <header class="page-header">
    {crumbs.length ? <Breadcrumb view={view} crumbs={crumbs} /> : null}
    <div class="page-header-row">
      <div class="page-title">
        <h1 tabindex={-1}>{title}</h1>
        {marks}
        {sub ? <p class="page-sub">{sub}</p> : null}
      </div>
      {children ? <div class="page-actions">{children}</div> : null}
    </div>
  </header>
);
