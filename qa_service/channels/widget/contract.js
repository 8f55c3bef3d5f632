// @ts-check
// The service's answers, as far as the widget reads them; the contract itself is at /docs.

/**
 * @typedef {{id: string, title: string, department: string, year: number, kind: string}} DocumentRef
 * @typedef {{id: string, number: number | null, title: string}} TableRef
 * @typedef {{id: string, label: string, code: string | null}} RowRef
 * @typedef {{n: number, kind: "row" | "rows" | "passage", document: DocumentRef, quote: string,
 *   url: string, table: TableRef | null, row: RowRef | null, column: string | null,
 *   value: string | null, unit: string | null, section: string | null, item: string | null,
 *   page: number | null, line: number | null, rows_count: number | null,
 *   filter: string | null}} Citation
 * @typedef {{label: string, value: string, unit: string, amount_yuan: string | null,
 *   formula: string | null, citations: number[]}} Value
 * @typedef {{label: string, question: string}} Option
 * @typedef {{id: string, conversation_id: string, question: string, status: string, route: string,
 *   text: string, values: Value[], citations: Citation[],
 *   clarification: {question: string, options: Option[]} | null, notices: string[],
 *   suggestions: string[], plan: {operation: string} | null}} Answer
 * @typedef {{name: string, path: string[], index: number, role: string}} ColumnView
 * @typedef {{column: number, name: string, printed: string, kind: string}} CellView
 * @typedef {{id: string, printed: string, code: string | null, level: number, kind: string,
 *   cells: CellView[]}} RowView
 * @typedef {{table: {title: string, number: number | null, unit: string, columns: ColumnView[]},
 *   row: RowView, above: RowView[], around: RowView[]}} RowInTable
 */

/**
 * What one answer needs of the panel around it.
 * @typedef {object} Around
 * @property {import("./words.js").Words} words
 * @property {string} base where the service is, with a slash at the end
 * @property {(question: string) => void} ask
 * @property {(text: string) => void} announce
 */

/**
 * The address of something of the service.
 * @param {string} base
 * @param {string} path as the service gives it, from the root
 */
export function at(base, path) {
  return new URL(path.replace(/^\/+/, ""), base).href;
}

export {};
