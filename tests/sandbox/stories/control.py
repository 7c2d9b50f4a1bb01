"""Stories over HTTP, below /sandbox/stories; JSON in, JSON out.

GET    /              {stories: [{name, title, people, steps}]}
GET    /play          {play}: what is told now (play.py), or null
POST   /play          {story, playing?: true, speed?: 1}: begin in an empty office; ends the one before -> {play}
PATCH  /play          {playing?, step?: true, speed?, stop?: true} -> {play}
DELETE /play          end it, and take its people off the sandbox
"""

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request

from tests.sandbox.platform import Platform
from tests.sandbox.stories.play import Play
from tests.story import Story, read

SLOWEST, FASTEST = 0.1, 100.0


class Stories:
    """The stories of a folder, and the one that is told. One at a time; a reset of the sandbox ends it."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self._platform, self._folder = platform, folder
        self._lock = threading.Lock()
        self._play: Play | None = None

    def all(self) -> list[Story]:
        """Read anew each time: whoever writes a story sees it without a restart."""
        return [read(path) for path in sorted(self._folder.glob("*.story"))]

    def playing(self) -> Play | None:
        """What is told now."""
        with self._lock:
            play = self._play
            if play is not None and (play.closed or play.epoch != self._platform.epoch):
                play.close()
                self._play = None
            return self._play

    def begin(self, name: str, *, playing: bool, speed: float) -> Play:
        """Begin a story. KeyError for an unknown name."""
        story = {story.name: story for story in self.all()}[name]
        self.end()
        with self._lock:
            self._play = Play(self._platform, story, playing=playing, speed=speed)
            return self._play

    def end(self) -> None:
        with self._lock:
            if self._play is not None:
                self._play.close()
                self._play = None


def blueprint(platform: Platform) -> Blueprint:
    """All of it below /sandbox/stories."""
    made = Blueprint("stories", __name__, url_prefix="/sandbox/stories")
    stories = Stories(platform, platform.options.stories)

    for kind in (ValueError, KeyError, TypeError):
        made.register_error_handler(kind, _refuse)

    @made.get("/")
    def list_all() -> Response:
        return _answer({"stories": [_row(story) for story in stories.all()]})

    @made.get("/play")
    def show() -> Response:
        return _answer({"play": _shown(stories.playing())})

    @made.post("/play")
    def begin() -> Response:
        body = request.get_json(force=True)
        play = stories.begin(str(body["story"]), playing=bool(body.get("playing", True)), speed=_speed(body) or 1.0)
        return _answer({"play": play.as_json()})

    @made.patch("/play")
    def steer() -> Response:
        body = request.get_json(force=True)
        play = stories.playing()
        if play is None:
            raise KeyError("no story is told")
        wish = None if body.get("playing") is None else bool(body["playing"])
        play.steer(playing=wish, step=bool(body.get("step")), speed=_speed(body), stop=bool(body.get("stop")))
        return _answer({"play": play.as_json()})

    @made.delete("/play")
    def end() -> Response:
        stories.end()
        return _answer({"play": None})

    return made


def _refuse(error: Exception) -> Response:
    return _answer({"error": f"{type(error).__name__}: {error}"}, 400)


def _row(story: Story) -> dict[str, Any]:
    return {"name": story.name, "title": story.title, "people": story.speakers, "steps": story.steps}


def _shown(play: Play | None) -> dict[str, Any] | None:
    return play.as_json() if play is not None else None


def _speed(body: Mapping[str, Any]) -> float | None:
    """The speed asked for, within what makes sense. ValueError where it is no number."""
    return None if body.get("speed") is None else min(max(float(body["speed"]), SLOWEST), FASTEST)


def _answer(what: object, status: int = 200) -> Response:
    return Response(json.dumps(what, ensure_ascii=False), status, mimetype="application/json")
