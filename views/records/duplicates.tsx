/** Possible duplicates of a record being entered: shown while typing, and after sending. */
import type { Duplicate } from "../../db/duplicates.ts";
import { path } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/flash.tsx";
import { FormActions } from "../ui/form.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  noun: "contacts" | "companies" | "deals";
  found: readonly Duplicate[];
  /** Whether a detail belongs to somebody who was erased, has objected or is restricted. */
  barred?: boolean;
  /** Whether the form of a further record follows. */
  next?: boolean;
}

/** The place below the name: with script it follows what is typed, and is read out when it fills. */
export const DuplicatesField = ({ view, noun, found, barred = false, next }: Props) => (
  <div
    id="duplicates"
    class="duplicates"
    role="status"
    data-hx-post={path`/duplicates/${noun}`}
    data-hx-trigger="input delay:400ms from:'closest form'"
    data-hx-target="this"
    data-hx-swap="innerHTML"
    data-hx-sync="this:replace"
  >
    {barred || found.length > 0
      ? (
        <div tabindex={-1} autofocus>
          {barred ? <Notice view={view} kind="warn" text={view.t("records.barred")} /> : null}
          <Duplicates view={view} noun={noun} found={found} />
          <FormActions>
            <Button
              view={view}
              label={view.t("records.save_anyway")}
              name="_anyway"
              value={next ? "next" : "1"}
            />
          </FormActions>
        </div>
      )
      : null}
  </div>
);

/** The same warning where a record that is there is given such a particular. */
export const Barred = ({ view }: { view: View }) => (
  <div class="duplicates" role="status" tabindex={-1} autofocus>
    <Notice view={view} kind="warn" text={view.t("records.barred_edit")} />
    <FormActions>
      <Button view={view} label={view.t("records.save_barred")} name="_anyway" value="1" />
    </FormActions>
  </div>
);

const words = {
  contacts: "contacts.duplicates",
  companies: "companies.duplicates",
  deals: "deals.duplicates",
} as const;

/** The records with what speaks for each; each opens beside the form. */
export const Duplicates = ({ view, noun, found }: Props) => {
  const { t } = view;
  if (found.length === 0) return null;
  return (
    <>
      <Notice view={view} kind="warn" text={t(words[noun])} />
      <ul>
        {found.map((each) =>
          each.hidden ? <Hidden view={view} found={each} /> : (
            <li>
              <a href={path`/${noun}/${each.id}`} target="_blank">
                {each.name}
                <span class="visually-hidden">({t("common.new_tab")})</span>
              </a>
              <span>{[each.company, each.city, each.stage].filter(Boolean).join(", ")}</span>
              <small>{each.reasons.map((reason) => t(`records.same_${reason}`)).join(", ")}</small>
            </li>
          )
        )}
      </ul>
    </>
  );
};

/** A duplicate hidden from this user: says that it exists, and whom to ask. */
const Hidden = ({ view: { t }, found: { ownerName } }: { view: View; found: Duplicate }) => (
  <li>
    {ownerName ? t("records.hidden_of", { name: ownerName }) : t("records.hidden_of_nobody")}
  </li>
);
