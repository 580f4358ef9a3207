/** What an answer leaves out because it concerns others: words with where they occur, and files. */
import type { Preview } from "../../db/case_redactions.ts";
import type { Case } from "../../db/cases.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxGroup, HiddenField, TextArea } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

/** The names of the fields, for the list of faults. */
const redactionLabels = ({ t }: View) => ({
  words: t("redactions.words"),
  more: t("redactions.more"),
  leftOut: t("redactions.files"),
});

/** The choice as a form begins with it. */
export const redactionValues = ({ words, files }: Preview): FormState["values"] => ({
  words: words.filter(({ covered }) => covered).map(({ word }) => word),
  leftOut: files.filter(({ leftOut }) => leftOut).map(({ id }) => id),
});

/** Every word that refers to somebody else, to be ticked if it is redacted. */
export const RedactionFields = (
  { view, preview, form }: { view: View; preview: Preview; form: FormState },
) => {
  const { t, format } = view;
  const { words, files, fileCount, mark } = preview;
  const further = fileCount - files.length;
  const labels = redactionLabels(view);
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  const where = ({ places }: Preview["words"][number]) =>
    places.map(({ table, count, excerpt }) =>
      `${tableWord(view, table)} ${format.number(count)}: … ${excerpt} …`
    ).join(" · ");
  return (
    <>
      <HiddenField name="seen" value={mark} />
      <HiddenField name="offered" value={words.map(({ word }) => word).join("\n")} />
      {words.length === 0 ? <p>{t("redactions.none")}</p> : (
        <CheckboxGroup
          {...field("words")}
          hint={t("redactions.words_hint")}
          options={words.map((each) => ({
            value: each.word,
            label: each.word,
            hint: where(each),
          }))}
        />
      )}
      <TextArea {...field("more")} hint={t("redactions.more_hint")} rows={3} />
      {files.length === 0 ? null : (
        <CheckboxGroup
          {...field("leftOut")}
          hint={[
            t("redactions.files_hint"),
            further > 0 ? t("access.files_further", { count: further }) : "",
          ].filter(Boolean).join(" ")}
          options={files.map(({ id, name, size }) => ({
            value: id,
            label: name,
            hint: format.bytes(size),
          }))}
        />
      )}
    </>
  );
};

function tableWord({ t }: View, table: string): string {
  const key = `access.table_${table}`;
  return isMessageKey(key) ? t(key) : table;
}

/** The staff's page: reviewed and chosen before the approval. */
export const RedactionsPage = ({ view, desk, found, preview, form }: {
  view: View;
  desk: Desk;
  found: Case;
  /** Null if nobody was found or the answer already exists. */
  preview: Preview | null;
  form: FormState;
}) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("redactions.title")}
        sub={found.personName}
        crumbs={[
          { href: desk.base, label: t("cases.title") },
          { href: desk.base + path`/${found.id}`, label: found.number },
        ]}
      />
      {preview === null ? <Notice view={view} kind="info" text={t("redactions.nobody")} /> : (
        <>
          {preview.chosenAt
            ? (
              <Notice
                view={view}
                kind="ok"
                text={t("redactions.chosen", { at: format.dateTime(preview.chosenAt) })}
              />
            )
            : <p>{t("redactions.hint")}</p>}
          <Form view={view} form={form} labels={redactionLabels(view)}>
            <RedactionFields view={view} preview={preview} form={form} />
            <FormActions>
              <Button view={view} label={t("redactions.save")} variant="primary" />
            </FormActions>
          </Form>
        </>
      )}
    </>
  );
};
