/** Says that there are sample data, and removes them. */
import type { Samples } from "../db/samples.ts";
import { PostButton } from "./ui/button.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

/** Part of the settings; nothing without samples or without the right to remove them. */
export const SamplesPanel = ({ view, samples }: { view: View; samples: Samples | null }) => {
  if (!samples || !view.can("samples.remove")) return null;
  const { t, format } = view;
  return (
    <Panel title={t("samples.title")} id="samples">
      <p>
        {t("samples.text", {
          contacts: format.number(samples.contacts),
          companies: format.number(samples.companies),
        })}
      </p>
      <PostButton
        view={view}
        action="/samples/removal"
        label={t("samples.remove")}
        icon="trash-2"
        variant="danger"
      />
    </Panel>
  );
};
