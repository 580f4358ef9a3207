/** One entry of the register for the operator: facts, obstacles, evidence, connection. */
import type { Delivery } from "../../db/latenode_deliveries.ts";
import type { Change } from "../../db/processor_changes.ts";
import type { Check } from "../../db/processor_checks.ts";
import type { ForeignObjection } from "../../db/processor_objections.ts";
import type { Evidence } from "../../db/processor_evidence.ts";
import { OperatorHead } from "../operator.tsx";
import { path } from "../path.ts";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import type { FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { CheckPanel, ConnectionPanel, DeliveryPanel } from "./connection.tsx";
import { EvidencePanel } from "./evidence.tsx";
import { ChangeList } from "./history.tsx";
import { ObjectionPanel, PlanPanel, type Waiting } from "./plan.tsx";
import type { Overview } from "./index.tsx";
import { StateBadge } from "./public.tsx";
import { countries, country, data, service, sub, word } from "./words.ts";

/** A field of the connection form. */
export interface ShownField {
  name: string;
  secret: boolean;
}

export interface PageProps {
  view: View;
  entry: Overview;
  /** Keys of the obstacles, without their noun. */
  obstacles: readonly string[];
  evidence: readonly Evidence[];
  evidenceForm: FormState;
  connectionFields: readonly ShownField[];
  connectionForm: FormState;
  checks: readonly Check[];
  deliveries: readonly Delivery[];
  changes: readonly Change[];
  /** What is announced to customers; null where nothing is. */
  waiting: Waiting | null;
  objections: readonly ForeignObjection[];
}

/** Everything about one processor, and what can be done. */
export const ProcessorPage = (props: PageProps) => {
  const { view, entry, obstacles } = props;
  const { processor } = entry;
  const { t, format } = view;
  const base = path`/operator/processors/${processor.id}`;
  const blocked = obstacles.filter((each) => !/_(disabled|not_yet)$/.test(each)).length > 0;
  return (
    <>
      <OperatorHead view={view} current="processors" />
      <Panel
        title={processor.name}
        actions={
          <>
            <LinkButton view={view} href={`${base}/edit`} label={t("processors.edit")} />
            {processor.enabled
              ? (
                <PostButton
                  view={view}
                  action={`${base}/deactivation`}
                  label={t("processors.disable")}
                  variant="danger"
                />
              )
              : blocked
              ? null
              : (
                <PostButton
                  view={view}
                  action={`${base}/activation`}
                  label={t("processors.enable")}
                  variant="primary"
                />
              )}
          </>
        }
      >
        {obstacles.length > 0
          ? (
            <div class="flash flash-warn">
              <div>
                <p>
                  <b>{t("processors.obstacles")}</b>
                </p>
                <ul>
                  {obstacles.map((each) => <li>{word(view, `processors.${each}`, each)}</li>)}
                </ul>
              </div>
            </div>
          )
          : null}
        <DescriptionList
          columns={2}
          items={[
            [t("processors.state"), <StateBadge view={view} entry={entry} />],
            [t("policies.service"), service(view, processor)],
            [t("processors.role"), t(`processors.role_${processor.role}`)],
            [t("processors.data"), data(view, processor.dataCategories)],
            [t("processors.processing_countries"), countries(view, processor.processingCountries)],
            [t("processors.location"), processor.location],
            [
              t("processors.seat_country"),
              countries(view, processor.seatCountry ? [processor.seatCountry] : []),
            ],
            [
              t("processors.field_parentCountry"),
              processor.parentCountry ? country(view, processor.parentCountry) : "",
            ],
            [
              t("processors.subs"),
              processor.subProcessors.map((each) => sub(view, each)).join("; "),
            ],
            [
              t("processors.agreement_on"),
              processor.agreementOn ? format.date(processor.agreementOn) : "",
            ],
            [
              t("processors.reviewed_on"),
              processor.reviewedOn ? format.date(processor.reviewedOn) : "",
            ],
            [
              t("egress.host"),
              processor.hosts.map(({ host, port }) => `${host}:${port}`).join(", "),
            ],
            [
              t("processors.known"),
              processor.adapter ? word(view, `processors.known_${processor.adapter}`, "") : "",
            ],
          ]}
        />
      </Panel>
      <EvidencePanel
        view={view}
        base={base}
        evidence={props.evidence}
        form={props.evidenceForm}
      />
      {processor.adapter ? <ConnectionPanel {...props} base={base} /> : null}
      {processor.adapter === "ionos" ? <CheckPanel {...props} base={base} /> : null}
      {processor.adapter === "latenode" ? <DeliveryPanel {...props} base={base} /> : null}
      {props.waiting ? <PlanPanel view={view} waiting={props.waiting} /> : null}
      {props.objections.length > 0
        ? (
          <ObjectionPanel
            view={view}
            processorId={processor.id}
            objections={props.objections}
          />
        )
        : null}
      <Panel title={t("processors.history")}>
        <ChangeList view={view} changes={props.changes} />
      </Panel>
      {processor.adapter ? null : (
        <PostButton
          view={view}
          action={`${base}/removal`}
          label={t("processors.remove")}
          variant="danger"
        />
      )}
    </>
  );
};
