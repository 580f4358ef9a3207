/** What is above mails forwarded as attachments, and what is only a letter's end. */

import { equal } from "node:assert/strict";
import { commentOf } from "../../../db/arrivals/comments.ts";
import type { Contents } from "../../../db/received_mails/contents.ts";

const textOf = (text: string) => commentOf({ text, html: "", files: [] } as never as Contents, []);

Deno.test("a greeting with the name behind it or below it is no comment", () => {
  for (const end of ["LG Anna", "Gruß Anna Berg", "Lieben Gruß\nAnna", "Viele Grüße, Anna", ""]) {
    equal(textOf(end), null, end);
    equal(textOf(`Bitte bis Freitag.\n\n${end}`)?.text, `Bitte bis Freitag.\n\n${end}`.trim());
  }
});
