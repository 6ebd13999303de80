// The places of a notice: all ticked by one choice, the pictures chosen for all of them dealt in
// order before they are sent. Without this script the server does both and shows it once.
const box = document.querySelector(".places");
const pictures = box?.querySelector("input[type=file][name=photos]");
const rows = [...(box?.querySelectorAll(".place") ?? [])].map((place) => ({
  place,
  tick: place.querySelector("[name$=-posted]"),
  own: place.querySelector("input[type=file]"),
  known: place.querySelector("[name$=-known]")?.value === "True",
  kind: place.querySelector("[name$=-kind]")?.value,
}));
const HALLS = ["culture_house", "community_point"];
let said = false; // somebody chose a picture by hand: nothing is dealt over it

for (const radio of box?.querySelectorAll("[name=posted_at]") ?? []) {
  radio.addEventListener("change", () => {
    if (radio.value === "each") return;
    for (const { tick, known, kind } of rows)
      if (known) tick.checked = HALLS.includes(kind) || (radio.value === "all" && kind !== "portal");
    show();
  });
}
for (const { tick, own } of rows) {
  tick?.addEventListener("change", () => {
    const each = box.querySelector("[name=posted_at][value=each]");
    if (each) each.checked = true;
    show();
  });
  own?.addEventListener("change", () => show());
}
pictures?.addEventListener("change", () => {
  said = false;
  for (const { place } of rows) place.querySelectorAll("option[value^=n]").forEach((o) => o.remove());
  show();
});

const choiceOf = (row) => {
  const there = row.place.querySelector("select[name$=-which]");
  if (there || !row.own) return there;
  const part = document.getElementById("anh-cua-noi").content.cloneNode(true).firstElementChild;
  const select = part.querySelector("select");
  select.name = row.tick.name.replace(/posted$/, "which");
  select.id = `id_${select.name}`;
  part.querySelector("label").htmlFor = select.id;
  row.own.closest(".govuk-form-group").before(part);
  return select;
};

function show() {
  const files = [...(pictures?.files ?? [])];
  const kept = [...box.querySelectorAll("[name=photos_kept]")];
  if (!files.length && !kept.length) {
    for (const { place } of rows) place.querySelector(".dealt")?.remove();
    return;
  }
  const free = files.map((_, n) => `n${n}`);
  const waiting = [];
  for (const row of rows) {
    const select = choiceOf(row);
    if (!select) continue;
    files.forEach((file, n) => {
      if (!select.querySelector(`option[value=n${n}]`)) select.add(new Option(file.name, `n${n}`));
    });
    if (!select.dataset.heard) {
      select.dataset.heard = "1";
      select.addEventListener("change", () => {
        said = true;
        draw();
      });
    }
    if (!row.tick.checked || row.own.files.length) {
      select.value = "";
      continue;
    }
    if (said || (select.value && !select.value.startsWith("n"))) {
      if (free.includes(select.value)) free.splice(free.indexOf(select.value), 1);
      if (!select.value) waiting.push(select);
    } else waiting.push(select);
  }
  for (const select of waiting) select.value = free.shift() ?? "";
  draw();
}

function draw() {
  for (const { place } of rows) {
    const select = place.querySelector("select[name$=-which]");
    const canvas = place.querySelector(".dealt canvas");
    if (!select || !canvas) continue;
    const file = select.value.startsWith("n") ? pictures.files[Number(select.value.slice(1))] : null;
    canvas.hidden = true;
    if (!file?.type.startsWith("image/")) continue;
    createImageBitmap(file, { resizeHeight: 120, resizeQuality: "low" }).then(
      (image) => {
        canvas.width = image.width;
        canvas.height = image.height;
        canvas.getContext("2d").drawImage(image, 0, 0);
        canvas.hidden = false;
      },
      () => undefined, // a PDF, or a picture this browser cannot draw: its name stands there
    );
  }
}

// What came back ticked, with pictures chosen before the page was left, is dealt again.
if (pictures?.files.length) show();
