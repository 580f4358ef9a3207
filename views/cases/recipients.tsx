/** Who received the person's data and has been informed of changes, or still has to be. */
import type { RecipientNotice } from "../../db/transmissions.ts";
import { path } from "../path.ts";
import { PostButton } from "../ui/button.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

/** The recipients to notify of a right; nothing if there are none. */
export const Recipients = (
  { view, desk, itemId, notices }: {
    view: View;
    desk: Desk;
    itemId: string;
    notices: readonly RecipientNotice[];
  },
) => {
  const { t, format } = view;
  if (notices.length === 0) return null;
  return (
    <section aria-label={t("cases.recipients")}>
      <h3>{t("cases.recipients")}</h3>
      <ul class="bullets">
        {notices.map(({ id, kind, recipient, reach, toldAt, way }) => (
          <li>
            {[recipient, reach].filter(Boolean).join(", ")} ({t(`cases.recipient_${kind}`)}):{" "}
            {toldAt
              ? `${t(`cases.recipient_told_${way!}`)} ${format.dateTime(toldAt)}`
              : reach !== ""
              ? t("cases.recipient_mailing")
              : (
                <PostButton
                  view={view}
                  variant="quiet"
                  action={desk.base + path`/recipients/${id}/notice`}
                  label={t("cases.recipient_tell")}
                />
              )}
          </li>
        ))}
      </ul>
      <PostButton
        view={view}
        action={desk.base + path`/items/${itemId}/recipients/letter`}
        label={t("cases.recipients_letter")}
      />
    </section>
  );
};
