/* The drawer: people to choose from, stories, switches for faults, and the list of exchanges. */
"use strict";

const TITLES = { people: "选人", stories: "演故事", faults: "故障开关", wire: "通信记录" };
const WIRE_KEPT = 100;
const SENDS = ["message/custom/send", "message/template/send", "message/subscribe/bizsend"];

class Drawer {
  /* `onOpen`: by name of a part, what is done before it is shown. */
  constructor(refresh, onOpen) {
    this.refresh = refresh;
    this.onOpen = onOpen;
    this.shown = "";
    this.names = new Map();
    this.root = document.getElementById("drawer");
    this.form = document.getElementById("faults");
    this.list = document.getElementById("wire-list");
    for (const button of document.querySelectorAll("[data-drawer]")) {
      button.addEventListener("click", () => this.open(this.shown === button.dataset.drawer ? "" : button.dataset.drawer));
    }
    document.getElementById("drawer-close").addEventListener("click", () => this.close());
    this.root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    this.form.addEventListener("change", () => this.send());
    document.getElementById("calm").addEventListener("click", () => this.call("DELETE", "/faults"));
    document.getElementById("expire").addEventListener("click", () => this.call("POST", "/faults", { token_expired: "once" }));
    for (const button of document.querySelectorAll("[data-skip]")) {
      button.addEventListener("click", () => this.call("POST", "/clock", { advance_seconds: Number(button.dataset.skip) }));
    }
  }

  open(name) {
    this.shown = name;
    if (this.onOpen[name]) this.onOpen[name]();
    this.root.hidden = !name;
    this.root.classList.toggle("slim", name === "people" || name === "stories");
    document.getElementById("drawer-title").textContent = TITLES[name] || "";
    for (const part of Object.keys(TITLES)) document.getElementById(part).hidden = part !== name;
    for (const button of document.querySelectorAll("[data-drawer]")) {
      button.setAttribute("aria-expanded", String(button.dataset.drawer === name));
    }
    if (name) document.getElementById("drawer-title").focus();
  }

  /* Whoever opened it by keyboard goes on where it was opened. */
  close() {
    const opener = document.querySelector(`[data-drawer="${this.shown}"]`);
    this.open("");
    if (opener) opener.focus();
  }

  async call(method, path, body) {
    await ask(method, path, body);
    await this.refresh();
  }

  send() {
    const { elements } = this.form;
    const code = elements.code.value;
    const rate = code ? { code: Number(code), share: Number(elements.share.value) } : null;
    return this.call("POST", "/faults", {
      latency_ms: Number(elements.latency_ms.value),
      error_rate: rate ? Object.fromEntries(SENDS.map((api) => [api, rate])) : {},
      http_500: Number(elements.http_500.value),
      receipts: elements.receipts.value,
      close_window: elements.close_window.checked ? ["*"] : [],
      drop_after_accept: elements.drop.checked ? 1 : 0,
      token_expired: elements.token_expired.checked,
    });
  }

  /* What is on, whoever switched it on. */
  showFaults(faults) {
    const { elements } = this.form;
    const rate = faults.error_rate[SENDS[0]];
    elements.latency_ms.value = String(faults.latency_ms);
    elements.code.value = rate ? String(rate.code) : "";
    if (rate) elements.share.value = String(rate.share);
    elements.http_500.value = String(faults.http_500);
    elements.receipts.value = faults.receipts;
    elements.close_window.checked = faults.close_window.includes("*");
    elements.drop.checked = faults.drop_after_accept > 0;
    elements.token_expired.checked = faults.token_expired;
    const on = Object.values(faults).filter((value) => (typeof value === "object" ? Object.keys(value).length : value)).length;
    const count = document.getElementById("fault-count");
    count.hidden = on === 0;
    count.textContent = String(on);
  }

  addExchange(exchange) {
    this.list.prepend(element("li", "", drawExchange(exchange, this.names)));
    while (this.list.children.length > WIRE_KEPT) this.list.lastElementChild.remove();
  }

  clear() { this.list.replaceChildren(); }
}
