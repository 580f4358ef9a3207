/** The data processing agreement: its text with annexes, and its acceptance by an owner. */
import type { MeasureName } from "../db/measures.ts";
import type { ProcessorFact } from "../db/policies/facts.ts";
import type { Agreement, Part, Reason } from "../db/processing_agreements.ts";
import type { Activity } from "../db/processing_records.ts";
import { places } from "./policies/content.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button, LinkButton } from "./ui/button.tsx";
import { HiddenField, TextField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { TextTable } from "./ui/text_table.tsx";
import { isMessageKey, type Locale, translator } from "./i18n/translate.ts";
import type { View } from "./view.ts";

interface Source {
  provider: string;
  tenant: string;
  /** What is done on behalf of customers, by the personal-data map. */
  activities: readonly Activity[];
  measures: readonly { group: string; name: MeasureName }[];
  processors: readonly ProcessorFact[];
}

/** The numbered parts of the text, in their order. */
const numbers = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/** The whole text in one language, annexes included. */
export function composeAgreement(source: Source, locale: Locale): Part[] {
  const t = translator(locale);
  const { provider, tenant, activities, measures, processors } = source;
  const say = (name: string) => {
    const key = `agreements.${name}`;
    if (!isMessageKey(key)) throw new TypeError(`the agreement has no text ${name}`);
    return t(key, { provider, tenant });
  };
  const parts: Part[] = numbers.map((number) => ({
    title: `${number}. ${say(`p${number}_title`)}`,
    paragraphs: say(`p${number}`).split("\n\n"),
  }));
  parts[1]!.table = {
    head: [t("agreements.subjects"), t("processing_records.categories")],
    rows: activities.map(({ subjects, categories }) => [
      subjects.map((each) => t(`personal_data.subject_${each}`)).join("; "),
      categories.map((each) => t(`personal_data.category_${each}`)).join("; "),
    ]),
  };
  return [
    ...parts,
    {
      title: t("agreements.annex1"),
      paragraphs: [],
      table: {
        head: [t("agreements.measure_group"), t("agreements.measure")],
        rows: measures.map(({ group, name }) => [
          t(`measures.group_${group}` as "measures.group_access"),
          t(`measures.${name}`),
        ]),
      },
    },
    {
      title: t("agreements.annex2"),
      paragraphs: processors.length === 0 ? [t("agreements.no_processors")] : [],
      table: {
        head: [t("policies.processor"), t("policies.service"), t("policies.country")],
        rows: processors.map(({ name, service, countries }) => [
          name,
          service[locale],
          places(countries, locale),
        ]),
      },
    },
  ];
}

interface Props {
  view: View;
  /** In German, which is binding. */
  content: readonly Part[];
  /** For those whose pages speak another language. */
  translation: readonly Part[] | null;
  accepted: Agreement | null;
  isSameText: boolean;
  /** Why the agreement has to be accepted again. */
  outdatedBy: readonly Reason[];
  form: FormState;
}

/** The parts of the text under their headings. */
const AgreementText = ({ parts, lang }: { parts: readonly Part[]; lang?: Locale }) => (
  <div class="policy" lang={lang}>
    {parts.map(({ title, paragraphs, table }) => (
      <section class="clause">
        <h2>{title}</h2>
        {paragraphs.map((each) => <p class="prose">{each}</p>)}
        {table && table.rows.length > 0
          ? <TextTable caption={title} head={table.head} rows={table.rows} />
          : null}
      </section>
    ))}
  </div>
);

/** The page in the settings. */
export const AgreementPage = (
  { view, content, translation, accepted, isSameText, outdatedBy, form }: Props,
) => {
  const { t, format } = view;
  const labels = { name: t("agreements.accept_name") };
  return (
    <>
      <SettingsHead view={view} title={t("agreements.title")}>
        <LinkButton
          view={view}
          href="/settings/agreement.pdf"
          label={t("agreements.pdf")}
          icon="download"
          variant="quiet"
          download
        />
      </SettingsHead>
      <SettingsTabs view={view} current="agreement" />
      <div class="panel">
        {accepted && outdatedBy.length === 0
          ? (
            <>
              <Notice
                view={view}
                kind="ok"
                text={t("agreements.accepted_by", {
                  date: format.dateTime(accepted.acceptedAt),
                  name: accepted.acceptedByName,
                })}
              />
              {isSameText ? null : <p class="prose">{t("agreements.reworded")}</p>}
            </>
          )
          : (
            <Notice
              view={view}
              kind="warn"
              text={accepted
                ? t("agreements.outdated", {
                  date: format.date(accepted.acceptedAt),
                  reasons: outdatedBy.map((each) => t(`agreements.by_${each}`)).join(", "),
                })
                : t("agreements.not_accepted")}
            />
          )}
        {translation
          ? (
            <>
              <p class="prose">{t("agreements.in_german")}</p>
              <details class="fold">
                <summary>{t("agreements.translation")}</summary>
                <AgreementText parts={translation} />
              </details>
            </>
          )
          : null}
        <AgreementText parts={content} lang="de" />
      </div>
      {isSameText
        ? null
        : view.can("agreements.accept")
        ? (
          <Form view={view} form={form} labels={labels} action="/settings/agreement">
            <HiddenField name="sha256" value={valueOf(form, "sha256")} />
            <TextField
              view={view}
              form={form}
              name="name"
              label={labels.name}
              hint={t("agreements.accept_hint")}
              autocomplete="name"
              maxlength={200}
              size="l"
              required
            />
            <FormActions>
              <Button
                view={view}
                label={t("agreements.accept", { tenant: view.user!.tenantName })}
                variant="primary"
              />
            </FormActions>
          </Form>
        )
        : <p class="hint">{t("agreements.only_owners")}</p>}
    </>
  );
};
