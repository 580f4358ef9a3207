/** The form of a breach: a new one, and what is known of it by now. */
import type { Risk } from "../../db/incidents.ts";
import { Button } from "../ui/button.tsx";
import {
  DateField,
  FieldRow,
  HiddenField,
  NumberField,
  RadioGroup,
  TextArea,
  TextField,
  TimeField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { home } from "./state.tsx";

const risks: readonly Risk[] = ["none", "risk", "high"];

/** A new breach. */
export const IncidentForm = ({ view, form }: { view: View; form: FormState }) => (
  <>
    <PageHeader
      view={view}
      title={view.t("incidents.new")}
      crumbs={[{ href: home, label: view.t("operator.incidents") }]}
    />
    <Fields view={view} form={form} action={`${home}/new`} />
  </>
);

/** The fields of a breach. */
export const Fields = ({ view, form, action }: { view: View; form: FormState; action: string }) => {
  const { t } = view;
  const names = [
    "title",
    "noticedOn",
    "noticedTime",
    "nature",
    "persons",
    "dataRecords",
    "consequences",
    "measures",
    "risk",
    "reason",
  ] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`incidents.${name}`)]));
  const field = (name: typeof names[number]) => ({ view, form, name, label: labels[name]! });
  return (
    <Form view={view} form={form} labels={labels} action={action}>
      <HiddenField name="id" value={valueOf(form, "id")} />
      <TextField
        {...field("title")}
        hint={t("incidents.title_hint")}
        size="full"
        maxlength={200}
        required
      />
      <FieldRow>
        <DateField {...field("noticedOn")} hint={t("incidents.noticed_hint")} required />
        <TimeField {...field("noticedTime")} required />
      </FieldRow>
      <FieldRow>
        <NumberField {...field("persons")} inputmode="numeric" />
        <NumberField {...field("dataRecords")} inputmode="numeric" />
      </FieldRow>
      <TextArea {...field("nature")} hint={t("incidents.nature_hint")} required />
      <TextArea {...field("consequences")} />
      <TextArea {...field("measures")} />
      <RadioGroup
        {...field("risk")}
        hint={t("incidents.risk_hint")}
        options={risks.map((value) => ({ value, label: t(`incidents.risk_${value}`) }))}
        required
      />
      <TextArea {...field("reason")} hint={t("incidents.reason_hint")} rows={2} />
      <FormActions>
        <Button view={view} label={t("common.save")} variant="primary" />
      </FormActions>
    </Form>
  );
};
