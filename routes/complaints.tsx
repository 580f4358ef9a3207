/** Where to complain (Art. 77 GDPR): authorities by country and Land, for everyone. */
import * as authorities from "../db/authorities.ts";
import * as providers from "../db/provider.ts";
import { ComplaintPage } from "../views/complaints.tsx";
import { page, web } from "./web.tsx";

export default web.createApp()
  .get("/", async (c) => {
    const { view, services } = c.var;
    const provider = await providers.lookup(services.pool);
    const land = c.req.query("land") ?? "";
    const country = c.req.query("country") ?? "";
    const known = authorities.countries.includes(country);
    const at = authorities.isLand(land) && country === "DE" ? land : "";
    return await page(
      c,
      <ComplaintPage
        view={view}
        own={provider ? authorities.competent(provider.country, landOf(provider.land)) : []}
        found={known ? authorities.competent(country, at) : null}
        special={authorities.special()}
        lands={authorities.lands}
        countries={authorities.countries}
        form={{
          values: { land: at, country: known ? country : provider?.country ?? "DE" },
          errors: {},
        }}
      />,
      { title: "complaints.title", bare: !view.user, wide: true },
    );
  });

const landOf = (text: string) => authorities.isLand(text) ? text : "";
