/** Pages for a forgotten password, and the field for a new one. */
import { Button, LinkButton } from "./ui/button.tsx";
import { EmailField, PasswordField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** A field for a password that is being chosen, with what makes a good one. */
export const NewPassword = (
  { view, form, name = "password", label }: {
    view: View;
    form: FormState;
    name?: string;
    label: string;
  },
) => (
  <PasswordField
    view={view}
    form={form}
    name={name}
    label={label}
    hint={view.t("passwords.hint")}
    autocomplete="new-password"
    required
  />
);

/** Asks for the address to which the link goes. */
export const RequestPage = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { email: t("sessions.email") };
  return (
    <>
      <PageHeader
        view={view}
        title={t("passwords.request_title")}
        sub={t("passwords.request_text")}
      />
      <Form view={view} form={form} labels={labels}>
        <EmailField
          view={view}
          form={form}
          name="email"
          label={labels.email}
          autocomplete="username"
          required
          size="full"
        />
        <FormActions>
          <Button view={view} label={t("passwords.request_submit")} variant="primary" />
          <a href="/login">{t("layout.sign_in")}</a>
        </FormActions>
      </Form>
    </>
  );
};

/** The same answer for every address. */
export const RequestSent = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("passwords.request_sent_title")} />
    <p>{view.t("passwords.request_sent_text")}</p>
    <p>
      <a href="/login">{view.t("layout.sign_in")}</a>
    </p>
  </>
);

/** Chooses the new password, behind the link. */
export const SetPage = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { password: t("passwords.new") };
  return (
    <>
      <PageHeader view={view} title={t("passwords.set_title")} sub={t("passwords.set_text")} />
      <Form view={view} form={form} labels={labels}>
        <NewPassword view={view} form={form} label={labels.password} />
        <FormActions>
          <Button view={view} label={t("passwords.set_submit")} variant="primary" />
        </FormActions>
      </Form>
    </>
  );
};

/** A link that no longer works, and how to get a new one. */
export const LinkGone = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("passwords.gone_title")} />
    <p>{view.t("passwords.gone_text")}</p>
    <p>
      <LinkButton view={view} href="/passwords/new" label={view.t("passwords.request_again")} />
    </p>
  </>
);
