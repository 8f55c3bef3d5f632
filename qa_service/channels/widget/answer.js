// @ts-check
// One answer: the number large and first, then the words with their marks, then its proof.

import { chart, dataTable } from "./chart.js";
import { copyButton } from "./copy.js";
import { h, reveal } from "./dom.js";
import { feedback } from "./feedback.js";
import { name, proof } from "./proof.js";
import { fill } from "./words.js";

/** @typedef {import("./contract.js").Answer} Answer */
/** @typedef {import("./contract.js").Around} Around */
/** @typedef {import("./contract.js").Value} Value */

const MOST_LARGE = 4;
const LISTS = new Set(["rank", "list"]);

/**
 * @param {import("./visit.js").Turn} turn
 * @param {Around} around
 * @param {(helpful: boolean) => void} judged
 */
export function answerView(turn, around, judged) {
  const answer = /** @type {Answer} */ (turn.answer);
  const { words } = around;
  const proofs = h("div", { class: "proofs" });
  const opener = new Proofs(answer, around, proofs);
  const view = document.createDocumentFragment();
  view.append(...largeValues(answer, opener));
  const drawn = answer.status === "answered" ? chart(answer, around, opener) : null;
  view.append(textView(drawn?.holdsAll ? leadOf(answer.text) : answer.text, opener));
  if (drawn) view.append(drawn.element);
  else if (answer.status === "answered" && answer.values.length > MOST_LARGE) {
    view.append(dataTable(answer.values.slice(isCounted(answer) ? 1 : 0), around, opener));
  }
  const { clarification, notices, suggestions, citations } = answer;
  if (clarification) view.append(choices(words.choose, clarification.options, around));
  if (citations.length) view.append(sources(answer, around, opener));
  view.append(proofs);
  if (notices.length) {
    const items = notices.map((text) => h("li", {}, text));
    view.append(h("ul", { class: "notices", "aria-label": words.notices }, ...items));
  }
  if (suggestions.length) {
    const options = suggestions.map((text) => ({ label: text, question: text }));
    view.append(h("p", { class: "small" }, words.suggested), choices(words.suggested, options, around));
  }
  if (answer.status === "answered") {
    const copy = copyButton(answer, around);
    view.append(h("div", { class: "actions" }, copy, ...feedback(turn, around, judged)));
  }
  return view;
}

/** Opens one citation at a time beneath the answer, and gives the keyboard back when it closes. */
export class Proofs {
  /**
   * @param {Answer} answer
   * @param {Around} around
   * @param {HTMLElement} place
   */
  constructor(answer, around, place) {
    this.answer = answer;
    this.around = around;
    this.place = place;
    /** @type {HTMLElement | null} */
    this.by = null;
  }

  /** @param {number} n */
  cited(n) {
    return this.answer.citations.find((citation) => citation.n === n);
  }

  /**
   * A button that opens the citation; the text alone where there is no such citation.
   * @param {number} n
   * @param {string} text
   * @param {string} kind its class
   * @param {string} [label]
   */
  button(n, text, kind, label = fill(this.around.words.openSource, { n })) {
    const citation = this.cited(n);
    if (!citation) return document.createTextNode(text);
    const button = h("button", { type: "button", class: kind, "aria-expanded": "false", "aria-label": label }, text);
    button.addEventListener("click", () => {
      if (this.by === button) this.close();
      else this.open(citation, button);
    });
    return button;
  }

  /**
   * @param {import("./contract.js").Citation} citation
   * @param {HTMLElement} by
   */
  open(citation, by) {
    this.by?.setAttribute("aria-expanded", "false");
    this.by = by;
    by.setAttribute("aria-expanded", "true");
    const shown = proof(citation, this.around, () => this.close());
    this.place.replaceChildren(shown);
    shown.focus({ preventScroll: true });
    reveal(shown);
  }

  close() {
    this.place.replaceChildren();
    this.by?.setAttribute("aria-expanded", "false");
    this.by?.focus();
    this.by = null;
  }
}

/**
 * @param {Answer} answer
 * @param {Proofs} opener
 */
function largeValues(answer, opener) {
  const { values, status, plan } = answer;
  if (status !== "answered" || !values.length || LISTS.has(plan?.operation ?? "")) return [];
  const alone = values[0].formula !== null || isCounted(answer) || plan?.operation !== "lookup";
  if (!alone && values.length > MOST_LARGE) return [];
  return (alone ? values.slice(0, 1) : values).map((value) =>
    h(
      "div",
      { class: "value" },
      h("p", { class: "label" }, value.label),
      h("p", { class: "number" }, h("strong", {}, value.value), h("span", { class: "unit" }, value.unit)),
      value.formula && formula(value, opener),
    ),
  );
}

/** @param {Answer} answer */
function isCounted(answer) {
  return answer.plan?.operation === "count";
}

/**
 * The formula; each operand opens the citation that prints it.
 * @param {Value} value
 * @param {Proofs} opener
 */
function formula(value, opener) {
  const { words } = opener.around;
  const cited = value.citations.map((n) => opener.cited(n)).filter((citation) => citation !== undefined);
  const shown = h("p", { class: "formula" }, h("span", { class: "small" }, `${words.formula}${words.colon}`));
  /** @type {Set<number>} */
  const used = new Set();
  for (const part of (value.formula ?? "").split(/(\d[\d,]*(?:\.\d+)?)/)) {
    const printing = /^\d/.test(part) ? cited.filter((c) => c.value === part) : [];
    const told = /^\d/.test(part) ? cited.filter((c) => c.quote.includes(part)) : [];
    const citation = printing.find((c) => !used.has(c.n)) ?? printing[0] ?? told[0];
    if (citation) {
      used.add(citation.n);
      const label = fill(words.operand, { value: part, n: citation.n });
      shown.append(opener.button(citation.n, part, "operand", label));
    } else shown.append(part);
  }
  return shown;
}

/**
 * The text with a button at each mark.
 * @param {string} text
 * @param {Proofs} opener
 */
export function textView(text, opener) {
  const view = h("p", { class: "text" });
  for (const part of text.split(/(\[\d+\])/)) {
    const mark = /^\[(\d+)\]$/.exec(part);
    if (mark) view.append(opener.button(Number(mark[1]), part, "mark"));
    else if (part) view.append(h("span", {}, part));
  }
  return view;
}

/** @param {string} text */
function leadOf(text) {
  return text.split("\n", 1)[0];
}

/**
 * @param {string} label
 * @param {import("./contract.js").Option[]} options
 * @param {Around} around
 */
function choices(label, options, around) {
  const buttons = options.map((option) =>
    h("button", { type: "button", class: "choice", click: () => around.ask(option.question) }, option.label),
  );
  return h("div", { class: "choices", role: "group", "aria-label": label }, ...buttons);
}

/**
 * @param {Answer} answer
 * @param {Around} around
 * @param {Proofs} opener
 */
function sources(answer, around, opener) {
  const { words } = around;
  const { citations } = answer;
  const items = citations.map((citation) => {
    const title = name(citation, words);
    const label = fill(words.source, { n: citation.n, name: title });
    return h("li", {}, opener.button(citation.n, `[${citation.n}] ${title}`, "source", label));
  });
  return h(
    "details",
    { class: "sources", open: citations.length <= 2 },
    h("summary", {}, fill(words.sources, { n: citations.length })),
    h("ul", {}, ...items),
  );
}
