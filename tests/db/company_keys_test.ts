/** The database's key of a company's name knows every legal form that db/legal_forms.ts knows. */
import { deepEqual, equal } from "node:assert/strict";
import { split } from "../../db/legal_forms.ts";
import { database } from "../support/db.ts";

const forms = [
  ...["GmbH", "gGmbH", "mbH", "G.m.b.H.", "GmbH & Co. KG", "GmbH und Co. KG", "GmbH & Co. KGaA"],
  ...["GmbH & Co. OHG", "AG", "AG & Co. KG", "AG & Co. KGaA", "SE", "SE & Co. KG", "SE & Co. KGaA"],
  ...["UG", "UG (haftungsbeschränkt)", "Unternehmergesellschaft haftungsbeschraenkt"],
  ...["UG (haftungsbeschränkt) & Co. KG", "Gesellschaft mit beschränkter Haftung"],
  ...["gemeinnützige GmbH", "PartG mbB", "PartGmbB", "PartG", "Partnerschaftsgesellschaft"],
  ...["KGaA", "KG", "& Co. KG", "OHG", "offene Handelsgesellschaft", "AöR", "Aktiengesellschaft"],
  ...["GbR", "eGbR", "GbR mbH", "eG", "e.G.", "e.V.", "e. V.", "e.K.", "e.Kfm.", "e.U.", "OG"],
  ...["VVaG", "Sàrl", "S.à r.l.", "S.A.S.", "S.p.A.", "S.r.l.", "Sp. z o.o.", "S.L.", "S.A."],
  ...["s.r.o.", "a.s.", "d.o.o.", "Kft.", "B.V.", "N.V.", "V.O.F.", "A/S", "ApS", "AB", "Oy"],
  ...["Oyj", "AS", "LLP", "LLC", "Ltd.", "Co., Ltd.", "Limited", "PLC", "Inc.", "Corp."],
];

Deno.test("a company's key is its folded name without the legal form, as the form is split off", async () => {
  const { owner } = await database();
  const rows = await owner<{ form: string; key: string }[]>`
    select form, company_key('Lüttfeld-Handel ' || form) as key
    from unnest(${forms}::text[]) as form
  `;
  deepEqual(rows.filter(({ key }) => key !== "luttfeld handel"), []);
  deepEqual(forms.filter((form) => split(`Lüttfeld-Handel ${form}`).form === ""), []);
});

Deno.test("a name that is nothing but a form stays, and words that begin like one do", async () => {
  const { owner } = await database();
  const names = ["AG", "Mittag", "Kogge Segel", "GmbH & Co. KG", "Nord & Co. Verlag"];
  const rows = await owner<{ key: string }[]>`
    select company_key(name) as key
    from unnest(${names}::text[]) as name
  `;
  deepEqual(rows.map(({ key }) => key).slice(0, 3), ["ag", "mittag", "kogge segel"]);
  equal(rows.every(({ key }) => key.length > 0), true);
  equal(rows[4]!.key, "nord co verlag");
});
