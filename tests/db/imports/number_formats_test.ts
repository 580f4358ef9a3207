/** Number formats of spreadsheets whose sections have conditions. */

import { equal } from "node:assert/strict";
import { showing } from "../../../db/imports/number_formats.ts";

const shown = (code: string, stored: string) => showing(164, code, false)(stored);

Deno.test("a section is chosen by its condition, as the spreadsheet chooses it", () => {
  equal(shown("[<=99999]00000;00000-0000", "7030"), "07030");
  equal(shown("[<=99999]00000;00000-0000", "70301234"), "07030-1234");
  equal(shown('[<10000]"A-"0000;"D-"00000', "1010"), "A-1010");
  equal(shown('[<10000]"A-"0000;"D-"00000', "89073"), "D-89073");
  equal(shown("[>=1000000]0 000 000;[>=1000]0 000;0", "5"), "5");
  equal(shown('[=0]"";d.m.y', "45000"), "2023-03-15");
});

Deno.test("without a condition the first section shows the number", () => {
  equal(shown("00000;-00000", "7030"), "07030");
  equal(shown("#,##0.00;[Red]-#,##0.00", "7030.5"), "7030.5");
  equal(shown("[Red]General;General", "text"), "text");
});
