/** The API: the chain that every request of a program passes, its nouns, and its description. */
import { web } from "../web.tsx";
import { me, users } from "./account.ts";
import activities from "./activities.ts";
import { identified, withinContract, withinQuota } from "./callers.ts";
import { customFields, tags, teams } from "./choices.ts";
import companies from "./companies.ts";
import contacts from "./contacts.ts";
import deals, { pipelineRoutes } from "./deals.ts";
import files, { filesOf } from "./files.ts";
import manual from "./manual.tsx";
import offers from "./offers.ts";
import { methodsAt } from "./operations.ts";
import { answer, Problem } from "./problems.ts";

/** Nothing here looks at a cookie, and no page looks at a token. */
const v1 = web.createApp();
v1.onError(answer);
v1.use(identified, withinQuota, withinContract);
v1.route("/me", me);
v1.route("/users", users);
v1.route("/teams", teams);
v1.route("/tags", tags);
v1.route("/fields", customFields);
v1.route("/pipelines", pipelineRoutes);
for (const { noun, routes } of [contacts, companies, deals, activities]) {
  v1.route(`/${noun}`, routes);
  v1.route(`/${noun}`, filesOf(noun));
}
v1.route("/activities", activities.actions);
v1.route("/files", files);
v1.route("/offers", offers);
v1.all("*", (c) => {
  const methods = methodsAt(c.req.path.slice("/api/v1".length));
  if (methods.length === 0) throw new Problem("missing");
  c.header("Allow", methods.join(", "));
  throw new Problem("wrong_method");
});

export default web.createApp()
  .route("/v1", v1)
  .route("/", manual);
