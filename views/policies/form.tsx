/** The form of a draft: its details, and every clause in both languages. */
import type { ClauseNumber } from "../../db/policies/clauses.ts";
import type { PolicyEntry } from "../../db/policies.ts";
import { OperatorHead } from "../operator.tsx";
import { Button } from "../ui/button.tsx";
import {
  Checkbox,
  FieldRow,
  Fieldset,
  HiddenField,
  NumberField,
  RadioGroup,
  TextArea,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import type { View } from "../view.ts";

/** A clause with its built-in text, which applies if nothing else is entered. */
export interface Wording {
  number: ClauseNumber;
  title: string;
  de: string;
  en: string;
}

/** The field's name of a clause's words in a language. */
export const fieldOf = (number: ClauseNumber, locale: "de" | "en") =>
  `texts.c${number.replace(".", "_")}.${locale}`;

/** The draft's particulars and every clause in both languages. */
export const PolicyForm = (
  { view, form, wordings, policy }: {
    view: View;
    form: FormState;
    wordings: readonly Wording[];
    policy: PolicyEntry;
  },
) => {
  const { t } = view;
  const labels = {
    reason: t("policies.reason"),
    noticeDays: t("policies.notice_days"),
    ...Object.fromEntries(wordings.flatMap(({ number, title }) => [
      [fieldOf(number, "de"), t("policies.clause_de", { number, title })],
      [fieldOf(number, "en"), t("policies.clause_en", { number, title })],
    ])),
  } as Record<string, string>;
  const field = (name: string) => ({ view, form, name, label: labels[name] ?? name });
  const kinds = ["law", "service", "processing"] as const;
  return (
    <>
      <OperatorHead view={view} current="policy" />
      <Form view={view} form={form} labels={labels}>
        <HiddenField name="version" value={valueOf(form, "version")} />
        <Fieldset legend={`${t("policies.number")} ${policy.number}`}>
          <RadioGroup
            {...field("reasonKind")}
            label={t("policies.reason_kind")}
            options={kinds.map((kind) => ({
              value: kind,
              label: t(`policies.reason_kind_${kind}`),
            }))}
            inline
          />
          <TextArea
            {...field("reason")}
            hint={t("policies.reason_hint")}
            rows={2}
          />
          <FieldRow>
            <Checkbox
              {...field("material")}
              label={t("policies.material")}
              hint={t("policies.material_hint")}
            />
            <NumberField
              {...field("noticeDays")}
              hint={t("policies.notice_days_hint")}
              inputmode="numeric"
              size="xs"
              required
            />
          </FieldRow>
        </Fieldset>
        {wordings.map(({ number, title, de, en }) => (
          <details class="clause-words">
            <summary>{`${number} ${title}`}</summary>
            {(["de", "en"] as const).map((locale) => (
              <>
                <p class="prose hint">{locale === "de" ? de : en}</p>
                <TextArea {...field(fieldOf(number, locale))} rows={5} />
              </>
            ))}
          </details>
        ))}
        <p class="hint">
          {t("policies.clause_hint", {
            gaps: "{provider} {address} {email} {dpo} {dpo_email}",
          })}
        </p>
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <a href="/operator/policy">{t("common.cancel")}</a>
        </FormActions>
      </Form>
    </>
  );
};
