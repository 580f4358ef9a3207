/** Sends the mail for a forgotten password, only to addresses that have an identity. */
import * as mails from "../db/mails.ts";
import * as resets from "../db/password_resets.ts";
import { path } from "../views/path.ts";
import { otherWayIn, passwordReset } from "../views/mail/passwords.tsx";
import { plainJob } from "./job.ts";

/** Opens a recorded request and mails the reset link, or which other way to log in there is. */
export const sendPasswordReset = plainJob(
  "send_password_reset",
  async ({ pool, config: { baseUrl } }, { tokenId }) => {
    await pool.begin(async (sql) => {
      const opened = await resets.open(sql, tokenId);
      if (!opened) return;
      const { identity, token } = opened;
      const { locale, name } = identity;
      const letter = token === null
        ? otherWayIn({ locale, name, baseUrl })
        : passwordReset({ locale, name, baseUrl, link: baseUrl + path`/passwords/${token}` });
      await mails.send(sql, {
        tenantId: null,
        kind: "password_reset",
        to: identity.email,
        ...letter,
      });
    });
  },
);
