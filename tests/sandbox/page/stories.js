/* Stories: a menu of written conversations, a bar that steers the one that is told, and what came of each line. */
"use strict";

const BUSY = ["preparing", "playing", "paused"];
const STATES = {
  preparing: "正在准备一间空的办事处，要几秒到半分钟…", playing: "正在演", paused: "已暂停", done: "演完了", stopped: "已停止",
  failed: "没有演成：办事处没有开起来，请看运行 make run 的窗口",
};
const EXPECTED = {
  wants: { true: "有", false: "没有", null: "应有" }, bars: { true: "没有", false: "不该有，却有", null: "不应有" },
  told: { true: "收到", false: "没有收到", null: "应收到" }, untold: { true: "没有收到", false: "不该收到，却收到", null: "不应收到" },
  orders: { true: "一共", false: "单数不是", null: "一共应有" },
  order: { true: "是", false: "不是", null: "应是" },
};
const SIGNS = { true: "✓", false: "✗", null: "·" };

class Stories {
  /* `onPlay(play)`: a story begins, goes on, or (null) has left the page. */
  constructor(refresh, onPlay) {
    this.refresh = refresh;
    this.onPlay = onPlay;
    this.play = null;
    this.drawn = "";
    this.bar = document.getElementById("story-bar");
    this.menu = document.getElementById("story-list");
    this.filter = document.getElementById("story-filter");
    this.speed = document.getElementById("story-speed");
    this.filter.addEventListener("input", () => this.narrow());
    this.press("story-go", () => this.steer({ playing: this.play.state !== "playing" }));
    this.press("story-step", () => this.steer({ step: true }));
    this.press("story-stop", () => this.steer({ stop: true }));
    this.press("story-again", () => this.begin(this.play.story));
    this.press("story-close", () => this.call("DELETE"));
    this.speed.addEventListener("change", () => this.play && this.steer({ speed: Number(this.speed.value) }));
  }

  press(id, act) { document.getElementById(id).addEventListener("click", act); }

  isTold() { return this.play !== null && BUSY.includes(this.play.state); }

  async open() {
    const { stories, error } = await ask("GET", "/stories/").catch((problem) => ({ stories: [], error: problem.message }));
    const problem = document.getElementById("story-problem");
    problem.hidden = !error;
    problem.textContent = `故事读不出来：${error}`;
    this.menu.replaceChildren(...stories.map((story) => {
      const about = `${story.steps} 步 · ${story.people.join("、")}`;
      const row = element("li", "", drawButton("", "story", () => this.begin(story.name)));
      row.firstChild.append(element("b", "", story.title), element("span", "", about));
      row.dataset.words = `${story.title} ${about}`;
      return row;
    }));
    this.narrow();
  }

  narrow() {
    const words = this.filter.value.trim();
    for (const row of this.menu.children) row.hidden = !row.dataset.words.includes(words);
  }

  begin(name) {
    document.getElementById("story-others").open = false;
    document.getElementById("story-state").textContent = STATES.preparing;
    return this.call("POST", { story: name, playing: true, speed: Number(this.speed.value) });
  }

  steer(wish) { return this.call("PATCH", wish); }

  async call(method, body) {
    try {
      const { play } = await ask(method, "/stories/play", body);
      this.show(play);
    } catch (error) {
      document.getElementById("story-said").textContent = `没有做成：${error.message}`;
    }
    await this.refresh();
  }

  /* What the sandbox tells of the story; drawn again only when something changed. */
  show(play) {
    const drawn = JSON.stringify(play);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const before = this.play;
    this.play = play;
    this.bar.hidden = play === null;
    document.getElementById("story-now").hidden = play === null;
    document.getElementById("story-others").open = play === null || document.getElementById("story-others").open;
    if (play) {
      this.drawBar(play);
      this.drawLines(play);
      this.announce(play, before);
    }
    this.onPlay(play);
  }

  drawBar(play) {
    const busy = BUSY.includes(play.state);
    document.getElementById("story-title").textContent = play.title;
    document.getElementById("story-state").textContent = play.state === "preparing" || play.state === "failed"
      ? STATES[play.state] : `${STATES[play.state]} · 第 ${play.told} 步，共 ${play.steps} 步`;
    document.getElementById("story-met").textContent = `${play.met} 处符合`;
    const missed = document.getElementById("story-missed");
    missed.textContent = `${play.missed} 处不符`;
    missed.classList.toggle("bad", play.missed > 0);
    document.getElementById("story-go").textContent = play.state === "playing" ? "暂停" : "播放";
    for (const id of ["story-go", "story-step"]) document.getElementById(id).disabled = play.state === "preparing";
    for (const id of ["story-go", "story-step", "story-stop", "story-speed-label"]) document.getElementById(id).hidden = !busy;
    for (const id of ["story-again", "story-close"]) document.getElementById(id).hidden = busy;
    this.speed.value = String(play.speed);
  }

  drawLines(play) {
    const list = document.getElementById("story-lines");
    const rows = play.lines.filter((line) => line.kind !== "note" || line.words).map((line) => {
      const row = element("li", `${line.kind} ${line.state}`);
      if (line.kind === "says") row.append(element("b", "", line.who), line.words);
      else if (line.kind === "note") row.append(line.words);
      else row.append(...line.checks.map((check) => drawCheck(line, check)));
      if (line === play.lines[play.at]) row.setAttribute("aria-current", "step");
      return row;
    });
    list.replaceChildren(...rows);
    const now = list.querySelector("[aria-current]");
    if (now) list.scrollTop = now.offsetTop - list.offsetTop - list.clientHeight / 3;
  }

  announce(play, before) {
    if (before && before.told === play.told && before.state === play.state) return;
    const line = play.lines[play.at];
    const words = line && (!before || before.told !== play.told) ? `${line.who}说：${line.words}。` : "";
    document.getElementById("story-said").textContent = `${words}${STATES[play.state]}。${play.met} 处符合，${play.missed} 处不符`;
  }
}

function drawCheck(line, check) {
  const met = String(check.met);
  const where = line.kind === "order" ? `单 ${line.who} ` : line.who;
  const what = { orders: ` ${check.words} 单` }[line.kind] || (check.words ? `“${check.words}”` : "通知");
  const made = element("p", `check-${met}`, element("span", "sign", SIGNS[met]), `${where}${EXPECTED[line.kind][met]}${what}`);
  if (check.met !== null) made.append(element("span", "hidden", check.met ? "，符合" : "，不符"));
  return made;
}
