// @ts-check
// Whether an answer helped, and a comment for whoever runs the service.

import { at } from "./contract.js";
import { ICONS, h, icon, reveal } from "./dom.js";

/** @typedef {import("./contract.js").Around} Around */
/** @typedef {import("./visit.js").Turn} Turn */

/**
 * @param {Turn} turn
 * @param {Around} around
 * @param {(helpful: boolean) => void} judged
 */
export function feedback(turn, around, judged) {
  const { words } = around;
  const said = h("p", { class: "small said" });
  const more = h("div", { class: "more" });
  const tell = (/** @type {string} */ text) => {
    said.textContent = text;
    around.announce(text);
  };
  const buttons = /** @type {const} */ (["up", "down"]).map((way) => {
    const label = way === "up" ? words.helpful : words.notHelpful;
    const helpful = way === "up";
    const pressed = String(turn.helpful === helpful);
    const button = h("button", { type: "button", class: `tool ${way}`, "aria-label": label, title: label, "aria-pressed": pressed }, icon(ICONS[way]));
    button.addEventListener("click", async () => {
      if (!(await sent(turn, helpful, null, around))) {
        tell(words.notKept);
        return;
      }
      judged(helpful);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      tell(words.thanks);
      more.replaceChildren(commentForm(turn, helpful, around, more, tell));
      reveal(more);
    });
    return button;
  });
  return [...buttons, said, more];
}

/**
 * @param {Turn} turn
 * @param {boolean} helpful
 * @param {Around} around
 * @param {HTMLElement} place
 * @param {(text: string) => void} tell
 */
function commentForm(turn, helpful, around, place, tell) {
  const { words } = around;
  const box = h("textarea", { rows: "2", maxlength: "1000" });
  const send = h("button", { type: "submit", class: "choice" }, words.sendComment);
  const form = h("form", { class: "comment" }, h("label", {}, words.comment, box), send);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const comment = box.value.trim();
    if (!comment) {
      box.focus();
      return;
    }
    if (await sent(turn, helpful, comment, around)) {
      place.replaceChildren();
      tell(words.commentKept);
    } else tell(words.notKept);
  });
  return form;
}

/**
 * Whether the service has stored it. The question goes along with a comment alone.
 * @param {Turn} turn
 * @param {boolean} helpful
 * @param {string | null} comment
 * @param {Around} around
 */
async function sent(turn, helpful, comment, around) {
  const question = comment === null ? null : turn.question;
  try {
    const reply = await fetch(at(around.base, "v1/feedback"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ answer_id: turn.answer?.id, helpful, comment, question }),
      credentials: "omit",
    });
    return reply.ok;
  } catch {
    return false;
  }
}
