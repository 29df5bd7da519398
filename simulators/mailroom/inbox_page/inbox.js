// The inbox: lists a world's messages by person, searches them, shows one, and keeps itself up to date.
"use strict";

const root = document.body.dataset.root;
const [, before, named] = /^(.*?)(?:\/w\/([^/]+))?$/.exec(root);
const world = named || "default";
const part = (id) => document.getElementById(id);
const RETRY = 3000;
let messages = [];
let person = "";
let opened = null;

function make(name, text = "", properties = {}) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(text);
  return element;
}

function choice(label, isCurrent, choose, ...lines) {
  const button = make("button", label, { type: "button", onclick: choose });
  button.append(...lines);
  if (isCurrent) button.setAttribute("aria-current", "true");
  const item = make("li");
  item.append(button);
  return item;
}

const whose = (message) => message.names.join(" and ") || message.to;
const timeOf = (message) => message.sent_at.slice(0, 19).replace("T", " ");

function found() {
  const wanted = part("search").value.trim().toLowerCase();
  const text = (each) => [whose(each), each.to, each.subject, each.body, each.sender, each.purpose, each.code].join("\n").toLowerCase();
  return messages.filter((each) => (!person || whose(each) === person) && text(each).includes(wanted));
}

function showPeople() {
  const counts = new Map();
  messages.forEach((each) => counts.set(whose(each), (counts.get(whose(each)) || 0) + 1));
  const people = [["", messages.length], ...[...counts].sort()];
  const pick = (name) => () => { person = name; show(); };
  part("people").replaceChildren(...people.map(([name, count]) => choice(`${name || "Everyone"} (${count})`, name === person, pick(name))));
}

function showMessages() {
  const shown = found();
  part("heading").textContent = person || "All messages";
  part("note").textContent = shown.length ? "" : "No messages. What is sent in this world comes here by itself.";
  part("messages").replaceChildren(...shown.map((each) => choice(
    "", each.id === opened, () => open(each),
    make("span", `${each.channel === "email" ? "Mail" : "SMS"} to ${each.to}`, { className: "quiet line" }),
    make("span", each.subject || each.body, { className: "subject line" }),
    make("span", timeOf(each), { className: "quiet line" }),
  )));
}

function show() {
  showPeople();
  showMessages();
}

function open(message) {
  opened = message.id;
  const facts = make("dl");
  const told = { From: message.sender, To: [...message.names, message.to].join(", "), Sent: timeOf(message), Purpose: message.purpose };
  for (const [name, value] of Object.entries(told)) facts.append(make("dt", name), make("dd", value));
  if (message.code) {
    const code = make("dd");
    code.append(make("code", message.code));
    facts.append(make("dt", "Code"), code);
  }
  const body = message.html
    ? make("iframe", "", { title: message.subject || "Mail", src: `${root}/inbox/mail/${message.id}` })
    : make("p", message.body, { className: "body" });
  if (message.html) body.setAttribute("sandbox", "");
  part("reader").replaceChildren(make("h2", message.subject || "Text message"), facts, body);
  showMessages();
}

async function ask(query) {
  const answer = await fetch(`${root}/inbox/messages${query}`);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail);
  return told.messages;
}

async function watch() {
  try {
    messages = await ask("");
    show();
    document.body.dataset.watching = "yes";
    for (;;) {
      const since = messages.length ? `&since=${messages[0].id}` : "";
      const newer = await ask(`?wait${since}`);
      if (newer.length) {
        messages = [...newer, ...messages];
        show();
      }
    }
  } catch (error) {
    delete document.body.dataset.watching;
    part("note").textContent = error.message;
    setTimeout(watch, RETRY);
  }
}

part("world").value = world;
part("search").addEventListener("input", showMessages);
part("choose-world").addEventListener("submit", (event) => {
  event.preventDefault();
  location.assign(`${before}/w/${part("world").value}/`);
});
watch();
