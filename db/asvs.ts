/**
 * OWASP ASVS 5.0, level 2: each group of requirements with the code that meets it and the tests
 * that prove it. A rule test checks that these files and tests exist.
 */

/** How far a group is met; `part` has a text in the catalogue `asvs` that describes the gap. */
export type Standing = "met" | "part";

export interface Requirement {
  /** The numbers of the standard, in its order. */
  ids: string;
  standing: Standing;
  code: readonly string[];
  /** Test files, each with the sentence of one of its tests. */
  tests: readonly (readonly [file: string, sentence: string])[];
}

export const requirements = {
  tenants: {
    ids: "8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.3.2 8.4.1 13.2.2",
    standing: "met",
    code: ["db/roles.ts", "db/scope.ts", "routes/guards.ts", "db/grants.ts"],
    tests: [
      ["tests/rules/routes_test.ts", "every route of the app is in the table, and nothing else"],
      [
        "tests/isolation_test.ts",
        "what charlie asks for with alice's ids changes nothing of hers and shows nothing",
      ],
      [
        "tests/rules/row_level_security_test.ts",
        "the serving role owns nothing and can neither pass by nor become another",
      ],
    ],
  },
  passwords: {
    ids: "6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12",
    standing: "met",
    code: ["db/passwords.ts", "routes/account.tsx"],
    tests: [
      [
        "tests/passwords_test.ts",
        "short, common and personal passwords are refused, by length and words only",
      ],
      ["tests/account_test.ts", "a new password needs the old one and ends the other sessions"],
    ],
  },
  guessing: {
    ids: "6.3.1 6.3.2 6.3.4 6.3.8 6.6.3",
    standing: "met",
    code: ["db/rate_limits.ts", "routes/session.tsx"],
    tests: [
      [
        "tests/rate_limits_test.ts",
        "another network, and the owner's own, are not locked by a stranger's guesses",
      ],
      ["tests/session_test.ts", "an unknown address takes as long as a wrong password"],
    ],
  },
  factors: {
    ids: "6.3.3 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5",
    standing: "part",
    code: ["db/totp.ts", "db/recovery_codes.ts", "db/passkeys.ts", "routes/factor_step.tsx"],
    tests: [
      [
        "tests/factors_test.ts",
        "a code counts once, in its own half minute and the one beside it",
      ],
      [
        "tests/factors_test.ts",
        "a user without a required factor is led to set it up, then onward",
      ],
      [
        "tests/factors_test.ts",
        "operators need a second factor once it is required, and the measure reports it",
      ],
      ["tests/passkeys_test.ts", "no wrong origin, person or challenge is accepted"],
    ],
  },
  recovery: {
    ids: "6.4.1 6.4.2 6.4.3 6.4.4",
    standing: "met",
    code: ["db/password_resets.ts", "db/factors.ts", "routes/team.tsx"],
    tests: [
      ["tests/factors_test.ts", "a new password does not skip the second factor"],
      [
        "tests/factors_test.ts",
        "an admin resets a member's lost factor; the member is notified, the history records it",
      ],
    ],
  },
  notices: {
    ids: "6.3.5 6.3.7",
    standing: "met",
    code: ["routes/sign_in.ts", "views/mail/factors.tsx"],
    tests: [
      ["tests/session_test.ts", "a new device causes a mail, a known one does not"],
      [
        "tests/rate_limits_test.ts",
        "after an upgrade nobody is notified of a device on which they are signed in",
      ],
    ],
  },
  providers: {
    ids: "6.8.1 6.8.2 6.8.4 10.1.1 10.2.1 10.2.2 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5",
    standing: "part",
    code: [
      "db/single_sign_on.ts",
      "db/sign_in_demands.ts",
      "db/provider_logouts.ts",
      "routes/single_sign_on.tsx",
    ],
    tests: [
      [
        "tests/sign_in_demands_test.ts",
        "only people of verified domains are bound, in that tenant alone, owners never",
      ],
      ["tests/single_sign_on_test.ts", "no forged or invalid token lets anybody in"],
      [
        "tests/provider_logouts_test.ts",
        "no forged or invalid token ends a session, and none counts twice",
      ],
      [
        "tests/single_sign_on_test.ts",
        "a domain counts for one tenant, and only once its postmaster has agreed",
      ],
      ["tests/single_sign_on_test.ts", "an address given to somebody else opens no log-in"],
    ],
  },
  storage: {
    ids: "11.2.1 11.3.2 11.3.3 11.4.2 11.5.1",
    standing: "met",
    code: ["db/passwords.ts", "db/seals.ts", "db/sealed_secrets.ts", "db/sessions.ts"],
    tests: [
      [
        "tests/session_test.ts",
        "a hash made with older parameters is renewed at the next sign-in",
      ],
      [
        "tests/db/seals_test.ts",
        "a file does not pass for another, nor open with another installation's secret",
      ],
    ],
  },
  sessions: {
    ids: "7.1.1 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5",
    standing: "met",
    code: ["db/sessions.ts", "views/account/sessions.tsx"],
    tests: [
      [
        "tests/session_test.ts",
        "a session ends after seven idle days, and after thirty days in any case",
      ],
      ["tests/session_test.ts", "a right password signs in under a new token and leads on"],
      [
        "tests/account_test.ts",
        "sessions are listed by device and can be ended one by one and all at once",
      ],
    ],
  },
  confirmation: {
    ids: "7.5.1 7.5.2 7.5.3",
    standing: "met",
    code: ["routes/confirmed.tsx", "routes/confirmations.tsx"],
    tests: [
      [
        "tests/confirmations_test.ts",
        "a user with a second factor is asked for that, not for the password",
      ],
      ["tests/confirmations_test.ts", "no link can make anybody post data of its choice"],
      ["tests/confirmations_test.ts", "an export of everything asks for confirmation"],
      [
        "tests/confirmations_test.ts",
        "a user with neither password nor factor signs in again in another window, and loses nothing typed",
      ],
    ],
  },
  browser: {
    ids:
      "3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.2 3.5.3 3.7.2",
    standing: "met",
    code: ["routes/headers.ts", "routes/origins.ts", "routes/sign_in.ts"],
    tests: [
      [
        "tests/headers_test.ts",
        "every answer carries the headers that keep a browser to this site",
      ],
      ["tests/headers_test.ts", "nothing is done for another site"],
      ["tests/session_test.ts", "localPath never leaves the site, whatever it is given"],
    ],
  },
  injection: {
    ids: "1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.2.9 1.2.10 1.3.3 1.3.5 1.3.6 1.3.7 1.3.11",
    standing: "met",
    code: ["views/markup.ts", "db/mails.ts", "db/exports/csv.ts"],
    tests: [
      ["tests/rules/unescaped_test.ts", "nothing enters a page unescaped or inline"],
      ["tests/rules/imports_test.ts", "SQL is written in db only"],
      ["tests/mails_test.ts", "no line end in a subject or address becomes a header"],
    ],
  },
  expressions: {
    ids: "1.3.12",
    standing: "met",
    code: ["routes/bodies.ts"],
    tests: [
      ["tests/rules/regular_expressions_test.ts", "no regular expression of ours is super-linear"],
      ["tests/rules/regular_expressions_test.ts", "the rule finds a super-linear one"],
      [
        "tests/junk_test.ts",
        "ten thousand fields and deep JSON are read or refused, never a server error",
      ],
    ],
  },
  input: {
    ids:
      "2.1.1 2.1.2 2.1.3 2.2.1 2.2.2 2.2.3 2.3.1 2.3.2 2.3.3 2.3.4 2.4.1 15.3.3 15.3.5 15.3.6 15.3.7",
    standing: "met",
    code: ["routes/web.tsx", "routes/fields.ts", "db/locks.ts"],
    tests: [
      [
        "tests/forms_test.ts",
        "no unusual text in any field of any route causes a server error",
      ],
      ["tests/forms_test.ts", "attempts on prototypes by name change nothing"],
      ["tests/contacts_test.ts", "the same form sent twice makes one contact"],
    ],
  },
  files: {
    ids: "5.1.1 5.2.1 5.2.2 5.2.3 5.2.4 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3",
    standing: "met",
    code: ["db/file_intake.ts", "db/file_types.ts", "routes/files.tsx"],
    tests: [
      ["tests/hostile_files_test.ts", "programs are refused by their bytes and by their ending"],
      [
        "tests/files_test.ts",
        "a file is fetched as a download that no browser shows, guesses at or runs",
      ],
    ],
  },
  privacy: {
    ids: "14.1.1 14.1.2 14.2.1 14.2.2 14.2.3 14.2.4 14.2.6 14.2.7 14.3.1 14.3.2 14.3.3",
    standing: "met",
    code: ["db/personal_data.ts", "db/erasures.ts", "db/retentions.ts"],
    tests: [
      [
        "tests/rules/personal_data_test.ts",
        "every column of the database is in the personal-data map, and nothing else",
      ],
      [
        "tests/erasures_test.ts",
        "nothing is left of a person in any mapped column or file, and everything of a stranger",
      ],
      ["tests/headers_test.ts", "what a signed-in person sees is stored by no cache"],
    ],
  },
  logs: {
    ids:
      "16.1.1 16.2.1 16.2.2 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.5.1 16.5.2 16.5.3 16.5.4",
    standing: "part",
    code: ["db/log.ts", "routes/errors.tsx", "db/incident_signs.ts"],
    tests: [
      ["tests/runtime/log_test.ts", "line ends and control characters cannot forge another line"],
      ["tests/runtime/log_test.ts", "fields outside the list never reach a file"],
      ["tests/scope_test.ts", "a handler's error reveals no details on the page"],
    ],
  },
  secrets: {
    ids: "13.2.1 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.1 13.4.2 13.4.3 13.4.4 13.4.5",
    standing: "met",
    code: ["db/permissions.ts", "db/config.ts", "db/key_store.ts"],
    tests: [
      [
        "tests/runtime/permissions_test.ts",
        "a web process may listen and reach the database, and nothing else",
      ],
      [
        "tests/rules/secrets_test.ts",
        "no file names a registry, a foreign server or a place on one machine, nor holds a key",
      ],
    ],
  },
  outgoing: {
    ids: "4.1.1 4.1.3 4.2.1 12.3.1 12.3.2 15.3.2 15.3.4",
    standing: "met",
    code: ["db/egress_direct.ts", "routes/access.ts"],
    tests: [
      ["tests/egress_test.ts", "a redirect is an answer that is not followed"],
      ["tests/egress_test.ts", "a certificate that is not for the host is refused"],
      ["tests/session_test.ts", "what a proxy forwards counts only when it is an address"],
    ],
  },
  supply: {
    ids: "15.1.1 15.1.2 15.1.3 15.2.1 15.2.2 15.2.3",
    standing: "part",
    code: ["db/dependencies.ts", "deno.lock"],
    tests: [["tests/rules/secrets_test.ts", "no module is imported from the network"]],
  },
} as const satisfies Record<string, Requirement>;

export type RequirementName = keyof typeof requirements;
