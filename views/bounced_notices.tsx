/** For the operator: whose mails were returned, and recording that they were informed otherwise. */
import { Button } from "./ui/button.tsx";
import { DateField, Select } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import type { View } from "./view.ts";

/** Someone whose mails came back; `of` is the customer, where that matters. */
export interface Bounced {
  id: string;
  name: string;
  email: string;
  of?: string;
}

const labelOf = ({ name, email, of }: Bounced) => `${of ? `${of}: ` : ""}${name}, ${email}`;

/** The list and the form; nothing where every mail arrived. */
export const BouncedNotices = (
  { view, form, action, people }: {
    view: View;
    form: FormState;
    action: string;
    people: readonly Bounced[];
  },
) => {
  const { t } = view;
  if (people.length === 0) return null;
  const labels = { personId: t("policies.told_person"), informedOn: t("policies.told_on") };
  return (
    <section>
      <h3>{t("policies.bounced")}</h3>
      <p class="hint">{t("policies.bounced_hint")}</p>
      <ul>
        {people.map((person) => <li>{labelOf(person)}</li>)}
      </ul>
      <Form view={view} form={form} labels={labels} action={action}>
        <Select
          view={view}
          form={form}
          name="personId"
          label={labels.personId}
          options={people.map((person) => ({ value: person.id, label: labelOf(person) }))}
          required
        />
        <DateField
          view={view}
          form={form}
          name="informedOn"
          label={labels.informedOn}
          hint={t("policies.told_hint")}
          required
        />
        <FormActions>
          <Button view={view} label={t("policies.told_save")} />
        </FormActions>
      </Form>
    </section>
  );
};
