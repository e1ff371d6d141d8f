// Reminders of due tasks as toasts; asked for every now and then, marked as seen when the user says so.

import { get, post } from "/static/api.js";
import { button, make } from "/static/elements.js";
import { word } from "/static/words.js";

const EVERY = 15_000;
let last = 0;

export function watchReminders(onLink) {
  const look = () => show(onLink).catch(() => undefined);
  look();
  setInterval(() => { if (!document.hidden) look(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}

async function show(onLink) {
  const { items } = await get(`/reminders?unseen=true&after=${last}&limit=200`);
  if (!items.length) return;
  last = items.at(-1).id;
  document.getElementById("toasts").append(toast(items, onLink));
}

// One toast for all that have fallen due since the last look: after a weekend that may be many.
function toast(items, onLink) {
  const ids = items.map((each) => each.id);
  const seen = button(word("seen"), async () => { box.remove(); await post("/reminders/seen", { ids }); }, "main");
  const count = items.length > 1 ? ` (${items.length})` : "";
  const lines = items.map((each) => line(each, onLink));
  const box = make("div", { class: "toast", role: "alert" }, make("strong", {}, `${word("reminder")}${count}`), make("ul", {}, ...lines), seen);
  return box;
}

function line(each, onLink) {
  const when = each.due_at.slice(0, each.all_day ? 10 : 16).replace("T", " ");
  const about = [each.customer, when, each.late ? word("late") : null].filter(Boolean).join(" · ");
  const title = button(each.title, () => onLink({ type: "task", id: each.task_id, label: each.title }), "link");
  return make("li", {}, title, make("div", { class: "foot" }, about));
}
