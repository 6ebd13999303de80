// The review desk with a script: keys go through the figures, the text follows, words are marked.
// Every act is a form of the page; here it is sent without leaving the page.

const desk = document.querySelector("[data-desk]");
const said = document.querySelector("[data-said]");
const help = document.getElementById("phim");
const OFF = "danchu-phim-tat";

const cards = () => [...desk.querySelectorAll("[data-card]")];
const idOf = (card) => card?.dataset.card ?? "";
let current = "";

// -- the figure one is at --------------------------------------------------------------------

const pane = () => desk.querySelector("[data-part=doc]");
const show = (card, { focus = true } = {}) => {
  if (!card) return;
  current = idOf(card);
  for (const one of cards()) one.classList.toggle("at", one === card);
  for (const mark of desk.querySelectorAll("mark[data-figure]"))
    mark.classList.toggle("at", mark.dataset.figure === current);
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const mark = document.getElementById(`chu-${current}`);
  if (!mark) return;
  const box = pane();
  const at = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (at < 40 || at > box.clientHeight - 80) box.scrollTop += at - box.clientHeight / 3;
};
const at = () => cards().find((card) => idOf(card) === current);
const step = (by) => {
  const all = cards();
  const place = all.indexOf(at());
  show(all[Math.min(all.length - 1, Math.max(0, place + by))]);
};
const nextWaiting = (from) => {
  const all = cards();
  const rest = all.slice(all.findIndex((card) => idOf(card) === from) + 1);
  return rest.find((card) => "waiting" in card.dataset);
};

// -- sending without leaving -----------------------------------------------------------------

let busy = Promise.resolve();
let asked = 0;
const take = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-desk]");
  if (!fresh) return null;
  const top = pane().scrollTop;
  for (const part of ["sub", "doc", "right"]) {
    const here = desk.querySelector(`[data-part=${part}]`);
    here.replaceChildren(...fresh.querySelector(`[data-part=${part}]`).childNodes);
  }
  pane().scrollTop = top;
  ready();
  if (said)
    said.textContent =
      [...page.querySelectorAll(".messages .note")].map((note) => note.textContent).join(" ") ||
      (desk.querySelector(".sub .end p")?.textContent ?? "");
  return page;
};
const go = (ask, after) => {
  desk.setAttribute("aria-busy", "true");
  asked += 1;
  busy = busy.then(async () => {
    try {
      const answer = await ask();
      if (!take(await answer.text())) return location.reload();
      after(answer.ok);
      asked -= 1;
      if (!asked) desk.removeAttribute("aria-busy");
    } catch {
      location.reload(); // the line is cut: the page as it is kept tells what was done
    }
  });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!desk.contains(form) || "leave" in form.dataset) return;
  event.preventDefault();
  if ("sent" in form.dataset) return; // pressed again before the answer: the page still shows the old
  form.dataset.sent = "";
  const button = event.submitter;
  const body = new URLSearchParams(new FormData(form, button));
  const from = body.get("so") || current;
  const act = button?.value;
  const before = new Set(cards().map(idOf));
  go(
    () => fetch(form.action, { method: "POST", body }),
    (ok) => {
      const wrong = desk.querySelector("[data-focus], .govuk-error-message, .is-error");
      if (!ok) {
        const field = wrong?.closest("form")?.querySelector("[aria-invalid=true], input:not([type=hidden])");
        show(cards().find((card) => idOf(card) === from), { focus: false });
        return (field ?? wrong)?.focus();
      }
      const stays = cards().find((card) => idOf(card) === from);
      const added = cards().find((card) => !before.has(idOf(card)));
      show(added ?? (act === "lai" ? stays : (nextWaiting(from) ?? stays)));
    },
  );
});
const edit = (link) =>
  go(
    () => fetch(link.href),
    () => {
      show(desk.querySelector("[data-correction]")?.closest("[data-card]"), { focus: false });
      desk.querySelector("[data-correction] [name=amount]")?.select();
    },
  );
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-edit]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    edit(link);
  }
  const number = event.target.closest(".doc sup a");
  if (number) {
    event.preventDefault();
    show(document.getElementById(number.hash.slice(1)));
  }
});

// -- words marked in the text ----------------------------------------------------------------

const points = (text) => [...text].length; // places count characters, not UTF-16 units
const marked = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!pane().contains(range.commonAncestorContainer)) return null;
  let start = null;
  let end = null;
  for (const piece of pane().querySelectorAll("[data-at]")) {
    const words = piece.firstChild;
    if (!range.intersectsNode(words)) continue;
    const first = range.startContainer === words ? range.startOffset : 0;
    const last = range.endContainer === words ? range.endOffset : words.data.length;
    if (last <= first) continue;
    start ??= Number(piece.dataset.at) + points(words.data.slice(0, first));
    end = Number(piece.dataset.at) + points(words.data.slice(0, last));
  }
  return start === null ? null : { start, end, words: selection.toString() };
};
const marking = () => desk.querySelector("[data-marking]");
document.addEventListener("selectionchange", () => {
  const form = marking();
  const found = form && marked();
  if (!found) return;
  form.elements["doan-start"].value = found.start;
  form.elements["doan-end"].value = found.end;
  form.elements["doan-words"].value = found.words;
});
const ready = () => {
  const form = marking();
  if (!form) return;
  form.querySelector("button[hidden]")?.removeAttribute("hidden");
  // Typed words have no place of their own yet: the server looks for them.
  form.elements["doan-words"].addEventListener("input", () => {
    form.elements["doan-start"].value = form.elements["doan-end"].value = "";
  });
  form.querySelector("button[value=sua-doan]").addEventListener("click", (event) => {
    const card = at();
    const figure = card?.querySelector(".acts");
    if (!figure) return event.preventDefault();
    for (const name of ["so", "version"]) {
      const field = form.querySelector(`:scope > input[name=${name}]`);
      field.disabled = false;
      field.value = figure.elements[name].value;
    }
  });
};

// -- keys ------------------------------------------------------------------------------------

const on = () => {
  try {
    return localStorage.getItem(OFF) !== "0";
  } catch {
    return true;
  }
};
const press = (scope, value) => scope?.querySelector(`button[value="${value}"]:not([hidden])`)?.click();
const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  Enter: () => press(at(), "dung"),
  x: () => press(at(), "bo"),
  e: () => at()?.querySelector("a[data-edit]")?.click(),
  z: () => press(desk, "hoan-tac"),
  t: () => {
    const key = marking()?.elements["doan-key"];
    key?.focus();
    key?.scrollIntoView({ block: "nearest" });
  },
  s: () => press(marking(), "sua-doan"),
  "?": () => (help.open ? help.close() : help.showModal()),
};
if (help) {
  const legend = document.querySelector("[data-keys]");
  const choice = help.querySelector("[data-keys-on]");
  const tell = () => (legend.hidden = !on());
  choice.checked = on();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, choice.checked ? "1" : "0");
    } catch {
      /* a browser that keeps nothing begins with them again */
    }
    tell();
  });
  legend.querySelector("[data-help]").addEventListener("click", KEYS["?"]);
  tell();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing && event.key === "Escape") return at()?.focus();
    if (typing || (help.open && event.key !== "?")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || (!on() && event.key !== "?")) return;
    event.preventDefault();
    act();
  });
}
ready();
show(
  document.getElementById(location.hash.slice(1))?.closest("[data-card]") ??
    cards().find((card) => card.classList.contains("at")) ??
    cards().find((card) => "waiting" in card.dataset),
  { focus: Boolean(location.hash) && !desk.querySelector("[data-correction], [data-focus]") },
);
