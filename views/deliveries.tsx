/** The page for downloading an answer: without a log-in, with a code that is sent separately. */
import { Button, PostButton } from "./ui/button.tsx";
import { TextField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  controller: string;
  number: string;
  expiresAt: Date;
  downloadsLeft: number;
  /** Whether the code can be mailed; otherwise the tenant has sent it separately. */
  byMail: boolean;
  /** A code was just mailed. */
  sent: boolean;
  form: FormState;
}

/** Asks for the code; a scanner that opens the link fetches nothing. */
export const DeliveryPage = (props: Props) => {
  const { view, form, byMail, sent } = props;
  const { t, format } = view;
  const labels = { code: t("deliveries.code") };
  return (
    <>
      <PageHeader
        view={view}
        title={t("deliveries.title_number", { number: props.number })}
        sub={props.controller}
      />
      {sent ? <Notice view={view} kind="info" text={t("deliveries.code_sent")} /> : null}
      <p>
        {t("deliveries.waits", { until: format.dateTime(props.expiresAt) })}{" "}
        {t("deliveries.left", { count: props.downloadsLeft })}
      </p>
      {byMail
        ? <PostButton view={view} action={`${view.path}/codes`} label={t("deliveries.code_ask")} />
        : <p>{t("deliveries.code_apart")}</p>}
      <Form view={view} form={form} labels={labels} action={view.path} boost={false}>
        <TextField
          view={view}
          form={form}
          name="code"
          label={labels.code}
          hint={t("deliveries.code_hint")}
          autocomplete="one-time-code"
          maxlength={20}
          required
          size="s"
        />
        <FormActions>
          <Button view={view} label={t("deliveries.fetch")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};

/** The same for an answer that is gone and for a link that never was. */
export const DeliveryEnd = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("deliveries.title")} />
    <p>{view.t("deliveries.gone")}</p>
  </>
);
