// While work goes on, the parts of the page that show how far it is renew themselves. The last
// one renewed is the one that says that it goes on; a part in which somebody types is left alone.

const MOST = 30000; // milliseconds
let pause = 3000;
const isTyped = (field) =>
  field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
const inUse = (part) =>
  part.contains(document.activeElement) || [...part.querySelectorAll("input, textarea")].some(isTyped);
const renew = async () => {
  const parts = [...document.querySelectorAll("[data-progress]")];
  const says = parts.find((part) => "running" in part.dataset);
  if (!says) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = [...page.querySelectorAll("[data-progress]")];
    const others = parts.filter((part) => part !== says);
    if (answer.ok && fresh.length === parts.length) {
      const busy = others.filter(inUse);
      for (const part of others)
        if (!busy.includes(part)) part.replaceWith(fresh[parts.indexOf(part)]);
      if (!busy.length && !inUse(says)) says.replaceWith(fresh[parts.indexOf(says)]);
    }
  } catch {
    /* the line is cut: it is asked again */
  }
  pause = Math.min(pause * 1.2, MOST);
  setTimeout(renew, pause);
};
setTimeout(renew, pause);
