// @ts-check
// The panel's header: its title, and how the reader wants to read.

import { ICONS, h, icon } from "./dom.js";

/** @param {import("./panel.js").Panel} panel */
export function header(panel) {
  const { chat } = panel;
  const words = chat.words;
  const large = h(
    "button",
    { type: "button", class: "tool large", "aria-pressed": String(chat.large), "aria-label": words.large },
    words.largeShort,
  );
  large.addEventListener("click", () => {
    chat.visit.keep({ large: !chat.large });
    large.setAttribute("aria-pressed", String(chat.large));
    chat.draw();
  });
  const language = h(
    "button",
    { type: "button", class: "tool language", lang: words.code === "en" ? "zh-CN" : "en" },
    words.languageShort,
  );
  language.setAttribute("aria-label", words.language);
  language.addEventListener("click", () => {
    if (panel.asking) return;
    chat.visit.keep({ language: words.code === "en" ? "zh" : "en" });
    chat.draw();
    panel.drawAll();
    /** @type {HTMLElement | null} */ (panel.element.querySelector(".language"))?.focus();
  });
  return h(
    "header",
    {},
    h("h2", {}, chat.chatTitle),
    large,
    language,
    tool("reset", words.reset, () => panel.reset()),
    chat.inline ? null : tool("close", words.close, () => chat.hide()),
  );
}

/**
 * @param {"reset" | "close"} name
 * @param {string} label
 * @param {() => void} act
 */
function tool(name, label, act) {
  return h("button", { type: "button", class: `tool ${name}`, "aria-label": label, title: label, click: act }, icon(ICONS[name]));
}
