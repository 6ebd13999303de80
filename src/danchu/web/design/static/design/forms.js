// Behaviour of the standard form parts (error summary, radios, character count, tabs) comes
// from govuk-frontend; its address is hashed, so the page hands it over.
const own = document.querySelector("script[data-parts]");
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

const parts = await import(new URL(own.dataset.parts, document.baseURI).href);
parts.createAll(parts.ErrorSummary);
parts.createAll(parts.Radios);
parts.createAll(parts.Checkboxes);
parts.createAll(parts.Tabs);
parts.createAll(parts.Button, { preventDoubleClick: true });
