/** The operator's side of the policy: the open version, its text, its way into force. */
import type { Section } from "../../db/policies/clauses.ts";
import type { Policy, PolicyEntry } from "../../db/policies.ts";
import type { Obstacle, Reader, Tally } from "../../db/policy_notices.ts";
import { OperatorHead } from "../operator.tsx";
import { path } from "../path.ts";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { DateField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { BouncedNotices } from "../bounced_notices.tsx";
import { PolicyText, versionColumns } from "./page.tsx";

/** What is known of the version in the making. */
export interface Open {
  policy: Policy;
  sections: readonly Section[];
  gaps: readonly string[];
  obstacle: Obstacle | null;
  earliest: string;
  tally: Tally;
  bounced: readonly Reader[];
}

interface IndexProps {
  view: View;
  open: Open | null;
  policies: readonly PolicyEntry[];
  form: FormState;
}

/** The overview: what is being made, what was. */
export const PolicyIndex = ({ view, open, policies, form }: IndexProps) => {
  const { t } = view;
  return (
    <>
      <OperatorHead view={view} current="policy" />
      {open ? <OpenVersion view={view} open={open} form={form} /> : (
        <div class="form-actions">
          <PostButton
            view={view}
            action="/operator/policy"
            label={t("policies.create")}
            icon="plus"
            variant="primary"
          />
        </div>
      )}
      <Panel title={t("policies.versions")}>
        <DataTable<PolicyEntry>
          view={view}
          caption={t("policies.versions")}
          columns={versionColumns(view)}
          rows={policies}
          href={({ number }) => path`/operator/policy/${number}`}
          empty={<EmptyState title={t("policies.empty")} />}
        />
      </Panel>
    </>
  );
};

/** The version in the making, and the next step it can take. */
const OpenVersion = ({ view, open, form }: { view: View; open: Open; form: FormState }) => {
  const { t } = view;
  const { policy, gaps } = open;
  const { number, status } = policy;
  const base = path`/operator/policy/${number}`;
  return (
    <Panel
      title={`${t("policies.number")} ${number}: ${t(`policies.status_${status}`)}`}
      actions={<LinkButton view={view} href={base} label={t("policies.preview")} variant="quiet" />}
    >
      {policy.refusedReason
        ? (
          <Notice
            view={view}
            kind="warn"
            text={t("policies.refused_notice", { reason: policy.refusedReason })}
          />
        )
        : null}
      {gaps.length > 0
        ? (
          <Notice
            view={view}
            kind="warn"
            text={t("policies.placeholders", { gaps: gaps.join(", ") })}
          />
        )
        : null}
      {status === "published" ? <Announcement view={view} open={open} form={form} /> : null}
      {status === "approved" ? <Publication view={view} open={open} form={form} /> : null}
      <div class="form-actions">
        {status === "draft"
          ? (
            <>
              <LinkButton
                view={view}
                href={`${base}/edit`}
                label={t("policies.edit")}
                icon="pencil"
              />
              <PostButton
                view={view}
                action={`${base}/proposal`}
                label={t("policies.propose")}
                variant="primary"
              />
            </>
          )
          : null}
        {status === "proposed" || status === "approved"
          ? (
            <PostButton
              view={view}
              action={`${base}/withdrawal`}
              label={t("policies.withdraw")}
              variant="quiet"
            />
          )
          : null}
      </div>
    </Panel>
  );
};

/** The day on which an approved version is to take effect. */
const Publication = ({ view, open, form }: { view: View; open: Open; form: FormState }) => {
  const { t, format } = view;
  const labels = { takesEffectOn: t("policies.takes_effect_on") };
  const values = { takesEffectOn: open.earliest, ...form.values };
  return (
    <Form
      view={view}
      form={{ values, errors: form.errors }}
      labels={labels}
      action={path`/operator/policy/${open.policy.number}/publication`}
    >
      <DateField
        view={view}
        form={{ values, errors: form.errors }}
        name="takesEffectOn"
        label={labels.takesEffectOn}
        hint={t("policies.earliest", { date: format.date(open.earliest) })}
        required
      />
      <FormActions>
        <Button view={view} label={t("policies.publish")} variant="primary" />
      </FormActions>
    </Form>
  );
};

/** How far the announcement has come, and what keeps the version from taking effect. */
const Announcement = (
  { view, open, form }: { view: View; open: Open; form: FormState },
) => {
  const { t, format } = view;
  const { policy, tally, bounced, obstacle } = open;
  return (
    <>
      {obstacle
        ? <Notice view={view} kind="info" text={t(`policies.obstacle_${obstacle}`)} />
        : null}
      <DescriptionList
        items={[
          [t("policies.takes_effect_on"), format.date(policy.takesEffectOn!)],
          [t("policies.queued"), format.number(tally.queued)],
          [t("policies.sent"), format.number(tally.sent)],
          [t("policies.bounced"), format.number(tally.bounced)],
          [t("policies.acknowledged"), format.number(tally.acknowledged)],
        ]}
      />
      <BouncedNotices
        view={view}
        form={form}
        action={path`/operator/policy/${policy.number}/notices`}
        people={bounced}
      />
    </>
  );
};

/** One version as it would be or is read, for the operator. */
export const PolicyPreview = (
  { view, policy, sections }: { view: View; policy: PolicyEntry; sections: readonly Section[] },
) => (
  <>
    <OperatorHead view={view} current="policy" />
    <p>
      <a href="/operator/policy">{view.t("policies.versions")}</a>
      {` · ${view.t("policies.number")} ${policy.number}: ${
        view.t(`policies.status_${policy.status}`)
      }`}
    </p>
    <PolicyText view={view} sections={sections} />
  </>
);
