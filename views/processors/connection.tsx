/** How a processor is connected, what its checks showed, and what was sent. */
import type { Delivery } from "../../db/latenode_deliveries.ts";
import type { Check } from "../../db/processor_checks.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PasswordField, TextField } from "../ui/field.tsx";
import { Form, FormActions } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { PageProps } from "./page.tsx";
import { word } from "./words.ts";

type Props = PageProps & { base: string };

/** The connection: addresses are shown, keys can only be replaced. */
export const ConnectionPanel = ({ view, entry, base, ...props }: Props) => {
  const { t } = view;
  const { connected } = entry.processor;
  const form = props.connectionForm;
  const labels = Object.fromEntries(
    props.connectionFields.map((
      { name },
    ) => [name, word(view, `processors.setting_${name}`, name)]),
  );
  return (
    <Panel
      title={t("processors.connection")}
      id="connection"
      actions={connected
        ? (
          <PostButton
            view={view}
            action={`${base}/connection/removal`}
            label={t("processors.connection_forget")}
            variant="quiet"
          />
        )
        : null}
    >
      <p>{t("processors.connection_hint")}</p>
      <Form view={view} form={form} labels={labels} action={`${base}/connection`}>
        {props.connectionFields.map(({ name, secret }) =>
          secret
            ? (
              <PasswordField
                {...{ view, form, name, label: labels[name]! }}
                autocomplete="new-password"
                hint={connected ? t("processors.secret_kept") : undefined}
                required={!connected}
              />
            )
            : <TextField {...{ view, form, name, label: labels[name]! }} required size="l" />
        )}
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </Form>
    </Panel>
  );
};

const figures = ({ figures }: Check): string =>
  Object.entries(figures).map(([name, value]) => `${name}: ${value ?? "–"}`).join(" · ");

/** What the processor itself answers about places and periods. */
export const CheckPanel = ({ view, base, checks, entry }: Props) => {
  const { t, format } = view;
  return (
    <Panel
      title={t("processors.checks")}
      id="checks"
      actions={entry.open && entry.processor.connected
        ? <PostButton view={view} action={`${base}/checks`} label={t("processors.check")} />
        : null}
    >
      <DataTable<Check>
        view={view}
        caption={t("processors.checks")}
        rows={checks}
        empty={<EmptyState title={t("processors.checks_empty")} />}
        phoneLine={figures}
        columns={[
          {
            key: "kind",
            header: t("processors.name"),
            cell: ({ kind }) => word(view, `processors.check_${kind}`, kind),
          },
          {
            key: "passed",
            header: t("processors.state"),
            cell: ({ passed }) => (
              <Badge
                label={t(passed ? "processors.check_passed" : "processors.check_failed")}
                tone={passed ? "ok" : "danger"}
              />
            ),
          },
          {
            key: "figures",
            header: t("processors.data"),
            priority: 2,
            cell: (check) => <code>{figures(check)}</code>,
          },
          {
            key: "at",
            header: t("egress.last"),
            priority: 2,
            cell: ({ at }) => format.dateTime(at),
          },
        ]}
      />
    </Panel>
  );
};

const tones = { queued: "neutral", sent: "warn", confirmed: "ok", failed: "danger" } as const;

/** The events of the last days and what became of them. */
export const DeliveryPanel = ({ view, base, deliveries }: Props) => {
  const { t, format } = view;
  return (
    <Panel
      title={t("processors.deliveries")}
      id="deliveries"
      actions={
        <PostButton
          view={view}
          action={`${base}/deliveries`}
          label={t("processors.delivery_test")}
        />
      }
    >
      <DataTable<Delivery>
        view={view}
        caption={t("processors.deliveries")}
        rows={deliveries}
        empty={<EmptyState title={t("processors.deliveries_empty")} />}
        phoneLine={({ errorCode, id }) => errorCode ?? id}
        columns={[
          {
            key: "event",
            header: t("processors.event"),
            cell: ({ event }) => <code>{event}</code>,
          },
          {
            key: "state",
            header: t("processors.state"),
            cell: ({ status }) => (
              <Badge label={t(`processors.delivery_${status}`)} tone={tones[status]} />
            ),
          },
          {
            key: "attempts",
            header: t("operator.attempts"),
            align: "end",
            priority: 2,
            cell: ({ attempts }) => format.number(attempts),
          },
          {
            key: "error",
            header: t("operator.error"),
            priority: 2,
            cell: ({ errorCode, answerCode }) => errorCode ?? answerCode ?? "",
          },
          {
            key: "at",
            header: t("operator.created"),
            priority: 2,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
          { key: "id", header: "ID", priority: 3, cell: ({ id }) => <code>{id}</code> },
        ]}
      />
    </Panel>
  );
};
