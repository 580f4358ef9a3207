/** The state of a breach, in a word. */
import type { Incident } from "../../db/incidents.ts";
import { Badge } from "../ui/badge.tsx";
import type { View } from "../view.ts";

/** Where the register begins. */
export const home = "/operator/incidents";

/** Open until the authority was notified or the reasons for not notifying it are recorded. */
export const State = ({ view, incident }: { view: View; incident: Incident }) => {
  const state = incident.closedAt ? "closed" : incident.toldAt ? "reported" : "open";
  const tone = state === "open" ? "danger" : state === "reported" ? "warn" : "neutral";
  return Badge({ label: view.t(`incidents.state_${state}`), tone });
};
