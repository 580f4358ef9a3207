/** The public register: who processes data for us, where, and what changed. */
import type { Change } from "../../db/processor_changes.ts";
import type { Processor } from "../../db/processors.ts";
import { query } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { ChangeList } from "./history.tsx";
import { countries, country, data, service, sub } from "./words.ts";

/** The current state of an entry. */
export interface Standing {
  processor: Processor;
  open: boolean;
}

interface Props {
  view: View;
  entries: readonly Standing[];
  changes: readonly Change[];
  next: string | null;
}

/** Whether data go there now, in a word. */
export const StateBadge = ({ view, entry }: { view: View; entry: Standing }) => {
  const { enabledFrom } = entry.processor;
  if (entry.open) return <Badge label={view.t("processors.open")} tone="ok" />;
  if (enabledFrom && enabledFrom > view.now) {
    const date = view.format.date(enabledFrom);
    return <Badge label={view.t("processors.open_from", { date })} tone="warn" />;
  }
  return entry.processor.enabled
    ? <Badge label={view.t("processors.unproven")} tone="warn" />
    : <Badge label={view.t("processors.closed")} />;
};

/** The register itself, an entry after the other. */
export const PublicRegister = ({ view, entries, changes, next }: Props) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader view={view} title={t("processors.title")} sub={t("processors.lead")} />
      {entries.map(({ processor, open }) => (
        <Panel
          title={processor.name}
          actions={<StateBadge view={view} entry={{ processor, open }} />}
        >
          <DescriptionList
            items={[
              [t("policies.service"), service(view, processor)],
              [t("processors.role"), t(`processors.role_${processor.role}`)],
              [t("processors.data"), data(view, processor.dataCategories)],
              [
                t("processors.processing_countries"),
                countries(view, processor.processingCountries),
              ],
              [t("processors.location"), processor.location],
              [
                t("processors.seat_country"),
                countries(view, processor.seatCountry ? [processor.seatCountry] : []),
              ],
              [
                t("processors.field_parentCountry"),
                processor.parentCountry && processor.parentCountry !== processor.seatCountry
                  ? country(view, processor.parentCountry)
                  : "",
              ],
              [
                t("processors.subs"),
                processor.subProcessors.map((each) => sub(view, each)).join("; "),
              ],
              [
                t("processors.agreement_on"),
                processor.agreementOn ? format.date(processor.agreementOn) : "",
              ],
            ]}
          />
        </Panel>
      ))}
      <Panel
        title={t("processors.history")}
        id="changes"
        actions={
          <a href={`/privacy/processors.atom?lang=${view.locale}`}>{t("processors.feed")}</a>
        }
      >
        <ChangeList view={view} changes={changes} />
        <Pager
          view={view}
          previous={view.path.includes("after=") ? "/privacy/processors#changes" : null}
          next={next ? `${query("/privacy/processors", { after: next })}#changes` : null}
        />
      </Panel>
    </>
  );
};
