/** The help, for everyone: its contents and its topics. */
import { NotFound } from "../db/errors.ts";
import { HelpIndex, HelpPage } from "../views/help/pages.tsx";
import { find } from "../views/help/texts.ts";
import { isTopic } from "../views/help/topics.ts";
import { text } from "./lists.ts";
import { page, web } from "./web.tsx";

export default web.createApp()
  .get("/", (c) => {
    const { view } = c.var;
    const q = text(c.req.query("q"));
    const found = find(view.t, view.locale, q);
    return page(c, <HelpIndex view={view} q={q} found={found} />, {
      title: "help.title",
      wide: true,
    });
  })
  .get("/:topic", (c) => {
    const { view } = c.var;
    const topic = c.req.param("topic");
    if (!isTopic(topic)) throw new NotFound("help");
    return page(c, <HelpPage view={view} topic={topic} />, {
      title: `help.topic_${topic}`,
      wide: true,
    });
  });
