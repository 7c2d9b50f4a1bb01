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

/* The next page of the board begins where this one ended: at the order after the one that was acted on. */
const PLACE = "board-place";
function keepPlace(codes) {
  const all = rows();
  const last = all.findLastIndex((row) => codes.includes(row.dataset.code));
  const next = all.slice(last + 1).find((row) => !codes.includes(row.dataset.code));
  if (last >= 0) sessionStorage.setItem(PLACE, JSON.stringify({ board: boardAddress(), next: next?.dataset.code, index: last - codes.length + 1 }));
}
function takePlace() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
  sessionStorage.removeItem(PLACE);
  const all = rows();
  if (!kept || kept.board !== boardAddress() || !all.length) return;
  mark(current() || all.find((row) => row.dataset.code === kept.next) || all[Math.max(0, Math.min(all.length - 1, kept.index))]);
}
const boardAddress = () => document.querySelector("table.orders[data-refresh]")?.dataset.refresh;

function nameChosen() {
  const names = document.getElementById("bulk-codes");
  if (names) names.textContent = [...document.querySelectorAll("#list input[name=code]:checked")].map((box) => box.value).join("、");
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
    if (own.matches("details")) { own.open = true; own.querySelector("textarea, button")?.focus(); } else own.click();
    return;
  }
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  if (!bulk.querySelector("input[name=code]:checked")) {
    const row = current();
    if (!row) return;
    row.querySelector("input[name=code]").checked = true;
    nameChosen();
  }
  const button = bulk.querySelector(`button[value="${name}"]`);
  const words = document.getElementById("bulk-words");
  if (["refer", "explain", "ask"].includes(name) && !words.value) { words.dataset.then = name; words.focus({ preventScroll: true }); return; }
  button.click();
}

const KEYS = {
  j: () => go(1), k: () => go(-1), d: dispatch, p: () => command("publish"), r: () => command("refer"), a: () => command("explain"),
  u: () => document.querySelector("form[data-until] button, .commands [data-do=undo]")?.click(),
  x: () => { const box = current()?.querySelector("input[name=code]"); if (box) { box.checked = !box.checked; nameChosen(); } },
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

/* The list and the numbers ask for themselves again. While orders are chosen, or more of them than the page shows, the list
   stays as it is and a line says how many are new. */
async function renew() {
  const list = document.getElementById("list");
  const table = list?.querySelector("[data-refresh]");
  if (!table || document.hidden || document.querySelector("dialog[open]")) return;
  const said = await part(table.dataset.refresh);
  if (said === null || said === list.dataset.last) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = said;
  document.getElementById("states").replaceChildren(...fresh.content.getElementById("states").childNodes);
  const newer = fresh.content.getElementById("list");
  if (list.querySelector("input[name=code]:checked") || "more" in table.dataset) { tellNews(table, newer); return; }
  const focused = list.contains(document.activeElement);
  list.dataset.last = said;
  list.replaceChildren(...newer.childNodes);
  const row = current();
  if (row) { row.classList.add("here"); if (focused) row.querySelector("a[data-open]").focus({ preventScroll: true }); }
}
function tellNews(table, newer) {
  const known = new Set(rows().map((row) => row.dataset.code));
  const unseen = [...newer.querySelectorAll("tr[data-code]")].filter((row) => !known.has(row.dataset.code)).length;
  const number = Math.max(unseen, Number(newer.querySelector("table").dataset.total) - Number(table.dataset.total));
  const news = document.getElementById("news");
  news.hidden = number <= 0;
  const link = news.querySelector("a");
  const text = link.dataset.say.replace("{number}", number);
  if (number > 0 && link.textContent !== text) link.textContent = text;
}
if (document.getElementById("list")) setInterval(renew, PERIOD);

function count() {
  for (const form of document.querySelectorAll("form[data-until]")) {
    const left = Math.ceil((new Date(form.dataset.until) - Date.now()) / 1000);
    form.querySelector(".left").textContent = left > 0 ? `${left}` : "";
  }
}
if (document.querySelector("form[data-until]")) { count(); setInterval(count, 500); }

/* A long work that is done in parts: each page asks for the next one. */
document.querySelector("form[data-goes-on]")?.submit();

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
document.getElementById("list")?.addEventListener("change", nameChosen);
document.addEventListener("submit", (event) => {
  if (!boardAddress() || event.target.method === "dialog") return;
  const chosen = [...document.querySelectorAll("#list input[name=code]:checked")].map((box) => box.value);
  if (event.target.closest("#pick")) keepPlace([here]);
  else if (event.target.id === "bulk") keepPlace(chosen);
  else if (event.target.matches("[data-until]") && here) sessionStorage.setItem(PLACE, JSON.stringify({ board: boardAddress(), next: here, index: 0 }));
});
takePlace();
nameChosen();
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; }));
}
