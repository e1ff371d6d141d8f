// A cited passage: the quote that leads to its place, and the place itself with what stands around it.

import { Failed, get } from "/static/api.js";
import { button, make } from "/static/elements.js";
import { word } from "/static/words.js";

// A quote with its source; `onRead` opens it, without it the source is a link to the page of the documents.
export function citation(each, onRead = null) {
  const where = [each.document, each.section].filter(Boolean).join(" · ");
  return make("blockquote", {}, make("cite", {}, each.path ? source(each, where, onRead) : where), each.quote);
}

function source(each, where, onRead) {
  if (onRead) return button(where, () => onRead(each), "link");
  const { path, version, section, quote } = each;
  const terms = new URLSearchParams(Object.entries({ path, version, section, quote }).filter(([, value]) => value));
  return make("a", { class: "source", href: `/collateral?${terms}`, target: "_blank", rel: "noopener" }, where);
}

// Show the document with its cited section in view and the quote marked; of a quote that was replaced, the version it came from.
export async function showPassage(reader, place, onRead) {
  const address = `/collateral/documents/${encodePath(place.path)}`;
  const wanted = place.version ? `${address}?version=${encodeURIComponent(place.version)}` : address;
  const [found, history] = await Promise.all([get(wanted), get(`/collateral/versions/${encodePath(place.path)}`)]).catch((error) => {
    if (error instanceof Failed && error.status === 404) return [null, null];
    throw error;
  });
  if (!found) return reader.replaceChildren(make("p", { role: "alert" }, word("documentGone")));
  const parts = found.sections.map((each) => section(each, each.section === place.section ? place.quote : null, each.section === place.section));
  const note = found.current ? null : make("p", { class: "note", role: "note" }, word("earlierVersion"));
  reader.replaceChildren(make("h2", {}, found.title), ...[note, versions(history.items, found.version, place.path, onRead)].filter(Boolean), ...parts);
  const cited = reader.querySelector("mark") ?? reader.querySelector(".cited");
  if (cited) cited.scrollIntoView({ block: "center" });
  else reader.scrollIntoView({ block: "nearest" });
}

function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

function versions(items, shown, path, onRead) {
  if (items.length < 2) return null;
  const list = items.map((each) => {
    const name = [each.updated_at.slice(0, 16).replace("T", " "), each.called, each.current ? word("current") : ""].filter(Boolean).join(" · ");
    return each.version === shown ? make("strong", {}, name) : button(name, () => onRead({ path, version: each.version }), "link");
  });
  return make("nav", { class: "versions", "aria-label": word("versions") }, word("versions"), ...list);
}

function section(each, quote, cited) {
  const text = make("div", { class: "text" });
  const marked = new Set((quote ?? "").split("\n").map((line) => line.trim()).filter(Boolean));
  for (const line of each.text.split("\n")) text.append(make("p", {}, ...pieces(line, marked)));
  return make("section", { class: cited ? "cited" : "" }, make("h3", {}, each.section), text);
}

// A line with the quoted sentences in it marked: a quote may be some sentences of a line.
function pieces(line, marked) {
  for (const quoted of marked) {
    const place = line.indexOf(quoted);
    if (place >= 0) return [line.slice(0, place), make("mark", {}, quoted), line.slice(place + quoted.length)];
    if (quoted.includes(line.trim()) && line.trim()) return [make("mark", {}, line)];
  }
  return [line];
}
