/* The page: which phones there are, and a refresh each second. */
"use strict";

const PERIOD = 1000;
const MOST = 5;
const KEPT = "sandbox-phones";
const GUIDE = "sandbox-guide-read";
const NARROWEST = 272 + 12; // of a phone with its gap

const page = { phones: [], since: 0, wire: 0, epoch: "", chosen: 0, deaf: false, busy: false, again: false };
const drawer = new Drawer(() => refresh());

/* Two residents, one of the staff, two members; others where the cast is another. */
function chooseFive(users) {
  const left = [...users];
  const take = (fits) => {
    const index = left.findIndex(fits);
    return index < 0 ? [] : left.splice(index, 1);
  };
  const wanted = ["resident", "staff", "member", "resident", "member"];
  const found = wanted.flatMap((role) => take((user) => user.role === role));
  return [...found, ...left].slice(0, MOST).map((user) => user.openid);
}

function remembered(users) {
  const known = new Set(users.map((user) => user.openid));
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
    return kept.length && kept.every((openid) => known.has(openid)) ? kept : chooseFive(users);
  } catch {
    return chooseFive(users);
  }
}

function begin(users) {
  page.phones = remembered(users).map((openid) => new Phone(openid, changePerson, refresh));
  document.getElementById("phones").replaceChildren(...page.phones.map((phone) => phone.root));
  page.chosen = Math.min(page.chosen, page.phones.length - 1);
  fit();
  startOver();
}

function startOver() {
  page.since = 0;
  for (const phone of page.phones) phone.clear();
}

function changePerson(phone, openid) {
  const other = page.phones.find((each) => each.openid === openid);
  if (other) other.openid = phone.openid;
  phone.openid = openid;
  localStorage.setItem(KEPT, JSON.stringify(page.phones.map((each) => each.openid)));
  startOver();
  refresh();
}

function drawSwitcher() {
  const tabs = page.phones.map((phone, index) => {
    const tab = drawButton(phone.user ? phone.user.name : "…", "tab", () => {
      page.chosen = index;
      drawSwitcher();
      phone.showNewest();
    });
    tab.setAttribute("aria-pressed", String(index === page.chosen));
    if (index === page.chosen) phone.unread = false;
    if (phone.unread) tab.append(element("b", "dot", "新"));
    phone.root.classList.toggle("chosen", index === page.chosen);
    return tab;
  });
  document.getElementById("switcher").replaceChildren(...tabs);
}

/* As many whole phones as there is room for; at a telephone's width the chosen one. */
function fit() {
  const wide = window.matchMedia("(min-width: 761px)").matches;
  const room = Math.max(1, Math.floor((document.getElementById("phones").clientWidth - 20) / NARROWEST));
  page.phones.forEach((phone, index) => { phone.root.hidden = wide && index >= room; });
}

function showGuide() {
  const guide = document.getElementById("guide");
  guide.hidden = localStorage.getItem(GUIDE) === "yes";
  document.getElementById("guide-close").addEventListener("click", () => {
    localStorage.setItem(GUIDE, "yes");
    guide.hidden = true;
  });
}

function showState(news) {
  const state = document.getElementById("state");
  state.classList.toggle("bad", news.paused || page.deaf);
  const modes = { plain: "明文", compatible: "兼容", safe: "安全" };
  state.textContent = news.paused
    ? "服务多次没有答复，平台已暂停推送一分钟"
    : page.deaf ? "消息送不到服务，请看“通信记录”" : `已连接 · ${modes[news.mode]}模式`;
}

async function refresh() {
  if (page.busy) {
    page.again = true;
    return;
  }
  page.busy = true;
  try {
    await load();
  } catch {
    const state = document.getElementById("state");
    state.classList.add("bad");
    state.textContent = "沙箱没有运行，正在重试…";
  }
  page.busy = false;
  if (page.again) {
    page.again = false;
    await refresh();
  }
}

async function load() {
  const asked = page.phones.map((phone) => phone.openid).join(",");
  const since = page.since;
  const news = await ask("GET", `/updates?since=${since}&wire=${page.wire}&openids=${encodeURIComponent(asked)}`);
  if (news.epoch !== page.epoch) {
    [page.epoch, page.wire] = [news.epoch, 0];
    drawer.clear();
    begin(news.users);
    page.again = true;
    return;
  }
  if (since !== page.since || asked !== page.phones.map((phone) => phone.openid).join(",")) return;
  const tabs = () => page.phones.map((phone) => `${phone.user && phone.user.name} ${phone.unread}`).join();
  const before = tabs();
  for (const phone of page.phones) {
    for (const item of news.items[phone.openid] || []) {
      phone.add(item);
      page.since = Math.max(page.since, item.seq);
    }
    phone.show(news.users, news.menus[phone.openid] || [], news.templates);
  }
  if (!since) for (const phone of page.phones) phone.unread = false;
  if (before !== tabs()) drawSwitcher();
  if (!since) for (const phone of page.phones) phone.showNewest();
  drawer.names = new Map(news.users.map((user) => [user.openid, user.name]));
  for (const exchange of news.wire) {
    drawer.addExchange(exchange);
    page.wire = exchange.seq;
    if (exchange.direction === "push") page.deaf = /timeout|unreachable/.test(exchange.note);
  }
  drawer.showFaults(news.faults);
  showState(news);
}

showGuide();
new ResizeObserver(fit).observe(document.getElementById("phones"));
refresh();
setInterval(refresh, PERIOD);
