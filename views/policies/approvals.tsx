/** The officer's page behind the link in the mail: the whole text, what changes, two buttons. */
import type { Section } from "../../db/policies/clauses.ts";
import type { PolicyEntry } from "../../db/policies.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox, TextArea } from "../ui/field.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { Differences } from "./changes.tsx";
import { PolicyText } from "./page.tsx";

interface Props {
  view: View;
  policy: PolicyEntry;
  sections: readonly Section[];
  /** The version in force, if there is one. */
  before: { number: number; sections: readonly Section[] } | null;
  form: FormState;
  /** Where the approval and the refusal are posted to. */
  approval: string;
  refusal: string;
}

/** Opening the link decides nothing; a button does. */
export const PolicyApproval = (
  { view, policy, sections, before, form, approval, refusal }: Props,
) => {
  const { t } = view;
  const labels = { read: t("policies.approval_read"), reason: t("policies.refuse_reason") };
  const [approving, refusing] = form.errors.reason ? [emptyForm, form] : [form, emptyForm];
  const number = String(policy.number);
  return (
    <>
      <PageHeader
        view={view}
        title={t("policies.approval_title")}
        sub={t("policies.approval_text", { number })}
      />
      {policy.reason ? <p>{t("policies.mail_reason", { reason: policy.reason })}</p> : null}
      <Form view={view} form={approving} action={approval} labels={labels} boost={false}>
        <Checkbox view={view} form={approving} name="read" label={labels.read} required />
        <FormActions>
          <Button view={view} label={t("policies.approve")} variant="primary" />
        </FormActions>
      </Form>
      <Form view={view} form={refusing} action={refusal} labels={labels} boost={false}>
        <TextArea
          view={view}
          form={refusing}
          name="reason"
          label={labels.reason}
          rows={2}
          required
        />
        <FormActions>
          <Button view={view} label={t("policies.refuse")} />
        </FormActions>
      </Form>
      {before
        ? (
          <Panel title={t("policies.changes")}>
            <Differences
              view={view}
              before={before}
              after={{ number: policy.number, sections }}
            />
          </Panel>
        )
        : null}
      <Panel title={`${t("policies.number")} ${number}`}>
        <PolicyText view={view} sections={sections} />
      </Panel>
    </>
  );
};

/** After the decision, and for links that no longer count. */
export const PolicyDecided = (
  { view, outcome }: { view: View; outcome: "approved" | "refused" | "gone" },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t(outcome === "gone" ? "policies.approval_gone_title" : "policies.approval_title")}
      />
      <p role="status">
        {t(outcome === "gone" ? "policies.approval_gone_text" : `policies.${outcome}_done`)}
      </p>
    </>
  );
};
