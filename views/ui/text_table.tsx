/** A table of sentences: on a phone each row becomes a block, each cell names its column. */
import type { Child } from "hono/jsx";

/** The table; the first cell of a row names it. */
export const TextTable = (
  { caption, head, rows }: {
    caption: string;
    head: readonly string[];
    rows: readonly (readonly Child[])[];
  },
) => (
  <table class="data texts">
    <caption class="visually-hidden">{caption}</caption>
    <thead>
      <tr>{head.map((name) => <th scope="col">{name}</th>)}</tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr>
          {row.map((cell, at) =>
            at === 0
              ? <th scope="row" data-label={head[at]}>{cell}</th>
              : <td data-label={head[at]}>{cell}</td>
          )}
        </tr>
      ))}
    </tbody>
  </table>
);
