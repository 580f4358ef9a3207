/** Shown instead of a page or action that the tenant's contract no longer allows. */
import type { Phase } from "../../db/contracts.ts";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { FormActions } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  phase: Exclude<Phase, "open">;
  endsOn: string | null;
  /** Owners can still take everything out, or the notice back. */
  owner: boolean;
}

export const ContractOver = ({ view, phase, endsOn, owner }: Props) => {
  const { t, format } = view;
  const date = endsOn ? format.date(endsOn) : "";
  return (
    <>
      <PageHeader view={view} title={t("contracts.over_title")} />
      <p>
        {t(phase === "read_only" ? "contracts.over_reading" : "contracts.over_closed", { date })}
      </p>
      <FormActions>
        {owner
          ? (
            <LinkButton
              view={view}
              href="/settings/contract"
              label={t("contracts.to_contract")}
              variant="primary"
            />
          )
          : null}
        <PostButton view={view} action="/logout" label={t("layout.sign_out")} />
      </FormActions>
    </>
  );
};
