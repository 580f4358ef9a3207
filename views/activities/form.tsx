/** The form of an activity, new or old. */
import type { Choices } from "../../db/choices.ts";
import type { Cycle } from "../../db/recurrences.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { ownerOptions } from "../records/choices.ts";
import { Conflict, type Difference } from "../records/fields.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import {
  Checkbox,
  CheckboxGroup,
  DateField,
  FieldRow,
  HiddenField,
  NumberField,
  type Option,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  TimeField,
} from "../ui/field.tsx";
import {
  fieldId,
  Form,
  FormActions,
  type FormState,
  type Labels,
  valueOf,
  valuesOf,
} from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { DayChoices } from "./days.tsx";
import { kinds, priorities, weekdayName, weekdays } from "./marks.tsx";
import { remindWords } from "./page.tsx";
import { type Picked, RecordPicker } from "./picker.tsx";

interface Props {
  view: View;
  form: FormState;
  choices: Choices;
  picked: Picked;
  /** Minutes before the time that are offered for reminders. */
  offers: readonly number[];
  /** The activity that is edited; null for a new one. */
  activity: { id: string; subject: string } | null;
  /** What somebody else saved meanwhile. */
  differences?: readonly Difference[];
}

const durations = [15, 30, 45, 60, 90, 120, 180, 240, 360, 480];
const cycles: readonly Cycle[] = [
  "day",
  "week",
  "month",
  "month_weekday",
  "month_last_weekday",
  "year",
];

/** The fields' names in words. */
const activityLabels = ({ t }: View): Labels => ({
  kind: t("activities.kind"),
  subject: t("activities.subject"),
  body: t("activities.body"),
  dueDay: t("activities.due_day"),
  dueTime: t("activities.due_time"),
  minutes: t("activities.minutes"),
  lastDay: t("activities.last_day"),
  priority: t("activities.priority"),
  ownerId: t("activities.owner"),
  remindBefore: t("activities.remind_before"),
  repeatCycle: t("activities.repeat"),
  repeatInterval: t("activities.repeat_interval"),
  repeatDays: t("activities.repeat_days"),
  repeatUntil: t("activities.repeat_until"),
  repeatTimes: t("activities.repeat_times"),
  about: t("activities.about"),
  find: t("activities.about"),
  users: t("activities.participants"),
});

/** The page with the form. */
export const ActivityForm = (props: Props) => {
  const { view, form, activity, picked, differences } = props;
  const { t } = view;
  const labels = activityLabels(view);
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  const back = activity ? withinList(view, path`/activities/${activity.id}`) : "/activities";
  return (
    <>
      <PageHeader
        view={view}
        title={t(activity ? "activities.edit" : "activities.new")}
        crumbs={[
          { href: "/activities", label: t("activities.title") },
          ...(activity ? [{ href: back, label: activity.subject }] : []),
        ]}
      />
      {differences ? <Conflict {...props} differences={differences} labels={labels} /> : null}
      <Form view={view} form={form} labels={labels}>
        {["id", "version", "back"].map((name) => (
          <HiddenField name={name} value={valueOf(form, name)} />
        ))}
        <RadioGroup
          {...field("kind")}
          inline
          options={kinds.map((value) => ({ value, label: t(`activities.kind_${value}`) }))}
        />
        <TextField
          {...field("subject")}
          required
          size="full"
          maxlength={200}
          autofocus={valueOf(form, "_blank") !== ""}
        />
        <div class="due-fields">
          <Timing {...props} labels={labels} />
        </div>
        <RecordPicker view={view} form={form} picked={picked} />
        <People {...props} labels={labels} />
        <div class="due-fields">
          <Repetition {...props} labels={labels} />
        </div>
        <TextArea {...field("body")} />
        {activity ? null : (
          <div class="due-fields">
            <Checkbox {...field("done")} label={t("activities.done")} />
          </div>
        )}
        <FormActions>
          <Button
            view={view}
            label={t(activity ? "common.save" : "common.create")}
            variant="primary"
          />
          <LinkButton
            view={view}
            href={valueOf(form, "back") || back}
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
    </>
  );
};

type Part = Props & { labels: Labels };

const Timing = ({ view, form, labels }: Part) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  const minutes = [...new Set([...durations, Number(valueOf(form, "minutes"))])]
    .filter((each) => Number.isInteger(each) && each > 0 && each <= 24 * 60)
    .sort((a, b) => a - b);
  return (
    <FieldRow>
      <div>
        <DateField {...field("dueDay")} hint={t("activities.due_day_hint")} />
        <DayChoices view={view} fills={fieldId("dueDay")} />
      </div>
      <TimeField {...field("dueTime")} size="s" />
      <Select
        {...field("minutes")}
        size="s"
        empty={t("activities.minutes_none")}
        options={minutes.map((each) => ({ value: String(each), label: lengthWords(view, each) }))}
      />
      <DateField {...field("lastDay")} />
    </FieldRow>
  );
};

/** `45 Min.`, `1 Std. 30 Min.` */
function lengthWords({ locale }: View, minutes: number): string {
  return new Intl.DurationFormat(locale, { style: "short" }).format({
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
  });
}

const People = ({ view, form, choices, offers, labels }: Part) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  const reminders = [...new Set([...offers, Number(valueOf(form, "remindBefore") || 0)])]
    .sort((a, b) => a - b);
  const team: Option[] = ownerOptions(choices.owners);
  return (
    <>
      <FieldRow>
        <Select {...field("ownerId")} options={team} empty={t("activities.owner_none")} />
        <Select
          {...field("priority")}
          size="s"
          options={priorities.map((value) => ({
            value,
            label: t(`activities.priority_${value}`),
          }))}
        />
        <Select
          {...field("remindBefore")}
          hint={t("activities.remind_hint")}
          empty={t("activities.remind_none")}
          options={reminders.map((each) => ({
            value: String(each),
            label: remindWords(view, each),
          }))}
        />
      </FieldRow>
      {team.length > 1
        ? (
          <details class="fold" open={valuesOf(form, "users").length > 0 || undefined}>
            <summary>{t("activities.more_participants")}</summary>
            <CheckboxGroup {...field("users")} options={team} inline />
          </details>
        )
        : null}
    </>
  );
};

const Repetition = ({ view, form, labels }: Part) => {
  const { t, locale } = view;
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  const open = valueOf(form, "repeatCycle") !== "" ||
    Object.keys(form.errors).some((name) => name.startsWith("repeat"));
  return (
    <details class="fold" open={open || undefined}>
      <summary>{t("activities.repeat")}</summary>
      <FieldRow>
        <Select
          {...field("repeatCycle")}
          empty={t("activities.repeat_none")}
          options={cycles.map((value) => ({
            value,
            label: t(`activities.repeat_${value}`, { count: 1 }),
          }))}
        />
        <NumberField
          {...field("repeatInterval")}
          hint={t("activities.repeat_interval_hint")}
          inputmode="numeric"
          maxlength={2}
        />
        <DateField {...field("repeatUntil")} />
        <NumberField
          {...field("repeatTimes")}
          hint={t("activities.repeat_times_hint")}
          inputmode="numeric"
          maxlength={3}
        />
      </FieldRow>
      <CheckboxGroup
        {...field("repeatDays")}
        inline
        options={weekdays.map((value) => ({ value, label: weekdayName(locale, value) }))}
      />
    </details>
  );
};
