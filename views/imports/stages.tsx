/** The stages in a file of deals, each with the stage it becomes here. */
import type { Pipeline } from "../../db/pipelines.ts";
import { fieldId, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

export interface StageOfFile {
  /** What the file calls it. */
  word: string;
  /** The stage chosen, or the most likely one. */
  stageId: string;
}

interface Props {
  view: View;
  form: FormState;
  stages: readonly StageOfFile[];
  pipelines: readonly Pipeline[];
}

export const StagesPanel = ({ view, form, stages, pipelines }: Props) => {
  const { t } = view;
  return (
    <Panel title={t("imports.stages")}>
      <p class="hint">{t("imports.stages_hint")}</p>
      {stages.length === 0 ? null : (
        <table class="data import-columns">
          <caption class="visually-hidden">{t("imports.stages")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("imports.stage_in_file")}</th>
              <th scope="col">{t("imports.stage_here")}</th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ word, stageId }, at) => {
              const name = `stage.s${at}`;
              const id = `stage-${at}`;
              const chosen = form.values[name] ?? stageId;
              return (
                <tr>
                  <th scope="row" id={id}>{word}</th>
                  <td>
                    <select name={name} id={fieldId(name)} aria-labelledby={id}>
                      {pipelines.map((pipeline) => (
                        <optgroup label={pipeline.name}>
                          {pipeline.stages.map((stage) => (
                            <option value={stage.id} selected={stage.id === chosen}>
                              {stage.name}
                            </option>
                          ))}
                        </optgroup>
                      ))}
                    </select>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
};
