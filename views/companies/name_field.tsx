/** The field for a company's name, which offers those there are. */
import { TextField } from "../ui/field.tsx";
import type { FormState } from "../ui/form.tsx";
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
  <div
    class="contents"
    data-hx-get="/companies/names"
    data-hx-trigger="input changed delay:200ms from:'find input'"
    data-hx-include="find input"
    data-hx-target="#company-names"
    data-hx-swap="innerHTML"
    data-hx-sync="this:replace"
  >
    <TextField
      view={view}
      form={form}
      name={name}
      label={label}
      hint={view.t("contacts.company_hint")}
      size="l"
      maxlength={200}
      list="company-names"
      autofocus={fresh}
    />
  </div>
);

/** The offered names, as a part for the form. */
export const CompanyNames = ({ names }: { names: readonly string[] }) => (
  <>{names.map((name) => <option value={name} />)}</>
);
