/** The page on which another controller retrieves a person's data, once. */
import { Button } from "./ui/button.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** Says what the button does; a scanner that opens the link takes nothing. */
export const TransferPage = (
  { view, expiresAt, recipient }: { view: View; expiresAt: Date; recipient: string },
) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader view={view} title={t("transfers.title")} sub={recipient} />
      <p>{t("transfers.text", { until: format.dateTime(expiresAt) })}</p>
      <p class="hint">{t("transfers.program")}</p>
      <form method="post" action={view.path} data-hx-boost="false">
        <Button view={view} label={t("transfers.fetch")} variant="primary" />
      </form>
    </>
  );
};

/** The same for a link that was used, is over, or never was. */
export const TransferEnd = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("transfers.title")} />
    <p>{view.t("transfers.gone")}</p>
  </>
);
