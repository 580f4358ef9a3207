/** The second step: what the columns mean, how dates read, where the data come from. */
import type { Import } from "../../db/imports.ts";
import type { Inspection } from "../../db/imports/inspections.ts";
import type { Existing } from "../../db/imports/merges.ts";
import type { Encoding } from "../../db/imports/plans.ts";
import type { Target } from "../../db/imports/targets.ts";
import type { Pipeline } from "../../db/pipelines.ts";
import { path, query } from "../path.ts";
import { countryOptions } from "../records/choices.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { FieldRow, RadioGroup, Select, TextField } from "../ui/field.tsx";
import { Form, FormActions } from "../ui/form.tsx";
import { Notice } from "../ui/flash.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { ColumnsPanel } from "./columns.tsx";
import { type Grounds, GroundsPanel } from "./grounds.tsx";
import type { OwnTarget } from "./targets.tsx";
import { type OwnersHere, OwnersPanel } from "./owners.tsx";
import { type Glance, PreviewPanel } from "./preview.tsx";
import { type StageOfFile, StagesPanel } from "./stages.tsx";
import { failureText } from "./report.tsx";
import { ImportFrame } from "./steps.tsx";

interface Props extends Grounds {
  run: Import;
  inspection: Omit<Inspection, "plan">;
  glances: readonly Glance[];
  dealsToo: boolean;
  targets: readonly Target[];
  /** Own fields of contacts and companies. */
  own: readonly OwnTarget[];
  existings: readonly Existing[];
  encodings: readonly Encoding[];
  /** Fields that the role may not write, in words: the import leaves them out. */
  closed: readonly string[];
  /** Of deals: each word of the file for a stage, with the tenant's stage that it becomes. */
  stages: readonly StageOfFile[];
  pipelines: readonly Pipeline[];
  /** Whom the file names as responsible. */
  named: OwnersHere | null;
  showAll: boolean;
}

export const ImportSettings = (props: Props) => {
  const { view, run, form, closed } = props;
  const { t } = view;
  const action = path`/imports/${run.id}`;
  return (
    <ImportFrame
      view={view}
      run={run}
      actions={
        <PostButton
          view={view}
          action={path`/imports/${run.id}/removal`}
          label={t("imports.discard")}
          icon="trash-2"
        />
      }
    >
      {run.status === "failed"
        ? <Notice view={view} kind="error" text={failureText(view, run)} />
        : null}
      <Form view={view} form={form} action={action} labels={labels(view)}>
        <GroundsPanel {...props} />
        {run.options?.recalledFrom
          ? (
            <Notice
              view={view}
              kind="info"
              text={t("imports.recalled", {
                date: view.format.date(new Date(run.options.recalledFrom)),
              })}
            />
          )
          : null}
        {closed.length > 0
          ? (
            <Notice
              view={view}
              kind="info"
              text={view.t("field_rights.not_imported", { fields: closed.join(", ") })}
            />
          )
          : null}
        <ColumnsPanel {...props} />
        <PreviewPanel
          {...props}
          names={props.inspection.names}
          land={props.inspection.land}
        />
        <OwnersPanel {...props} />
        {props.plan.kind === "deals" ? <StagesPanel {...props} /> : <ExistingPanel {...props} />}
        <ReadingPanel {...props} />
        <FormActions>
          <Button view={view} label={t("imports.check")} variant="primary" />
        </FormActions>
      </Form>
    </ImportFrame>
  );
};

const labels = ({ t }: View) => ({
  origin: t("contacts.origin"),
  sourceDetail: t("contacts.source_detail"),
  legalBasis: t("contacts.legal_basis"),
  purpose: t("contacts.purpose"),
  tags: t("imports.tags"),
  ownerId: t("imports.owner"),
  existing: t("imports.existing_rows"),
});

/** What becomes of rows whose person or company is there already. */
const ExistingPanel = ({ view, form, existings }: Props) => (
  <Panel title={view.t("imports.existing")}>
    <RadioGroup
      view={view}
      form={form}
      name="existing"
      label={view.t("imports.existing_rows")}
      hint={view.t("imports.existing_hint")}
      options={existings.map((value) => ({
        value,
        label: view.t(`imports.existing_${value}`),
        hint: view.t(`imports.existing_${value}_hint`),
      }))}
    />
  </Panel>
);

const kinds = ["contacts", "companies", "mixed", "deals", "newsletter", "other"] as const;

/** What was detected in the file, to be corrected; most files need nothing here. */
const ReadingPanel = ({ view, form, run, plan, inspection, encodings }: Props) => {
  const { t } = view;
  const field = { view, form };
  const isBook = ["xlsx", "ods", "xml", "html"].includes(plan.format);
  const isTable = plan.format === "csv" || isBook;
  const sheets = (inspection.sheets ?? []).filter(({ filled }) => filled);
  const hiddenRows = inspection.hiddenRows ?? 0;
  const note = plan.kind === "newsletter" || plan.kind === "other"
    ? t(`imports.kind_${plan.kind}_note`)
    : null;
  return (
    <Panel title={t("imports.decided")}>
      {note ? <Notice view={view} kind="warn" text={note} /> : null}
      {hiddenRows > 0
        ? <p class="hint">{t("imports.hidden_rows", { count: hiddenRows })}</p>
        : null}
      <FieldRow>
        {plan.columns.length === 0 ? null : (
          <Select
            {...field}
            name="kind"
            label={t("imports.kind")}
            options={kinds.map((value) => ({ value, label: t(`imports.kind_${value}`) }))}
          />
        )}
        {isBook
          ? (
            <Select
              {...field}
              name="sheet"
              label={t("imports.sheet")}
              options={sheets.map(({ name, hidden }) => ({
                value: name,
                label: hidden ? t("imports.sheet_hidden", { name }) : name,
              }))}
            />
          )
          : (
            <Select
              {...field}
              name="encoding"
              label={t("imports.encoding")}
              options={encodings.map((value) => ({
                value,
                label: t(`imports.encoding_${value.replaceAll("-", "_") as "utf_8"}`),
              }))}
            />
          )}
        {plan.format === "csv"
          ? (
            <Select
              {...field}
              name="separator"
              label={t("imports.separator")}
              options={separators(view, plan.dialect.separator)}
            />
          )
          : null}
        {isTable
          ? (
            <TextField
              {...field}
              name="header"
              label={t("imports.header")}
              hint={t("imports.header_hint")}
              inputmode="numeric"
              size="s"
            />
          )
          : null}
        {plan.kind === "deals" ? null : (
          <Select
            {...field}
            name="country"
            label={t("imports.country")}
            hint={t("imports.country_hint")}
            options={countryOptions(view.locale, plan.country)}
          />
        )}
      </FieldRow>
      <Button
        view={view}
        label={t("imports.look_again")}
        icon="refresh-cw"
        formaction={query(path`/imports/${run.id}/reading`, {})}
        formnovalidate
      />
    </Panel>
  );
};

function separators({ t }: View, current: string) {
  const known = [
    { value: ";", label: t("imports.separator_semicolon") },
    { value: ",", label: t("imports.separator_comma") },
    { value: "\t", label: t("imports.separator_tab") },
    { value: "|", label: t("imports.separator_pipe") },
  ];
  return known.some(({ value }) => value === current)
    ? known
    : [...known, { value: current, label: current }];
}
