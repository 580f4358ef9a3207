/** The letterhead in the settings: address, logo, footer. */
import type { Letterhead } from "../../db/letterheads.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { FileField, TextArea } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

/** The page; `form` is that of the footer, with the fault of a refused logo as well. */
export const LetterheadPage = (
  { view, letterhead, form }: { view: View; letterhead: Letterhead; form: FormState },
) => {
  const { t } = view;
  const { controller, logo } = letterhead;
  const picture: FormState = {
    values: {},
    errors: form.errors.logo ? { logo: form.errors.logo } : {},
  };
  const text: FormState = {
    values: form.values,
    errors: form.errors.footer ? { footer: form.errors.footer } : {},
  };
  return (
    <>
      <SettingsHead view={view} title={t("offers.letterhead")} />
      <SettingsTabs view={view} current="offers" />
      <p>{t("offers.letterhead_text")}</p>
      <Panel title={t("offers.recipient")} id="address">
        <address class="prose">
          {[
            controller.name,
            controller.street,
            `${controller.postalCode} ${controller.city}`,
            controller.phone,
            controller.email,
          ]
            .filter((line) => line.trim() !== "").join("\n")}
        </address>
        {view.can("requests.manage")
          ? (
            <p>
              <a href="/settings/requests">{t("offers.letterhead_address")}</a>
            </p>
          )
          : null}
      </Panel>
      <Panel title={t("offers.logo")} id="logo">
        {logo
          ? (
            <>
              <p>
                <img
                  class="logo"
                  src="/settings/letterhead/logo"
                  alt={t("offers.logo_now")}
                />
              </p>
              <PostButton
                view={view}
                action="/settings/letterhead/logo/deletion"
                label={t("offers.logo_remove")}
                icon="trash-2"
                variant="quiet"
              />
            </>
          )
          : null}
        <Form
          view={view}
          form={picture}
          action="/settings/letterhead/logo"
          labels={{ logo: t("offers.logo") }}
          multipart
        >
          <FileField
            view={view}
            form={picture}
            name="logo"
            label={t("offers.logo")}
            hint={t("offers.logo_hint")}
            accept="image/png,image/jpeg"
          />
          <FormActions>
            <Button view={view} label={t("offers.logo_save")} icon="upload" />
          </FormActions>
        </Form>
      </Panel>
      <Panel title={t("offers.footer")} id="foot">
        <Form
          view={view}
          form={text}
          action="/settings/letterhead"
          labels={{ footer: t("offers.footer") }}
        >
          <TextArea
            view={view}
            form={text}
            name="footer"
            label={t("offers.footer")}
            hint={t("offers.footer_hint")}
            rows={6}
            hideLabel
          />
          <FormActions>
            <Button view={view} label={t("common.save")} variant="primary" />
          </FormActions>
        </Form>
      </Panel>
    </>
  );
};
