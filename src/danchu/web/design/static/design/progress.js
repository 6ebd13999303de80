// While work goes on, the part of the page that shows how far it is renews itself.

const PAUSE = 3000; // milliseconds
const renew = async () => {
  const here = document.querySelector("[data-progress]");
  if (!here || !("running" in here.dataset)) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (fresh && !here.contains(document.activeElement)) here.replaceWith(fresh);
  } catch {
    /* the line is cut: it is asked again */
  }
  setTimeout(renew, PAUSE);
};
setTimeout(renew, PAUSE);
