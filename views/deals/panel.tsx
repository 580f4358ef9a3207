/** The deals of a company or a person, as a panel of its page. */
import type { Related, RelatedDeal } from "../../db/deal_lists.ts";
import { path, query } from "../path.ts";
import { LinkButton } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Money, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { StageMark } from "./marks.tsx";

/** Open ones first; `of` is the parameter that names the record in the list and in a new deal. */
export const DealsPanel = (
  { view, related, of }: {
    view: View;
    related: Related;
    of: { company: string } | { person: string };
  },
) => {
  const { t } = view;
  return (
    <Panel
      title={t("deals.title")}
      id="deals"
      actions={view.can("deals.write")
        ? (
          <LinkButton
            view={view}
            href={query("/deals/new", { ...of })}
            label={t("deals.new")}
            icon="plus"
            variant="quiet"
          />
        )
        : null}
    >
      <DataTable
        view={view}
        caption={t("deals.caption")}
        columns={[
          { key: "title", header: t("deals.name"), cell: ({ title }: RelatedDeal) => title },
          {
            key: "stage",
            header: t("deals.stage"),
            priority: 2,
            cell: stageOf,
          },
          ...view.shows("deal", "amount")
            ? [{
              key: "amount",
              header: t("deals.amount"),
              align: "end" as const,
              cell: ({ amountCents, currency }: RelatedDeal) => (
                <Money view={view} cents={amountCents} currency={currency} />
              ),
            }]
            : [],
          {
            key: "close",
            header: t("deals.close"),
            priority: 2,
            cell: ({ expectedCloseOn, closedAt }) => (
              <Time view={view} moment={closedAt ?? expectedCloseOn} />
            ),
          },
          ..."person" in of
            ? [{
              key: "role",
              header: t("deals.role"),
              priority: 2 as const,
              cell: ({ role }: RelatedDeal) => role,
            }]
            : [],
        ]}
        phoneLine={stageOf}
        rows={related.deals}
        href={({ id }) => path`/deals/${id}`}
        empty={<p>{t("deals.none_yet")}</p>}
      />
      {related.more
        ? (
          <p>
            <a href={query("/deals", { ...of })}>{t("deals.all_of_it")}</a>
          </p>
        )
        : null}
    </Panel>
  );
};

/** The stage; on a phone it stands below the title, since a long amount needs the width. */
const stageOf = ({ stage, colour }: RelatedDeal) => <StageMark stage={{ name: stage, colour }} />;
