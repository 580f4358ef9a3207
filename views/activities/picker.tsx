/** Choosing what an activity is about: chosen records, and results to tick, with and without script. */
import type { About } from "../../db/activity_links.ts";
import type { Candidate } from "../../db/record_candidates.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import type { FormState } from "../ui/form.tsx";
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";

/** The contents of the picker. */
export interface Picked {
  chosen: readonly About[];
  /** Hits of the text in the field; null while nothing was searched. */
  found: readonly Candidate[] | null;
}

const icons = { contact: "user", company: "building-2", deal: "handshake" } as const;

const valueOf = ({ kind, id }: About) => `${kind}:${id}`;

/** What a field's frame asks for while somebody types into it: hits, beside what is chosen. */
const asking = {
  "data-hx-get": "/activities/candidates",
  "data-hx-trigger": "input changed delay:250ms from:'find input'",
  "data-hx-include": "closest .picker",
  "data-hx-target": "#picker-list",
  "data-hx-swap": "innerHTML",
  "data-hx-sync": "this:replace",
};

/** The field with the list below it. */
export const RecordPicker = (
  { view, form, picked }: { view: View; form: FormState; picked: Picked },
) => {
  const { t } = view;
  return (
    <fieldset class="quiet picker">
      <legend>{t("activities.about")}</legend>
      <div class="picker-find" {...asking}>
        <TextField
          view={view}
          form={form}
          name="find"
          label={t("activities.about_find")}
          hint={t("activities.about_find_hint")}
          size="l"
          maxlength={100}
        />
        <Button
          view={view}
          label={t("activities.find")}
          icon="search"
          name="_find"
          value="1"
          formnovalidate
        />
      </div>
      <div id="picker-list" aria-live="polite">
        <PickerList view={view} picked={picked} />
      </div>
      {form.errors.about ? <p class="error" id="f-about-error">{t("errors.option")}</p> : null}
    </fieldset>
  );
};

/** The same within one line of fields; the hits come below the line. */
export const QuickPicker = ({ view }: { view: View }) => {
  const { t } = view;
  return (
    <div class="contents picker">
      <label class="quick-about" {...asking}>
        <span>{t("activities.about")}</span>
        <input
          type="text"
          name="find"
          id="quick-about"
          maxlength={100}
          placeholder={t("activities.about_hint")}
          autocomplete="off"
        />
      </label>
      <div
        id="picker-list"
        class="quick-hits"
        role="group"
        aria-label={t("activities.about_hits")}
        aria-live="polite"
      />
    </div>
  );
};

/** What is chosen, ticked, then the hits. */
export const PickerList = ({ view, picked: { chosen, found } }: { view: View; picked: Picked }) => {
  const known = new Set(chosen.map(valueOf));
  const fresh = found?.filter((each) => !known.has(valueOf(each))) ?? [];
  return (
    <>
      {chosen.map((each) => <Choice view={view} record={each} checked />)}
      {found !== null && fresh.length === 0
        ? <p class="hint">{view.t("activities.about_nothing")}</p>
        : null}
      {fresh.map((each) => <Choice view={view} record={each} detail={each.detail} />)}
    </>
  );
};

const Choice = (
  { view, record, detail, checked }: {
    view: View;
    record: About;
    detail?: string | null;
    checked?: boolean;
  },
) => (
  <label class="choice">
    <input
      type="checkbox"
      name="about"
      value={valueOf(record)}
      checked={checked}
    />
    <Icon view={view} name={icons[record.kind]} />
    <span>
      {record.name}
      {detail ? <small>{detail}</small> : null}
    </span>
  </label>
);
