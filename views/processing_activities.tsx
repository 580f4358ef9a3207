/** The activities of the record of processing (Art. 30 GDPR) in words, for the page and for files. */
import type { ProcessorFact } from "../db/policies/facts.ts";
import type { Activity } from "../db/processing_records.ts";
import { generalPeriodText, places } from "./policies/content.ts";
import { DescriptionList } from "./ui/descriptions.tsx";
import { TextTable } from "./ui/text_table.tsx";
import type { View } from "./view.ts";

/** The columns of an activity, as the page, the CSV and the PDF name them. */
export const recordHead = ({ t }: View): string[] => [
  t("processing_records.activity"),
  t("processing_records.purpose"),
  t("processing_records.basis"),
  t("processing_records.subjects"),
  t("processing_records.categories"),
  t("processing_records.recipients"),
  t("processing_records.transfers"),
  t("processing_records.periods"),
  t("processing_records.measures"),
];

/** An activity in words, cell by cell. */
export function recordRow(
  view: View,
  activity: Activity,
  processors: readonly ProcessorFact[],
): string[] {
  const { t } = view;
  return [
    `${t(`personal_data.purpose_${activity.purpose}`)} (${
      t(`processing_records.basis_${activity.basis}`)
    })`,
    t(`personal_data.purpose_${activity.purpose}`),
    t(`personal_data.basis_${activity.basis}`),
    activity.subjects.map((each) => t(`personal_data.subject_${each}`)).join("; "),
    activity.categories.map((each) => t(`personal_data.category_${each}`)).join("; "),
    recipientsText(view, processors),
    t("processing_records.none"),
    activity.periods.map((each) =>
      `${t(`personal_data.class_${each.class}`)}: ${generalPeriodText(each, view)}`
    ).join("; "),
    t("processing_records.measures_text"),
  ];
}

/** Who receives data now, by the register, with where they work. */
function recipientsText({ t, locale }: View, processors: readonly ProcessorFact[]): string {
  const active = processors.filter((each) => each.active);
  if (active.length === 0) return t("processing_records.recipients_none");
  return active.map(({ name, countries }) => `${name} (${places(countries, locale)})`).join("; ");
}

/** The activities of a role, with what they have in common said once. */
export const Activities = (
  { view, caption, activities, processors }: {
    view: View;
    caption: string;
    activities: readonly Activity[];
    processors: readonly ProcessorFact[];
  },
) => {
  const head = recordHead(view);
  const rows = activities.map((each) => recordRow(view, each, processors));
  const shown = [1, 2, 3, 4, 7];
  // The same for all: the files name them in each line, the page once.
  const shared = [5, 6, 8];
  return (
    <>
      <TextTable
        caption={caption}
        head={shown.map((at) => head[at]!)}
        rows={rows.map((row) => shown.map((at) => row[at]!))}
      />
      {rows[0] ? <DescriptionList items={shared.map((at) => [head[at]!, rows[0]![at]!])} /> : null}
    </>
  );
};
