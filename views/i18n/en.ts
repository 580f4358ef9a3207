/** The English texts; the type makes a missing or foreign key a compile error. */

import type { Messages } from "./de.ts";
import { common } from "./en/common.ts";
import { errors } from "./en/errors.ts";
import { layout } from "./en/layout.ts";

export const en: Messages = { common, errors, layout };
