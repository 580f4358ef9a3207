/** What programs ask about themselves and the tenant: whose token it is, who may own records. */
import { z } from "zod";
import { scopes } from "../../db/api_tokens.ts";
import * as choices from "../../db/choices.ts";
import { roles } from "../../db/roles.ts";
import { web } from "../web.tsx";
import { callerOf, scoped } from "./callers.ts";
import * as fields from "./fields.ts";

export const Me = z.strictObject({
  userId: fields.id,
  role: z.enum(roles as ["owner"]),
  scopes: z.array(z.enum(scopes)),
  expiresAt: fields.instant,
}).meta({ id: "Me" });

export const Users = z.strictObject({
  data: z.array(z.strictObject({ id: fields.id, name: z.string() })).max(200),
}).meta({ id: "Users" });

/** Every token may ask this. */
export const me = web.createApp().get("/", (c) => {
  const { userId, role, scopes, expiresAt } = callerOf(c);
  return c.json({ userId, role, scopes, expiresAt });
});

export const users = web.createApp().get("/", scoped, async (c) => {
  const { owners } = await choices.list(c.var.scope);
  return c.json({ data: owners.map(({ id, name }) => ({ id, name })) });
});
