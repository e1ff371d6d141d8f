// The documentation of the interface, made from /openapi.json: each operation with its parameters, body and answers.

import { make } from "/static/elements.js";

const VERBS = ["get", "post", "patch", "put", "delete"];

async function start() {
  const document_ = await (await fetch("/openapi.json")).json();
  document.getElementById("title").textContent = `${document_.info.title} ${document_.info.version}`;
  const groups = new Map();
  for (const [path, item] of Object.entries(document_.paths)) {
    for (const verb of VERBS.filter((each) => each in item)) {
      const tag = item[verb].tags?.[0] ?? "other";
      groups.set(tag, [...(groups.get(tag) ?? []), operation(document_, verb, path, item[verb])]);
    }
  }
  const sections = [...groups].map(([tag, list]) => make("section", {}, make("h2", {}, tag), ...list));
  document.getElementById("operations").append(...sections);
}

function operation(document_, verb, path, about) {
  const summary = make("summary", {}, make("code", { class: `verb ${verb}` }, verb.toUpperCase()), " ", make("code", {}, path), " ", make("span", {}, about.summary ?? ""));
  return make("details", { class: "card" }, summary, make("p", {}, about.description ?? ""), parameters(about), body(document_, about), answers(document_, about));
}

function parameters(about) {
  if (!about.parameters?.length) return null;
  const rows = about.parameters.map((each) => make("tr", {}, make("td", {}, make("code", {}, each.name)), make("td", {}, each.in), make("td", {}, kind(each.schema)), make("td", {}, each.description ?? "")));
  return make("div", { class: "scroll" }, make("table", {}, make("tbody", {}, ...rows)));
}

function body(document_, about) {
  const schema = about.requestBody?.content?.["application/json"]?.schema;
  return schema ? make("div", {}, make("h3", {}, "body"), fields(document_, schema)) : null;
}

function answers(document_, about) {
  const list = Object.entries(about.responses ?? {}).map(([status, each]) => {
    const schema = each.content?.["application/json"]?.schema;
    return make("div", {}, make("h3", {}, `${status} ${each.description ?? ""}`), Number(status) < 300 && schema ? fields(document_, schema) : null);
  });
  return make("div", {}, ...list);
}

function fields(document_, schema) {
  const found = resolve(document_, schema);
  const required = new Set(found.required ?? []);
  const rows = Object.entries(found.properties ?? {}).map(([name, each]) => make("tr", {}, make("td", {}, make("code", {}, name), required.has(name) ? " *" : ""), make("td", {}, kind(each)), make("td", {}, each.description ?? "")));
  return make("div", { class: "scroll" }, make("table", {}, make("tbody", {}, ...rows)));
}

function resolve(document_, schema) {
  return schema.$ref ? document_.components.schemas[schema.$ref.split("/").pop()] : schema;
}

function kind(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(kind).join(" | ");
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.type === "array") return `${kind(schema.items ?? {})}[]`;
  return schema.format ?? schema.type ?? "any";
}

start();
