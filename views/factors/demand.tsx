/** The setting that makes a tenant's own provider the only way in. */
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

export interface DemandProps {
  view: View;
  made: boolean;
  /** As it was refused. */
  form?: FormState;
}

/** Owners tick it; others read how it is set. */
export const DemandPanel = ({ view, made, form: refused }: DemandProps) => {
  const { t } = view;
  const form = refused ?? { values: made ? { demanded: "on" } : {}, errors: {} };
  const labels = { demanded: t("single_sign_on.demand_field") };
  return (
    <Panel title={t("single_sign_on.demand")} id="demand">
      {view.can("owners.manage")
        ? (
          <Form view={view} form={form} labels={labels} action="/settings/sign-in/demand">
            <Checkbox
              view={view}
              form={form}
              name="demanded"
              label={labels.demanded}
              hint={t("single_sign_on.demand_hint")}
            />
            <FormActions>
              <Button view={view} label={t("common.save")} variant="primary" />
            </FormActions>
          </Form>
        )
        : <p>{t(made ? "single_sign_on.demand_on" : "single_sign_on.demand_off")}</p>}
    </Panel>
  );
};
