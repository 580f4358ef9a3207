/** Letters on paper, for people who gave no e-mail address: printed here, then marked as posted. */
import * as cases from "../db/cases.ts";
import * as controllers from "../db/controllers.ts";
import * as personLetters from "../db/person_letters.ts";
import { pdf } from "../db/typst.ts";
import { printedLetter } from "../views/cases/letters.tsx";
import type { Desk } from "../views/cases/desk.tsx";
import { letterDocument } from "../views/documents.ts";
import { path } from "../views/path.ts";
import { actor } from "./case_corrections.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { redirect, web } from "./web.tsx";

/** The letters; who may open them is asked by the pages that they are part of. */
export const personLetterPages = (desk: Desk) =>
  web.createApp()
    .get(`/${fields.idPart}`, async (c) => {
      const { scope, view } = c.var;
      const letter = await personLetters.find(scope, c.req.param("id"));
      const found = await cases.find(scope, letter.caseId);
      const printed = printedLetter(letter, found, await controllers.find(scope));
      return download(c, pdf(letterDocument, printed, { at: view.now }), {
        name: `${found.number}.pdf`,
        type: "application/pdf",
        inline: true,
      });
    })
    .post(`/${fields.idPart}/dispatch`, async (c) => {
      const { scope } = c.var;
      const { caseId, kind } = await personLetters.markSent(
        scope,
        c.req.param("id"),
        actor(c, desk),
      );
      if (kind === "receipt") await cases.acknowledge(scope, caseId);
      return await redirect(c, desk.base + path`/${caseId}`, {
        kind: "ok",
        key: "cases.letter_sent",
      });
    });
