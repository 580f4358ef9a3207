/** The table of OWASP ASVS. */
export const asvs = {
  browser: "Cookies, headers, foreign sites",
  confirmation: "A fresh proof before deeds that weigh",
  expressions: "Regular expressions, load by input",
  factors: "Second factor",
  files: "Files and imports",
  gap_expressions:
    "Some 30 expressions take quadratic time for very long texts; a list holds them, none may be added.",
  gap_factors:
    "Level 2 demands a second factor of everybody. Here each company decides by role; the operator is not obliged yet.",
  gap_logs: "Logs are not carried to a second machine (16.4.3).",
  gap_providers:
    "Signing out at the provider (back-channel logout) and an obligation to sign in by it are missing.",
  gap_supply: "A bill of materials (SBOM) is not made at each build yet.",
  group: "Requirements",
  guessing: "Guessing of passwords, telling of accounts",
  injection: "Injected code, output",
  input: "Input and sequences",
  logs: "Logs and errors",
  notices: "Notice of new devices and changed accounts",
  outgoing: "Proxies and outgoing connections",
  passwords: "Passwords",
  privacy: "Personal data",
  providers: "Signing in by own providers",
  recovery: "Resetting passwords and second factors",
  secrets: "Settings and secrets",
  sessions: "Sessions",
  shown: "Met by, shown by",
  standing: "Standing",
  standing_met: "met",
  standing_part: "in part",
  storage: "Storage of passwords and keys, randomness",
  supply: "Components",
  tenants: "Tenants and rights",
  text:
    "The Application Security Verification Standard 5.0, level 2: each group that applies here, with the code that meets it and the tests that show it at every change.",
  title: "OWASP ASVS 5.0, level 2",
};
