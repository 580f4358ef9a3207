/* Checks a certificate of erasure in the browser itself where there is no connection; else the server
   does, and shows what stands in it. Nothing but the file and the keys in the page is needed. */
if (!globalThis.checksCertificates) {
  globalThis.checksCertificates = true;
  const utf8 = new TextEncoder();
  const bytesOf = (text) =>
    Uint8Array.from(
      atob(text.replaceAll("-", "+").replaceAll("_", "/")),
      (each) => each.charCodeAt(0),
    );
  const textOf = (part) => new TextDecoder().decode(bytesOf(part));
  const hashOf = async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", utf8.encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(digest)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  /* The last letter of a part has bits that no byte needs: with others in them it reads the same. */
  const canonical = (part) =>
    part === btoa(String.fromCharCode(...bytesOf(part)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const only = (value, names) => Object.keys(value).every((name) => names.includes(name));

  /* The same whatever the order of its names. */
  const ordered = (value) =>
    Array.isArray(value)
      ? value.map(ordered)
      : value && typeof value === "object"
      ? Object.keys(value).sort().map((name) => [name, ordered(value[name])])
      : value;
  const same = (a, b) => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

  const verdictOf = async (source, known) => {
    let file = null;
    try {
      file = JSON.parse(source);
    } catch {
      return "unreadable";
    }
    const { certificate, signature, key } = file ?? {};
    if (!certificate || typeof signature !== "string" || typeof key?.x !== "string") {
      return "unreadable";
    }
    const whole = only(file, ["certificate", "signature", "key"]) &&
      only(key, ["kty", "crv", "x", "kid", "alg", "use"]) &&
      key.kty === "OKP" && key.crv === "Ed25519" &&
      [undefined, "EdDSA"].includes(key.alg) && [undefined, "sig"].includes(key.use);
    if (!whole) return "unreadable";
    try {
      const { x } = key;
      const jwk = { kty: "OKP", crv: "Ed25519", x };
      const own = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
      const [head, payload, seal] = signature.split(".");
      const signed = utf8.encode(`${head}.${payload}`);
      const holds = await crypto.subtle.verify("Ed25519", own, bytesOf(seal), signed);
      const { alg, kid } = JSON.parse(textOf(head));
      // RFC 7638: these names, in this order.
      const named = kid === await hashOf(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x })) &&
        kid === (key.kid ?? kid);
      const exact = [head, payload, seal].every(canonical);
      if (!holds || alg !== "EdDSA" || !named || !exact) return "changed";
      if (!same(JSON.parse(textOf(payload)), certificate)) return "changed";
      return known.includes(x) ? "genuine" : "intact";
    } catch (error) {
      return error.name === "NotSupportedError" || !crypto.subtle ? "unable" : "changed";
    }
  };

  /* Before htmx, which would ask the server. */
  addEventListener("submit", async (event) => {
    const place = event.target.querySelector("[data-certificate]");
    if (!place || navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { file, text } = event.target.elements;
    const source = file.files[0] ? await file.files[0].text() : text.value;
    const verdict = await verdictOf(source, place.dataset.known.split(" "));
    place.className = `flash flash-${
      { genuine: "ok", intact: "info", unable: "info" }[verdict] ?? "error"
    }`;
    place.textContent = place.dataset[verdict];
    place.hidden = false;
  }, { capture: true });
}
