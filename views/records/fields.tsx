/** Fields that contacts and companies share: status, owner, tags; and the differences of a conflict. */
import type { Choices } from "../../db/choices.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { CheckboxGroup, Select, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { type FormState, type Labels, valueOf, valuesOf } from "../ui/form.tsx";
import { DataTable } from "../ui/table.tsx";
import { Nothing } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { countryName, languageName, ownerOptions, statusOptions } from "./choices.ts";

interface Props {
  view: View;
  form: FormState;
  choices: Choices;
}

/** State and owner, as far as the role may write them. */
export const StateFields = ({ kind, ...props }: Props & { kind: Kind }) => (
  <>
    {props.view.edits(kind, "status")
      ? (
        <Select
          view={props.view}
          form={props.form}
          name="status"
          label={props.view.t("records.status")}
          options={statusOptions(props.view)}
        />
      )
      : null}
    {props.view.edits(kind, "ownerId") ? <OwnerField {...props} /> : null}
  </>
);

/** The owner of a record; an owner who has left stays selected until another is chosen. */
export const OwnerField = ({ view, form, choices }: Props) => {
  const owner = valueOf(form, "ownerId");
  const owners = ownerOptions(choices.owners);
  const gone = owner !== "" && !owners.some(({ value }) => value === owner);
  return (
    <Select
      view={view}
      form={form}
      name="ownerId"
      label={view.t("records.owner")}
      options={gone ? [...owners, { value: owner, label: view.t("history.unknown") }] : owners}
      empty={view.t("records.no_owner")}
    />
  );
};

/** Ticks for the tags there are, and a line for new ones. */
export const TagFields = ({ view, form, choices }: Props) => {
  const chosen = valuesOf(form, "tags");
  const known = choices.tags.map(({ name }) => name);
  const names = [...known, ...chosen.filter((name) => name && !known.includes(name))];
  return (
    <>
      {names.length > 0
        ? (
          <CheckboxGroup
            view={view}
            form={form}
            name="tags"
            label={view.t("common.tags")}
            options={names.map((name) => ({ value: name, label: name }))}
            inline
          />
        )
        : null}
      <TextField
        view={view}
        form={form}
        name="newTags"
        label={view.t(names.length > 0 ? "records.new_tags" : "common.tags")}
        hint={view.t("records.new_tags_hint")}
        size="l"
        maxlength={400}
      />
    </>
  );
};

/** A field that two people changed: what the form holds and what was saved meanwhile. */
export interface Difference {
  name: string;
  mine: string;
  theirs: string;
}

/** Reports an edit conflict, with both values of each field that differs; takes the focus. */
export const Conflict = (
  { view, differences, labels, choices, names }: {
    view: View;
    differences: readonly Difference[];
    labels: Labels;
    choices: Choices;
    /** Words for further values, such as the names of stages by id. */
    names?: Readonly<Record<string, string>>;
  },
) => (
  <section class="panel" role="alert" tabindex={-1} autofocus>
    <Notice view={view} kind="warn" text={view.t("records.changed_text")} />
    <DataTable
      view={view}
      caption={view.t("records.changed_meanwhile")}
      columns={[
        {
          key: "field",
          header: view.t("records.changed_field"),
          cell: ({ name }: Difference) => labels[name.replaceAll(/\.\d+/g, "")] ?? name,
        },
        {
          key: "mine",
          header: view.t("records.changed_mine"),
          cell: ({ name, mine }) => (
            <Value
              view={view}
              name={name}
              value={mine}
              choices={choices}
              names={names}
            />
          ),
        },
        {
          key: "theirs",
          header: view.t("records.changed_theirs"),
          cell: ({ name, theirs }) => (
            <Value view={view} name={name} value={theirs} choices={choices} names={names} />
          ),
        },
      ]}
      rows={differences}
    />
  </section>
);

/** The catalogue keys of a field's choices. */
const worded: Record<string, (value: string) => string> = {
  status: (value) => `records.status_${value}`,
  kind: (value) => `records.kind_${value}`,
  salutation: (value) => `contacts.salutation_${value}`,
  addressForm: (value) => `contacts.address_form_${value}`,
  legalBasis: (value) => `contacts.legal_basis_${value}`,
  purpose: (value) => `contacts.purpose_${value}`,
};

/** A field's value as the form shows it: choices in words, owners by name. */
const Value = (
  { view, name, value, choices, names }: {
    view: View;
    name: string;
    value: string;
    choices: Choices;
    names?: Readonly<Record<string, string>>;
  },
) => {
  if (value === "") return <Nothing view={view} />;
  if (names?.[value]) return <span class="prose">{names[value]}</span>;
  const field = name.split(".").at(-1)!;
  const key = worded[field]?.(value) ?? "";
  const owner = choices.owners.find(({ id }) => id === value)?.name ?? view.t("history.unknown");
  const words = field === "ownerId"
    ? owner
    : field === "language"
    ? languageName(view.locale, value)
    : field === "country"
    ? countryName(view.locale, value)
    : isMessageKey(key)
    ? view.t(key)
    : value;
  return <span class="prose">{words}</span>;
};
