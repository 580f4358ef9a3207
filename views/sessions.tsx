/** The log-in page. */
import { PasskeyForm } from "./factors/passkey_form.tsx";
import { query } from "./path.ts";
import { Button } from "./ui/button.tsx";
import { EmailField, PasswordField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** What may have led here; the address names it as `notice`. */
export const loginNotices = ["signed_out", "password_changed", "email_changed"] as const;

/** E-mail and password, and the way out for those who forgot it. */
export const LoginPage = (
  { view, form, notice, next }: {
    view: View;
    form: FormState;
    notice?: typeof loginNotices[number];
    /** Where a passkey leads to. */
    next?: string;
  },
) => {
  const { t } = view;
  const labels = { email: t("sessions.email"), password: t("sessions.password") };
  return (
    <>
      <PageHeader view={view} title={t("sessions.title")} />
      {notice ? <Notice view={view} kind="info" text={t(`sessions.${notice}`)} /> : null}
      <Form
        view={view}
        form={form}
        labels={labels}
        action={query("/login", { next })}
        boost={false}
      >
        <EmailField
          view={view}
          form={form}
          name="email"
          label={labels.email}
          autocomplete="username"
          required
          size="full"
          autofocus={Object.keys(form.errors).length === 0}
        />
        <PasswordField
          view={view}
          form={form}
          name="password"
          label={labels.password}
          autocomplete="current-password"
          required
          size="full"
        />
        <FormActions>
          <Button view={view} label={t("sessions.submit")} variant="primary" />
          <a href="/passwords/new">{t("sessions.forgotten")}</a>
          <a href={query("/login/single-sign-on", { next })}>{t("single_sign_on.title")}</a>
        </FormActions>
      </Form>
      <PasskeyForm
        view={view}
        ceremony="get"
        action={query("/login/passkeys", { next })}
        challenges="/login/passkeys/challenges"
        label={t("factors.passkey_use")}
      />
    </>
  );
};
