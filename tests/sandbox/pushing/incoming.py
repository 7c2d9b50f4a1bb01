"""What a user does, as the fields of the message or event that the platform pushes for it."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.sandbox.account.media import SAMPLE_VIDEO, SAMPLE_VOICE, MediaStore, Medium, sample_picture

Shown = tuple[str, str, dict[str, Any]]  # type, text, content


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or event of a user. `shown` is what the user's own phone shows of it."""

    fields: dict[str, Any]
    shown: Shown | None = None
    opens: str = ""  # which window: "message", "click" or none
    visible: bool = True  # whether the user sees that no answer came
    ordinary: bool = False  # carries a MsgId


def ordinary(
    fields: dict[str, Any], text: str, content: dict[str, Any] | None = None, opens: str = "message"
) -> Incoming:
    """Whether it is an ordinary message: text, image, voice, video, location, link."""
    return Incoming(fields, (str(fields["MsgType"]), text, content or {}), opens, ordinary=True)


def event(name: str, fields: Mapping[str, Any], *, opens: str = "", visible: bool = False, shown: str = "") -> Incoming:
    """An event; `shown` is the grey line on the user's phone."""
    line: Shown | None = ("event", shown, {}) if shown else None
    return Incoming({"MsgType": "event", "Event": name, **fields}, line, opens, visible)


def read(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    """The message that a request to …/say describes. ValueError when it describes none."""
    for kind, build in _KINDS.items():
        if kind in body:
            return build(body, media, base_url)
    raise ValueError(f"one of {', '.join(_KINDS)} is needed")


def _text(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    return ordinary({"MsgType": "text", "Content": str(body["text"])}, str(body["text"]))


def _image(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    given = body["image"]
    content = from_base64(given) if isinstance(given, str) and given else sample_picture()
    medium = media.keep("image", "picture.png", "image/png", content)
    return ordinary(
        {"MsgType": "image", "PicUrl": f"{base_url}/sandbox/media/{medium.id}", "MediaId": medium.id}, "",
        {"media_id": medium.id},
    )  # fmt: skip


def _voice(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    given = body["voice"] if isinstance(body["voice"], dict) else {}
    content = from_base64(given["data"]) if given.get("data") else SAMPLE_VOICE
    medium = media.keep("voice", "voice.amr", "audio/amr", content)
    words = given.get("recognition")
    fields = {"MsgType": "voice", "MediaId": medium.id, "Format": "amr", "MediaId16K": medium.id}
    return ordinary(fields | {"Recognition": str(words or "")}, str(words or ""), {"media_id": medium.id})


def _video(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    given = body["video"] if isinstance(body["video"], dict) else {}
    content = from_base64(given["data"]) if given.get("data") else SAMPLE_VIDEO
    medium = media.keep("video", "video.mp4", "video/mp4", content)
    thumb: Medium = media.keep("thumb", "thumb.jpg", "image/png", sample_picture())
    fields = {"MsgType": "video", "MediaId": medium.id, "ThumbMediaId": thumb.id}
    return ordinary(fields, "", {"media_id": medium.id})


def _location(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    place = body["location"]
    lat, lng, label = float(place["lat"]), float(place["lng"]), str(place.get("label", ""))
    fields = {"MsgType": "location", "Location_X": lat, "Location_Y": lng, "Scale": 16, "Label": label}
    return ordinary(fields, label, {"lat": lat, "lng": lng})


def _link(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    link = body["link"]
    names = {"Title": "title", "Description": "description", "Url": "url"}
    fields = {"MsgType": "link", **{name: str(link.get(key, "")) for name, key in names.items()}}
    return ordinary(fields, str(link.get("title", "")), {"url": str(link.get("url", ""))})


def _event(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    opens = "click" if body["event"] in ("CLICK", "SCAN", "scancode_push", "scancode_waitmsg") else ""
    return event(str(body["event"]), dict(body.get("fields") or {}), opens=opens, visible=bool(opens))


def _message(body: Mapping[str, Any], media: MediaStore, base_url: str) -> Incoming:
    """A message of any fields, for kinds that the sandbox does not know."""
    return ordinary(dict(body["message"]), "")


def from_base64(text: str) -> bytes:
    """The bytes of base64 text, also of a data: URL. ValueError."""
    try:
        return base64.b64decode(text.rpartition(",")[2], validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


_KINDS: Mapping[str, Callable[[Mapping[str, Any], MediaStore, str], Incoming]] = {
    "text": _text, "image": _image, "voice": _voice, "video": _video, "location": _location, "link": _link,
    "event": _event, "message": _message,
}  # fmt: skip
