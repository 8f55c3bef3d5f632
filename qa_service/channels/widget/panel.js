// @ts-check
// The chat: header, conversation, and the box to ask in.

import { AskError, ask, newId } from "./ask.js";
import { answerView } from "./answer.js";
import { ICONS, h, icon } from "./dom.js";
import { BASE } from "./element.js";
import { header } from "./header.js";
import { slim } from "./visit.js";
import { fill } from "./words.js";

/** @typedef {import("./visit.js").Turn} Turn */

const MOST = 500;
const NEAR = 100;

export class Panel {
  /** @param {import("./element.js").BudgetChat} chat */
  constructor(chat) {
    this.chat = chat;
    /** @type {AbortController | null} */
    this.asking = null;
    this.shown = false;
    this.element = h("section", { class: "panel", hidden: true });
    this.log = h("div");
    this.box = h("textarea");
    this.left = h("p");
    this.sendButton = h("button");
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.live = h("div", { class: "unseen", role: "status", "aria-live": "polite" });
    this.drawAll();
    const last = chat.visit.kept.turns.at(-1);
    if (last && !last.answer && !last.ended) void this.answer(last, this.lastTurn());
  }

  /** @param {boolean} focus */
  show(focus) {
    this.shown = true;
    this.element.hidden = false;
    this.log.scrollTop = this.log.scrollHeight;
    if (focus) this.box.focus();
  }

  hide() {
    this.shown = false;
    this.element.hidden = true;
  }

  /** Draws everything anew, as after a change of the language. */
  drawAll() {
    const { chat } = this;
    const words = chat.words;
    this.element.setAttribute("aria-label", chat.chatTitle);
    this.element.setAttribute("role", chat.inline ? "region" : "dialog");
    this.log = h("div", { class: "log", role: "group", "aria-label": words.log, tabindex: "0" });
    this.draw(words);
    const draft = this.box.value;
    this.box = h("textarea", {
      ...{ rows: "1", placeholder: words.placeholder, "aria-label": words.question },
      ...{ enterkeyhint: "send", autocomplete: "off", "aria-describedby": "left" },
      input: () => this.counted(),
    });
    this.box.value = draft;
    this.left = h("p", { class: "left", id: "left" });
    this.sendButton = h("button", { class: "send", type: "submit" });
    const form = h("form", { class: "asking" }, this.left, this.box, this.sendButton);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.asking) this.asking.abort();
      else this.sendBox();
    });
    this.element.replaceChildren(
      header(this),
      this.log,
      this.live,
      form,
      h("p", { class: "privacy" }, words.privacy),
    );
    this.counted();
  }

  /** @param {import("./words.js").Words} words */
  draw(words) {
    const { kept } = this.chat.visit;
    const greeting = this.chat.getAttribute("greeting") || words.greeting;
    const presets = (this.chat.getAttribute("suggestions") ?? "").split("|");
    const asked = presets.map((text) => text.trim()).filter(Boolean);
    this.log.append(h("p", { class: "greeting" }, greeting));
    if (asked.length) {
      const buttons = asked.map((text) => this.choice(text, text));
      this.log.append(h("div", { class: "choices", role: "group", "aria-label": words.suggested }, ...buttons));
    }
    for (const turn of kept.turns) {
      const shown = this.turnView(turn);
      if (turn.answer) shown.reply.replaceChildren(this.answered(turn));
      else if (turn.ended) shown.reply.replaceChildren(this.retry(words.unanswered, turn, shown));
    }
  }

  lastTurn() {
    const all = this.log.querySelectorAll(".turn");
    const turn = all[all.length - 1];
    return { turn, reply: /** @type {HTMLElement} */ (turn.querySelector(".reply")) };
  }

  /** @param {Turn} turn */
  turnView(turn) {
    const words = this.chat.words;
    const reply = h("div", { class: "reply", tabindex: "-1" });
    const asked = h("p", { class: "asked" }, h("span", { class: "unseen" }, words.youAsked), turn.question);
    const view = h("article", { class: "turn" }, asked, reply);
    this.log.append(view);
    return { turn: view, reply };
  }

  /**
   * @param {string} label
   * @param {string} question
   */
  choice(label, question) {
    return h("button", { type: "button", class: "choice", click: () => this.send(question, true) }, label);
  }

  sendBox() {
    const question = this.box.value.trim();
    if (!question || this.over() > 0) {
      this.box.focus();
      return;
    }
    this.box.value = "";
    this.counted();
    this.send(question, false);
  }

  /**
   * Asks the question, unless one is being answered.
   * @param {string} question
   * @param {boolean} follow whether the keyboard goes to the reply, as its button may be gone
   */
  send(question, follow) {
    if (this.asking) return;
    /** @type {Turn} */
    const turn = { question, request_id: newId(), answer: null };
    const { visit } = this.chat;
    visit.keep({ turns: [...visit.kept.turns, turn] });
    const shown = this.turnView(turn);
    if (follow) shown.reply.focus({ preventScroll: true });
    void this.answer(turn, shown);
  }

  /**
   * @param {Turn} turn
   * @param {{turn: Element, reply: HTMLElement}} shown
   */
  async answer(turn, shown) {
    const words = this.chat.words;
    const { visit } = this.chat;
    const asking = new AbortController();
    this.asking = asking;
    turn.ended = false;
    this.counted();
    const status = h("p", { class: "status" }, words.sending);
    const text = document.createTextNode("");
    const coming = h("p", { class: "text" }, text);
    shown.reply.replaceChildren(status);
    shown.reply.setAttribute("aria-busy", "true");
    this.scrollTo(shown.turn);
    const heard = {
      /** @param {string} stage */
      status: (stage) => {
        status.textContent = words.stages[/** @type {keyof typeof words.stages} */ (stage)] ?? words.sending;
      },
      /** @param {string} piece */
      delta: (piece) => {
        text.appendData(piece);
        if (!coming.isConnected) status.replaceWith(coming);
      },
      again: () => {
        text.data = "";
        status.textContent = words.again;
        if (coming.isConnected) coming.replaceWith(status);
      },
    };
    try {
      const answer = await this.asked(turn, heard, asking.signal);
      if (this.asking !== asking) return;
      turn.answer = slim(answer);
      visit.keep({ conversation_id: answer.conversation_id });
      shown.reply.replaceChildren(this.answered(turn));
      const options = answer.clarification?.options.map((option) => option.label) ?? [];
      this.announce([words.answerReady + answer.text, ...options].join("\n"));
    } catch (error) {
      if (this.asking !== asking) return;
      turn.ended = true;
      visit.keep({});
      const excuse = this.excuse(error, asking.signal.aborted);
      shown.reply.replaceChildren(this.retry(excuse, turn, shown));
      this.announce(excuse);
    }
    this.asking = null;
    if (!shown.reply.isConnected) this.drawAll();
    shown.reply.removeAttribute("aria-busy");
    this.counted();
    this.scrollTo(shown.turn);
  }

  /**
   * The answer; where the service asks which department is meant and the page says so, that one's.
   * @param {Turn} turn
   * @param {import("./ask.js").Heard} heard
   * @param {AbortSignal} signal
   */
  async asked(turn, heard, signal) {
    const { conversation_id } = this.chat.visit.kept;
    const { question, request_id } = turn;
    const answer = await ask(BASE, { question, conversation_id, request_id }, heard, signal);
    const department = this.chat.getAttribute("department");
    const options = answer.status === "clarify" ? answer.clarification?.options ?? [] : [];
    const which = options.length > 0 && options.every((o) => o.question.endsWith(question) && o.question !== question);
    if (!department || !which) return answer;
    heard.again();
    const named = options.find((o) => o.label.includes(department))?.question ?? `${department}：${question}`;
    return ask(BASE, { question: named, conversation_id, request_id: `${request_id}-d` }, heard, signal);
  }

  /** @param {Turn} turn */
  answered(turn) {
    const around = {
      words: this.chat.words,
      base: BASE,
      ask: (/** @type {string} */ question) => this.send(question, true),
      announce: (/** @type {string} */ text) => this.announce(text),
    };
    return answerView(turn, around, (helpful) => {
      turn.helpful = helpful;
      this.chat.visit.keep({});
    });
  }

  /**
   * What is said where no answer came.
   * @param {unknown} error
   * @param {boolean} stopped
   */
  excuse(error, stopped) {
    const words = this.chat.words;
    if (stopped) return words.stopped;
    if (!navigator.onLine) return words.offline;
    if (!(error instanceof AskError)) return words.failed;
    if (error.kind === "lost") return words.lost;
    if (error.kind === "busy") return fill(words.busy, { n: error.wait });
    return error.message || words.failed;
  }

  /**
   * The text with a button that tries again: the same request, so that nothing is asked twice.
   * @param {string} text
   * @param {Turn} turn
   * @param {{turn: Element, reply: HTMLElement}} shown
   */
  retry(text, turn, shown) {
    const again = h("button", { type: "button", class: "choice again" }, this.chat.words.tryAgain);
    again.addEventListener("click", () => {
      if (this.asking) return;
      shown.reply.focus({ preventScroll: true });
      void this.answer(turn, shown);
    });
    return h("div", { class: "excuse" }, h("p", {}, text), again);
  }

  /**
   * Says it to those who listen; an answer once it is finished, never piece by piece.
   * @param {string} text
   */
  announce(text) {
    this.live.textContent = "";
    this.live.append(text.replace(/\[\d+\]/g, ""));
  }

  reset() {
    this.asking?.abort();
    this.asking = null;
    this.chat.visit.forget();
    this.drawAll();
    this.announce(this.chat.words.wasReset);
    this.box.focus();
  }

  over() {
    return [...this.box.value.trim()].length - MOST;
  }

  /** Shows how much may still be written, and whether sending or stopping is next. */
  counted() {
    const words = this.chat.words;
    const over = this.over();
    if (over > 0) this.left.textContent = fill(words.tooLong, { n: over });
    else this.left.textContent = over > -NEAR ? fill(words.left, { n: -over }) : "";
    this.box.setAttribute("aria-invalid", String(over > 0));
    const stop = this.asking !== null;
    this.sendButton.setAttribute("aria-label", stop ? words.stop : words.send);
    this.sendButton.replaceChildren(icon(stop ? ICONS.stop : ICONS.send));
    this.box.rows = Math.min(5, Math.max(1, this.box.value.split("\n").length, Math.ceil(this.box.value.length / 26)));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.chat.hide();
    } else if (event.key === "Enter" && event.target === this.box) {
      // Enter that ends the choice of a Chinese character sends nothing.
      if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (!this.asking) this.sendBox();
    } else if (event.key === "Tab" && this.covers()) this.keepInside(event);
  }

  /** Whether the panel hides the page, so that the keyboard must not go there. */
  covers() {
    return !this.chat.inline && this.element.clientWidth >= innerWidth - 1;
  }

  /** @param {KeyboardEvent} event */
  keepInside(event) {
    const all = this.element.querySelectorAll("button, textarea, a[href], summary, [tabindex='0']");
    const usable = [...all].filter((one) => one.checkVisibility?.() ?? true);
    const from = /** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement;
    const [end, start] = event.shiftKey ? [usable[0], usable.at(-1)] : [usable.at(-1), usable[0]];
    if (from !== end || !(start instanceof HTMLElement)) return;
    event.preventDefault();
    start.focus();
  }

  /** @param {Element} turn */
  scrollTo(turn) {
    if (turn instanceof HTMLElement) this.log.scrollTop = turn.offsetTop - 8;
  }
}
