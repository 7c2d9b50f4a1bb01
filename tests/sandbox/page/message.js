/* Draws one thing on a phone. All words go in as text nodes: nothing that anybody wrote is ever read as HTML. */
"use strict";

const KIND_NAMES = {
  passive: "直接回复", kf: "客服消息", template: "模板消息", subscription: "订阅通知", mass: "群发消息",
  sms: "短信",
};

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function drawButton(label, className, act) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
}

/* Text with <a href> links: web addresses open, weixin://bizmsgmenu links say their words, others stay words. */
function drawText(text, phone) {
  const made = document.createDocumentFragment();
  const pattern = /<a\s+[^>]*?href=(["'])(.*?)\1[^>]*>([\s\S]*?)<\/a>/gi;
  let done = 0;
  for (const found of text.matchAll(pattern)) {
    made.append(text.slice(done, found.index), drawLink(found[2].replaceAll("&amp;", "&"), found[3], phone));
    done = found.index + found[0].length;
  }
  made.append(text.slice(done));
  return made;
}

function drawLink(address, label, phone) {
  if (address.startsWith("weixin://bizmsgmenu?")) {
    const query = new URLSearchParams(address.split("?")[1]);
    const content = query.get("msgmenucontent") || label;
    return drawButton(label, "phrase", () => phone.clickLine(query.get("msgmenuid") || "0", content));
  }
  if (!/^https?:\/\//.test(address)) return document.createTextNode(label);
  const link = element("a", "", label);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

function drawPicture(mediaId) {
  const picture = element("img", "picture");
  picture.src = `/sandbox/media/${encodeURIComponent(mediaId)}`;
  picture.alt = "图片";
  return picture;
}

function drawCard(item) {
  const rows = element("dl", "");
  for (const field of item.content.fields) {
    rows.append(element("dt", "", field.label), element("dd", "", field.value));
  }
  const card = element("article", "card", element("h3", "", item.content.title), rows);
  if (item.content.url) card.append(element("p", "foot", drawLink(item.content.url, "查看详情", null)));
  return card;
}

function drawNews(item) {
  const made = element("article", "card news");
  for (const article of item.content.articles || []) {
    const title = /^https?:/.test(article.url || "") ? drawLink(article.url, article.title, null) : article.title;
    made.append(element("h3", "", title), element("p", "", article.description || article.digest || ""));
  }
  return made;
}

function drawLines(item, phone) {
  const bubble = element("div", "bubble", item.text);
  for (const line of item.content.list) {
    bubble.append(drawButton(line.content, "line", () => phone.clickLine(line.id, line.content)));
  }
  bubble.append(item.content.tail || "");
  return bubble;
}

function drawVoice(item) {
  const bubble = element("div", "bubble voice", element("span", "waves"), "语音");
  if (item.text) bubble.append(element("span", "words", `“${item.text}”`));
  else if (item.kind === "own") bubble.append(element("span", "words", "（没有识别出文字）"));
  return bubble;
}

function drawPlace(item) {
  const where = `${item.content.lat.toFixed(4)}, ${item.content.lng.toFixed(4)}`;
  return element("article", "card place", element("h3", "", item.text || "位置"), element("p", "", where), element("div", "map"));
}

const DRAWERS = {
  card: drawCard,
  news: drawNews,
  mpnews: drawNews,
  msgmenu: drawLines,
  voice: drawVoice,
  location: drawPlace,
  image: (item) => drawPicture(item.content.media_id),
};

function drawItem(item, phone) {
  if (item.kind === "notice") return element("p", item.type === "fault" ? "notice fault" : "notice", item.text);
  const draw = DRAWERS[item.type];
  const inside = draw ? draw(item, phone) : element("div", "bubble", drawText(item.text || `［${item.type}］`, phone));
  const made = element("div", item.kind === "own" ? "item own" : "item", inside);
  made.dataset.kind = item.kind;
  if (item.kind !== "own") made.append(element("span", "kind", KIND_NAMES[item.kind] || ""));
  return made;
}
