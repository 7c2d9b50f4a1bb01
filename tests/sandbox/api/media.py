"""APIs of temporary media: upload and download."""

from typing import Any

from flask import Response, request

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.api.call import Call, Route


def upload(call: Call) -> dict[str, Any]:
    file = request.files.get("media")
    if file is None:
        raise PlatformError(41005)
    kind = call.query.get("type", "")
    medium = call.platform.media.upload(kind, file.filename or "", file.mimetype, file.read())
    name = "thumb_media_id" if kind == "thumb" else "media_id"
    return {"type": kind, name: medium.id, "created_at": int(medium.created)}


def get(call: Call) -> dict[str, Any] | Response:
    medium = call.platform.media.get(call.query.get("media_id", ""))
    if medium.type == "video":
        return {"video_url": f"{request.host_url}sandbox/media/{medium.id}"}
    disposition = f'attachment; filename="{medium.id[:16]}.{medium.name.rsplit(".", 1)[-1]}"'
    return Response(medium.content, mimetype=medium.mime, headers={"Content-Disposition": disposition})


ROUTES = (
    Route("POST", "/cgi-bin/media/upload", upload, takes="file"),
    Route("GET", "/cgi-bin/media/get", get),
    Route("GET", "/cgi-bin/media/get/jssdk", get),
)
