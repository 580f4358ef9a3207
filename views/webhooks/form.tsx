/** The form of a webhook: recipient, address, and events. */
import type { WebhookKind } from "../../db/webhook_deliveries.ts";
import { path } from "../path.ts";
import { country } from "../processors/words.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import {
  CheckboxGroup,
  EmailField,
  HiddenField,
  Select,
  TextField,
  UrlField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  /** Null for a new one. */
  webhook: { id: string; name: string } | null;
  countries: readonly string[];
  kinds: readonly WebhookKind[];
}

export const WebhookForm = ({ view, form, webhook, countries, kinds }: Props) => {
  const { t } = view;
  const labels = {
    name: t("webhooks.receiver"),
    country: t("webhooks.country"),
    reach: t("webhooks.reach"),
    url: t("webhooks.url"),
    kinds: t("webhooks.kinds"),
  };
  const back = webhook ? path`/settings/webhooks/${webhook.id}` : "/settings/webhooks";
  const options = countries.map((value) => ({ value, label: country(view, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, view.locale));
  return (
    <>
      <PageHeader
        view={view}
        title={t(webhook ? "webhooks.edit" : "webhooks.new")}
        crumbs={[
          { href: "/settings/webhooks", label: t("webhooks.title") },
          ...(webhook ? [{ href: back, label: webhook.name }] : []),
        ]}
      />
      <Form view={view} form={form} labels={labels}>
        {webhook
          ? <HiddenField name="version" value={valueOf(form, "version")} />
          : <HiddenField name="id" value={valueOf(form, "id")} />}
        <TextField
          view={view}
          form={form}
          name="name"
          label={labels.name}
          hint={t("webhooks.receiver_hint")}
          maxlength={200}
          required
          size="l"
        />
        <Select
          view={view}
          form={form}
          name="country"
          label={labels.country}
          hint={t("webhooks.country_hint")}
          options={options}
          required
          size="m"
        />
        <EmailField
          view={view}
          form={form}
          name="reach"
          label={labels.reach}
          hint={t("webhooks.reach_hint")}
          required
          size="l"
        />
        <UrlField
          view={view}
          form={form}
          name="url"
          label={labels.url}
          hint={t("webhooks.url_hint")}
          placeholder="https://"
          required
          size="l"
        />
        <CheckboxGroup
          view={view}
          form={form}
          name="kinds"
          label={labels.kinds}
          hint={t("webhooks.kinds_hint")}
          required
          options={kinds.map((value) => ({ value, label: t(`webhooks.kind_${value}`) }))}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
