/** Steps through a list by keyset: there is a next page and a previous one, no page numbers. */

import type { View } from "../view.ts";
import { Icon } from "./icon.tsx";

/** `previous` and `next` are addresses, null at an end; `shown` says what is in sight. */
export const Pager = (
  { view, previous, next, shown }: {
    view: View;
    previous: string | null;
    next: string | null;
    shown?: string;
  },
) => {
  if (!previous && !next && !shown) return null;
  const step = (href: string | null, rel: "prev" | "next") => {
    const label = view.t(rel === "prev" ? "common.page_previous" : "common.page_next");
    const face = (
      <>
        {rel === "prev" ? <Icon view={view} name="chevron-left" /> : null}
        <span>{label}</span>
        {rel === "next" ? <Icon view={view} name="chevron-right" /> : null}
      </>
    );
    return href
      ? <a class="button button-plain" href={href} rel={rel}>{face}</a>
      : <span class="button button-plain button-off" aria-hidden="true">{face}</span>;
  };
  return (
    <div class="pager">
      {shown ? <p>{shown}</p> : null}
      {previous || next
        ? (
          <nav aria-label={view.t("common.pages")}>
            {step(previous, "prev")}
            {step(next, "next")}
          </nav>
        )
        : null}
    </div>
  );
};
