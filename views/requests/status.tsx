/** What people see after exercising their rights: receipt, the code, the status. */
import type { CaseItem } from "../../db/case_items.ts";
import type { Case } from "../../db/cases.ts";
import type { Controller } from "../../db/controllers.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { requestPath } from "./paths.ts";

interface Props {
  view: View;
  controller: Controller;
}

interface Shown {
  request: Case;
  /** Whether an authority seems to have written: none of our days is its own, it gets no code. */
  authority: boolean;
}

/** The same answer whoever is on record: number, days, whom to contact. */
export const RequestReceived = (
  { view, controller, request, authority, contact }: Props & Shown & { contact: string },
) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader view={view} title={t(receivedTitle(authority))} sub={controller.name} />
      <p role="status">
        {t(authority ? "requests.received_text_authority" : "requests.received_text")}
      </p>
      <DescriptionList
        items={[
          [t("requests.number"), request.number],
          [t("requests.received_on"), format.date(request.receivedOn)],
          !authority && [t("requests.due_on"), format.date(request.dueOn)],
          [t("requests.contact"), contact],
        ]}
      />
      {authority ? null : <p>{t("requests.received_next")}</p>}
      <p>
        <a href={requestPath(controller.slug, request.number)}>
          {t(authority ? "requests.status_link_authority" : "requests.status_link")}
        </a>
      </p>
    </>
  );
};

/** The title after sending: what an authority wrote is no request of a person. */
export const receivedTitle = (authority: boolean) =>
  authority ? "requests.received_title_authority" : "requests.received_title";

/** The title of the status page. */
export const statusTitle = (authority: boolean) =>
  authority ? "requests.status_title_authority" : "requests.code_title";

/** Asks for the code; the page of every number looks like this. */
export const RequestCode = (
  { view, controller, number, form, sent = false }: Props & {
    number: string;
    form: FormState;
    sent?: boolean;
  },
) => {
  const { t } = view;
  const labels = { code: t("requests.code") };
  const here = requestPath(controller.slug, number);
  return (
    <>
      <PageHeader view={view} title={t("requests.code_title", { number })} sub={controller.name} />
      {sent ? <Notice view={view} kind="info" text={t("requests.code_sent")} /> : null}
      <p>{t("requests.code_text")}</p>
      <Form view={view} form={form} labels={labels} action={here} boost={false}>
        <TextField
          view={view}
          form={form}
          name="code"
          label={labels.code}
          autocomplete="one-time-code"
          maxlength={20}
          required
          size="s"
        />
        <FormActions>
          <Button view={view} label={t("requests.code_submit")} variant="primary" />
        </FormActions>
      </Form>
      <p class="hint">{t("requests.code_lost")}</p>
      <PostButton view={view} action={`${here}/codes`} label={t("requests.code_again")} />
    </>
  );
};

/** Asks for the press of the button that confirms the address: a scanner only reads. */
export const ConfirmationPage = (
  { view, controller, number, live }: Props & { number: string; live: boolean },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("requests.confirm_title")} sub={controller.name} />
      {live
        ? (
          <form method="post" action={view.path} data-hx-boost="false">
            <p>{t("requests.confirm_text", { number })}</p>
            <Button view={view} label={t("requests.confirm_submit")} variant="primary" />
          </form>
        )
        : (
          <>
            <p>{t("requests.confirm_gone")}</p>
            <p>
              <a href={requestPath(controller.slug, number)}>{t("requests.status_link")}</a>
            </p>
          </>
        )}
    </>
  );
};

/** How far a request has come; what was found stands in the answer alone. */
export const RequestStatus = (
  { view, controller, request, authority, items }: Props & Shown & { items: readonly CaseItem[] },
) => {
  const { t, format } = view;
  const closed = request.status === "closed";
  const answered = items.some((item) => stateOf(item) === "answered");
  return (
    <>
      <PageHeader
        view={view}
        title={t(statusTitle(authority), { number: request.number })}
        sub={controller.name}
      />
      {request.confirmedAt ? <Notice view={view} kind="ok" text={t("requests.confirmed")} /> : null}
      <DescriptionList
        items={[
          [t("requests.received_on"), format.date(request.receivedOn)],
          (closed ? answered : !authority) && [
            t("requests.due_on"),
            closed
              ? t("requests.answered")
              : request.pausedAt
              ? t("requests.paused")
              : format.date(request.dueOn),
          ],
          [t("requests.extended"), request.extensionReason],
        ]}
      />
      <Panel title={t("requests.claimed")}>
        <DescriptionList
          items={items.map((item) => [
            t(`officers.right_${item.right}`),
            t(`requests.item_${stateOf(item)}`),
          ])}
        />
      </Panel>
    </>
  );
};

/** What is said of a right: what nobody answered is not called answered. */
function stateOf({ status, closedAt }: CaseItem) {
  if (status === "identity" || status === "withdrawn") return status;
  if (status === "forwarded" || status === "dropped") return status;
  return closedAt ? "answered" : "open";
}
