// Talking to /api/v1: JSON, the token that writes need, server-sent events, and errors as one kind of exception.

import { language } from "/static/words.js";

const BASE = "/api/v1";
let csrf = null;

export class Failed extends Error {
  constructor(status, problem) {
    super((language() === "en" && problem.message_en) || problem.message || String(status));
    this.status = status;
    this.code = problem.code;
    this.details = problem.details;
  }
}

export function useToken(token) {
  csrf = token;
}

export async function get(path) {
  return answerOf(await fetch(BASE + path, { headers: { Accept: "application/json" }, cache: "no-store" }));
}

export async function post(path, body) {
  return answerOf(await send(path, body, "application/json"));
}

export async function upload(path, files) {
  const form = new FormData();
  for (const file of files) form.append("file", file);
  const headers = csrf ? { Accept: "application/json", "X-CSRF-Token": csrf } : { Accept: "application/json" };
  return answerOf(await fetch(BASE + path, { method: "POST", headers, body: form }));
}

// Posts and calls onEvent(name, data) for each event of the stream; gives the data of `done`.
export async function stream(path, body, onEvent) {
  const response = await send(path, body, "text/event-stream");
  if (!response.ok) return answerOf(response);
  let done = null;
  for await (const [name, data] of events(response.body)) {
    if (name === "problem") throw new Failed(500, data);
    if (name === "done") done = data;
    onEvent(name, data);
  }
  if (done === null) throw new TypeError("the stream ended early");
  return done;
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function send(path, body, accept) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  return fetch(BASE + path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function answerOf(response) {
  if (response.status === 204) return null;
  const value = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failed(response.status, value);
  return value;
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event !== null) yield event;
    }
  }
}

function parse(block) {
  const lines = block.split("\n");
  const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
  return name === undefined ? null : [name, JSON.parse(data)];
}
