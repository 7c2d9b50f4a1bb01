/* One exchange between platform and service, in words; everything of it, unchanged, when opened. */
"use strict";

const APIS = {
  "token": "取接口令牌", "stable_token": "取接口令牌", "message/custom/send": "发客服消息", "message/custom/typing": "显示“正在输入”",
  "message/template/send": "发模板消息", "message/subscribe/bizsend": "发订阅通知", "message/mass/sendall": "群发",
  "message/mass/send": "群发", "message/mass/get": "查群发结果", "menu/create": "设菜单", "menu/get": "查菜单",
  "menu/delete": "删菜单", "menu/addconditional": "设个性菜单", "media/get": "取图片、语音等", "media/upload": "传图片等",
  "user/info": "查一位关注者", "user/get": "查关注者名单", "tags/create": "建标签", "tags/get": "查标签",
  "tags/members/batchtagging": "给人贴标签", "tags/members/batchuntagging": "取下标签", "qrcode/create": "做二维码",
  "clear_quota": "清零次数", "openapi/quota/get": "查剩余次数", "openapi/rid/get": "查出错原因", "getcallbackip": "查平台地址",
  "/sns/oauth2/access_token": "网页登录",
};
const EVENTS = {
  text: "文字", image: "图片", voice: "语音", video: "视频", location: "位置", link: "链接", subscribe: "关注", unsubscribe: "取消关注",
  SCAN: "扫码", CLICK: "点菜单", VIEW: "打开网页", TEMPLATESENDJOBFINISH: "模板消息回执", MASSSENDJOBFINISH: "群发回执",
  subscribe_msg_popup_event: "同意订阅", subscribe_msg_change_event: "退订", subscribe_msg_sent_event: "订阅通知回执",
};
const RESULTS = { answered: "已回复", silent: "收到，不回话", illegal: "回复不合格", timeout: "超时", unreachable: "连不上" };
const WORDS = { success: "成功", "answer lost": "答复丢失", "failed:user block": "对方拒收", "failed: system failed": "发送失败" };
const BAD = /illegal|timeout|unreachable/;

/* A field of what was pushed, in XML or JSON. */
function fieldOf(body, name) {
  const xml = body.match(new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`));
  const json = xml || body.match(new RegExp(`"${name}": "?([^"\\n]*?)"?,?\\n`));
  return json ? json[1] : "";
}

function pushName(body) {
  const kind = fieldOf(body, "Event") || fieldOf(body, "MsgType");
  const words = ["Content", "EventKey", "Recognition", "Label", "Status"].map((name) => fieldOf(body, name)).find(Boolean) || "";
  return `${EVENTS[kind] || kind} ${WORDS[words] || words}`.slice(0, 40);
}

function pushAnswer(exchange) {
  const result = Object.keys(RESULTS).find((name) => exchange.note.includes(name));
  const number = (exchange.note.match(/delivery (\d)/) || [])[1];
  return [(number ? `第 ${number} 次 · ` : "") + (RESULTS[result] || exchange.note), BAD.test(exchange.note)];
}

function apiName(path) {
  const api = path.split("?")[0].replace("/cgi-bin/", "");
  return APIS[api] || api;
}

function apiAnswer(exchange) {
  if (exchange.status !== "200") return [`服务器错误 ${exchange.status}`, true];
  const code = (exchange.answer.match(/"errcode": (-?\d+)/) || ["", "0"])[1];
  return code === "0" ? [WORDS[exchange.note] || exchange.note || "成功", Boolean(exchange.note)] : [`错误 ${code}`, true];
}

function drawExchange(exchange, names) {
  const sent = exchange.direction === "push";
  const [answer, bad] = sent ? pushAnswer(exchange) : apiAnswer(exchange);
  const openid = sent ? fieldOf(exchange.body, "FromUserName") : fieldOf(exchange.body, "touser");
  const who = names.get(openid) ? `${names.get(openid)} · ` : "";
  const summary = element(
    "summary", "", element("span", "wire-time", clock(exchange.at)),
    element("span", sent ? "way push" : "way", sent ? "平台 → 服务" : "服务 → 平台"),
    element("span", bad ? "wire-answer bad" : "wire-answer", `${answer} · ${Math.round(exchange.ms)} 毫秒`),
    element("span", "wire-what", who + (sent ? pushName(exchange.body) : apiName(exchange.path))),
  );
  return element(
    "details", "", summary, element("p", "", `${exchange.method} ${exchange.path} · ${exchange.status} ${exchange.note}`),
    element("h3", "", sent ? "平台发来" : "服务发出"), element("pre", "", exchange.body || "（无正文）"),
    element("h3", "", sent ? "服务答复" : "平台答复"), element("pre", "", exchange.answer || "（空）"),
  );
}
