"""A picture, decoded and drawn anew: its pixels the right way up, in sRGB, and nothing else that came with it."""

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from reporting.cleaning.inside.frames import Copy, Done, Refusal, RefusedError
from reporting.cleaning.inside.kinds import Kind
from reporting.cleaning.inside.limits import MOST_PIXELS

QUALITY = 88  # of JPEG: no loss that an eye sees on a telephone's photo
_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
_GREY = {"1", "L"}
_SIXTEEN_BITS = {"I", "I;16", "I;16B", "I;16L"}
_PIECE = 1 << 16


def _eight_of_sixteen(value: float) -> float:
    return value * (1 / 257)


def clean_picture(content: bytearray, kind: Kind) -> tuple[Iterator[bytes], Done]:
    """The new picture in pieces, and what it is: PNG for what is drawn (PNG), JPEG for the rest.

    Raises:
        RefusedError: it has too many pixels, is cut, damaged, or cannot be decoded within the limits.
    """
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        drawn, moving = _drawn(content, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedError(Refusal.TOO_MANY_PIXELS) from error
    except MemoryError as error:
        raise RefusedError(Refusal.TOO_HARD) from error
    except RefusedError:
        raise
    except Exception as error:
        raise RefusedError(_told_by(error)) from error
    return _pieces(drawn, Copy.PNG if kind is Kind.PNG else Copy.JPEG, moving=moving)


def jpeg(picture: Image.Image) -> bytes:
    """A picture of nothing but pixels, as JPEG."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _drawn(content: bytearray, kind: Kind) -> tuple[Image.Image, bool]:
    if kind is Kind.HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    opened = Image.open(BytesIO(content), formats=[_FORMATS[kind]])
    content.clear()
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise RefusedError(Refusal.TOO_MANY_PIXELS)
        moving = bool(getattr(opened, "is_animated", False)) and kind in {Kind.PNG, Kind.WEBP}
        opened.load()
        profile = opened.info.get("icc_profile")
        upright = ImageOps.exif_transpose(opened)
        return _only_pixels(_in_srgb(upright, profile)), moving


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they would look on a plain screen; a profile that cannot be used is as good as none."""
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            from_profile = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            changed = ImageCms.profileToProfile(picture, from_profile, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture
        return changed or picture
    return picture


def _only_pixels(picture: Image.Image) -> Image.Image:
    """A fresh picture in grey or RGB. What was see-through lies on white: what it hid stays hidden for good."""
    if picture.mode in _SIXTEEN_BITS:
        picture = picture.convert("I").point(_eight_of_sixteen).convert("L")
    see_through = picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info
    if see_through:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    mode = "L" if picture.mode in _GREY else "RGB"
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture if picture.mode == mode else picture.convert(mode))
    return fresh


def _pieces(picture: Image.Image, copy: Copy, *, moving: bool) -> tuple[Iterator[bytes], Done]:
    try:
        out = BytesIO()
        if copy is Copy.JPEG:
            picture.save(out, "JPEG", quality=QUALITY)
        else:
            picture.save(out, "PNG")
    except MemoryError as error:
        raise RefusedError(Refusal.TOO_HARD) from error
    view = out.getbuffer()
    return (bytes(view[at : at + _PIECE]) for at in range(0, len(view), _PIECE)), Done(copy, moving=moving)


def _told_by(error: Exception) -> Refusal:
    words = str(error).lower()
    if "decompressed data too large" in words or "memory" in words or "security limit" in words:
        return Refusal.TOO_HARD
    cut = ("truncated", "end of file", "end-of-file", "end of data", "premature", "eof")
    return Refusal.CUT if isinstance(error, EOFError) or any(sign in words for sign in cut) else Refusal.DAMAGED
