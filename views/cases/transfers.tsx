/** Transferring a person to another controller: what was done so far, and the forms for more. */
import type { CaseItem } from "../../db/case_items.ts";
import type { Transfer } from "../../db/transfers.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { FieldRow, Select, TextField, UrlField } from "../ui/field.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

interface Props {
  view: View;
  desk: Desk;
  item: CaseItem;
  transfers: readonly Transfer[];
  /** Controllers of the register that a person may be sent to. */
  destinations: readonly { id: string; name: string }[];
  form: FormState | null;
}

const passed = ["execution", "proof", "done", "partial"];

/** From the approval on. */
export const Transfers = (props: Props) => {
  const { view, item, transfers, form } = props;
  const { t, format } = view;
  if (!passed.includes(item.status)) return null;
  return (
    <section aria-label={t("transfers.title")}>
      {transfers.length === 0 ? null : (
        <ul class="bullets">
          {transfers.map(({ recipient, way, status, doneAt, createdAt, errorCode, retryAt }) => (
            <li>
              {recipient}, {t(`transfers.way_${way}`)}, {format.dateTime(doneAt ?? createdAt)}:{" "}
              {t(`transfers.status_${status}`)}
              {errorCode ? ` (${fault(view, errorCode)})` : ""}
              {retryAt ? `, ${t("transfers.retry", { at: format.dateTime(retryAt) })}` : ""}
            </li>
          ))}
        </ul>
      )}
      <LinkForm {...props} form={form ?? emptyForm} />
      {props.destinations.length === 0
        ? <p class="hint">{t("transfers.no_destination")}</p>
        : <PushForm {...props} form={form ?? emptyForm} />}
    </section>
  );
};

const fault = ({ t }: View, code: string): string => {
  const key = `transfers.fault_${code}`;
  return isMessageKey(key) ? t(key) : code;
};

const LinkForm = ({ view, desk, item, form }: Props & { form: FormState }) => {
  const { t } = view;
  const labels = { recipient: t("transfers.recipient") };
  return (
    <Form
      view={view}
      form={form}
      labels={labels}
      action={desk.base + path`/items/${item.id}/transfers/link`}
      boost={false}
    >
      <TextField
        view={view}
        form={form}
        name="recipient"
        label={labels.recipient}
        hint={t("transfers.recipient_hint")}
        maxlength={200}
        required
      />
      <FormActions>
        <Button view={view} label={t("transfers.make_link")} />
      </FormActions>
    </Form>
  );
};

const PushForm = ({ view, desk, item, destinations, form }: Props & { form: FormState }) => {
  const { t } = view;
  const labels = { processorId: t("transfers.destination"), url: t("transfers.url") };
  return (
    <Form
      view={view}
      form={form}
      labels={labels}
      action={desk.base + path`/items/${item.id}/transfers/push`}
    >
      <FieldRow>
        <Select
          view={view}
          form={form}
          name="processorId"
          label={labels.processorId}
          empty={t("cases.action_choose")}
          options={destinations.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <UrlField
          view={view}
          form={form}
          name="url"
          label={labels.url}
          hint={t("transfers.url_hint")}
          maxlength={1_000}
          required
        />
      </FieldRow>
      <FormActions>
        <Button view={view} label={t("transfers.push")} />
      </FormActions>
    </Form>
  );
};

/** A link, shown once to staff who pass it on. */
export const TransferLink = (
  { view, desk, caseId, link }: { view: View; desk: Desk; caseId: string; link: string },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("transfers.link_title")}
        crumbs={[
          { href: desk.base, label: t("cases.title") },
          { href: desk.base + path`/${caseId}`, label: t("cases.right_portability") },
        ]}
      />
      <p>{t("transfers.link_text")}</p>
      <p>
        <code>{link}</code>
      </p>
    </>
  );
};
