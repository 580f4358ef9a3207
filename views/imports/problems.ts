/** Remarks about a row of a file, in words. */
import type { ReportedRow } from "../../db/imports/reports.ts";
import { isMessageKey } from "../i18n/translate.ts";
import type { View } from "../view.ts";

/** A finding in words. */
export function problemText(
  view: View,
  { code, column, value, params }: ReportedRow["problems"][number],
): string {
  const key = `import_problems.${code}`;
  return isMessageKey(key) ? view.t(key, { ...params, column, value }) : code;
}
