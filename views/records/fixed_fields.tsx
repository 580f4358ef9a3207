/** Which fields of a record the role may only read: they are missing on its form. */
import type { CustomField } from "../../db/custom_fields.ts";
import type { Kind } from "../../db/record_kinds.ts";
import type { View } from "../view.ts";
import { labelOf } from "./custom.tsx";
import { fieldLabel } from "./history.tsx";
import { nouns } from "./nouns.ts";

/** One line of words; nothing where the role may write all it sees. */
export const FixedFields = (
  { view, kind, fields }: { view: View; kind: Kind; fields: readonly CustomField[] },
) => {
  const names = [
    ...view.fixed(kind).map((column) => fieldLabel(view, nouns[kind], column)),
    ...fields.filter(({ readOnly }) => readOnly).map((field) => labelOf(field, view.locale)),
  ];
  if (names.length === 0) return null;
  return <p class="hint">{view.t("field_rights.fixed", { fields: names.join(", ") })}</p>;
};
