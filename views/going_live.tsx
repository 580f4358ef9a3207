/** What everyone sees in production until the provider's details are complete. */
import type { Provider } from "../db/provider.ts";
import { providerLabels } from "./provider.tsx";
import { LinkButton } from "./ui/button.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** The page, with what the operator has to fill in. */
export const GoingLive = (
  { view, missing }: { view: View; missing: readonly (keyof Provider)[] },
) => {
  const { t } = view;
  const labels = providerLabels(view);
  return (
    <>
      <PageHeader
        view={view}
        title={t("provider.waiting_title")}
        sub={t("provider.waiting_text")}
      />
      <p>{t("provider.waiting_missing")}</p>
      <ul>
        {missing.map((name) => <li>{labels[`provider.${name}`]}</li>)}
      </ul>
      <LinkButton
        view={view}
        href="/login?next=%2Foperator%2Fprovider"
        label={t("provider.waiting_action")}
        variant="primary"
      />
    </>
  );
};
