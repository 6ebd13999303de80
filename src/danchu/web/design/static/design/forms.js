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

// Files that are too large together are told of before they are sent: what a proxy refuses for its
// size never comes back with what was typed.
const most = Number(own.dataset.most);
const ROOM = 100_000; // bytes for what else is sent with the files
const chosen = (form) => [...form.elements].filter((field) => field.type === "file" && field.files.length);
const size = (fields) =>
  fields.flatMap((field) => [...field.files]).reduce((sum, file) => sum + file.size, 0);
const inMB = (bytes, round) =>
  (round((bytes / 2 ** 20) * 10) / 10).toLocaleString(document.documentElement.lang);
const weigh = (form) => {
  const fields = chosen(form);
  const sum = size(fields);
  const before = form.querySelector("[data-files-too-large]");
  if (!most || sum + ROOM <= most) {
    before?.remove();
    return true;
  }
  const told = before ?? document.createElement("p");
  told.className = "govuk-error-message";
  told.dataset.filesTooLarge = "";
  told.setAttribute("role", "alert");
  told.tabIndex = -1;
  told.textContent = own.dataset.tooLarge
    .replace("{size}", inMB(sum, Math.ceil))
    .replace("{most}", inMB(most, Math.floor));
  const largest = fields.reduce((a, b) => (size([a]) < size([b]) ? b : a));
  (largest.closest(".pick") ?? largest).before(told);
  return false;
};
document.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.form) weigh(event.target.form);
});
document.addEventListener(
  "submit",
  (event) => {
    if (weigh(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.querySelector("[data-files-too-large]").focus();
  },
  true,
);

const parts = await import(new URL(own.dataset.parts, document.baseURI).href);
parts.createAll(parts.ErrorSummary);
parts.createAll(parts.Radios);
parts.createAll(parts.Checkboxes);
parts.createAll(parts.Tabs);
parts.createAll(parts.Button, { preventDoubleClick: true });
