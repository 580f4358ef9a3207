/** The page that asks to prove anew who one is; what was posted before rides along unseen. */
import type { Factors } from "../../db/factors.ts";
import { Button } from "../ui/button.tsx";
import { HiddenField, PasswordField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { PasskeyForm } from "./passkey_form.tsx";
import { CodeField } from "./step.tsx";

interface Props {
  view: View;
  form: FormState;
  factors: Factors;
  /** Whether a factor is asked for, not the password. */
  guarded: boolean;
  /** Whether there is a password to ask for. */
  password: boolean;
  action: string;
  carried: readonly (readonly [name: string, value: string])[];
}

export const ConfirmationPage = (
  { view, form, factors, guarded, password, action, carried }: Props,
) => {
  const { t } = view;
  const app = factors.totpSince !== null;
  const labels = {
    "confirmation.code": t(app ? "factors.code" : "factors.recovery_code"),
    "confirmation.password": t("account.current_password"),
  };
  const hidden = carried.map(([name, value]) => <HiddenField name={name} value={value} />);
  return (
    <>
      <PageHeader view={view} title={t("factors.confirm_title")} sub={t("factors.confirm_text")} />
      {factors.passkeys > 0
        ? (
          <PasskeyForm
            view={view}
            deed="get"
            action={action}
            challenges="/confirmation/challenges"
            label={t("factors.passkey_use")}
            field="confirmation.response"
          >
            {hidden}
          </PasskeyForm>
        )
        : null}
      {!guarded && !password
        ? <Notice view={view} kind="info" text={t("factors.sign_in_again")} />
        : (
          <Form view={view} form={form} labels={labels} action={action} boost={false}>
            {hidden}
            {guarded
              ? <CodeField view={view} form={form} name="confirmation.code" app={app} />
              : (
                <PasswordField
                  view={view}
                  form={form}
                  name="confirmation.password"
                  label={labels["confirmation.password"]}
                  autocomplete="current-password"
                  required
                />
              )}
            <FormActions>
              <Button view={view} label={t("factors.confirm_submit")} variant="primary" />
            </FormActions>
          </Form>
        )}
    </>
  );
};
