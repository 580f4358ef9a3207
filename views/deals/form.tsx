/** The form of a deal, new or old, and what it says about conflicts. */
import type { Duplicate } from "../../db/duplicates.ts";
import type { LostReason } from "../../db/lost_reasons.ts";
import type { Pipeline } from "../../db/pipelines.ts";
import { CompanyField } from "../companies/name_field.tsx";
import { path } from "../path.ts";
import { DuplicatesField } from "../records/duplicates.tsx";
import { OwnerField } from "../records/fields.tsx";
import { DetailFields, RecordForm, type RecordFormProps } from "../records/form.tsx";
import {
  Checkbox,
  DateField,
  FieldRow,
  Fieldset,
  NumberField,
  Select,
  TextField,
} from "../ui/field.tsx";
import { type Labels, valueOf } from "../ui/form.tsx";
import type { View } from "../view.ts";
import { stageOptions, stagesById } from "./choices.ts";

interface Props extends RecordFormProps {
  pipelines: readonly Pipeline[];
  reasons: readonly LostReason[];
  currencies: readonly string[];
  /** The deal that is edited; null for a new one. */
  deal: { id: string; title: string; itemised: boolean } | null;
  /** The persons that a new deal is made with, and who else is at its company. */
  persons: readonly { id: string; name: string; chosen: boolean }[];
  /** The deal that a new one is to be a copy of, with how many lines could come along. */
  source: { id: string; title: string; lines: number } | null;
  /** Open deals that a new one may repeat. */
  alike?: readonly Duplicate[];
}

const dealLabels = ({ t }: View): Labels => ({
  title: t("deals.name"),
  companyName: t("contacts.company"),
  amount: t("deals.amount"),
  currency: t("deals.currency"),
  expectedCloseOn: t("deals.close"),
  stageId: t("deals.stage"),
  lostReasonId: t("deals.lost_reason"),
  ownerId: t("records.owner"),
  source: t("contacts.source"),
  notes: t("records.notes"),
  tags: t("common.tags"),
  newTags: t("records.new_tags"),
});

/** The page with the form. */
export const DealForm = (props: Props) => {
  const { view, form, deal, persons, source, alike = [] } = props;
  const labels = dealLabels(view);
  const field = (name: string) => ({ view, form, name });
  return (
    <>
      <RecordForm
        {...props}
        kind="deal"
        record={deal && { id: deal.id, name: deal.title }}
        labels={labels}
        names={names(props)}
        hidden={["companyId", ...source ? ["copyOf"] : []]}
        home={source ? path`/deals/${source.id}` : "/deals/board"}
      >
        <Fieldset legend={view.t("deals.deal")}>
          {source ? <p class="hint">{view.t("deals.copy_of", { title: source.title })}</p> : null}
          <FieldRow>
            <TextField
              {...field("title")}
              label={labels.title!}
              required
              size="l"
              maxlength={200}
              autofocus={valueOf(form, "_blank") !== ""}
            />
            <CompanyField {...field("companyName")} />
          </FieldRow>
          {deal ? null : <DuplicatesField view={view} noun="deals" found={alike} />}
          <Worth {...props} labels={labels} />
          {source && source.lines > 0
            ? (
              <Checkbox
                {...field("copyLines")}
                value="1"
                label={view.t("deals.copy_lines", { count: source.lines })}
                hint={view.t("items.amount_follows")}
              />
            )
            : null}
          {persons.length > 0 ? <Persons view={view} persons={persons} /> : null}
        </Fieldset>
        <DetailFields {...props} kind="deal">
          <FieldRow>
            {view.edits("deal", "ownerId") ? <OwnerField {...props} /> : null}
            {view.edits("deal", "source")
              ? <TextField {...field("source")} label={labels.source!} size="l" maxlength={300} />
              : null}
          </FieldRow>
        </DetailFields>
      </RecordForm>
      <datalist id="company-names" />
    </>
  );
};

const Worth = (
  { view, form, deal, pipelines, reasons, currencies, labels }: Props & { labels: Labels },
) => {
  const field = (name: string) => ({ view, form, name });
  const stage = stagesById(pipelines).get(valueOf(form, "stageId"));
  const currency = valueOf(form, "currency");
  const offered = currency && !currencies.includes(currency)
    ? [...currencies, currency]
    : currencies;
  return (
    <FieldRow>
      {view.edits("deal", "amount")
        ? (
          <NumberField
            {...field("amount")}
            label={labels.amount!}
            hint={view.t(deal?.itemised ? "items.amount_follows" : "deals.amount_hint")}
            readonly={deal?.itemised}
            maxlength={40}
          />
        )
        : null}
      {view.edits("deal", "amount")
        ? (
          <Select
            {...field("currency")}
            label={labels.currency!}
            size="s"
            options={offered.map((value) => ({ value, label: value }))}
          />
        )
        : null}
      {view.edits("deal", "expectedCloseOn")
        ? <DateField {...field("expectedCloseOn")} label={labels.expectedCloseOn!} />
        : null}
      <Select
        {...field("stageId")}
        label={labels.stageId!}
        required
        options={stageOptions(pipelines)}
      />
      {stage?.kind === "lost" && reasons.length > 0
        ? (
          <Select
            {...field("lostReasonId")}
            label={labels.lostReasonId!}
            options={reasons.map(({ id, name }) => ({ value: id, label: name }))}
            empty={view.t("deals.no_reason")}
          />
        )
        : null}
    </FieldRow>
  );
};

/** Persons to choose; those chosen elsewhere are left out again by taking their tick away. */
const Persons = ({ view, persons }: Pick<Props, "view" | "persons">) => (
  <fieldset class="field choices">
    <legend>{view.t("deals.persons")}</legend>
    <div class="choices-inline">
      {persons.map(({ id, name, chosen }) => (
        <label class="choice">
          <input type="checkbox" name="contactIds" value={id} checked={chosen} />
          <span>{name}</span>
        </label>
      ))}
    </div>
  </fieldset>
);

const names = ({ pipelines, reasons }: Props): Record<string, string> =>
  Object.fromEntries([
    ...stageOptions(pipelines).map(({ value, label }) => [value, label]),
    ...reasons.map(({ id, name }) => [id, name]),
  ]);
