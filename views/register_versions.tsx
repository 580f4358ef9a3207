/** Versions of a register: when, by whom, and what differs from the one before. */
import type { Version, Versions } from "../db/register_versions.ts";
import { query } from "./path.ts";
import { Button } from "./ui/button.tsx";
import { DateField } from "./ui/field.tsx";
import { Pager } from "./ui/pager.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

type Made = Pick<Version<unknown>, "actor" | "name">;

/** Who caused a version. */
export const versionAuthor = ({ t }: View, { actor, name }: Made): string =>
  actor === "operator"
    ? name ?? t("history.unknown")
    : t(actor === "officer" ? "setup.dpo" : "history.system");

interface Props<Content extends object> {
  view: View;
  versions: Versions<Content>;
  /** The address of this page, and of a page of versions that begins with one of them. */
  home: string;
  href: (version: Version<Content>) => string;
  /** The words for a part of the content. */
  label: (name: string) => string;
}

/** A page of the list, each with a link to how it stood. */
export const VersionList = <Content extends object>(
  { view, versions: { rows, earlier, later }, home, href, label }: Props<Content>,
) => {
  const { t, format } = view;
  const changed = new Map(rows.map((version, at) => {
    const before = rows[at + 1] ?? earlier;
    return [version.id, before ? differing(version.content, before.content) : null];
  }));
  const page = (from: string | undefined | null) =>
    from ? `${query(home, { versions: from })}#versions` : null;
  return (
    <>
      <DataTable<Version<Content>>
        view={view}
        caption={t("incidents.versions")}
        rows={rows}
        href={href}
        phoneLine={(version) => versionAuthor(view, version)}
        columns={[
          {
            key: "at",
            header: t("incidents.version_at"),
            heading: true,
            cell: ({ at }) => format.dateTime(at),
          },
          {
            key: "who",
            header: t("incidents.version_by"),
            priority: 2,
            cell: (version) => versionAuthor(view, version),
          },
          {
            key: "what",
            header: t("incidents.version_changed"),
            cell: ({ id }) =>
              changed.get(id)?.map(label).join(", ") ?? t("incidents.version_first"),
          },
        ]}
      />
      <Pager view={view} previous={page(later)} next={page(earlier?.id)} />
    </>
  );
};

/** The parts in which a version differs from the one before it, by name, in order. */
function differing(content: object, before: object): string[] {
  const [one, two] = [content, before] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(one), ...Object.keys(two)])]
    .filter((name) => JSON.stringify(one[name] ?? null) !== JSON.stringify(two[name] ?? null));
}

/** Exports of a register as it stood on a day, today if none is chosen. */
export const AsOn = (
  { view, title, files }: {
    view: View;
    title: string;
    /** Address and kind of each. */
    files: readonly (readonly [string, string])[];
  },
) => {
  const { t } = view;
  const form = { values: {}, errors: {} };
  return (
    <Panel title={title} id="as-on">
      <form method="get" action={files[0]![0]} data-hx-boost="false">
        <DateField view={view} form={form} name="on" label={t("incidents.register_day")} />
        <div class="form-actions">
          {files.map(([address, kind]) => (
            <Button
              view={view}
              label={t("incidents.register_export", { kind })}
              icon="download"
              variant="quiet"
              formaction={address}
            />
          ))}
        </div>
      </form>
    </Panel>
  );
};
