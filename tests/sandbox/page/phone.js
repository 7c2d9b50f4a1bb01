/* One phone: whose it is, what it shows, and what its owner does. */
"use strict";

const PLACES = [
  ["金色春天小区", 32.3021, 118.3115], ["龙山小区", 32.2987, 118.3242], ["兰天社区居委会", 32.2935, 118.3068],
  ["花都路与兰天路路口", 32.2969, 118.3181], ["十三里店社区服务站", 32.3112, 118.2976],
];
const TIME_GAP = 300;
const LATER_CHIPS = 2; // once somebody has spoken, the chat needs the room
const NEAR_END = 40; // pixels from the end of the chat that count as the end

class Phone {
  constructor(openid, marks, onPerson, refresh) {
    this.openid = openid;
    this.marks = marks;
    this.refresh = refresh;
    this.user = null;
    this.templates = [];
    this.lastAt = 0;
    this.drawn = "";
    this.said = new Set();
    this.last = 0; // number of the newest item that is shown
    this.loaded = false;
    this.atEnd = true;
    this.root = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    this.chat = this.find(".chat");
    this.chat.addEventListener("load", () => this.keepAtEnd(), true); // a picture has got its height
    this.chat.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => this.keepAtEnd()).observe(this.chat);
    this.find(".below").addEventListener("click", () => {
      this.showNewest();
      this.note();
      this.chat.focus();
    });
    this.text = this.find("textarea");
    this.find(".person").addEventListener("change", (event) => onPerson(this, event.target.value));
    this.find(".say").addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    });
    this.find(".more").addEventListener("click", () => this.toggleExtras());
    for (const button of this.root.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    document.addEventListener("click", (event) => {
      if (!this.find(".menu").contains(event.target)) this.closeMenu();
    });
  }

  find(selector) { return this.root.querySelector(selector); }

  isLow() { return this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR_END; }

  isInSight() { return this.root.offsetParent !== null; }

  shape() { return `${this.chat.scrollHeight} ${this.chat.clientHeight}`; }

  showNewest() {
    this.chat.scrollTop = this.chat.scrollHeight;
    this.atEnd = true;
    this.drawnShape = this.shape();
  }

  /* By somebody's hand; or by the browser since the chat has another shape now: then the end stays in sight. */
  scrolled() {
    if (this.atEnd && this.shape() !== this.drawnShape) this.showNewest();
    else this.atEnd = this.isLow();
    this.drawnShape = this.shape();
    this.note();
  }

  keepAtEnd() { if (this.atEnd) this.showNewest(); }

  addAll(items) {
    for (const item of items) if (item.seq > this.last) this.add(item);
    this.keepAtEnd();
  }

  add(item) {
    if (item.at - this.lastAt > TIME_GAP) this.chat.append(element("p", "time", clock(item.at)));
    this.lastAt = item.at;
    this.last = item.seq;
    this.chat.append(drawItem(item, this));
    if (item.kind !== "own") return;
    this.said.add(item.text);
    this.atEnd = true;
  }

  /* Whoever sees the end of the chat has read all of it; else the phone tells how many messages wait below. */
  note() {
    if (!this.user) return;
    if (this.atEnd && this.isInSight()) this.marks.mark(this.user);
    const unread = this.marks.unread(this.user);
    const below = this.find(".below");
    below.hidden = this.atEnd || !unread;
    const words = `↓ ${unread} 条新消息`;
    if (below.textContent !== words) below.textContent = words;
  }

  /* Everything around the chat: drawn again only when something changed. */
  show(users, menu, templates) {
    this.templates = templates;
    this.user = users.find((user) => user.openid === this.openid) || null;
    const state = JSON.stringify([{ ...this.user, received: 0 }, menu, users.map((user) => user.openid), [...this.said]]);
    if (!this.user || state === this.drawn) return;
    this.drawn = state;
    this.drawPeople(users);
    this.drawBadges();
    this.drawChips();
    this.drawMenu(menu);
    this.keepAtEnd();
  }

  drawPeople(users) {
    const select = this.find(".person");
    select.replaceChildren(...users.map((user) => new Option(fullName(user), user.openid)));
    select.value = this.openid;
    this.root.setAttribute("aria-label", `${this.user.name}的手机`);
    this.find("[data-do=follow]").textContent = this.user.subscribed ? "取消关注" : "关注";
    this.find("[data-do=block]").textContent = this.user.blocked ? "恢复接收" : "拒收消息";
    this.find("[data-do=shut]").textContent = this.user.shut ? "恢复窗口" : "关会话窗口";
    this.find("[data-do=consent]").hidden = this.templates.length === 0;
  }

  drawBadges() {
    const { message, click } = this.user.windows;
    const badges = this.user.number ? [[this.user.number, false]] : [];
    if (!this.user.subscribed) badges.push(["未关注", true]);
    if (this.user.consents.length) badges.push(["已订阅", false]);
    if (this.user.blocked) badges.push(["拒收消息", true]);
    if (this.user.shut) badges.push(["窗口已关", true]);
    else badges.push([message + click > 0 ? `公众号还可主动发 ${message + click} 条` : "公众号不能主动发", false]);
    this.find(".badges").replaceChildren(...badges.map(([words, bad]) => element("span", bad ? "badge bad" : "badge", words)));
  }

  drawChips() {
    const chips = this.find(".chips");
    let left = this.user.suggestions.filter((words) => !this.said.has(words));
    if (this.said.size) left = left.sort((one, other) => one.length - other.length).slice(0, LATER_CHIPS);
    chips.replaceChildren(...left.map((words) => drawButton(words, "chip", () => this.say(words))));
    const first = this.find(".first-step");
    first.hidden = this.said.size > 0 || this.chat.childElementCount > 0;
    const bind = this.user.suggestions.some((words) => words.startsWith("绑定 "));
    first.textContent = `这是${this.user.name}的手机。${bind ? "先点“绑定 …”登录：" : "点一句话试试，或自己写："}`;
  }

  drawMenu(buttons) {
    const menu = this.find(".menu");
    menu.replaceChildren();
    if (!buttons.length) {
      menu.append(element("p", "hint", "还没有菜单，服务设好后就会出现"));
      return;
    }
    for (const button of buttons) menu.append(this.drawMenuButton(button));
  }

  drawMenuButton(button) {
    const subs = button.sub_button || [];
    if (!subs.length) return element("div", "menu-cell", drawButton(button.name, "", () => this.pressMenu(button)));
    const list = element("div", "popup", ...subs.map((sub) => drawButton(sub.name, "", () => this.pressMenu(sub))));
    list.hidden = true;
    const top = drawButton(button.name, "has-sub", () => {
      const open = list.hidden;
      this.closeMenu();
      this.toggleExtras(false);
      list.hidden = !open;
      top.setAttribute("aria-expanded", String(open));
    });
    top.setAttribute("aria-expanded", "false");
    return element("div", "menu-cell", list, top);
  }

  closeMenu() {
    for (const list of this.root.querySelectorAll(".popup")) list.hidden = true;
    for (const top of this.root.querySelectorAll(".has-sub")) top.setAttribute("aria-expanded", "false");
  }

  pressMenu(button) {
    this.closeMenu();
    if (button.type === "view") {
      window.open(button.url, "_blank", "noopener");
      return this.act("view", { url: button.url });
    }
    return this.act("click", { key: button.key || "", name: button.name });
  }

  toggleExtras(open = this.find(".extras").hidden) {
    this.find(".extras").hidden = !open;
    this.find(".more").setAttribute("aria-expanded", String(open));
    this.keepAtEnd();
  }

  submit(event) {
    event.preventDefault();
    const words = this.text.value.trim();
    if (!words) return;
    this.text.value = "";
    this.say(words);
  }

  /* The answer shows up with the next refresh; a refresh now shows the own words at once. */
  async act(what, body) {
    this.root.classList.add("waiting");
    const asked = ask("POST", `/users/${encodeURIComponent(this.openid)}/${what}`, body);
    setTimeout(this.refresh, 60);
    try {
      await asked;
    } catch (error) {
      this.chat.append(element("p", "notice fault", `没有发出：${error.message}`));
    }
    this.root.classList.remove("waiting");
    await this.refresh();
  }

  say(words) { return this.act("say", { text: words }); }

  clickLine(id, content) { return this.act("menu_click", { id, content }); }

  async image() {
    const form = await askFor("ask-image");
    if (!form) return;
    const file = form.elements.file.files[0];
    const content = file ? await readFile(file) : "";
    form.reset();
    await this.act("say", { image: content });
  }

  async voice() {
    const form = await askFor("ask-voice");
    if (!form) return;
    const words = form.elements.silent.checked ? "" : form.elements.words.value.trim();
    form.reset();
    await this.act("say", { voice: { recognition: words } });
  }

  async location() {
    const { elements } = document.querySelector("#ask-location form");
    elements.place.replaceChildren(...PLACES.map(([name], index) => new Option(name, index)));
    const fill = () => [elements.label.value, elements.lat.value, elements.lng.value] = PLACES[elements.place.value];
    elements.place.onchange = fill;
    fill();
    if (!await askFor("ask-location")) return;
    const spot = { lat: Number(elements.lat.value), lng: Number(elements.lng.value), label: elements.label.value };
    await this.act("say", { location: spot });
  }

  async scan() {
    const form = await askFor("ask-scan");
    const scene = form && form.elements.scene.value.trim();
    if (scene) await this.act("scan", { scene });
  }

  follow() { return this.act(this.user.subscribed ? "unfollow" : "follow", {}); }

  block() { return this.act("block", { on: !this.user.blocked }); }

  async shut() {
    const { close_window: closed } = await ask("GET", "/faults");
    const others = closed.filter((openid) => openid !== this.openid && openid !== "*");
    await ask("POST", "/faults", { close_window: this.user.shut ? others : [...others, this.openid] });
    await this.refresh();
  }

  consent() {
    const list = document.querySelector("#ask-consent .list");
    document.getElementById("ask-consent-title").textContent = `${this.user.name}的订阅`;
    list.replaceChildren(...this.templates.map((template) => {
      const box = element("input");
      box.type = "checkbox";
      box.checked = this.user.consents.includes(template.id);
      box.addEventListener("change", () => this.act("consent", { template_id: template.id, accept: box.checked }));
      return element("label", "check", box, ` ${template.title}：同意长期接收`);
    }));
    return askFor("ask-consent");
  }
}
