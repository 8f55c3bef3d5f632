// @ts-check
// The options of the demonstration, brought to the widget on this page and into its code.

const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
const code = /** @type {HTMLElement} */ (document.getElementById("code"));
const chat = /** @type {HTMLElement} */ (document.querySelector("budget-chat"));
const accent = /** @type {HTMLInputElement} */ (form.elements.namedItem("accent"));
const plain = accent.value;

for (const field of fields()) field.value = chat.getAttribute(field.name) ?? field.value;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
show();

/** @returns {(HTMLInputElement | HTMLSelectElement)[]} */
function fields() {
  const all = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.elements]);
  return all.filter((field) => field.name && field !== accent);
}

function apply() {
  for (const field of fields()) {
    if (chat.getAttribute(field.name) === field.value) continue;
    if (field.value) chat.setAttribute(field.name, field.value);
    else chat.removeAttribute(field.name);
  }
  if (accent.value === plain) chat.style.removeProperty("--budget-chat-accent");
  else chat.style.setProperty("--budget-chat-accent", accent.value);
  show();
}

function show() {
  const set = fields().filter((field) => field.value);
  const written = set.map((field) => `\n  ${field.name}="${quoted(field.value)}"`).join("");
  const script = new URL("widget.js", document.baseURI).href;
  const lines = [`<script src="${script}" defer></script>`, `<budget-chat${written}></budget-chat>`];
  if (accent.value !== plain) lines.push("", `/* CSS */ budget-chat { --budget-chat-accent: ${accent.value}; }`);
  code.textContent = lines.join("\n");
}

/** @param {string} text */
function quoted(text) {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
}
