/** What an erasure would remove, and what stays, until when and under which provision. */
import type { Preview } from "../../db/erasure_previews.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { Notice } from "../ui/flash.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";

/** The plan, before anybody approves it; `officer` where that is done on the same page. */
export const ErasurePlan = (
  { view, preview, officer = false }: { view: View; preview: Preview; officer?: boolean },
) => {
  const { t, format } = view;
  const { plan: { tables, kept }, doubt, mentions } = preview;
  const warning = doubt && (officer && doubt === "unconfirmed" ? "mail_unconfirmed" : doubt);
  const word = (key: string, name: string) => isMessageKey(key) ? t(key) : name;
  const tableWord = (name: string) =>
    word(`access.table_${name}`, word(`own_privacy.table_${name}`, name));
  return (
    <Panel title={t("erasures.plan")} id="erasure-plan">
      {warning ? <Notice view={view} kind="warn" text={t(`erasures.${warning}`)} /> : null}
      <h3>{t("erasures.goes")}</h3>
      <p>
        {tables.map(({ name, count }) => `${tableWord(name)} ${format.number(count)}`).join(" · ")}
      </p>
      <p class="hint">{t("erasures.goes_hint")}</p>
      {mentions > 0 ? <p>{t("erasures.mentions", { count: mentions })}</p> : null}
      <h3>{t("certificates.kept")}</h3>
      {kept.length === 0 ? <p>{t("certificates.kept_none")}</p> : (
        <TextTable
          caption={t("certificates.kept")}
          head={[
            t("certificates.store"),
            t("erasures.count"),
            t("certificates.basis"),
            t("certificates.kept_until"),
          ]}
          rows={kept.map(({ name, count, basis, until }) => [
            word(`certificates.kept_${name}`, name),
            format.number(count),
            basis,
            until ? format.date(until) : "",
          ])}
        />
      )}
    </Panel>
  );
};
