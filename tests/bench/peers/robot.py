"""WeRoBot's echo with its own SQLite sessions. Runs in a virtual environment of its own, which has no part of ours."""

import os

import werobot
from flask import Flask
from werobot.contrib.flask import make_view
from werobot.session.sqlitestorage import SQLiteStorage

robot = werobot.WeRoBot(
    token=os.environ["WECHAT_TOKEN"], enable_session=True, session_storage=SQLiteStorage(os.environ["SESSIONS"])
)


@robot.handler
def answer(message, session):  # type: ignore[no-untyped-def]
    session["count"] = session.get("count", 0) + 1
    return f"收到：{message.content}（第 {session['count']} 条）"


app = Flask("robot")
app.add_url_rule("/wechat", endpoint="werobot", view_func=make_view(robot), methods=["POST"])


@app.get("/readyz")
def ready() -> str:
    return "ready"
