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

// A form is sent once, though its button is pressed twice: what the second press would ask for, the first has done.
let sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
});
addEventListener("pageshow", () => { sent = new WeakSet(); });

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
const seenAt = new Map();
setInterval(() => {
  for (const clock of document.querySelectorAll("time[data-runs]")) {
    if (!seenAt.has(clock.dateTime)) seenAt.set(clock.dateTime, Date.now());
    const now = new Date(Date.parse(clock.dateTime) + Date.now() - seenAt.get(clock.dateTime));
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

// A part that reloads takes away nothing that is being typed or told, and closes nothing; a form that was sent is cleared.
// What a phone tells gives way to news only: a refusal stays when the phone has nothing to tell but what it told before.
let typed = new WeakSet();
document.addEventListener("input", (event) => typed.add(event.target));
document.addEventListener("change", (event) => typed.add(event.target));
let isNews = false;
let isOld = false;
Idiomorph.defaults.callbacks.beforeNodeRemoved = (node) => !(isNews && node.id === "phone-notice");
Idiomorph.defaults.callbacks.beforeNodeMorphed = (node, next) => {
  if (node.id === "phone") isOld = isNews && node.dataset.tells === next.dataset.tells;
  return !typed.has(node) && !(isOld && node.id === "phone-notice");
};
Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.tagName === "DETAILS");

// A refusal by the console itself (a page that is too old, say) takes the place of the whole page.
document.addEventListener("htmx:beforeSwap", (event) => {
  isNews = event.detail.requestConfig.verb !== "post";
  if (!isNews) typed = new WeakSet();
  if (event.detail.xhr.status < 400) return;
  event.detail.target = document.getElementById("main");
  event.detail.selectOverride = "#main > *";
  event.detail.swapOverride = "innerHTML";
});

// After a form of the stage was answered, go on where the answer is, unless the answer says where. A part that was asked
// for before the answer must not come after it, and take it away: what is news meanwhile is asked for once more then.
let pane = "";
let pressed = null;
let isLate = false;
const isUnderWay = () => pressed && pressed.readyState !== XMLHttpRequest.DONE;
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig, xhr } = event.detail;
  if (requestConfig.verb === "post") {
    pane = elt.closest("[data-pane]")?.dataset.pane || "";
    pressed = xhr;
    for (const part of document.querySelectorAll("#stage [hx-get]")) htmx.trigger(part, "htmx:abort");
  } else if (isUnderWay() && elt.closest("#stage")) {
    event.preventDefault();
    isLate = true;
  }
});
function catchUp() {
  if (!isLate || isUnderWay()) return;
  isLate = false;
  for (const news of ["live-message", "live-status"]) document.body.dispatchEvent(new CustomEvent(news));
}
document.addEventListener("htmx:afterRequest", catchUp);
document.addEventListener("htmx:afterSettle", catchUp);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.verb !== "post" || !pane) return;
  const part = document.querySelector(`[data-pane="${pane}"]`);
  const goal = part?.querySelector("[data-next]") || part?.querySelector("h2");
  goal?.focus({ preventScroll: true });
  goal?.scrollIntoView({ block: "nearest" });
  const heading = part?.querySelector("h2, summary");
  const height = goal && heading ? goal.getBoundingClientRect().bottom - heading.getBoundingClientRect().top : Infinity;
  if (height < innerHeight - 80) heading.scrollIntoView({ block: "nearest" });
});
