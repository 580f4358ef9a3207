/** How far a long piece of work, or a sequence of pages, has come. */

import type { View } from "../view.ts";
import { Icon } from "./icon.tsx";

/** A bar with its words. Without `max` the end is unknown. */
export const Progress = (
  { label, value, max, detail }: { label: string; value: number; max?: number; detail?: string },
) => (
  <div class="progress">
    <label>
      <span>{label}</span>
      <progress value={max === undefined ? undefined : value} max={max} />
    </label>
    {detail ? <p class="hint">{detail}</p> : null}
  </div>
);

/** The steps of a wizard; `current` counts from 0, earlier ones are done. */
export const StepList = (
  { view, label, steps, current }: {
    view: View;
    label: string;
    steps: readonly string[];
    current: number;
  },
) => (
  <nav class="steps" aria-label={label}>
    <ol>
      {steps.map((step, i) => (
        <li
          class={i < current ? "done" : undefined}
          aria-current={i === current ? "step" : undefined}
        >
          <span class="step-mark">
            {i < current ? <Icon view={view} name="check" /> : i + 1}
          </span>
          <span>
            {step}
            {i < current
              ? <span class="visually-hidden">{` (${view.t("common.step_done")})`}</span>
              : null}
          </span>
        </li>
      ))}
    </ol>
  </nav>
);
