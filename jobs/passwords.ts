/** The mail for a forgotten password, to those addresses only that have an identity. */
import * as mails from "../db/mails.ts";
import * as resets from "../db/password_resets.ts";
import { path } from "../views/path.ts";
import { passwordReset } from "../views/mail/passwords.tsx";
import { houseJob } from "./job.ts";

/** Opens a noted request and writes the mail with its link. */
export const sendPasswordReset = houseJob(
  "send_password_reset",
  async ({ pool, config: { baseUrl } }, { tokenId }) => {
    await pool.begin(async (sql) => {
      const opened = await resets.open(sql, tokenId);
      if (!opened) return;
      const { identity, token } = opened;
      const link = baseUrl + path`/passwords/${token}`;
      const letter = passwordReset({ locale: identity.locale, name: identity.name, link, baseUrl });
      await mails.send(sql, {
        tenantId: null,
        kind: "password_reset",
        to: identity.email,
        ...letter,
      });
    });
  },
);
