/** The part of one's account with the address for copies and forwards. */
import { PostButton } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

/** The whole address, or null while there is none. */
export const InboundAddressPanel = ({ view, address }: { view: View; address: string | null }) => {
  const { t } = view;
  return (
    <Panel title={t("mailboxes.address_title")} id="inbound-address">
      <p>{address ? <code class="address">{address}</code> : t("mailboxes.address_none")}</p>
      <p class="hint">
        {t("mailboxes.address_copies")} {address ? t("mailboxes.address_renew_hint") : null}
      </p>
      <div class="form-actions">
        <PostButton
          view={view}
          action="/account/address"
          label={t(address ? "mailboxes.address_renew" : "mailboxes.address_create")}
          icon={address ? "refresh-cw" : "plus"}
        />
        {address
          ? (
            <PostButton
              view={view}
              action="/account/address/removal"
              label={t("mailboxes.address_remove")}
              icon="trash-2"
              variant="quiet"
            />
          )
          : null}
      </div>
    </Panel>
  );
};
