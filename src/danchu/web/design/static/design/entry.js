// The form of a round with a script: each cell saves itself, keys move as in a spreadsheet.
// A cell that could not be saved stays typed, is tried again, and outlives a reload of the page.

const entry = document.querySelector("[data-entry]");
const status = document.querySelector("[data-status]");
const left = document.querySelector("[data-left]");
const word = (name) =>
  document.querySelector("template[data-words]").content.querySelector(`[data-${name}]`).textContent;
const KEEP = `danchu-bieu:${location.pathname}`;
const PAUSE = 1200; // milliseconds without a key before a cell is saved
const LONGEST = 30; // seconds between two tries

const cells = [...entry.querySelectorAll("[data-cell]")].map((row) => ({
  row,
  key: row.dataset.cell,
  number: row.querySelector("[data-number]"),
  na: row.querySelector("[data-na]"),
  reason: row.querySelector("[data-reason]"),
  version: row.querySelector("[data-version]"),
  mark: row.querySelector("[data-mark]"),
  told: row.querySelector("[data-told]"),
  wrong: row.querySelector("[data-wrong]"),
  outside: row.querySelector("[data-outside]"),
  choices: row.querySelector("[data-choices]"),
  points: row.querySelector("[data-points-of]"),
  more: row.querySelector("[data-more]"),
  records: row.querySelector(".recorded a"),
  refused: null, // what was typed when it was refused: not sent again until it changes
  pause: 0,
}));
entry.classList.add("is-live");
for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
// Tab goes from number to number; the arrow to the right opens what stands behind one, the arrow
// to the left leads to its records.
for (const cell of cells) {
  cell.more.querySelector("summary").tabIndex = -1;
  if (cell.records) cell.records.tabIndex = -1;
}

const now = (cell) =>
  `${cell.number.value.trim()}|${cell.na.checked ? "ka" : ""}|${cell.reason.value.trim()}`;
const changed = (cell) => now(cell) !== cell.mark.value;

// What is not saved yet is kept in this tab, until it is.
const keep = () => {
  const waiting = cells.filter(changed).map((cell) => [
    cell.key, cell.number.value, cell.na.checked, cell.reason.value, cell.version.value,
  ]);
  try {
    if (waiting.length) sessionStorage.setItem(KEEP, JSON.stringify(waiting));
    else sessionStorage.removeItem(KEEP);
  } catch {
    /* a browser that keeps nothing still has it on the page */
  }
};

let savedAt = "";
let trouble = ""; // "waiting" while the line is cut, "out" when the session is over
const tell = () => {
  const waiting = cells.filter(changed);
  const stuck = waiting.filter((cell) => cell.refused === now(cell));
  const kind = !waiting.length
    ? savedAt && "saved"
    : trouble || (stuck.length === waiting.length ? "wrong" : busy ? "saving" : "typing");
  const text = kind
    ? status.dataset[kind].replace("{at}", savedAt).replace("{n}", waiting.length)
    : "";
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("is-late", ["waiting", "wrong", "out"].includes(kind));
};

const say = (cell, sentence) => {
  cell.wrong.textContent = sentence;
  cell.wrong.hidden = !sentence;
  cell.choices.replaceChildren();
  if (sentence) cell.number.setAttribute("aria-invalid", "true");
  else cell.number.removeAttribute("aria-invalid");
};

// What the checks say of a cell stands in every cell it is about, and goes from all of them.
const points = document.querySelector("[data-points]");
const pointsText = points.textContent;
const count = () => {
  const told = cells.filter((cell) => cell.points.querySelector("li:not(.is-justified)"));
  points.hidden = !told.length;
  points.textContent = pointsText.replace("{n}", told.length);
  points.href = told.length ? `#o-${told[0].key}` : "#";
};
const complain = (cell, complaints) => {
  for (const old of entry.querySelectorAll(`[data-touches~="${cell.key}"]`)) old.remove();
  for (const { kind, todo, says, touches } of complaints) {
    for (const one of cells) {
      if (!touches.includes(one.key)) continue;
      const line = document.createElement("li");
      line.className = `is-${kind}`;
      line.dataset.touches = touches.join(" ");
      const first = document.createElement("b");
      first.textContent = `${todo}.`;
      line.append(first, ` ${says}`);
      one.points.append(line);
    }
    if (kind === "justify") cell.more.open = true;
  }
  count();
};
points.addEventListener("click", (event) => {
  event.preventDefault();
  cells.find((cell) => `#o-${cell.key}` === points.hash)?.number.focus();
});

// The saved value goes wherever the page shows it: parts of a whole, the list of noughts.
const show = (cell, found) => {
  cell.version.value = found.version;
  cell.mark.value = found.mark;
  cell.row.toggleAttribute("data-typed", found.typed);
  cell.outside.textContent = found.outside;
  cell.outside.hidden = !found.outside;
  for (const place of document.querySelectorAll(`[data-value-of="${cell.key}"]`))
    place.textContent = found.text || "…";
  const nought = document.querySelector(`[data-zero="${cell.key}"]`);
  if (!nought) return;
  nought.hidden = !found.empty;
  if (nought.hidden) nought.querySelector("input").checked = false;
  const list = nought.closest("[data-zeros]");
  list.hidden = !list.querySelector("[data-zero]:not([hidden])");
};
const fill = (cell, found) => {
  cell.number.value = found.text;
  cell.na.checked = found.na;
  cell.reason.value = found.reason;
};

// Two values for one cell: both are shown, and the officer chooses.
const choose = (cell, found) => {
  const typed = cell.number.value.trim() || word("blank");
  say(cell, `${found.theirs} ${word("yours").replace("{text}", typed)}`);
  const button = (name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn is-s is-quiet";
    made.textContent = word(name);
    made.addEventListener("click", () => {
      act();
      cell.refused = null;
      say(cell, "");
      cell.number.focus();
      save(cell);
    });
    return made;
  };
  cell.choices.append(
    button("mine", () => {
      cell.version.value = found.version;
      cell.mark.value = found.mark;
    }),
    button("theirs", () => {
      fill(cell, found);
      show(cell, found);
    }),
  );
};

const queue = new Set();
let busy = false;
let wait = 0;
let again = 0;

const send = (cell) => {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: entry.querySelector("[name=csrfmiddlewaretoken]").value,
    viec: "o",
    khoa: cell.key,
    [`so.${cell.key}`]: cell.number.value,
    [`ly.${cell.key}`]: cell.reason.value,
    [`bv.${cell.key}`]: cell.version.value,
  });
  if (cell.na.checked) body.set(`ka.${cell.key}`, "on");
  return fetch(location.pathname, {
    method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(20000),
  });
};

const take = async (cell, typed, answer) => {
  const spoken = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!spoken) {
    trouble = "out"; // sent to the sign-in page, or its form token is no longer good
    cell.told.textContent = word("later");
    return;
  }
  trouble = "";
  const found = await answer.json();
  if (answer.ok) {
    savedAt = found.saved || savedAt;
    left.textContent = found.left;
    show(cell, found);
    say(cell, "");
    complain(cell, found.complaints);
    cell.told.textContent = word("now").replace("{at}", savedAt);
    if (now(cell) === typed) fill(cell, found);
    else queue.add(cell);
  } else {
    cell.refused = typed; // what was sent; what was typed since is sent on its own
    cell.told.textContent = word("later");
    if (found.theirs) choose(cell, found);
    else say(cell, found.sentence);
    if (found.field === "reason") cell.more.open = true;
  }
};

const pump = async () => {
  if (busy) return;
  busy = true;
  clearTimeout(again);
  tell();
  for (const cell of queue) {
    queue.delete(cell);
    const typed = now(cell);
    if (!changed(cell) || cell.refused === typed) continue;
    let answer = null;
    try {
      answer = await send(cell);
      if (answer.status >= 500) answer = null;
      else await take(cell, typed, answer);
    } catch {
      answer = null;
    }
    if (!answer) {
      trouble = "waiting";
      cell.told.textContent = word("later");
      queue.add(cell);
      wait = Math.min(wait ? wait * 2 : 2, LONGEST);
      again = setTimeout(pump, wait * 1000);
      break;
    }
    wait = 0;
  }
  busy = false;
  keep();
  tell();
};

const save = (cell) => {
  clearTimeout(cell.pause);
  keep();
  if (!changed(cell)) {
    cell.refused = null;
    if (cell.told.textContent === word("later")) cell.told.textContent = "";
    say(cell, "");
  } else {
    queue.add(cell);
    if (trouble !== "waiting") pump();
  }
  tell();
};

for (const cell of cells) {
  for (const field of [cell.number, cell.reason]) {
    field.addEventListener("input", () => {
      keep();
      tell();
      clearTimeout(cell.pause);
      cell.pause = setTimeout(save, PAUSE, cell);
    });
    field.addEventListener("blur", () => save(cell));
    field.addEventListener("focus", () => field.select());
  }
  cell.na.addEventListener("change", () => {
    // A cell that does not apply holds no number; its reason is asked for next.
    if (cell.na.checked) cell.number.value = "";
    if (cell.na.checked && !cell.reason.value) cell.reason.focus();
    else save(cell);
  });
}
// Answers to comments save themselves like cells: one at a time, tried again on a cut line.
const answers = [...entry.querySelectorAll("[data-answer]")].map((row) => ({
  number: row.dataset.answer,
  dealt: row.querySelector("[data-dealt]"),
  words: row.querySelector("[data-words-of]"),
  version: row.querySelector("[data-version]"),
  mark: row.querySelector("[data-mark]"),
  told: row.querySelector("[data-told]"),
  wrong: row.querySelector("[data-wrong]"),
  sending: false,
  pause: 0,
}));
const said = (one) => `${one.dealt.checked ? "xl" : ""}|${one.words.value.trim()}`;
const unsaid = (one) => said(one) !== one.mark.value;
const answer = async (one) => {
  clearTimeout(one.pause);
  if (one.sending || !unsaid(one)) return;
  one.sending = true;
  const sent = said(one);
  const body = new URLSearchParams({
    csrfmiddlewaretoken: entry.querySelector("[name=csrfmiddlewaretoken]").value,
    viec: "tl",
    nx: one.number,
    [`tl.${one.number}`]: one.words.value,
    [`bt.${one.number}`]: one.version.value,
  });
  if (one.dealt.checked) body.set(`xl.${one.number}`, "on");
  let found = null;
  let ok = false;
  try {
    const came = await fetch(location.pathname, {
      method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(20000),
    });
    ok = came.ok;
    if (came.headers.get("Content-Type")?.startsWith("application/json")) found = await came.json();
  } catch {
    /* the line is cut: it stays typed and is tried again */
  }
  one.sending = false;
  one.wrong.textContent = found?.sentence ?? "";
  one.wrong.hidden = !found?.sentence;
  one.words.toggleAttribute("aria-invalid", Boolean(found?.sentence));
  if (found?.version) one.version.value = found.version;
  if (ok && found) {
    one.mark.value = found.mark;
    one.told.textContent = word("now").replace("{at}", found.saved);
    if (said(one) !== sent) answer(one);
  } else {
    one.told.textContent = word("later");
    if (!found) one.pause = setTimeout(answer, LONGEST * 1000, one);
  }
};
for (const one of answers) {
  one.words.addEventListener("input", () => {
    clearTimeout(one.pause);
    one.pause = setTimeout(answer, PAUSE, one);
  });
  one.words.addEventListener("blur", () => answer(one));
  one.words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // Enter sends no section
    answer(one);
  });
  one.dealt.addEventListener("change", () => answer(one));
}

addEventListener("online", () => {
  pump();
  answers.forEach(answer);
});
addEventListener("beforeunload", (event) => {
  if (cells.some(changed) || answers.some(unsaid)) event.preventDefault();
});

// The field of another row; its number where the reason is not open.
const beside = (at, column) =>
  cells[at] && (column === "reason" && !cells[at].more.open ? cells[at].number : cells[at][column]);

// Up, Down, Enter stay in the column; Left and Right cross to the field beside at its end.
entry.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "ArrowRight") {
    const from = cells.find((cell) => cell.records === field);
    if (from) {
      event.preventDefault();
      from.number.focus();
      return;
    }
  }
  const at = cells.findIndex((cell) => cell.number === field || cell.reason === field);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const column = cells[at].number === field ? "number" : "reason";
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const atEnd = whole || field.selectionStart === field.value.length;
  const atStart = whole || field.selectionEnd === 0;
  let next = null;
  if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) {
    next = beside(at + 1, column) ?? field;
  } else if (event.key === "ArrowUp" || event.key === "Enter") {
    next = beside(at - 1, column) ?? field;
  } else if (event.shiftKey) {
    return;
  } else if (event.key === "ArrowRight" && column === "number" && atEnd) {
    cells[at].more.open = true;
    next = cells[at].reason;
  } else if (event.key === "ArrowLeft" && column === "reason" && atStart) {
    next = cells[at].number;
  } else if (event.key === "ArrowLeft" && atStart) {
    next = cells[at].records;
  } else if (event.key === "Escape") {
    const [number, , reason] = cells[at].mark.value.split("|");
    field.value = column === "number" ? number : reason;
    save(cells[at]);
    return;
  }
  if (!next) return;
  event.preventDefault();
  if (next === field) save(cells[at]);
  else next.focus();
});

for (const button of entry.querySelectorAll("[data-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const line of button.closest("form").querySelectorAll("[data-zero]:not([hidden]) input"))
      line.checked = true;
  });
}

// What an earlier visit of this tab could not save is typed again, over the version it was
// typed over: whoever changed the cell meanwhile is not overwritten.
try {
  for (const [key, number, na, reason, version] of JSON.parse(sessionStorage.getItem(KEEP) ?? "[]")) {
    const cell = cells.find((one) => one.key === key);
    if (!cell) continue;
    fill(cell, { text: number, na, reason });
    if (!changed(cell)) continue;
    cell.version.value = version;
    queue.add(cell);
  }
} catch {
  /* nothing was kept */
}
if (queue.size) pump();
else keep();
count();
tell();
