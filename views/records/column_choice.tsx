/** The choice of a list's columns and their order: a select per place, sent as part of the address. */
import type { Kind } from "../../db/record_kinds.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { HiddenField } from "../ui/field.tsx";
import type { View } from "../view.ts";
import { columnKeys, usualColumns } from "./columns.ts";
import { type Asked, listHref, listParameters } from "./lists.tsx";

/** Folded away below the list; `labels` are the columns' headings by key. */
export const ColumnChoice = ({ view, kind, base, asked, labels }: {
  view: View;
  kind: Kind;
  base: string;
  asked: Asked;
  labels: Record<string, string>;
}) => {
  const { t } = view;
  const chosen = asked.columns ?? usualColumns(kind);
  const kept = Object.entries(listParameters({ ...asked, columns: null }));
  return (
    <details class="column-choice" id="column-choice">
      <summary class="button button-quiet">{t("lists.columns")}</summary>
      <form method="get" action={base} class="filters-grid" aria-label={t("lists.columns")}>
        {kept.map(([name, value]) => value ? <HiddenField name={name} value={value} /> : null)}
        {columnKeys[kind].map((_, place) => (
          <label>
            {t("lists.column_no", { number: place + 2 })}
            <select name="cols">
              <option value="">{t("lists.columns_none")}</option>
              {columnKeys[kind].map((key) => (
                <option value={key} selected={key === chosen[place]}>{labels[key]}</option>
              ))}
            </select>
          </label>
        ))}
        <Button view={view} label={t("lists.columns_apply")} />
        {asked.columns
          ? (
            <LinkButton
              view={view}
              href={listHref(base, { ...asked, columns: null })}
              label={t("common.reset")}
              variant="quiet"
              icon="x"
            />
          )
          : null}
      </form>
    </details>
  );
};
