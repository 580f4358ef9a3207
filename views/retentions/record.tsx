/** A record's retention: its clock, the evidence for it, what suspends it, and the forms for all. */
import type { AssignableName } from "../../db/record_classes.ts";
import type { Clock, Duty, Hold, HoldKind } from "../../db/record_clocks.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { path } from "../path.ts";
import { nouns } from "../records/nouns.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { DateField, FieldRow, HiddenField, Select, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { ClockLine } from "./clock.tsx";

const assignable: readonly AssignableName[] = ["letter", "voucher", "books", "applicant", "claim"];
const holdKinds: readonly HoldKind[] = ["law", "dispute", "assessment", "case"];

interface Props {
  view: View;
  kind: Kind;
  id: string;
  name: string;
  clock: Clock;
  /** The last day until which a decision may keep it. */
  keepable: string;
  forms: { duty: FormState; hold: FormState; keep: FormState };
}

export const RecordRetention = (props: Props) => {
  const { view, kind, id, name, clock } = props;
  const { t } = view;
  const noun = nouns[kind];
  return (
    <>
      <PageHeader
        view={view}
        title={t("retentions.of_record")}
        crumbs={[
          { href: `/${noun}`, label: t(`${noun}.title`) },
          { href: path`/${noun}/${id}`, label: name },
        ]}
      />
      <p>
        <ClockLine view={view} kind={kind} id={id} clock={clock} />
      </p>
      <Duties {...props} />
      <Holds {...props} />
      <Keep {...props} />
    </>
  );
};

const Duties = ({ view, kind, id, clock: { duties }, forms: { duty } }: Props) => {
  const { t, format } = view;
  const labels = {
    class: t("retentions.class"),
    reference: t("retentions.reference"),
    startsOn: t("retentions.starts_on"),
  };
  return (
    <Panel title={t("retentions.duties")} id="duties">
      <DataTable<Duty>
        view={view}
        caption={t("retentions.duties")}
        rows={duties}
        empty={<p>{t("retentions.duties_empty")}</p>}
        columns={[
          {
            key: "reference",
            header: labels.reference,
            heading: true,
            cell: ({ reference }) => reference,
          },
          {
            key: "class",
            header: labels.class,
            cell: ({ class: name }) => t(`retentions.class_${name}`),
          },
          {
            key: "starts",
            header: labels.startsOn,
            priority: 2,
            cell: ({ startsOn }) =>
              startsOn ? format.date(startsOn) : t("retentions.start_missing"),
          },
          {
            key: "away",
            header: t("common.actions"),
            cell: ({ id: dutyId, reference }) => (
              <PostButton
                view={view}
                action={path`/settings/retention/duties/${dutyId}/removal`}
                label={t("retentions.remove")}
                variant="quiet"
              >
                <span class="visually-hidden">{reference}</span>
              </PostButton>
            ),
          },
        ]}
      />
      <Form
        view={view}
        form={duty}
        labels={labels}
        action={path`/${nouns[kind]}/${id}/retention/duties`}
      >
        <HiddenField name="id" value={valueOf(duty, "id")} />
        <FieldRow>
          <Select
            view={view}
            form={duty}
            name="class"
            label={labels.class}
            options={assignable.map((value) => ({ value, label: t(`retentions.class_${value}`) }))}
            required
          />
          <TextField
            view={view}
            form={duty}
            name="reference"
            label={labels.reference}
            hint={t("retentions.reference_hint")}
            maxlength={200}
            required
          />
          <DateField
            view={view}
            form={duty}
            name="startsOn"
            label={labels.startsOn}
            hint={t("retentions.starts_on_hint")}
          />
        </FieldRow>
        <FormActions>
          <Button view={view} label={t("retentions.add_duty")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

const Holds = ({ view, kind, id, clock, forms: { hold } }: Props) => {
  const { t, format } = view;
  const labels = {
    kind: t("retentions.hold_kind"),
    reason: t("retentions.reason"),
    reviewOn: t("retentions.review_on"),
  };
  return (
    <Panel title={t("retentions.holds")} id="holds">
      <DataTable<Hold>
        view={view}
        caption={t("retentions.holds")}
        rows={clock.holds}
        empty={<p>{t("retentions.holds_empty")}</p>}
        phoneLine={({ reason }) => reason}
        columns={[
          {
            key: "kind",
            header: labels.kind,
            heading: true,
            cell: ({ kind }) => t(`retentions.hold_${kind}`),
          },
          { key: "reason", header: labels.reason, priority: 2, cell: ({ reason }) => reason },
          {
            key: "review",
            header: labels.reviewOn,
            cell: ({ reviewOn }) => reviewOn && format.date(reviewOn),
          },
          {
            key: "release",
            header: t("common.actions"),
            cell: ({ id: holdId, reason }) =>
              holdId === null ? null : (
                <PostButton
                  view={view}
                  action={path`/settings/retention/holds/${holdId}/release`}
                  label={t("retentions.release")}
                  variant="quiet"
                >
                  <span class="visually-hidden">{reason}</span>
                </PostButton>
              ),
          },
        ]}
      />
      <Form
        view={view}
        form={hold}
        labels={labels}
        action={path`/${nouns[kind]}/${id}/retention/holds`}
      >
        <HiddenField name="id" value={valueOf(hold, "id")} />
        <FieldRow>
          <Select
            view={view}
            form={hold}
            name="kind"
            label={labels.kind}
            options={holdKinds.map((value) => ({ value, label: t(`retentions.hold_${value}`) }))}
            required
          />
          <TextField
            view={view}
            form={hold}
            name="reason"
            label={labels.reason}
            hint={t("retentions.reason_hint")}
            maxlength={500}
            required
          />
          <DateField view={view} form={hold} name="reviewOn" label={labels.reviewOn} required />
        </FieldRow>
        <FormActions>
          <Button view={view} label={t("retentions.add_hold")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

const Keep = ({ view, kind, id, keepable, forms: { keep } }: Props) => {
  const { t, format } = view;
  const labels = { keepReason: t("retentions.reason"), until: t("retentions.keep_until") };
  return (
    <Panel title={t("retentions.keep")} id="keep">
      <Form
        view={view}
        form={keep}
        labels={labels}
        action={path`/${nouns[kind]}/${id}/retention/keeping`}
      >
        <HiddenField name="id" value={valueOf(keep, "id")} />
        <FieldRow>
          <TextField
            view={view}
            form={keep}
            name="keepReason"
            label={labels.keepReason}
            hint={t("retentions.reason_hint")}
            maxlength={200}
            required
          />
          <DateField
            view={view}
            form={keep}
            name="until"
            label={labels.until}
            hint={t("retentions.keep_hint", { date: format.date(keepable) })}
            required
          />
        </FieldRow>
        <FormActions>
          <Button view={view} label={t("retentions.keep")} />
        </FormActions>
      </Form>
    </Panel>
  );
};
