// @ts-check
// Makes elements. Text is only ever set as text: there is no way from a string to markup here.

const SVG = "http://www.w3.org/2000/svg";
const TURNS_TEXT = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props */

/**
 * Text without the characters that turn the reading direction: they could make 5.40 look like 04.5.
 * @param {string} text
 */
export function plain(text) {
  return text.replace(TURNS_TEXT, "");
}

/**
 * An HTML element. A function among the props listens to the event of its name; true, false and
 * null set an attribute without a value, or none.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

/**
 * An SVG element.
 * @param {string} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, props = {}, ...children) {
  return filled(/** @type {SVGElement} */ (document.createElementNS(SVG, tag)), props, children);
}

/**
 * A drawing that says nothing to those who cannot see it.
 * @param {string} path
 */
export function icon(path) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: path }),
  );
}

/**
 * Scrolls the conversation, and never the page around it, until the element can be read.
 * @param {Element} element
 */
export function reveal(element) {
  const log = element.closest(".log");
  if (!log) return;
  const [inner, outer] = [element.getBoundingClientRect(), log.getBoundingClientRect()];
  const below = Math.min(inner.bottom - outer.bottom + 8, inner.top - outer.top - 8);
  if (below > 0 || inner.top < outer.top) log.scrollTop += below;
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Props} props
 * @param {Child[]} children
 * @returns {E}
 */
function filled(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, plain(String(value)));
  }
  for (const child of children) {
    if (child) element.append(typeof child === "string" ? plain(child) : child);
  }
  return element;
}

export const ICONS = {
  chat: "M4 4h16v12H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  reset: "M5 8a8 8 0 1 1-1 6M5 3v5h5",
  send: "M4 12h15M13 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  copy: "M8 8h11v12H8zM5 16V4h11",
  up: "M8 11l4-8c2 0 3 1 3 3l-1 4h6l-2 10H8zM8 11H4v9h4",
  down: "M16 13l-4 8c-2 0-3-1-3-3l1-4H4L6 4h10zM16 13h4V4h-4",
};
