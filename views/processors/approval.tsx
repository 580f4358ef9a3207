/** The officer's pages behind the link in a mail: the evidence, and what was decided. */
import type { Evidence } from "../../db/processor_evidence.ts";
import type { Processor } from "../../db/processors.ts";
import { path } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Checkbox, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { countries, country, data, service, sub, word } from "./words.ts";

interface Props {
  view: View;
  processor: Processor;
  evidence: Evidence;
  form: FormState;
  token: string;
}

/** Shows the evidence and what it should prove; only the buttons act. */
export const ApprovalPage = ({ view, processor, evidence, form, token }: Props) => {
  const { t, format } = view;
  const labels = {
    read: t("processors.approval_read"),
    reason: t("processors.approval_refuse_reason"),
  };
  return (
    <>
      <PageHeader view={view} title={t("processors.approval_title")} sub={processor.name} />
      <p>{t("processors.approval_text")}</p>
      <DescriptionList
        items={[
          [
            t("processors.covers"),
            evidence.covers.map((each) => t(`processors.covers_${each}`)).join(", "),
          ],
          [t("processors.dated_on"), format.date(evidence.datedOn)],
          [t("policies.service"), service(view, processor)],
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
          [t("processors.subs"), processor.subProcessors.map((each) => sub(view, each)).join("; ")],
          [
            t("processors.known"),
            processor.adapter ? word(view, `processors.known_${processor.adapter}`, "") : "",
          ],
        ]}
      />
      <p>
        <LinkButton
          view={view}
          href={path`/evidence-approvals/${token}/file`}
          label={`${t("processors.approval_file")}: ${evidence.fileName}`}
          icon="download"
          download
        />
      </p>
      <Form view={view} form={form} labels={labels} action={path`/evidence-approvals/${token}`}>
        <Checkbox {...{ view, form, name: "read", label: labels.read }} required />
        <FormActions>
          <Button view={view} label={t("processors.approval_approve")} variant="primary" />
        </FormActions>
      </Form>
      <Panel title={t("processors.approval_refuse")}>
        <form
          method="post"
          action={path`/evidence-approvals/${token}/refusal`}
          class="form"
          novalidate
        >
          <TextField
            {...{ view, form, name: "reason", label: labels.reason }}
            required
            size="full"
            maxlength={1000}
          />
          <FormActions>
            <Button view={view} label={t("processors.approval_refuse")} variant="danger" />
          </FormActions>
        </form>
      </Panel>
    </>
  );
};

/** What was decided, or that the link is used up. */
export const DecidedPage = (
  { view, outcome }: { view: View; outcome: "approved" | "refused" | "approval_gone" },
) => (
  <>
    <PageHeader view={view} title={view.t(`processors.${outcome}_title`)} />
    <p>{view.t(`processors.${outcome}_text`)}</p>
    <p>
      <a href="/privacy/processors">{view.t("processors.title")}</a>
    </p>
  </>
);
