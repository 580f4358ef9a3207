/** The keys: what each does, as a page, as a dialog on every page, and the palette beside it. */
import type { MessageKey } from "./i18n/translate.ts";
import { PaletteBox } from "./search/box.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** Each key with what it does, in the order of use. */
const keys: readonly (readonly [string, MessageKey])[] = [
  ["/", "keys.search"],
  ["Ctrl+K", "keys.palette_open"],
  ["j", "keys.down"],
  ["k", "keys.up"],
  ["Enter", "keys.open"],
  ["x", "keys.tick"],
  ["b", "keys.bulk"],
  ["e", "keys.edit"],
  ["n", "keys.new"],
  ["a", "keys.quick"],
  ["d", "keys.complete"],
  ["← →", "keys.columns"],
  ["Space", "keys.carry"],
  ["Ctrl+S", "keys.save"],
  ["?", "keys.map"],
  ["Esc", "keys.close"],
];

/** Keyboards name their keys by language. */
const nameOf = ({ t }: View, key: string): string => names[key] ? t(names[key]) : key;

const names: Record<string, MessageKey> = {
  "Ctrl+K": "keys.ctrl_k",
  "Ctrl+S": "keys.ctrl_s",
  "Space": "keys.space",
};

const KeyMap = ({ view }: { view: View }) => (
  <>
    <dl class="keys">
      {keys.map(([key, words]) => (
        <div>
          <dt>
            <kbd>{nameOf(view, key)}</kbd>
          </dt>
          <dd>{view.t(words)}</dd>
        </div>
      ))}
    </dl>
    <p class="hint">{view.t("keys.typing")}</p>
    <label class="choice" data-needs-script hidden>
      <input type="checkbox" data-keys-switch />
      <span>{view.t("keys.off")}</span>
    </label>
  </>
);

/** The page, for everyone and without script. */
export const KeysPage = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("keys.title")} />
    <KeyMap view={view} />
  </>
);

/** What the dialog is filled with. */
export const KeysPart = ({ view }: { view: View }) => (
  <>
    <h2>{view.t("keys.title")}</h2>
    <KeyMap view={view} />
  </>
);

/** The dialogs of a page: two are empty until they are opened, the third asks (`unsaved.js`). */
export const Dialogs = ({ view }: { view: View }) => (
  <>
    <dialog id="palette" class="palette" aria-label={view.t("keys.palette")}>
      <PaletteBox view={view} />
    </dialog>
    <dialog id="keys" aria-label={view.t("keys.title")}>
      <div
        data-opens
        data-hx-get="/keys"
        data-hx-trigger="open"
        data-hx-target="this"
        data-hx-swap="innerHTML"
      />
      <button type="button" class="button button-plain" data-closes>
        {view.t("keys.close_dialog")}
      </button>
    </dialog>
    <dialog
      id="unsaved"
      role="alertdialog"
      aria-labelledby="unsaved-title"
      aria-describedby="unsaved-text"
    >
      <h2 id="unsaved-title">{view.t("errors.unsaved")}</h2>
      <p id="unsaved-text">{view.t("errors.unsaved_text")}</p>
      <div class="form-actions">
        <button type="button" class="button button-primary" data-closes>
          {view.t("errors.unsaved_stay")}
        </button>
        <button type="button" class="button button-plain" data-leaves>
          {view.t("errors.unsaved_leave")}
        </button>
      </div>
    </dialog>
  </>
);
