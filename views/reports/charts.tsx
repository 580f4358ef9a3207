/** Charts as SVG, drawn on the server: colours come from the stylesheet, so both themes read them. */
// @ts-types="@types/d3-scale"
import { scaleBand, scaleLinear } from "d3-scale";
import type { View } from "../view.ts";

/** A bar in a table's cell: the number beside it says the same, so nobody has to see it. */
export const Bar = ({ value, most }: { value: number; most: number }) => {
  const width = scaleLinear().domain([0, Math.max(most, 1)]).range([0, 100]);
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-all" width={width(value).toFixed(2)} height="10" />
    </svg>
  );
};

/** A column of the chart: all of it, and the part that counts. */
export interface ChartColumn {
  label: string;
  all: number;
  part: number;
}

const size = { width: 720, height: 220, right: 8, top: 10, bottom: 26 };
/** Units of the drawing that a sign of its texts takes at most. */
const sign = 6.8;

/** Columns over time with an axis; `name` says what is shown, the table below has the numbers. */
export const ColumnChart = (
  { view, name, columns, worth }: {
    view: View;
    name: string;
    columns: readonly ChartColumn[];
    /** A value in words, for the axis. */
    worth: (value: number) => string;
  },
) => {
  const y = scaleLinear().domain([0, Math.max(1, ...columns.map(({ all }) => all))]).nice(4)
    .range([size.height - size.bottom, size.top]);
  const floor = y(0);
  const ticks = y.ticks(4).map((tick) => ({ at: y(tick), words: worth(tick) }));
  const left = Math.ceil(16 + sign * Math.max(8, ...ticks.map(({ words }) => words.length)));
  const x = scaleBand<string>().domain(columns.map(({ label }) => label))
    .range([left, size.width - size.right]).padding(0.25);
  return (
    <div class="chart-scroll" tabindex={0} role="group" aria-label={name}>
      <svg
        class="chart"
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`${name}. ${view.t("reports.chart_hint")}`}
      >
        {ticks.map(({ at, words }) => (
          <g class="chart-tick">
            <line x1={left} x2={size.width - size.right} y1={at} y2={at} />
            <text x={left - 8} y={at + 4} text-anchor="end">{words}</text>
          </g>
        ))}
        {columns.map(({ label, all, part }) => (
          <g>
            <rect
              class="chart-all"
              x={x(label)!.toFixed(1)}
              width={x.bandwidth().toFixed(1)}
              y={y(all).toFixed(1)}
              height={(floor - y(all)).toFixed(1)}
            />
            <rect
              class="chart-part"
              x={x(label)!.toFixed(1)}
              width={x.bandwidth().toFixed(1)}
              y={y(part).toFixed(1)}
              height={(floor - y(part)).toFixed(1)}
            />
            <text
              x={(x(label)! + x.bandwidth() / 2).toFixed(1)}
              y={size.height - 8}
              text-anchor="middle"
            >
              {label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
};
