// One message or reply in the log: sentence, cards, held writes with their buttons, options, undo.

import { card } from "/static/cards.js";
import { button, make } from "/static/elements.js";
import { citation } from "/static/passages.js";
import { word } from "/static/words.js";

export function said(text) {
  return make("div", { class: "message mine" }, make("p", {}, text));
}

export function waiting() {
  return make("div", { class: "message theirs busy" }, make("p", {}, word("working")));
}

export function failed(text, onRetry) {
  return make("div", { class: "message theirs failed", role: "alert" }, make("p", {}, text), onRetry ? button(word("retry"), onRetry) : null);
}

// `on` holds what buttons do: link(record), settle(kind, pending), choose(option), undo(changeSetId). `live` is false for
// old messages, whose questions and held writes may be over: those keep undo alone.
export function reply(data, on, { live = true } = {}) {
  const shown = make("div", { class: "message theirs", "data-outcome": data.outcome });
  if (data.headline) shown.append(make("p", {}, data.headline));
  shown.append(...data.cards.map((each) => card(each, on.link)));
  shown.append(...data.citations.map((each) => citation(each)));
  shown.append(...data.held.map((each) => held(each, on, live)));
  if (data.options.length) shown.append(options(data.options, on, live));
  if (data.change_set_id && data.outcome !== "failed") shown.append(undo(data, on));
  return shown;
}

function held(each, on, live) {
  const cards = each.cards.map((data) => card(data, on.link));
  const box = make("section", { class: "held", "data-pending": each.id }, make("h3", {}, each.title), ...cards);
  if (!live) return box;
  const actions = make("div", { class: "actions" });
  const settle = (kind, done) => async () => {
    for (const one of actions.querySelectorAll("button")) one.disabled = true;
    const ok = await on.settle(kind, each.id);
    if (ok) actions.replaceChildren(make("em", {}, word(done)));
    else for (const one of actions.querySelectorAll("button")) one.disabled = false;
  };
  actions.append(button(word("confirm"), settle("confirm", "confirmed"), "main"), button(word("cancel"), settle("cancel", "cancelled")));
  box.append(actions);
  return box;
}

function options(list, on, live) {
  const buttons = list.map((option, index) => {
    const made = button(`${index + 1}. ${option.label}`, () => on.choose(option), "option");
    made.disabled = !live;
    return made;
  });
  return make("div", { class: "actions column" }, ...buttons);
}

function undo(data, on) {
  const box = make("div", { class: "actions" });
  const act = async () => {
    made.disabled = true;
    if (await on.undo(data.change_set_id)) box.replaceChildren(make("em", {}, word("undone")));
    else made.disabled = false;
  };
  const made = button(`↶ ${word("undo")}`, act, "quiet undo");
  box.append(made);
  return box;
}
