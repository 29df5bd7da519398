// Keeps a page up to date by Server-Sent Events: rows of exchanges are put in, and parts that listen reload.
"use strict";

const place = document.body.dataset.live;
let source = null;

function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { detail }));
}

function put(row) {
  for (const rows of document.querySelectorAll("[data-live-rows]")) {
    const one = document.createElement("template");
    one.innerHTML = row.html;
    const made = one.content.firstElementChild;
    if (rows.querySelector(`#${made.id}`)) continue;
    made.classList.add("fresh");
    const time = made.querySelector("time").dataset.recorded;
    const next = [...rows.rows].find((each) => each.querySelector("time").dataset.recorded < time);
    rows.insertBefore(made, next || null);
    while (rows.rows.length > Number(rows.dataset.liveRows)) rows.deleteRow(-1);
    document.querySelectorAll(".empty-exchanges").forEach((each) => { each.hidden = true; });
  }
}

function newestRow() {
  const times = [...document.querySelectorAll("[data-live-rows] time")].map((time) => time.dataset.recorded);
  return times.reduce((newest, each) => (each > newest ? each : newest), "");
}

function open() {
  const since = newestRow();
  source = new EventSource(since ? `${place}?since=${encodeURIComponent(since)}` : place);
  source.addEventListener("begun", () => {
    document.body.dataset.watching = "yes";
    tell("live-message");
    tell("live-status");
    tell("live-exchange");
  });
  source.addEventListener("exchange", (event) => {
    const row = JSON.parse(event.data);
    put(row);
    tell("live-exchange", row);
  });
  source.addEventListener("message", (event) => tell("live-message", JSON.parse(event.data)));
  source.addEventListener("status", (event) => tell("live-status", JSON.parse(event.data)));
  source.addEventListener("error", () => { delete document.body.dataset.watching; });
}

function close() {
  source?.close();
  source = null;
}

// A browser has few connections to one server: a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => (document.hidden ? close() : source || open()));
window.addEventListener("pagehide", close);
if (place && !document.hidden) open();
