/** Why a setting is refused: the sentence of the policy that it would break. */
export const bounds = {
  freeze_days:
    "Wählen Sie ein Ende in {least} bis {most} Tagen. Ziffer {clause} der Datenschutzerklärung: Protokolle bleiben nur so lange wie nötig.",
  log_access_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Zugriffsprotokolle bleiben nicht länger als nötig.",
  log_address_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Vollständige IP-Adressen werden spätestens nach 7 Tagen gekürzt.",
  log_app_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  log_audit_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  log_jobs_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  log_mail_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  notice_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Wesentliche Änderungen werden mindestens 14 Tage vorher mitgeteilt.",
  operator_factors:
    "Im Betrieb bleibt das an. Ziffer {clause} der Datenschutzerklärung: Technische Maßnahmen schützen die Daten.",
  processor_country:
    "Nur Länder der EU und des EWR. Ziffer {clause} der Datenschutzerklärung: Keine Übermittlung in Drittländer.",
  retention_applicant:
    "{least} bis {most} Monate. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  retention_claim:
    "{least} bis {most} Monate. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  retention_confirm_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  retention_history:
    "{least} bis {most} Monate. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  retention_lost_deal:
    "{least} bis {most} Monate. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  retention_prospect:
    "{least} bis {most} Monate. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
  store_country:
    "Nur Länder der EU und des EWR. Ziffer {clause} der Datenschutzerklärung: Alle Daten liegen in Europa.",
  trash_days:
    "{least} bis {most} Tage. Ziffer {clause} der Datenschutzerklärung: Daten bleiben nicht länger als nötig.",
};
