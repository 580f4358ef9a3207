/** What filters and bodies refer to: the tenant's tags, teams and custom fields, for programs to look up. */
import { z } from "zod";
import * as choices from "../../db/choices.ts";
import { fieldKinds, most as mostFields } from "../../db/custom_fields.ts";
import { teamOf } from "../../db/owners.ts";
import { kinds } from "../../db/record_kinds.ts";
import { web } from "../web.tsx";
import { scoped } from "./callers.ts";
import * as fields from "./fields.ts";

const Named = z.strictObject({ id: fields.id, name: z.string() });

export const Tags = z.strictObject({ data: z.array(Named).max(200) }).meta({ id: "Tags" });

export const Teams = z.strictObject({ data: z.array(Named).max(200) }).meta({ id: "Teams" });

export const CustomFields = z.strictObject({
  data: z.array(z.strictObject({
    record: z.enum(kinds),
    name: z.string().meta({ description: "Its name in `custom`" }),
    kind: z.enum(fieldKinds),
    label: z.string(),
    labelEn: z.string().meta({ description: "Empty if the German label is used" }),
    required: z.boolean(),
    readOnly: z.boolean().meta({ description: "The token's user may only read it" }),
    choices: z.array(z.string()).max(100),
  })).max(kinds.length * mostFields),
}).meta({ id: "CustomFields" });

/** The tenant's tags by name. */
export const tags = web.createApp().get("/", scoped, async (c) => {
  const { tags } = await choices.list(c.var.scope);
  return c.json({ data: tags.map(({ id, name }) => ({ id, name })) });
});

/** Its teams by name; none for users who do not see all records. */
export const teams = web.createApp().get("/", scoped, async (c) => {
  const { teams } = await choices.list(c.var.scope);
  return c.json({ data: teams.map(({ id, name }) => ({ id: teamOf(id), name })) });
});

/** The custom fields that the token's user may see. */
export const customFields = web.createApp().get("/", scoped, async (c) => {
  const { fields } = await choices.list(c.var.scope);
  return c.json({
    data: fields.map((
      { recordKind, name, kind, labelDe, labelEn, required, readOnly, choices },
    ) => ({
      ...{ record: recordKind, name, kind, label: labelDe, labelEn, required },
      readOnly: readOnly === true,
      choices: choices.map(({ labelDe }) => labelDe),
    })),
  });
});
