/* The page: which phones there are, and a refresh each second; twice as often while a story is told. */
"use strict";

const PERIOD = 500;
const GUIDE = "sandbox-guide-read";
const NARROWEST = 248; // of a phone, in pixels
const GAP = 12;

const page = { phones: [], users: [], since: 0, wire: 0, epoch: "", chosen: 0, deaf: false, busy: false, again: false, ticks: 0, before: null, at: -1 };
const marks = new ReadMarks();
const stories = new Stories(() => refresh(), (play) => followStory(play));
const people = new PeopleList(marks, (openid, shown) => choose(openid, shown), () => showPeople(chooseUsual(page.users)));
const drawer = new Drawer(() => refresh(), {
  people: () => people.sort(page.users, shownPeople()),
  stories: () => stories.open(),
});

function shownPeople() { return page.phones.map((phone) => phone.openid); }

function announce(words) { document.getElementById("announce").textContent = words; }

/* Puts the phones of these people on the page, in this order; phones that stay keep what they show. */
function showPeople(openids) {
  const kept = new Map(page.phones.map((phone) => [phone.openid, phone]));
  const chosen = page.phones[page.chosen];
  page.phones = openids.map((openid) => kept.get(openid) || new Phone(openid, marks, changePerson, refresh));
  const place = document.getElementById("phones");
  for (const phone of kept.values()) if (!page.phones.includes(phone)) phone.root.remove();
  page.phones.forEach((phone, index) => {
    if (place.children[index] !== phone.root) place.insertBefore(phone.root, place.children[index] || null);
  });
  page.chosen = Math.max(0, page.phones.indexOf(chosen));
  toAddress(openids, page.users);
  people.show(page.users, openids);
  fit();
  drawSwitcher();
  return refresh();
}

function choose(openid, shown) {
  const others = shownPeople().filter((each) => each !== openid);
  const user = page.users.find((each) => each.openid === openid);
  const wanted = shown ? [...others, openid] : others;
  announce(`${shown ? "已摆出" : "已收起"}${user.name}的手机，现在 ${wanted.length} 部`);
  return showPeople(wanted);
}

/* The phone becomes somebody else's; where that one has a phone already, the two change places. */
function changePerson(phone, openid) {
  const other = { [phone.openid]: openid, [openid]: phone.openid };
  return showPeople(shownPeople().map((each) => other[each] || each));
}

function begin(news) {
  page.epoch = news.epoch;
  [page.since, page.wire, page.users] = [0, 0, news.users];
  marks.begin(news.epoch);
  drawer.clear();
  for (const phone of page.phones) phone.root.remove();
  page.phones = [];
  const named = fromAddress(news.users);
  showPeople(named.length ? named : chooseUsual(news.users));
}

function drawSwitcher() {
  const tabs = page.phones.map((phone, index) => {
    const tab = drawButton(phone.user ? phone.user.name : "…", "tab", () => turnTo(index));
    tab.setAttribute("aria-pressed", String(index === page.chosen));
    phone.root.classList.toggle("chosen", index === page.chosen);
    const unread = phone.user ? marks.unread(phone.user) : 0;
    if (unread) tab.append(element("b", "dot", String(unread), element("span", "hidden", "条新消息")));
    return tab;
  });
  const switcher = document.getElementById("switcher");
  const focused = [...switcher.children].indexOf(document.activeElement);
  switcher.replaceChildren(...tabs);
  if (tabs[focused]) tabs[focused].focus();
}

/* At a telephone's width this phone alone; else it comes into sight. */
function turnTo(index) {
  page.chosen = index;
  const phone = page.phones[index];
  drawSwitcher();
  phone.root.scrollIntoView({ inline: "nearest", block: "nearest" });
  phone.showNewest();
  phone.note();
  drawSwitcher();
}

/* As many whole phones side by side as there is room for; the others are reached by their names, or by scrolling. */
function fit() {
  const place = document.getElementById("phones");
  const style = getComputedStyle(place);
  const width = place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const room = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
  place.style.setProperty("--room", String(Math.min(room, Math.max(1, page.phones.length))));
  document.body.classList.toggle("crowded", page.phones.length > room);
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
  const words = news.paused
    ? "服务多次没有答复，平台已暂停推送一分钟"
    : page.deaf ? "消息送不到服务，请看“通信记录”" : `已连接 · ${modes[news.mode]}模式`;
  if (state.textContent !== words) state.textContent = words;
}

/* Puts the phones of a story on the page, keeps the one who speaks in sight, and brings the former phones back. */
function followStory(play) {
  document.body.classList.toggle("with-story", play !== null);
  for (const phone of page.phones) phone.root.classList.remove("speaking");
  if (!play) {
    if (page.before) showPeople(page.before);
    page.before = null;
    return;
  }
  if (page.run !== play.run) {
    page.run = play.run;
    page.at = -1;
    const mine = shownPeople().filter((openid) => !openid.startsWith(OF_A_STORY));
    page.before = page.before || (mine.length ? mine : chooseUsual(page.users));
    if (!shownPeople().some((openid) => play.speakers.includes(openid))) page.wanted = play.speakers.slice(0, MOST);
    if (isNarrow()) drawer.open("");
  }
  const line = play.lines[play.at];
  const index = line ? shownPeople().indexOf(play.people[line.who]) : -1;
  if (index < 0 || !["playing", "paused"].includes(play.state)) return;
  page.phones[index].root.classList.add("speaking");
  if (page.at !== play.at) turnTo(index);
  page.at = play.at;
}

function isNarrow() { return window.matchMedia("(max-width: 760px)").matches; }

async function refresh() {
  if (page.busy) {
    page.again = true;
    return;
  }
  page.busy = true;
  try {
    await load();
  } catch (error) {
    const state = document.getElementById("state");
    state.classList.add("bad");
    state.textContent = "沙箱没有运行，正在重试…";
    if (!(error instanceof TypeError) || !/fetch/i.test(error.message)) console.error(error);
  }
  page.busy = false;
  if (page.again) {
    page.again = false;
    await refresh();
  }
}

function updatesFor(phones, since) {
  const asked = phones.map((phone) => phone.openid).join(",");
  return ask("GET", `/updates?since=${since}&wire=${page.wire}&openids=${encodeURIComponent(asked)}`);
}

/* A phone that was put on the page shows what was said on it before. */
async function loadHistories() {
  const fresh = page.phones.filter((phone) => !phone.loaded);
  if (!fresh.length || !page.epoch) return;
  const news = await updatesFor(fresh, 0);
  for (const phone of fresh) {
    phone.addAll(news.items[phone.openid] || []);
    phone.loaded = true;
    phone.showNewest();
  }
}

async function load() {
  await loadHistories();
  const phones = page.phones;
  const [news, { play }] = await Promise.all([updatesFor(phones, page.since), ask("GET", "/stories/play")]);
  if (news.epoch !== page.epoch) {
    begin(news);
    return;
  }
  if (phones !== page.phones) {
    page.again = true;
    return;
  }
  page.users = news.users;
  if (settleStoryPeople(play)) return;
  showNews(news);
  stories.show(play);
}

/* The people of a story come when all of them are there, and go when they are gone. Whether the phones changed. */
function settleStoryPeople(play) {
  if (page.wanted && page.wanted.every((openid) => page.users.some((user) => user.openid === openid))) {
    const wanted = page.wanted;
    page.wanted = null;
    showPeople(wanted);
    return true;
  }
  const known = new Set(page.users.map((user) => user.openid));
  const left = shownPeople().filter((openid) => known.has(openid) || !openid.startsWith(OF_A_STORY));
  if (left.length === page.phones.length) return false;
  if (!play) page.run = "";
  showPeople(left.length ? left : page.before || chooseUsual(page.users));
  return true;
}

function showNews(news) {
  const tabs = () => page.phones.map((phone) => `${phone.user && phone.user.name} ${phone.user && marks.unread(phone.user)}`).join();
  const before = tabs();
  for (const phone of page.phones) {
    const items = news.items[phone.openid] || [];
    phone.addAll(items);
    for (const item of items) page.since = Math.max(page.since, item.seq);
    phone.show(news.users, news.menus[phone.openid] || [], news.templates);
    phone.note();
  }
  if (before !== tabs()) drawSwitcher();
  people.show(news.users, shownPeople());
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
setInterval(() => {
  page.ticks += 1;
  if (page.ticks % 2 === 0 || stories.isTold()) refresh();
}, PERIOD);
