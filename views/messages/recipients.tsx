/** The recipients of a mail: fields for several addresses, with suggestions while typing the last one. */
import type { MailAddress } from "../../db/received_mails/headers.ts";
import { query } from "../path.ts";
import { TextField } from "../ui/field.tsx";
import { type FormState, valueOf } from "../ui/form.tsx";
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  /** Addresses of the record that the mail was started from. */
  offered: readonly MailAddress[];
}

/** The names under which a mail keeps the records that it was started from. */
const records = ["contactId", "companyId", "dealId"] as const;

/** To, and folded away what few mails have. */
export const Recipients = ({ view, form, offered }: Props) => {
  const { t } = view;
  const about = Object.fromEntries(records.map((name) => [name, valueOf(form, name) || undefined]));
  const from = query("/messages/addresses", { kind: valueOf(form, "kind"), ...about });
  const more = ["cc", "bcc"].some((name) => valueOf(form, name) || form.errors[name]);
  const field = { view, form, from };
  return (
    <>
      <AddressesField
        {...field}
        name="to"
        label={t("outgoing.to")}
        hint={t(valueOf(form, "_unknown") ? "outgoing.to_unknown" : "outgoing.to_hint")}
        required
        autofocus={valueOf(form, "_blank") !== "" && valueOf(form, "to") === ""}
        list="mail-to"
      />
      <datalist id="mail-to">
        {offered.map(({ name, address }) => <option value={address}>{name}</option>)}
      </datalist>
      <details class="fold" open={more || undefined}>
        <summary>{t("outgoing.copies")}</summary>
        <AddressesField {...field} name="cc" label={t("outgoing.cc")} />
        <AddressesField
          {...field}
          name="bcc"
          label={t("outgoing.bcc")}
          hint={t("outgoing.bcc_hint")}
        />
      </details>
    </>
  );
};

/** Asks at `from` while somebody types; without script, the browser's own list `list` is used. */
const AddressesField = (
  { from, ...props }: Parameters<typeof TextField>[0] & { from: string },
) => {
  const hits = `${props.name}-hits`;
  return (
    <div
      class="suggesting"
      data-hx-get={from}
      data-hx-trigger="input changed delay:150ms from:'find input', open from:'find input'"
      data-hx-include="find input"
      data-hx-target={`#${hits}`}
      data-hx-swap="innerHTML"
      data-hx-sync="this:replace"
    >
      <TextField size="full" maxlength={4000} inputmode="email" suggests={hits} {...props} />
      <div id={hits} class="suggestions" hidden />
    </div>
  );
};

/** Whom a text may mean; a press puts `line`, the whole field then, in its place. */
export interface AddressHit extends MailAddress {
  line: string;
}

/** Suggestions for the typed text `q`. */
export const AddressHits = (
  { view, q, hits }: { view: View; q: string; hits: readonly AddressHit[] },
) => (
  <>
    <p class="visually-hidden" role="status" data-q={q}>
      {hits.length === 0 ? null : view.t("search.hits", { count: hits.length })}
    </p>
    {hits.length === 0 ? null : (
      <div role="listbox" aria-label={view.t("search.suggestions")}>
        {hits.map(({ name, address, line }) => (
          <button type="button" role="option" tabindex={-1} data-fills={line}>
            <Icon view={view} name="mail" />
            <span>{name || address}</span>
            {name ? <small>{address}</small> : null}
          </button>
        ))}
      </div>
    )}
  </>
);
