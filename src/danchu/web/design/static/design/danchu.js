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

// What is typed into a form marked data-hold stays with the tab until the form is sent.
const held = document.querySelector("form[data-hold]");
if (held) {
  const key = `danchu-nhap ${location.pathname} ${held.dataset.hold}`;
  const fields = [...held.querySelectorAll("textarea")];
  try {
    const before = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    for (const field of fields) {
      if (field.value || !before[field.name]) continue;
      field.value = before[field.name];
      field.closest("details")?.setAttribute("open", "");
    }
    held.addEventListener("input", () => {
      const typed = fields.filter((field) => field.value).map((field) => [field.name, field.value]);
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(typed)));
    });
    held.addEventListener("submit", () => sessionStorage.removeItem(key));
  } catch {
    /* without storage the form works as before */
  }
}

// A link or form marked data-stay comes back to the same page: the place on it is kept.
const PLACE = "danchu-cho";
const keepPlace = (event) => {
  const from = event.target.closest?.("[data-stay]");
  if (!from || event.defaultPrevented || (event.type === "click" && from.tagName !== "A")) return;
  try {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollY]));
  } catch {
    /* the address still leads to the right part of the page */
  }
};
document.addEventListener("click", keepPlace);
document.addEventListener("submit", keepPlace);
const backToPlace = () => {
  try {
    const [path, y] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    sessionStorage.removeItem(PLACE);
    if (path === location.pathname) {
      scrollTo({ top: y, behavior: "instant" });
      const chosen = document.getElementById(location.hash.slice(1))?.getBoundingClientRect();
      const panel = document.querySelector(".panel.is-open")?.getBoundingClientRect();
      // On a small screen the panel lies over the foot of the page, not over the figure.
      if (chosen && panel && panel.left < chosen.right && chosen.bottom > panel.top)
        scrollBy({ top: chosen.bottom - panel.top + 24, behavior: "instant" });
      // What was done changed the head of its part: it is not left above the screen, nor under
      // the message that says so.
      const said = document.querySelector(".messages")?.getBoundingClientRect();
      if (chosen && said && chosen.top < said.height + 8)
        scrollBy({ top: chosen.top - said.height - 16, behavior: "instant" });
    }
  } catch {
    /* nothing was kept */
  }
  document.querySelector("[data-focus]")?.focus();
};
if (document.readyState === "complete") backToPlace();
else addEventListener("load", () => requestAnimationFrame(backToPlace));

// Escape closes the panel beside the report.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("a[data-escape]")?.click();
});

// What was done is said to who does not see it: a live region speaks of what changes in it.
const told = document.querySelector(".messages");
if (told) {
  const words = [...told.childNodes];
  setTimeout(() => told.replaceChildren(...words.map((word) => word.cloneNode(true))), 400);
  setTimeout(() => told.classList.add("is-read"), 8000);
}

// A button marked data-copy copies the text of the field it names; without a script it is not there.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
