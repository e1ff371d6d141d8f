// The sign-in page: takes the token out of the address (and out of the history), exchanges it, goes to the chat.

import { post } from "/static/api.js";
import { translate, word } from "/static/words.js";

const state = document.getElementById("state");
const form = document.getElementById("form");
const input = document.getElementById("link");

function tokenIn(text) {
  const found = /[?&#]token=([^&#\s]+)/.exec(text);
  return found ? decodeURIComponent(found[1]) : text.trim();
}

async function signIn(token) {
  state.textContent = word("signingIn");
  try {
    await post("/sign-in", { token });
    location.replace("/");
  } catch (error) {
    ask(error.message);
  }
}

function ask(text) {
  state.textContent = text;
  form.hidden = false;
  input.focus();
}

translate();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (input.value.trim()) signIn(tokenIn(input.value));
});
const token = new URLSearchParams(location.search).get("token");
history.replaceState(null, "", "/signin");
if (token) signIn(token);
else ask(word("signInFirst"));
