// @ts-check
// The one line of a host page. Defines <budget-chat> and, where the page places none, adds one with
// the settings of the script's data- attributes.
(() => {
  "use strict";
  const named = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  if (!(named instanceof HTMLScriptElement)) return;
  const element = new URL("widget/{version}/element.js", named.src).href;
  const settings = { ...named.dataset };
  const start = () => import(element).then((module) => module.place(settings));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
