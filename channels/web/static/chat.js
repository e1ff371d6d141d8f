// The chat page: conversations at the side, the log, the message box.

import { Failed, get, newId, post, stream, useToken } from "/static/api.js";
import { button, make } from "/static/elements.js";
import { showRecord } from "/static/records.js";
import { watchReminders } from "/static/reminders.js";
import { failed, reply, said, waiting } from "/static/replies.js";
import { switchLanguage, translate, word } from "/static/words.js";

const $ = (id) => document.getElementById(id);
const log = $("log");
let conversation = null;
let lastSaid = "";
let introduced = null; // resolves when it is known who is signed in; what is said before waits for it

const on = {
  link: showRecord,
  choose: (option) => say(option.value, option.label),
  settle: (kind, pending) => act(`/${kind}`, { pending_id: pending }, word(kind)),
  undo: (changeSet) => act("/undo", { change_set_id: changeSet }, word("undo")),
};

async function start() {
  translate();
  listen();
  introduced = introduce();
  await introduced;
  await listConversations();
  if (!log.children.length) await open(location.hash.slice(1)); // who was faster has begun to talk already
  watchReminders(showRecord);
}

async function introduce() {
  const me = await get("/me");
  useToken(me.csrf_token);
  $("who").textContent = me.user.name;
}

function listen() {
  $("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("say").addEventListener("keydown", onKey);
  $("say").addEventListener("input", grow);
  $("new").addEventListener("click", () => { open(""); $("say").focus(); });
  $("language").addEventListener("click", () => { switchLanguage(); location.reload(); });
  $("sign-out").addEventListener("click", async () => { await post("/sign-out", {}); location.replace("/signin"); });
  $("menu").addEventListener("click", () => drawer(!document.body.classList.contains("open")));
  document.querySelector("main").addEventListener("click", (event) => { if (event.target.id !== "menu") drawer(false); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") drawer(false); });
  window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== (conversation ?? "")) open(location.hash.slice(1)); });
}

// Enter sends, Shift+Enter makes a line; while an input method composes, Enter belongs to it. ↑ brings the last message back.
function onKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" && $("say").value === "" && lastSaid) {
    $("say").value = lastSaid;
    grow();
  }
}

function grow() {
  const box = $("say");
  box.rows = Math.min(8, box.value.split("\n").length);
}

function drawer(open) {
  document.body.classList.toggle("open", open);
  $("menu").setAttribute("aria-expanded", String(open));
}

async function listConversations() {
  const { items } = await get("/conversations?limit=50");
  $("conversations").replaceChildren(...items.filter((each) => each.title).map(entry));
  const current = items.find((each) => each.id === conversation);
  $("title").textContent = current?.title ?? word("newConversation");
}

function entry(each) {
  const made = button(each.title, () => { drawer(false); open(each.id); }, "entry");
  if (each.id === conversation) made.setAttribute("aria-current", "true");
  return made;
}

// Open a conversation, or an empty page whose first message starts one.
async function open(id) {
  conversation = id || null;
  log.replaceChildren();
  history.replaceState(null, "", id ? `#${id}` : location.pathname);
  if (id) await showMessages(id);
  if (!log.children.length) welcome();
  await listConversations();
}

function welcome() {
  const examples = word("examples").map((text) => button(text, () => say(text), "option"));
  log.append(make("div", { class: "welcome" }, make("p", {}, word("hello")), make("div", { class: "actions column" }, ...examples)));
}

async function showMessages(id) {
  showPage(id, await get(`/conversations/${id}/messages`));
  bottom();
}

function showPage(id, page) {
  const newest = page.items.at(-1);
  const shown = page.items.map((each) => (each.author === "user" ? said(each.text) : reply(each.reply, on, { live: each === newest })));
  if (page.before) shown.unshift(earlier(id, page.before));
  log.prepend(...shown);
}

function earlier(id, before) {
  const more = button(word("earlier"), async () => {
    const page = await get(`/conversations/${id}/messages?before=${before}`);
    more.remove();
    const rest = page.items.map((each) => (each.author === "user" ? said(each.text) : reply(each.reply, on, { live: false })));
    if (page.before) rest.unshift(earlier(id, page.before));
    log.prepend(...rest);
  }, "quiet");
  return more;
}

function submit() {
  const text = $("say").value.trim();
  if (!text) return;
  lastSaid = text;
  $("say").value = "";
  grow();
  say(text);
}

function say(text, label = text) {
  return turn("/messages", { say: text }, label);
}

function act(path, body, label) {
  return turn(path, body, label);
}

// One turn: show what was said, a sign of work, then the answer. The message id stays the same on a retry, so that a
// message that got through without its answer has its effect once.
async function turn(path, body, label) {
  log.querySelector(".welcome")?.remove();
  log.append(said(label));
  return take(path, { ...body, message_id: newId() });
}

async function take(path, body) {
  const busy = waiting();
  log.append(busy);
  bottom();
  try {
    await introduced;
    const id = conversation ?? (await begin());
    const onEvent = (name, data) => { if (name === "delta" && data.text) busy.firstChild.textContent = data.text; };
    const answer = await stream(`/conversations/${id}${path}`, body, onEvent);
    if (id !== conversation) return true;
    busy.replaceWith(reply(answer, on));
    listConversations();
    return answer.outcome !== "refused";
  } catch (error) {
    if (error instanceof Failed && error.code === "not_signed_in") return signIn();
    const retry = () => { shown.remove(); take(path, body); };
    const shown = failed(error instanceof Failed ? error.message : word("offline"), retry);
    busy.replaceWith(shown);
    return false;
  } finally {
    bottom();
  }
}

async function begin() {
  const made = await post("/conversations", {});
  conversation = made.id;
  history.replaceState(null, "", `#${made.id}`);
  return made.id;
}

function bottom() {
  log.scrollTop = log.scrollHeight;
}

function signIn() {
  location.replace("/signin");
  return false;
}

start().catch((error) => {
  if (error instanceof Failed && error.status === 401) signIn();
  else log.append(failed(error instanceof Failed ? error.message : word("offline"), () => location.reload()));
});
