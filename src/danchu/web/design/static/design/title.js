// The title that was offered follows the period chosen for it, as long as nobody typed over it.
// Without this script the server refuses a title of another period than the one chosen.
const title = document.querySelector("textarea[data-titles]");
const offered = JSON.parse(title?.dataset.titles ?? "{}");
let last = title?.value;

for (const radio of document.querySelectorAll("[name=budget_period]")) {
  radio.addEventListener("change", () => {
    if (!title || title.value !== last) return;
    last = title.value = offered[radio.value] ?? "";
  });
}
