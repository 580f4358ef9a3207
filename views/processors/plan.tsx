/** For the operator: what is announced to customers, who has been informed, and who objects. */
import type { Delay, Tally } from "../../db/processor_notices.ts";
import type { ForeignObjection } from "../../db/processor_objections.ts";
import type { Change } from "../../db/processor_changes.ts";
import { path } from "../path.ts";
import { type Bounced, BouncedNotices } from "../bounced_notices.tsx";
import { OperatorHead } from "../operator.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { HiddenField, TextArea } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";
import { ChangeList } from "./history.tsx";

/** A pending change and its state. */
export interface Waiting {
  change: Change;
  tally: Tally;
  delay: Delay | null;
  bounced: readonly Bounced[];
  /** Errors in the note that somebody was notified by other means. */
  form: FormState;
}

/** The panel of a change that waits. */
export const PlanPanel = ({ view, waiting }: { view: View; waiting: Waiting }) => {
  const { t, format } = view;
  const { change, tally, delay, bounced, form } = waiting;
  return (
    <Panel
      title={t("processors.plan")}
      actions={
        <PostButton
          view={view}
          action={path`/operator/processors/${change.processorId}/withdrawal`}
          label={t("processors.plan_withdraw")}
          variant="danger"
        />
      }
    >
      <ChangeList view={view} changes={[change]} />
      <DescriptionList
        columns={2}
        items={[
          [t("processors.state"), t(`processors.delay_${delay ?? "none"}`)],
          [t("processors.told_untold"), format.number(tally.untold)],
          [t("processors.told_queued"), format.number(tally.queued)],
          [t("processors.told_sent"), format.number(tally.sent)],
          [t("processors.told_bounced"), format.number(tally.bounced)],
          [t("processors.objections_open"), format.number(tally.objected)],
        ]}
      />
      <BouncedNotices
        view={view}
        form={form}
        action={path`/operator/processors/${change.processorId}/notices`}
        people={bounced}
      />
    </Panel>
  );
};

/** What customers said against changes of this processor. */
export const ObjectionPanel = (
  { view, processorId, objections }: {
    view: View;
    processorId: string;
    objections: readonly ForeignObjection[];
  },
) => {
  const { t, format } = view;
  return (
    <Panel title={t("processors.objections")}>
      <TextTable
        caption={t("processors.objections")}
        head={[
          t("operator.tenant"),
          t("processors.objection_name"),
          t("processors.objection_at"),
          t("processors.objection_effect"),
          t("processors.objection_reason"),
          t("processors.state"),
        ]}
        rows={objections.map((each) => [
          each.tenantName,
          each.name,
          format.dateTime(each.objectedAt),
          format.date(each.takesEffectOn),
          each.reason,
          <Standing view={view} processorId={processorId} objection={each} />,
        ])}
      />
    </Panel>
  );
};

/** The state of an objection, or the form to answer it. */
const Standing = (
  { view, processorId, objection }: {
    view: View;
    processorId: string;
    objection: ForeignObjection;
  },
) => {
  const { t } = view;
  const { open, settledBy, answer, tenantId } = objection;
  if (open) {
    return (
      <a href={path`/operator/processors/${processorId}/answer?customer=${tenantId}`}>
        {t("processors.objection_answer")}
      </a>
    );
  }
  if (settledBy === "provider") return answer;
  return t(settledBy ? "processors.objection_withdrawn" : "processors.objection_moot");
};

/** The form to answer an objection by. */
export const AnswerPage = (
  { view, processorId, objection, form }: {
    view: View;
    processorId: string;
    objection: ForeignObjection;
    form: FormState;
  },
) => {
  const { t, format } = view;
  const { name, reason, tenantName, tenantId } = objection;
  const labels = { answer: t("processors.answer_reason") };
  const date = format.dateTime(objection.objectedAt);
  return (
    <>
      <OperatorHead view={view} current="processors" />
      <Panel title={tenantName}>
        <p>{t("processors.objection_by", { name, reason, date })}</p>
        <Form
          view={view}
          form={form}
          labels={labels}
          action={path`/operator/processors/${processorId}/answer`}
        >
          <HiddenField name="customer" value={tenantId} />
          <TextArea
            view={view}
            form={form}
            name="answer"
            label={labels.answer}
            hint={t("processors.answer_hint")}
            required
          />
          <FormActions>
            <Button view={view} label={t("processors.answer_save")} variant="primary" />
          </FormActions>
        </Form>
      </Panel>
    </>
  );
};
