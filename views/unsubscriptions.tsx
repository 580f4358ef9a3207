/** The page for people who want no more marketing mail. */
import type { Unsubscription } from "../db/unsubscriptions.ts";
import { path } from "./path.ts";
import { Button } from "./ui/button.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  found: Unsubscription;
}

/** The question with its buttons, or that it is done. */
export const UnsubscriptionPage = (
  { view, found, done }: { view: View; found: Unsubscription | null; done: boolean },
) => (
  <>
    <PageHeader view={view} title={view.t("unsubscriptions.title")} />
    {!found
      ? <p>{view.t("unsubscriptions.unknown")}</p>
      : done || found.usedAt
      ? <Settled view={view} found={found} />
      : <Question view={view} found={found} />}
    {found
      ? (
        <p class="hint">
          <a href={path`/p/${found.slug}/requests/new`}>
            {view.t("unsubscriptions.rights", { tenant: found.tenantName })}
          </a>
        </p>
      )
      : null}
  </>
);

const Question = ({ view, found }: Props) => (
  <form method="post" action={view.path}>
    <p>{view.t("unsubscriptions.question", { tenant: found.tenantName })}</p>
    <div class="form-actions">
      <Button view={view} label={view.t("unsubscriptions.act")} variant="primary" />
      {found.everywhere === null ? null : <Everywhere view={view} />}
    </div>
  </form>
);

const Settled = ({ view, found }: Props) => {
  const { t } = view;
  const words = t(found.everywhere ? "unsubscriptions.done_everywhere" : "unsubscriptions.done", {
    tenant: found.tenantName,
  });
  return (
    <>
      <p role="status">{words}</p>
      <p class="hint">{t("unsubscriptions.still")}</p>
      {found.everywhere === false
        ? (
          <form method="post" action={view.path}>
            <p>{t("unsubscriptions.more")}</p>
            <Everywhere view={view} />
          </form>
        )
        : null}
    </>
  );
};

/** The right is against marketing as such, not against mail alone. */
const Everywhere = ({ view }: { view: View }) => (
  <Button view={view} label={view.t("unsubscriptions.act_everywhere")} name="channel" value="all" />
);
