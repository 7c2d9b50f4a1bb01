/* Keys, a list that renews itself, and the seconds in which something can be undone. Every page works without this. */
"use strict";

const PERIOD = 10000; // ms between looks at the list
const field = (element) => element && (element.matches("input, select, textarea") || element.isContentEditable);
const rows = () => [...document.querySelectorAll("table.orders tr[data-code]")];
let here = null; // the number of the order that the keys act on

function go(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.dataset.code === here);
  mark(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))]);
}

function mark(row) {
  for (const each of rows()) each.classList.toggle("here", each === row);
  here = row ? row.dataset.code : null;
  if (row) {
    row.querySelector("a[data-open]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
}

const current = () => rows().find((row) => row.dataset.code === here) || null;

async function part(address) {
  const answer = await fetch(address, { headers: { "X-Part": "1" } });
  if (answer.status === 401) location.assign(document.body.dataset.login);
  return answer.ok ? answer.text() : null;
}

/* The order on this page, or the one that is marked on the board. */
async function dispatch() {
  const inPage = document.getElementById("dispatch");
  if (inPage) { inPage.scrollIntoView(); inPage.querySelector("button")?.focus(); return; }
  const row = current() || rows()[0];
  if (!row) return;
  mark(row);
  const said = await part(row.querySelector("a[data-matches]").dataset.matches);
  if (said === null) { location.assign(row.querySelector("a[data-open]").href); return; }
  const dialog = document.getElementById("pick");
  document.getElementById("picked").innerHTML = said;
  dialog.showModal();
  dialog.querySelector("[data-number] button:not(:disabled)")?.focus();
}

function choose(number) {
  const within = document.querySelector("dialog#pick[open]") || document.getElementById("dispatch");
  within?.querySelector(`[data-number="${number}"] button:not(:disabled)`)?.click();
}

/* The same key on the board acts on the chosen orders, or on the marked one; in an order's page it opens its form. */
function command(name) {
  const own = document.querySelector(`.commands [data-do="${name}"]`);
  if (own) {
    if (own.matches("details")) { own.open = true; own.querySelector("textarea")?.focus(); } else own.click();
    return;
  }
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  if (!bulk.querySelector("input[name=code]:checked")) {
    const row = current();
    if (!row) return;
    row.querySelector("input[name=code]").checked = true;
  }
  const button = bulk.querySelector(`button[value="${name}"]`);
  const words = document.getElementById("bulk-words");
  if (["refer", "explain", "ask"].includes(name) && !words.value) { words.dataset.then = name; words.focus(); return; }
  button.click();
}

const KEYS = {
  j: () => go(1), k: () => go(-1), d: dispatch, p: () => command("publish"), r: () => command("refer"), a: () => command("explain"),
  u: () => document.querySelector("form[data-until] button, .commands [data-do=undo]")?.click(),
  x: () => { const box = current()?.querySelector("input[name=code]"); if (box) box.checked = !box.checked; },
  "/": () => document.getElementById("q")?.focus(),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.getElementById("find").showModal();
    document.getElementById("find-words").focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (field(event.target)) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.target.id === "bulk-words") {
      event.preventDefault();
      const name = event.target.dataset.then;
      if (name) document.querySelector(`#bulk button[value="${name}"]`).click();
    }
    return;
  }
  if (/^[1-3]$/.test(event.key)) { choose(event.key); return; }
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.target === document.body && here) { current()?.querySelector("a[data-open]").click(); return; }
  const act = KEYS[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});

/* The list asks for itself again; what is marked and chosen stays so. */
async function renew() {
  const list = document.getElementById("list");
  const table = list?.querySelector("[data-refresh]");
  if (!table || document.hidden || document.querySelector("dialog[open]")) return;
  const said = await part(table.dataset.refresh);
  if (said === null || said === list.dataset.last) return;
  const chosen = new Set([...list.querySelectorAll("input[name=code]:checked")].map((box) => box.value));
  const focused = list.contains(document.activeElement);
  list.dataset.last = said;
  list.innerHTML = said;
  for (const box of list.querySelectorAll("input[name=code]")) box.checked = chosen.has(box.value);
  const row = current();
  if (row) { row.classList.add("here"); if (focused) row.querySelector("a[data-open]").focus({ preventScroll: true }); }
}
if (document.getElementById("list")) setInterval(renew, PERIOD);

function count() {
  for (const form of document.querySelectorAll("form[data-until]")) {
    const left = Math.ceil((new Date(form.dataset.until) - Date.now()) / 1000);
    form.querySelector(".left").textContent = left > 0 ? `${left}` : "";
  }
}
if (document.querySelector("form[data-until]")) { count(); setInterval(count, 500); }

/* Who else is at this order; replies that are used again, to be changed before they are sent. */
const presence = document.querySelector("[data-look]");
async function look() {
  if (document.hidden) return;
  const types = document.activeElement && document.activeElement.matches("textarea") ? 1 : 0;
  const said = await part(`${presence.dataset.look}?types=${types}`);
  if (said !== null && said.trim() !== presence.innerHTML.trim()) presence.innerHTML = said;
}
if (presence) { look(); setInterval(look, PERIOD); }
for (const button of document.querySelectorAll("[data-reply]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const words = button.form.querySelector("textarea");
    words.value = button.dataset.reply;
    words.focus();
  });
}

let asked = 0;
document.getElementById("find-words")?.addEventListener("input", async (event) => {
  const mine = ++asked;
  const said = await part(`${document.body.dataset.find}?q=${encodeURIComponent(event.target.value)}`);
  if (said !== null && mine === asked) document.getElementById("found").innerHTML = said;
});
document.getElementById("find-words")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); document.querySelector("#found a")?.click(); }
});
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }));
}
