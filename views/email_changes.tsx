/** The page behind the link that confirms a new e-mail address. */
import { Button } from "./ui/button.tsx";
import { emptyForm, Form, FormActions } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** One button: opening the link alone changes nothing. */
export const EmailChangePage = ({ view, email }: { view: View; email: string }) => (
  <>
    <PageHeader view={view} title={view.t("account.email_confirm_title")} />
    <p>{view.t("account.email_confirm_text", { email })}</p>
    <Form view={view} form={emptyForm} boost={false}>
      <FormActions>
        <Button view={view} label={view.t("account.email_confirm")} variant="primary" />
      </FormActions>
    </Form>
  </>
);

/** A link that no longer works. */
export const EmailChangeGone = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("account.email_gone_title")} />
    <p>{view.t("account.email_gone_text")}</p>
  </>
);
