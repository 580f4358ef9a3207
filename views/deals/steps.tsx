/** A deal's stage and how it got there: the row of stages, the lost reason, the history. */
import type { Step } from "../../db/deal_stages.ts";
import type { Deal } from "../../db/deals.ts";
import type { LostReason } from "../../db/lost_reasons.ts";
import type { Stage } from "../../db/stages.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Button } from "../ui/button.tsx";
import { HiddenField, Select } from "../ui/field.tsx";
import { emptyForm, Form } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { StageMark } from "./marks.tsx";

/** The stages in a row, each a button that moves the deal there. */
export const StageSteps = (
  { view, deal, stages }: { view: View; deal: Deal; stages: readonly Stage[] },
) => {
  const { t } = view;
  const may = view.can("deals.write");
  return (
    <form
      class="stage-steps"
      method="post"
      action={withinList(view, path`/deals/${deal.id}/stage`)}
      aria-label={t("deals.stage")}
    >
      <HiddenField name="version" value={String(deal.version)} />
      <ol>
        {stages.map((stage) => (
          <li>
            {stage.id === deal.stageId
              ? (
                <span class={`step-here stage-${stage.colour}`} aria-current="step">
                  <StageMark stage={stage} />
                </span>
              )
              : may
              ? (
                <button type="submit" name="stage" value={stage.id}>
                  <span class="visually-hidden">{t("deals.move_to")}</span> {stage.name}
                </button>
              )
              : <span>{stage.name}</span>}
          </li>
        ))}
      </ol>
    </form>
  );
};

/** Asks why a deal is lost; `board` leads back there, with what that is narrowed by. */
export const ReasonForm = (
  { view, deal, reasons, board }: {
    view: View;
    deal: { id: string; title: string };
    reasons: readonly LostReason[];
    board?: string;
  },
) => {
  const { t } = view;
  if (reasons.length === 0 || !view.can("deals.write")) return null;
  return (
    <section class="ask-reason" aria-label={t("deals.lost_reason")}>
      <Form view={view} form={emptyForm} action={path`/deals/${deal.id}/loss`}>
        {board === undefined ? null : <HiddenField name="board" value={board} />}
        <div class="inline-form">
          <Select
            view={view}
            form={emptyForm}
            name="reason"
            label={t("deals.ask_reason", { title: deal.title })}
            empty={t("custom_fields.choose")}
            options={reasons.map(({ id, name }) => ({ value: id, label: name }))}
            size="l"
            autofocus={board !== undefined}
          />
          <Button view={view} label={t("common.save")} />
        </div>
      </Form>
    </section>
  );
};

/** All steps, the newest first, with how long the deal stayed in each stage. */
export const WayPanel = ({ view, way }: { view: View; way: readonly Step[] }) => {
  const { t } = view;
  const stayed = ({ at, stayed }: Step) =>
    days(view, stayed ?? (view.now.getTime() - at.getTime()) / 1000);
  return (
    <Panel title={t("deals.way")} id="way">
      <DataTable
        view={view}
        caption={t("deals.way")}
        columns={[
          {
            key: "stage",
            header: t("deals.stage"),
            cell: ({ to, colour, pipeline }: Step) => (
              <StageMark stage={{ name: pipeline ? `${pipeline}: ${to}` : to, colour }} />
            ),
          },
          {
            key: "at",
            header: t("deals.step_at"),
            priority: 2,
            cell: ({ at }) => <Time view={view} moment={at} as="dateTime" />,
          },
          { key: "stayed", header: t("deals.stayed"), cell: stayed },
          {
            key: "who",
            header: t("deals.step_by"),
            priority: 2,
            cell: ({ actorName }) => actorName ?? t("history.system"),
          },
        ]}
        rows={way}
        phoneLine={({ at }) => <Time view={view} moment={at} as="dateTime" />}
        empty={<p>{t("history.empty")}</p>}
      />
    </Panel>
  );
};

function days({ t }: View, seconds: number): string {
  const whole = Math.floor(seconds / 86_400);
  return whole < 1 ? t("deals.less_than_a_day") : t("deals.days", { count: whole });
}
