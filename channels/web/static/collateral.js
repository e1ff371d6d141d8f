// The page of the documents: search with filters, read a cited passage in its place, see earlier versions, upload.

import { Failed, get, upload, useToken } from "/static/api.js";
import { button, make } from "/static/elements.js";
import { citation, showPassage } from "/static/passages.js";
import { translate, word } from "/static/words.js";

const $ = (id) => document.getElementById(id);
let documents = [];

async function start() {
  translate();
  const me = await get("/me");
  useToken(me.csrf_token);
  $("upload").hidden = me.user.role === "rep";
  $("search").addEventListener("submit", (event) => { event.preventDefault(); attempt(search); });
  $("upload").addEventListener("submit", (event) => { event.preventDefault(); attempt(send); });
  for (const id of ["kind", "product", "audience"]) $(id).addEventListener("change", () => attempt(narrow));
  window.addEventListener("popstate", () => attempt(show));
  await list();
  await show();
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Failed && error.status === 401) location.replace("/signin");
    else $("answer").replaceChildren(make("p", { role: "alert" }, error instanceof Failed ? error.message : word("offline")));
  }
}

async function list() {
  documents = (await get("/collateral/documents")).items;
  offer("kind", word("anyKind"), unique("kind"));
  offer("product", word("anyProduct"), unique("product"));
  offer("audience", word("anyAudience"), unique("audience"), word("audiences"));
  drawList();
}

function unique(field) {
  return [...new Set(documents.map((each) => each[field]).filter(Boolean))].sort();
}

function offer(id, any, values, names = {}) {
  const chosen = $(id).value;
  const options = values.map((value) => make("option", { value }, names[value] ?? value));
  $(id).replaceChildren(make("option", { value: "" }, any), ...options);
  $(id).value = values.includes(chosen) ? chosen : "";
}

function drawList() {
  const kept = documents.filter((each) => ["kind", "product", "audience"].every((field) => !$(field).value || each[field] === $(field).value));
  $("documents").replaceChildren(...kept.map(entry));
}

function entry(each) {
  const about = [each.kind, each.product, each.version, each.expired ? word("expired") : "", each.updated_at.slice(0, 10)];
  const open = button(each.path, () => read({ path: each.path }), "link");
  return make("li", {}, open, make("small", {}, about.filter(Boolean).join(" · ")));
}

async function narrow() {
  drawList();
  if ($("query").value.trim()) await search();
}

async function search() {
  const asked = $("query").value.trim();
  if (!asked) return $("answer").replaceChildren();
  const terms = new URLSearchParams({ q: asked });
  for (const field of ["kind", "product", "audience"]) if ($(field).value) terms.set(field, $(field).value);
  const found = await get(`/collateral/search?${terms}`);
  const said = found.standing === "found" ? null : make("p", {}, verdict(found));
  const quotes = found.quotes.map((each) => citation(each, read));
  const nearest = found.quotes.length ? [] : found.nearest.filter((each) => each.path).map((each) => button(each.title, () => read(each), "link"));
  $("answer").replaceChildren(...[said, ...quotes, ...nearest].filter(Boolean));
}

function verdict(found) {
  const missing = found.missing.length ? `: ${found.missing.join(", ")}` : "";
  return word(found.standing) + missing;
}

// The address says what is read, so that a citation can lead here and the way back works.
async function read(place) {
  const { path, version, section, quote } = place;
  const terms = new URLSearchParams(Object.entries({ path, version, section, quote }).filter(([, value]) => value));
  history.pushState(null, "", `?${terms}`);
  await attempt(show);
}

async function show() {
  const place = Object.fromEntries(new URLSearchParams(location.search));
  if (place.path) await showPassage($("reader"), place, read);
  else $("reader").replaceChildren();
}

async function send() {
  if (!$("files").files.length) return;
  const taken = await upload("/collateral/documents", $("files").files).catch((error) => {
    if (error instanceof Failed && error.details) return { items: error.details };
    throw error;
  });
  $("taken").replaceChildren(...taken.items.map((each) => make("li", { class: each.status }, `${each.path}: ${word("statuses")[each.status]} ${word("reasonOf")(each)}`)));
  $("files").value = "";
  await list();
}

attempt(start);
