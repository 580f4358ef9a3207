/** The page of one's own account: name, address, password, display, sessions. */
import type { Preferences } from "../../db/notification_preferences.ts";
import type { SessionEntry } from "../../db/sessions.ts";
import { NewPassword } from "../passwords.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { EmailField, PasswordField, RadioGroup, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { NotificationPanel } from "./notifications.tsx";
import { InboundAddressPanel } from "./inbound_address.tsx";
import { SessionTable } from "./sessions.tsx";

export interface AccountForms {
  name: FormState;
  email: FormState;
  password: FormState;
}

interface Props {
  view: View;
  email: string;
  forms: AccountForms;
  /** Whether there is a second factor. */
  guarded: boolean;
  /** Null for those who work for no tenant just now. */
  preferences: Preferences | null;
  sessions: readonly SessionEntry[];
  /** The current session. */
  here: string;
  operator: boolean;
  /** The address for copies; null while there is none, undefined where no mail is taken. */
  inboundAddress?: string | null;
}

export const AccountPage = (
  { view, email, forms, guarded, preferences, sessions, here, operator, inboundAddress }: Props,
) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("account.title")} sub={email}>
        {view.can("mail_accounts.manage")
          ? (
            <LinkButton
              view={view}
              href="/account/mail"
              label={t("mail_accounts.title")}
              icon="mail"
            />
          )
          : null}
      </PageHeader>
      <NamePanel view={view} form={forms.name} />
      <EmailPanel view={view} form={forms.email} />
      <PasswordPanel view={view} form={forms.password} />
      <Panel title={t("factors.title")} id="factors">
        <p>{t(guarded ? "factors.panel_some" : "factors.panel_none")}</p>
        <p>
          <LinkButton view={view} href="/account/factors" label={t("factors.panel_open")} />
        </p>
      </Panel>
      <DisplayPanel view={view} />
      {inboundAddress === undefined
        ? null
        : <InboundAddressPanel view={view} address={inboundAddress} />}
      {preferences ? <NotificationPanel view={view} preferences={preferences} /> : null}
      <Panel
        title={t("account.sessions")}
        id="sessions"
        actions={sessions.length > 1
          ? (
            <PostButton
              view={view}
              action="/account/sessions/end"
              label={t("account.sessions_end")}
              icon="log-out"
            />
          )
          : null}
      >
        <p class="hint">{t("account.sessions_hint")}</p>
        <SessionTable view={view} sessions={sessions} here={here} />
      </Panel>
      {view.user
        ? (
          <Panel title={t("calendars.feed")} id="calendar-feed">
            <p>{t("calendars.feed_text")}</p>
            <p>
              <LinkButton view={view} href="/account/calendar-feed" label={t("calendars.feed")} />
            </p>
          </Panel>
        )
        : null}
      {view.user
        ? (
          <Panel title={t("api.tokens")} id="tokens">
            <p>{t("api.tokens_text")}</p>
            <p>
              <LinkButton view={view} href="/account/tokens" label={t("api.tokens")} />
            </p>
          </Panel>
        )
        : null}
      <Panel title={t("account.privacy")} id="privacy">
        <p>{t("account.privacy_text")}</p>
        <p>
          <LinkButton view={view} href="/me/privacy" label={t("account.privacy")} />
        </p>
      </Panel>
      {operator
        ? (
          <Panel title={t("account.operation")} id="operation">
            <p>{t("account.operation_text")}</p>
            <p>
              <LinkButton view={view} href="/operator/jobs" label={t("account.operation_open")} />
            </p>
          </Panel>
        )
        : null}
    </>
  );
};

const NamePanel = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { name: t("account.name") };
  return (
    <Panel title={t("common.name")} id="name">
      <Form view={view} form={form} action="/account/name" labels={labels}>
        <TextField
          view={view}
          form={form}
          name="name"
          label={labels.name}
          autocomplete="name"
          required
          size="l"
        />
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

const EmailPanel = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { email: t("account.email_new"), current: t("account.current_password") };
  return (
    <Panel title={t("account.email")} id="email">
      <Form view={view} form={form} action="/account/email" labels={labels}>
        <EmailField
          view={view}
          form={form}
          name="email"
          label={labels.email}
          hint={t("account.email_hint")}
          autocomplete="email"
          required
        />
        <CurrentPassword view={view} form={form} name="current" />
        <FormActions>
          <Button view={view} label={t("account.email_submit")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

const PasswordPanel = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { old: t("account.current_password"), password: t("passwords.new") };
  return (
    <Panel title={t("account.password")} id="password">
      <Form view={view} form={form} action="/account/password" labels={labels}>
        <CurrentPassword view={view} form={form} name="old" />
        <NewPassword view={view} form={form} label={labels.password} />
        <FormActions>
          <Button view={view} label={t("account.password_submit")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

/** Two forms of the page ask for it: the names differ so that their ids do. */
const CurrentPassword = (
  { view, form, name }: { view: View; form: FormState; name: "current" | "old" },
) => (
  <PasswordField
    view={view}
    form={form}
    name={name}
    label={view.t("account.current_password")}
    autocomplete="current-password"
    required
  />
);

const DisplayPanel = ({ view }: { view: View }) => {
  const { t } = view;
  const form = { values: { locale: view.locale, theme: view.theme }, errors: {} };
  const themes = (["auto", "light", "dark"] as const).map((value) => ({
    value,
    label: t(`layout.theme_${value}`),
  }));
  const locales = (["de", "en"] as const).map((value) => ({
    value,
    label: t(`layout.language_${value}`),
  }));
  return (
    <Panel title={t("account.display")} id="display">
      <Form view={view} form={form} action="/account/display" boost={false}>
        <RadioGroup
          view={view}
          form={form}
          name="locale"
          label={t("layout.language")}
          options={locales}
          inline
        />
        <RadioGroup
          view={view}
          form={form}
          name="theme"
          label={t("layout.theme")}
          options={themes}
          inline
        />
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </Form>
    </Panel>
  );
};
