/** `crm setup`: does the initial set-up without a browser. */
import { isLand, lands } from "../../db/authorities.ts";
import { isValid } from "../../db/email_addresses.ts";
import * as passwords from "../../db/passwords.ts";
import * as providers from "../../db/provider.ts";
import * as samples from "../../db/samples.ts";
import { system, withScope } from "../../db/scope.ts";
import * as setups from "../../db/setup.ts";
import * as vatIds from "../../db/vat_ids.ts";
import { errorText, translator } from "../../views/i18n/translate.ts";
import {
  type Command,
  fileText,
  inDatabase,
  lineOf,
  localeOf,
  nameOf,
  parseLoosely,
  required,
  Usage,
} from "../command.ts";

const text = { type: "string" } as const;
const options = {
  "company": text,
  "legal-form": text,
  "tenant": text,
  "admin-name": text,
  "admin-email": text,
  "admin-password-file": text,
  "dpo-name": text,
  "dpo-email": text,
  "provider-street": text,
  "provider-postal-code": text,
  "provider-city": text,
  "provider-country": text,
  "provider-email": text,
  "provider-land": text,
  "provider-phone": text,
  "represented-by": text,
  "register-entry": text,
  "vat-id": text,
  "locale": text,
  "demo": { type: "boolean" },
} as const;

type Values = ReturnType<typeof parseLoosely<typeof options>>["values"];

export const setup: Command = {
  summary: "Set up provider, first tenant and first admin",
  help: `Usage: deno task crm setup --company NAME --admin-name NAME --admin-email ADDRESS
         --admin-password-file FILE --dpo-email ADDRESS [options]

Does once, without a browser, what the set-up link does.

  --company NAME               the provider's company; also the first tenant's name
  --admin-name NAME            first and last name of the first admin
  --admin-email ADDRESS        the address to sign in with
  --admin-password-file FILE   a file containing the password
  --dpo-email ADDRESS          where data protection requests go

  --tenant NAME                the first tenant, if it is not the company
  --legal-form TEXT            GmbH, AG, …
  --dpo-name NAME              the data protection officer; default: the admin's name
  --provider-street TEXT       \\
  --provider-postal-code TEXT   | the provider's address for the legal notice; anything
  --provider-city TEXT          | missing has to be filled in before going live
  --provider-country CODE      /  default: DE
  --provider-email ADDRESS     default: the admin's address
  --provider-land CODE         the German Land (HH, BY, …), for the supervisory authority
  --provider-phone NUMBER      for the legal notice, like the next three
  --represented-by NAME
  --register-entry TEXT        court and number
  --vat-id NUMBER
  --locale de|en               the admin's language; default: de
  --demo                       fill the tenant with sample data

Exit codes: 0 done, 1 already set up, 2 usage, 69 no database, 78 configuration.`,
  async run(args, config) {
    const { values } = parseLoosely(args, options);
    const input = await inputOf(values);
    const whole = { ...input.provider, ...imprintOf(values) };
    return await inDatabase(config, async ({ owner }) => {
      const token = await setups.issueToken(owner);
      if (token === null) {
        console.error("kompaktCRM has already been set up.");
        return 1;
      }
      const { tenantId } = await setups.complete(owner, token, {
        ...input,
        operatorFactors: config.appEnv === "production",
      });
      await providers.update(owner, whole);
      if (values.demo) {
        const who = { tenantId, actor: system };
        await withScope(owner, who, (scope) => samples.create(scope, samples.many));
      }
      console.log(`kompaktCRM has been set up: sign in at ${config.baseUrl}/login`);
      const missing = providers.missing(whole);
      if (missing.length > 0) {
        console.log(`Before going live, complete at /operator/provider: ${inWords(missing)}`);
      }
      return 0;
    });
  },
};

/** The names of fields as an operator reads them: `postal code`. */
const inWords = (fields: readonly string[]): string =>
  fields.map((name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(", ");

async function inputOf(values: Values): Promise<setups.SetupInput> {
  const company = nameOf(values.company, "company");
  const admin = {
    name: nameOf(values["admin-name"], "admin-name"),
    email: address(values["admin-email"], "admin-email"),
    locale: localeOf(values.locale || undefined),
  };
  const file = required(values["admin-password-file"], "admin-password-file");
  const password = await fileText(file, "--admin-password-file");
  const fault = await passwords.fault(password, [admin.name, admin.email, company]);
  if (fault) throw new Usage(`the password is refused: ${errorText(translator("en"), fault)}`);
  const country = values["provider-country"] || "DE";
  if (!/^[A-Z]{2}$/.test(country)) throw new Usage("--provider-country takes two capital letters");
  return {
    provider: {
      name: company,
      legalForm: lineOf(values["legal-form"] ?? "", "legal-form", 100),
      street: lineOf(values["provider-street"] ?? "", "provider-street"),
      postalCode: lineOf(values["provider-postal-code"] ?? "", "provider-postal-code", 20),
      city: lineOf(values["provider-city"] ?? "", "provider-city", 100),
      country,
      email: address(values["provider-email"] || admin.email, "provider-email"),
      dpoName: nameOf(values["dpo-name"] || admin.name, "dpo-name"),
      dpoEmail: address(values["dpo-email"], "dpo-email"),
    },
    tenantName: nameOf(values.tenant || company, "tenant"),
    admin: { ...admin, passwordHash: await passwords.hash(password) },
    samples: false,
  };
}

/** The details that the imprint needs beyond those of every set-up. */
function imprintOf(values: Values) {
  const land = values["provider-land"] ?? "";
  if (land !== "" && !isLand(land)) {
    throw new Usage(`--provider-land must be one of ${lands.join(", ")}`);
  }
  const vatId = values["vat-id"] ?? "";
  if (vatId !== "" && vatIds.lookup(vatId)?.valid !== true) {
    throw new Usage("--vat-id is not an EU VAT number");
  }
  return {
    land,
    phone: lineOf(values["provider-phone"] ?? "", "provider-phone", 50),
    representedBy: lineOf(values["represented-by"] ?? "", "represented-by"),
    registerEntry: lineOf(values["register-entry"] ?? "", "register-entry"),
    vatId,
  };
}

function address(value: string | undefined, name: string): string {
  const email = required(value, name);
  if (!isValid(email)) throw new Usage(`--${name} is not an e-mail address`);
  return email;
}
