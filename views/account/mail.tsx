/** The page of one's own way to send mail: server and signatures. */
import type { Account } from "../../db/mail_accounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import {
  EmailField,
  FieldRow,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { PasswordField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { reasonOf } from "../messages/states.ts";

interface Props {
  view: View;
  account: Account | null;
  form: FormState;
  signatures: FormState;
  /** Whether a server without encryption may be named. */
  plain: boolean;
}

/** Both parts of the page. */
export const MailSettings = (props: Props) => {
  const { view } = props;
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("mail_accounts.title")}
        crumbs={[{ href: "/account", label: t("account.title") }]}
      />
      <Panel title={t("mail_accounts.server")} id="server">
        <p>{t(props.account ? "mail_accounts.own_text" : "mail_accounts.installation_text")}</p>
        <Test {...props} />
        <ServerForm {...props} />
      </Panel>
      <SignaturesForm {...props} />
    </>
  );
};

/** How the last test of the server ended, and the button for another. */
const Test = ({ view, account }: Props) => {
  const { t } = view;
  if (!account) return null;
  const { checkAskedAt, checkedAt, errorCode } = account;
  const waiting = checkAskedAt !== null && (checkedAt === null || errorCode === "permission");
  return (
    <div
      id="mail-check"
      class="check-line"
      role="status"
      {...(waiting
        ? {
          "data-hx-get": "/account/mail",
          "data-hx-trigger": "every 3s",
          "data-hx-select": "#mail-check",
          "data-hx-target": "#mail-check",
          "data-hx-swap": "outerHTML",
          "data-hx-push-url": "false",
        }
        : {})}
    >
      {waiting
        ? (
          <>
            <Badge label={t("mail_accounts.checking")} tone="accent" />
            <LinkButton
              view={view}
              href="/account/mail"
              label={t("mail_accounts.reload")}
              variant="quiet"
            />
          </>
        )
        : errorCode
        ? (
          <>
            <Badge label={t("mail_accounts.check_failed")} tone="danger" />
            <span>{reasonOf(t, errorCode)}</span>
          </>
        )
        : <Badge label={t("mail_accounts.check_well")} tone="ok" />}
      {checkedAt && !waiting ? <Time view={view} moment={checkedAt} as="dateTime" /> : null}
      {waiting ? null : (
        <PostButton
          view={view}
          action="/account/mail/check"
          label={t("mail_accounts.check")}
          icon="refresh-cw"
        />
      )}
    </div>
  );
};

const ServerForm = ({ view, account, form, plain }: Props) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name, label: labels[name]! });
  const labels: Record<string, string> = {
    senderName: t("mail_accounts.sender_name"),
    address: t("mail_accounts.address"),
    host: t("mail_accounts.host"),
    port: t("mail_accounts.port"),
    security: t("mail_accounts.security"),
    username: t("mail_accounts.username"),
    password: t("mail_accounts.password"),
  };
  const kinds = plain ? ["starttls", "tls", "none"] as const : ["starttls", "tls"] as const;
  return (
    <>
      <Form view={view} form={form} labels={labels} action="/account/mail">
        {["id", "version"].map((name) => <HiddenField name={name} value={valueOf(form, name)} />)}
        <FieldRow>
          <TextField {...field("senderName")} required maxlength={100} autocomplete="name" />
          <EmailField {...field("address")} required />
        </FieldRow>
        <FieldRow>
          <TextField
            {...field("host")}
            hint={t("mail_accounts.host_hint")}
            required
            size="l"
            maxlength={253}
            inputmode="url"
          />
          <NumberField {...field("port")} required size="xs" inputmode="numeric" />
          <Select
            {...field("security")}
            options={kinds.map((value) => ({ value, label: t(`mail_accounts.security_${value}`) }))}
          />
        </FieldRow>
        <FieldRow>
          <TextField {...field("username")} size="l" maxlength={254} />
          <PasswordField
            {...field("password")}
            hint={account?.hasPassword ? t("mail_accounts.password_kept") : undefined}
            autocomplete="new-password"
          />
        </FieldRow>
        <FormActions>
          <Button view={view} label={t("mail_accounts.save")} variant="primary" />
        </FormActions>
      </Form>
      {account
        ? (
          <PostButton
            view={view}
            action="/account/mail/deletion"
            label={t("mail_accounts.remove")}
            icon="trash-2"
            variant="quiet"
          />
        )
        : null}
    </>
  );
};

const SignaturesForm = ({ view, signatures }: Props) => {
  const { t } = view;
  const labels = { de: t("mail_accounts.signature_de"), en: t("mail_accounts.signature_en") };
  return (
    <Panel title={t("mail_accounts.signatures")} id="signatures">
      <Form view={view} form={signatures} labels={labels} action="/account/mail/signatures">
        <TextArea
          view={view}
          form={signatures}
          name="de"
          label={labels.de}
          hint={t("mail_accounts.signature_hint")}
          rows={5}
        />
        <TextArea
          view={view}
          form={signatures}
          name="en"
          label={labels.en}
          rows={5}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </Form>
    </Panel>
  );
};
