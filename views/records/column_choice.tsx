/** Choosing a list's columns and their order: a select for each, sent as part of the address. */
import type { Kind } from "../../db/record_kinds.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { HiddenField } from "../ui/field.tsx";
import { keptMarkup } from "../kept_markup.ts";
import type { View } from "../view.ts";
import { columnKeys, usualColumns } from "./columns.ts";
import { type Asked, listHref, listParameters } from "./lists.tsx";

interface Props {
  view: View;
  kind: Kind;
  base: string;
  asked: Asked;
  /** The columns' headings by key; those that are hidden from the role are missing. */
  labels: Record<string, string>;
  /** Keys of columns that show custom fields. */
  own?: readonly string[];
}

/** That of a list which was asked for without anything, as most are. */
const usual = keptMarkup<ReturnType<typeof Choice>>();

/** Folded away below the list. */
export const ColumnChoice = (props: Props) => {
  const { view, kind, base, asked, labels, own = [] } = props;
  const plain = Object.values(listParameters(asked)).every((value) => !value);
  const whole = columnKeys[kind].every((key) => key in labels);
  if (!plain || !whole || own.length > 0) return <Choice {...props} />;
  return usual(`${base} ${view.locale}`, () => <Choice {...props} />);
};

const Choice = ({ view, kind, base, asked, labels, own = [] }: Props) => {
  const { t } = view;
  const keys = [...columnKeys[kind], ...own].filter((key) => key in labels);
  const chosen = asked.columns ?? usualColumns(kind);
  const kept = Object.entries(listParameters({ ...asked, columns: null }));
  return (
    <details class="column-choice" id="column-choice">
      <summary class="button button-quiet">{t("lists.columns")}</summary>
      <form method="get" action={base} class="filters-grid" aria-label={t("lists.columns")}>
        {kept.map(([name, value]) => value ? <HiddenField name={name} value={value} /> : null)}
        {keys.map((_, place) => (
          <label>
            {t("lists.column_no", { number: place + 2 })}
            <select name="cols">
              <option value="">{t("lists.columns_none")}</option>
              {keys.map((key) => (
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
