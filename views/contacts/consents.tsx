/** A contact's consents, valid ones first, and the form that records another. */
import type { Agreed, Channel, Consent, Way } from "../../db/consents.ts";
import type { Contact } from "../../db/contacts.ts";
import type { Purpose } from "../../db/origins.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import {
  CheckboxGroup,
  DateField,
  FieldRow,
  HiddenField,
  Select,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { fullName } from "./names.ts";

interface Props {
  view: View;
  contact: Contact;
  consents: readonly Consent[];
  form: FormState;
  channels: readonly Channel[];
  ways: readonly Way[];
  purposes: readonly Purpose[];
}

/** The page. */
export const ConsentsPage = (props: Props) => {
  const { view, contact } = props;
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("consents.title")}
        crumbs={[
          { href: "/contacts", label: t("contacts.title") },
          { href: withinList(view, path`/contacts/${contact.id}`), label: fullName(contact) },
        ]}
      />
      <List {...props} />
      {view.can("contacts.write") && view.contract?.phase !== "read_only"
        ? (
          <Panel title={t("consents.new")} id="new">
            <New {...props} />
          </Panel>
        )
        : null}
    </>
  );
};

const List = ({ view, contact, consents }: Props) => {
  const { t, format } = view;
  const writes = view.can("contacts.write");
  return (
    <DataTable
      view={view}
      caption={t("consents.title")}
      rows={consents}
      rowId={({ id }) => `consent-${id}`}
      phoneLine={({ givenAt, givenHow }) => `${format.date(givenAt)}, ${wayOf(view, givenHow)}`}
      columns={[
        {
          key: "channel",
          header: t("consents.channel"),
          cell: (consent) => agreedTo(view, consent),
        },
        {
          key: "text",
          header: t("consents.text"),
          priority: 2,
          cell: ({ textVersion, proof }) => (
            <>
              {textVersion}
              {proof ? <div class="prose">{proof}</div> : null}
            </>
          ),
        },
        {
          key: "given",
          header: t("consents.given"),
          priority: 2,
          cell: ({ givenAt, givenHow }) => `${format.date(givenAt)}, ${wayOf(view, givenHow)}`,
        },
        {
          key: "by",
          header: t("consents.recorded_by"),
          priority: 3,
          cell: ({ recordedBy }) => recordedBy,
        },
        {
          key: "state",
          header: t("consents.state"),
          cell: ({ id, withdrawnAt }) =>
            withdrawnAt
              ? (
                <Badge
                  tone="neutral"
                  label={t("consents.withdrawn", { date: format.date(withdrawnAt) })}
                />
              )
              : writes
              ? (
                <PostButton
                  view={view}
                  action={withinList(view, path`/contacts/${contact.id}/consents/withdrawal`)}
                  fields={{ consent: id }}
                  label={t("consents.withdraw")}
                />
              )
              : <Badge tone="ok" label={t("consents.stands")} />,
        },
      ]}
      empty={<EmptyState title={t("consents.none")} text={t("consents.none_text")} />}
    />
  );
};

/** The channel and the purpose that a consent is for. */
export const agreedTo = ({ t }: View, { channel, purpose }: Agreed): string =>
  `${t(`contacts.objection_${channel}`)}, ${t(`contacts.purpose_${purpose}`)}`;

/** Other systems say in words of their own how a consent was given. */
function wayOf({ t }: View, way: string): string {
  const key = `consents.way_${way}`;
  return isMessageKey(key) ? t(key) : way;
}

const New = ({ view, contact, form, channels, ways, purposes }: Props) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const labels = {
    channels: t("consents.channels"),
    purpose: t("contacts.purpose"),
    textVersion: t("consents.text"),
    givenOn: t("consents.given_on"),
    givenHow: t("consents.given_how"),
    proof: t("consents.proof"),
  };
  return (
    <Form
      view={view}
      form={form}
      action={withinList(view, path`/contacts/${contact.id}/consents`)}
      labels={labels}
    >
      <HiddenField name="id" value={String(form.values.id ?? "")} />
      <CheckboxGroup
        {...field("channels")}
        label={labels.channels}
        required
        inline
        options={channels.map((value) => ({ value, label: t(`contacts.objection_${value}`) }))}
      />
      <TextField
        {...field("textVersion")}
        label={labels.textVersion}
        hint={t("consents.text_hint")}
        required
        size="l"
        maxlength={500}
      />
      <FieldRow>
        <Select
          {...field("purpose")}
          label={labels.purpose}
          options={purposes.map((value) => ({ value, label: t(`contacts.purpose_${value}`) }))}
        />
        <DateField {...field("givenOn")} label={labels.givenOn} required />
        <Select
          {...field("givenHow")}
          label={labels.givenHow}
          options={ways.map((value) => ({ value, label: t(`consents.way_${value}`) }))}
        />
      </FieldRow>
      <TextArea
        {...field("proof")}
        label={labels.proof}
        hint={t("consents.proof_hint")}
        rows={2}
      />
      <FormActions>
        <Button view={view} label={t("consents.save")} variant="primary" />
        <LinkButton
          view={view}
          href={withinList(view, path`/contacts/${contact.id}`)}
          label={t("common.cancel")}
          variant="quiet"
        />
      </FormActions>
    </Form>
  );
};
