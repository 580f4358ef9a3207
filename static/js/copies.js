/* Copies the text before the button, and says so. */
{
  addEventListener("click", async ({ target }) => {
    const press = target.closest?.("[data-copied]");
    if (!press || !navigator.clipboard) return;
    const text = press.previousElementSibling.innerText.trim();
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    if (!done) return;
    const said = document.getElementById("news");
    if (said) said.textContent = press.dataset.copied;
    press.classList.add("done");
    setTimeout(() => press.classList.remove("done"), 1500);
  });
}
