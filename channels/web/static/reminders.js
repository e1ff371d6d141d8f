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
  const { items } = await get(`/reminders?unseen=true&after=${last}`);
  for (const each of items) {
    last = Math.max(last, each.id);
    document.getElementById("toasts").append(toast(each, onLink));
  }
}

function toast(each, onLink) {
  const when = each.due_at.slice(0, each.all_day ? 10 : 16).replace("T", " ");
  const late = each.late ? word("late") : "";
  const seen = button(word("seen"), async () => { box.remove(); await post("/reminders/seen", { ids: [each.id] }); }, "main");
  const title = button(each.title, () => onLink({ type: "task", id: each.task_id, label: each.title }), "link");
  const box = make("div", { class: "toast", role: "alert" },
    make("strong", {}, `⏰ ${word("reminder")} ${late}`), title,
    make("span", { class: "foot" }, [each.customer, when].filter(Boolean).join(" · ")), seen);
  return box;
}
