/** The second step of a log-in: code or passkey, and what to do without either. */
import type { Factors } from "../../db/factors.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { PasskeyForm } from "./passkey_form.tsx";

interface Props {
  view: View;
  form: FormState;
  factors: Factors;
}

/** A field for a code of the app or one from paper. */
export const CodeField = (
  { view, form, name = "code", app }: { view: View; form: FormState; name?: string; app: boolean },
) => (
  <TextField
    view={view}
    form={form}
    name={name}
    label={view.t(app ? "factors.code" : "factors.recovery_code")}
    hint={view.t(app ? "factors.code_hint" : "factors.recovery_hint")}
    autocomplete="one-time-code"
    maxlength={60}
    size="full"
    required
    autofocus
  />
);

/** Asks for what comes after the password. */
export const FactorStep = ({ view, form, factors }: Props) => {
  const { t } = view;
  const app = factors.totpSince !== null;
  const labels = { code: t(app ? "factors.code" : "factors.recovery_code") };
  return (
    <>
      <PageHeader view={view} title={t("factors.step_title")} />
      {factors.passkeys > 0
        ? (
          <PasskeyForm
            view={view}
            ceremony="get"
            action={view.path}
            challenges="/login/factor/challenges"
            label={t("factors.passkey_use")}
          />
        )
        : null}
      <Form view={view} form={form} labels={labels} boost={false}>
        <CodeField view={view} form={form} app={app} />
        <FormActions>
          <Button view={view} label={t("sessions.submit")} variant="primary" />
          <a href="/login">{t("factors.back")}</a>
        </FormActions>
      </Form>
      <p class="hint">{t("factors.lost")}</p>
    </>
  );
};
