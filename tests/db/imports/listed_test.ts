/** Lists inside cells: what programs write is read, unknown values stop nothing. */
import { deepEqual } from "node:assert/strict";
import { listed } from "../../../db/imports/listed.ts";

Deno.test("a list of texts, numbers and objects is read with what it says of each", () => {
  deepEqual(listed('[{"label": "work", "value": "eva@x.example"}, "ole@x.example"]'), [
    { text: "eva@x.example", label: "work" },
    { text: "ole@x.example", label: "" },
  ]);
  deepEqual(listed("[{'number': 301234567, 'callingCode': '+49', 'type': 'home'}]"), [
    { text: "+49301234567", label: "home" },
  ]);
  deepEqual(listed("[intern] 030 1234567"), [{ text: "[intern] 030 1234567", label: "" }]);
});

Deno.test("values that cannot become text are skipped, and stop no import", () => {
  const hostile = '{"toString": 1, "valueOf": 1}';
  const cell =
    `[null, true, ${hostile}, {"value": ${hostile}}, {"label": ${hostile}, "value": "a@x.example"},
    {"number": "30", "callingCode": ${hostile}}]`;
  deepEqual(listed(cell), [{ text: "a@x.example", label: "" }, { text: "30", label: "" }]);
});
