/** The question who wrote a mail: an existing contact, or a new one created with one click. */
import type { CompanyRow } from "../../db/company_lists.ts";
import type { ContactRow } from "../../db/contact_lists.ts";
import type { Origin } from "../../db/origins.ts";
import type { MailAddress } from "../../db/received_mails/headers.ts";
import { sortedName } from "../contacts/names.ts";
import { PrivacyFields } from "../contacts/privacy.tsx";
import { path } from "../path.ts";
import { DuplicatesField } from "../records/duplicates.tsx";
import type { Duplicate } from "../../db/duplicates.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { FieldRow, HiddenField, TextField } from "../ui/field.tsx";
import { FilterText } from "../ui/filters.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

/** A record that the mail may belong to. */
export interface Candidates {
  contacts: readonly ContactRow[];
  companies: readonly CompanyRow[];
}

interface Props {
  view: View;
  /** The mail's entry in the inbox. */
  inboxId: string;
  messageId: string;
  stranger: MailAddress | null;
  /** What was looked for, or what is looked for first. */
  q: string;
  found: Candidates;
  form: FormState;
  alike: readonly Duplicate[];
  /** Whether it names somebody who was erased, objects or is restricted. */
  barred: boolean;
  origins: readonly Origin[];
  /** Whether the address must not be written to. */
  suppressed: boolean;
}

/** Both ways, the known ones first: a second record of the same person is the worse mistake. */
export const AssignmentPanel = (props: Props) => {
  const { view, suppressed } = props;
  return (
    <Panel title={view.t("inbox.assign_title")} id="assignment">
      {suppressed ? <Notice view={view} kind="warn" text={view.t("inbox.suppressed")} /> : null}
      <Finder {...props} />
      {view.can("contacts.write") ? <NewContact {...props} /> : null}
    </Panel>
  );
};

const Finder = ({ view, inboxId, messageId, stranger, q, found }: Props) => {
  const { t } = view;
  const none = found.contacts.length + found.companies.length === 0;
  const row = (kind: "contact" | "company", id: string, name: string, more = "") => (
    <li>
      <span>
        {name} <small>{more || t(`inbox.assign_${kind}`)}</small>
      </span>
      <PostButton
        view={view}
        action={path`/inbox/${inboxId}/assignment`}
        fields={{ kind, recordId: id, ...(stranger ? { learn: "on" } : {}) }}
        label={t("inbox.assign")}
        variant="quiet"
      />
    </li>
  );
  return (
    <>
      <form
        method="get"
        action={path`/messages/${messageId}`}
        role="search"
        aria-label={t("inbox.assign_find")}
        class="inline-form"
      >
        <FilterText view={view} name="q" label={t("inbox.assign_find")} value={q} />
        <Button view={view} label={t("activities.find")} icon="search" iconOnly />
      </form>
      {q !== "" && none ? <p class="hint">{t("inbox.assign_none")}</p> : null}
      {none ? null : (
        <ul class="candidates">
          {found.contacts.map((each) =>
            row("contact", each.id, sortedName(each), each.summary.company ?? each.summary.city)
          )}
          {found.companies.map((each) => row("company", each.id, each.name, each.summary.city))}
        </ul>
      )}
      {stranger && !none
        ? <p class="hint">{t("inbox.assign_learn", { address: stranger.address })}</p>
        : null}
    </>
  );
};

const NewContact = ({ view, inboxId, form, alike, barred, origins }: Props) => {
  const { t } = view;
  const labels = {
    firstName: t("contacts.first_name"),
    lastName: t("contacts.last_name"),
    "companies.0.name": t("contacts.company"),
    "emails.0.address": t("records.email"),
    origin: t("contacts.origin"),
    sourceDetail: t("contacts.source_detail"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  const hidden = ["id", "companies.0.id", "emails.0.kind", "language"];
  return (
    <details
      class="new-contact"
      open={Object.keys(form.errors).length > 0 || alike.length > 0 || barred}
    >
      <summary class="button button-plain">{t("inbox.contact_new")}</summary>
      <Form view={view} form={form} action={path`/inbox/${inboxId}/contact`} labels={labels}>
        {hidden.map((name) => <HiddenField name={name} value={String(form.values[name] ?? "")} />)}
        <FieldRow>
          <TextField {...field("firstName")} maxlength={100} />
          <TextField {...field("lastName")} maxlength={100} />
        </FieldRow>
        <DuplicatesField view={view} noun="contacts" found={alike} barred={barred} />
        <TextField {...field("companies.0.name")} size="l" maxlength={200} />
        <TextField {...field("emails.0.address")} size="l" maxlength={254} />
        <PrivacyFields view={view} form={form} origins={origins} contact={null} />
        <FormActions>
          <Button view={view} label={t("inbox.contact_new")} variant="primary" />
        </FormActions>
      </Form>
    </details>
  );
};
