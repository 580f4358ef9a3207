/** People transferred from other controllers: addresses, what has arrived, and accepting it or not. */
import type { IncomingTransfer } from "../db/incoming_transfers.ts";
import type { PortableDocument } from "../db/portability_documents.ts";
import { path } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button, PostButton } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { HiddenField, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

const base = "/settings/transfers";

const stateOf = ({ t, format }: View, transfer: IncomingTransfer): string =>
  transfer.settledAt
    ? t(transfer.accepted ? "transfers.was_accepted" : "transfers.was_refused")
    : transfer.receivedAt
    ? t("transfers.waits")
    : t("transfers.expected", { until: format.date(transfer.expiresAt) });

/** The list, and the form for one more address. */
export const IncomingIndex = (
  { view, form, transfers }: {
    view: View;
    form: FormState;
    transfers: readonly IncomingTransfer[];
  },
) => {
  const { t, format } = view;
  const labels = { note: t("transfers.note") };
  return (
    <>
      <SettingsHead view={view} title={t("transfers.incoming")} />
      <SettingsTabs view={view} current="requests" />
      <div class="panel">
        <p>{t("transfers.incoming_text")}</p>
        <Form view={view} form={form} labels={labels} action={base} boost={false}>
          <HiddenField name="id" value={valueOf(form, "id")} />
          <TextField
            view={view}
            form={form}
            name="note"
            label={labels.note}
            hint={t("transfers.note_hint")}
            maxlength={200}
            required
          />
          <FormActions>
            <Button view={view} label={t("transfers.make")} variant="primary" />
          </FormActions>
        </Form>
        {transfers.length === 0 ? <p>{t("transfers.none")}</p> : (
          <ul class="bullets">
            {transfers.map((each) => (
              <li>
                {each.receivedAt && !each.settledAt
                  ? <a href={base + path`/${each.id}`}>{each.note}</a>
                  : each.note}, {format.date(each.createdAt)}: {stateOf(view, each)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
};

/** The address, shown once. */
export const IncomingAddress = (
  { view, address, note }: { view: View; address: string; note: string },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={note}
        crumbs={[{ href: base, label: t("transfers.incoming") }]}
      />
      <p>{t("transfers.address_text")}</p>
      <p>
        <code>{address}</code>
      </p>
    </>
  );
};

/** What came, before it is taken; where it breaks the rules it can only be discarded. */
export const IncomingPage = (
  { view, transfer, document, faults }: {
    view: View;
    transfer: IncomingTransfer;
    document: PortableDocument | null;
    faults: readonly string[];
  },
) => {
  const { t } = view;
  const { name = "", email = "" } = document?.controller ?? {};
  const at = base + path`/${transfer.id}`;
  return (
    <>
      <PageHeader
        view={view}
        title={transfer.note}
        sub={[name, email].filter(Boolean).join(", ")}
        crumbs={[{ href: base, label: t("transfers.incoming") }]}
      >
        {document && (
          <PostButton
            view={view}
            variant="primary"
            action={`${at}/acceptance`}
            label={t("transfers.accept")}
          />
        )}
        <PostButton
          view={view}
          variant="danger"
          action={`${at}/refusal`}
          label={t("transfers.refuse")}
        />
      </PageHeader>
      {!document && (
        <>
          <p>{t("transfers.faulty")}</p>
          <ul class="bullets">
            {faults.map((each) => (
              <li>
                <code>{each}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {document?.persons.map((person) => (
        <DescriptionList
          items={[
            [
              t("access.field_last_name"),
              [person.title, person.first_name, person.name_prefix, person.last_name]
                .filter(Boolean).join(" "),
            ],
            [t("access.table_emails"), person.emails.map(({ address }) => address).join(", ")],
            [t("access.table_phones"), person.phones.map(({ number }) => number).join(", ")],
            [
              t("access.table_addresses"),
              person.addresses.map(({ street, postal_code, city }) =>
                [street, [postal_code, city].filter(Boolean).join(" ")].filter(Boolean).join(", ")
              ).join("; "),
            ],
            [t("access.table_affiliations"), person.companies.map(({ name }) => name).join(", ")],
          ]}
        />
      ))}
    </>
  );
};
