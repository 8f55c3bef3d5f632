// @ts-check
// Asks the service and reads its events. A request keeps its id when it is sent again, so that the
// service gives the answer it has instead of asking twice.

import { at } from "./contract.js";

const WAITS = [300, 1000, 3000];
const SILENCE = 40_000;

/** @typedef {import("./contract.js").Answer} Answer */
/** @typedef {import("./contract.js").Citation} Citation */
/**
 * @typedef {object} Heard
 * @property {(stage: string) => void} status
 * @property {(text: string) => void} delta
 * @property {() => void} again the connection was lost, and it is tried anew
 */
/** @typedef {{question: string, conversation_id: string | null, request_id: string}} Request */

export class AskError extends Error {
  /**
   * @param {"lost" | "busy" | "said"} kind
   * @param {string} [message] the service's own words
   * @param {number} [wait] seconds until it may be tried again
   */
  constructor(kind, message = "", wait = 0) {
    super(message);
    this.kind = kind;
    this.wait = wait;
  }
}

/** An id that nobody can guess; randomUUID is missing where a page is not encrypted. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The answer. Raises AskError, or AbortError where the signal stops it.
 * @param {string} base
 * @param {Request} request
 * @param {Heard} heard
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function ask(base, request, heard, signal) {
  for (const wait of WAITS) {
    try {
      return await once(base, request, heard, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof AskError) || error.kind !== "lost") throw error;
      if (!navigator.onLine) throw error;
      heard.again();
      await pause(wait, signal);
    }
  }
  return once(base, request, heard, signal);
}

/**
 * @param {string} base
 * @param {Request} request
 * @param {Heard} heard
 * @param {AbortSignal} signal
 */
async function once(base, request, heard, signal) {
  const silent = new AbortController();
  const stop = () => silent.abort();
  signal.addEventListener("abort", stop);
  let timer = setTimeout(stop, SILENCE);
  try {
    const reply = await fetch(at(base, "v1/ask/stream"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
      credentials: "omit",
      cache: "no-store",
      signal: silent.signal,
    });
    if (!reply.ok || !reply.body) throw await refusal(reply);
    const reader = reply.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE);
      if (done) throw new AskError("lost");
      text += decoder.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const answer = hear(block, heard);
        if (answer) return answer;
      }
    }
  } catch (error) {
    if (error instanceof AskError || signal.aborted) throw error;
    throw new AskError("lost");
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    silent.abort();
  }
}

/**
 * @param {string} block one event
 * @param {Heard} heard
 * @returns {Answer | null}
 */
function hear(block, heard) {
  let kind = "";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) kind = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (!data) return null;
  const said = JSON.parse(data);
  if (kind === "status") heard.status(said.stage);
  if (kind === "delta") heard.delta(said.text);
  if (kind === "error") throw new AskError("said", said.error.message);
  return kind === "answer" ? said : null;
}

/**
 * Why a reply is no stream.
 * @param {Response} reply
 */
async function refusal(reply) {
  const said = await reply.json().catch(() => null);
  const message = typeof said?.error?.message === "string" ? said.error.message : "";
  if (reply.status === 429) {
    return new AskError("busy", message, Number(reply.headers.get("Retry-After")) || 30);
  }
  return new AskError("said", message);
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("", "AbortError"));
    });
  });
}
