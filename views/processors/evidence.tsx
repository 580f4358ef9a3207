/** The evidence about a processor: what there is, what the officer said, and the form for more. */
import type { Evidence } from "../../db/processor_evidence.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Checkbox, DateField, FieldRow, FileField, HiddenField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  base: string;
  evidence: readonly Evidence[];
  form: FormState;
}

/** What was decided on a piece of evidence, and by whom. */
const Decision = ({ view, evidence }: { view: View; evidence: Evidence }) => {
  const { decision, decidedBy } = evidence;
  if (!decision) return <Badge label={view.t("processors.evidence_open")} tone="warn" />;
  return (
    <>
      <Badge
        label={view.t(`processors.evidence_${decision}`, { name: decidedBy ?? "" })}
        tone={decision === "approved" ? "ok" : "danger"}
      />
      {evidence.decisionNote ? <p>{evidence.decisionNote}</p> : null}
    </>
  );
};

/** Evidence with its actions, and the upload that asks the officer for approval. */
export const EvidencePanel = ({ view, base, evidence, form }: Props) => {
  const { t, format } = view;
  const labels: Record<string, string> = {
    covers: t("processors.covers"),
    coversAgreement: t("processors.covers_agreement"),
    coversLocation: t("processors.covers_location"),
    datedOn: t("processors.dated_on"),
    file: t("processors.evidence_file"),
  };
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  return (
    <Panel title={t("processors.evidence")} id="evidence">
      <DataTable<Evidence>
        view={view}
        caption={t("processors.evidence")}
        rows={evidence}
        empty={<EmptyState title={t("processors.evidence_empty")} />}
        columns={[
          {
            key: "file",
            header: t("processors.evidence_name"),
            cell: ({ id, fileName, size }) => (
              <a href={path`/operator/evidence/${id}/file`} download>
                {`${fileName} (${format.bytes(size)})`}
              </a>
            ),
          },
          {
            key: "covers",
            header: t("processors.covers"),
            priority: 2,
            cell: ({ covers }) => covers.map((each) => t(`processors.covers_${each}`)).join(", "),
          },
          {
            key: "dated",
            header: t("processors.dated_on"),
            priority: 2,
            cell: ({ datedOn }) => format.date(datedOn),
          },
          {
            key: "decision",
            header: t("processors.state"),
            cell: (each) => <Decision view={view} evidence={each} />,
          },
          {
            key: "actions",
            header: t("common.actions"),
            cell: (each) => (
              <div class="inline-form">
                {each.decision ? null : (
                  <PostButton
                    view={view}
                    action={path`/operator/evidence/${each.id}/request`}
                    label={t("processors.evidence_resend")}
                    variant="quiet"
                  />
                )}
                <PostButton
                  view={view}
                  action={path`/operator/evidence/${each.id}/removal`}
                  label={t("processors.sub_remove")}
                  variant="quiet"
                >
                  <span class="visually-hidden">{each.fileName}</span>
                </PostButton>
              </div>
            ),
          },
        ]}
      />
      <details class="fold" open={Object.keys(form.errors).length > 0}>
        <summary>{t("processors.evidence_add")}</summary>
        <Form view={view} form={form} labels={labels} action={`${base}/evidence`} multipart>
          <HiddenField name="id" value={String(form.values.id ?? "")} />
          <FieldRow>
            <Checkbox {...field("coversAgreement")} />
            <Checkbox {...field("coversLocation")} />
            <DateField {...field("datedOn")} required />
          </FieldRow>
          <FileField {...field("file")} required accept=".pdf,.png,.jpg,.jpeg" />
          <FormActions>
            <Button view={view} label={t("processors.evidence_add")} icon="upload" />
          </FormActions>
        </Form>
      </details>
    </Panel>
  );
};
