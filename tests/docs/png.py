"""Pictures of pages: taken by the browser, written with a palette, which takes a third of the room."""

import base64
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

# Sixteen steps a colour leave a page of plain surfaces and letters some hundred colours, and nobody sees the difference.
REDUCE = """async data => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const paper = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  paper.drawImage(picture, 0, 0);
  const dots = paper.getImageData(0, 0, picture.width, picture.height).data, known = new Map();
  const step = value => Math.round(value / 17) * 17;
  const signs = [];
  for (let at = 0; at < dots.length; at += 4) {
    const colour = step(dots[at]) << 16 | step(dots[at + 1]) << 8 | step(dots[at + 2]);
    if (!known.has(colour)) known.set(colour, known.size);
    signs.push(String.fromCharCode(known.get(colour)));
  }
  return [picture.width, picture.height, [...known.keys()], btoa(signs.join(""))];
}"""


def write_small(page: Page, shot: bytes, path: Path) -> None:
    """Write the PNG `shot` to `path` with a palette; `page` reads its dots."""
    width, height, colours, dots = page.evaluate(REDUCE, base64.b64encode(shot).decode())
    assert len(colours) <= 256, f"{path.name} has {len(colours)} colours"
    lines = base64.b64decode(dots)
    unfiltered = b"".join(b"\0" + lines[at : at + width] for at in range(0, width * height, width))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in colours))
        + _chunk(b"IDAT", zlib.compress(unfiltered, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
