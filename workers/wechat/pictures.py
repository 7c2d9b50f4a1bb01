"""A picture that came with a form, encoded anew: only what is seen is kept, turned the right way up, no larger than a screen needs."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from bot.services.files.media import Kept, Unfit

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 20_000_000  # before it is decoded: a few hundred bytes may hold that many of one colour
MOST_OF_JPEG = 60_000_000  # which is decoded at a fraction of its size
SIDE = 2560  # pixels of the longer one
QUALITY = 85


def cleaned(content: bytes) -> Kept:
    """JPEG, or PNG where the picture has transparent parts; of an animation the first frame. Unfit where it cannot be decoded."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            most = MOST_OF_JPEG if isinstance(opened, JpegImageFile) else MOST_PIXELS
            if opened.width * opened.height > most:
                raise Unfit("too many pixels")
            opened.draft("RGB", (SIDE, SIDE))
            opened.thumbnail((SIDE, SIDE))  # first: whatever follows copies the small one
            return _encoded(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:  # raised before anything is decoded
        raise Unfit("too many pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unfit(f"not image: {type(error).__name__}") from error


def _encoded(shown: Image.Image) -> Kept:
    """Of a new picture, which has nothing but its pixels."""
    clear = shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info
    plain = shown.convert("RGBA" if clear else "RGB")
    bare, out = Image.new(plain.mode, plain.size), io.BytesIO()
    bare.paste(plain)
    if clear:
        bare.save(out, "PNG")
        return Kept(out.getvalue(), "image/png", "png")
    bare.save(out, "JPEG", quality=QUALITY)
    return Kept(out.getvalue(), "image/jpeg", "jpg")
