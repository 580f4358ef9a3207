/** For the operator: what is announced to customers, how far they are told, and who objects. */
import type { Delay, Tally } from "../../db/processor_notices.ts";
import type { ForeignObjection } from "../../db/processor_objections.ts";
import type { Change } from "../../db/processor_changes.ts";
import { path } from "../path.ts";
import { PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";
import { ChangeList } from "./history.tsx";

/** A change that waits, and how it stands. */
export interface Waiting {
  change: Change;
  tally: Tally;
  delay: Delay | null;
}

/** The panel of a change that waits. */
export const PlanPanel = ({ view, waiting }: { view: View; waiting: Waiting }) => {
  const { t, format } = view;
  const { change, tally, delay } = waiting;
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
        ]}
      />
    </Panel>
  );
};

/** What customers said against changes of this processor. */
export const ObjectionPanel = (
  { view, objections }: { view: View; objections: readonly ForeignObjection[] },
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
        ]}
        rows={objections.map((each) => [
          each.tenantName,
          each.name,
          format.dateTime(each.objectedAt),
          format.date(each.takesEffectOn),
          each.reason,
        ])}
      />
    </Panel>
  );
};
