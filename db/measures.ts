/** The technical and organisational measures (Art. 32 GDPR; clause 7.1), by what they guard. */

/** The groups of controls that German practice asks for, in their usual order. */
export const groups = [
  "admission",
  "access",
  "transfer",
  "input",
  "orders",
  "availability",
  "separation",
  "review",
] as const;

export type Group = typeof groups[number];

/** Every measure with its group; what each says stands in the catalogue `measures`. */
export const measures = {
  passwords: "admission",
  sessions: "admission",
  attempts: "admission",
  roles: "access",
  serving_role: "access",
  process_permissions: "access",
  tls: "transfer",
  egress: "transfer",
  content_policy: "transfer",
  history: "input",
  agreements: "orders",
  processors: "orders",
  database_recovery: "availability",
  processes_restart: "availability",
  row_level_security: "separation",
  file_encryption: "separation",
  personal_data_map: "review",
  tests: "review",
} as const satisfies Record<string, Group>;

export type MeasureName = keyof typeof measures;

/** The measures of a group, in the order of the list. */
export const inGroup = (group: Group): MeasureName[] =>
  (Object.keys(measures) as MeasureName[]).filter((name) => measures[name] === group);
