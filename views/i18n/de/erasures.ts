/** The plan of an erasure. */
export const erasures = {
  count: "Anzahl",
  goes: "Gelöscht wird",
  goes_hint:
    "Worin auch andere vorkommen, bleibt für diese bestehen; die Person wird darin unkenntlich. E-Mail-Adressen, Nummern und der Name mit Anschrift bleiben nur als Hash gesperrt. Sicherungen laufen nach 14 Tagen aus.",
  mail_kept: "Bis {until} bleiben {count} gesperrt ({basis}).",
  mail_plan: {
    one: "Plan der Löschung: {count} Eintrag der Person.",
    other: "Plan der Löschung: {count} Einträge der Person.",
  },
  mail_unclear:
    "Wer gemeint ist, ist noch nicht eindeutig: Sagen Sie es mit PERSON oder über den Link, vorher wird nichts gelöscht.",
  mail_unconfirmed:
    "Die Person hat ihre Adresse noch nicht bestätigt. Mit der Freigabe stehen Sie dafür ein, dass der Antrag von ihr kommt; dann wird sofort und endgültig gelöscht.",
  mentions: {
    one:
      "Außerdem ist die Person an {count} Stelle genannt, die zu jemand anderem gehört. Adressen und Nummern werden dort unkenntlich; ein bloßer Name bleibt, bis jemand die Stelle beim Antrag als gemeint bestätigt.",
    other:
      "Außerdem ist die Person an {count} Stellen genannt, die zu jemand anderem gehören. Adressen und Nummern werden dort unkenntlich; ein bloßer Name bleibt, bis jemand die Stellen beim Antrag als gemeint bestätigt.",
  },
  plan: "Plan der Löschung",
  unclear: "Vorläufig: Noch ist nicht bestätigt, wer gemeint ist. Vorher wird nichts gelöscht.",
  unconfirmed:
    "Vorläufig: Die Person hat ihre Adresse noch nicht bestätigt. Gibt die datenschutzbeauftragte Person frei, wird trotzdem gelöscht.",
};
