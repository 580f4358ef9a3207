/** What can be done with the activities ticked in a list, in the bar above it. */
import type { ActivityRow, Share } from "../../db/activity_lists.ts";
import type { Owner } from "../../db/choices.ts";
import { query } from "../path.ts";
import { ownerOptions } from "../records/choices.ts";
import { Button } from "../ui/button.tsx";
import { HiddenField } from "../ui/field.tsx";
import type { View } from "../view.ts";

/** The form that the rows' ticks belong to. */
const form = "batch-form";

/** The value for having no owner. */
export const nobody = "none";

/** What somebody wanted to do when something was missing: shown again, so that nothing is lost. */
export interface Wish {
  ids: readonly string[];
  day: string;
  ownerId: string;
}

/** The ticks of the rows, for those who may change them. */
export const batchSelection = (view: View, { ids }: Wish) =>
  view.can("activities.write")
    ? {
      form,
      name: "ids",
      value: ({ id }: ActivityRow) => id,
      label: ({ subject }: ActivityRow) => subject,
      ticked: new Set(ids),
    }
    : undefined;

/** The bar: what is done already has no day any more. */
export const BatchBar = (
  { view, share, owners, wish }: {
    view: View;
    share: Share;
    owners: readonly Owner[];
    wish: Wish;
  },
) => {
  const { t } = view;
  if (!view.can("activities.write")) return null;
  const open = share !== "done";
  const act = (action: string, label: string) => (
    <Button view={view} name="action" value={action} label={label} />
  );
  return (
    <form id={form} class="toolbar bulk-bar" method="post" action="/activities/batches">
      {/* What Enter presses in the field of the day. */}
      <button
        type="submit"
        name="action"
        value="day"
        class="visually-hidden"
        tabindex={-1}
        aria-hidden="true"
      />
      <HiddenField name="back" value={query(view.path, { ids: null, day: null, give: null })} />
      {open ? act("done", t("activities.complete")) : null}
      <Button
        view={view}
        name="action"
        value="delete"
        label={t("activities.batch_trash")}
        icon="trash-2"
        iconOnly
      />
      {open
        ? (
          <span class="pair">
            <input
              type="date"
              name="day"
              id="batch-day"
              value={wish.day || undefined}
              aria-label={t("activities.batch_to_day")}
              aria-keyshortcuts="b"
            />
            {act("day", t("activities.postpone"))}
          </span>
        )
        : null}
      <span class="pair">
        <select name="ownerId" id="batch-owner" aria-label={t("activities.batch_to_owner")}>
          <option value="">{t("activities.batch_to_owner_short")}</option>
          {[...ownerOptions(owners), { value: nobody, label: t("activities.owner_none") }].map((
            { value, label },
          ) => <option value={value} selected={value === wish.ownerId}>{label}</option>)}
        </select>
        {act("owner", t("activities.batch_give"))}
      </span>
      <output data-ticked={t("lists.bulk_ticked", { count: "{count}" })} />
    </form>
  );
};
