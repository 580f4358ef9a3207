/** What a reader sees who wants no more marketing mail. */
import type { Unsubscription } from "../db/unsubscriptions.ts";
import { Button } from "./ui/button.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** The question with its one button, or that it is done. */
export const UnsubscriptionPage = (
  { view, found, done }: { view: View; found: Unsubscription | null; done: boolean },
) => {
  const { t } = view;
  const settled = done || found?.usedAt;
  return (
    <>
      <PageHeader view={view} title={t("unsubscriptions.title")} />
      {!found ? <p>{t("unsubscriptions.unknown")}</p> : settled
        ? (
          <>
            <p role="status">{t("unsubscriptions.done", { tenant: found.tenantName })}</p>
            <p class="hint">{t("unsubscriptions.still")}</p>
          </>
        )
        : (
          <form method="post" action={view.path}>
            <p>{t("unsubscriptions.question", { tenant: found.tenantName })}</p>
            <Button view={view} label={t("unsubscriptions.act")} variant="primary" />
          </form>
        )}
    </>
  );
};
