/** Two versions of an activity's form in words, so that people can compare them. */
import { isMessageKey } from "../views/i18n/translate.ts";
import { remindWords } from "../views/activities/page.tsx";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";

type Values = FormState["values"];

/** The fields that are compared, in the order of the form. */
const compared = [
  "kind",
  "subject",
  "body",
  "dueDay",
  "dueTime",
  "minutes",
  "lastDay",
  "priority",
  "ownerId",
  "remindBefore",
  "repeatCycle",
  "repeatInterval",
  "repeatDays",
  "repeatUntil",
  "about",
  "users",
];

/** The values as they read: ids by name, choices in words. `names` knows users and records. */
export function comparable(
  values: Values,
  names: readonly { id: string; name: string }[],
  view: View,
): Values {
  const nameOf = (value: string) => {
    const id = value.slice(value.indexOf(":") + 1);
    return names.find((each) => each.id === id)?.name ?? "";
  };
  const words = (field: string, value: string): string => {
    if (value === "" || value === undefined) return "";
    if (field === "about" || field === "users" || field === "ownerId") return nameOf(value);
    if (field === "remindBefore") return remindWords(view, Number(value));
    if (field === "repeatInterval" && value === "1") return "";
    if (field === "repeatCycle") {
      const key = `activities.repeat_${value}`;
      return isMessageKey(key) ? view.t(key, { count: 1 }) : value;
    }
    const key = `activities.${field}_${value}`;
    return isMessageKey(key) ? view.t(key) : value;
  };
  return Object.fromEntries(compared.map((field) => {
    const all = [values[field] ?? ""].flat().map((value) => words(field, value)).filter(Boolean);
    return [field, all.sort().join(", ")];
  }));
}
