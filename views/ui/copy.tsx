/** The button that copies the text before it; hidden without script. */
import type { View } from "../view.ts";
import { Icon } from "./icon.tsx";

export const CopyButton = ({ view, text }: { view: View; text: string }) => (
  <button
    type="button"
    class="button button-quiet button-icon copy"
    title={view.t("common.copy", { text })}
    data-copied={view.t("common.copied")}
    data-needs-script
    hidden
  >
    <Icon view={view} name="copy" />
    <span class="visually-hidden">{view.t("common.copy", { text })}</span>
  </button>
);
