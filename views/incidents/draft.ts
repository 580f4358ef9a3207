/** The draft of the letter to the authority. */
import type { Authority } from "../../db/authorities.ts";
import type { Incident } from "../../db/incidents.ts";
import type { Provider } from "../../db/provider.ts";
import { providerName } from "../imprint.tsx";
import type { View } from "../view.ts";

/** The draft's parts, in the order of Art. 33(3) GDPR. */
export function draftOf(
  { t, format }: View,
  { incident, provider, authority, deadline }: {
    incident: Incident;
    provider: Provider | null;
    authority: Authority | null;
    deadline: Date;
  },
) {
  const part = (title: string, ...paragraphs: string[]) => ({
    title,
    paragraphs: paragraphs.filter(Boolean),
  });
  return [
    part(
      t("incidents.authority"),
      authority ? `${authority.name}, ${authority.address}` : t("incidents.authority_unknown"),
    ),
    part(
      t("incidents.draft_controller"),
      provider
        ? `${providerName(provider)}, ${provider.street}, ${provider.postalCode} ${provider.city}`
        : "",
      provider ? `${provider.dpoName}, ${provider.dpoEmail}` : "",
    ),
    part(
      t("incidents.noticed"),
      format.dateTime(incident.noticedAt),
      `${t("incidents.deadline")}: ${format.dateTime(deadline)}`,
    ),
    part(
      t("incidents.nature"),
      incident.nature,
      `${t("incidents.persons")}: ${format.number(incident.persons)}`,
      `${t("incidents.dataRecords")}: ${format.number(incident.dataRecords)}`,
    ),
    part(t("incidents.consequences"), incident.consequences || "–"),
    part(t("incidents.measures"), incident.measures || "–"),
    part(t("incidents.reason"), incident.reason || "–"),
  ];
}
