/* The preview of a broadcast renews itself while somebody types, its progress while it is sent. Both pages work without this. */
"use strict";

const TYPING = 400; // ms without a key before the preview is asked for
const LOOKS = 3000; // ms between looks at the progress

const compose = document.querySelector("form[data-preview]");
let typing = null;
let shown = 0;

async function renewPreview() {
  const mine = ++shown;
  try {
    const answer = await fetch(compose.dataset.preview, { method: "POST", headers: { "X-Part": "1" }, body: new FormData(compose) });
    if (!answer.ok || mine !== shown) return;
    const section = document.getElementById("preview");
    const open = section.querySelector("details.missed")?.open;
    section.innerHTML = await answer.text();
    if (open) section.querySelector("details.missed")?.setAttribute("open", "");
  } catch { /* without a connection the last preview stays, and so does the text */ }
}

if (compose) {
  compose.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(renewPreview, TYPING); });
  let changed = false;
  compose.addEventListener("input", () => { changed = true; });
  compose.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  document.querySelector("#preview[tabindex]")?.scrollIntoView({ block: "nearest" });
}

const moving = document.querySelector("[data-progress]");
const looking = moving && moving.querySelector("[data-moving]") ? setInterval(renewProgress, LOOKS) : null;
async function renewProgress() {
  if (document.hidden) return;
  const said = await part(moving.dataset.progress).catch(() => null);
  if (said === null) return;
  moving.innerHTML = said;
  if (!moving.querySelector("[data-moving]")) clearInterval(looking);
}

/* The seconds in which a start can be undone; then the button goes. */
const held = document.querySelector(".message p[data-until]");
if (held) {
  const left = () => Math.ceil((new Date(held.dataset.until) - Date.now()) / 1000);
  const tick = setInterval(() => {
    held.querySelector(".left").textContent = left() > 0 ? `${left()}` : "";
    if (left() <= 0) { clearInterval(tick); held.closest(".message").hidden = true; }
  }, 250);
}

/* The code to sign in with: the next one comes when this one changes. */
const code = document.querySelector("[data-code]");
async function renewCode() {
  const said = await part(code.dataset.code).catch(() => null);
  if (said !== null) code.innerHTML = said;
  waitForCode(said === null ? 5 : Number(code.querySelector("[data-left]").dataset.left));
}
function waitForCode(seconds) { setTimeout(renewCode, seconds * 1000 + 500); }
if (code) waitForCode(Number(code.querySelector("[data-left]").dataset.left));
