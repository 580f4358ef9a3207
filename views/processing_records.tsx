/** The records of processing (Art. 30 GDPR) and the balancing tests, for the operator. */
import type { Due } from "../db/balancing_tests.ts";
import type { ProcessorFact } from "../db/policies/facts.ts";
import type { Activity, Customer } from "../db/processing_records.ts";
import type { ProcessingContent, Versions } from "../db/register_versions.ts";
import { type Parties, someCustomers } from "./processing_parties.ts";
import { OperatorHead } from "./operator.tsx";
import { Activities } from "./processing_activities.tsx";
import { ProcessingVersions } from "./processing_versions.tsx";
import { isMessageKey } from "./i18n/translate.ts";
import { Badge } from "./ui/badge.tsx";
import { Button, LinkButton } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import {
  DateField,
  FieldRow,
  Fieldset,
  HiddenField,
  Select,
  TextArea,
  TextField,
} from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  parties: Parties;
  processorParties: Parties;
  controller: readonly Activity[];
  processor: readonly Activity[];
  customers: readonly Customer[];
  processors: readonly ProcessorFact[];
  due: readonly Due[];
  versions: Versions<ProcessingContent>;
  form: FormState;
}

/** An activity that rests on a legitimate interest, by its purpose. */
const activityName = ({ t }: View, activity: string): string => {
  const key = `personal_data.purpose_${activity.split(".")[0]}`;
  return isMessageKey(key) ? t(key) : activity;
};

/** Both records, then the balancing tests with the form for the next one. */
export const RecordsPage = (props: Props) => {
  const { view, parties, processorParties, controller, processor, customers } = props;
  const { processors, due, versions, form } = props;
  const { t } = view;
  return (
    <>
      <OperatorHead view={view} current="records" />
      <div class="form-actions">
        <LinkButton
          view={view}
          href="/operator/records.pdf"
          label={t("processing_records.pdf")}
          icon="download"
          variant="quiet"
          download
        />
        <LinkButton
          view={view}
          href="/operator/records.csv"
          label={t("processing_records.csv")}
          icon="download"
          variant="quiet"
          download
        />
      </div>
      <Panel title={t("processing_records.as_controller")}>
        <DescriptionList items={parties} />
        <Activities
          view={view}
          caption={t("processing_records.as_controller")}
          activities={controller}
          processors={processors}
        />
      </Panel>
      <Panel title={t("processing_records.as_processor")}>
        <DescriptionList
          items={[
            ...processorParties,
            [t("processing_records.customers"), someCustomers(view, customers)],
          ]}
        />
        <Activities
          view={view}
          caption={t("processing_records.as_processor")}
          activities={processor}
          processors={processors}
        />
      </Panel>
      <Panel title={t("processing_records.balancing")} id="balancing">
        <BalancingTests view={view} due={due} />
        <BalancingForm view={view} due={due} form={form} />
      </Panel>
      <ProcessingVersions view={view} versions={versions} />
    </>
  );
};

const BalancingTests = ({ view, due }: { view: View; due: readonly Due[] }) => {
  const { t, format } = view;
  return (
    <DataTable<Due>
      view={view}
      caption={t("processing_records.balancing")}
      columns={[
        {
          key: "activity",
          header: t("processing_records.activity"),
          cell: ({ activity }) => activityName(view, activity),
        },
        {
          key: "interest",
          header: t("processing_records.interest"),
          priority: 2,
          cell: ({ test }) => test?.interest ?? "",
        },
        {
          key: "balance",
          header: t("processing_records.balance"),
          priority: 2,
          cell: ({ test }) => test?.balance ?? "",
        },
        {
          key: "reviewer",
          header: t("processing_records.reviewer"),
          priority: 2,
          cell: ({ test }) => test?.reviewer ?? "",
        },
        {
          key: "reviewed",
          header: t("processing_records.reviewed_on"),
          cell: ({ test }) => test ? format.date(test.reviewedOn) : "",
        },
        {
          key: "due",
          header: t("processing_records.due"),
          cell: ({ dueOn, overdue }) =>
            overdue
              ? Badge({
                label: t(`processing_records.${dueOn ? "overdue" : "missing"}`),
                tone: "warn",
              })
              : format.date(dueOn!),
        },
      ]}
      rows={due}
    />
  );
};

const BalancingForm = (
  { view, due, form }: { view: View; due: readonly Due[]; form: FormState },
) => {
  const { t } = view;
  const labels = {
    activity: t("processing_records.activity"),
    interest: t("processing_records.interest"),
    necessity: t("processing_records.necessity"),
    balance: t("processing_records.balance"),
    reviewer: t("processing_records.reviewer"),
    reviewedOn: t("processing_records.reviewed_on"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  return (
    <Form view={view} form={form} labels={labels} action="/operator/records">
      <HiddenField name="id" value={valueOf(form, "id")} />
      <Fieldset legend={t("processing_records.review")}>
        <Select
          {...field("activity")}
          options={due.map(({ activity }) => ({
            value: activity,
            label: activityName(view, activity),
          }))}
          required
        />
        <TextArea
          {...field("interest")}
          hint={t("processing_records.interest_hint")}
          rows={3}
          required
        />
        <TextArea
          {...field("necessity")}
          hint={t("processing_records.necessity_hint")}
          rows={3}
          required
        />
        <TextArea
          {...field("balance")}
          hint={t("processing_records.balance_hint")}
          rows={3}
          required
        />
        <FieldRow>
          <TextField {...field("reviewer")} size="l" maxlength={200} required />
          <DateField {...field("reviewedOn")} required />
        </FieldRow>
      </Fieldset>
      <FormActions>
        <Button view={view} label={t("common.save")} variant="primary" />
      </FormActions>
    </Form>
  );
};
