/** The form that `static/js/passkeys.js` fills in; without that script it stays hidden. */
import type { Child } from "hono/jsx";
import { Button, type Variant } from "../ui/button.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  /** Signing with a key, or making one. */
  ceremony: "get" | "create";
  action: string;
  /** Where the challenge comes from. */
  challenges: string;
  label: string;
  variant?: Variant;
  /** The name of the field with what the device answers. */
  field?: string;
  /** What comes before the button. */
  children?: Child;
}

/** A button that lets the device sign, and posts what it signed. */
export const PasskeyForm = (
  { view, ceremony, action, challenges, label, variant, field = "response", children }: Props,
) => (
  <form
    class="form passkey"
    method="post"
    action={action}
    data-hx-boost="false"
    data-passkey={ceremony}
    data-challenges={challenges}
    hidden
  >
    {children}
    <input type="hidden" name={field} value="" data-passkey-answer />
    <p class="error" role="alert" data-passkey-fault hidden>{view.t("factors.passkey_fault")}</p>
    <div class="form-actions">
      <Button view={view} label={label} icon="key-round" variant={variant} />
    </div>
  </form>
);
