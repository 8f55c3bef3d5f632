// @ts-check
// The element <budget-chat>: the button that opens the chat, and its settings. The chat itself is
// loaded when it is first opened, or at once where it stands within the page.

import { ICONS, h, icon } from "./dom.js";
import { Visit } from "./visit.js";
import { words } from "./words.js";

export const BASE = new URL("../../", import.meta.url).href;
const STYLE = new URL("widget.css", import.meta.url).href;
const SETTINGS = [
  ...["chat-title", "greeting", "suggestions", "department"],
  ...["lang", "position", "theme", "text-size", "open"],
];

export class BudgetChat extends HTMLElement {
  static observedAttributes = SETTINGS;

  constructor() {
    super();
    this.visit = new Visit(BASE);
    /** @type {import("./panel.js").Panel | null} */
    this.panel = null;
    this.root = h("div", { class: "root", hidden: true });
    this.launcher = h(
      "button",
      { class: "launcher", type: "button", "aria-haspopup": "dialog", click: () => this.show() },
      icon(ICONS.chat),
      h("span", { class: "launcher-text" }),
    );
    for (const sign of ["pointerenter", "focus"]) {
      this.launcher.addEventListener(sign, () => void import("./panel.js"), { once: true });
    }
    this.root.append(this.launcher);
    const style = h("link", { rel: "stylesheet", href: STYLE });
    style.addEventListener("load", () => (this.root.hidden = false));
    this.attachShadow({ mode: "open" }).append(style, this.root);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.darkened = () => this.draw();
  }

  connectedCallback() {
    this.dark.addEventListener("change", this.darkened);
    this.lift();
    this.draw();
    if (this.inline || (this.visit.kept.open ?? this.hasAttribute("open"))) this.show(false);
  }

  disconnectedCallback() {
    this.dark.removeEventListener("change", this.darkened);
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.lift();
    this.draw();
    this.panel?.drawAll();
    if (this.inline) this.show(false);
  }

  /** Lays it on top of the page, where no style of what it stands in can turn, clip or fade it. */
  lift() {
    if (!("showPopover" in this)) return;
    if (this.inline) this.removeAttribute("popover");
    else {
      if (!this.hasAttribute("popover")) this.setAttribute("popover", "manual");
      if (!this.matches(":popover-open")) this.showPopover();
    }
  }

  get inline() {
    return this.getAttribute("position") === "inline";
  }

  get words() {
    const near = this.getAttribute("lang") ?? this.parentElement?.closest("[lang]")?.getAttribute("lang");
    return words(this.visit.kept.language ?? near ?? navigator.language);
  }

  get large() {
    return this.visit.kept.large ?? this.getAttribute("text-size") === "large";
  }

  get chatTitle() {
    return this.getAttribute("chat-title") || this.words.title;
  }

  /** Brings what shows in line with the settings. */
  draw() {
    const theme = this.getAttribute("theme");
    const dark = theme === "dark" || (theme !== "light" && this.dark.matches);
    this.root.dataset.theme = dark ? "dark" : "light";
    this.root.dataset.text = this.large ? "large" : "normal";
    this.root.lang = this.words.code;
    const text = this.launcher.querySelector("span");
    if (text) text.textContent = this.chatTitle;
    this.launcher.setAttribute("aria-expanded", String(this.panel?.shown ?? false));
  }

  /**
   * Opens the chat.
   * @param {boolean} [focus] whether the keyboard goes there
   */
  async show(focus = true) {
    if (focus) this.visit.keep({ open: true });
    const { Panel } = await import("./panel.js");
    if (!this.panel) {
      this.panel = new Panel(this);
      this.root.append(this.panel.element);
    }
    this.panel.show(focus);
    this.launcher.hidden = true;
    this.draw();
  }

  /** Closes the chat, whose conversation stays. */
  hide() {
    if (this.inline) return;
    this.panel?.hide();
    this.launcher.hidden = false;
    this.visit.keep({ open: false });
    this.draw();
    this.launcher.focus();
  }
}

/**
 * Adds the element to a page that has none.
 * @param {Record<string, string | undefined>} settings by the names of the script's dataset
 */
export function place(settings) {
  if (settings.auto === "false" || document.querySelector("budget-chat")) return;
  const chat = document.createElement("budget-chat");
  for (const [name, value] of Object.entries(settings)) {
    const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (SETTINGS.includes(attribute)) chat.setAttribute(attribute, value ?? "");
  }
  document.body.append(chat);
}

if (!customElements.get("budget-chat")) customElements.define("budget-chat", BudgetChat);
