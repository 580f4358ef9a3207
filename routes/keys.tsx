/** The key map: a page, and the part that fills its dialog. */
import { KeysPage, KeysPart } from "../views/keys.tsx";
import { isPartial, page, web } from "./web.tsx";

export default web.createApp()
  .get("/", (c) => {
    const { view } = c.var;
    if (isPartial(c)) return c.html(<KeysPart view={view} />);
    return page(c, <KeysPage view={view} />, { title: "keys.title" });
  });
