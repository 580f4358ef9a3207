/** Short lists of the start page: a line each, what it is on the left, when on the right. */
import type { Child } from "hono/jsx";
import type { Section } from "../../db/start_sections.ts";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

export interface Line {
  href: string;
  text: string;
  /** What is said beneath, in soft ink. */
  detail?: Child;
  /** What comes at the end, such as when. */
  end?: Child;
}

type Counted = Pick<Section<unknown>, "count" | "more">;

/** How many there are; with a plus where not all were counted. */
export const countOf = ({ count, more }: Counted): string => more ? `${count}+` : String(count);

/** Link, detail and end of each line. */
export const Lines = ({ lines }: { lines: readonly Line[] }) => (
  <ul class="lines">
    {lines.map(({ href, text, detail, end }) => (
      <li>
        <a href={href}>{text}</a>
        {end ? <span class="line-end">{end}</span> : null}
        {detail ? <span class="line-detail">{detail}</span> : null}
      </li>
    ))}
  </ul>
);

/** A section with its heading and the way to all; nothing where there is nothing to list. */
export const LinesPanel = (
  { view, id, title, lines, all, section }: {
    view: View;
    id: string;
    title: string;
    lines: readonly Line[];
    /** The page that holds all of it. */
    all: string;
    /** What the lines were made of. */
    section: Counted;
  },
) =>
  lines.length === 0 ? null : (
    <Panel
      title={title}
      id={id}
      count={countOf(section)}
      actions={<a href={all}>{view.t("start.all")}</a>}
    >
      <Lines lines={lines} />
    </Panel>
  );
