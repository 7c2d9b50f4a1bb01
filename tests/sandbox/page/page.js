// The phones on the page: each shows one person's chat and sends what that person does.
"use strict";

const PHONES = 4;
const POLL_MS = 1000;
let people = [];

async function call(method, path, body) {
  const options = { method, headers: { "Content-Type": "application/json" } };
  if (body !== undefined) options.body = JSON.stringify(body);
  return (await fetch(path, options)).json();
}

function make(tag, className, text) {
  const found = document.createElement(tag);
  if (className) found.className = className;
  if (text !== undefined) found.textContent = text;
  return found;
}

class Phone {
  constructor(index) {
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.who = this.root.querySelector(".who");
    this.screen = this.root.querySelector(".screen");
    this.shown = 0;
    this.index = index;
    this.who.addEventListener("change", () => this.become(this.who.value));
    this.root.querySelector("form").addEventListener("submit", (event) => this.typed(event));
    this.root.querySelector(".follow").addEventListener("click", () => this.act(this.person().follows ? "leave" : "follow"));
    for (const button of this.root.querySelectorAll("[data-what]")) button.addEventListener("click", () => this.other(button.dataset.what));
    this.root.querySelector("[type=file]").addEventListener("change", (event) => this.picture(event.target.files[0]));
    document.getElementById("phones").append(this.root);
  }

  person() { return people.find((one) => one.openid === this.openid) || people[0]; }

  become(openid) {
    this.openid = openid;
    this.shown = 0;
    this.screen.replaceChildren();
    this.hint();
    this.look();
  }

  hint() {
    const hints = this.root.querySelector(".hints");
    hints.replaceChildren();
    for (const words of (this.person().hint || "").split("|").filter(Boolean)) {
      const button = make("button", "", words);
      button.type = "button";
      button.addEventListener("click", () => this.act("say", { text: words }));
      hints.append(button);
    }
  }

  typed(event) {
    event.preventDefault();
    const input = event.target.elements.text;
    if (input.value.trim()) this.act("say", { text: input.value });
    input.value = "";
  }

  other(what) {
    if (what === "image") { this.root.querySelector("[type=file]").click(); return; }
    const asked = { voice: "语音里说了什么？（留空表示听不清）", location: "在哪里？", scan: "二维码的内容（绑定码）" }[what];
    const said = window.prompt(asked, "");
    if (said === null) return;
    this.act(what, what === "scan" ? { scene: said } : { text: said });
  }

  picture(file) {
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => this.act("image", { content: reader.result }));
    reader.readAsDataURL(file);
  }

  async act(what, body) {
    await call("POST", `/sandbox/people/${this.openid}/${what}`, body || {});
    await refresh();
    this.look();
  }

  async look() {
    const openid = this.openid;
    const { screen } = await call("GET", `/sandbox/people/${openid}/screen?since=${this.shown}`);
    if (openid !== this.openid) return;
    for (const entry of screen) if (entry.number === this.shown) { this.screen.append(this.entry(entry)); this.shown += 1; }
    if (screen.length) this.screen.scrollTop = this.screen.scrollHeight;
  }

  entry(entry) {
    const line = make("li", entry.kind);
    if (entry.kind === "notice") { line.textContent = entry.text; return line; }
    const bubble = make("div", "bubble", entry.text || "");
    if (entry.image) { const image = make("img"); image.src = entry.image; image.alt = "图片"; bubble.append(image); }
    if (entry.rows) {
      const list = make("dl");
      for (const [name, value] of entry.rows) list.append(make("dt", "", TITLES[name.replace(/\d+$/, "")] || "内容"), make("dd", "", value));
      bubble.append(make("strong", "", "服务通知"), list);
    }
    line.append(bubble);
    return line;
  }

  menu(buttons) {
    const menu = this.root.querySelector(".menu");
    if (menu.dataset.of === JSON.stringify(buttons)) return;
    menu.dataset.of = JSON.stringify(buttons);
    menu.replaceChildren();
    if (!buttons.length) menu.append(make("p", "", "菜单还没有发布"));
    for (const top of buttons) {
      const details = make("details");
      const inside = make("div");
      for (const leaf of top.sub_button || [top]) {
        const button = make("button", "", leaf.name);
        button.type = "button";
        button.addEventListener("click", () => { details.open = false; this.act("click", { key: leaf.key }); });
        inside.append(button);
      }
      details.append(make("summary", "", top.name), inside);
      menu.append(details);
    }
  }

  roll() {
    this.who.replaceChildren(...people.map((one) => {
      const option = make("option", "", `${one.name}${one.label ? "（" + one.label + "）" : ""}`);
      option.value = one.openid;
      return option;
    }));
    this.who.value = this.openid;
    this.root.querySelector(".follow").textContent = this.person().follows ? "取消关注" : "关注";
  }
}

const TITLES = { character_string: "单号", thing: "事项", phrase: "状态", time: "时间", name: "姓名" };
const phones = [];
let known = "";

async function refresh() {
  const found = await call("GET", "/sandbox/people");
  people = found.people;
  const now = JSON.stringify(people);
  if (now !== known) for (const phone of phones) if (phone.openid) phone.roll();
  known = now;
  for (const phone of phones) phone.menu(found.menu);
}

async function lines() {
  const { lines } = await call("GET", "/sandbox/wire");
  document.querySelector("#log ol").replaceChildren(...lines.map((line) => {
    const item = make("li", "", `${new Date(line.at * 1000).toLocaleTimeString()} ${line.direction === "api" ? "服务→平台" : "平台→服务"} ${line.what} ${line.ms} ms`);
    item.append(make("pre", "", JSON.stringify(line.asked)), make("pre", "", typeof line.answered === "string" ? line.answered : JSON.stringify(line.answered)));
    return item;
  }));
}

async function start() {
  people = (await call("GET", "/sandbox/people")).people;
  for (let index = 0; index < Math.min(PHONES, people.length); index += 1) {
    const phone = new Phone(index);
    phones.push(phone);
    phone.openid = people[index].openid;
    phone.roll();
    phone.become(people[index].openid);
  }
  await refresh();
  setInterval(async () => { await refresh(); for (const phone of phones) phone.look(); }, POLL_MS);
  const log = document.getElementById("log");
  document.getElementById("log-open").addEventListener("click", () => { log.hidden = false; lines(); });
  document.getElementById("log-close").addEventListener("click", () => { log.hidden = true; });
  document.getElementById("fault").addEventListener("change", (event) => call("PUT", "/sandbox/faults", JSON.parse(event.target.value || "{}")));
}

start();
