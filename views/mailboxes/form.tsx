/** How a mailbox is reached: server, log-in, since when. */
import type { Mailbox, Security } from "../../db/mailboxes.ts";
import { path } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import {
  Checkbox,
  EmailField,
  FieldRow,
  HiddenField,
  NumberField,
  PasswordField,
  Select,
  TextField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  /** Null for a new one. */
  mailbox: Mailbox | null;
  securities: readonly Security[];
  days: readonly (7 | 30 | 90 | 365)[];
}

export const MailboxForm = ({ view, form, mailbox, securities, days }: Props) => {
  const { t } = view;
  const fresh = mailbox === null;
  const labels = {
    name: t("mailboxes.name"),
    address: t("mailboxes.address"),
    host: t("mailboxes.host"),
    port: t("mailboxes.port"),
    security: t("mailboxes.security"),
    username: t("mailboxes.username"),
    password: t("mailboxes.password"),
    days: t("mailboxes.days"),
  };
  const field = (name: keyof typeof labels) => ({ view, form, name, label: labels[name] });
  const back = fresh ? "/settings/mailboxes" : path`/settings/mailboxes/${mailbox.id}`;
  return (
    <>
      <PageHeader
        view={view}
        title={t(fresh ? "mailboxes.new" : "mailboxes.edit")}
        crumbs={[
          { href: "/settings/mailboxes", label: t("mailboxes.title") },
          ...fresh ? [] : [{ href: back, label: mailbox.name }],
        ]}
      />
      <Form view={view} form={form} labels={labels}>
        <HiddenField
          name={fresh ? "id" : "version"}
          value={valueOf(form, fresh ? "id" : "version")}
        />
        <TextField
          {...field("name")}
          hint={t("mailboxes.name_hint")}
          required
          size="l"
          maxlength={100}
          autofocus={fresh}
        />
        <EmailField {...field("address")} required />
        <FieldRow>
          <TextField {...field("host")} required size="l" maxlength={253} inputmode="url" />
          <NumberField {...field("port")} required size="xs" inputmode="numeric" />
        </FieldRow>
        <Select
          {...field("security")}
          size="l"
          options={securities.map((value) => ({ value, label: t(`mailboxes.security_${value}`) }))}
        />
        <TextField
          {...field("username")}
          hint={t("mailboxes.username_hint")}
          size="l"
          maxlength={254}
          required
        />
        <PasswordField
          {...field("password")}
          hint={fresh ? t("mailboxes.password_hint") : t("mailboxes.password_keep")}
          autocomplete="new-password"
          required={fresh}
        />
        {fresh
          ? (
            <>
              <Select
                {...field("days")}
                hint={t("mailboxes.days_hint")}
                options={days.map((value) => ({
                  value: String(value),
                  label: t(`mailboxes.days_${value}`),
                }))}
              />
              {view.can("settings.manage")
                ? (
                  <Checkbox
                    view={view}
                    form={form}
                    name="shared"
                    label={t("mailboxes.shared")}
                    hint={t("mailboxes.shared_hint")}
                  />
                )
                : null}
              {view.can("requests.manage")
                ? (
                  <Checkbox
                    view={view}
                    form={form}
                    name="privacy"
                    label={t("mailboxes.of_privacy")}
                    hint={t("mailboxes.privacy_hint")}
                  />
                )
                : null}
            </>
          )
          : null}
        <FormActions>
          <Button
            view={view}
            label={t(fresh ? "mailboxes.new" : "common.save")}
            variant="primary"
          />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
