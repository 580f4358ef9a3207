/** The owners that a file names, each with the user who gets their rows here. */
import type { Owner } from "../../db/choices.ts";
import { fieldId, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

export interface OwnerOfFile {
  /** Its place among all names of the file. */
  at: number;
  name: string;
  rows: number;
  /** Whether somebody here is called so. */
  known: boolean;
  /** Who gets the rows: a user, nobody by choice, or the owner of rows that name nobody. */
  taker: string | null | undefined;
  takerName: string | null;
}

export interface OwnersHere {
  /** The owner of rows that name nobody; null: nobody. */
  rest: string | null;
  names: readonly OwnerOfFile[];
}

/** Names of a file that are shown: each has a choice among all users. */
const shown = 40;

const counted = ({ format }: View, { name, rows }: OwnerOfFile) =>
  `${name} (${format.number(rows)})`;

/** Before the trial run: owners that are known, and who takes the rows of the others. */
export const OwnersPanel = (
  { view, form, named, owners }: {
    view: View;
    form: FormState;
    named: OwnersHere | null;
    /** Who can be chosen; none: nobody may choose. */
    owners: readonly Owner[];
  },
) => {
  if (!named) return null;
  const { t } = view;
  const known = named.names.filter((each) => each.known);
  const others = named.names.filter((each) => !each.known);
  const may = owners.length > 0;
  return (
    <Panel title={t("imports.owners")}>
      {known.length === 0 ? null : (
        <p class="hint">
          {t("imports.owners_known", {
            names: known.slice(0, shown).map((each) => counted(view, each)).join(", "),
          })}
        </p>
      )}
      {others.length === 0 ? null : (
        <>
          <p class="hint">{t(may ? "imports.owners_unknown" : "imports.owners_unknown_fixed")}</p>
          <table class="data import-columns">
            <caption class="visually-hidden">{t("imports.owners")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("imports.in_file")}</th>
                <th scope="col">{t("imports.rows")}</th>
                {may ? <th scope="col">{t("imports.owner_here")}</th> : null}
              </tr>
            </thead>
            <tbody>
              {others.slice(0, shown).map((each) => (
                <tr>
                  <th scope="row" id={`owner-${each.at}`}>{each.name}</th>
                  <td>{view.format.number(each.rows)}</td>
                  {may
                    ? (
                      <td>
                        <TakerSelect {...{ view, form, each, owners }} />
                      </td>
                    )
                    : null}
                </tr>
              ))}
            </tbody>
          </table>
          {others.length > shown
            ? <p class="hint">{t("imports.owners_more", { count: others.length - shown })}</p>
            : null}
        </>
      )}
    </Panel>
  );
};

const TakerSelect = (
  { view, form, each, owners }: {
    view: View;
    form: FormState;
    each: OwnerOfFile;
    owners: readonly Owner[];
  },
) => {
  const name = `owner.o${each.at}`;
  const chosen = form.values[name] ?? (each.taker === null ? "nobody" : each.taker ?? "");
  return (
    <select name={name} id={fieldId(name)} aria-labelledby={`owner-${each.at}`}>
      <option value="">{view.t("imports.owner_rest")}</option>
      <option value="nobody" selected={chosen === "nobody"}>{view.t("records.no_owner")}</option>
      {owners.map(({ id, name }) => <option value={id} selected={id === chosen}>{name}</option>)}
    </select>
  );
};

/** After the trial run and the import: who has the rows of each name. */
export const OwnersReport = ({ view, named }: { view: View; named: OwnersHere | null }) => {
  if (!named) return null;
  const { t } = view;
  const taker = ({ taker, takerName }: OwnerOfFile) =>
    taker === undefined
      ? t("imports.owner_unknown", { owner: named.rest ?? t("records.no_owner") })
      : takerName ?? t("records.no_owner");
  const rest = named.names.length - shown;
  return (
    <Panel title={t("imports.owners")}>
      <p class="hint">{t("imports.owners_counted")}</p>
      <table class="data">
        <caption class="visually-hidden">{t("imports.owners")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("imports.in_file")}</th>
            <th scope="col">{t("imports.rows")}</th>
            <th scope="col">{t("imports.owner_here")}</th>
          </tr>
        </thead>
        <tbody>
          {named.names.slice(0, shown).map((each) => (
            <tr>
              <th scope="row">{each.name}</th>
              <td>{view.format.number(each.rows)}</td>
              <td>{taker(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 ? <p class="hint">{t("imports.owners_more", { count: rest })}</p> : null}
    </Panel>
  );
};
