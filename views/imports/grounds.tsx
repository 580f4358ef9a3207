/** Where the rows of a file come from, why they may be stored, and what all of them are given. */
import type { Owner } from "../../db/choices.ts";
import type { Plan } from "../../db/imports/plans.ts";
import type { LegalBasis, Origin, Purpose } from "../../db/origins.ts";
import { ownerOptions } from "../records/choices.ts";
import { FieldRow, RadioGroup, Select, TextField } from "../ui/field.tsx";
import type { FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

export interface Grounds {
  view: View;
  form: FormState;
  plan: Plan;
  origins: readonly Origin[];
  legalBases: readonly LegalBasis[];
  purposes: readonly Purpose[];
  /** Whom what is made can be given to; none: nobody may choose. */
  owners: readonly Owner[];
}

/** Whether the file names an owner for each row. */
const names = ({ kind, columns }: Plan): boolean =>
  kind === "deals" ||
  columns.some(({ target }) => target === "owner" || target === "company.owner");

export const GroundsPanel = (
  { view, form, plan, origins, legalBases, purposes, owners }: Grounds,
) => {
  const { t } = view;
  const field = { view, form };
  return (
    <Panel title={t("imports.grounds")}>
      <p class="hint">
        {t(plan.kind === "deals" ? "imports.grounds_of_deals" : "imports.grounds_hint")}
      </p>
      <RadioGroup
        {...field}
        name="origin"
        label={t("contacts.origin")}
        hint={plan.kind === "deals" ? undefined : t("contacts.origin_hint")}
        required
        inline
        options={origins.map((value) => ({ value, label: t(`contacts.origin_${value}`) }))}
      />
      <FieldRow>
        <TextField
          {...field}
          name="sourceDetail"
          label={t("contacts.source_detail")}
          hint={t("contacts.source_detail_hint")}
          maxlength={200}
          size="l"
        />
        <TextField
          {...field}
          name="tags"
          label={t("imports.tags")}
          hint={t("imports.tags_hint")}
          maxlength={300}
        />
        {owners.length === 0 ? null : (
          <Select
            {...field}
            name="ownerId"
            label={t(names(plan) ? "imports.owner_others" : "imports.owner")}
            empty={t("records.no_owner")}
            options={ownerOptions(owners)}
          />
        )}
      </FieldRow>
      {plan.kind === "deals" ? null : (
        <FieldRow>
          <Select
            {...field}
            name="legalBasis"
            label={t("contacts.legal_basis")}
            empty={t("contacts.legal_basis_as_usual")}
            options={legalBases.map((value) => ({
              value,
              label: t(`contacts.legal_basis_${value}`),
            }))}
          />
          <Select
            {...field}
            name="purpose"
            label={t("contacts.purpose")}
            empty={t("contacts.legal_basis_as_usual")}
            options={purposes.map((value) => ({ value, label: t(`contacts.purpose_${value}`) }))}
          />
        </FieldRow>
      )}
    </Panel>
  );
};
