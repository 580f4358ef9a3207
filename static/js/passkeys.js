/* Passkeys: the device signs the server's challenge, the form carries the answer like any other. */
{
  const able = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined;
  const place = (form) => form.querySelector("[data-passkey-answer]");
  const forms = () => document.querySelectorAll("form[data-passkey]");
  const unveil = () => able && forms().forEach((form) => form.hidden = false);

  const answer = async ({ dataset: { passkey, challenges } }) => {
    const asked = await fetch(challenges, { method: "POST" });
    if (!asked.ok) throw new Error(`challenge: ${asked.status}`);
    const options = await asked.json();
    const credential = passkey === "create"
      ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      })
      : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      });
    return JSON.stringify(credential);
  };

  addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches?.("form[data-passkey]") || place(form).value) return;
    event.preventDefault();
    const fault = form.querySelector("[data-passkey-fault]");
    const button = form.querySelector("button");
    fault.hidden = true;
    button.disabled = true;
    try {
      place(form).value = await answer(form);
      form.submit();
    } catch {
      // Refused, too late or unknown here: the browser has said which, the person tries again.
      fault.hidden = false;
      button.disabled = false;
    }
  });

  // The page may come back with Back: what was signed counts once.
  addEventListener("pageshow", () =>
    forms().forEach((form) => {
      place(form).value = "";
      form.querySelector("button").disabled = false;
    }));
  addEventListener("htmx:after:swap", unveil);
  unveil();
}
