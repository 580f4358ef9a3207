/** The message after an action, with an undo button where there is one. */

import type { View } from "../view.ts";
import { PostButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

const icons = { ok: "circle-check", error: "circle-alert", info: "info" } as const;

/** The flash of this request, if any; read out politely, errors at once. */
export const Flash = ({ view }: { view: View }) => {
  const { flash } = view;
  if (!flash) return null;
  return (
    <div class={`flash flash-${flash.kind}`} role={flash.kind === "error" ? "alert" : "status"}>
      <Icon view={view} name={icons[flash.kind]} />
      <p>{flash.text}</p>
      {flash.next ? <a href={flash.next.href}>{flash.next.label}</a> : null}
      {flash.undo
        ? (
          <PostButton
            view={view}
            action={flash.undo.action}
            label={flash.undo.label}
            icon="undo-2"
            variant="quiet"
          />
        )
        : null}
    </div>
  );
};

/** A lasting remark inside a page: `info`, `ok`, `warn` or `error`. */
export const Notice = (
  { view, kind, text }: { view: View; kind: "info" | "ok" | "warn" | "error"; text: string },
) => (
  <div class={`flash flash-${kind}`}>
    <Icon view={view} name={kind === "warn" ? "triangle-alert" : icons[kind]} />
    <p>{text}</p>
  </div>
);

/** Where `notices.js` says that a request did not come through. */
export const RequestFault = ({ view }: { view: View }) => (
  <div
    class="flash flash-error request-fault"
    role="alert"
    id="request-fault"
    hidden
    data-network={view.t("errors.network")}
    data-server={view.t("errors.server")}
    data-unavailable={view.t("errors.unavailable")}
  />
);
