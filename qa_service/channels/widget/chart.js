// @ts-check
// Rankings, lists, shares and comparisons as bars, years as a line; the same data in a table below.

import { h, plain, svg } from "./dom.js";
import { fill } from "./words.js";

/** @typedef {import("./contract.js").Answer} Answer */
/** @typedef {import("./contract.js").Value} Value */
/** @typedef {import("./contract.js").Around} Around */
/** @typedef {import("./answer.js").Proofs} Proofs */

const MOST_BARS = 10;
const LABEL = 22;
const YEAR = /(?:19|20)\d\d(?=年|\b)/;
const PARTS = new Set(["share", "compare", "ratio", "sum", "average"]);
const LISTS = new Set(["rank", "list"]);

/**
 * The chart of an answer whose values can be compared; null for any other.
 * @param {Answer} answer
 * @param {Around} around
 * @param {Proofs} opener
 * @returns {{element: HTMLElement, holdsAll: boolean} | null}
 */
export function chart(answer, around, opener) {
  const operation = answer.plan?.operation ?? "";
  const years = answer.values.filter((value) => YEAR.test(value.label) && amount(value) !== null);
  const trend = years.length > 1 && new Set(years.map(yearOf)).size === years.length && sameUnit(years);
  const values = trend ? years : PARTS.has(operation) ? answer.values.slice(1) : answer.values;
  if (!trend && !PARTS.has(operation) && !LISTS.has(operation)) return null;
  if (values.length < 2 || values.some((value) => amount(value) === null)) return null;
  const { words } = around;
  const drawn = trend ? line([...values].sort((a, b) => Number(yearOf(a)) - Number(yearOf(b)))) : bars(values.slice(0, MOST_BARS));
  const lead = answer.text.split("\n", 1)[0].replace(/\[\d+\]/g, "");
  const what = lead.replace(/[：:]$/, "");
  drawn.setAttribute("aria-label", plain(fill(words.chart, { kind: trend ? words.trend : words.bars, what })));
  const lines = answer.text.split("\n").length;
  const holdsAll = LISTS.has(operation) && lines === values.length + 1;
  const more = !trend && values.length > MOST_BARS;
  const note = more ? h("figcaption", { class: "small" }, fill(words.more, { n: MOST_BARS, all: values.length })) : null;
  const element = h("figure", { class: "chart" }, drawn, note, dataTable(values, around, opener, holdsAll));
  return { element, holdsAll };
}

/**
 * The values as a table, whose marks open their citations.
 * @param {Value[]} values
 * @param {Around} around
 * @param {Proofs} opener
 * @param {boolean} [open]
 */
export function dataTable(values, around, opener, open = false) {
  const { words } = around;
  const units = new Set(values.map((value) => value.unit));
  const [unit] = units.size === 1 ? units : [];
  const rows = values.map((value) => {
    const marks = value.citations.slice(0, 1).map((n) => opener.button(n, `[${n}]`, "mark"));
    const number = h("td", { class: "amount" }, unit === undefined ? `${value.value} ${value.unit}` : value.value);
    return h("tr", {}, h("th", { scope: "row" }, value.label, ...marks), number);
  });
  const head = h("tr", {}, h("th", { scope: "col" }, words.name), h("th", { scope: "col", class: "amount" }, unit ? fill(words.valueIn, { unit }) : words.value));
  const table = h("table", { class: "data" }, h("thead", {}, head), h("tbody", {}, ...rows));
  return h(
    "details",
    { class: "data-table", open },
    h("summary", {}, fill(words.dataTable, { n: values.length })),
    table,
  );
}

/**
 * Measured in em and per cent, so that it grows with the text and with the panel.
 * @param {Value[]} values
 */
function bars(values) {
  const most = Math.max(...values.map((value) => Math.abs(amount(value) ?? 0))) || 1;
  const parts = values.flatMap((value, at) => {
    const size = amount(value) ?? 0;
    const width = Math.max(0.5, (Math.abs(size) / most) * 66);
    const top = at * 3.2;
    return [
      svg("text", { x: "0", y: `${top + 1.1}em`, class: "bar-label" }, short(value.label)),
      svg("rect", { x: "0", y: `${top + 1.5}em`, width: `${width}%`, height: "1.1em", rx: "2", class: size < 0 ? "bar less" : "bar" }),
      svg("text", { x: `${width + 1.5}%`, y: `${top + 2.45}em`, class: "bar-value" }, `${value.value} ${value.unit}`),
    ];
  });
  return svg("svg", { class: "bars", role: "img", width: "100%", height: `${values.length * 3.2}em` }, ...parts);
}

/** @param {Value[]} values by year */
function line(values) {
  const sizes = values.map((value) => amount(value) ?? 0);
  const top = Math.max(...sizes, 0);
  const low = Math.min(...sizes, 0);
  const x = (/** @type {number} */ at) => 12 + (at / (values.length - 1)) * 76;
  const y = (/** @type {number} */ size) => 2.2 + ((top - size) / (top - low || 1)) * 6;
  const parts = [svg("line", { x1: "4%", x2: "96%", y1: `${y(0)}em`, y2: `${y(0)}em`, class: "axis" })];
  values.forEach((value, at) => {
    const next = sizes[at + 1];
    if (next !== undefined) {
      parts.push(svg("line", { x1: `${x(at)}%`, y1: `${y(sizes[at])}em`, x2: `${x(at + 1)}%`, y2: `${y(next)}em`, class: "path" }));
    }
    parts.push(
      svg("circle", { cx: `${x(at)}%`, cy: `${y(sizes[at])}em`, r: "4", class: "point" }),
      svg("text", { x: `${x(at)}%`, y: `${y(sizes[at]) - 0.7}em`, "text-anchor": "middle", class: "bar-value" }, `${value.value} ${value.unit}`),
      svg("text", { x: `${x(at)}%`, y: "10em", "text-anchor": "middle", class: "bar-label" }, yearOf(value)),
    );
  });
  return svg("svg", { class: "trend", role: "img", width: "100%", height: "10.6em" }, ...parts);
}

/** @param {Value} value */
function yearOf(value) {
  return YEAR.exec(value.label)?.[0] ?? "";
}

/** @param {Value} value */
function amount(value) {
  const size = Number(value.amount_yuan ?? value.value.replaceAll(",", ""));
  return Number.isFinite(size) && value.value !== "" ? size : null;
}

/** @param {Value[]} values */
function sameUnit(values) {
  return new Set(values.map((value) => (value.amount_yuan === null ? value.unit : ""))).size === 1;
}

/** @param {string} text */
function short(text) {
  const all = [...text];
  return all.length > LABEL ? `${all.slice(0, LABEL - 1).join("")}…` : text;
}
