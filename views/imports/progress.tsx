/** An import in progress, and the page before it is undone. */
import type { Import } from "../../db/imports.ts";
import type { Extent } from "../../db/imports/extents.ts";
import { path } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Notice } from "../ui/flash.tsx";
import { Panel } from "../ui/panel.tsx";
import { Progress } from "../ui/progress.tsx";
import type { View } from "../view.ts";
import { ImportFrame } from "./steps.tsx";

/** Working: the bar asks again every second until the page that comes has no bar. */
export const ImportProgress = (
  { view, run, undoable }: { view: View; run: Import; undoable: boolean },
) => {
  const { t, format } = view;
  if (run.status === "undoing" && run.errorCode) {
    return <Halted view={view} run={run} undoable={undoable} />;
  }
  const label = t(`imports.progress_${run.status as "running"}`);
  const here = path`/imports/${run.id}`;
  const total = run.status === "undoing" ? undoTotal(run) : run.total;
  const known = total && run.status !== "queued";
  return (
    <div id="import">
      <ImportFrame view={view} run={run}>
        <div
          data-hx-get={here}
          data-hx-trigger="every 1s"
          data-hx-target="#import"
          data-hx-select="#import"
          data-hx-swap="outerMorph"
        >
          <Progress
            label={label}
            value={run.progress}
            max={known ? total : undefined}
            detail={known
              ? t("imports.of_total", {
                done: format.number(run.progress),
                total: format.number(total),
              })
              : undefined}
          />
        </div>
        <p class="hint">
          {t(run.status === "undoing" ? "imports.undoing_note" : "imports.progress_note")}
        </p>
        <noscript>
          <p>
            <LinkButton view={view} href={here} label={t("imports.refresh")} icon="refresh-cw" />
          </p>
        </noscript>
      </ImportFrame>
    </div>
  );
};

/** How many records an undo takes away or puts back at most. */
const undoTotal = (
  { counts: { contacts = 0, companies = 0, deals = 0, updated = 0 }, progress }: Import,
) => Math.max(contacts + companies + deals + updated, progress);

/** An undo that was broken off: part of it is done, and it is said so until the rest is. */
const Halted = (
  { view, run, undoable }: { view: View; run: Import; undoable: boolean },
) => {
  const { t, format } = view;
  const counts = { done: format.number(run.progress), total: format.number(undoTotal(run)) };
  return (
    <div id="import">
      <ImportFrame view={view} run={run}>
        <Notice view={view} kind="error" text={t("imports.undo_halted", counts)} />
        {undoable
          ? (
            <LinkButton
              view={view}
              href={path`/imports/${run.id}/undo`}
              label={t("imports.undo_go_on")}
              icon="undo-2"
            />
          )
          : null}
      </ImportFrame>
    </div>
  );
};

/** Says what the undo takes away, before it does. */
export const ImportUndo = (
  { view, run, extent }: { view: View; run: Import; extent: Extent },
) => {
  const { t } = view;
  return (
    <ImportFrame view={view} run={run}>
      <Panel title={t("imports.undo")}>
        <p>{t("imports.undo_text")}</p>
        <ul>
          <Taken view={view} run={run} extent={extent} />
        </ul>
        <form method="post" action={path`/imports/${run.id}/undo`} class="form-actions">
          <Button view={view} label={t("imports.undo_confirm")} variant="danger" icon="undo-2" />
          <LinkButton
            view={view}
            href={path`/imports/${run.id}`}
            label={t("common.cancel")}
            variant="quiet"
          />
        </form>
      </Panel>
    </ImportFrame>
  );
};

/** The lines of it; of very much what the import made, which may be fewer by now. */
const Taken = (
  { view: { t }, run: { counts }, extent }: { view: View; run: Import; extent: Extent },
) => {
  const { contacts, deals, changed, kept, reverted, left, bound } = extent;
  const made = (kind: "contacts" | "companies" | "deals") => {
    const count = extent[kind];
    if (count > bound) return t(`imports.undo_${kind}_most`, { count: counts[kind] ?? count });
    const some = kind === "companies" && kept === null;
    return t(some ? "imports.undo_companies_most" : `imports.undo_${kind}`, { count });
  };
  return (
    <>
      {deals ? <li>{made("deals")}</li> : null}
      {contacts || !deals ? <li>{made("contacts")}</li> : null}
      {extent.companies || !deals ? <li>{made("companies")}</li> : null}
      {changed > bound
        ? <li>{t("imports.undo_changed_more", { count: bound })}</li>
        : changed
        ? <li>{t("imports.undo_changed", { count: changed })}</li>
        : null}
      {left === null
        ? <li>{t("imports.undo_reverted_most", { count: counts.updated ?? reverted })}</li>
        : reverted
        ? <li>{t("imports.undo_reverted", { count: reverted })}</li>
        : null}
      {left ? <li>{t("imports.undo_left", { count: left })}</li> : null}
      {kept === null
        ? <li>{t("imports.undo_kept_some")}</li>
        : kept
        ? <li>{t("imports.undo_kept", { count: kept })}</li>
        : null}
    </>
  );
};
