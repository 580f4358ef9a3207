/** The proofs: a lamp per clause on the policy's page, and the operator's overview. */
import type { ClauseNumber } from "../db/policies/clauses.ts";
import type { Outcome, ProofName, Result, State } from "../db/proofs.ts";
import { OperatorHead } from "./operator.tsx";
import { isCalendarDay } from "./format.ts";
import { isMessageKey } from "./i18n/translate.ts";
import { path } from "./path.ts";
import { Badge } from "./ui/badge.tsx";
import { Button, PostButton } from "./ui/button.tsx";
import { Checkbox } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

/** How a proof stands: a check that was not run lately shows nothing. */
export type Lamp = "green" | "red" | "grey";

function lampOf({ built, last }: State, now: Date, freshFor: number): Lamp {
  if (!built || !last) return "grey";
  if (!last.passed) return "red";
  return now.getTime() - last.at.getTime() <= freshFor ? "green" : "grey";
}

const tones = { green: "ok", red: "danger", grey: "neutral" } as const;

const LampBadge = ({ view, lamp }: { view: View; lamp: Lamp }) =>
  Badge({ label: view.t(`proofs.lamp_${lamp}`), tone: tones[lamp] });

/** What a page of the policy needs of the proofs. */
export interface Lamps {
  states: readonly State[];
  freshFor: number;
  /** Whether visitors see the figures too. */
  figures: boolean;
}

/** Under a clause: each of its proofs with lamp, sentence, time and perhaps figures. */
export const ClauseProofs = (
  { view, number, lamps }: { view: View; number: ClauseNumber; lamps: Lamps },
) => {
  const { t, format } = view;
  const of = lamps.states.filter(({ clauses }) => clauses.includes(number));
  if (of.length === 0) return null;
  return (
    <ul class="proofs">
      {of.map((state) => (
        <li>
          <LampBadge view={view} lamp={lampOf(state, view.now, lamps.freshFor)} />
          <span>
            {t(`proofs.${state.proof}`)}
            {state.last
              ? (
                <small>
                  {` ${t("proofs.checked")}: ${format.dateTime(state.last.at)}`}
                  {lamps.figures ? ` · ${figuresText(view, state.last)}` : ""}
                </small>
              )
              : null}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** `412 Spalten, 0 fehlend` would need grammar; `Spalten 412, fehlend 0` needs none. */
const figuresText = (view: View, { figures }: Outcome): string =>
  Object.entries(figures).map(([name, value]) => `${figureName(view, name)} ${said(view, value)}`)
    .join(", ");

/** What a figure counts: a word of its own, or what it is called elsewhere. */
export function figureName({ t }: View, name: string): string {
  const own = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const key = [
    `proof_figures.${own}`,
    `measures.store_${name}`,
    `measures.${name}`,
    `processors.check_${name}`,
  ].find(isMessageKey);
  return key && isMessageKey(key) ? t(key) : name;
}

function said({ t, format }: View, value: string | number): string {
  if (typeof value === "number") return format.number(value);
  if (isCalendarDay(value)) return format.date(value);
  const key = `proof_figures.value_${value}`;
  return isMessageKey(key) ? t(key) : value;
}

interface Props {
  view: View;
  states: readonly State[];
  freshFor: number;
  figuresPublic: boolean;
}

/** Every proof, what it last showed, and the way to run it now. */
export const ProofIndex = ({ view, states, freshFor, figuresPublic }: Props) => {
  const { t, format } = view;
  const form: FormState = {
    values: figuresPublic ? { figuresPublic: "on" } : {},
    errors: {},
  };
  return (
    <>
      <OperatorHead view={view} current="proofs" />
      <DataTable<State>
        view={view}
        caption={t("proofs.proof")}
        columns={[
          {
            key: "state",
            header: t("proofs.state"),
            cell: (state) => LampBadge({ view, lamp: lampOf(state, view.now, freshFor) }),
          },
          {
            key: "proof",
            header: t("proofs.proof"),
            heading: true,
            cell: ({ proof }) => t(`proofs.${proof}`),
          },
          {
            key: "clauses",
            header: t("proofs.clauses"),
            priority: 2,
            cell: ({ clauses }) => clauses.join(", "),
          },
          {
            key: "figures",
            header: t("proofs.figures"),
            priority: 2,
            cell: ({ last }) => last ? figuresText(view, last) : "",
          },
          {
            key: "checked",
            header: t("proofs.checked"),
            priority: 2,
            cell: ({ last, redSince }) =>
              [
                last ? format.dateTime(last.at) : t("proofs.never"),
                redSince && t("proofs.red_since", { date: format.date(redSince) }),
              ].filter(Boolean).join(" · "),
          },
          {
            key: "run",
            header: t("proofs.run"),
            priority: 2,
            cell: ({ proof, built }) =>
              built
                ? (
                  <PostButton
                    view={view}
                    action={path`/operator/proofs/${proof}/run`}
                    label={t("proofs.run")}
                    icon="refresh-cw"
                    iconOnly
                    variant="quiet"
                  />
                )
                : null,
          },
        ]}
        rows={states}
        href={({ proof }) => path`/operator/proofs/${proof}`}
      />
      <div class="form-actions">
        <PostButton view={view} action="/operator/proofs/run" label={t("proofs.run_all")} />
      </div>
      <Form view={view} form={form} action="/operator/proofs">
        <Checkbox view={view} form={form} name="figuresPublic" label={t("proofs.figures_public")} />
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </Form>
    </>
  );
};

/** One proof's results, newest first. */
export const ProofPage = (
  { view, proof, built, results }: {
    view: View;
    proof: ProofName;
    /** Whether there is a check at all. */
    built: boolean;
    results: readonly Result[];
  },
) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="proofs" />
      <Panel
        title={t(`proofs.${proof}`)}
        actions={built
          ? (
            <PostButton
              view={view}
              action={path`/operator/proofs/${proof}/run`}
              label={t("proofs.run")}
            />
          )
          : null}
      >
        <DataTable<Result>
          view={view}
          caption={t("proofs.history")}
          columns={[
            { key: "at", header: t("proofs.checked"), cell: ({ at }) => format.dateTime(at) },
            {
              key: "state",
              header: t("proofs.state"),
              cell: ({ passed }) => LampBadge({ view, lamp: passed ? "green" : "red" }),
            },
            { key: "figures", header: t("proofs.figures"), cell: (row) => figuresText(view, row) },
            {
              key: "took",
              header: t("proofs.took"),
              align: "end",
              priority: 2,
              cell: ({ tookMs }) => `${format.number(tookMs)} ms`,
            },
          ]}
          rows={results}
          empty={<p>{t("proofs.never_text")}</p>}
        />
      </Panel>
    </>
  );
};
