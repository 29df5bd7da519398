"use strict";
// The page is whole without this script: it draws the sequence diagrams, opens what a link leads to, and filters.

const packed = document.getElementById("drawings").textContent;
let drawings;

function unpacked() {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

async function draw(evidence) {
  const figure = evidence.querySelector("figure");
  if (!figure || figure.firstChild) return;
  drawings ??= unpacked();
  const drawing = (await drawings)[evidence.dataset.number];
  if (!figure.firstChild) figure.innerHTML = drawing;
}

async function openWhatIsLinked() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden) {
    form.reset();
    filter(form);
  }
  for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) {
    around.open = true;
    if (around.matches(".evidence")) await draw(around);
  }
  target.scrollIntoView();
}

function filter(form) {
  const { words, basis, result } = form.elements;
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of document.querySelectorAll(".matrix tr[id]")) {
    const text = (row.parentElement.querySelector(".step").textContent + row.textContent).toLowerCase();
    const fits = wanted.every((word) => text.includes(word))
      && (!basis.value || row.dataset.basis === basis.value)
      && (!result.value || row.classList.contains(result.value));
    row.hidden = !fits;
    shown += fits;
  }
  for (const step of document.querySelectorAll(".matrix tbody")) step.hidden = !step.querySelector("tr[id]:not([hidden])");
  form.querySelector("output").textContent = shown ? `${shown} shown` : "none fits";
}

const form = document.querySelector(".filter");
for (const evidence of document.querySelectorAll(".evidence")) {
  evidence.addEventListener("toggle", () => evidence.open && draw(evidence));
  if (evidence.open) draw(evidence);
}
form.hidden = false;
form.addEventListener("input", () => filter(form));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", openWhatIsLinked);
openWhatIsLinked();
