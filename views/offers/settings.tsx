/** The settings of offers: numbers, validity, net or gross prices, standard texts. */
import type { LetterField, OfferedField } from "../../db/letter_fields.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Checkbox, FieldRow, Fieldset, NumberField, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import type { View } from "../view.ts";

/** The parts of a number's pattern, as each language calls them. */
const dateParts = {
  de: { year: "{JJJJ}", month: "{MM}", number: "{NNNN}" },
  en: { year: "{YYYY}", month: "{MM}", number: "{NNNN}" },
};

/** The page. */
export const OfferSettingsPage = (
  { view, form, next, fields, own }: {
    view: View;
    form: FormState;
    /** The running number that comes next. */
    next: number;
    fields: Readonly<Record<LetterField, { de: string; en: string }>>;
    own: readonly OfferedField[];
  },
) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const texts = {
    openingDe: t("offers.opening_de"),
    closingDe: t("offers.closing_de"),
    openingEn: t("offers.opening_en"),
    closingEn: t("offers.closing_en"),
  };
  const names = [
    ...Object.values(fields).map((each) => each[view.locale]),
    ...own.map((each) => each.name[view.locale]),
  ];
  const offered = names.map((name) => `{${name}}`).join(", ");
  const labels = {
    numberFormat: t("offers.number_format"),
    nextNumber: t("offers.next_number"),
    validDays: t("offers.valid_days"),
    vatRate: t("offers.vat_rate"),
    ...texts,
  };
  return (
    <>
      <SettingsHead view={view} title={t("offers.settings")}>
        <LinkButton
          view={view}
          href="/settings/letterhead"
          label={t("offers.letterhead")}
        />
        <LinkButton view={view} href="/products" label={t("products.title")} />
      </SettingsHead>
      <SettingsTabs view={view} current="offers" />
      <Form view={view} form={form} labels={labels}>
        <FieldRow>
          <TextField
            {...field("numberFormat")}
            label={labels.numberFormat}
            hint={t("offers.number_format_hint", dateParts[view.locale])}
            maxlength={40}
            required
          />
          <NumberField
            {...field("nextNumber")}
            label={labels.nextNumber}
            hint={t("offers.next_number_hint", { next })}
            inputmode="numeric"
            maxlength={8}
          />
          <NumberField
            {...field("validDays")}
            label={labels.validDays}
            inputmode="numeric"
            maxlength={3}
            required
          />
          <NumberField {...field("vatRate")} label={labels.vatRate} maxlength={20} required />
        </FieldRow>
        <Checkbox {...field("gross")} label={t("offers.gross")} hint={t("offers.gross_hint")} />
        <Fieldset
          legend={t("offers.settings_texts")}
          hint={t("offers.settings_texts_hint", { fields: offered })}
        >
          {(Object.keys(texts) as (keyof typeof texts)[]).map((name) => (
            <TextArea {...field(name)} label={texts[name]} rows={4} />
          ))}
        </Fieldset>
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};
