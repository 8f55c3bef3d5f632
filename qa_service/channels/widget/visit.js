// @ts-check
// What the widget remembers of a visit: in the tab's own storage, gone when the tab is closed.

/** @typedef {import("./contract.js").Answer} Answer */
/**
 * One question with its answer, or still without one; `ended` where it will get none by itself.
 * @typedef {{question: string, request_id: string, answer: Answer | null,
 *   helpful?: boolean, ended?: boolean}} Turn
 * @typedef {{conversation_id: string | null, turns: Turn[], open: boolean | null, large: boolean | null,
 *   language: string | null}} Kept
 */

const MOST = 30;

export class Visit {
  /** @param {string} base */
  constructor(base) {
    this.key = `budget-chat ${base}`;
    /** @type {Kept} */
    this.kept = { conversation_id: null, turns: [], open: null, large: null, language: null };
    try {
      const found = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      if (Array.isArray(found?.turns)) Object.assign(this.kept, found);
    } catch {
      // Storage may be forbidden, or hold what somebody else wrote: then the visit begins anew.
    }
  }

  /** @param {Partial<Kept>} changed */
  keep(changed) {
    Object.assign(this.kept, changed);
    this.kept.turns = this.kept.turns.slice(-MOST);
    for (let tries = 0; tries < 3; tries++) {
      try {
        sessionStorage.setItem(this.key, JSON.stringify(this.kept));
        return;
      } catch {
        this.kept.turns = this.kept.turns.slice(Math.ceil(this.kept.turns.length / 2));
      }
    }
  }

  /** Forgets the conversation, not how the reader likes to read. */
  forget() {
    this.keep({ conversation_id: null, turns: [] });
  }
}

/**
 * The answer without the parts of its plan that nothing here reads.
 * @param {Answer} answer
 * @returns {Answer}
 */
export function slim(answer) {
  return { ...answer, plan: answer.plan && { operation: answer.plan.operation } };
}
