/** The dates of a series on its page: one can be skipped or moved, and restored. */
import type { SeriesDays, SkippedDay } from "../../db/series_days.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { dayWords } from "./marks.tsx";

interface Props {
  view: View;
  id: string;
  days: SeriesDays;
  /** The day that is chosen at first, such as the one that was pressed in the calendar. */
  chosen: string | null;
}

/** The panel; without the right to change anything it lists the days alone. */
export const SeriesPanel = ({ view, id, days, chosen }: Props) => {
  const { t } = view;
  const mayWrite = view.can("activities.write");
  return (
    <Panel title={t("series.title")} id="series">
      {mayWrite
        ? <OneDay view={view} id={id} days={days} chosen={chosen} />
        : <p>{days.next.map((day) => dayWords(view, day)).join(" · ")}</p>}
      {days.skipped.length === 0 ? null : (
        <ul class="lines">
          {days.skipped.map((skipped) => (
            <li>
              <Skipped view={view} skipped={skipped} />
              {mayWrite
                ? (
                  <PostButton
                    view={view}
                    action={withinList(view, path`/activities/${id}/omissions/withdrawal`)}
                    fields={{ day: skipped.day }}
                    label={t("series.resume", { day: dayWords(view, skipped.day) })}
                    icon="undo-2"
                    iconOnly
                    variant="quiet"
                  />
                )
                : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

/** One day at a time: what becomes of it is said by the press, of a new day also by Enter. */
const OneDay = ({ view, id, days, chosen }: Props) => {
  const { t } = view;
  return (
    <form class="series-day" method="post" action={hrefOf(view, id, "moves")}>
      <label>
        <span>{t("series.day")}</span>
        <select name="day">
          {days.next.map((day) => (
            <option value={day} selected={day === chosen}>{dayWords(view, day)}</option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("series.to")}</span>
        <input type="date" name="to" required />
      </label>
      <Button view={view} label={t("series.move")} icon="calendar" />
      <Button
        view={view}
        label={t("series.skip")}
        icon="x"
        formaction={hrefOf(view, id, "omissions")}
        formnovalidate
      />
    </form>
  );
};

const hrefOf = (view: View, id: string, action: "omissions" | "moves") =>
  withinList(view, `${path`/activities/${id}`}/${action}`);

const Skipped = ({ view, skipped: { day, movedId, movedAt } }: {
  view: View;
  skipped: SkippedDay;
}) => {
  const words = dayWords(view, day);
  if (movedId === null || movedAt === null) {
    return <span>{view.t("series.is_skipped", { day: words })}</span>;
  }
  return (
    <a href={path`/activities/${movedId}`}>
      {view.t("series.is_moved", { day: words, to: dayWords(view, movedAt) })}
    </a>
  );
};
