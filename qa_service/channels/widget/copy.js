// @ts-check
// The answer with its sources, for the clipboard.

import { at } from "./contract.js";
import { ICONS, h, icon } from "./dom.js";
import { name } from "./proof.js";

/** @typedef {import("./contract.js").Answer} Answer */
/** @typedef {import("./contract.js").Around} Around */

/**
 * @param {Answer} answer
 * @param {Around} around
 */
export function copyButton(answer, around) {
  const { words } = around;
  const said = h("span", { class: "small" });
  const button = h("button", { type: "button", class: "tool", "aria-label": words.copy, title: words.copy }, icon(ICONS.copy));
  const holder = h("span", { class: "copy" }, button, said);
  button.addEventListener("click", async () => {
    const done = await copied(withSources(answer, around), holder);
    said.textContent = done ? words.copied : words.notCopied;
    around.announce(said.textContent);
    button.focus();
  });
  return holder;
}

/**
 * @param {Answer} answer
 * @param {Around} around
 */
export function withSources(answer, { base, words }) {
  const lines = answer.citations.map((citation) => {
    const value = citation.value ? ` ${citation.value}${citation.unit ?? ""}` : "";
    const title = `《${citation.document.title}》${name(citation, words)}`;
    return `[${citation.n}] ${title}${value} ${at(base, citation.url)}`;
  });
  return [answer.text, "", ...(lines.length ? [words.copySources, ...lines] : [])].join("\n").trim();
}

/**
 * @param {string} text
 * @param {HTMLElement} near where a text can be selected, if the page may not write the clipboard
 */
async function copied(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = h("textarea", { class: "unseen", readonly: true, tabindex: "-1", "aria-hidden": "true" });
    box.value = text;
    near.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
