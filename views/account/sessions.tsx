/** The list of one's running sessions. */
import type { SessionEntry } from "../../db/sessions.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { PostButton } from "../ui/button.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { deviceOf } from "./devices.ts";

/** A device in words. */
const deviceName = ({ t }: View, userAgent: string): string => {
  const device = deviceOf(userAgent);
  return device ? t("account.device", { ...device }) : t("account.device_unknown");
};

interface Props {
  view: View;
  sessions: readonly SessionEntry[];
  here: string;
}

/** Device, address, last use; all but the current one can be ended. */
export const SessionTable = ({ view, sessions, here }: Props) => {
  const { t, format } = view;
  return (
    <DataTable<SessionEntry>
      view={view}
      caption={t("account.sessions")}
      rows={sessions}
      rowId={({ id }) => `session-${id}`}
      phoneLine={({ lastSeenAt, ip }) => `${format.relative(lastSeenAt)} · ${ip}`}
      columns={[
        {
          key: "device",
          header: t("account.session_device"),
          cell: ({ id, userAgent }) => (
            <>
              {deviceName(view, userAgent)}{" "}
              {id === here ? <Badge label={t("account.session_here")} tone="accent" /> : null}
            </>
          ),
        },
        {
          key: "seen",
          header: t("account.session_seen"),
          priority: 2,
          cell: ({ lastSeenAt }) => format.relative(lastSeenAt),
        },
        {
          key: "since",
          header: t("account.session_since"),
          priority: 2,
          cell: ({ createdAt }) => format.dateTime(createdAt),
        },
        {
          key: "address",
          header: t("account.session_address"),
          priority: 2,
          cell: ({ ip }) => ip,
        },
        {
          key: "end",
          header: t("common.actions"),
          headerHidden: true,
          align: "end",
          cell: ({ id, userAgent }) =>
            id === here ? null : (
              <PostButton
                view={view}
                action={path`/account/sessions/${id}/end`}
                label={t("account.session_end")}
                variant="quiet"
              >
                <span class="visually-hidden">{deviceName(view, userAgent)}</span>
              </PostButton>
            ),
        },
      ]}
    />
  );
};
