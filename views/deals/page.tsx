/** A deal's page: its stage, amount, contacts and history. */
import type { Child } from "hono/jsx";
import type { Owner } from "../../db/choices.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import type { DealContact } from "../../db/deal_contacts.ts";
import type { Calculation } from "../../db/deal_items.ts";
import type { Step } from "../../db/deal_stages.ts";
import type { Deal } from "../../db/deals.ts";
import type { LostReason } from "../../db/lost_reasons.ts";
import type { OfferRow } from "../../db/offers.ts";
import type { Stage } from "../../db/stages.ts";
import { ActivitiesPanel, type Planned } from "../activities/panel.tsx";
import { type AttachedFiles, FilesPanel } from "../files.tsx";
import { OffersPanel } from "../offers/index.tsx";
import { ClockLine } from "../retentions/clock.tsx";
import { path, query } from "../path.ts";
import { RecordActions } from "../records/actions.tsx";
import { customItems, customNames, fieldsOf } from "../records/custom.tsx";
import { Neighbours } from "../records/neighbours.tsx";
import { type ShownTimeline, TimelinePanel } from "../timeline.tsx";
import { Badge, Tags } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Notice } from "../ui/flash.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Call, Money } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { daysIn, isRotting, kindTones } from "./choices.ts";
import { ItemsPanel } from "./items.tsx";
import { Rotting } from "./marks.tsx";
import { ReasonForm, StageSteps, WayPanel } from "./steps.tsx";

interface Props {
  view: View;
  deal: Deal;
  /** The stages of its pipeline. */
  stages: readonly Stage[];
  members: readonly DealContact[];
  calculation: Calculation;
  offers: readonly OfferRow[];
  way: readonly Step[];
  reasons: readonly LostReason[];
  files: AttachedFiles;
  planned: Planned;
  timeline: ShownTimeline;
  owners: readonly Owner[];
  /** The custom fields of all kinds of records. */
  fields: readonly CustomField[];
  /** What became of a wish that could not be followed. */
  message: string | null;
}

/** The whole record. */
export const DealPage = (props: Props) => {
  const {
    view,
    deal,
    stages,
    members,
    way,
    reasons,
    planned,
    files,
    timeline,
    owners,
    fields,
    message,
  } = props;
  const { t } = view;
  const tagId = new Map(deal.tags.map((name, i) => [name, deal.tagIds[i]!]));
  const names = {
    ...Object.fromEntries(reasons.map(({ id, name }) => [id, name])),
    ...customNames(view, fields),
  };
  const rotting = isRotting(view, deal, { kind: deal.status, rottingDays: deal.rottingDays });
  return (
    <>
      <Neighbours view={view} noun="deals" id={deal.id} />
      {message ? <Notice view={view} kind="error" text={message} /> : null}
      <PageHeader
        view={view}
        title={deal.title}
        crumbs={[{ href: "/deals", label: t("deals.title") }]}
        sub={essence(view, deal)}
        marks={
          <>
            <Badge label={t(`records.status_${deal.status}`)} tone={kindTones[deal.status]} />
            {rotting ? <Rotting view={view} days={daysIn(view, deal)} /> : null}
            <Tags tags={deal.tags} href={(name) => query("/deals", { tag: tagId.get(name) })} />
          </>
        }
      >
        <RecordActions view={view} kind="deal" id={deal.id}>
          {view.can("deals.write")
            ? (
              <LinkButton
                view={view}
                href={query("/deals/new", { copy: deal.id })}
                label={t("deals.copy")}
                icon="copy"
              />
            )
            : null}
        </RecordActions>
      </PageHeader>
      <StageSteps view={view} deal={deal} stages={stages} />
      {deal.status === "lost" && deal.lostReasonId === null
        ? <ReasonForm view={view} deal={deal} reasons={reasons} />
        : null}
      <Columns
        aside={
          <>
            <Details view={view} deal={deal} fields={fields} />
            <FilesPanel view={view} href={path`/deals/${deal.id}`} files={files} />
          </>
        }
      >
        <ActivitiesPanel view={view} of={{ kind: "deal", id: deal.id }} planned={planned} />
        {view.shows("deal", "amount")
          ? (
            <>
              <ItemsPanel view={view} deal={deal} calculation={props.calculation} />
              <OffersPanel view={view} dealId={deal.id} offers={props.offers} />
            </>
          )
          : null}
        <Members view={view} deal={deal} members={members} />
        {deal.notes
          ? (
            <Panel title={t("records.notes")} id="notes">
              <p class="prose">{deal.notes}</p>
            </Panel>
          )
          : null}
        <WayPanel view={view} way={way} />
        <TimelinePanel view={view} {...timeline} owners={owners} names={names} />
      </Columns>
    </>
  );
};

/** With whom, for how much and until when: what one opens a deal for, above all else. */
function essence({ t, format }: View, deal: Deal): Child {
  const { amountCents, currency, expectedCloseOn } = deal;
  const parts: Child[] = [
    deal.companyId && <a href={path`/companies/${deal.companyId}`}>{deal.companyName}</a>,
    amountCents !== null && <b>{format.money(amountCents, currency)}</b>,
    deal.status === "open" && expectedCloseOn &&
    `${t("deals.close")} ${format.date(expectedCloseOn)}`,
  ].filter(Boolean);
  return parts.length === 0
    ? undefined
    : <>{parts.map((part, i) => <>{i > 0 ? " · " : null}{part}</>)}</>;
}

const Details = (
  { view, deal, fields }: { view: View; deal: Deal; fields: readonly CustomField[] },
) => {
  const { t, format } = view;
  const { amountCents, currency, probability } = deal;
  return (
    <Panel title={t("deals.details")} id="details">
      <DescriptionList
        items={[
          [
            t("deals.amount"),
            amountCents === null
              ? null
              : <Money view={view} cents={amountCents} currency={currency} />,
          ],
          deal.status === "open" && [
            t("deals.probability"),
            amountCents === null ? format.percent(probability) : t("deals.weighted", {
              probability,
              amount: format.money(Math.round(amountCents * probability / 100), currency),
            }),
          ],
          [t("deals.close"), deal.expectedCloseOn && format.date(deal.expectedCloseOn)],
          [t("deals.closed"), deal.closedAt && format.date(deal.closedAt)],
          [t("deals.lost_reason"), deal.lostReason],
          [t("deals.pipeline"), deal.pipelineName],
          [t("records.owner"), deal.ownerName],
          [t("contacts.source"), deal.source],
          ...customItems(view, fieldsOf(fields, "deal"), deal.custom),
          [t("records.created"), format.date(deal.createdAt)],
          [t("records.last_touch"), format.date(deal.lastTouchAt)],
          [
            t("contacts.retain"),
            <ClockLine
              view={view}
              kind="deal"
              id={deal.id}
              clock={deal.clock}
            />,
          ],
        ]}
      />
    </Panel>
  );
};

const Members = (
  { view, deal, members }: { view: View; deal: Deal; members: readonly DealContact[] },
) => {
  const { t } = view;
  return (
    <Panel
      title={t("deals.persons")}
      id="persons"
      actions={view.can("deals.write")
        ? (
          <LinkButton
            view={view}
            href={path`/deals/${deal.id}/contacts`}
            label={t(members.length > 0 ? "deals.persons_edit" : "deals.persons_add")}
            icon={members.length > 0 ? "pencil" : "plus"}
            variant="quiet"
          />
        )
        : null}
    >
      <DataTable
        view={view}
        caption={t("deals.persons")}
        columns={[
          { key: "name", header: t("contacts.name"), cell: ({ name }: DealContact) => name },
          { key: "role", header: t("deals.role"), cell: ({ role }) => role },
          {
            key: "company",
            header: t("contacts.company"),
            priority: 3,
            cell: ({ company }) => company,
          },
          {
            key: "email",
            header: t("records.email"),
            priority: 2,
            cell: ({ id, email }) =>
              email && view.can("mail.send")
                ? <a href={query("/messages/new", { contact: id, deal: deal.id })}>{email}</a>
                : email,
          },
          {
            key: "phone",
            header: t("records.phone"),
            priority: 3,
            cell: ({ phone }) => phone && <Call view={view} phone={phone} />,
          },
        ]}
        rows={members}
        href={({ id }) => path`/contacts/${id}`}
        phoneLine={({ phone }) => phone && <Call view={view} phone={phone} />}
        empty={<p>{t("deals.persons_none")}</p>}
      />
    </Panel>
  );
};
