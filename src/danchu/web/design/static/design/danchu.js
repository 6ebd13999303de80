// What a page gains with a script. Nothing here is needed to read or to send anything.

// Menus are <details>: Escape and a click elsewhere close them, focus goes back to the word.
const menus = () => document.querySelectorAll("details.dc-menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

// "/" goes to the search box, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  for (const box of document.querySelectorAll("form[role=search] input[name=q]")) {
    if (box.checkVisibility ? box.checkVisibility() : box.offsetParent) {
      event.preventDefault();
      box.focus();
      return;
    }
  }
});

// Size of the letters: kept on this device only, never sent.
const SIZE = "danchu-co-chu";
const root = document.documentElement;
const applied = () => {
  try {
    return localStorage.getItem(SIZE) ?? "1";
  } catch {
    return root.dataset.size ?? "1";
  }
};
const apply = (size) => {
  root.dataset.size = size;
  try {
    localStorage.setItem(SIZE, size);
  } catch {
    /* a browser that keeps nothing still shows the size on this page */
  }
};
if (applied() !== "1") root.dataset.size = applied();
for (const button of document.querySelectorAll("[data-text-size]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => {
    const next = { 1: "2", 2: "3", 3: "1" }[applied()] ?? "1";
    apply(next);
    button.setAttribute("aria-label", button.dataset.label.replace("{}", next));
  });
}
