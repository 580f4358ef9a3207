/** A tenant's sign-in settings. */
import type { Role } from "../../db/roles.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Button } from "../ui/button.tsx";
import { CheckboxGroup } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import type { View } from "../view.ts";
import { DirectoryPanel, type DirectoryProps, NewToken } from "./directory.tsx";
import { ProviderPanels, type ProviderProps } from "./providers.tsx";

const roles: readonly Role[] = ["owner", "admin", "member", "read_only"];

/** The roles of which a second factor is demanded. */
export const SignInSettings = (
  { view, form, provider, directory }: {
    view: View;
    form: FormState;
    provider: ProviderProps;
    directory: DirectoryProps;
  },
) => {
  const { t } = view;
  const labels = { roles: t("factors.settings_roles") };
  return (
    <>
      <SettingsHead view={view} title={t("factors.settings")} />
      <SettingsTabs view={view} current="sign_in" />
      {directory.token ? <NewToken view={view} token={directory.token} /> : null}
      <Form view={view} form={form} labels={labels} action="/settings/sign-in">
        <CheckboxGroup
          view={view}
          form={form}
          name="roles"
          label={labels.roles}
          hint={t("factors.settings_hint")}
          options={roles.map((value) => ({ value, label: t(`team.role_${value}`) }))}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      <ProviderPanels {...provider} />
      <DirectoryPanel {...directory} />
    </>
  );
};
