// Behaviour of the standard form parts (error summary, radios, character count, tabs) comes
// from govuk-frontend; its address is hashed, so the page hands it over.
const own = document.querySelector("script[data-parts]");
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

// A browser says in its own language that no file is chosen; the page says it in the page's.
for (const pick of document.querySelectorAll(".pick")) {
  const input = pick.querySelector("input");
  const said = pick.querySelector(".pick-said");
  const tell = () => {
    said.textContent = [...input.files].map((file) => file.name).join(", ") || said.dataset.none;
  };
  input.addEventListener("change", tell);
  input.form?.addEventListener("reset", () => setTimeout(tell));
  pick.classList.add("is-told");
  tell();
}

const parts = await import(new URL(own.dataset.parts, document.baseURI).href);
parts.createAll(parts.ErrorSummary);
parts.createAll(parts.Radios);
parts.createAll(parts.Checkboxes);
parts.createAll(parts.Tabs);
parts.createAll(parts.Button, { preventDoubleClick: true });
