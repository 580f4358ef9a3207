/** The field for a company's name, which suggests existing ones. */
import type { FormState } from "../ui/form.tsx";
import { OfferedField } from "../ui/offered_field.tsx";
import type { View } from "../view.ts";

/** The name of a company; with script, names that fit are offered while typing. */
export const CompanyField = (
  { view, form, name, label = view.t("contacts.company"), fresh = false }: {
    view: View;
    form: FormState;
    name: string;
    label?: string;
    fresh?: boolean;
  },
) => (
  <OfferedField
    view={view}
    form={form}
    name={name}
    from="/companies/names"
    list="company-names"
    label={label}
    hint={view.t("contacts.company_hint")}
    maxlength={200}
    autofocus={fresh}
  />
);
