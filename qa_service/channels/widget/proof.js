// @ts-check
// A citation opened: the printed row in its table, or the paragraph, and the way to the document.

import { at } from "./contract.js";
import { h, reveal } from "./dom.js";
import { fill } from "./words.js";

/** @typedef {import("./contract.js").Citation} Citation */
/** @typedef {import("./contract.js").RowInTable} RowInTable */
/** @typedef {import("./contract.js").Around} Around */
/** @typedef {import("./words.js").Words} Words */

/**
 * What a citation is called in a list.
 * @param {Citation} citation
 * @param {Words} words
 */
export function name(citation, words) {
  const { table, row, section, item } = citation;
  const number = table?.number != null ? `${fill(words.table, { n: table.number })} ` : "";
  const where = table ? `${number}${table.title}` : section ?? citation.document.title;
  const what = row?.label ?? citation.filter ?? item;
  return what ? `${where} › ${what}` : where;
}

/**
 * @param {Citation} citation
 * @param {Around} around
 * @param {() => void} close
 */
export function proof(citation, around, close) {
  const { words, base } = around;
  const title = name(citation, words);
  const view = h("section", { class: "proof", tabindex: "-1", "aria-label": fill(words.source, { n: citation.n, name: title }) });
  view.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  const { page, line } = citation;
  const facts = [
    page != null && fill(words.page, { n: page }),
    line != null && page == null && fill(words.line, { n: line }),
    citation.column && fill(words.column, { name: citation.column.replaceAll("/", " / ") }),
    citation.unit && fill(words.unit, { unit: citation.unit }),
    citation.rows_count != null && fill(words.rows, { n: citation.rows_count, filter: citation.filter ?? "" }),
  ].filter(Boolean);
  const body = h("div", { class: "evidence" });
  view.append(
    h("p", { class: "where" }, h("b", {}, `[${citation.n}] `), citation.document.title),
    h("p", { class: "where" }, title),
    h("p", { class: "small" }, facts.join(" · ")),
    body,
    h(
      "p",
      { class: "proof-actions" },
      h(
        "a",
        { href: at(base, citation.url), target: "_blank", rel: "noopener", class: "to-source" },
        words.toDocument,
        h("span", { class: "unseen" }, words.newWindow),
      ),
      h("button", { type: "button", class: "quiet", click: close }, words.closeSource),
    ),
  );
  if (citation.kind === "row" && citation.row) void load(citation, around, body);
  else body.append(quote(citation));
  return view;
}

/** @param {Citation} citation */
function quote(citation) {
  return h("blockquote", { tabindex: "0" }, citation.quote);
}

/**
 * @param {Citation} citation
 * @param {Around} around
 * @param {HTMLElement} body
 */
async function load(citation, around, body) {
  const { words, base } = around;
  body.replaceChildren(h("p", { class: "status" }, words.loading));
  try {
    const id = encodeURIComponent(citation.row?.id ?? "");
    const reply = await fetch(at(base, `v1/rows/${id}`), { credentials: "omit" });
    if (!reply.ok) throw new Error(String(reply.status));
    body.replaceChildren(rowInTable(await reply.json(), citation, words));
    reveal(body.parentElement ?? body);
  } catch {
    const again = h("button", { type: "button", class: "quiet", click: () => void load(citation, around, body) }, words.tryAgain);
    body.replaceChildren(quote(citation), h("p", { class: "small" }, words.notLoaded, again));
  }
}

/**
 * The row among its neighbours: first the cited column alone, for narrow screens; all on demand.
 * @param {RowInTable} found
 * @param {Citation} citation
 * @param {Words} words
 */
function rowInTable(found, citation, words) {
  const view = h("div", {});
  const amounts = found.row.cells.map((cell) => cell.column);
  const cited = found.row.cells.find((cell) => cell.name === citation.column) ?? found.row.cells[0];
  let all = amounts.length <= 2;
  const draw = () => {
    const columns = all ? amounts : [cited?.column].filter((column) => column !== undefined);
    const scroll = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": found.table.title }, table(found, columns, cited?.column, words));
    const toggle = h("button", { type: "button", class: "quiet columns" }, all ? words.oneColumn : words.allColumns);
    toggle.addEventListener("click", () => {
      all = !all;
      draw();
      /** @type {HTMLElement | null} */ (view.querySelector(".columns"))?.focus();
    });
    view.replaceChildren(scroll);
    if (amounts.length > 2) view.append(toggle);
    const mark = scroll.querySelector("td.hit");
    const label = scroll.querySelector("tbody th");
    if (mark instanceof HTMLElement && label) scroll.scrollLeft = mark.offsetLeft - label.clientWidth;
  };
  draw();
  return view;
}

/**
 * @param {RowInTable} found
 * @param {number[]} columns
 * @param {number | undefined} cited
 * @param {Words} words
 */
function table(found, columns, cited, words) {
  const heads = found.table.columns.filter((column) => columns.includes(column.index));
  const depth = Math.max(1, ...heads.map((head) => head.path.length));
  const label = found.table.columns.find((column) => column.role === "label")?.name ?? words.item;
  const head = [];
  for (let level = 0; level < depth; level++) {
    const cells = spans(heads, level).map(({ column, wide }) => {
      const last = level === column.path.length - 1;
      const down = last && depth - level > 1 ? depth - level : null;
      const kind = column.role === "amount" ? "amount" : null;
      return h("th", { scope: wide > 1 ? "colgroup" : "col", class: kind, rowspan: down, colspan: wide > 1 ? wide : null }, column.path[level]);
    });
    if (level === 0) cells.unshift(h("th", { scope: "col", rowspan: depth > 1 ? depth : null }, label));
    head.push(h("tr", {}, ...cells));
  }
  const above = found.above.filter((row) => !found.around.some((other) => other.id === row.id));
  const rows = [...above, ...found.around].map((row) => {
    const hit = row.id === found.row.id;
    const cells = columns.map((column) => {
      const cell = row.cells.find((one) => one.column === column);
      const kind = `${cell?.kind === "text" ? "words" : "amount"}${hit && column === cited ? " hit" : ""}`;
      return h("td", { class: kind }, cell?.printed ?? "");
    });
    const level = `level-${Math.min(row.level, 4)}`;
    const code = row.code && !row.printed.includes(row.code) ? `${row.code} ` : "";
    const named = h("th", { scope: "row", class: level }, code + row.printed);
    if (hit) named.append(h("span", { class: "unseen" }, `（${words.cited}）`));
    return h("tr", { class: hit ? "hit" : above.includes(row) ? "above" : null }, named, ...cells);
  });
  return h("table", {}, h("thead", {}, ...head), h("tbody", {}, ...rows));
}

/**
 * The header cells of a level: columns beside each other share the parts of their path.
 * @param {import("./contract.js").ColumnView[]} heads
 * @param {number} level
 */
function spans(heads, level) {
  /** @type {{column: import("./contract.js").ColumnView, wide: number, shared: string}[]} */
  const found = [];
  for (const column of heads.filter((head) => level < head.path.length)) {
    const shared = level < column.path.length - 1 ? column.path.slice(0, level + 1).join("\n") : "";
    const before = found.at(-1);
    if (shared && before?.shared === shared) before.wide += 1;
    else found.push({ column, wide: 1, shared });
  }
  return found;
}
