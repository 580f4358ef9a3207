/** Every code of the import has a sentence in both languages. */

import { deepEqual } from "node:assert/strict";
import { problemCodes, refusalCodes } from "../../../db/imports/problems.ts";
import { importProblems as english } from "../../../views/i18n/en/import_problems.ts";
import { importProblems as german } from "../../../views/i18n/de/import_problems.ts";

Deno.test("every problem and refusal has its sentence, and no sentence is left over", () => {
  const codes = [...problemCodes, ...refusalCodes].sort();
  deepEqual(Object.keys(german).sort(), codes);
  deepEqual(Object.keys(english).sort(), codes);
});
