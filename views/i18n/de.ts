/** The German texts, the source of all keys; one catalogue per noun. */

import { common } from "./de/common.ts";
import { errors } from "./de/errors.ts";
import { layout } from "./de/layout.ts";

export const de = { common, errors, layout };

/** The shape every other language must have: same nouns, same keys, same kinds of message. */
export type Messages = typeof de;
