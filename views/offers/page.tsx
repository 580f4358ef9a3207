/** The page of an offer: its contents, its state, and the next step. */
import type { Deal } from "../../db/deals.ts";
import type { Offer, OfferRow } from "../../db/offers.ts";
import type { Stage } from "../../db/stages.ts";
import { ItemsPanel, ItemTable } from "../deals/items.tsx";
import { errorText } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { HiddenField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { emptyForm, Form } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { nameOf } from "./index.tsx";
import { stateTones } from "./states.ts";

interface Props {
  view: View;
  offer: Offer;
  versions: readonly Pick<OfferRow, "id" | "versionNo" | "state">[];
  /** Null for an offer that is kept after its deal is gone. */
  deal: Deal | null;
  stages: readonly Stage[];
  /** Why the last step was not taken. */
  fault: string | null;
}

/** The whole page. */
export const OfferPage = (props: Props) => {
  const { view, offer, deal, fault } = props;
  const { t } = view;
  return (
    <>
      {fault ? <Notice view={view} kind="error" text={errorText(t, fault)} /> : null}
      <PageHeader
        view={view}
        title={offer.number ? nameOf(view, offer) : offer.subject}
        crumbs={[
          { href: "/offers", label: t("offers.title") },
          ...(deal ? [{ href: path`/deals/${deal.id}`, label: deal.title }] : []),
        ]}
        sub={offer.number ? offer.subject : undefined}
        marks={<Badge label={t(`offers.state_${offer.state}`)} tone={stateTones[offer.state]} />}
      >
        <Actions {...props} />
      </PageHeader>
      <Columns aside={<Details {...props} />}>
        <NextStep {...props} />
        {deal && offer.state === "draft"
          ? <ItemsPanel view={view} deal={deal} calculation={offer} offer={offer.id} />
          : (
            <Panel title={t("items.title")} id="items">
              <ItemTable view={view} currency={offer.currency} calculation={offer} />
            </Panel>
          )}
        <Panel title={t("offers.opening")} id="opening">
          <p class="prose">{offer.opening}</p>
        </Panel>
        <Panel title={t("offers.closing")} id="closing">
          <p class="prose">{offer.closing}</p>
        </Panel>
      </Columns>
    </>
  );
};

/** The version that was accepted: beside it no other is issued or begun. */
const acceptedOf = ({ versions }: Props) => versions.find(({ state }) => state === "accepted");

const Actions = (props: Props) => {
  const { view, offer, deal } = props;
  const { t } = view;
  const at = path`/offers/${offer.id}`;
  const mayWrite = view.can("deals.write");
  const open = ["issued", "sent", "expired"].includes(offer.state);
  return (
    <>
      <LinkButton
        view={view}
        href={`${at}/paper`}
        label={t("offers.paper")}
        icon="file-text"
        download={false}
      />
      {offer.issuedOn
        ? (
          <LinkButton
            view={view}
            href={`${at}/paper?download`}
            label={t("offers.pdf")}
            icon="download"
            download
          />
        )
        : null}
      {offer.state === "draft" && mayWrite
        ? (
          <>
            <LinkButton view={view} href={`${at}/edit`} label={t("offers.edit")} icon="pencil" />
            <PostButton
              view={view}
              action={`${at}/deletion`}
              label={t("offers.discard")}
              icon="trash-2"
              variant="quiet"
            />
          </>
        )
        : null}
      {(open || offer.state === "declined") && deal && mayWrite && !acceptedOf(props)
        ? (
          <PostButton
            view={view}
            action={`${at}/versions`}
            label={t("offers.renew")}
            icon="copy"
          />
        )
        : null}
    </>
  );
};

/** The next actions; none for users who only read and for closed offers. */
const NextStep = (props: Props) => {
  const { view, offer, deal, stages } = props;
  const { t } = view;
  const accepted = acceptedOf(props);
  const at = path`/offers/${offer.id}`;
  if (!view.can("deals.write")) return null;
  if (offer.state === "draft" && accepted) {
    return (
      <section class="next-step" id="next">
        <p>
          {t("offers.issue_accepted")}{" "}
          <a href={path`/offers/${accepted.id}`}>{t("offers.to_accepted")}</a>
        </p>
      </section>
    );
  }
  if (offer.state === "draft") {
    return (
      <section class="next-step" id="next">
        <p>{t("offers.issue_text")}</p>
        <PostButton
          view={view}
          action={`${at}/issue`}
          label={t("offers.issue")}
          icon="check"
          variant="primary"
        />
      </section>
    );
  }
  if (offer.state === "accepted" || offer.state === "declined") {
    return (
      <section class="next-step" id="next">
        <PostButton
          view={view}
          action={`${at}/decision/removal`}
          label={t("offers.reopen")}
          icon="undo-2"
          variant="quiet"
        />
      </section>
    );
  }
  if (offer.state === "replaced") return null;
  return (
    <section class="next-step" id="next">
      <div class="button-row">
        {view.can("mail.send")
          ? (
            <PostButton
              view={view}
              action={`${at}/mail`}
              label={t("offers.mail")}
              icon="send"
              variant={offer.state === "issued" ? "primary" : "plain"}
            />
          )
          : null}
        {offer.state === "issued"
          ? (
            <PostButton
              view={view}
              action={`${at}/dispatch`}
              label={t("offers.mark_sent")}
              icon="check"
            />
          )
          : null}
      </div>
      <Decision view={view} at={at} state="accepted" deal={deal} stages={stages} />
      <Decision view={view} at={at} state="declined" deal={deal} stages={stages} />
    </section>
  );
};

/** What came of it; the deal moves on with it, unless that is chosen away. */
const Decision = (
  { view, at, state, deal, stages }: Pick<Props, "view" | "deal" | "stages"> & {
    at: string;
    state: "accepted" | "declined";
  },
) => {
  const { t } = view;
  const won = stages.find(({ kind }) => kind === "won");
  // A declined offer is often followed by another one: the deal stays open unless the user says otherwise.
  const usual = state === "accepted" ? won?.id ?? "" : "";
  return (
    <Form view={view} form={emptyForm} action={`${at}/decision`}>
      <HiddenField name="state" value={state} />
      <HiddenField name="version" value={String(deal?.version ?? 1)} />
      <div class="button-row">
        <Button
          view={view}
          label={t(state === "accepted" ? "offers.accept" : "offers.decline")}
          icon={state === "accepted" ? "check" : "x"}
        />
        {deal
          ? (
            <select name="stageId" aria-label={t("offers.stage")}>
              {[{ id: "", name: t("offers.stage_stays") }, ...stages].map(({ id, name }) => (
                <option value={id} selected={id === usual}>
                  {`${t("offers.stage")}: ${name}`}
                </option>
              ))}
            </select>
          )
          : null}
      </div>
    </Form>
  );
};

const Details = ({ view, offer, versions, deal }: Props) => {
  const { t, format } = view;
  return (
    <>
      <Panel title={t("records.details")} id="details">
        <DescriptionList
          items={[
            [t("offers.recipient"), <span class="prose">{offer.recipient}</span>],
            [
              t("offers.contact"),
              offer.contactId && offer.contactName
                ? <a href={path`/contacts/${offer.contactId}`}>{offer.contactName}</a>
                : null,
            ],
            [t("offers.deal"), deal ? <a href={path`/deals/${deal.id}`}>{deal.title}</a> : null],
            [t("offers.language"), t(`layout.language_${offer.language}`)],
            [t("offers.issued_on"), offer.issuedOn && format.date(offer.issuedOn)],
            [t("offers.valid_until"), format.date(offer.validUntil)],
            [t("offers.sent_at"), offer.sentAt && format.dateTime(offer.sentAt)],
            [t("offers.decided"), offer.decidedAt && format.dateTime(offer.decidedAt)],
            [t("offers.kept_until"), offer.keptUntil && format.date(offer.keptUntil)],
            [
              t("offers.digest"),
              offer.digest ? <code class="digest">{offer.digest}</code> : null,
            ],
          ]}
        />
        {offer.issuedOn && !offer.digest ? <p class="hint">{t("offers.paper_remade")}</p> : null}
      </Panel>
      {versions.length > 1
        ? (
          <Panel title={t("offers.history")} id="versions">
            <ul>
              {versions.map(({ id, versionNo, state }) => (
                <li>
                  <a
                    href={path`/offers/${id}`}
                    aria-current={id === offer.id ? "page" : undefined}
                  >
                    {t("offers.version", { number: versionNo })}
                  </a>{" "}
                  <Badge label={t(`offers.state_${state}`)} tone={stateTones[state]} />
                </li>
              ))}
            </ul>
          </Panel>
        )
        : null}
    </>
  );
};
