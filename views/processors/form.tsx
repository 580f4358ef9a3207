/** The form of an entry of the register. */
import { OperatorHead } from "../operator.tsx";
import { Button } from "../ui/button.tsx";
import {
  CheckboxGroup,
  DateField,
  FieldRow,
  Fieldset,
  HiddenField,
  RadioGroup,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Rows } from "../ui/rows.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  /** The categories there are. */
  categories: readonly string[];
  /** Hosts of an entry with a connector follow from its connection. */
  withHosts: boolean;
  isNew: boolean;
}

/** Everything that the register says about one processor. */
export const ProcessorForm = ({ view, form, categories, withHosts, isNew }: Props) => {
  const { t } = view;
  const labels: Record<string, string> = {
    name: t("processors.name"),
    role: t("processors.role"),
    serviceDe: t("processors.service"),
    serviceEn: t("processors.service_en"),
    dataCategories: t("processors.data"),
    processingCountries: t("processors.processing_countries"),
    seatCountry: t("processors.seat_country"),
    parentCountry: t("processors.field_parentCountry"),
    location: t("processors.location"),
    agreementOn: t("processors.agreement_on"),
    reviewedOn: t("processors.reviewed_on"),
    "subProcessors.name": t("processors.sub_name"),
    "subProcessors.service": t("processors.sub_service"),
    "subProcessors.country": t("processors.sub_country"),
    hosts: t("processors.hosts"),
    reason: t("processors.reason"),
  };
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  return (
    <>
      <OperatorHead view={view} current="processors" />
      <h2>{t(isNew ? "processors.new" : "processors.edit")}</h2>
      <Form view={view} form={form} labels={labels}>
        <HiddenField name="id" value={String(form.values.id ?? "")} />
        <HiddenField name="version" value={String(form.values.version ?? "")} />
        <TextField {...field("name")} required size="l" maxlength={200} />
        <RadioGroup
          {...field("role")}
          required
          inline
          options={(["processor", "controller"] as const).map((value) => ({
            value,
            label: t(`processors.role_${value}`),
          }))}
        />
        <TextField {...field("serviceDe")} required size="full" maxlength={500} />
        <TextField {...field("serviceEn")} required size="full" maxlength={500} />
        <CheckboxGroup
          {...field("dataCategories")}
          required
          options={categories.map((value) => ({
            value,
            label: t(`processors.category_${value}` as never),
          }))}
        />
        <Fieldset legend={t("processors.location")}>
          <TextField
            {...field("processingCountries")}
            hint={t("processors.processing_countries_hint")}
            required
            size="l"
            maxlength={300}
          />
          <TextField {...field("location")} size="l" maxlength={200} />
          <FieldRow>
            <TextField {...field("seatCountry")} required maxlength={60} />
            <TextField
              {...field("parentCountry")}
              hint={t("processors.parent_country_hint")}
              maxlength={60}
            />
          </FieldRow>
        </Fieldset>
        <Rows
          view={view}
          form={form}
          group="subProcessors"
          legend={t("processors.subs")}
          addLabel={t("processors.sub_add")}
          removeLabel={t("processors.sub_remove")}
          least={0}
          row={(prefix, fresh) => (
            <>
              <TextField
                {...{ view, form, name: `${prefix}.name`, label: t("processors.sub_name") }}
                autofocus={fresh}
                maxlength={200}
              />
              <TextField
                {...{ view, form, name: `${prefix}.service`, label: t("processors.sub_service") }}
                maxlength={200}
              />
              <TextField
                {...{ view, form, name: `${prefix}.country`, label: t("processors.sub_country") }}
                size="s"
                maxlength={60}
              />
            </>
          )}
        />
        <FieldRow>
          <DateField {...field("agreementOn")} />
          <DateField {...field("reviewedOn")} />
        </FieldRow>
        {withHosts
          ? <TextArea {...field("hosts")} hint={t("processors.hosts_hint")} size="l" rows={2} />
          : null}
        {isNew ? null : (
          <TextField
            {...field("reason")}
            hint={t("processors.reason_hint")}
            size="full"
            maxlength={500}
          />
        )}
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <a href="/operator/processors">{t("common.cancel")}</a>
        </FormActions>
      </Form>
    </>
  );
};
