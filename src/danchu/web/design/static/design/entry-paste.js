// A column of a spreadsheet pasted into the form: one number a cell, downwards, taken back with one
// press. Beside entry.js, which saves each cell that changes here as if it had been typed.

const entry = document.querySelector("[data-entry]");
const told = document.querySelector("[data-pasted]");
const filled = told.querySelector("[data-filled]");
const undo = told.querySelector("[data-undo]");
const words = document.querySelector("template[data-words]").content;
const FIELDS = ["number", "na", "reason", "mark"];

const rows = [...entry.querySelectorAll("[data-cell]")];
const fields = (row) =>
  Object.fromEntries(FIELDS.map((name) => [name, row.querySelector(`[data-${name}]`)]));
let last = null; // what stood before the last paste, cell by cell

const tell = (word, numbers, late) => {
  let text = words.querySelector(`[data-${word}]`).textContent;
  for (const [name, n] of Object.entries(numbers)) text = text.replace(`{${name}}`, n);
  filled.textContent = text;
  filled.classList.toggle("is-late", late);
  told.hidden = false;
  undo.hidden = last === null;
};

// A saved cell shows its number written anew: "86500000" as "86.500.000".
const plain = (text) => text.replace(/[\s.]/g, "");
const stands = (old) => plain(fields(old.row).number.value) === plain(old.pasted);
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

const fill = (start, texts) => {
  last = [];
  texts.forEach((text, n) => {
    const row = rows[start + n];
    const now = fields(row);
    if (!text || now.number.value === text) return; // an empty cell of the sheet changes nothing
    last.push({
      row,
      pasted: text,
      number: now.number.value,
      na: now.na.checked,
      reason: now.reason.value,
      mark: now.mark.value,
      typed: "typed" in row.dataset,
    });
    now.number.value = text;
    now.na.checked = false;
    changed(now.number);
  });
  if (!last.length) last = null;
};

entry.addEventListener("paste", (event) => {
  const start = rows.findIndex((row) => row.querySelector("[data-number]") === event.target);
  if (start < 0) return;
  const sheet = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n");
  const lines = sheet.replace(/\n$/, "").split("\n");
  const columns = Math.max(...lines.map((line) => line.split("\t").length));
  if (lines.length === 1 && columns === 1) return; // one number: the browser puts it in
  event.preventDefault();
  const left = rows.length - start;
  if (columns > 1) tell("columns", { n: columns }, true);
  else if (lines.length > left) tell("rows", { n: lines.length, left }, true);
  else {
    const texts = lines.map((line) => line.trim());
    fill(start, texts);
    tell("filled-n", { n: texts.filter(Boolean).length }, false);
  }
});

// A cell that was changed again after the paste keeps what it was changed to. The number of the
// records is not typed back: the cell is emptied, and holds the number of the records again.
const takeBack = () => {
  let n = 0;
  for (const old of last ?? []) {
    const now = fields(old.row);
    if (!stands(old)) continue;
    const asRecorded = !old.typed && now.mark.value !== old.mark;
    now.number.value = asRecorded ? "" : old.number;
    now.na.checked = old.na;
    now.reason.value = old.reason;
    changed(now.number);
    n += 1;
  }
  const first = last?.[0];
  last = null;
  tell("undone", { n }, false);
  first?.row.querySelector("[data-number]").focus();
};
undo.addEventListener("click", takeBack);
entry.addEventListener("keydown", (event) => {
  if (!last || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z") return;
  const row = event.target.closest?.("[data-cell]");
  if (!last.some((old) => old.row === row && stands(old))) return; // typed by hand since
  event.preventDefault();
  takeBack();
});
