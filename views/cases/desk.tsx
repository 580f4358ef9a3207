/** The top of the pages of cases: in a tenant's settings, or in the operator's. */
import { OperatorHead } from "../operator.tsx";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import type { View } from "../view.ts";

/** The addresses of a controller's cases. */
export interface Desk {
  base: "/settings/requests" | "/operator/requests";
}

/** Title and tabs of the part of the program that the cases are in. */
export const CaseHead = ({ view, desk }: { view: View; desk: Desk }) =>
  desk.base === "/operator/requests" ? <OperatorHead view={view} current="requests" /> : (
    <>
      <SettingsHead view={view} title={view.t("cases.title")} />
      <SettingsTabs view={view} current="requests" />
    </>
  );
