/** The tenant whose directory asks. */
import * as tokens from "../../db/directory_tokens.ts";
import { type Scope, system, withScope } from "../../db/scope.ts";
import type { Ctx } from "../web.tsx";
import { directoryOf } from "./answers.ts";

/** One transaction in the tenant whose directory is asking; none of its users acts. */
export const within = <T>(c: Ctx, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withScope(
    c.var.services.pool,
    { tenantId: directoryOf(c).tenantId, actor: system },
    async (scope) => {
      await tokens.touch(scope, directoryOf(c));
      return await work(scope);
    },
  );
