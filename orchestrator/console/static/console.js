// What pages do without asking the server: fill forms in, copy, tell trouble, and put the focus where one goes on.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill], [data-copy]");
  if (!button) return;
  if (button.dataset.fill) fill(button);
  if (button.dataset.copy) copy(button);
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function fill(button) {
  const form = document.querySelector(button.dataset.form) || button.closest("form");
  if (!form) return;
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) {
    const field = form.elements[name];
    if (!field) continue;
    field.value = value;
    field.dispatchEvent?.(new Event("change", { bubbles: true }));
  }
  const folded = form.closest("details");
  if (folded) folded.open = true;
  form.querySelector("button:not([type=button])")?.focus();
}

async function copy(button) {
  const text = document.querySelector(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 2000);
}

// The clock of a world that runs goes on from the moment at which the page was told it.
const MONTHS = "January February March April May June July August September October November December".split(" ");
const told = new Map();
setInterval(() => {
  for (const clock of document.querySelectorAll("time[data-runs]")) {
    if (!told.has(clock.dateTime)) told.set(clock.dateTime, Date.now());
    const now = new Date(Date.parse(clock.dateTime) + Date.now() - told.get(clock.dateTime));
    const hour = now.toISOString().slice(11, 19);
    clock.textContent = `${now.getUTCDate()} ${MONTHS[now.getUTCMonth()]} ${now.getUTCFullYear()}, ${hour} UTC`;
  }
}, 1000);

function trouble(words) {
  const line = document.getElementById("trouble");
  line.hidden = !words;
  line.textContent = words;
}

document.addEventListener("htmx:sendError", () => trouble("The sandbox does not answer. Is it still up?"));
document.addEventListener("htmx:beforeOnLoad", () => trouble(""));

// What loads itself anew takes away nothing that is being typed, and closes nothing; what was sent is done with.
let typed = new WeakSet();
document.addEventListener("input", (event) => typed.add(event.target));
document.addEventListener("change", (event) => typed.add(event.target));
Idiomorph.defaults.callbacks.beforeNodeMorphed = (node) => !typed.has(node);
Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.tagName === "DETAILS");

// A refusal by the console itself (a page that is too old, say) takes the place of the whole page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig.verb === "post") typed = new WeakSet();
  if (event.detail.xhr.status < 400) return;
  event.detail.target = document.getElementById("main");
  event.detail.selectOverride = "#main > *";
  event.detail.swapOverride = "innerHTML";
});

// After a form of the stage was answered, go on where the answer is, unless the answer says where.
let pane = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb === "post") pane = event.detail.elt.closest("[data-pane]")?.dataset.pane || "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.verb !== "post" || !pane) return;
  const part = document.querySelector(`[data-pane="${pane}"]`);
  const goal = part?.querySelector("[data-next]") || part?.querySelector("h2");
  goal?.focus({ preventScroll: true });
  goal?.scrollIntoView({ block: "nearest" });
});
