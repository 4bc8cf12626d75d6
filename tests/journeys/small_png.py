"""Makes a screenshot small: a palette of 256 colours, which a page of text hardly needs, and hard compression."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256
Colour = tuple[int, ...]


def small_png(png: bytes) -> bytes:
    """The same picture with a palette; takes what Chromium writes (8 bits a channel, RGB or RGBA, not interlaced)."""
    width, height, channels, raw = _read(png)
    pixels = _unfilter(raw, width * channels, height, channels)
    colours = [tuple(pixels[at : at + 3]) for at in range(0, len(pixels), channels)]
    counted = Counter(colours)
    palette = [colour for colour, _ in counted.most_common(MOST_COLOURS)]
    place = {colour: palette.index(_nearest(colour, palette)) for colour in counted}
    places = bytes(place[colour] for colour in colours)
    lines = b"".join(b"\x00" + places[at : at + width] for at in range(0, len(places), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", b"".join(bytes(colour) for colour in palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _read(png: bytes) -> tuple[int, int, int, bytes]:
    at, data, width, height, channels = len(SIGNATURE), b"", 0, 0, 0
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            if depth != 8 or colour not in {2, 6} or interlaced:
                raise ValueError("Not a picture as Chromium writes it")
            channels = 3 if colour == 2 else 4
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    return width, height, channels, zlib.decompress(data)


def _unfilter(raw: bytes, stride: int, height: int, step: int) -> bytes:
    """Undo the five filters of PNG (RFC 2083 §6)."""
    lines = [bytearray(stride)]
    for row in range(height):
        start = row * (stride + 1)
        kind, line, above = raw[start], bytearray(raw[start + 1 : start + 1 + stride]), lines[-1]
        for i in range(stride) if kind else ():
            left = line[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            line[i] = (line[i] + _predicted(kind, left, above[i], corner)) & 255
        lines.append(line)
    return b"".join(lines[1:])


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 2:
        return above
    if kind == 3:
        return (left + above) // 2
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))


def _nearest(colour: Colour, palette: list[Colour]) -> Colour:
    return min(palette, key=lambda one: sum((a - b) ** 2 for a, b in zip(one, colour, strict=True)))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
