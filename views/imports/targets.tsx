/** The choice of where a column goes, and its words. */
import type { Target } from "../../db/imports/targets.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { fieldId } from "../ui/form.tsx";
import type { View } from "../view.ts";

const groups = ["deal", "person", "reach", "address", "company", "further", "other"] as const;

/** A custom field that a column may go to, in the reader's language. */
export interface OwnTarget {
  target: Target;
  label: string;
}
type Group = typeof groups[number];

const person = new Set(
  ("salutation title firstName middleName namePrefix lastName suffix fullName nickname position " +
    "department role birthday birthYear birthMonth birthDay language letterSalutation addressForm objections " +
    "objection.all objection.email objection.phone objection.post objection.sms").split(" "),
);

function groupOf(target: Target): Group {
  if (target.startsWith("deal.")) return "deal";
  if (person.has(target)) return "person";
  if (/^person[23]\./.test(target)) return "further";
  if (/^(?:email|phone)/.test(target)) return "reach";
  if (target.startsWith("address.")) return "address";
  return target.startsWith("company.") ? "company" : "other";
}

/** A target in words: "Straße (Rechnung)", "Firma: Branche". */
function targetLabel({ t }: View, target: Target): string {
  const address = /^(company\.)?address\.(\w+)\.(\w+)$/.exec(target);
  if (address) {
    const part = words(t, `part_${address[3]}`);
    const kind = address[2] === "work" ? "" : ` (${words(t, `kind_${address[2]}`)})`;
    return address[1] ? t("import_targets.company", { field: part + kind }) : part + kind;
  }
  const [, further, part = ""] = /^(person[23])\.(.+)$/.exec(target) ?? [];
  if (further) {
    const field = words(t, part.replace(".", "_"));
    return t(`import_targets.${further as "person2" | "person3"}`, { field });
  }
  const field = words(t, target.replace(".", "_"));
  return target.startsWith("company.") && target !== "company.name"
    ? t("import_targets.company", { field })
    : field;
}

function words(t: View["t"], name: string): string {
  const key = `import_targets.${name}`;
  return isMessageKey(key) ? t(key) : name;
}

/** Kinds of addresses that few files have are offered only where they are chosen already. */
const isRare = (target: Target) =>
  /address\.(?:visit|other)\.|^company\.address\.(?!work)/.test(target);

/** The select of one column, labelled by the column's own cell. */
export const TargetSelect = (
  { view, name, chosen, targets, own, labelledBy }: {
    view: View;
    name: string;
    chosen: Target;
    targets: readonly Target[];
    own: readonly OwnTarget[];
    labelledBy: string;
  },
) => {
  const offered = targets.filter((target) => target === chosen || !isRare(target));
  return (
    <select name={name} id={fieldId(name)} aria-labelledby={labelledBy}>
      <option value="ignore" selected={chosen === "ignore"}>
        {view.t("import_targets.ignore")}
      </option>
      {groups.map((group) => {
        const among = offered.filter((each) => each !== "ignore" && groupOf(each) === group);
        return among.length === 0
          ? null
          : (
            <optgroup label={view.t(`import_targets.group_${group}`)}>
              {among.map((target) => (
                <option value={target} selected={target === chosen}>
                  {targetLabel(view, target)}
                </option>
              ))}
            </optgroup>
          );
      })}
      {own.length === 0 ? null : (
        <optgroup label={view.t("custom_fields.title")}>
          {own.map(({ target, label }) => (
            <option value={target} selected={target === chosen}>{label}</option>
          ))}
        </optgroup>
      )}
    </select>
  );
};
