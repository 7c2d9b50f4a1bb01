/* Who has a phone on the page: chosen from a list of everybody, kept in the address; and what nobody has read yet. */
"use strict";

const USUAL = 5; // phones of a first visit
const MOST = 12;
const ADDRESS = "people";
const READ = "sandbox-read";
const OF_A_STORY = "oStory_";

/* Two residents, one of the staff, two members; others where the cast is another. */
function chooseUsual(users) {
  const left = users.filter((user) => !user.openid.startsWith(OF_A_STORY));
  const take = (fits) => {
    const index = left.findIndex(fits);
    return index < 0 ? [] : left.splice(index, 1);
  };
  const wanted = ["resident", "staff", "member", "resident", "member"];
  const found = wanted.flatMap((role) => take((user) => user.role === role));
  return [...found, ...left].slice(0, USUAL).map((user) => user.openid);
}

/* The people whom the address names, by name or openid; [] where it names nobody who is there. */
function fromAddress(users) {
  const named = (new URLSearchParams(location.search).get(ADDRESS) || "").split(",").filter(Boolean);
  const found = named.map((name) => users.find((user) => user.openid === name) || usersOf(users, name)[0]);
  return [...new Set(found.filter(Boolean).map((user) => user.openid))].slice(0, MOST);
}

/* Everybody of this name who is there for longer than one story. */
function usersOf(users, name) { return users.filter((user) => user.name === name && !user.openid.startsWith(OF_A_STORY)); }

/* A name where it is the only one, else the openid. */
function toAddress(openids, users) {
  const names = openids.map((openid) => {
    const user = users.find((each) => each.openid === openid);
    const namesakes = user ? usersOf(users, user.name) : [];
    return namesakes.length === 1 && namesakes[0] === user ? user.name : openid;
  });
  const query = new URLSearchParams(location.search);
  query.set(ADDRESS, names.join(","));
  history.replaceState(null, "", `?${query.toString().replaceAll("%2C", ",")}`);
}

function fullName(user) { return `${user.name}（${user.role_label}${user.note === "故事" ? "，故事里的" : ""}）`; }

/* How many messages of each person have been in sight; a reload of the page keeps it. */
class ReadMarks {
  constructor() {
    this.epoch = "";
    this.counts = {};
  }

  begin(epoch) {
    this.epoch = epoch;
    this.counts = {};
    try {
      const kept = JSON.parse(localStorage.getItem(READ) || "{}");
      if (kept.epoch === epoch) this.counts = kept.counts;
    } catch { /* what was kept cannot be read: nothing is read yet */ }
  }

  unread(user) { return Math.max(0, user.received - (this.counts[user.openid] || 0)); }

  mark(user) {
    if (this.counts[user.openid] === user.received) return;
    this.counts[user.openid] = user.received;
    localStorage.setItem(READ, JSON.stringify({ epoch: this.epoch, counts: this.counts }));
  }
}

/* The list in the drawer. `onChoose(openid, shown)` puts a phone on the page or takes it off. */
class PeopleList {
  constructor(marks, onChoose, onUsual) {
    this.marks = marks;
    this.rows = new Map();
    this.list = document.getElementById("people-list");
    this.filter = document.getElementById("people-filter");
    this.filter.addEventListener("input", () => this.narrow());
    this.list.addEventListener("change", (event) => onChoose(event.target.value, event.target.checked));
    this.list.addEventListener("keydown", (event) => this.move(event));
    document.getElementById("people-usual").addEventListener("click", onUsual);
  }

  /* Shown people first, then those with messages that wait; as it was opened, so it stays while somebody chooses. */
  sort(users, shown) {
    const rank = (user) => (shown.includes(user.openid) ? shown.indexOf(user.openid) : this.marks.unread(user) ? MOST : MOST + 1);
    const order = [...users].sort((one, other) => rank(one) - rank(other));
    this.list.append(...order.map((user) => this.rows.get(user.openid)).filter(Boolean));
    this.list.scrollTop = 0;
  }

  show(users, shown) {
    const known = new Set(users.map((user) => user.openid));
    for (const [openid, row] of this.rows) {
      if (known.has(openid)) continue;
      row.remove();
      this.rows.delete(openid);
    }
    for (const user of users) this.showRow(user, shown);
    const elsewhere = users.filter((user) => !shown.includes(user.openid));
    const waiting = elsewhere.reduce((sum, user) => sum + this.marks.unread(user), 0);
    const count = document.getElementById("people-count");
    count.hidden = !waiting;
    count.replaceChildren(String(waiting), element("span", "hidden", "条未读，在没有显示的手机上"));
    document.getElementById("people-shown").textContent = `显示 ${shown.length} 部手机，最多 ${MOST} 部。打勾的人，手机摆在页面上。`;
    this.narrow();
  }

  showRow(user, shown) {
    const row = this.rows.get(user.openid) || this.addRow(user);
    const box = row.querySelector("input");
    box.checked = shown.includes(user.openid);
    box.disabled = box.checked ? shown.length === 1 : shown.length >= MOST;
    const unread = this.marks.unread(user);
    const words = unread ? `${unread} 条未读` : "";
    const count = row.querySelector(".count");
    if (count.textContent !== words) count.textContent = words;
  }

  addRow(user) {
    const box = element("input");
    box.type = "checkbox";
    box.value = user.openid;
    const role = element("span", "role", user.note === "故事" ? `${user.role_label} · 故事里的` : user.role_label);
    const row = element("li", "", element("label", "check", box, element("span", "name", user.name), role, element("b", "count")));
    row.dataset.words = `${user.name} ${user.role_label} ${user.note}`;
    this.rows.set(user.openid, row);
    this.list.append(row);
    return row;
  }

  narrow() {
    const words = this.filter.value.trim();
    for (const row of this.rows.values()) row.hidden = !row.dataset.words.includes(words);
    document.getElementById("people-none").hidden = [...this.rows.values()].some((row) => !row.hidden);
  }

  /* Arrows go from one person to the next; the space bar chooses. */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const boxes = [...this.list.querySelectorAll("li:not([hidden]) input:not(:disabled)")];
    const next = boxes[boxes.indexOf(event.target) + step];
    if (next) next.focus();
  }
}
