// Cards of an answer: title, facts (old → new where something changed), rows, a chart of bars, linked records.

import { draw, make, button } from "/static/elements.js";
import { language, word } from "/static/words.js";

const ROWS_AT_ONCE = 20;

export function card(data, onLink) {
  return make(
    "article",
    { class: data.change ? `card ${data.change}` : "card" },
    head(data, onLink),
    data.facts.length ? facts(data.facts, onLink) : null,
    data.chart ? chart(data.chart) : null,
    data.rows.length ? table(data, onLink) : null,
    data.footer ? make("p", { class: "foot" }, data.footer) : null,
  );
}

export function linked(link, text, onLink) {
  if (!link) return document.createTextNode(text);
  const made = button(text, () => onLink(link), "link");
  made.dataset.record = `${link.type}-${link.id}`;
  return made;
}

function head(data, onLink) {
  if (!data.title) return null;
  const badge = word(data.change) ? make("span", { class: "badge" }, word(data.change)) : null;
  return make("h3", {}, linked(data.link, data.title, onLink), badge);
}

function facts(list, onLink) {
  const pairs = list.flatMap((fact) => [make("dt", {}, fact.label), make("dd", {}, ...value(fact, onLink))]);
  return make("dl", {}, ...pairs);
}

function value(fact, onLink) {
  const now = linked(fact.link, fact.value, onLink);
  if (fact.before === null || fact.before === undefined) return [now];
  return [make("del", {}, fact.before || "—"), " → ", make("ins", {}, now)];
}

function table(data, onLink) {
  const columns = data.columns.map((name) => make("th", { scope: "col" }, name));
  const body = make("tbody");
  const show = (rows) => body.append(...rows.map((row) => line(row, onLink)));
  show(data.rows.slice(0, ROWS_AT_ONCE));
  const whole = make("table", {}, columns.length ? make("thead", {}, make("tr", {}, ...columns)) : null, body);
  const box = make("div", { class: "scroll" }, whole);
  const rest = data.rows.slice(ROWS_AT_ONCE);
  if (rest.length) {
    const more = button(`+ ${rest.length}`, () => { show(rest); more.remove(); }, "quiet");
    box.append(more);
  }
  return box;
}

function line(row, onLink) {
  const cells = row.cells.map((text, index) => make("td", {}, index === 0 ? linked(row.link, text, onLink) : text));
  return make("tr", {}, ...cells);
}

const WIDTH = 320, BAR = 18, GAP = 10, LABEL = 96, FIGURE = 76;

// Bars for every kind of chart: lengths compare better than angles. A funnel's bars are centred.
function chart(data) {
  const most = Math.max(...data.values.map(Math.abs), 1e-9);
  const height = data.values.length * (BAR + GAP);
  const bars = data.values.flatMap((figure, index) => bar(data, figure / most, index));
  return draw("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": described(data) }, ...bars);
}

function bar(data, share, index) {
  const room = WIDTH - LABEL - FIGURE;
  const width = Math.max(Math.abs(share) * room, 1);
  const x = LABEL + (data.kind === "funnel" ? (room - width) / 2 : 0);
  const y = index * (BAR + GAP) + GAP / 2;
  const middle = y + BAR / 2 + 4;
  return [
    draw("text", { x: LABEL - 6, y: middle, "text-anchor": "end" }, data.labels[index]),
    draw("rect", { x, y, width, height: BAR, rx: 4 }),
    draw("text", { x: WIDTH - FIGURE + 6, y: middle, class: "figure" }, figure(data.values[index], data.unit)),
  ];
}

function figure(value, unit) {
  const short = Math.abs(value) >= 10000 && language() === "zh";
  const number = short ? `${(value / 10000).toLocaleString("zh-CN", { maximumFractionDigits: 1 })}万` : value.toLocaleString();
  return `${number}${unit}`;
}

function described(data) {
  return data.labels.map((label, index) => `${label} ${figure(data.values[index], data.unit)}`).join(", ");
}
