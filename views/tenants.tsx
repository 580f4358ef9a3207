/** The choice of the tenant to work for. */
import type { Membership } from "../db/tenants.ts";
import { Badge } from "./ui/badge.tsx";
import { PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  memberships: readonly Membership[];
  /** The current tenant. */
  current: string | null;
  /** The one that takes its own provider's word alone, which this session has not got. */
  bound: string | null;
}

export const TenantIndex = ({ view, memberships, current, bound }: Props) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("tenants.title")} />
      <DataTable<Membership>
        view={view}
        caption={t("tenants.title")}
        rows={memberships}
        empty={
          <EmptyState title={t("tenants.none_title")} text={t("tenants.none_text")}>
            <PostButton view={view} action="/logout" label={t("layout.sign_out")} />
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: t("common.name"),
            cell: ({ tenantId, tenantName }) => (
              <>
                {tenantName}{" "}
                {tenantId === current ? <Badge label={t("tenants.current")} tone="accent" /> : null}
              </>
            ),
          },
          {
            key: "role",
            header: t("team.role"),
            priority: 2,
            cell: ({ role }) => t(`team.role_${role}`),
          },
          {
            key: "open",
            header: t("common.actions"),
            cell: ({ tenantId, tenantName }) =>
              tenantId === bound
                ? <a href="/login/single-sign-on">{t("single_sign_on.title")}</a>
                : (
                  <PostButton
                    view={view}
                    action="/tenants"
                    fields={{ tenantId }}
                    label={t("tenants.choose")}
                  >
                    <span class="visually-hidden">{tenantName}</span>
                  </PostButton>
                ),
          },
        ]}
      />
    </>
  );
};
